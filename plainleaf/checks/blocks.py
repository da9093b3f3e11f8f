"""The text blocks of an HTML page, in their order, for comparing them with a PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html.parser import HTMLParser

from plainleaf.checks.pdf import squeezed

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")

_INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "small", "span", "strong", "sub", "sup", "u"}
_PICTURE = re.compile(r"<svg\b.*?</svg\s*>|<style\b.*?</style\s*>", re.DOTALL | re.IGNORECASE)
_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_LANGUAGES = ("one", "other")  # what says the same in two languages is read as two blocks
_UNREAD = {"head", "script", "style", "svg", "template"}


@dataclass(frozen=True)
class Block:
    """A paragraph, a cell, an item: its pieces of text as the tags within it divide them.

    `row` counts the table rows of the page from 1; it is 0 outside them. `sources` says that it
    stands in the list of sources (`class="sources"`), `heading` which heading it is: "H2", `head`
    that it heads a column. `panel` counts the panels of a card (`class="panel"`) as `row` does.
    """

    pieces: tuple[str, ...]
    row: int = 0
    sources: bool = False
    heading: str = ""
    head: bool = False
    panel: int = 0

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The pieces as they are compared, the empty ones left out."""
        return tuple(piece for piece in map(squeezed, self.pieces) if piece)

    @property
    def text(self) -> str:
        """All of it, one space for any."""
        return " ".join("".join(self.pieces).split())


@lru_cache(maxsize=1)
def text_blocks(html: str) -> tuple[Block, ...]:
    """Every block of the body that has text; pictures are left out."""
    return _read(_Reader(), html)


def heard_blocks(html: str) -> tuple[Block, ...]:
    """The same without what a screen reader leaves out, and without the list of contents."""
    return _read(_Heard(), html)


def _read(reader: _Reader, html: str) -> tuple[Block, ...]:
    reader.feed(_PICTURE.sub("", html))
    reader.close()
    reader.end_block()
    return tuple(reader.found)


@dataclass
class _Reader(HTMLParser):
    found: list[Block] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    rows: int = 0
    sources: int = 0  # how many elements are open within the list of sources
    panels: int = 0
    panel: int = 0  # how many elements are open within a panel

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE or dict(attrs).get("class") in _LANGUAGES:
            self.end_block()
        self.rows += tag == "tr"
        if tag not in _VOID:
            self.opened.append(tag)
            classes = (dict(attrs).get("class") or "").split()
            self.sources += bool(self.sources or "sources" in classes)
            self.panels += "panel" in classes
            self.panel += bool(self.panel or "panel" in classes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.end_block()
        if tag in self.opened:
            closed = ""
            while closed != tag:
                closed = self.opened.pop()
                self.sources = max(0, self.sources - 1)
                self.panel = max(0, self.panel - 1)

    def handle_data(self, data: str) -> None:
        if not _UNREAD.intersection(self.opened):
            self.pieces.append(data)

    def end_block(self) -> None:
        if "".join(self.pieces).strip():
            row = self.rows if "tr" in self.opened else 0
            heading = next((tag.upper() for tag in self.opened if tag.upper() in HEADINGS), "")
            head = "thead" in self.opened
            panel = self.panels if self.panel else 0
            pieces, sources = tuple(self.pieces), self.sources > 0
            self.found.append(Block(pieces, row, sources, heading, head, panel))
        self.pieces = []


@dataclass
class _Heard(_Reader):
    silent: int = 0  # how deep in the page the outermost element stands that is left out; 0: none

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        unheard = tag == "nav" or dict(attrs).get("aria-hidden") == "true"
        if unheard and not self.silent and tag not in _VOID:
            self.silent = len(self.opened)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            super().handle_data(data)

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        if len(self.opened) < self.silent:
            self.silent = 0
