"""The text form against the page it was made of: not a word may be lost."""

from __future__ import annotations

import re

from plainleaf.checks.blocks import heard_blocks
from plainleaf.checks.pdf import squeezed

_NAMED = re.compile(
    r"<svg\b(?![^>]*aria-hidden)[^>]*>\s*<title>(.*?)</title>|<a\b[^>]*href=\"(https?:[^\"]*)\"|<img\b[^>]*alt=\"([^\"]+)\"",
    re.DOTALL,
)
_LONGEST = 60


def lost(html: str, text: str) -> list[str]:
    """What a screen reader would read out of the page and does not stand in the text, in order.

    A column's head is told in each row: it must stand behind the table's beginning. Names of
    pictures and addresses may stand anywhere. Spaces and soft marks are not compared."""
    from html import unescape

    said, at, missing = squeezed(text).casefold(), 0, []
    for block in heard_blocks(html):
        here = at
        for letters in block.letters:
            found = said.find(letters.casefold(), here)
            if found < 0:
                missing.append(_short(block.text))
                break
            here = found + len(letters.casefold())
        else:
            at = at if block.head else here
    for match in _NAMED.finditer(html):
        name = unescape(match[1] or match[2] or match[3])
        if squeezed(name).casefold() not in said:
            missing.append(_short(name))
    return missing


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
