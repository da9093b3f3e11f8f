"""The finished PDF is broken on purpose, and the rules see it, each its own thing alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from plainleaf.checks import Printed, check_printed, rules
from plainleaf.checks.blocks import text_blocks
from plainleaf.page.compose import compose
from plainleaf.page.setting import Setting, style_sheets
from plainleaf.page.typeset import typeset
from plainleaf.problems import Level
from tests.checks.given import (
    FONTS,
    MARKETS,
    ROOT,
    Standing,
    copy,
    first_page,
    good,
    handout,
    typed,
)


def found(printed: Printed) -> set[str]:
    return {problem.rule for problem in check_printed(printed)}


def mended(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The PDF with something done to it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        output = io.BytesIO()
        pdf.save(output)
    return output.getvalue()


def in_streams(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Change bytes in whatever stream has them: a colour, a mode, a place."""

    def change(pdf: pikepdf.Pdf) -> None:
        count = 0
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and old in (data := each.read_bytes()):
                each.write(data.replace(old, new))
                count += 1
        assert count, f"no stream has {old!r}"

    return change


def over_first_page(drawing: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_add(pdf.make_stream(b"Q\n" + drawing))
        page.contents_add(pdf.make_stream(b"q\n"), prepend=True)

    return change


def test_a_good_copy_keeps_every_rule() -> None:
    assert check_printed(good()) == []


def test_every_printed_rule_is_broken_here() -> None:
    names = {rule.name for rule in rules() if rule.stage == "printed"}
    assert names == {
        "text-lost",
        "page-budget",
        "fonts-bundled",
        "draft-missing",
        "red-flags-first-page",
        "row-split",
        "reading-order",
        "type-size",
        "line-length",
        "contrast-low",
        "heading-alone",
        "overlap",
        "outside-page",
        "page-gap",
        "tags",
        "card-fits",  # in tests/page/test_card.py
    }


@pytest.mark.parametrize(("market", "paper"), [("uk", "a4"), ("us", "letter")])
def test_the_bundled_leaflet_keeps_every_rule(market: str, paper: str) -> None:
    from datetime import UTC, datetime

    from plainleaf.content.model import for_market

    setting = Setting(market=market, paper=paper)  # type: ignore[arg-type]
    loaded, styles = handout(), ROOT / "styles"
    html = compose(loaded.model, MARKETS, setting, Standing(), styles)
    pdf = typeset(
        html,
        when=datetime(2026, 11, 22, tzinfo=UTC),
        fonts=FONTS,
        css=style_sheets(styles, setting),
        folders=[styles],
        draft="DRAFT",
    )
    settled, info = for_market(loaded.model, setting.market), getattr(MARKETS, market)
    printed = Printed(pdf, html, settled, loaded.document, setting, info, False, FONTS)
    problems = check_printed(printed)
    assert [each.message for each in problems if each.level is not Level.ADVICE] == []


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("#lost { display: none }", "lost between"),
        ("#lost { visibility: hidden }", "lost between"),
    ],
)
def test_a_text_that_a_style_hides_is_lost(style: str, said: str) -> None:
    html = first_page('<p id="lost">Some more words.</p><p>The end.</p>', style)
    (problem,) = check_printed(copy(html))
    assert problem.rule == "text-lost" and said in problem.message
    assert "Some more words." in problem.message


def test_a_text_in_another_order_is_told() -> None:
    html = first_page("<p>First words.</p><p>Then others.</p>")
    printed = copy(first_page("<p>Then others.</p><p>First words.</p>"))
    (problem,) = check_printed(replace(printed, html=html))
    assert problem.rule == "reading-order" and "out of order" in problem.message


def test_what_a_style_adds_is_no_loss() -> None:
    style = "a::after { content: ' (page ' target-counter(attr(href), page) ')' }"
    html = first_page('<p>See <a href="#call">the number</a>, and call.</p>', style)
    assert check_printed(copy(html)) == []


def test_words_broken_at_a_hyphen_are_no_loss() -> None:
    html = first_page(
        "<div style='width: 20mm'><p>A long-term state of well-being, it-self</p></div>"
    )
    assert check_printed(copy(html)) == []


def test_too_many_pages() -> None:
    long = first_page("".join(f'<p style="break-before: page">Page {at}</p>' for at in range(8)))
    printed = copy(long)
    assert found(printed) == {"page-budget", "page-gap"}
    assert found(replace(printed, setting=Setting(paper="letter"))) == {"page-gap"}
    assert found(replace(printed, setting=Setting(edition="review"))) == {"page-gap"}


def test_a_font_from_elsewhere() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Resources.Font["/F9"] = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )

    problems = check_printed(replace(good(), pdf=mended(good().pdf, change)))
    assert {problem.rule for problem in problems} == {"fonts-bundled"}
    said = " ".join(problem.message for problem in problems)
    assert "Helvetica is not one of" in said and "Helvetica is not in the PDF" in said


def test_a_font_with_a_missing_character() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            font.Encoding = pdf.make_stream(b"/CIDInit /ProcSet findresource begin end")

    problems = check_printed(replace(good(), pdf=mended(good().pdf, change)))
    assert any("a character is missing from the font Inter" in each.message for each in problems)
    assert "fonts-bundled" in {problem.rule for problem in problems}


