"""QR codes as inline SVG: one path, black on white, with the quiet zone a reader needs."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup, escape

Modules = tuple[tuple[bool, ...], ...]

QUIET = 4  # modules of white on each side, ISO/IEC 18004


def modules(text: str) -> Modules:
    """The code's rows of modules, True for dark, without quiet zone.

    Error level M, the smallest version that holds the text. ValueError where none does."""
    import segno

    code = segno.make(text, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def qr(text: str, size_mm: float, words: str) -> Markup:
    """A QR code of `text`, `size_mm` square with its quiet zone; `words` is its accessible name.

    ValueError where the text is longer than any code holds."""
    rows = modules(text)
    side = len(rows) + 2 * QUIET
    path = "".join(
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark_runs(row)
    )
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" '
        f'viewBox="0 0 {side} {side}" style="width:{size_mm:g}mm;height:{size_mm:g}mm">'
        f"<title>{escape(words)}</title>"
        f'<path d="M0 0h{side}v{side}h-{side}z" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )


def _dark_runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where the dark runs of a row begin, and how long they are."""
    runs, at = [], 0
    for dark, cells in groupby(row):
        length = len(list(cells))
        if dark:
            runs.append((at, length))
        at += length
    return runs
