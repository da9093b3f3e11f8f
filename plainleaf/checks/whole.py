"""The leaflet as a whole: its sections, its folder, its example plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plainleaf.checks.registry import Finding, Rule, Subject, rule
from plainleaf.content.base import Market
from plainleaf.content.model import Handout, for_market
from plainleaf.page.plans import plan_of_example
from plainleaf.problems import PlainleafError
from plainleaf.taper.check import unsound
from plainleaf.taper.handout import pace_of

MEDICINE = (
    "medicine",
    "in_short",
    "red_flags",
    "what_it_is",
    "who_should_not",
    "evidence",
    "side_effects",
    "interactions",
    "tapering",
    "options",
    "tips",
    "questions",
    "about",
)


@rule()
def section_missing(subject: Subject) -> Iterator[Finding]:
    """A leaflet about a medicine has every section that a patient needs.

    All but `claims`: not every medicine has been in the press. Source: design.md, "Sections …
    each optional in the schema but demanded by the checks where the leaflet is about a medicine".

    Good: `kind: medicine`, and sections from `in_short` to `about`
    Bad: `kind: medicine`, and no `interactions`
    """
    if subject.handout.kind != "medicine":
        return
    for name in MEDICINE:
        if getattr(subject.handout, name) is None:
            said = f'a leaflet about a medicine needs the section "{name}"'
            yield Finding(said, ("kind",), f'Add "{name}:" to the file.', key=True)


@rule()
def folder_name(subject: Subject) -> Iterator[Finding]:
    """A handout's folder is named as its id, by which commands find it.

    A file of another name than handout.yaml stands for itself. Source: design.md, "HANDOUT is an id
    found in the library", and "one folder per handout".

    Good: `handouts/good-sleep/handout.yaml` with `id: good-sleep`
    Bad: `handouts/sleep/handout.yaml` with `id: good-sleep`
    """
    path = Path(subject.document.path).absolute()
    if path.name == "handout.yaml" and path.parent.name != subject.handout.id:
        said = f'the id is "{subject.handout.id}", but the folder is called "{path.parent.name}"'
        yield Finding(said, ("id",), "Rename the folder or change the id.")


@rule()
def example_plan(subject: Subject) -> Iterator[Finding]:
    """The example plan can be made from what is sold in each country, and is proved.

    It is the dose engine that makes it and proves it, as it does a patient's plan; this rule hands
    on what the engine says. Only a handout without paces has no example. Source: design.md, "plan
    (dose arithmetic and its proof)".

    Good: `example: {dose: 20, pace: slow, forms: [tablet-10mg], …}`, and tablets that can be halved
    Bad: `example: {dose: 22, …}` with 10 mg tablets alone
    """
    handout = subject.handout
    if handout.tapering is None:
        return
    if handout.tapering.example is None:
        if handout.paces:
            said = "there are paces, and no example shows one"
            hint = 'Add "example:", or take the paces out where nobody published them.'
            yield Finding(said, ("tapering",), hint, key=True)
        return
    for market in handout.markets:
        settled = for_market(handout, market)
        if _named(settled):
            yield from _example(settled, market)


@rule()
def pace_sound(subject: Subject) -> Iterator[Finding]:
    """Every pace of the file keeps its own bounds, used in the example or not.

    No cut above its largest, no step shorter than its shortest, each listed cut the difference of
    its doses, a source or a note for each. The dose engine says so. Source: design.md, "plan (dose
    arithmetic and its proof)".

    Good: `{start: 10, steps: [{dose: 5, cut: 5, days: 7}, {dose: 0, cut: 5, days: 0}]}`
    Bad: `{start: 10, steps: [{dose: 4, cut: 5, days: 7}, {dose: 0, cut: 5, days: 0}]}`
    """
    for id, pace in subject.handout.paces.items():
        for problem in unsound(pace_of(id, pace)):
            hint = problem.hint or "Mend the numbers of the pace; docs/write-a-handout.md says how."
            yield Finding(problem.message, ("paces", id), hint, key=True)


def _named(handout: Handout) -> bool:
    """Whether the example's pace and forms are there; reference-unknown tells where not."""
    assert handout.tapering is not None and handout.tapering.example is not None
    pace = handout.tapering.example.pace
    return pace in handout.paces and all(id in handout.forms for id in _forms(handout))


def _forms(handout: Handout) -> tuple[str, ...]:
    assert handout.tapering is not None and handout.tapering.example is not None
    assert isinstance(handout.tapering.example.forms, tuple)
    return handout.tapering.example.forms


def _example(handout: Handout, market: Market) -> Iterator[Finding]:
    for id in _forms(handout):
        if market not in handout.forms[id].markets:
            said = f'the example takes "{id}", which is not sold in this market: {market}'
            yield Finding(
                said, ("tapering", "example", "forms", market), "Choose forms that are sold there."
            )
    try:
        plan_of_example(handout)
    except PlainleafError as error:
        for problem in error.problems:
            said = f"the example cannot be printed: {problem.message}"
            yield Finding(said, ("tapering", "example"), problem.hint, key=True)


RULES: tuple[Rule[Subject], ...] = (section_missing, folder_name, example_plan, pace_sound)
