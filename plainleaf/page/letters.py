"""What text each glyph of a joined script stands for, so that it can be taken from the PDF.

WeasyPrint 70 gives the letters of a cluster to its first glyph, be it a mark, and none to the rest.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from typing import Any

_SCRIPTS = ("Arabic",)


def name_letters() -> None:
    """Have every glyph of Arabic carry its own letters from now on. Wraps WeasyPrint's `Font`."""
    from weasyprint.pdf import fonts

    original = fonts.Font.__init__
    if getattr(original, "names_letters", False):
        return

    def init(self: Any, *arguments: Any, **named: Any) -> None:
        original(self, *arguments, **named)
        if any(script in self.family or script.encode() in self.name for script in _SCRIPTS):
            self.to_unicode = Letters(_own(self.file_content, self.index))

    init.names_letters = True  # type: ignore[attr-defined]
    fonts.Font.__init__ = init


class Letters(dict[int, str]):
    """Glyphs and their text: a mark is its own letter, and leaves the rest to the next glyph."""

    def __init__(self, own: dict[int, str]) -> None:
        super().__init__()
        self._marks = {
            glyph: char for glyph, char in own.items() if unicodedata.category(char) == "Mn"
        }
        self._rest = ""

    def __contains__(self, glyph: object) -> bool:
        return glyph not in self._marks and bool(self.get(glyph))  # type: ignore[call-overload]

    def __setitem__(self, glyph: int, text: str) -> None:
        text = unicodedata.normalize("NFKC", text)  # the forms in which letters are drawn
        mark = self._marks.get(glyph)
        if mark is not None:
            text = text or self._rest
            self._rest = text.replace(mark, "", 1)
            super().__setitem__(glyph, mark)
            return
        super().__setitem__(glyph, text or self._rest)
        self._rest = ""


@cache
def _own(content: bytes, index: int) -> dict[int, str]:
    """The glyphs of a font that stand for one character by themselves."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(content), fontNumber=index, lazy=True) as font:
        return {font.getGlyphID(name): chr(code) for code, name in font.getBestCmap().items()}
