"""Size, length of line and contrast are measured on the page: each is broken on purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plainleaf.checks import check_printed
from plainleaf.checks.measure import SIZES, Sizes
from plainleaf.checks.pictures import contrast, grey
from plainleaf.page.setting import Setting
from plainleaf.problems import Level, Problem
from tests.checks import laser
from tests.checks.given import copy, first_page

LONG = (
    "A text that is read on, for it says one thing after another and does not come to an end. " * 3
)
NARROW = "p { width: 110mm }"


def told(extra: str, style: str = "") -> list[Problem]:
    return check_printed(copy(first_page(extra, style)))


@pytest.mark.parametrize(
    ("extra", "style", "said"),
    [
        (f"<p id=x>{LONG}</p>", "#x { font-size: 11pt; width: 100mm }", "text of 11 pt"),
        ("<p id=x>A label</p>", "#x { font-size: 10pt }", "a label has at least 10.5"),
        (
            "<p id=x>A label</p>",
            "#x { transform: scale(.75); transform-origin: left }",
            "text of 9 pt",
        ),
        (
            "<svg width=200 height=40 viewBox='0 0 400 80'><title>A bar</title>"
            "<text y=40 font-size=20 font-family=Inter>356 min</text></svg>",
            "",
            "text of 7.5 pt",
        ),
        ("", "@page { @bottom-left { content: 'Foot'; font: 9pt Inter } }", "the foot of a page"),
        (
            "<ol class=sources><li id=x>A source</li></ol>",
            "#x { font-size: 8pt }",
            "the list of sources has at least 9",
        ),
    ],
    ids=["read on", "label", "scaled", "picture", "foot", "source"],
)
def test_small_type(extra: str, style: str, said: str) -> None:
    problems = told(extra, style)
    assert [problem.rule for problem in problems] == ["type-size"]
    assert said in problems[0].message


def test_type_that_is_large_enough() -> None:
    sources = f"<ol class=sources><li>{LONG}</li></ol><p>{LONG} <small>(1, 2)</small></p>"
    style = "ol { font-size: 9pt } small { font-size: 10.5pt } p, ol { width: 110mm }"
    foot = "@page { @bottom-left { content: 'Foot'; font: 9.5pt Inter } }"
    assert told(sources, style + foot) == []


def test_each_edition_has_its_sizes() -> None:
    printed = copy(first_page(f"<p>{LONG}</p>", NARROW + "p { font-size: 11pt }"))
    review = replace(printed, setting=Setting(edition="review"))
    assert [problem.rule for problem in check_printed(printed)] == ["type-size"]
    assert check_printed(review) == []
    assert SIZES["large-print"].body == 1.5 * Sizes().body


@pytest.mark.parametrize(
    ("width", "level"),
    [("180mm", Level.ERROR), ("144mm", Level.ADVICE), ("130mm", None)],
)
def test_long_lines(width: str, level: Level | None) -> None:
    problems = told(f"<p id=x>{LONG}</p>", f"@page {{ margin: 14mm }} #x {{ width: {width} }}")
    assert [(each.rule, each.level) for each in problems] == (
        [("line-length", level)] if level else []
    )


def test_two_long_lines_are_no_running_text() -> None:
    words = " ".join(LONG.split()[:28])
    assert told(f"<p id=x>{words}</p>", "@page { margin: 14mm } #x { width: 180mm }") == []


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("#x { color: #8a969c }", "a contrast of 3.0 to 1, and at least 4.5"),
        ("#x { color: #0b556366 }", "at least 4.5"),
        ("#x { background: #4f5b63 }", "on #4f5b63"),
        ("#x { background: linear-gradient(to right, #fff 20%, #333 20%) }", "on #333333"),
        ("#x { background: #000; color: #f00 }", "a contrast in grey of 2."),
        ("#x { font-size: 18pt; color: #a8b0b4 }", "at least 3 is needed"),
        ("@page { @bottom-left { content: 'Foot'; font: 9.5pt Inter; color: #999 } }", "Foot"),
    ],
    ids=["pale", "clear", "dark ground", "dark in part", "in grey", "large", "foot"],
)
def test_low_contrast(style: str, said: str) -> None:
    problems = told("<p id=x>Words to read</p>", "#x { width: 40mm } " + style)
    assert [problem.rule for problem in problems] == ["contrast-low"]
    assert said in problems[0].message


@pytest.mark.parametrize(
    "style",
    [
        "#x { color: #4f5b63 }",
        "#x { color: #fff; background: #16212a }",
        "#x { color: #8a8a8a; font-size: 18pt }",
        "#x { color: #8a8a8a; font: bold 14pt Inter }",
        "#x { color: #8a8a8a; visibility: hidden }",
    ],
)
def test_contrast_enough(style: str) -> None:
    problems = told("<p id=x>Words to read</p>", style)
    assert [problem.rule for problem in problems if problem.rule != "text-lost"] == []


def test_the_formula_is_wcags() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
    assert contrast((255, 0, 0), (0, 0, 0)) == pytest.approx(5.25, abs=0.01)
    assert grey((255, 0, 0)) == (76, 76, 76)


def test_what_the_rule_refuses_in_grey_is_lost_on_a_laser_printer() -> None:
    """Red bars on green, then black on white: the share of toner where they are, and beside."""

    def share(ink: str, ground: str) -> float:
        style = (
            f"#x {{ background: {ground}; height: 40mm; position: absolute; left: 0; top: 40mm; "
            f"width: 100mm }} #x div {{ background: {ink}; height: 20mm }}"
        )
        pdf = copy(first_page("<div id=x><div></div></div>", f"@page {{ margin: 0 }} {style}")).pdf
        bar, beside = (20.0, 120.0, 250.0, 165.0), (20.0, 177.0, 250.0, 220.0)
        return abs(laser.toner(pdf, bar) - laser.toner(pdf, beside))

    assert share("#d33", "#4a8a3a") < 0.1  # both are the same grey
    assert contrast(grey((0xDD, 0x33, 0x33)), grey((0x4A, 0x8A, 0x3A))) < 1.3
    assert share("#000", "#fff") > 0.9
