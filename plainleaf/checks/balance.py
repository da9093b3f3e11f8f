"""Benefit and harm get equal room, and the reader hears what else there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainleaf.checks.plain import lists
from plainleaf.checks.registry import Finding, Loc, Rule, Subject, rule
from plainleaf.checks.words import per_market
from plainleaf.content import prose
from plainleaf.content.model import Handout

MOST_TIMES = 2


@rule(waivable=True)
def balance(subject: Subject) -> Iterator[Finding]:
    """Harms are told in numbers where a leaflet speaks of evidence, and as fully as benefits.

    With `evidence` come side effects with a number, or a fact box. In a fact box neither side has
    more than twice the rows of the other (that every row has both groups is seen to by fact-shape).
    Source: our rule, "benefits and harms with comparable detail".

    Good: a fact box of two benefits and three harms
    Bad: five benefits and one harm, or `evidence` and no number for any harm
    """
    handout = subject.handout
    if handout.evidence is None or handout.kind != "medicine":
        return
    box = handout.evidence.fact_box
    if box is None and not _numbered(handout):
        said = "the evidence is told, and no harm has a number"
        hint = "Give side effects a fact each, or add a fact box."
        yield Finding(said, ("evidence",), hint, key=True)
    if box is None:
        return
    place: Loc = ("evidence", "fact_box")
    sides = {"benefits": box.benefits, "harms": box.harms}
    for (name, rows), other in zip(sides.items(), (box.harms, box.benefits), strict=True):
        if len(rows) > MOST_TIMES * len(other):
            said = f"there are {len(rows)} {name} against {len(other)} on the other side"
            yield Finding(said, (*place, name), "Give both sides like room.", key=True)


def _numbered(handout: Handout) -> bool:
    effects = handout.side_effects
    return effects is not None and any(
        group and group.effects for group in (effects.self, effects.call, effects.emergency)
    )


@rule(waivable=True)
def untreated_and_alternative(subject: Subject) -> Iterator[Finding]:
    """The reader hears what happens without the medicine, and of one other way at least.

    Without either, taking it looks like the only choice. Source: our rule, "what happens without
    treatment, and one alternative at least".

    Good: `untreated:` in the evidence, and two entries under `options`
    Bad: `options` that lists the medicine itself alone
    """
    handout = subject.handout
    if handout.kind != "medicine":
        return
    if handout.evidence is not None and handout.evidence.untreated is None:
        said = "nothing says what happens without treatment"
        yield Finding(said, ("evidence",), 'Add "untreated:" to the evidence.', key=True)
    if handout.options is None or handout.medicine is None:
        return
    itself = handout.medicine.name.lower()
    names = [
        prose.plain(name, lambda fact: "", inline=True).lower()
        for id, option in handout.options.items.items()
        for _, name in per_market(option.name, ("options", "items", id, "name"))
    ]
    if all(name == itself for name in names):
        said = "the options name nothing but the medicine itself"
        yield Finding(said, ("options",), "Add what else helps, no treatment apart.", key=True)


@rule(waivable=True)
def off_label(subject: Subject) -> Iterator[Finding]:
    """The leaflet says in plain words whether the medicine is licensed for this.

    "Off-label" alone is no plain word. In each country the section `what_it_is` has "licensed" or
    "approved", with or without a not. Source: our rule, "off-label use said in plain words".

    Good: `It is not licensed for sleep (“off-label” use).`
    Bad: `This is off-label use.`
    """
    handout = subject.handout
    known = lists(subject)
    if handout.kind != "medicine" or handout.what_it_is is None or not known or not known.licensed:
        return
    missing = []
    for market in handout.markets:
        told = " ".join(
            said.bare
            for said in subject.texts
            if said.loc[0] == "what_it_is" and said.loc[-1] not in {"uk", "us"} - {market}
        )
        if not re.search(known.licensed, told, re.IGNORECASE):
            missing.append(market)
    if missing:
        message = f"nothing says whether it is licensed for this: {', '.join(missing)}"
        hint = 'Write "licensed" or "not licensed", in a sentence.'
        yield Finding(message, ("what_it_is",), hint, key=True)


RULES: tuple[Rule[Subject], ...] = (balance, untreated_and_alternative, off_label)
