"""Takes the text out of a page through PDFium's own functions: its Python helpers are slow."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from plainleaf.checks.pdf import Box, Colour, Run, squeezed

if TYPE_CHECKING:
    import pypdfium2

Matrix = tuple[float, float, float, float, float, float]

_ARTIFACT = "Artifact\0".encode("utf-16-le")


class Drawing:
    """A page's objects. `unmarked` is known when all runs were asked for."""

    def __init__(self, page: pypdfium2.PdfPage, number: int) -> None:
        from pypdfium2 import raw

        self.raw, self.page, self.number = raw, page, number
        self.text_page = page.get_textpage()
        self.letters = ctypes.create_string_buffer(1 << 13)
        self.fonts: dict[int | None, str] = {}
        self.unmarked = False

    def runs(self) -> Iterator[Run]:
        """Every run of the page, in the order of drawing."""
        raw, page = self.raw, self.page.raw
        for at in range(raw.FPDFPage_CountObjects(page)):
            drawing = raw.FPDFPage_GetObject(page, at)
            self.unmarked = self.unmarked or not self._marked(drawing)
            yield from self._of(drawing, None)

    def _marked(self, drawing: Any) -> bool:
        """Whether it is tagged content, or an artifact."""
        raw, length = self.raw, ctypes.c_ulong()
        if raw.FPDFPageObj_GetMarkedContentID(drawing) >= 0:
            return True
        for at in range(raw.FPDFPageObj_CountMarks(drawing)):
            into = ctypes.cast(self.letters, ctypes.POINTER(raw.FPDF_WCHAR))
            mark = raw.FPDFPageObj_GetMark(drawing, at)
            raw.FPDFPageObjMark_GetName(mark, into, len(self.letters), length)
            if self.letters.raw[: length.value] == _ARTIFACT:
                return True
        return False

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
        return self.letters.raw[:length].decode("utf-16-le", "replace").rstrip("\0")

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
