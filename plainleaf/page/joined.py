"""A word of a joined script as the letters that stand on the page, from left to right.

WeasyPrint draws text of a picture letter by letter, so that Arabic would fall apart; Unicode has
each letter in the forms that it takes beside others.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_BLOCKS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD))


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Letters, and pairs that stand as one sign, by form: isolated, initial, medial, final."""
    found: dict[str, dict[str, str]] = {}
    for block in _BLOCKS:
        for code in block:
            form, _, parts = unicodedata.decomposition(chr(code)).partition(" ")
            letters = "".join(chr(int(part, 16)) for part in parts.split())
            if form.startswith("<") and 0 < len(letters) <= 2 and " " not in letters:
                found.setdefault(letters, {}).setdefault(form.strip("<>"), chr(code))
    return found


def as_drawn(word: str) -> str:
    """The word in the order and the forms in which its letters are drawn, from left to right."""
    if not any(unicodedata.bidirectional(char) in ("R", "AL") for char in word):
        return word
    forms, pieces, at = _forms(), list[str](), 0
    while at < len(word):
        pair = word[at : at + 2]
        size = 2 if pair[:1] == "ل" and pair[1:] in ("ا", "أ", "إ", "آ") else 1
        pieces.append(word[at : at + size])
        at += size
    drawn = []
    for place, piece in enumerate(pieces):
        known = forms.get(piece, {})
        before = place > 0 and "initial" in forms.get(pieces[place - 1], {})
        after = (
            "initial" in known and place + 1 < len(pieces) and bool(forms.get(pieces[place + 1]))
        )
        before = before and "final" in known
        form = {(0, 0): "isolated", (0, 1): "initial", (1, 0): "final", (1, 1): "medial"}
        drawn.append(known.get(form[before, after], piece))
    return "".join(reversed(drawn))
