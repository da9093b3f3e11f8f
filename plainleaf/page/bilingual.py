"""One leaflet in two languages, paragraph beside paragraph: staff follow what the patient reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from plainleaf.page.markup import VOID, Element, parsed
from plainleaf.problems import ContentError, Problem

_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "br",
    "code",
    "em",
    "i",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
}
_WHOLE = {"head", "script", "style", "svg"}  # the first language's alone
_RAW = {"script", "style"}


def side_by_side(first: str, second: str) -> str:
    """The page of the first language, with the second's words in every text that differs.

    Both are composed of the same handout by the same template. What both say alike (a dose, a
    picture, a source) stands once. Raises ContentError where one has a part that the other lacks.
    """
    pages = [next(parsed(each).each("html")) for each in (first, second)]
    held = pages[1].held
    other = f'<span class="other" lang="{escape(held["lang"])}" dir="{escape(held["dir"])}">'
    return f"<!DOCTYPE html>\n{''.join(_Joined(other).element(*pages))}\n"


Run = tuple[Element | str, ...]


@dataclass(frozen=True)
class _Joined:
    """Writes two trees as one; `other` is the tag that opens a text of the second language."""

    other: str

    def element(self, one: Element, two: Element) -> Iterator[str]:
        if one.tag in _WHOLE or (_leaf(one) and _said(one.kids) == _said(two.kids)):
            yield from _written(one)
            return
        if (one.tag, _blocks(one)) != (two.tag, _blocks(two)):
            raise ContentError(
                Problem(
                    f"the two languages do not have the same parts in <{one.tag}>",
                    hint="Mend the template: what a language adds must stand in both.",
                )
            )
        yield _opened(one)
        for mine, theirs in zip(_pieces(one), _pieces(two), strict=True):
            if isinstance(mine, Element) and isinstance(theirs, Element):
                yield from self.element(mine, theirs)
            elif isinstance(mine, tuple) and isinstance(theirs, tuple):
                yield from self._texts(mine, theirs)
        yield f"</{one.tag}>"

    def _texts(self, mine: Run, theirs: Run) -> Iterator[str]:
        """A run of words and what stands in them, in both languages where they differ."""
        if _said(mine) == _said(theirs):
            yield from _all(mine)
            return
        yield '<span class="both"><span class="one">'
        yield from _all(mine)
        yield f"</span>{self.other}"
        yield from _all(theirs, named=False)
        yield "</span></span>"


def _leaf(element: Element) -> bool:
    return not any(_blocks(element))


def _blocks(element: Element) -> list[str]:
    """The tags of its parts that begin a line."""
    return [kid.tag for kid in element.kids if isinstance(kid, Element) and not _inline(kid)]


def _inline(element: Element) -> bool:
    """Whether it stands in a line of text, with all that it holds; a picture does."""
    if element.tag == "svg":
        return True
    return element.tag in _INLINE and _leaf(element)


def _pieces(element: Element) -> Iterator[Element | Run]:
    """Its parts that begin a line, and between any two the run of words, which may be empty."""
    run: list[Element | str] = []
    for kid in element.kids:
        if isinstance(kid, str) or _inline(kid):
            run.append(kid)
        else:
            yield tuple(run)
            yield kid
            run = []
    yield tuple(run)


def _said(run: Run) -> str:
    return " ".join("".join(kid if isinstance(kid, str) else _heard(kid) for kid in run).split())


def _heard(element: Element) -> str:
    return (
        ""
        if element.tag == "svg"
        else "".join(kid if isinstance(kid, str) else _heard(kid) for kid in element.kids)
    )


def _written(element: Element, named: bool = True) -> Iterator[str]:
    """The element as HTML; without names where it stands a second time."""
    yield _opened(element, named)
    if element.tag in VOID:
        return
    if element.tag in _RAW:
        yield element.said
    else:
        yield from _all(element.kids, named)
    yield f"</{element.tag}>"


def _all(kids: Run, named: bool = True) -> Iterator[str]:
    for kid in kids:
        if isinstance(kid, str):
            yield escape(kid, quote=False)
        elif named or kid.tag != "svg":  # a picture stands once
            yield from _written(kid, named)


def _opened(element: Element, named: bool = True) -> str:
    held = "".join(
        f' {name}="{escape(value)}"'
        for name, value in element.held.items()
        if named or name != "id"
    )
    return f"<{element.tag}{held}>"
