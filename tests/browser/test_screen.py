"""The HTML form in a browser: WCAG 2.2 AA, any width, a keyboard, a screen reader, a printer."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest

from .conftest import AXE, DESK, PHONE, SMALLEST, Made, Shown

COPIES: dict[str, dict[str, Any]] = {
    "en": {},
    "ar": {"code": "ar"},
    "es": {"code": "es"},
    "zh": {"code": "zh"},
    "sertraline": {"name": "sertraline"},
    "omeprazole": {"name": "omeprazole"},
    "own": {"own": True, "clinic": "example"},
    "review": {"edition": "review"},
    "warm": {"style": "warm", "clinic": "example"},
    "es+en": {"code": "es+en"},
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (options) => {
  const brief = {resultTypes: ["violations", "incomplete"], selectors: false, xpath: false};
  const found = await axe.run(document, {...options, ...brief});
  const told = (part) => found[part].map(each => [each.id, each.nodes.map(node => node.html)]);
  return {violations: told("violations"), incomplete: told("incomplete")};
}"""
# WCAG 1.4.12: what a reader may set for herself.
SPACED = """* { letter-spacing: .12em !important; line-height: 1.5 !important;
word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
# Texts, each with its box: the elements that hold words themselves.
TEXTS = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter(each => [...each.childNodes].some(kid => kid.nodeType == 3 && kid.data.trim()))
  .filter(each => !each.closest("svg, .scroll") && each.checkVisibility())
  .filter(each => getComputedStyle(each).display != "inline" && each.offsetWidth > 1)
  .filter(each => getComputedStyle(each).clipPath == "none" && !each.closest("thead"))"""
OUTSIDE = f"""(() => ({TEXTS})().filter(each => {{
  const box = each.getBoundingClientRect();
  return box.left < -0.5 || box.right > innerWidth + 0.5;
}}).map(each => each.textContent.trim().slice(0, 40)))()"""
CUT = f"""(() => ({TEXTS})().filter(each => {{
  const style = getComputedStyle(each);
  return style.overflow != "visible" && each.scrollWidth > each.clientWidth + 1;
}}).map(each => each.textContent.trim().slice(0, 40)))()"""
OVER = f"""(() => {{
  const all = ({TEXTS})().map(each => [each, each.getBoundingClientRect()]);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return all.flatMap(([one, box], at) => all.slice(at + 1)
    .filter(([two, other]) => meet(box, other) && !one.contains(two) && !two.contains(one))
    .map(([two]) => [one.textContent.trim().slice(0, 30), two.textContent.trim().slice(0, 30)]));
}})()"""
# Each text and its contrast with what is painted behind it, the reader's own ground at the last.
CONTRASTS = f"""(() => {{
  document.body.insertAdjacentHTML("beforeend", "<i id=probe style='background: Canvas'></i>");
  const ground = getComputedStyle(document.getElementById("probe")).backgroundColor;
  document.getElementById("probe").remove();
  const parts = colour => colour.match(/[0-9.]+/g).map(Number);
  const light = colour => {{
    const [red, green, blue] = parts(colour).map(each => each / 255)
      .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }};
  const behind = each => {{
    if (!each) return ground;
    const colour = getComputedStyle(each).backgroundColor;
    return (parts(colour)[3] ?? 1) == 0 ? behind(each.parentElement) : colour;
  }};
  return ({TEXTS})().map(each => {{
    const [a, b] = [light(getComputedStyle(each).color), light(behind(each))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return [each.textContent.trim().slice(0, 40), contrast];
  }});
}})()"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .map(each => Number(each.tagName[1]))"""


def _asked(slow: bool = True) -> dict[str, Any]:
    """What axe is asked. Two rules look at every pixel: a language changes neither sizes nor
    colours, so they are asked of the others."""
    rules = {} if slow else {name: {"enabled": False} for name in ("color-contrast", "target-size")}
    return {"runOnly": {"type": "tag", "values": TAGS}, "rules": rules}


