"""A clinic's logo in the PDF: a figure with a name, its pixels as they are, valid for archives."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from plainleaf.content.logo import read_logo
from plainleaf.page.typeset import typeset

from .conftest import FONTS, WHEN, page

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><clipPath id="c"><circle cx="9" '
    'cy="9" r="8"/></clipPath><g clip-path="url(#c)" opacity=".7"><rect width="40" '
    'height="20"/></g><path d="M20 2l9 9z" fill="#5b2a6e" fill-opacity=".5" stroke="navy" '
    'transform="rotate(3)"/></svg>'
)


def printed(file: Path) -> bytes:
    logo = read_logo(file)
    shown = (
        f'<h1>Title</h1><p><img src="{logo.uri}" alt="My Clinic" '
        f'style="width: {logo.width}mm; height: {logo.height}mm"></p>'
    )
    return typeset(page(shown), when=WHEN, fonts=FONTS)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A logo of each kind, each as awkward as it may be."""
    see_through = Image.new("RGBA", (300, 200), (90, 0, 90, 100))
    see_through.save(tmp_path / "a.png", icc_profile=b"none")
    Image.new("CMYK", (300, 200), (0, 200, 100, 20)).save(tmp_path / "b.jpg")
    Image.new("L", (300, 200), 60).save(tmp_path / "c.png")
    (tmp_path / "d.svg").write_text(DRAWING, encoding="utf-8")
    return [tmp_path / name for name in ("a.png", "b.jpg", "c.png", "d.svg")]


def test_every_kind_passes_for_screen_readers_and_archives(
    files: list[Path], verapdf: Callable[..., None]
) -> None:
    verapdf(*map(printed, files))


def test_it_is_a_figure_with_the_clinics_name_and_is_not_smoothed(files: list[Path]) -> None:
    with pikepdf.open(io.BytesIO(printed(files[0]))) as pdf:
        figures = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        (image,) = (
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        )
        assert [str(each.Alt) for each in figures] == ["My Clinic"]
        assert "/Interpolate" not in image or not image.Interpolate
        assert "/SMask" not in image and image.ColorSpace == "/DeviceRGB"
