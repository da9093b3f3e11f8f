"""A picture draws its numbers to scale, says them in words, and does nothing else."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.page import figures
from plainleaf.page.fetch import check_svg

SVG = "{http://www.w3.org/2000/svg}"
TENTH = Decimal("0.1")
FIGURES = {
    "bar": figures.bar(Decimal(386), TENTH, True, "Samplin: 386 minutes"),
    "comparator": figures.bar(Decimal(356), TENTH, False, "Dummy pill: 356 minutes"),
    "people": figures.people(Decimal(63), Decimal(63), "63 in 100 people drowsy"),
    "strip": figures.strip(Decimal(10), Decimal(63), "Drowsy: 10 to 63 in 100"),
    "strip from nothing": figures.strip(Decimal(0), Decimal(9), "Low: 0 to 9 in 100"),
    "two arms": figures.two_arms(Decimal(63), Decimal(36), "63 and 36 in 100"),
    "gauge": figures.gauge(2, "It may: low certainty, 2 of 4"),
    "timeline": figures.timeline(3, "Three moments"),
    "mirrored": figures.strip(Decimal(10), Decimal(63), "10 to 63 in 100", rtl=True),
    "tablets": figures.tablets(Decimal("2.5"), "2 and a half"),
    "none": figures.tablets(Decimal(0), "None"),
    "quarter": figures.tablets(Decimal("0.25"), "a quarter"),
}


def drawn(svg: str) -> ElementTree.Element:
    check_svg(svg.encode())
    return ElementTree.fromstring(svg)


def title(svg: str) -> str:
    return drawn(svg).findtext(f"{SVG}title") or ""


def size(svg: str) -> tuple[Decimal, Decimal]:
    """Width and height in millimetres; the drawing has the same units."""
    root = drawn(svg)
    match = re.fullmatch(r"width:([\d.]+)mm;height:([\d.]+)mm", root.attrib["style"])
    assert match
    assert root.attrib["viewBox"] == f"0 0 {match[1]} {match[2]}"
    return Decimal(match[1]), Decimal(match[2])


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_scripts_and_nothing_reaches_out(name: str) -> None:
    for element in drawn(FIGURES[name]).iter():
        assert element.tag.removeprefix(SVG) in {"svg", "g", "title", "rect", "path", "circle"}
        assert not [key for key in element.attrib if key.startswith("on") or "href" in key]
    assert len(list(drawn(FIGURES[name]).iter(f"{SVG}title"))) == 1


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_drawn_beside_the_sheet(name: str) -> None:
    width, height = size(FIGURES[name])
    for rect in drawn(FIGURES[name]).iter(f"{SVG}rect"):
        right = Decimal(rect.get("x", "0")) + Decimal(rect.attrib["width"])
        bottom = Decimal(rect.get("y", "0")) + Decimal(rect.attrib["height"])
        assert right <= width
        assert bottom <= height


def test_a_title_is_text() -> None:
    assert title(figures.bar(Decimal(1), TENTH, True, "<b>5 & 6</b>")) == "<b>5 & 6</b>"
    assert title(figures.gauge(0, '"<i>')) == '"<i>'


@given(st.integers(1, 1440), st.sampled_from(["0.1", "0.05", "1"]), st.booleans())
def test_a_bar_is_drawn_from_zero_to_scale(amount: int, scale: str, medicine: bool) -> None:
    svg = figures.bar(Decimal(amount), Decimal(scale), medicine, "words")
    assert size(svg)[0] == amount * Decimal(scale)
    (rect,) = drawn(svg).iter(f"{SVG}rect")
    edge = Decimal(0) if medicine else Decimal("0.15")  # half of the outline
    assert Decimal(rect.get("x", "0")) == edge
    assert edge + Decimal(rect.attrib["width"]) == amount * Decimal(scale) - edge


def test_the_two_bars_differ_without_colour() -> None:
    for name, fill in (("bar", figures.ACCENT), ("comparator", "#fff")):
        (rect,) = drawn(FIGURES[name]).iter(f"{SVG}rect")
        assert rect.attrib["fill"] == fill
        assert ("stroke" in rect.attrib) is (name == "comparator")


@given(st.integers(0, 100), st.integers(0, 100))
def test_as_many_people_are_filled_as_counted(one: int, other: int) -> None:
    low, high = sorted((one, other))
    svg = figures.people(Decimal(low), Decimal(high), "words")
    counts: dict[str, int] = {}
    places: list[tuple[Decimal, Decimal]] = []
    for path in drawn(svg).iter(f"{SVG}path"):
        starts = re.findall(r"M([\d.]+) ([\d.]+)m", path.attrib["d"])
        counts[path.attrib["fill"]] = len(starts)
        places += [(Decimal(y), Decimal(x)) for x, y in starts]
    assert counts.get(figures.ACCENT, 0) == low
    assert counts.get(figures.TINT, 0) == high - low
    assert counts.get("none", 0) == 100 - high
    assert places == sorted(set(places))  # one block, row by row, the filled ones first
    assert len({x for _, x in places}) == len({y for y, _ in places}) == 10


@pytest.mark.parametrize("cells", range(5))
def test_as_many_cells_are_filled_as_we_are_sure(cells: int) -> None:
    svg = figures.gauge(cells, "words")
    fills = [rect.attrib["fill"] for rect in drawn(svg).iter(f"{SVG}rect")]
    assert fills == [figures.ACCENT] * cells + ["#fff"] * (4 - cells)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_dot_a_moment(count: int) -> None:
    svg = figures.timeline(count, "words")
    dots = [Decimal(dot.attrib["cx"]) for dot in drawn(svg).iter(f"{SVG}circle")]
    assert len(dots) == count
    assert dots == sorted(set(dots))
    assert max(dots) < size(svg)[0]


@given(st.integers(0, 100), st.integers(1, 100))
def test_two_arms_are_drawn_to_the_same_scale(value: int, versus: int) -> None:
    svg = figures.two_arms(Decimal(value), Decimal(versus), "words")
    width = Decimal("41.5")
    assert size(svg)[0] == width
    medicine, comparator = drawn(svg).iter(f"{SVG}rect")
    assert Decimal(medicine.attrib["width"]) == width * value / 100
    line = Decimal(comparator.attrib["stroke-width"])
    assert Decimal(comparator.attrib["width"]) + line == max(width * versus / 100, 2 * line)
    assert (medicine.attrib["fill"], comparator.attrib["fill"]) == (figures.ACCENT, "#fff")


def test_a_mirrored_picture_is_the_same_picture() -> None:
    plain = drawn(FIGURES["strip"])
    (group,) = drawn(FIGURES["mirrored"]).findall(f"{SVG}g")
    assert group.attrib == {"transform": "translate(41.5 0) scale(-1 1)"}
    shapes = [element.attrib for element in list(plain)[1:]]
    assert [element.attrib for element in group] == shapes


@given(st.integers(0, 99), st.integers(1, 100))
def test_a_strip_is_drawn_to_scale(low: int, width: int) -> None:
    high = min(100, low + width)
    svg = figures.strip(Decimal(low), Decimal(high), "words")
    assert size(svg) == (Decimal("41.5"), Decimal(4))
    whole = Decimal("41.5")
    rects = list(drawn(svg).iter(f"{SVG}rect"))
    assert Decimal(rects[0].attrib["x"]) == whole * low / 100
    assert Decimal(rects[0].attrib["width"]) == whole * high / 100 - whole * low / 100
    solid = [rect for rect in rects if rect.attrib["fill"] == figures.ACCENT]
    assert len(solid) == (low > 0)
    if low:
        assert Decimal(solid[0].attrib["width"]) == whole * low / 100
    hatch = drawn(svg).findall(f"{SVG}path")[1].attrib["d"]
    across = [Decimal(x) for x in re.findall(r"[ML]([\d.]+) ", hatch)]
    assert across
    assert min(across) >= whole * low / 100
    assert max(across) <= whole * high / 100


@pytest.mark.parametrize(
    ("amount", "whole", "part"),
    [("0", 0, 1), ("0.25", 0, 1), ("0.5", 0, 1), ("1", 1, 0), ("1.5", 1, 1), ("3", 3, 0)],
)
def test_as_many_tablets_as_are_taken(amount: str, whole: int, part: int) -> None:
    svg = figures.tablets(Decimal(amount), "words")
    rings = list(drawn(svg).iter(f"{SVG}circle"))
    dashed = [ring for ring in rings if "stroke-dasharray" in ring.attrib]
    assert (len(rings) - len(dashed), len(dashed)) == (whole, part)
    assert size(svg)[0] == Decimal("10.4") * (whole + part) - Decimal("0.8")
    assert title(svg) == "words"
    pieces = [path for path in drawn(svg).iter(f"{SVG}path") if path.attrib.get("fill") == "#fff"]
    assert len(pieces) == (Decimal(amount) % 1 > 0)
