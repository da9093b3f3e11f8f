"""The bundled fonts: whole, licensed, with a plain zero, and alone on every machine."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from plainleaf.page.fonts import FAMILIES, plain_zero, use_bundled_fonts
from plainleaf.page.typeset import typeset
from plainleaf.problems import MachineError

from .conftest import FONTS, ROOT, WHEN, page

FILES = sorted([*FONTS.glob("*.otf"), *FONTS.glob("*.ttf")])


def font_with_zero(path: Path, contours: int) -> Path:
    """A font whose zero has so many contours."""
    pen = TTGlyphPen(None)
    for inset in range(contours):
        pen.moveTo((inset * 50, inset * 50))
        pen.lineTo((inset * 50, 700 - inset * 50))
        pen.lineTo((500 - inset * 50, 700 - inset * 50))
        pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "zero"])
    builder.setupCharacterMap({ord("0"): "zero"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "zero": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "zero": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    builder.save(path)
    return path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_zero_is_plain(file: Path) -> None:
    assert plain_zero(file)


@pytest.mark.parametrize(("contours", "plain"), [(1, False), (2, True), (3, False)])
def test_a_struck_zero_is_seen(tmp_path: Path, contours: int, plain: bool) -> None:
    assert plain_zero(font_with_zero(tmp_path / "zero.ttf", contours)) is plain


def test_a_font_without_a_zero_has_no_plain_one(tmp_path: Path) -> None:
    path = font_with_zero(tmp_path / "zero.ttf", 2)
    with TTFont(path) as font:
        for table in font["cmap"].tables:
            table.cmap = {ord("O"): "zero"}
        font.save(tmp_path / "letters.ttf")
    assert not plain_zero(tmp_path / "letters.ttf")


def test_no_two_files_share_family_and_weight() -> None:
    seen = set()
    for file in FILES:
        with TTFont(file) as font:
            seen.add((font["name"].getBestFamilyName(), font["OS/2"].usWeightClass))
    assert len(seen) == len(FILES)
    assert {family for family, _ in seen} == set(FAMILIES)


@pytest.mark.parametrize("file", sorted(FONTS.glob("Inter-*")), ids=lambda file: file.name)
def test_inter_tells_l_and_i_and_one_apart(file: Path) -> None:
    with TTFont(file) as font:
        features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"cv05", "cv08"} <= features


def test_every_font_has_its_licence() -> None:
    licences = [file.read_text(encoding="utf-8") for file in FONTS.glob("LICENSE-*.txt")]
    for file in FILES:
        assert any(file.name in text and "SIL OPEN FONT LICENSE" in text for text in licences)


def test_the_machines_own_fonts_are_not_seen() -> None:
    html = page("<h1>Title</h1><p>Text ⅔ ✔</p>", "body { font-family: 'DejaVu Sans', serif }")
    with pikepdf.open(io.BytesIO(typeset(html, when=WHEN, fonts=FONTS))) as pdf:
        names = {str(font.BaseFont)[8:] for font in pdf.pages[0].Resources.Font.values()}
    assert names == {"Inter", "Inter-Bold", "Noto-Sans", "Noto-Sans-Symbols2"}


def test_a_folder_without_fonts_is_told(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="no fonts to print with"):
        use_bundled_fonts(tmp_path)


def test_the_private_folder_goes_with_the_process(tmp_path: Path) -> None:
    code = (
        "import os, pathlib; from plainleaf.page.fonts import use_bundled_fonts;"
        f"use_bundled_fonts(pathlib.Path({str(FONTS)!r})); print(os.environ['FONTCONFIG_FILE'])"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
