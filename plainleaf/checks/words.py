"""Walks a handout for the rules: its blocks, the texts it prints, and the facts these name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from plainleaf.checks.registry import Loc
from plainleaf.content import prose, walk
from plainleaf.content.base import Proof
from plainleaf.content.facts import Fact
from plainleaf.content.model import Handout
from plainleaf.content.sections import Effect, FactBox, Moment, Question
from plainleaf.content.tapering import Limit
from plainleaf.content.walk import per_market as per_market

EMERGENCY = "emergency"  # {emergency} is the country's number, and no fact
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*|[²³¹¼-¾⁰-₉⅐-⅞]")

_PLACEHOLDER = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)?)\}")


@dataclass(frozen=True)
class Said:
    """One text that is printed, on paper or in the HTML form, in one market or in all."""

    text: str
    loc: Loc

    @property
    def names(self) -> tuple[str, ...]:
        """What its placeholders name."""
        return _read(self.text)[1]

    @property
    def marked(self) -> str:
        """The words alone, placeholders as they are written."""
        return _read(self.text)[0]

    @property
    def bare(self) -> str:
        """The words alone, nothing put in for the placeholders."""
        return _read(self.text)[2]


@dataclass(frozen=True)
class Drawn:
    """A fact that is named, by a text (`{…}`) or by a picture or table, and where."""

    fact: str
    field: str
    loc: Loc
    mark: str = ""


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[str, tuple[str, ...], str]:
    """Marked words, placeholders and bare words; every rule asks for them, so they are kept."""
    marked = prose.plain(text, lambda name: f"{{{name}}}", inline=True)
    names = prose.placeholders(text) if "{" in text else ()
    return marked, names, prose.plain(text, lambda name: "", inline=True) if names else marked


def filled(text: str, facts: dict[str, Fact]) -> str:
    """The marked text with its facts put in, as it is printed."""

    def phrase(match: re.Match[str]) -> str:
        fact, _, field = match[1].partition(".")
        try:
            return facts[fact].phrase(field) if fact in facts else match[0]
        except KeyError:
            return match[0]

    return _PLACEHOLDER.sub(phrase, text)


class _Same:
    """A handout as a key: the very same object, for it is frozen."""

    def __init__(self, handout: Handout):
        self.handout = handout

    def __hash__(self) -> int:
        return id(self.handout)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.handout is self.handout


def blocks(handout: Handout) -> Iterator[tuple[Loc, BaseModel]]:
    """Every group of keys in the file, with its place, in the order of the model."""
    return iter(_walked(_Same(handout)))


def texts(handout: Handout) -> Iterator[Said]:
    """Every text that is printed."""
    return iter(_said(_Same(handout)))


@lru_cache(maxsize=2)
def _walked(key: _Same) -> tuple[tuple[Loc, BaseModel], ...]:
    return tuple(walk.groups(key.handout))


@lru_cache(maxsize=2)
def _said(key: _Same) -> tuple[Said, ...]:
    return tuple(
        Said(text, at) for loc, block in _walked(key) for at, text in walk.texts(block, loc)
    )


def drawn(handout: Handout) -> Iterator[Drawn]:
    """Every use of a fact on the page."""
    for said in texts(handout):
        for name in said.names:
            fact, _, field = name.partition(".")
            if name != EMERGENCY:
                yield Drawn(fact, field, said.loc, f"{{{name}}}")
    for loc, block in blocks(handout):
        if isinstance(block, Question):
            for place, fact in enumerate(block.bars):
                yield Drawn(fact, "", (*loc, "bars", place))
            if block.people is not None:
                yield Drawn(block.people, "", (*loc, "people"))
        elif isinstance(block, FactBox):
            for field in ("benefits", "harms"):
                for place, fact in enumerate(getattr(block, field)):
                    yield Drawn(fact, "", (*loc, field, place))
        elif isinstance(block, Moment):
            yield Drawn(block.when, "", (*loc, "when"))
        elif isinstance(block, Effect):
            yield Drawn(block.fact, "", (*loc, "fact"))
        elif isinstance(block, Limit):
            for field in ("at_most", "at_least"):
                if (fact := getattr(block, field)) is not None:
                    yield Drawn(fact, "", (*loc, field))


def statements(handout: Handout) -> Iterator[tuple[Loc, BaseModel, Proof]]:
    """Every block that says how far it was verified, facts aside."""
    for loc, block in blocks(handout):
        level = getattr(block, "level", None)
        if isinstance(level, Proof) and not isinstance(block, Fact):
            yield loc, block, level


def numbers(text: str) -> list[str]:
    """The numbers in a text, as written."""
    return NUMBER.findall(text)