@pytest.mark.parametrize("copy", COPIES)
def test_axe_finds_nothing(made: Made, shown: Shown, copy: str) -> None:
    with shown(made(**COPIES[copy]), DESK if copy in ("ar", "review") else PHONE) as page:
        page.evaluate(AXE)
        found = page.evaluate(RUN, _asked(slow=copy not in ("es", "zh", "review", "es+en")))
    assert found["violations"] == []
    # A picture stands behind a telephone number, and a table runs out of a narrow screen.
    assert {rule for rule, _ in found["incomplete"]} <= {"color-contrast"}


def test_axe_would_find_something(made: Made, shown: Shown) -> None:
    spoilt = made(name="omeprazole").replace('<html lang="en"', "<html").replace('scope="col"', "")
    spoilt = re.sub(r"--grey: #\w+", "--grey: #BBBBBB", spoilt)
    with shown(spoilt.replace("<header>", "<div>").replace("</header>", "</div>")) as page:
        page.evaluate(AXE)
        found = page.evaluate(RUN, _asked())
    assert {"html-has-lang", "color-contrast", "region"} <= {
        rule for rule, _ in found["violations"]
    }


@pytest.mark.parametrize("copy", COPIES)
def test_no_text_leaves_the_screen(made: Made, shown: Shown, copy: str) -> None:
    """At 320 px (WCAG 1.4.10), twice as large on a desk (1.4.4), with more space (1.4.12)."""
    with shown(made(**COPIES[copy]), SMALLEST) as page:
        for width in (320, 640):
            page.set_viewport_size({"width": width, "height": 640})
            for spaced in (False, True):
                if spaced:
                    page.add_style_tag(content=SPACED)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width
                assert page.evaluate(OUTSIDE) == []
                assert page.evaluate(CUT) == []
                assert page.evaluate(OVER) == []


def test_what_the_test_of_texts_would_see(shown: Shown) -> None:
    html = (
        '<!DOCTYPE html><html lang="en"><title>x</title><main><p>Above</p>'
        '<p style="margin-top: -2em">Below</p><p style="width: 500px">Wide</p>'
        '<p style="overflow: hidden; width: 2em; white-space: nowrap">Cut off here</p></main>'
    )
    with shown(html, SMALLEST) as page:
        assert page.evaluate(OVER) == [["Above", "Below"]]
        assert page.evaluate(OUTSIDE) == ["Wide"]
        assert page.evaluate(CUT) == ["Cut off here"]


@pytest.mark.parametrize("copy", ["en", "ar", "own", "review"])
def test_a_screen_reader_finds_its_way(made: Made, shown: Shown, copy: str) -> None:
    with shown(made(**COPIES[copy])) as page:
        assert page.get_by_role("main").count() == 1
        assert page.get_by_role("banner").count() == 1  # the draft says so first
        assert page.get_by_role("contentinfo").count() == 1
        assert page.get_by_role("navigation").count() == (0 if copy == "review" else 1)
        levels = page.evaluate(HEADINGS)
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert page.evaluate("document.documentElement.dir") == ("rtl" if copy == "ar" else "ltr")
        tables = page.locator("table").count()
        assert page.get_by_role("table").count() == tables >= 3
        cells = page.locator("tbody th, tbody td").count()
        told = page.get_by_role("cell").count() + page.get_by_role("rowheader").count()
        assert told >= cells  # stacked rows are cells still
        pictures = page.locator("svg:not([aria-hidden])")
        names = [
            page.evaluate("e => e.querySelector('title').textContent", each)
            for each in pictures.element_handles()
        ]
        assert all(names)
        assert page.get_by_role("img").count() >= len(names)


