"""Puts a whole translation to the guards: every doubt as a problem at its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plainleaf.content.load import Loaded
from plainleaf.content.wording.catalog import Catalog, Entry
from plainleaf.content.wording.guards import Doubt, guard
from plainleaf.content.wording.review import Exemption, Exemptions
from plainleaf.content.wording.units import Unit
from plainleaf.problems import Level, Problem


def examine(
    units: Sequence[Unit], catalog: Catalog, exemptions: Loaded[Exemptions] | None = None
) -> list[Problem]:
    """What the guards have against the translated entries, and exemptions that nothing needs.

    Missing, fuzzy and earlier entries are not read: `apply` tells of them."""
    known = {entry.context: entry for entry in catalog.entries}
    given = exemptions.model.root if exemptions else {}
    problems: list[Problem] = []
    used: set[str] = set()
    for unit in units:
        entry = known.get(unit.context)
        if entry is None or entry.missing or entry.fuzzy or entry.source != unit.text:
            continue
        exemption = given.get(unit.context)
        doubts = list(_doubts(unit, entry, catalog.language, exemption))
        if exemption and set(_doubts(unit, entry, catalog.language, None)) - set(doubts):
            used.add(unit.context)
        problems += [_problem(catalog, entry, doubt) for doubt in dict.fromkeys(doubts)]
    problems += _double_check(catalog)
    if exemptions:
        problems += _unused(exemptions, {unit.context for unit in units}, used)
    return problems


def _doubts(unit: Unit, entry: Entry, code: str, exemption: Exemption | None) -> Iterator[Doubt]:
    compared = replace(unit, text=unit.plural or unit.text)
    for target in entry.targets:
        yield from guard(compared, target, code, exemption)


def _problem(catalog: Catalog, entry: Entry, doubt: Doubt) -> Problem:
    rule, reason = f"wording-{doubt.guard}", f"{entry.context}: {doubt.message}"
    return catalog.problem(reason, entry, hint=doubt.hint, level=doubt.level, rule=rule)


def _double_check(catalog: Catalog) -> Iterator[Problem]:
    """One warning for all marks of a second look, at the first of them."""
    waiting = [entry for entry in catalog.entries if entry.unchecked and not entry.missing]
    if waiting:
        message = f"{len(waiting)} entries wait for the second person's check"
        hint = "Compare each with its source, then delete its line DOUBLE-CHECK."
        rule = "wording-double-check"
        yield catalog.problem(message, waiting[0], hint=hint, level=Level.WARNING, rule=rule)


def _unused(
    exemptions: Loaded[Exemptions], contexts: set[str], used: set[str]
) -> Iterator[Problem]:
    document = exemptions.document
    for context in exemptions.model.root:
        place = document.locate((context,), key=True)
        if context not in contexts:
            hint = "Mend the context, or take the exemption out."
            yield document.problem(f'there is no text "{context}"', place, hint=hint)
        elif context not in used:
            message = f'nothing in "{context}" needs an exemption now'
            yield document.problem(message, place, hint="Take it out.", level=Level.ADVICE)
