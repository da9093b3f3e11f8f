"""Reads a finished PDF as a reader would: its words in the order of its tags, and its ink."""

from __future__ import annotations

import ctypes
import io
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf
    import pypdfium2
    from PIL.Image import Image

Box = tuple[float, float, float, float]  # left, bottom, right, top in points

# Soft hyphen, zero-width space, word joiner, byte order mark, marks and isolates of direction.
_SOFT = {
    0xAD,
    0x200B,
    0x200E,
    0x200F,
    0x2060,
    0xFEFF,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
}


def squeezed(text: str) -> str:
    """The text as it is compared: no spaces, no soft marks, composed letters."""
    whole = text.replace("\2", "-").replace("\ufffe", "-")  # PDFium's hyphen at the end of a line
    kept = (char for char in whole if not char.isspace() and ord(char) not in _SOFT)
    return unicodedata.normalize("NFC", "".join(kept))


@dataclass(frozen=True)
class Run:
    """A piece of drawn text, squeezed; `mark` is its place in the page's tags, -1 outside them."""

    text: str
    mark: int
    box: Box
    nested: bool  # drawn within a picture, so that the box is not in the page's own points
    drawing: Any  # PDFium's own handle


class Words:
    """Runs of text in an order, and which of them hold what."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = [run for run in runs if run.text]
        self.text = "".join(run.text for run in self.runs)
        self._ends = list(accumulate(len(run.text) for run in self.runs))

    def holding(self, words: str) -> Iterator[list[Run]]:
        """The runs of each place where these words stand."""
        words, at = squeezed(words), -1
        while words and (at := self.text.find(words, at + 1)) >= 0:
            first = bisect_right(self._ends, at)
            last = bisect_right(self._ends, at + len(words) - 1)
            yield self.runs[first : last + 1]


@dataclass(frozen=True)
class Sheet:
    """One page: all its text as drawn, what the tags hold of it in reading order, and the text of
    each table row."""

    page: pypdfium2.PdfPage
    drawn: Words
    tagged: Words
    rows: list[str]


@contextmanager
def sheets(data: bytes) -> Iterator[list[Sheet]]:
    """The pages of a PDF, as long as it is open."""
    import pikepdf
    import pypdfium2

    with pikepdf.open(io.BytesIO(data)) as pdf:
        places: dict[object, int] = {page.objgen: at for at, page in enumerate(pdf.pages)}
        order = [(places[page.objgen], mark, _row(above)) for above, page, mark in marks(pdf)]
    document = pypdfium2.PdfDocument(data)
    try:
        found = []
        for number, page in enumerate(document):
            drawn = list(_runs(page))
            by_mark: dict[int, list[Run]] = {}
            for run in drawn:
                by_mark.setdefault(run.mark, []).append(run)
            here = {mark: row for at, mark, row in order if at == number}
            tagged = [run for mark in here for run in by_mark.get(mark, ())]
            rows: dict[object, str] = {}
            for run in tagged:
                if row := here[run.mark]:
                    rows[row] = rows.get(row, "") + run.text
            found.append(Sheet(page, Words(drawn), Words(tagged), list(rows.values())))
        yield found
    finally:
        document.close()


def _row(above: Iterable[pikepdf.Object]) -> object:
    """The innermost table row among these elements."""
    rows = [element.objgen for element in above if element.S == "/TR"]
    return rows[-1] if rows else None


def marks(pdf: pikepdf.Pdf) -> Iterator[tuple[tuple[Any, ...], pikepdf.Object, int]]:
    """Tagged content in reading order: the elements above each piece, its page, its number."""
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is not None:
        yield from _marks(tree, (), None)


def _marks(
    node: pikepdf.Object, above: tuple[Any, ...], page: pikepdf.Object | None
) -> Iterator[tuple[tuple[Any, ...], pikepdf.Object, int]]:
    import pikepdf

    page = node.get("/Pg", page)
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            if page is not None:
                yield above, page, kid
        elif "/S" in kid:
            yield from _marks(kid, (*above, kid), page)
        elif "/MCID" in kid and (own := kid.get("/Pg", page)) is not None:
            yield above, own, int(kid.MCID)


def _runs(page: pypdfium2.PdfPage) -> Iterator[Run]:
    from pypdfium2 import raw

    text_page = page.get_textpage()
    for drawing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=15):
        length = raw.FPDFTextObj_GetText(drawing.raw, text_page.raw, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 2))
        into = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
        raw.FPDFTextObj_GetText(drawing.raw, text_page.raw, into, length)
        text = buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")
        mark = raw.FPDFPageObj_GetMarkedContentID(drawing.raw)
        yield Run(squeezed(text), mark, drawing.get_bounds(), drawing.level > 0, drawing)


def drawn(page: pypdfium2.PdfPage, scale: float = 1.0) -> Image:
    """The page as most printers print it, in grey."""
    picture: Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    return picture


def ink(
    page: pypdfium2.PdfPage, shown: Image, runs: Iterable[Run], least: int, scale: float = 1.0
) -> Image:
    """Where these runs leave ink: white where they make the page lighter or darker by `least`.

    `shown` is the page as drawn; it is drawn again without them. So nothing is found of what is
    white on white, drawn in no mode, covered, clipped or beside the page.
    """
    from PIL import ImageChops
    from pypdfium2 import raw

    runs = list(runs)
    for run in runs:
        raw.FPDFPageObj_SetIsActive(run.drawing.raw, False)
    hidden = drawn(page, scale)
    for run in runs:
        raw.FPDFPageObj_SetIsActive(run.drawing.raw, True)
    changed = ImageChops.difference(shown, hidden)
    return changed.point([255 if value >= least else 0 for value in range(256)])


def inked(found: Image, page: pypdfium2.PdfPage, run: Run, scale: float, share: float) -> bool:
    """Whether the ink reaches over nearly all of the run's box, and fills this share of it."""
    left, bottom, right, top = (edge * scale for edge in run.box)
    x, _, _, height = (edge * scale for edge in page.get_cropbox())
    width, tall = right - left, top - bottom
    box = (round(left - x), round(height - top), round(right - x), round(height - bottom))
    if box[0] < 0 or box[1] < 0 or box[2] > found.width or box[3] > found.height:
        return False
    if box[0] >= box[2] or box[1] >= box[3]:
        return False
    part = found.crop(box)
    reach = part.getbbox()
    if (
        reach is None
        or reach[2] - reach[0] < 0.8 * width - 2
        or reach[3] - reach[1] < 0.8 * tall - 2
    ):
        return False
    return part.histogram()[255] >= share * part.width * part.height
