"""Reads a finished PDF as a reader would: its words as drawn, and in the order of its tags."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from plainleaf.checks.direction import ARABIC, holding_all, logical
from plainleaf.checks.tree import Tag, tree
from plainleaf.content.isolate import right_to_left

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

Box = tuple[float, float, float, float]  # left, bottom, right, top in points
Colour = tuple[int, int, int, int]  # red, green, blue and how far it covers, 0 to 255

# Soft hyphen, zero-width space, word joiner, byte order mark, marks and isolates of direction;
# PDFium's hyphen at the end of a line.
_SOFT = dict.fromkeys(
    (0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
) | {2: "-", 0xFFFE: "-"}

_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


def squeezed(text: str) -> str:
    """The text as it is compared: no spaces, no soft marks, composed letters."""
    plain = unicodedata.normalize("NFC", "".join(text.split()).translate(_SOFT))
    if _FORMS.search(plain):  # letters of Arabic as they stand beside others
        plain = unicodedata.normalize("NFKC", plain)
    return plain.translate(ARABIC)


@dataclass(frozen=True, eq=False)
class Run:
    """A piece of drawn text: squeezed, and as `said`. `mark` is its place in the page's tags, -1
    outside them; `size` in points and `box` are as they come out on the page."""

    text: str
    said: str
    page: int  # from 0
    mark: int
    box: Box
    size: float
    ink: Colour | None  # None where nothing is painted
    font: str
    nested: bool  # drawn within a picture
    upright: bool
    drawing: Any  # PDFium's own handle

    @property
    def bold(self) -> bool:
        """Whether the letters are as heavy as WCAG means by bold."""
        return self.font.lower().endswith("bold") and not self.font.lower().endswith(
            ("semibold", "semi-bold", "demibold", "demi-bold")
        )


class Words:
    """Runs of text in an order, and which of them hold what."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.every = list(runs)  # with marks of Arabic that are drawn alone
        self.runs = [run for run in runs if run.text]
        self.text = "".join(run.text for run in self.runs)
        self._ends = list(accumulate(len(run.text) for run in self.runs))

    def between(self, start: int, end: int) -> list[Run]:
        """The runs that hold the text from here to there."""
        return self.runs[bisect_right(self._ends, start) : bisect_right(self._ends, end - 1) + 1]

    def holding(self, words: str) -> Iterator[list[Run]]:
        """The runs of each place where these words stand; beside Arabic, in any order."""
        words, at = squeezed(words), -1
        found = False
        while words and (at := self.text.find(words, at + 1)) >= 0:
            found = True
            yield self.between(at, at + len(words))
        if words and not found and right_to_left(self.text):
            place = holding_all(words, self.text, 0, 0)
            if place:
                yield self.between(*place)


@dataclass(frozen=True, eq=False)
class Sheet:
    """One page: all its text as drawn, what the tags hold of it in reading order, the tag of each
    mark, the text of each table row, and whether something is neither tagged nor an artifact."""

    number: int  # from 0
    page: pypdfium2.PdfPage
    corner: tuple[float, float]  # where the page begins, left and bottom; nearly always 0, 0
    width: float
    height: float
    drawn: Words
    tagged: Words
    tags: dict[int, Tag]
    rows: list[str]
    unmarked: bool

    @cached_property
    def furniture(self) -> list[Run]:
        """Headers and footers: text outside the tags, words behind the page aside."""
        return [run for run in self.drawn.runs if run.mark < 0 and not run.nested]

    @cached_property
    def bare(self) -> Image:
        """The page without any text, in colour, a pixel a point."""
        from plainleaf.checks.pictures import without

        return without(self.page, self.drawn.every, colour=True)


@lru_cache(maxsize=1)  # the rules look at one copy after the other; PDFium closes the last
def sheets(data: bytes) -> tuple[Sheet, ...]:
    """The pages of a PDF, read once. PDFium is for one thread at a time."""
    import pypdfium2

    from plainleaf.checks.drawing import Drawing

    by_page: dict[int, dict[int, Tag]] = {}
    for tag, page, mark in tree(data).places:
        by_page.setdefault(page, {}).setdefault(mark, tag)
    document = pypdfium2.PdfDocument(data)
    found = []
    for number, page in enumerate(document):
        drawing = Drawing(page, number)
        drawn = list(drawing.runs())
        tags = by_page.get(number, {})
        by_mark: dict[int, list[Run]] = {}
        for run in drawn:
            by_mark.setdefault(run.mark, []).append(run)
        tagged = [run for mark in tags for run in logical(by_mark.get(mark, ()))]
        rows: dict[Tag, str] = {}
        for run in tagged:
            if row := tags[run.mark].within("TR"):
                rows[row] = rows.get(row, "") + run.text
        left, bottom, right, top = page.get_cropbox()
        words = Words(logical(drawn)), Words(tagged)
        size = (left, bottom), right - left, top - bottom
        found.append(Sheet(number, page, *size, *words, tags, [*rows.values()], drawing.unmarked))
    return tuple(found)
