"""A black-and-white laser printer: what comes out of it is toner or none, dot by dot."""

from __future__ import annotations

import pypdfium2
from PIL import Image

DOTS = 300  # an inch


def printed(pdf: bytes, page: int = 0) -> Image.Image:
    """A page as it comes out, in dots of black and white."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        shown: Image.Image = document[page].render(scale=DOTS / 72, grayscale=True).to_pil()
        return shown.convert("1")  # spreads what is neither black nor white over its neighbours
    finally:
        document.close()


def toner(pdf: bytes, box: tuple[float, float, float, float], page: int = 0) -> float:
    """How much of a box, in points from the top left, is black: 0 to 1."""
    left, top, right, bottom = (round(edge * DOTS / 72) for edge in box)
    part = printed(pdf, page).crop((left, top, right, bottom))
    return part.convert("L").histogram()[0] / (part.width * part.height)
