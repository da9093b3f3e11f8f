"""A sheet of contact prints: every page of every edition, small, in one picture."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, EDGE, GAP = 2310, 40, 24  # pixels: of the sheet, its edge, between pages
SCALE = 0.42  # pixels a point: A4 is 250 wide, and eight of Letter fill a row
LABEL, CAPTION = 34, 22  # pixels: the size of type
GROUND, FRAME, INK = "#E9EDEE", "#5A686E", "#16212A"
_COLOURS = 256  # of the finished picture: as many as keep a pale DRAFT


@dataclass(frozen=True)
class Shown:
    """An edition and its PDF."""

    edition: str
    pdf: bytes


@dataclass(frozen=True)
class Place:
    """Where a page lies on the sheet, in pixels, and what stands under it."""

    left: int
    top: int
    width: int
    height: int
    caption: str


@dataclass(frozen=True)
class Band:
    """An edition's part of the sheet: its label, and its pages in rows."""

    label: str
    top: int
    places: tuple[Place, ...]
    bottom: int


def bands(editions: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> list[Band]:
    """Where every page goes: `editions` has the sizes of each edition's pages, in pixels."""
    found, top = [], EDGE + LABEL + GAP
    for edition, sizes in editions:
        label = f"{edition}, {len(sizes)} page{'s' if len(sizes) != 1 else ''}"
        places: list[Place] = []
        left, row, tallest = EDGE, top + LABEL + GAP, 0
        for number, (width, height) in enumerate(sizes, start=1):
            if left > EDGE and left + width > WIDTH - EDGE:
                left, row, tallest = EDGE, row + tallest + CAPTION + GAP, 0
            places.append(Place(left, row, width, height, str(number)))
            left, tallest = left + width + GAP, max(tallest, height)
        bottom = row + tallest + CAPTION + GAP
        found.append(Band(label, top, tuple(places), bottom))
        top = bottom + GAP
    return found


def proof(title: str, shown: Iterable[Shown], fonts: Path) -> bytes:
    """The sheet as a PNG without metadata; the same bytes for the same PDFs.

    `fonts` is the folder of the bundled fonts: labels are in Inter."""
    from PIL import Image, ImageDraw, ImageFont

    pages = [(each.edition, _pages(each.pdf)) for each in shown]
    laid = bands([(edition, [page.size for page in some]) for edition, some in pages])
    sheet = Image.new("RGB", (WIDTH, laid[-1].bottom + EDGE), GROUND)
    draw = ImageDraw.Draw(sheet)
    bold, plain = (
        ImageFont.truetype(
            fonts / f"Inter-{weight}.otf", size, layout_engine=ImageFont.Layout.BASIC
        )
        for weight, size in (("Bold", LABEL), ("Regular", CAPTION))
    )
    draw.text((EDGE, EDGE), title, INK, bold, anchor="lt")
    for band, (_, some) in zip(laid, pages, strict=True):
        draw.text((EDGE, band.top), band.label, INK, bold, anchor="lt")
        for place, page in zip(band.places, some, strict=True):
            left, top = place.left, place.top
            right, bottom = left + place.width, top + place.height
            draw.rectangle((left - 1, top - 1, right, bottom), outline=FRAME)
            sheet.paste(page, (left, top))
            draw.text((left, bottom + 6), place.caption, INK, plain, anchor="lt")
    few = sheet.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    data = io.BytesIO()
    few.save(data, "PNG", optimize=True)
    return data.getvalue()


def _pages(pdf: bytes) -> list[Image]:
    """Every page, drawn at twice its size and made smaller, so that thin lines stay."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        large = page.render(scale=2 * SCALE).to_pil().convert("RGB")
        size = round(large.width / 2), round(large.height / 2)
        found.append(large.resize(size, Image.Resampling.LANCZOS))
    document.close()
    return found
