"""What the finished PDF must hold: read from the file itself, not from what was meant."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from plainleaf.checks.blocks import Block, text_blocks
from plainleaf.checks.pdf import sheets, squeezed
from plainleaf.checks.registry import Finding, Printed, Rule, rule

MOST_PAGES = {"a4": 8, "letter": 9}

_GAP = 24  # characters that a style sheet may put between two pieces of a block: "(page 12)"


@rule(stage="printed")
def text_lost(printed: Printed) -> Iterator[Finding]:
    """Every text of the page stands in the PDF, in the same order.

    The PDF is read along its tags, as a screen reader reads it, and compared without spaces and
    soft marks; what a style sheet adds (a page number after a link) may stand between. Source:
    issue 2, "text lost between HTML and PDF", and "in reading order".

    Good: a style sheet that moves a paragraph
    Bad: a style sheet that hides one (`display: none`), or draws it in another order
    """
    with sheets(printed.pdf) as pages:
        text = "".join(sheet.tagged.text for sheet in pages)
    at = 0
    for block in text_blocks(printed.html):
        found = _after(block, text, at)
        if found is not None:
            at = found
        elif _after(block, text, 0) is not None:
            yield Finding(f"a text is in the PDF, but out of order: {_short(block)}")
        else:
            yield Finding(f"a text is lost between HTML and PDF: {_short(block)}", hint=_STYLE)


_STYLE = "Look for display: none, a fixed height, or content drawn over the edge in the style."


def _after(block: Block, text: str, at: int) -> int | None:
    """Where the block ends in the text, if it stands there after this place."""
    pieces = [piece for piece in map(squeezed, block.pieces) if piece]
    start = at - 1
    while (start := text.find(pieces[0], start + 1)) >= 0:
        end = start + len(pieces[0])
        for piece in pieces[1:]:
            found = text.find(piece, end, end + _GAP + len(piece))
            if found < 0:
                break
            end = found + len(piece)
        else:
            return end
    return None


def _short(block: Block) -> str:
    return f'"{block.text}"' if len(block.text) <= 60 else f'"{block.text[:60].rstrip()}…"'


@rule(stage="printed")
def page_budget(printed: Printed) -> Iterator[Finding]:
    """The standard leaflet has at most 8 pages on A4, 9 on Letter.

    A leaflet that is longer is not read. Source: issue 2, "At most 8 pages A4, 9 Letter".

    Good: `on_paper: no` for what only some readers ask; the HTML form has it
    Bad: sixteen questions on paper
    """
    import pikepdf

    most = MOST_PAGES[printed.setting.paper]
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        count = len(pdf.pages)
    if printed.setting.edition == "standard" and count > most:
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
    import pikepdf

    known = _font_names(printed)
    told: set[str] = set()
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        for font in pdf.objects:
            if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font":
                continue
            name = str(font.get("/BaseFont", "/a font without a name"))[1:]
            plain = name.rpartition("+")[2]
            if font.get("/Subtype") == "/Type0" and isinstance(
                font.get("/Encoding"), pikepdf.Stream
            ):
                told.add(f"a character is missing from the font {plain}")
            if "/DescendantFonts" in font:
                continue  # what it descends from is a font of its own
            if _letters(plain) not in known:
                told.add(f"the font {plain} is not one of the bundled ones")
            about = font.get("/FontDescriptor", pikepdf.Dictionary())
            if not any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                told.add(f"the font {plain} is not in the PDF")
    for said in sorted(told):
        yield Finding(said, hint="Use the bundled fonts, and characters that they have.")


def _font_names(printed: Printed) -> set[str]:
    """Family and face of each bundled font, letters alone: WeasyPrint spells them its own way."""
    from fontTools.ttLib import TTFont

    names: set[str] = set()
    for path in sorted(printed.fonts.iterdir()):
        if path.suffix in (".otf", ".ttf"):
            with TTFont(path, lazy=True) as font:
                family, face = (
                    font["name"].getBestFamilyName(),
                    font["name"].getBestSubFamilyName(),
                )
            names.add(_letters(f"{family}{face}"))
            if _letters(face) in ("regular", ""):
                names.add(_letters(family))
    return names


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
    with sheets(printed.pdf) as pages:
        rows = [(number, row) for number, sheet in enumerate(pages, start=1) for row in sheet.rows]
    for block in _rows(text_blocks(printed.html)):
        begun = [at for at, row in rows if row.startswith(squeezed("".join(block.pieces))[:8])]
        if begun and not any(_after(block, row, 0) for _, row in rows):
            said = f"a table row is split over pages {begun[0]} and {begun[0] + 1}: {_short(block)}"
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
    page_budget,
    fonts_bundled,
    row_split,
)
