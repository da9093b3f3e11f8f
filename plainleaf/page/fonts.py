"""The bundled fonts and no others, so that every machine draws the same page."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from plainleaf.problems import MachineError, Problem

FAMILIES = (
    "Inter",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans SC",
    "Noto Sans Symbols2",
)
FONT_FILES = {".otf", ".ttf", ".ttc", ".woff2"}

_GENERIC = ("sans-serif", "serif", "system-ui", "monospace")
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <reset-dirs/>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
{aliases}
</fontconfig>
"""


def use_bundled_fonts(folder: Path) -> None:
    """Make the fonts of `folder` the only ones of this process. Call before WeasyPrint is imported.

    Raises MachineError where there is no font: Pango would end the interpreter without a word.
    """
    folder = folder.resolve()
    if not folder.is_dir() or not any(file.suffix in FONT_FILES for file in folder.iterdir()):
        hint = "install Plainleaf again: its fonts are missing"
        raise MachineError(Problem("there are no fonts to print with", str(folder), hint=hint))
    configuration = _configuration(folder, os.getpid())
    if not configuration.is_file():  # something swept the temporary folder
        _configuration.cache_clear()
        configuration = _configuration(folder, os.getpid())
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    os.environ.pop("FONTCONFIG_SYSROOT", None)


def not_covered(text: str, folder: Path) -> str:
    """The characters of a text that no bundled font can draw, each once."""
    covered = _covered(folder.resolve())
    return "".join(dict.fromkeys(char for char in text if char > " " and ord(char) not in covered))


@cache
def _covered(folder: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for path in folder.iterdir():
        if path.suffix in FONT_FILES:
            with TTFont(path, fontNumber=0, lazy=True) as font:
                found |= font.getBestCmap().keys()
    return frozenset(found)


def plain_zero(font_path: Path) -> bool:
    """Whether the zero of a font is an outline and one counter: no slash, no dot, nothing across.

    A zero that is struck through is read as 4, 6, 8 or 9 (ISMP's list of error-prone signs).
    """
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.ttLib import TTFont

    with TTFont(font_path, fontNumber=0) as font:
        name = font.getBestCmap().get(ord("0"))
        if name is None:
            return False
        glyphs = font.getGlyphSet()
        pen = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(pen)
    contours: int = sum(operator == "closePath" for operator, _ in pen.value)
    return contours == 2


@cache
def _configuration(folder: Path, process: int) -> Path:
    """A fontconfig file in a folder of this process alone, gone when the process ends."""
    private = Path(tempfile.mkdtemp(prefix="plainleaf-fonts-"))
    atexit.register(_remove, private, process)
    prefer = "".join(f"<family>{family}</family>" for family in FAMILIES)
    aliases = "\n".join(
        f'  <alias binding="same"><family>{name}</family><prefer>{prefer}</prefer></alias>'
        for name in _GENERIC
    )
    text = _CONFIGURATION.format(
        folder=escape(str(folder)), cache=escape(str(private / "cache")), aliases=aliases
    )
    file = private / "fonts.conf"
    file.write_text(text, encoding="utf-8")
    return file


def _remove(private: Path, process: int) -> None:
    """Remove the private folder, unless this is a fork of the process that made it."""
    if os.getpid() == process:
        shutil.rmtree(private, ignore_errors=True)
