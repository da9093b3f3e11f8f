"""What the finished PDF must hold: read from the file itself, not from what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, groupby
from pathlib import Path

from plainleaf.checks.blocks import HEADINGS, Block, text_blocks
from plainleaf.checks.pdf import sheets
from plainleaf.checks.placed import found, placed, short
from plainleaf.checks.registry import Finding, Printed, Rule, rule
from plainleaf.checks.tree import plain, tree

MOST_PAGES = {"a4": 8, "letter": 9}
SIDES = {"summary": 2, "card": 1}
LARGE = 3  # times as many in large type: twice and a quarter the area, and no columns
MORE_PAGES = 2  # for a translation: Spanish and Polish need a fifth more room than English

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@rule(stage="printed")
def text_lost(printed: Printed) -> Iterator[Finding]:
    """Every text of the page stands in the PDF.

    The PDF is read along its tags, as a screen reader reads it, and compared without spaces and
    soft marks; what a style sheet adds (a page number after a link) may stand between. Source:
    our rule, "text lost between HTML and PDF".

    Good: a style sheet that moves a paragraph
    Bad: a style sheet that hides one (`display: none`)
    """
    for each in placed(printed.pdf, printed.html):
        if each.at is None:
            said = f"a text is lost between HTML and PDF: {short(each.block)}"
            yield Finding(said, hint=_STYLE)


_STYLE = "Look for display: none, a fixed height, or content drawn over the edge in the style."


@rule(stage="printed")
def reading_order(printed: Printed) -> Iterator[Finding]:
    """The tags hold every text in the order of the HTML, as a screen reader reads it out.

    Headings are tagged as headings of the same level. Source: our rule, "every text of the model is
    in the PDF, in order".

    Good: a style sheet that moves a paragraph on the page
    Bad: a tag that stands before what comes before it, or a heading that is tagged as a paragraph
    """
    pages = sheets(printed.pdf)
    for each in placed(printed.pdf, printed.html):
        if each.at is None:
            continue
        if not each.in_order:
            yield Finding(f"a text is in the PDF, but out of order: {short(each.block)}")
        run = each.runs[0]
        heading = pages[run.page].tags[run.mark].within(*HEADINGS)
        kind = heading.kind if heading else ""
        if kind != each.block.heading:
            what = f"a heading {kind}" if kind else "no heading"
            meant = each.block.heading or "no heading"
            said = f"a text is tagged as {what}, and the HTML says {meant}: {short(each.block)}"
            yield Finding(said, hint="Look for what changes the tags after WeasyPrint.")


@rule(stage="printed")
def page_budget(printed: Printed) -> Iterator[Finding]:
    """The standard leaflet has at most 8 pages on A4, 9 on Letter; a summary two, a card one.

    A leaflet that is longer is not read. A translation may have two more, a clinic's words one
    more, two languages beside each other twice as many, large print and a booklet three times as
    many, and a patient's own pages come on top. Source: our rule, "At most 8 pages A4, 9 Letter";
    the three times are ours: 18 pt for 12 pt, and one column. A summary is one sheet, front and
    back, and a card is cut out of one page: there nothing comes on top.

    Good: `on_paper: no` for what only some readers ask; the HTML form has it
    Bad: sixteen questions on paper
    """
    most, count = MOST_PAGES[printed.setting.paper], len(sheets(printed.pdf))
    if (sides := SIDES.get(printed.setting.edition)) is not None:
        if count > sides:
            said = f"the {printed.setting.edition} has {count} pages, and {sides} may be"
            yield Finding(said, hint="Say less, or take the standard edition.")
        return
    most += MORE_PAGES if printed.handout.language != "en" else 0
    most += int(printed.clinic is not None)
    most *= 2 if printed.setting.languages else 1
    large = printed.setting.edition in ("large-print", "booklet")
    most *= LARGE if large else 1
    if (large or printed.setting.edition == "standard") and not printed.own and count > most:
        said = (
            f"the leaflet has {count} pages on {printed.setting.paper}, and at most {most} may be"
        )
        yield Finding(
            said, hint='Say less, or keep some entries for the HTML form: "on_paper: no".'
        )


@rule(stage="printed")
def fonts_bundled(printed: Printed) -> Iterator[Finding]:
    """Every font of the PDF is one of the bundled ones, is in the file, and has every character.

    Another machine's font draws another page, perhaps with a slashed zero. A font whose encoding
    WeasyPrint had to invent is the mark of a character that no bundled font has. Source: design.md,
    "all bundled, static files", and typesetting.md.

    Good: `font-family: Inter`
    Bad: `font-family: Arial`, or a sign that neither Inter nor Noto has
    """
    known, told, pdf = _font_names(printed.fonts), set[str](), tree(printed.pdf)
    for font in pdf.objects.values():
        if not isinstance(font, dict) or font.get("/Type") != "/Font":
            continue
        name = plain(font.get("/BaseFont")) or "a font without a name"
        bare = name.rpartition("+")[2]
        if font.get("/Subtype") == "/Type0" and font.get("/Encoding") in pdf.streams:
            told.add(f"a character is missing from the font {bare}")
        if "/DescendantFonts" in font:
            continue  # what it descends from is a font of its own
        if _letters(bare) not in known:
            told.add(f"the font {bare} is not one of the bundled ones")
        if not any(pdf.get(font, "/FontDescriptor", key) for key in _FONT_FILES):
            told.add(f"the font {bare} is not in the PDF")
    for said in sorted(told):
        yield Finding(said, hint="Use the bundled fonts, and characters that they have.")


@cache
def _font_names(folder: Path) -> frozenset[str]:
    """Family and face of each bundled font, letters alone: WeasyPrint spells them its own way."""
    from fontTools.ttLib import TTFont

    names: set[str] = set()
    for path in sorted(folder.iterdir()):
        if path.suffix in (".otf", ".ttf"):
            with TTFont(path, lazy=True) as font:
                family, face = (
                    font["name"].getBestFamilyName(),
                    font["name"].getBestSubFamilyName(),
                )
            names.add(_letters(f"{family}{face}"))
            if _letters(face) in ("regular", ""):
                names.add(_letters(family))
    return frozenset(names)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


@rule(stage="printed")
def row_split(printed: Printed) -> Iterator[Finding]:
    """No row of a table runs over the end of a page.

    A dose on one page and its day on the next are read apart. Source: design.md, "No table row is
    split over pages".

    Good: `tr { break-inside: avoid }`
    Bad: a cell with more text than a page holds
    """
    pages = enumerate(sheets(printed.pdf), start=1)
    rows = [(number, row) for number, sheet in pages for row in sheet.rows]
    for block in _rows(text_blocks(printed.html)):
        begun = [at for at, row in rows if row.startswith("".join(block.letters)[:8])]
        if begun and not any(found(block, row) for _, row in rows):
            said = f"a table row is split over pages {begun[0]} and {begun[0] + 1}: {short(block)}"
            yield Finding(
                said, hint="Shorten the row, or mend the style: tr { break-inside: avoid }."
            )


def _rows(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of each table row as one."""
    for row, within in groupby(blocks, key=lambda block: block.row):
        if row:
            yield Block(tuple(chain.from_iterable(block.pieces for block in within)), row)


RULES: tuple[Rule[Printed], ...] = (
    text_lost,
    reading_order,
    page_budget,
    fonts_bundled,
    row_split,
)
