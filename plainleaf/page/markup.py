"""A composed page as a tree of its tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_UNHEARD = {"head", "nav", "script", "style", "template"}


@dataclass(frozen=True)
class Element:
    """A tag with its attributes and what stands in it."""

    tag: str
    held: Mapping[str, str]
    kids: tuple[Element | str, ...]

    def has(self, name: str) -> bool:
        """Whether it is of this class."""
        return name in self.held.get("class", "").split()

    @property
    def said(self) -> str:
        """All its text."""
        return "".join(kid if isinstance(kid, str) else kid.said for kid in self.kids)

    @property
    def unheard(self) -> bool:
        """Whether a screen reader leaves it out: its words are said elsewhere."""
        return self.tag in _UNHEARD or self.held.get("aria-hidden") == "true"

    @property
    def silent(self) -> bool:
        """Whether it holds nothing but what a screen reader leaves out."""
        inside = [kid for kid in self.kids if not isinstance(kid, str) or kid.strip()]
        return bool(inside) and all(isinstance(kid, Element) and kid.unheard for kid in inside)

    def each(self, tag: str) -> Iterator[Element]:
        """Every element of this tag in it, in order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                if kid.tag == tag:
                    yield kid
                yield from kid.each(tag)


def parsed(html: str) -> Element:
    """The page as a tree. Attributes without a value are empty; comments are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.whole()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, dict[str, str], list[Element | str]]] = [("", {}, [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag in VOID:
            self._open[-1][2].append(Element(tag, held, ()))
        else:
            self._open.append((tag, held, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self._open[-1][2].append(Element(tag, held, ()))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == name for name, _, _ in self._open[1:]):
            while self._shut() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1][2].append(data)

    def _shut(self) -> str:
        tag, held, kids = self._open.pop()
        self._open[-1][2].append(Element(tag, held, tuple(kids)))
        return tag

    def whole(self) -> Element:
        while len(self._open) > 1:
            self._shut()
        return Element("", {}, tuple(self._open[0][2]))
