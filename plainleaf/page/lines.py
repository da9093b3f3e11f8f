"""Saves time: remembers how WeasyPrint 70 broke a line while one document is laid out.

A page is laid out several times over, until its page numbers settle, and each time the same texts
are broken at the same widths: a third of the work. Mends one fault of WeasyPrint 70 too: where a
text fits and only the space after it does not, it put the first word alone on a line.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def remembered_lines() -> Iterator[None]:
    """Break each text at each width once, until the end of the block."""
    from weasyprint.layout import inline, preferred

    original = inline.split_first_line
    known: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def split_first_line(
        text: str,
        style: Any,
        context: Any,
        max_width: Any,
        justification_spacing: Any,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        asked = (text, style, context, max_width, justification_spacing, is_line_start, minimum)
        if style["text_overflow"] == "ellipsis":  # it changes the line after it was broken
            return original(*asked)
        key = (text, id(style), id(context), *asked[3:])
        if key not in known:
            # Style and context are kept too, so that no other object gets their ids meanwhile.
            known[key] = (_unbroken(asked, original), style, context)
        return known[key][0]

    inline.split_first_line = preferred.split_first_line = split_first_line
    try:
        yield
    finally:
        inline.split_first_line = preferred.split_first_line = original


def _unbroken(asked: tuple[Any, ...], original: Callable[..., Any]) -> Any:
    """The line that WeasyPrint broke, or the whole text where all but its last space fits."""
    text, max_width = asked[0], asked[3]
    broken = original(*asked)
    length, resume_at = broken[1:3]
    if resume_at is None or not text.endswith(" ") or b" " in text.encode()[:length].strip():
        return broken
    whole = original(text.rstrip(" "), *asked[1:])
    return whole if whole[2] is None and max_width and whole[3] <= max_width else broken


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: a page makes many objects and drops few."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
