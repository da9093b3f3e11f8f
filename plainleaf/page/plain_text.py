"""The leaflet as plain text: for an e-mail, and for a screen reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from plainleaf.content.wording.language import Signs
from plainleaf.page.linear import GLUE, Paragraph, linear

WIDTH = 72  # columns of a line; a sign of Chinese takes two
INDENT = "  "

_OPENERS, _CLOSERS = set("（「『《〈【“‘(["), set("）」』》〉】”’)]，。、；：！？…·,.;:!?%")
_ISOLATES, _END = "\u2066\u2067\u2068", "\u2069"
_MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_NOT_SAID = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and joints of no width
_AFTER_WIDE = re.compile("(?<=[，。、；：！？）]) +")  # a sign of Chinese brings its own room
_DIRECTION = re.compile("[\u200e\u200f\u2066-\u2069]")


def plain_text(html: str, signs: Signs) -> str:
    """The text of a composed page of form html, in lines of at most WIDTH columns where the words
    allow; it ends with one newline.

    Headings stand alone between blank lines. No line ends between a number and its unit. Of the
    marks of direction only those stay that a line needs: isolates round what runs the other way,
    and a mark before a line that would begin the wrong way."""
    lines: list[str] = []
    for paragraph in linear(html, signs):
        gap = 0 if paragraph.close or not lines else 2 if paragraph.heading == 2 else 1
        lines += [""] * gap
        lines += _lines(paragraph)
    return "\n".join(lines) + "\n"


def _lines(paragraph: Paragraph) -> Iterator[str]:
    first = INDENT * paragraph.depth + paragraph.lead
    rest = " " * len(first)
    text = _AFTER_WIDE.sub("", _NOT_SAID.sub("", paragraph.text))
    if not _turns(text, paragraph.way):
        text = _DIRECTION.sub("", text)
    begin, left = first, ""
    for line in _wrapped(text, WIDTH - len(first)):
        opened = left + line
        left = _left_open(opened)
        whole = begin + opened + _END * len(left)
        yield _headed(whole.replace(GLUE, " "), paragraph.way)
        begin = rest


def _wrapped(text: str, width: int) -> Iterator[str]:
    line, taken = "", 0
    for space, piece in _pieces(text):
        wide = _columns(piece)
        if line and taken + len(space) + wide > width:
            yield line
            line, taken = piece, wide
        else:
            space = space if line else ""
            line, taken = line + space + piece, taken + len(space) + wide
    if line:
        yield line


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What stays together, each with the space before it: words, and single signs of Chinese."""
    for word in text.split(" "):
        space, piece = " ", ""
        for char in word:
            if piece and _may_end(piece[-1], char):
                yield space, piece
                space, piece = "", ""
            piece += char
        if piece:
            yield space, piece


def _may_end(before: str, after: str) -> bool:
    if not (_wide(before) or _wide(after)) or before in _OPENERS or after in _CLOSERS:
        return False
    return GLUE not in (before, after) and after != _END and before not in _ISOLATES


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F")


def _columns(text: str) -> int:
    kept = (char for char in text if unicodedata.category(char) not in ("Mn", "Me", "Cf"))
    return sum(2 if _wide(char) else 1 for char in kept)


def _turns(text: str, way: str) -> bool:
    """Whether a text has letters that run the other way, or stands on a right-to-left page."""
    ways = {_STRONG.get(unicodedata.bidirectional(char)) for char in text}
    return way == "rtl" or "rtl" in ways


def _left_open(line: str) -> str:
    """The isolates that a line begins and does not end: the next line begins them again."""
    opened = ""
    for char in line:
        if char in _ISOLATES:
            opened += char
        elif char == _END:
            opened = opened[:-1]
    return opened


def _headed(line: str, way: str) -> str:
    """The line with a mark of its direction, where its first letter would say another."""
    depth = 0
    for char in line:
        depth += (char in _ISOLATES) - (char == _END)
        found = _STRONG.get(unicodedata.bidirectional(char))
        if found and not depth:
            return line if found == way else _MARKS[way] + line
    return _MARKS[way] + line if way == "rtl" else line
