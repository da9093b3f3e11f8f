"""The words of Indic text beside its glyphs, so that they can be taken from the PDF.

The glyphs of Devanagari stand in another order than its letters, and a cluster is drawn from
pieces of letters: no table from glyphs to letters gives the word back.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_DEVANAGARI = re.compile("[\u0900-\u097f\u1cd0-\u1cff\ua8e0-\ua8ff]")


def write_words() -> None:
    """Have each line of Indic text say its own words from now on, as PDF's ActualText.

    Wraps one private function of WeasyPrint 70, which draws one line of one text.
    """
    from weasyprint.draw import text

    original = text.draw_first_line
    if getattr(original, "writes_words", False):
        return

    def draw_first_line(stream: Any, textbox: Any, *arguments: Any, **named: Any) -> Any:
        if not needs_words(textbox.text):
            return original(stream, textbox, *arguments, **named)
        words = textbox.text.encode("utf-16-be").hex().upper()
        stream.begin_marked_content("Span", f"<</ActualText <FEFF{words}>>>".encode())
        emojis = original(stream, textbox, *arguments, **named)
        stream.end_marked_content()
        return emojis

    draw_first_line.writes_words = True  # type: ignore[attr-defined]
    text.draw_first_line = draw_first_line


def needs_words(text: str) -> bool:
    """Whether its glyphs alone do not tell the text; never of text with right-to-left letters,
    which readers would turn round a second time."""
    if not _DEVANAGARI.search(text):
        return False
    return not any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
