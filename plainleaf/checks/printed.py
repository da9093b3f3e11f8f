"""What the finished PDF must hold: read from the file itself, not from what was meant."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain

from plainleaf.checks.blocks import Block, text_blocks
from plainleaf.checks.pdf import Sheet, Words, ink, inked, marks, sheets, squeezed
from plainleaf.checks.registry import Finding, Loc, Printed, Rule, rule
from plainleaf.content import prose
from plainleaf.problems import Level

MOST_PAGES = {"a4": 8, "letter": 9}

_GAP = 24  # characters that a style sheet may put between two pieces of a block: "(page 12)"
_SCALE = 2.0  # pixels a point, where small type is looked at
_TEXT_INK, _TEXT_SHARE = 64, 0.03
_DRAFT_INK, _DRAFT_REACH = 24, 0.4


@rule(stage="printed")
def text_lost(printed: Printed) -> Iterator[Finding]:
    """Every text of the page stands in the PDF, in the same order.

    The PDF is read along its tags, as a screen reader reads it, and compared without spaces and soft
    marks; what a style sheet adds (a page number after a link) may stand between. Blocks of the
    class `running` are looked for in headers and footers. Source: issue 2, "text lost between HTML
    and PDF", and "in reading order".

    Good: a style sheet that moves a paragraph
    Bad: a style sheet that hides one (`display: none`), or draws it in another order
    """
    with sheets(printed.pdf) as pages:
        text = "".join(sheet.tagged.text for sheet in pages)
        furniture = "\n".join(sheet.furniture.text for sheet in pages)
    at = 0
    for block in text_blocks(printed.html):
        if block.running:
            if squeezed(block.text) not in furniture:
                yield Finding(f"a heading of the page is not in the PDF: {_short(block)}")
            continue
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
    most = MOST_PAGES[printed.setting.paper]
    with sheets(printed.pdf) as pages:
        count = len(pages)
    if printed.setting.edition == "standard" and count > most:
        said = f"the leaflet has {count} pages on {printed.setting.paper}, and at most {most} may be"
        yield Finding(said, hint='Say less, or keep some entries for the HTML form: "on_paper: no".')


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
            if font.get("/Subtype") == "/Type0" and isinstance(font.get("/Encoding"), pikepdf.Stream):
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
                family, face = (font["name"].getBestFamilyName(), font["name"].getBestSubFamilyName())
            names.add(_letters(f"{family}{face}"))
            if _letters(face) in ("regular", ""):
                names.add(_letters(family))
    return names


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


@rule(stage="printed")
def draft_missing(printed: Printed) -> Iterator[Finding]:
    """A leaflet that nobody has approved says DRAFT across every page, so that one can see it.

    The word is looked for in the text, and each page is drawn with it and without it: white on
    white, no ink, under a picture or beside the page do not count. An approved copy has it on no
    page. Source: design.md, "nothing else can switch it off, and the finished PDF is searched for
    it".

    Good: a draft with the word on every page
    Bad: a draft with the word on the first page alone, or in white
    """
    with sheets(printed.pdf) as pages:
        for number, sheet in enumerate(pages, start=1):
            places = list(sheet.drawn.holding(printed.draft))
            if printed.approved:
                if places:
                    said = f"page {number} of an approved copy says {printed.draft}"
                    yield Finding(said, ("review", "status"))
            elif not places:
                said = f"the word {printed.draft} is not on page {number} of a draft"
                yield Finding(said, ("review", "status"))
            elif not _across(sheet, printed.draft):
                said = f"the word {printed.draft} cannot be seen across page {number} of a draft"
                yield Finding(said, ("review", "status"))


def _across(sheet: Sheet, draft: str) -> bool:
    """Whether some place of the word leaves ink over a good part of the page, letter by letter."""
    for runs in sheet.drawn.holding(draft):
        every = ink(sheet.page, runs, _DRAFT_INK)
        reach = every.getbbox()
        if reach is None:
            continue
        across = (reach[2] - reach[0]) / every.width, (reach[3] - reach[1]) / every.height
        if min(across) >= _DRAFT_REACH and all(
            ink(sheet.page, [run], _DRAFT_INK).getbbox() for run in runs
        ):
            return True
    return False


@rule(stage="printed")
def red_flags_first_page(printed: Printed) -> Iterator[Finding]:
    """The first page has the main message, every red flag and the emergency number, to be seen.

    Who reads one page reads this one. Each text is looked for in the tags of the page, and the page
    is drawn with it and without it, in grey. Source: design.md, "First page carries the whole
    message", and "The finished PDF is searched for DRAFT and for every red flag, visible" (issue 2).

    Good: ten short signs
    Bad: so many long ones that the box runs on over the page
    """
    with sheets(printed.pdf) as pages:
        first = pages[0] if pages else None
        if first is None:
            yield Finding("the PDF has no page")
            return
        expected = list(_expected(printed))
        places = [list(first.tagged.holding(text)) for _, _, text in expected]
        runs = list(chain.from_iterable(chain.from_iterable(places)))
        seen = ink(first.page, runs, _TEXT_INK, _SCALE)
        for (what, loc, text), found in zip(expected, places, strict=True):
            if not found:
                yield Finding(f'{what} is not on the first page: "{text}"', loc, _FIRST)
            elif not any(
                all(not run.nested and inked(seen, first.page, run, _SCALE, _TEXT_SHARE) for run in one)
                for one in found
            ):
                yield Finding(f'{what} cannot be seen on the first page: "{text}"', loc, _FIRST)


_FIRST = "Shorten what stands before it, or mend the style."


def _expected(printed: Printed) -> Iterator[tuple[str, Loc, str]]:
    from plainleaf.page.compose import Words as Filled

    fill = Filled(printed.handout.facts, printed.market).fill

    def plain(text: object) -> str:
        return prose.plain(str(text), fill, inline=True)

    yield "the main message", ("in_short", "message"), plain(printed.handout.in_short.message)
    if flags := printed.handout.red_flags:
        for key, sign in flags.signs.items():
            yield "a red flag", ("red_flags", "signs", key), plain(sign)
        yield "the emergency number", ("red_flags", "title"), printed.market.emergency


@rule(stage="printed")
def row_split(printed: Printed) -> Iterator[Finding]:
    """No row of a table runs over the end of a page.

    A dose on one page and its day on the next are read apart. Source: design.md, "No table row is
    split over pages".

    Good: `tr { break-inside: avoid }`
    Bad: a cell with more text than a page holds
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        rows: dict[object, set[int]] = {}
        for above, page, _ in marks(pdf):
            for element in above:
                if element.S == "/TR":
                    rows.setdefault(element.objgen, set()).add(numbers[page.objgen])
    for pages in rows.values():
        if len(pages) > 1:
            yield Finding(f"a table row is split over pages {_and(pages)}", hint="Shorten the row.")


def _and(pages: Iterable[int]) -> str:
    return " and ".join(map(str, sorted(pages)))


RULES: tuple[Rule[Printed], ...] = (
    text_lost,
    page_budget,
    fonts_bundled,
    draft_missing,
    red_flags_first_page,
    row_split,
)
