"""The composed page as a screen reader goes through it: one paragraph after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from plainleaf.content.isolate import isolated_digits
from plainleaf.content.wording.language import Signs
from plainleaf.page.markup import Element, parsed

BLANK, BOX = "____", "[ ]"  # a line to write on, a box to tick
GLUE = "\u00a0"  # a space at which no line may end
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_INLINE = {"a", "abbr", "b", "bdi", "br", "code", "em", "i", "img", "small", "span", "strong"}
_INLINE |= {"sub", "sup"}
# Parts of the templates whose pieces are one sentence: "1 hour: a tablet begins to act."
_TOGETHER = {"gain": "", "gauge": " ", "moment": ""}  # by the language's colon, or by this
# Parts whose pieces are told as a list, and those whose pieces follow each other without a gap.
_LISTED, _CLOSE = {"bars", "arrays"}, {"myth", "source-columns"}
_SHORT, _GLUED = (
    40,
    20,
)  # where the cells of a row are longer in all, each of the table has its line
_OPENED, _CLOSED = "\u2066", "\u2069"  # left-to-right isolate, and its end


@dataclass(frozen=True)
class Paragraph:
    """A piece of text that begins a new line, `depth` steps in, behind the `lead` of its list.

    `heading` is its level, 0 for text. What is `close` follows the one before without a gap."""

    text: str
    way: str
    heading: int = 0
    lead: str = ""
    depth: int = 0
    close: bool = False


def linear(html: str, signs: Signs) -> list[Paragraph]:
    """Every paragraph of a composed page in its order, as `signs` of its language join them."""
    page = next(parsed(html).each("html"))
    told = _Told(signs)
    return list(told.block(page, page.held.get("dir", "ltr")))


@dataclass(frozen=True)
class _Told:
    signs: Signs

    def block(self, element: Element, way: str, depth: int = 0) -> Iterator[Paragraph]:
        """What stands in an element, in paragraphs."""
        if element.unheard:
            return
        way = element.held.get("dir", way)
        if element.tag in ("ul", "ol"):
            yield from self._list(element, way, depth)
        elif element.tag == "table":
            yield from self._table(element, way, depth)
        elif element.tag == "svg":
            yield from _one("".join(self._words(element, way)), way, depth)
        elif together := [join for name, join in _TOGETHER.items() if element.has(name)]:
            pieces = [each.text for each in self._pieces(element, way, depth)]
            yield from _one((together[0] or self.signs.colon).join(pieces), way, depth)
        elif any(map(element.has, _LISTED | _CLOSE)):
            for at, each in enumerate(self._pieces(element, way, depth)):
                lead = "- " if any(map(element.has, _LISTED)) else each.lead
                yield replace(each, lead=lead, close=at > 0)
        elif element.tag in HEADINGS:
            for each in self._pieces(element, way, depth):
                yield replace(each, heading=int(element.tag[1]))
        else:
            yield from self._pieces(element, way, depth)

    def _pieces(self, element: Element, way: str, depth: int) -> Iterator[Paragraph]:
        run: list[Element | str] = []
        for kid in element.kids:
            if isinstance(kid, str) or _inline(kid):
                run.append(kid)
                continue
            yield from _one(self._said(run, way), way, depth)
            run = []
            yield from self.block(kid, way, depth)
        yield from _one(self._said(run, way), way, depth)

    def _list(self, element: Element, way: str, depth: int) -> Iterator[Paragraph]:
        number, close = int(element.held.get("start", "1")), False
        for item in element.kids:
            if not isinstance(item, Element) or item.unheard:
                continue
            lead = f"{number}. " if element.tag == "ol" else "- "
            number += 1
            for at, each in enumerate(self._pieces(item, item.held.get("dir", way), depth)):
                yield replace(each, lead="" if at else lead, depth=depth + bool(at), close=close)
                close = True

    def _table(self, table: Element, way: str, depth: int) -> Iterator[Paragraph]:
        """Row by row, each cell behind the words of its column's head."""
        heads = [self._cell(each, way) for part in table.each("thead") for each in _cells(part)]
        rows = [_cells(row) for part in table.each("tbody") for row in part.each("tr")]
        first = heads[0] if heads else ""
        told = [(self._cell(row[0], way), self._cells(row, heads, way)) for row in rows if row]
        close = bool(first) and not any(name.startswith(first) for name, _ in told)
        if close:
            yield Paragraph(first + self.signs.colon.strip(), way, depth=depth)
        apart = any(self._long(cells) for _, cells in told)
        for name, cells in told:
            name = f"{first} {name}" if first and name.isdecimal() else name
            for at, each in enumerate(self._row(name, cells, apart)):
                lead = "" if at else "- "
                yield Paragraph(each, way, lead=lead, depth=depth + bool(at), close=close)
                close = True

    def _cells(self, row: list[Element], heads: list[str], way: str) -> list[tuple[str, str]]:
        """Each cell of a row behind the first, with its column's head."""
        return [
            (heads[at] if heads else "", _held_together(self._cell(cell, way) or BLANK))
            for at, cell in enumerate(row[1:], start=1)
            if not cell.silent
        ]

    def _long(self, cells: list[tuple[str, str]]) -> bool:
        """Whether a row is too long for one sentence."""
        ended = any(text.endswith(self.signs.stop) for _, text in cells)
        return ended or sum(len(text) for _, text in cells) > _SHORT

    def _row(self, name: str, cells: list[tuple[str, str]], apart: bool) -> list[str]:
        """The lines in which a row is told: one, or one for each of its cells."""
        colon, comma = self.signs.colon, self.signs.comma
        if apart:
            return [name, *(f"{head}{colon if head else ''}{text}" for head, text in cells)]
        shown = []
        for head, text in cells:
            numeric = text.strip("\u2066\u2068")[:1].isdigit() or text.startswith((BLANK, BOX[:1]))
            between = " " if numeric and not any(map(str.isdigit, head)) else colon
            shown.append(f"{_run_in(head)}{between if head else ''}{text}")
        if any(comma.strip() in head + text for head, text in cells):
            comma = self.signs.semicolon
        return [colon.join([name, comma.join(shown)])]

    def _cell(self, cell: Element, way: str) -> str:
        """The words of a cell: what is put under them stands in brackets."""
        run = [kid for kid in cell.kids if isinstance(kid, str) or _inline(kid)]
        under = [
            " ".join(each.text for each in self.block(kid, way))
            for kid in cell.kids
            if isinstance(kid, Element) and not _inline(kid)
        ]
        over, below = self._said(run, way), self.signs.comma.join(filter(None, under))
        if cell.has("unit"):
            over = f"{BLANK}{GLUE}{over}"
        if not below:
            return over
        return f"{over} {self.signs.brackets.replace('{text}', below)}" if over else below

    def _said(self, run: Iterable[Element | str], way: str) -> str:
        text = "".join(
            kid if isinstance(kid, str) else "".join(self._words(kid, way)) for kid in run
        )
        return " ".join(text.replace(GLUE, "\0").split()).replace("\0", GLUE)

    def _words(self, element: Element, way: str) -> Iterator[str]:
        """Inline text, with what a sighted reader sees of blanks, boxes and links."""
        if element.unheard:
            return
        if element.tag == "svg":
            for title in element.each("title"):
                yield from self._name(title.said, way)
            return
        if element.tag == "img":
            yield element.held.get("alt", "")
            return
        inner = element.held.get("dir", way)
        text = "".join(
            kid if isinstance(kid, str) else "".join(self._words(kid, inner))
            for kid in element.kids
        )
        if element.has("blank"):
            text = BLANK
        elif element.has("box"):
            text = BOX.replace(" ", GLUE)
        elif element.has("fact") or element.has("working"):
            text = GLUE.join(text.split())
        elif element.has("cite"):
            text = text.strip().replace(" ", GLUE, 1)
        elif (element.has("gloss") or element.has("when")) and text.strip()[:1] not in "(（":
            text = self.signs.brackets.replace("{text}", text.strip())
        elif element.tag == "br":
            text = " "
        elif element.tag == "a":
            text = _link(text, element.held.get("href", ""))
        turned = inner != way and text.strip()
        yield f"{_OPENED if inner == 'ltr' else chr(0x2067)}{text}{_CLOSED}" if turned else text

    def _name(self, words: str, way: str) -> Iterator[str]:
        """What a picture is called; its numbers keep their order on a right-to-left page."""
        if way == "ltr":
            yield words
            return
        for kid in parsed(str(isolated_digits(words))).kids:
            yield kid if isinstance(kid, str) else "".join(self._words(kid, way))


def _one(text: str, way: str, depth: int) -> Iterator[Paragraph]:
    if text.strip():
        yield Paragraph(text.strip(), way, depth=depth)


def _inline(element: Element) -> bool:
    """Whether it stands within a line; a second telephone number begins its own."""
    within = element.tag in _INLINE or (element.tag == "svg" and element.unheard)
    return within and not element.has("urgent")


def _cells(row: Element) -> list[Element]:
    rows = [row] if row.tag == "tr" else [*row.each("tr")]
    return [kid for each in rows for kid in each.kids if isinstance(kid, Element)]


def _held_together(text: str) -> str:
    """A short cell stays on one line: a number and what it counts."""
    return text.replace(" ", GLUE) if len(text) <= _GLUED else text


def _run_in(head: str) -> str:
    """A column's head within a sentence; an abbreviation stays as it is."""
    return head if head[1:2].isupper() else head[:1].lower() + head[1:]


def _link(text: str, address: str) -> str:
    if not address.startswith(("https://", "http://")):
        return text
    return address if text.strip() in address else f"{text} ({address})"
