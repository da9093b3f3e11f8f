"""A clinic's logo: read from its file, refused or made again, so that nothing unseen is printed."""

from __future__ import annotations

import base64
import io
import os
import stat
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from plainleaf.content.vector import PALE, NotPrintable, drawing

if TYPE_CHECKING:
    from PIL.Image import Image

BOX = (41.5, 15.0)  # mm: what the first page has for it
SHARP, MOST_SHARP = 300, 600  # dots an inch
MOST_BYTES = 1_000_000
MOST_PIXELS, LONGEST_SIDE = 16_000_000, 8_000
WIDEST, TALLEST = 8, 2  # times as wide as high, times as high as wide

_WHITE = 255
_KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".svg": "SVG"}
_STARTS = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff"}
_INKED = 0.005  # of the picture


@dataclass(frozen=True)
class Logo:
    """A picture made again from a clinic's file: PNG or SVG, how large it is printed in mm, and its
    pixels (none of a drawing). `pale` says that it hardly shows on white paper. `source` is the
    file as it was."""

    data: bytes
    media_type: str
    width: float
    height: float
    pixels: tuple[int, int] | None
    pale: bool
    source: bytes

    @property
    def uri(self) -> str:
        """The picture as a data: address."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode()}"

    @property
    def dots(self) -> int | None:
        """Dots an inch as it is printed; None of a drawing, which is always sharp."""
        return round(self.pixels[0] / self.width * 25.4) if self.pixels else None


def read_logo(path: Path) -> Logo:
    """The logo in a file. NotPrintable says what is wrong with it."""
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise NotPrintable("the logo is no .png, .svg or .jpg file")
    return _made(_bytes(path), kind)


def _bytes(path: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NotPrintable("the logo is not an ordinary file")
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        said = f'there is no logo "{path.name}" in the folder of the clinic'
        raise NotPrintable(said, "Put the file itself there, no link.") from error
    if len(data) > MOST_BYTES:
        hint = "Save it smaller, or as SVG."
        raise NotPrintable(f"the logo is larger than {MOST_BYTES // 1000} kB", hint)
    return data


@lru_cache(maxsize=4)
def _made(data: bytes, kind: str) -> Logo:
    if kind == "SVG":
        text, shape, pale = drawing(data)
        width, height = _fitted(*shape)
        return Logo(text.encode(), "image/svg+xml", width, height, None, pale, data)
    if not data.startswith(_STARTS[kind]):
        hint = "Save it again as the kind of picture that its name says."
        raise NotPrintable(f"the logo is called {kind}, and is none", hint)
    picture = _opened(data, kind)
    width, height = _fitted(*picture.size)
    pixels = picture.size
    most = (round(width / 25.4 * MOST_SHARP), round(height / 25.4 * MOST_SHARP))
    if picture.width > most[0]:
        from PIL.Image import Resampling

        picture = picture.resize((max(1, most[0]), max(1, most[1])), Resampling.LANCZOS)
    ink = sum(picture.convert("L").histogram()[:PALE])
    pale = ink < _INKED * picture.width * picture.height
    kept = io.BytesIO()
    picture.save(kept, "PNG", compress_level=9)
    return Logo(kept.getvalue(), "image/png", width, height, pixels, pale, data)


def _fitted(width: float, height: float) -> tuple[float, float]:
    """The size in mm at which a picture of this shape fills the box."""
    if width / height > WIDEST or height / width > TALLEST:
        hint = f"At most {WIDEST} times as wide as high, and {TALLEST} times as high as wide."
        raise NotPrintable("the logo is too wide or too tall for its place", hint)
    scale = min(BOX[0] / width, BOX[1] / height)
    return round(width * scale, 2), round(height * scale, 2)


@contextmanager
def _whole_pictures() -> Iterator[None]:
    """Pillow quiet, and strict: WeasyPrint, once imported, has it fill up half a picture."""
    from PIL import ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _opened(data: bytes, kind: str) -> Image:
    """The pixels alone, on white, upright, without profile, comment or place."""
    import PIL.Image
    from PIL import ImageOps

    try:
        held = io.BytesIO(data)
        with _whole_pictures(), PIL.Image.open(held, formats=(kind,)) as picture:
            _sized(picture)
            if kind == "PNG" and getattr(picture, "n_frames", 1) > 1:
                hint = "Save one picture of it."
                raise NotPrintable("the logo moves, and paper does not", hint)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            return _on_white(upright)
    except NotPrintable:
        raise
    except PIL.Image.DecompressionBombError as error:
        raise NotPrintable("the logo has too many pixels", _FEWER) from error
    except Exception as error:
        hint = "Open it in a picture program, and save it again."
        raise NotPrintable(f"the logo cannot be read as {kind}", hint) from error


_FEWER = f"Save it with at most {LONGEST_SIDE} pixels a side; 1000 are enough to print sharp."


def _sized(picture: Image) -> None:
    """Refuse by the header, before a pixel is unpacked."""
    if picture.width * picture.height > MOST_PIXELS or max(picture.size) > LONGEST_SIDE:
        raise NotPrintable("the logo has too many pixels", _FEWER)


def _on_white(picture: Image) -> Image:
    import PIL.Image

    if picture.mode.startswith("I") or picture.mode == "F":  # more than 8 bits of grey
        picture = picture.point(lambda value: value * (1 / 256) + 0).convert("L")
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        ground = PIL.Image.new("RGBA", layer.size, (_WHITE,) * 4)
        picture = PIL.Image.alpha_composite(ground, layer)
    mode = "L" if picture.mode in ("1", "L", "LA") else "RGB"
    picture = picture.convert(mode)
    clean = PIL.Image.new(mode, picture.size, _WHITE if mode == "L" else (_WHITE,) * 3)
    clean.paste(picture)
    return clean