def test_every_link_can_be_reached_and_seen(made: Made, shown: Shown) -> None:
    with shown(made(own=True, clinic="example")) as page:
        links = page.locator("a[href], [tabindex='0']").count()
        assert links > 60
        seen = []
        for _ in range(links):
            page.keyboard.press("Tab")
            seen.append(
                page.evaluate(
                    "() => { const on = document.activeElement, s = getComputedStyle(on);"
                    " return [on.getAttribute('href') || on.className, s.outlineStyle,"
                    " parseFloat(s.outlineWidth)] }"
                )
            )
        in_order = page.evaluate(
            "[...document.querySelectorAll(\"a[href], [tabindex='0']\")]"
            ".map(each => each.getAttribute('href') || each.className)"
        )
    assert [name for name, _, _ in seen] == in_order
    assert all(style == "solid" and width >= 2 for _, style, width in seen)


@pytest.mark.parametrize("copy", ["en", "ar", "sertraline", "own"])
def test_links_lead_somewhere(made: Made, copy: str) -> None:
    html = made(**COPIES[copy])
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    inside = set(re.findall(r'href="#([^"]+)"', html))
    assert inside - set(ids) == set()
    sources = [id for id in ids if id.startswith("source-")]
    assert {id for id in inside if id.startswith("source-")} == set(sources)
    nav = re.search(r"<nav.*?</nav>", html, re.DOTALL)
    assert nav
    assert len(re.findall("href=", nav[0])) >= 8
    outside = re.findall(r'href="(?!#)([^"]+)"', html)
    assert all(re.match(r"https://|tel:\+?[0-9]+$", address) for address in outside)


def test_numbers_to_call_are_links(made: Made) -> None:
    html = made(own=True, clinic="example")
    called = re.findall(r'href="tel:([^"]+)"[^>]*>(?:<[^>]*>)*([^<]+)<', html)
    assert {number for number, _ in called} == {"999", "01632960123", "01632960456"}
    assert all(number == re.sub(r"\D", "", shown) for number, shown in called)


def test_nothing_can_be_loaded_or_run(made: Made, shown: Shown) -> None:
    html = made()
    assert html.index("Content-Security-Policy") < html.index("<title>")
    assert "<script" not in html
    assert "<link" not in html
    bad = '<img src="http://evil.invalid/a.png"><script>document.title = "run"</script></main>'
    spoilt = shown(html.replace("</main>", bad))
    with pytest.raises(AssertionError, match="Content Security Policy"), spoilt as page:
        assert page.title() != "run"


@pytest.mark.parametrize("copy", ["en", "ar"])
def test_forced_colours_leave_everything_readable(made: Made, shown: Shown, copy: str) -> None:
    with shown(made(**COPIES[copy]), forced_colors="active", color_scheme="dark") as page:
        contrasts = page.evaluate(CONTRASTS)
        assert len(contrasts) > 300
        assert [text for text, contrast in contrasts if contrast < 4.5] == []
        white = page.evaluate(
            "[...document.querySelectorAll('svg')].filter(each => each.checkVisibility())"
            ".every(each => getComputedStyle(each).backgroundColor == 'rgb(255, 255, 255)')"
        )
        assert white  # the ground that the colours of pictures were checked on


def test_it_stays_light_on_a_dark_screen(made: Made, shown: Shown) -> None:
    """White, tint and black are degrees of urgency."""
    with shown(made(), color_scheme="dark") as page:
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
            "rgb(255, 255, 255)"
        )


@pytest.mark.parametrize("copy", ["en", "own"])
def test_it_prints_with_draft_on_every_page(made: Made, shown: Shown, copy: str) -> None:
    with shown(made(**COPIES[copy]), DESK) as page:
        printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    texts = [sheet.get_textpage().get_text_bounded() for sheet in printed]
    word = "DRAFT, NOT FOR USE" if copy == "own" else "DRAFT"
    assert all(word in " ".join(text.split()) for text in texts)
    assert 8 < len(texts) < 30
    for words in ("Never stop it suddenly.", "Very hard to wake up", "Plans to end your life"):
        assert words in texts[0]
    assert "On this page" not in "".join(texts)
    assert all(f"Page {at} of {len(texts)}" in text for at, text in enumerate(texts, start=1))
