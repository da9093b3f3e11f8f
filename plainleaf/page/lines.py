"""Saves time: remembers how WeasyPrint 70 broke a line while one document is laid out.

A page is laid out several times over, until its page numbers settle, and each time the same texts
are broken at the same widths: a third of the work, and the same bytes with or without it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
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
            known[key] = (original(*asked), style, context)
        return known[key][0]

    inline.split_first_line = preferred.split_first_line = split_first_line
    try:
        yield
    finally:
        inline.split_first_line = preferred.split_first_line = original


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
