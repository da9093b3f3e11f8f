"""The simple form of a text: the same facts in shorter words."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.registry import Finding, Rule, Subject, rule
from plainleaf.content.wording.guards import guard
from plainleaf.content.wording.units import units

_FREE = {"length", "script"}  # what may differ between two texts of one language
_KEEP = "Say the same in shorter words: every number, unit and “not” stays, in the same order."


@rule()
def simple_says_the_same(subject: Subject) -> Iterator[Finding]:
    """The simple form of a text holds the facts of the ordinary one, all of them and no other.

    The guards of translations compare the two: placeholders, numbers, units, negations, links, in
    the same order. They read words, not meaning: a reviewer must compare the two. A simple form
    that is the ordinary one word for word is one too many. Source: our rule, "Words change freely
    and facts cannot".

    Good: `ordinary: "It may cause drowsiness in {range}."`, `simple: "It makes {range} drowsy."`
    Bad: `simple: It makes many people drowsy.`
    """
    if subject.ordinary is None:
        return
    simple = {unit.path: unit.text for unit in units(subject.handout)}
    for unit in units(subject.ordinary):
        text = simple[unit.path]
        if text == unit.text:
            continue
        for doubt in guard(unit, text, unit.language):
            if doubt.guard not in _FREE:
                said = doubt.message.replace("the source", "the ordinary form")
                said = said.replace("the translation", "the simple form")
                yield Finding(said, unit.path, _KEEP, level=doubt.level)


RULES: tuple[Rule[Subject], ...] = (simple_says_the_same,)
