"""Reads a square code off a printed page, module by module; no decoder is needed for it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from PIL import Image

from plainleaf.checks.tree import plain, tree
from plainleaf.page.codes import QUIET, Modules
from plainleaf.page.codes import modules as modules_of

__all__ = ["modules_of", "seen"]

_SCALE = 600 / 72  # pixels a point


def seen(data: bytes, words: str, side: int, folder: Path) -> Modules:
    """The modules of the code whose alternative text is `words`, `side` modules wide."""
    pdf = tree(data)
    (figure,) = [tag for tag in pdf.tags if tag.kind == "Figure" and _alt(tag.about) == words]
    box = pdf.get(figure.about, "/A", "/BBox")
    left, bottom, right, top = (float(edge) for edge in box)
    height = float(pdf.get(pdf.pages[figure.page], "/MediaBox")[3])
    (folder / "code.pdf").write_bytes(data)
    page = str(figure.page + 1)
    command = ["pdftoppm", "-r", "600", "-gray", "-png", "-f", page, "-l", page, "-singlefile"]
    subprocess.run([*command, folder / "code.pdf", folder / "code"], check=True)
    with Image.open(folder / "code.png") as opened:
        picture = opened.convert("L")
        module = (right - left) / (side + 2 * QUIET)
        assert abs((top - bottom) - (right - left)) < 0.1
        pixels, wide = picture.tobytes(), picture.width

    def dark(x: int, y: int) -> bool:
        across = round((left + (x + QUIET + 0.5) * module) * _SCALE)
        down = round((height - top + (y + QUIET + 0.5) * module) * _SCALE)
        return pixels[down * wide + across] < 128

    return tuple(tuple(dark(x, y) for x in range(side)) for y in range(side))


def _alt(about: dict[str, object]) -> str:
    return plain(about.get("/Alt"))
