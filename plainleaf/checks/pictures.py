"""Looks at a page as a picture: what is seen of a text, what is behind it, how far it stands out.

A laser printer prints in grey, and so do these: colours count by their lightness.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from plainleaf.checks.pdf import Box, Run, Sheet

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

Rgb = tuple[int, int, int]

_SHARE = 0.02  # of what is behind a text: less than this is an edge


def drawn(page: pypdfium2.PdfPage, scale: float = 1.0, colour: bool = False) -> Image:
    """The page as most printers print it, in grey; in colour where asked for."""
    picture: Image = page.render(scale=scale, grayscale=not colour).to_pil()
    return picture.convert("RGB" if colour else "L")  # a copy: PDFium's own memory goes


def without(
    page: pypdfium2.PdfPage, runs: Iterable[Run], scale: float = 1.0, colour: bool = False
) -> Image:
    """The page as it would be without these runs."""
    from pypdfium2 import raw

    runs = list(runs)
    for run in runs:
        raw.FPDFPageObj_SetIsActive(run.drawing, False)
    try:
        return drawn(page, scale, colour)
    finally:
        for run in runs:
            raw.FPDFPageObj_SetIsActive(run.drawing, True)


def changed(first: Image, second: Image, least: int) -> Image:
    """White where one grey picture is lighter or darker than the other by `least`."""
    from PIL import ImageChops

    difference = ImageChops.difference(first, second)
    return difference.point([255 if value >= least else 0 for value in range(256)])


def place(
    picture: Image, sheet: Sheet, box: Box, scale: float = 1.0
) -> tuple[int, int, int, int] | None:
    """The box in pixels from the top left, None where it is empty or not all on the picture."""
    x, y = sheet.corner[0], sheet.corner[1] + sheet.height
    left, top = round((box[0] - x) * scale), round((y - box[3]) * scale)
    right, bottom = round((box[2] - x) * scale), round((y - box[1]) * scale)
    if left < 0 or top < 0 or right > picture.width or bottom > picture.height:
        return None
    return (left, top, right, bottom) if left < right and top < bottom else None


def inked(found: Image, sheet: Sheet, run: Run, scale: float, share: float) -> bool:
    """Whether the ink reaches over nearly all of the run's box, and fills this share of it.

    A run of signs alone (a full stop and a space) must only leave some."""
    box = place(found, sheet, run.box, scale)
    if box is None:
        return False
    part = found.crop(box)
    reach = part.getbbox()
    width, tall = (run.box[2] - run.box[0]) * scale, (run.box[3] - run.box[1]) * scale
    if reach is not None and not any(sign.isalnum() for sign in run.said):
        return True
    if (
        reach is None
        or reach[2] - reach[0] < 0.8 * width - 2
        or reach[3] - reach[1] < 0.8 * tall - 2
    ):
        return False
    return part.histogram()[255] >= share * part.width * part.height


def behind(picture: Image, sheet: Sheet, box: Box) -> list[Rgb]:
    """The colours of the picture in this box, those of mere edges left out; white beside it."""
    where = place(picture, sheet, box)
    if where is None:
        return [(255, 255, 255)]
    part = picture.crop(where)
    area = part.width * part.height
    counted: list[tuple[int, Any]] = part.getcolors(area) or []
    most = max(count for count, _ in counted)
    return [colour for count, colour in counted if count >= min(most, _SHARE * area)]


def over(ink: tuple[int, int, int, int], ground: Rgb) -> Rgb:
    """The colour that ink takes on this ground: it may be clear in part."""
    share = ink[3] / 255
    red, green, blue = (
        round(share * top + (1 - share) * under) for top, under in zip(ink[:3], ground, strict=True)
    )
    return red, green, blue


def contrast(first: Rgb, second: Rgb) -> float:
    """How far two colours stand apart, 1 to 21, by WCAG's formula."""
    low, high = sorted((_lightness(first), _lightness(second)))
    return (high + 0.05) / (low + 0.05)


def grey(colour: Rgb) -> Rgb:
    """The grey that a black-and-white printer makes of a colour."""
    red, green, blue = colour
    level = (299 * red + 587 * green + 114 * blue + 500) // 1000
    return level, level, level


def _lightness(colour: Rgb) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
