"""Facts stand once, are named rightly, and have the shape that their pictures need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainleaf.checks.registry import Finding, Rule, Subject, rule
from plainleaf.checks.words import EMERGENCY, blocks, statements
from plainleaf.content import prose
from plainleaf.content.facts import FIELDS, Fact
from plainleaf.content.load import nearest
from plainleaf.content.sections import Claim, Effect, FactBox, Question
from plainleaf.problems import Level

_MEMORY = "What is known from memory alone is never printed: find a source, or take it out."


@rule()
def fact_unknown(subject: Subject) -> Iterator[Finding]:
    """Every placeholder names a fact of the handout, and a number that this fact has.

    `{emergency}` is the one name that is no fact: the country's emergency number. No fact may take
    that name. Source: design.md, "sentences name it as {fact-id}".

    Good: `The {raad-people} healthy people felt they woke less.`
    Bad: `The {rad-people} healthy people …`, or `{raad-people.dose}` where the fact has no dose
    """
    facts = subject.handout.facts
    if EMERGENCY in facts:
        said = f"{{{EMERGENCY}}} is the country's emergency number, so no fact can have this name"
        yield Finding(said, ("facts", EMERGENCY), "Give the fact another id.", key=True)
    for use in subject.drawn:
        if not use.mark:
            continue
        if use.fact not in facts:
            near = nearest(use.fact, [*facts, EMERGENCY])
            said = f'there is no fact "{use.fact}"' + (f', did you mean "{near}"?' if near else "")
            yield Finding(
                said, use.loc, 'Add it under "facts", or name one that is there.', mark=use.mark
            )
        elif not _has(facts[use.fact], use.field):
            fields = [field for field in FIELDS if _has(facts[use.fact], field)]
            near = nearest(use.field, fields)
            said = f'the fact "{use.fact}" has no "{use.field}"'
            said += f', did you mean "{near}"?' if near else ""
            yield Finding(said, use.loc, f"It has: {', '.join(fields)}.", mark=use.mark)


def _has(fact: Fact, field: str) -> bool:
    try:
        fact.phrase(field)
    except KeyError:
        return False
    return True


@rule()
def fact_unprintable(subject: Subject) -> Iterator[Finding]:
    """Nothing known from memory alone (level M-high or M-med) is printed, on paper or as HTML.

    Such facts may stand in the file as notes to be verified, and so may claims without `print:`;
    they may not be drawn. Source: our rule, "Printed are facts of level V and V2, and D shown as
    'our working'; M-high and M-med never".

    Good: `level: V2` for a fact that a sentence names
    Bad: `level: M-high` for a fact that a sentence names
    """
    facts = subject.handout.facts
    for use in subject.drawn:
        if use.fact in facts and not facts[use.fact].level.printable:
            said = f'the fact "{use.fact}" has level {facts[use.fact].level} and would be printed'
            yield Finding(said, use.loc, _MEMORY, mark=use.mark)
    for loc, block, level in statements(subject.handout):
        unprinted = isinstance(block, Claim) and block.print is None
        if not level.printable and not unprinted:
            yield Finding(f"this has level {level} and would be printed", (*loc, "level"), _MEMORY)


@rule(level=Level.ADVICE)
def fact_unused(subject: Subject) -> Iterator[Finding]:
    """Every fact is drawn by a sentence, a table or a picture.

    A number that nothing draws is reviewed for nothing, and often the sign that a sentence lost
    its placeholder. Source: design.md, "Facts once, words many times".

    Good: `falls-age: {…}` and a sentence with `{falls-age}`
    Bad: `falls-age: {…}` and no such sentence
    """
    used = {use.fact for use in subject.drawn}
    for id in subject.handout.facts:
        if id not in used and id != EMERGENCY:
            hint = "Name it in a text as {" + id + "}, or take it out."
            yield Finding(
                f'nothing on the page draws the fact "{id}"', ("facts", id), hint, key=True
            )


# `{{ 7 * 7 }}` and `{% raw %}`; `{{fact-id}}` is a slip of the finger and stays an error.
_TEMPLATE = re.compile(r"\{\{[^{}]*[^a-z0-9.{}-][^{}]*\}\}|\{%[^{}]*%\}")


@rule()
def braces(subject: Subject) -> Iterator[Finding]:
    """A brace in a text belongs to a placeholder, else it would be printed as it stands.

    A placeholder is small letters, digits and hyphens between single braces. In what is told about
    a fact (what, who, time, versus_what) none is put in. A template's own signs are printed as they
    stand, with a warning. Source: design.md, "A number stands once"; content/prose.py leaves
    anything else as literal text.

    Good: `{raad-people}`, or `\\{` for a brace that should be printed
    Bad: `{Raad_people}`, `{{raad-people}}`, `{raad-people`
    """
    hint = "A placeholder is {fact-id} or {fact-id.field}; write \\{ and \\} for braces to print."
    for said in subject.texts:
        escaped = re.sub(r"\\[{}]", "", said.text)
        bare = prose.plain(escaped, lambda name: "", inline=True)
        for sign in _TEMPLATE.findall(bare):
            message = f'"{sign}" is a template\'s sign and is printed as it stands'
            yield Finding(message, said.loc, hint, mark=sign, level=Level.WARNING)
        bare = _TEMPLATE.sub("", bare)
        if stray := re.search(r"\{[^{}]*\}?|\}", bare):
            message = f'"{stray[0]}" is no placeholder and would be printed as it stands'
            yield Finding(message, said.loc, hint, mark=stray[0])
    for id, fact in subject.handout.facts.items():
        for field in ("what", "who", "time", "versus_what"):
            if stray := re.search(r"\{[^{}]*\}?|\}", getattr(fact, field) or ""):
                message = f'"{stray[0]}" would be printed as it stands'
                hint = "No fact is put into what is said about a fact: write it in words."
                yield Finding(message, ("facts", id, field), hint, mark=stray[0])


@rule()
def fact_shape(subject: Subject) -> Iterator[Finding]:
    """A fact that is drawn has all that its picture shows.

    Bars: value and versus (the first not below the second), who; minutes also need people, dose,
    time. People arrays: value and versus as whole numbers in 100, people, who, time. Side effects:
    low and high, or value and versus, in 100. Source: design.md, "Evidence in pictures" (the same
    denominator and the same period on both sides, absolute numbers) and page/figures.py.

    Good: `drowsy: {what: drowsy, value: 63, versus: 36, unit: in-100, people: 175, …}`
    Bad: `drowsy: {what: drowsy, value: 63, unit: in-100, …}` under `people:` of a question
    """
    facts = subject.handout.facts
    wanted: dict[tuple[str, str], list[str]] = {}
    for _, block in blocks(subject.handout):
        if isinstance(block, Question):
            wanted |= {(id, "bars"): _bars(facts[id]) for id in block.bars if id in facts}
            if block.people in facts:
                wanted[block.people, "people"] = _people(facts[block.people])
        elif isinstance(block, FactBox):
            for id in (*block.benefits, *block.harms):
                if id in facts:
                    people = facts[id].unit == "in-100"
                    wanted[id, "the fact box"] = (_people if people else _bars)(facts[id])
        elif isinstance(block, Effect) and block.fact in facts:
            wanted[block.fact, "side effects"] = _frequency(facts[block.fact])
    for (id, picture), lacks in wanted.items():
        if lacks:
            said = f'the fact "{id}" cannot be drawn under {picture}: it needs {", ".join(lacks)}'
            yield Finding(said, ("facts", id), "The picture shows all of these.", key=True)


def _bars(fact: Fact) -> list[str]:
    lacks = _absent(fact, "value", "versus", "who")
    if fact.unit == "minutes":
        lacks += _absent(fact, "people", "dose", "time")
    if fact.difference is not None and fact.difference < 0:
        lacks.append("a value that is not below versus")
    return lacks


def _people(fact: Fact) -> list[str]:
    lacks = _absent(fact, "value", "versus", "people", "who", "time")
    if fact.unit != "in-100":
        lacks.append("the unit in-100")
    elif any(
        part is not None and (part % 1 or not 0 <= part <= 100)
        for part in (fact.value, fact.versus)
    ):
        lacks.append("whole numbers from 0 to 100")
    return lacks


def _frequency(fact: Fact) -> list[str]:
    lacks = _absent(fact, "low", "high") if fact.versus is None else []
    if fact.unit != "in-100":
        lacks.append("the unit in-100")
    elif fact.low is not None and fact.high is not None and not 0 <= fact.low < fact.high <= 100:
        lacks.append("numbers from 0 to 100")
    return lacks


def _absent(fact: Fact, *fields: str) -> list[str]:
    return [field for field in fields if getattr(fact, field) is None]


RULES: tuple[Rule[Subject], ...] = (
    fact_unknown,
    fact_unprintable,
    fact_unused,
    braces,
    fact_shape,
)
