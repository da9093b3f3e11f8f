"""Where each text of the HTML stands in the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from plainleaf.checks.blocks import Block, text_blocks
from plainleaf.checks.direction import holding_all
from plainleaf.checks.pdf import Run, Words, sheets
from plainleaf.content.isolate import right_to_left

_GAP = 24  # characters that a style sheet may put between two pieces of a block: "(page 12)"


@dataclass(frozen=True, eq=False)
class Placed:
    """A block and the runs that draw it, none where it is lost. `at` is where it begins in the
    tagged text; `in_order` says that this is after the block before it."""

    block: Block
    at: int | None = None
    runs: tuple[Run, ...] = ()
    in_order: bool = True

    def lines(self) -> Iterator[list[Run]]:
        """Its runs by the lines on which they stand."""
        line: list[Run] = []
        for run in self.runs:
            if line and _breaks(line[-1], run):
                yield line
                line = []
            line.append(run)
        if line:
            yield line


def _breaks(last: Run, run: Run) -> bool:
    """Whether a new line begins: lower down, farther left, or on another page."""
    lower = last.box[1] - run.box[3] > -0.4 * max(last.size, run.size)
    return last.page != run.page or lower or run.box[0] < last.box[0] - 1


@lru_cache(maxsize=1)  # the rules look at one copy after the other
def placed(pdf: bytes, html: str) -> tuple[Placed, ...]:
    """Every block of the page, in the order of the HTML."""
    words = Words([run for sheet in sheets(pdf) for run in sheet.tagged.runs])
    found, at, rtl = [], 0, 'dir="rtl"' in html
    for block in text_blocks(html):
        where = _after(block, words.text, at, rtl)
        in_order = where is not None
        where = where or _after(block, words.text, 0, rtl)
        if where is None:
            found.append(Placed(block))
            continue
        found.append(Placed(block, where[0], tuple(words.between(*where)), in_order))
        at = where[1] if in_order else at
    return tuple(found)


def found(block: Block, text: str) -> bool:
    """Whether the block stands in this text, squeezed."""
    return _after(block, text, 0, right_to_left(text)) is not None


def short(block: Block) -> str:
    """The block as a message quotes it."""
    return f'"{block.text}"' if len(block.text) <= 60 else f'"{block.text[:60].rstrip()}…"'


def _after(block: Block, text: str, at: int, rtl: bool) -> tuple[int, int] | None:
    """Where the block begins and ends in the text, if it stands there after this place."""
    exact = _exactly(block, text, at)
    if not rtl:
        return exact
    letters = "".join(block.letters)
    found = holding_all(letters, text, at, _GAP)
    if exact and found and exact[0] < found[1]:
        # Of two places, the shorter. Alone, "10 mg" may be turned round: then it is the first.
        shorter = _length(found) - _length(exact)
        return exact if shorter > 0 or (shorter == 0 and right_to_left(letters)) else found
    return found


def _length(place: tuple[int, int]) -> int:
    return place[1] - place[0]


def _exactly(block: Block, text: str, at: int) -> tuple[int, int] | None:
    pieces = block.letters
    start = at - 1
    while (start := text.find(pieces[0], start + 1)) >= 0:
        end = start + len(pieces[0])
        for piece in pieces[1:]:
            there = text.find(piece, end, end + _GAP + len(piece))
            if there < 0:
                break
            end = there + len(piece)
        else:
            return start, end
    return None
