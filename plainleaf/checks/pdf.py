"""Reads a finished PDF as a reader would: its words as drawn, and in the order of its tags."""

from __future__ import annotations

import ctypes
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from plainleaf.checks.tree import Tag, tree

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

Box = tuple[float, float, float, float]  # left, bottom, right, top in points
Colour = tuple[int, int, int, int]  # red, green, blue and how far it covers, 0 to 255
Matrix = tuple[float, float, float, float, float, float]

# Soft hyphen, zero-width space, word joiner, byte order mark, marks and isolates of direction;
# PDFium's hyphen at the end of a line.
_SOFT = dict.fromkeys(
    (0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
) | {2: "-", 0xFFFE: "-"}


def squeezed(text: str) -> str:
    """The text as it is compared: no spaces, no soft marks, composed letters."""
    return unicodedata.normalize("NFC", "".join(text.split()).translate(_SOFT))


@dataclass(frozen=True, eq=False)
class Run:
    """A piece of drawn text: squeezed, and as `said`. `mark` is its place in the page's tags, -1
    outside them; `size` in points and `box` are as they come out on the page."""

    text: str
    said: str
    page: int  # from 0
    mark: int
    box: Box
    size: float
    ink: Colour | None  # None where nothing is painted
    font: str
    nested: bool  # drawn within a picture
    upright: bool
    drawing: Any  # PDFium's own handle

    @property
    def bold(self) -> bool:
        """Whether the letters are as heavy as WCAG means by bold."""
        return self.font.lower().endswith("bold") and not self.font.lower().endswith(
            ("semibold", "semi-bold", "demibold", "demi-bold")
        )


class Words:
    """Runs of text in an order, and which of them hold what."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = [run for run in runs if run.text]
        self.text = "".join(run.text for run in self.runs)
        self._ends = list(accumulate(len(run.text) for run in self.runs))

    def between(self, start: int, end: int) -> list[Run]:
        """The runs that hold the text from here to there."""
        return self.runs[bisect_right(self._ends, start) : bisect_right(self._ends, end - 1) + 1]

    def holding(self, words: str) -> Iterator[list[Run]]:
        """The runs of each place where these words stand."""
        words, at = squeezed(words), -1
        while words and (at := self.text.find(words, at + 1)) >= 0:
            yield self.between(at, at + len(words))


@dataclass(frozen=True, eq=False)
class Sheet:
    """One page: all its text as drawn, what the tags hold of it in reading order, the tag of each
    mark, and the text of each table row."""

    number: int  # from 0
    page: pypdfium2.PdfPage
    width: float
    height: float
    drawn: Words
    tagged: Words
    tags: dict[int, Tag]
    rows: list[str]

    @cached_property
    def furniture(self) -> list[Run]:
        """Headers and footers: text outside the tags, words behind the page aside."""
        return [run for run in self.drawn.runs if run.mark < 0 and not run.nested]

    @cached_property
    def bare(self) -> Image:
        """The page without any text, in colour, a pixel a point."""
        from plainleaf.checks.pictures import without

        return without(self.page, self.drawn.runs, colour=True)


@lru_cache(maxsize=1)  # the rules look at one copy after the other; PDFium closes the last
def sheets(data: bytes) -> tuple[Sheet, ...]:
    """The pages of a PDF, read once. PDFium is for one thread at a time."""
    import pypdfium2

    by_page: dict[int, dict[int, Tag]] = {}
    for tag, page, mark in tree(data).places:
        by_page.setdefault(page, {}).setdefault(mark, tag)
    document = pypdfium2.PdfDocument(data)
    found = []
    for number, page in enumerate(document):
        drawn = list(_Runs(page, number).all())
        tags = by_page.get(number, {})
        by_mark: dict[int, list[Run]] = {}
        for run in drawn:
            by_mark.setdefault(run.mark, []).append(run)
        tagged = [run for mark in tags for run in by_mark.get(mark, ())]
        rows: dict[Tag, str] = {}
        for run in tagged:
            if row := tags[run.mark].within("TR"):
                rows[row] = rows.get(row, "") + run.text
        left, bottom, right, top = page.get_cropbox()
        words = Words(drawn), Words(tagged)
        found.append(Sheet(number, page, right - left, top - bottom, *words, tags, [*rows.values()]))
    return tuple(found)


class _Runs:
    """Draws the runs out of a page, through PDFium's own functions: its helpers are slow."""

    def __init__(self, page: pypdfium2.PdfPage, number: int) -> None:
        from pypdfium2 import raw

        self.raw, self.page, self.number = raw, page, number
        self.text_page = page.get_textpage()
        self.letters = ctypes.create_string_buffer(1 << 13)
        self.fonts: dict[int | None, str] = {}

    def all(self) -> Iterator[Run]:
        """Every run of the page, in the order of drawing."""
        raw, page = self.raw, self.page.raw
        for at in range(raw.FPDFPage_CountObjects(page)):
            yield from self._of(raw.FPDFPage_GetObject(page, at), None)

    def _of(self, drawing: Any, around: Matrix | None) -> Iterator[Run]:
        kind = self.raw.FPDFPageObj_GetType(drawing)
        if kind == self.raw.FPDF_PAGEOBJ_TEXT:
            yield self._run(drawing, around)
        elif kind == self.raw.FPDF_PAGEOBJ_FORM:
            own = self._matrix(drawing)
            own = _times(own, around) if around else own
            for at in range(self.raw.FPDFFormObj_CountObjects(drawing)):
                yield from self._of(self.raw.FPDFFormObj_GetObject(drawing, at), own)

    def _run(self, drawing: Any, around: Matrix | None) -> Run:
        matrix, size = self._matrix(drawing), ctypes.c_float()
        self.raw.FPDFTextObj_GetFontSize(drawing, size)
        edges = [ctypes.c_float() for _ in range(4)]
        self.raw.FPDFPageObj_GetBounds(drawing, *edges)
        box = (edges[0].value, edges[1].value, edges[2].value, edges[3].value)
        if around:
            matrix, box = _times(matrix, around), _moved(box, around)
        a, b, c, d, _, _ = matrix
        said = self._said(drawing)
        return Run(
            text=squeezed(said),
            said=said,
            page=self.number,
            mark=self.raw.FPDFPageObj_GetMarkedContentID(drawing),
            box=box,
            size=size.value * (c * c + d * d) ** 0.5,
            ink=self._ink(drawing),
            font=self._font(drawing),
            nested=around is not None,
            upright=abs(b) + abs(c) < 0.01 * (abs(a) + abs(d)),
            drawing=drawing,
        )

    def _matrix(self, drawing: Any) -> Matrix:
        found = self.raw.FS_MATRIX()
        self.raw.FPDFPageObj_GetMatrix(drawing, found)
        return found.a, found.b, found.c, found.d, found.e, found.f

    def _said(self, drawing: Any) -> str:
        into = ctypes.cast(self.letters, ctypes.POINTER(self.raw.FPDF_WCHAR))
        length = self.raw.FPDFTextObj_GetText(
            drawing, self.text_page.raw, into, len(self.letters) // 2
        )
        if length > len(self.letters):  # of bytes, and nothing was written
            self.letters = ctypes.create_string_buffer(2 * length)
            return self._said(drawing)
        return self.letters[:length].decode("utf-16-le", "replace").rstrip("\0")

    def _ink(self, drawing: Any) -> Colour | None:
        mode = self.raw.FPDFTextObj_GetTextRenderMode(drawing)
        stroked = mode in (self.raw.FPDF_TEXTRENDERMODE_STROKE, 5)
        if mode in (3, 7):
            return None
        get = self.raw.FPDFPageObj_GetStrokeColor if stroked else self.raw.FPDFPageObj_GetFillColor
        parts = [ctypes.c_uint() for _ in range(4)]
        get(drawing, *parts)
        return parts[0].value, parts[1].value, parts[2].value, parts[3].value

    def _font(self, drawing: Any) -> str:
        font = self.raw.FPDFTextObj_GetFont(drawing)
        key = ctypes.cast(font, ctypes.c_void_p).value
        if key not in self.fonts:
            name = ctypes.create_string_buffer(200)
            self.raw.FPDFFont_GetBaseFontName(font, name, len(name))
            self.fonts[key] = name.value.decode("ascii", "replace").rpartition("+")[2]
        return self.fonts[key]


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved(box: Box, by: Matrix) -> Box:
    a, b, c, d, e, f = by
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)
