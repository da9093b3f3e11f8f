"""A rule that does not hold for one handout: waived with a reason, by a role that answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from plainleaf.checks.registry import Finding, Loc, Rule, Subject, rule
from plainleaf.content.load import nearest
from plainleaf.content.model import Waiver
from plainleaf.problems import Level, Problem

FEWEST_LETTERS = 4
NOBODY = {"admin", "anyone", "asdf", "author", "none", "nobody", "someone", "somebody", "self"}
NOBODY |= {
    "tbc",
    "test",
    "tester",
    "testing",
    "todo",
    "unknown",
    "user",
    "myself",
    "not applicable",
}


@rule()
def waiver(subject: Subject) -> Iterator[Finding]:
    """A waiver names a rule that can be waived, gives a reason, and the role that answers for it.

    `plainleaf check --list` says of each rule whether it can be waived. What keeps a patient safe
    cannot: dose text, sources, unknown facts, tapering, the review. What is waived is still told,
    as advice, with its reason. Source: our rule, "a rule can be waived in the handout only with a
    reason and a name of a real role, and waivers are printed by check".

    Good: `waivers: {passive-voice: {reason: The label's own words., role: clinic pharmacist}}`
    Bad: `waivers: {dose-text: {reason: n/a, role: me}}`
    """
    from plainleaf.checks import rules  # the list that this rule stands in

    known = {each.name: each for each in rules()}
    for name, given in subject.handout.waivers.items():
        place: Loc = ("waivers", name)
        if name not in known:
            near = nearest(name, list(known))
            said = f'there is no rule "{name}"' + (f', did you mean "{near}"?' if near else "")
            yield Finding(said, place, "plainleaf check --list has them all.", key=True)
        elif not known[name].waivable:
            said = f'the rule "{name}" cannot be waived'
            yield Finding(said, place, "Mend what it finds, and take the waiver out.", key=True)
        if not _reason(given.reason):
            said = f'"{given.reason}" is no reason'
            yield Finding(said, (*place, "reason"), "Say in a sentence why the rule does not hold.")
        if not _real(given.role):
            said = f'"{given.role}" is no role that answers for it'
            hint = "Name one of your organisation, such as: clinic pharmacist."
            yield Finding(said, (*place, "role"), hint)


def applied(problem: Problem, by: Rule[Any], waivers: Mapping[str, Waiver]) -> Problem:
    """The problem, or, where its rule is rightly waived, the advice that it was."""
    given = waivers.get(by.name)
    if given is None or not by.waivable or not (_reason(given.reason) and _real(given.role)):
        return problem
    said = f"waived: {problem.message}, because {given.reason.strip()} ({given.role.strip()})"
    return replace(problem, message=said, level=Level.ADVICE, hint="")


def _reason(text: str) -> bool:
    """Two words at least, and not the name of nobody."""
    return len(text.split()) > 1 and _real(text)


def _real(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters >= FEWEST_LETTERS and text.strip(" .-").lower() not in NOBODY


RULES: tuple[Rule[Subject], ...] = (waiver,)
