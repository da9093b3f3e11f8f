"""Numbers that are compared can be compared, and say of whom they were counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from plainleaf.checks.plain import lists
from plainleaf.checks.registry import Finding, Loc, Rule, Subject, rule
from plainleaf.checks.words import blocks, filled
from plainleaf.content.facts import Fact
from plainleaf.content.sections import Effect, FactBox, Question
from plainleaf.problems import Level

# EMA's convention (SmPC guideline, section 4.8), in 100 people: from the first, below the second.
BANDS = {
    "very-common": (Decimal(10), Decimal(101)),
    "common": (Decimal(1), Decimal(10)),
    "uncommon": (Decimal("0.1"), Decimal(1)),
    "rare": (Decimal("0.01"), Decimal("0.1")),
    "very-rare": (Decimal(0), Decimal("0.01")),
}
_SHARES = ("in-100", "percent")
_YEARS = "in-1000-years"
_OUTCOMES = (*_SHARES, _YEARS, "minutes", "hours")
_ABSOLUTE = re.compile(r"\bin\s1(?:[,.]?000?)+\b|\bout\sof\b")


@rule()
def band_gloss(subject: Subject) -> Iterator[Finding]:
    """A word for how often ("common") comes from a source that uses it, and fits its number.

    `band` needs `band_source`, a source with `bands: yes`. The fact's numbers lie in the band by
    EMA's convention: very common 10 or more in 100, common 1 to below 10, uncommon 0.1 to below 1,
    rare 0.01 to below 0.1, very rare below 0.01. Source: our rule, "a band has a
    source that uses bands, and its gloss matches it".

    Good: `{fact: drowsy, band: very-common, band_source: smpc}` where 10 to 63 in 100 were drowsy
    Bad: `{fact: confused, band: common, …}` where it was 1 to 11 in 100
    """
    handout = subject.handout
    for loc, block in blocks(handout):
        if not isinstance(block, Effect) or not (block.band or block.band_source):
            continue
        if block.band is None or block.band_source is None:
            lacks = "band" if block.band is None else "band_source"
            said = f"a band and its source stand together, and here is no {lacks}"
            yield Finding(said, loc, f'Add "{lacks}:", or take the other out.', key=True)
            continue
        source = handout.sources.get(block.band_source)
        if source is not None and not source.bands:
            said = f'the source "{block.band_source}" is not said to use bands'
            hint = 'Say "bands: yes" there if it counts so; else take the band out.'
            yield Finding(said, (*loc, "band_source"), hint)
        fact = handout.facts.get(block.fact)
        if fact is not None and not _within(fact, *BANDS[block.band]):
            said = f'"{block.band}" does not fit the numbers of "{block.fact}"'
            yield Finding(said, (*loc, "band"), "docs/errors.md has the numbers of each band.")


def _within(fact: Fact, least: Decimal, most: Decimal) -> bool:
    counted = [part for part in (fact.value, fact.low, fact.high) if part is not None]
    return fact.unit in _SHARES and all(least <= part < most for part in counted)


@rule()
def same_denominator(subject: Subject) -> Iterator[Finding]:
    """What stands side by side has one unit, and one period where one is stated.

    Looked at are the bars of a question, the side effects with a number, and the benefits and the
    harms of a fact box. Shares in a fact box are all in 100, or all in per cent.
    Source: our rule, "same denominator and period within a comparison".

    Good: two bars in minutes, each of one night
    Bad: a bar of one night beside one of four weeks
    """
    facts = subject.handout.facts
    effects: list[tuple[Loc, str]] = []
    for loc, block in blocks(subject.handout):
        if isinstance(block, Question):
            yield from _alike(_placed((*loc, "bars"), block.bars), facts)
        elif isinstance(block, FactBox):
            rows = [_placed((*loc, name), getattr(block, name)) for name in ("benefits", "harms")]
            yield from (finding for each in rows for finding in _alike(each, facts))
            shares = [
                (at, id)
                for at, id in (*rows[0], *rows[1])
                if id in facts and facts[id].unit in _SHARES
            ]
            yield from _alike(shares, facts, times=False)
        elif isinstance(block, Effect):
            effects.append(((*loc, "fact"), block.fact))
    yield from _alike(effects, facts)


def _placed(loc: Loc, ids: Iterable[str]) -> list[tuple[Loc, str]]:
    return [((*loc, place), id) for place, id in enumerate(ids)]


def _alike(
    rows: list[tuple[Loc, str]], facts: dict[str, Fact], times: bool = True
) -> Iterator[Finding]:
    known = [(loc, facts[id]) for loc, id in rows if id in facts]
    for loc, fact in known[1:]:
        first = known[0][1]
        if fact.unit != first.unit:
            said = f"this is counted in {fact.unit}, and the one beside it in {first.unit}"
            yield Finding(said, loc, "Compare what is counted alike, or part the two.")
    stated = [(loc, fact.time) for loc, fact in known if fact.time] if times else []
    for loc, time in stated[1:]:
        if time != stated[0][1]:
            said = f'this is of "{time}", and the one beside it of "{stated[0][1]}"'
            yield Finding(
                said, loc, "Compare what was counted over the same time, or part the two."
            )


@rule(level=Level.WARNING)
def fact_context(subject: Subject) -> Iterator[Finding]:
    """The number of an outcome says in whom, over what time, and against what.

    Such are the minutes, hours and shares drawn by the evidence, by the side effects, and by what
    was found of other options. A range of a label needs no comparator. Where a source does not say,
    the fact does: `time: not said in the summary`. Source: our rule, "each number says who, how
    long, versus what".

    Good: `{value: 19, unit: minutes, who: adults, time: one night, versus_what: dummy pill}`
    Bad: `{value: 19, unit: minutes, versus_what: dummy pill}`
    """
    facts = subject.handout.facts
    outcomes = {use.fact for use in subject.drawn if _tells_outcome(use.loc)}
    for id in [id for id in facts if id in outcomes and facts[id].unit in _OUTCOMES]:
        fact = facts[id]
        wanted = ["who", *([] if fact.unit == _YEARS else ["time"])]
        wanted += ["versus_what"] if fact.low is None else []
        for field in wanted:
            if not getattr(fact, field):
                said = f'the fact "{id}" is an outcome, and does not say "{field}"'
                hint = f'Add "{field}:", or say there that the source does not tell.'
                yield Finding(said, ("facts", id), hint, key=True)


def _tells_outcome(loc: Loc) -> bool:
    return loc[0] in ("evidence", "side_effects") or (loc[0] == "options" and "found" in loc)


@rule()
def relative_risk(subject: Subject) -> Iterator[Finding]:
    """No change of risk is told without the numbers of people behind it.

    "Half the risk" may be 1 in 1,000 instead of 2. Words for a relative change are refused in a
    text that has no absolute number beside them. Source: our rule, "no relative
    risk alone", and design.md, "Evidence in pictures" (absolute numbers).

    Good: `Falls were more common: 11 in 100 a year, against 6 in 100.`
    Bad: `Falls were twice as common.`
    """
    known = lists(subject)
    if not known or not known.relative:
        return
    facts = subject.handout.facts
    relative = re.compile("|".join(known.relative), re.IGNORECASE)
    for said in subject.texts:
        shown = filled(said.marked, facts).replace("\u00a0", " ")
        match = relative.search(shown)
        named = [
            facts[name.partition(".")[0]] for name in said.names if name.partition(".")[0] in facts
        ]
        if (
            match
            and not _ABSOLUTE.search(shown)
            and not any(fact.unit in ("in-100", _YEARS) for fact in named)
        ):
            message = f'"{match[0]}" is a relative change, without the numbers behind it'
            hint = "Say how many in 100 with it, and how many without."
            yield Finding(message, said.loc, hint, mark=match[0])


RULES: tuple[Rule[Subject], ...] = (
    band_gloss,
    same_denominator,
    fact_context,
    relative_risk,
)
