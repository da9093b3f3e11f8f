"""Things stand where they should not on the page: each is broken on purpose."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from plainleaf.checks import check_printed
from plainleaf.problems import Level, Problem
from tests.checks.given import copy, first_page

FULL = "<div style='height: 90mm; border-bottom: 1px solid'></div>"


def told(extra: str, style: str = "") -> list[Problem]:
    return check_printed(copy(first_page(extra, style)))


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ("<h2>Alone</h2><p class=next>Text</p>", 'a heading is the last text of page 1: "Alone"'),
        (
            "<table><thead><tr><th>Head</th></tr></thead></table><p class=next>Text</p>",
            'the head of a table is the last text of page 1: "Head"',
        ),
    ],
)
def test_a_heading_alone(extra: str, said: str) -> None:
    problems = told(FULL + extra, ".next { break-before: page }")
    assert [(each.rule, each.message) for each in problems] == [("heading-alone", said)]


def test_a_heading_with_its_text() -> None:
    assert (
        told(f"{FULL}<h2>Kept</h2><p>Text</p><p class=x>Next</p>", ".x { break-before: page }")
        == []
    )


@pytest.mark.parametrize(
    "style",
    [
        "#x { margin-top: -10mm }",
        "#box { height: 4mm } #box p { margin: 0 }",
        "#x { position: absolute; top: 30mm; left: 25mm }",
    ],
    ids=["margin", "height", "absolute"],
)
def test_texts_over_each_other(style: str) -> None:
    extra = (
        "<div id=box><p>One line of words</p><p>Two lines of words</p></div><p id=x>More words</p>"
    )
    problems = told(extra, style)
    assert {problem.rule for problem in problems} == {"overlap"}
    assert "More words" in problems[0].message


@pytest.mark.parametrize("height", ["0.95", "1.5"])
def test_lines_that_stand_close_do_not_overlap(height: str) -> None:
    words = "<p id=x>Every gj py line<br>Äg ÉÅ jumping<br>gypsy Ähj</p>"
    assert told(words, f"#x {{ font-size: 30pt; line-height: {height} }}") == []


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("#x { position: relative; left: -18mm }", "text on page 1 is 2."),
        ("#x { position: absolute; right: -25mm }", "over the right edge"),
        ("@page { @top-left { content: 'Top'; vertical-align: top } }", "the top edge"),
        ("#x { background: #ddd; margin-left: -20mm }", "page 1 has ink nearer than 5 mm"),
    ],
    ids=["near", "over", "head", "ink"],
)
def test_outside_the_page(style: str, said: str) -> None:
    problems = told("<p id=x>Words</p>", "@page { margin: 20mm } body { margin: 0 } " + style)
    assert [problem.rule for problem in problems] in (["outside-page"], ["outside-page"] * 2)
    assert any(said in problem.message for problem in problems)


def pages(*heights: int) -> Iterator[str]:
    for height in heights:
        yield f"<div style='break-before: page; border: 1px solid; height: {height}mm'>Words</div>"


def test_a_page_that_is_half_empty() -> None:
    (problem,) = told(FULL + "".join(pages(80, 30)))
    assert (problem.rule, problem.level) == ("page-gap", Level.ADVICE)
    assert "page 2 is" in problem.message


def test_pages_that_are_full_enough() -> None:
    foot = "@page { @bottom-left { content: 'Foot'; font: 10pt Inter; border-top: 1px solid } }"
    assert told(FULL + "".join(pages(150, 10)), foot) == []


@pytest.mark.parametrize(
    ("left", "level"), [(15.6, Level.WARNING), (17, Level.ERROR), (14.5, None)]
)
def test_how_near_the_edge(left: float, level: Level | None) -> None:
    style = f"@page {{ margin: 20mm }} body {{ margin: 0 }} #x {{ margin-left: -{left}mm }}"
    assert [problem.level for problem in told("<p id=x>Words</p>", style)] == (
        [level] if level else []
    )