def test_a_draft_without_the_word() -> None:
    html = good().html
    problems = check_printed(replace(good(), pdf=typed(html, draft="")))
    assert [problem.rule for problem in problems] == ["draft-missing"]
    assert problems[0].line == good().document.locate(("review", "status")).line


def test_an_approved_copy_with_the_word() -> None:
    assert found(replace(good(), approved=True)) == {"draft-missing"}
    assert found(replace(good(), approved=True, pdf=typed(good().html, draft=""))) == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"0.768627 0.803922 0.819608 RG", b"1 1 1 RG"),
        (b"0.768627 0.803922 0.819608 RG", b"0.98 0.98 0.98 RG"),
        (b"1 Tr", b"3 Tr"),
        (b"3.2036 0 0 3.2036 0", b"3.2036 0 0 3.2036 9000"),
        (b"3.2036 0 0 3.2036 0", b"0.2 0 0 0.2 0"),
    ],
    ids=["white", "nearly white", "no ink", "beside the page", "tiny"],
)
def test_a_draft_that_cannot_be_seen(old: bytes, new: bytes) -> None:
    if b"3.2036" in old:
        old, new = placed(good().pdf, new)
    problems = check_printed(replace(good(), pdf=mended(good().pdf, in_streams(old, new))))
    assert [problem.rule for problem in problems] == ["draft-missing"]
    assert "cannot be seen" in problems[0].message


def placed(data: bytes, new: bytes) -> tuple[bytes, bytes]:
    """The scale that the word is drawn with, and its replacement."""
    import re

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                match = re.search(rb"([\d.]+) 0 0 \1 0 [\d.]+ cm\nq\n0\.573576", each.read_bytes())
                if match:
                    old = match[0].split(b" cm")[0]
                    return old, new + b" 0"
    raise AssertionError("the word is drawn in another way now")


def test_a_draft_that_is_covered() -> None:
    cover = over_first_page(b"/Artifact BMC q 1 1 1 rg 0 0 2000 2000 re f Q EMC\n")
    names = found(replace(good(), pdf=mended(good().pdf, cover)))
    assert names == {"draft-missing", "red-flags-first-page"}


@pytest.mark.parametrize(
    ("style", "also"),
    [
        ("#fit { color: #fff }", "contrast-low"),
        ("#fit { color: #e8e8e8 }", "contrast-low"),
        ("#fit { color: #fff0 }", "contrast-low"),
        ("#fit { position: relative; left: 300mm }", "outside-page"),
        (
            "#fit { position: relative; left: -12mm; top: -1mm; margin-left: -30mm }",
            "outside-page",
        ),
        (
            "#fit { position: relative } #fit::after { content: ''; background: #fff; "
            "position: absolute; left: 0; top: 0; width: 100%; height: 100% }",
            "",
        ),
        ("#fit { height: 2mm; overflow: hidden }", "overlap"),
    ],
    ids=["white", "pale", "clear", "beside the page", "cut by the edge", "covered", "clipped"],
)
def test_a_red_flag_that_cannot_be_seen(style: str, also: str) -> None:
    found = check_printed(copy(first_page(style=style)))
    assert {problem.rule for problem in found} == {"red-flags-first-page", also} - {""}
    problems = [problem for problem in found if problem.rule == "red-flags-first-page"]
    assert len(problems) == 1
    assert "cannot be seen" in problems[0].message
    place = good().document.locate(("red_flags", "signs", "fit"))
    assert (problems[0].line, problems[0].column) == (place.line, place.column)


def test_text_without_ink_is_not_seen() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.Contents.write(page.Contents.read_bytes().replace(b"BT\n", b"BT\n3 Tr\n"))

    names = found(replace(good(), pdf=mended(good().pdf, change)))
    assert names == {"red-flags-first-page"}


def test_white_on_black_can_be_seen() -> None:
    assert check_printed(copy(first_page(style="ul { background: #000; color: #fff }"))) == []


@pytest.mark.parametrize("id", ["message", "fit", "call"])
def test_what_is_on_the_second_page_is_not_on_the_first(id: str) -> None:
    problems = check_printed(copy(first_page(style=f"#{id} {{ break-before: page }}")))
    rules = {problem.rule for problem in problems} - {"page-gap", "heading-alone"}
    assert rules == {"red-flags-first-page"}
    told = [problem.message for problem in problems if problem.rule == "red-flags-first-page"]
    assert all("is not on the first page" in message for message in told)


def test_a_row_over_two_pages() -> None:
    cell = "<br>".join(f"line {at}" for at in range(80))
    table = "<table><thead><tr><th>Head</th></tr></thead><tr><td>{}</td></tr></table>"
    html = first_page(table.format(cell))
    problems = check_printed(copy(html))
    assert [problem.rule for problem in problems] == ["row-split"]
    whole = first_page("<table><tr><th>Head</th></tr><tr><td>Cell</td></tr></table>")
    assert check_printed(copy(whole)) == []


def test_blocks_are_read_in_order_and_without_pictures() -> None:
    html = (
        "<html><head><title>No</title><style>p{}</style></head><body><div>One <b>and</b> two"
        "<p>three<br>four &amp; five</p>six</div><svg><title>No</title></svg><ul><li>seven</ul>"
    )
    texts = [block.text for block in text_blocks(html)]
    assert texts == ["One and two", "three", "four & five", "six", "seven"]
