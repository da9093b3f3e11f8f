"""Right-to-left text of a PDF in the order in which it is read."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plainleaf.checks.pdf import Run

# Marks of Arabic stand in runs of their own, and ligatures of lam with alef come out turned
# round, and brackets may be mirrored: for comparing, the marks are left out, both letters count as
# one, and so do both brackets of a pair.
ARABIC = (
    dict.fromkeys((0x640, 0x670, *range(0x64B, 0x660)))
    | dict.fromkeys(map(ord, "لأإآٱى"), "ا")
    | dict(zip(map(ord, ")]}»›"), "([{«‹", strict=True))
)  # fmt: skip


def holding_all(letters: str, text: str, at: int, gap: int) -> tuple[int, int] | None:
    """The first place after `at` that has all these letters, in any order, with up to `gap` more;
    rather the next one that has no more.

    PDFium turns numbers and Latin words round within a line of Arabic, so the order within a
    paragraph cannot be held against the page; what is missing, or on another page, can.
    """
    wanted = Counter(letters)
    size, first = len(letters), letters[0]
    near, every = range(at, at + gap + 1), range(at, len(text) - size + 1)
    for starts, most in ((near, 0), (near, gap), (every, 0)):
        for start in starts:
            held = text[start : start + size]
            if first not in held:
                continue
            if Counter(held) == wanted:
                return start, start + size
            for more in range(1, most + 1):
                if not wanted - Counter(text[start : start + size + more]):
                    return start, start + size + more
    return None


def logical(runs: Sequence[Run]) -> list[Run]:
    """The runs as they are read: each line of a text is drawn from left to right."""
    ordered: list[Run] = []
    for line in _lines(runs):
        if not any(_right_to_left(run) for run in line):
            ordered += line
            continue
        backwards = list(reversed(line))
        ways = _settled([_left_to_right(run) for run in backwards], backwards)
        for ltr, several in groupby(zip(ways, backwards, strict=True), lambda each: each[0]):
            held = [run for _, run in several]
            ordered += reversed(held) if ltr else held
    return ordered


def _settled(ways: list[bool], runs: list[Run]) -> list[bool]:
    """What has no direction, a space or a hyphen, goes with Latin text on both its sides."""
    at = 0
    while at < len(runs):
        end = at
        while end < len(runs) and not ways[end] and not _right_to_left(runs[end]):
            end += 1
        if 0 < at < end < len(runs) and ways[at - 1] and ways[end]:
            ways[at:end] = [True] * (end - at)
        at = end + 1
    return ways


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that follow each other on one line of one text; marks alone go with their line."""
    lines: list[list[Run]] = []
    last: Run | None = None
    for run in runs:
        if last is not None and ((not run.text and run.mark == last.mark) or _follows(last, run)):
            lines[-1].append(run)
        else:
            lines.append([run])
        last = run if run.text or last is None else last
    return lines


def _follows(last: Run, run: Run) -> bool:
    same = (last.page, last.mark) == (run.page, run.mark)
    level = run.box[1] < last.box[3] + last.size and last.box[1] < run.box[3] + last.size
    return same and level and run.box[0] >= last.box[0] - last.size / 2


def _right_to_left(run: Run) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in run.said)


def _left_to_right(run: Run) -> bool:
    return any(unicodedata.bidirectional(char) in ("L", "EN") for char in run.said)
