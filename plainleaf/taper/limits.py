"""The limits of a handout: which doses and people need a plan that somebody else makes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from plainleaf.content.base import Proof
from plainleaf.content.facts import Fact, short_unit
from plainleaf.content.model import Handout
from plainleaf.content.tapering import Limit
from plainleaf.problems import ContentError, Problem
from plainleaf.taper.exact import text
from plainleaf.taper.handout import said

# What each measure is called, the units its fact may have, and the unit to say where it has none.
_MEASURES = {
    "dose-per-day": ("the dose a day", ("mg", "mg-per-day"), ""),
    "dose-at-once": ("the dose at one time", ("mg",), ""),
    "age": ("the age", ("count",), "years"),
    "egfr": ("the eGFR", ("count",), "mL/min/1.73 m²"),
}


def breaches(handout: Handout, values: Mapping[str, Decimal]) -> list[Problem]:
    """The limits that the values by measure break; no message repeats a value.

    The handout is settled for one market. ContentError where a limit's fact is no single number.
    """
    bounds = {id: _bound(handout, id, limit) for id, limit in handout.limits.items()}
    return [
        _breach(handout, id, limit, bounds[id])
        for id, limit in handout.limits.items()
        if limit.measure in values and _broken(limit, bounds[id], values[limit.measure])
    ]


def _bound(handout: Handout, id: str, limit: Limit) -> Fact:
    name = limit.at_most or limit.at_least or ""
    fact = handout.facts.get(name)
    if fact is None or fact.value is None or fact.unit not in _MEASURES[limit.measure][1]:
        units = " or ".join(_MEASURES[limit.measure][1])
        raise ContentError(
            Problem(
                f'limit {id} needs a fact that it can be held against, and "{name}" is none',
                hint=f"it needs a fact with one value, in {units}",
            )
        )
    return fact


def _broken(limit: Limit, bound: Fact, value: Decimal) -> bool:
    assert bound.value is not None
    return value > bound.value if limit.at_most else value < bound.value


def _breach(handout: Handout, id: str, limit: Limit, bound: Fact) -> Problem:
    assert bound.value is not None
    what, _, unit = _MEASURES[limit.measure]
    unit = unit or short_unit(bound.unit)
    side = "more" if limit.at_most else "less"
    return Problem(
        f"limit {id}: {what} is {side} than {text(bound.value)} {unit}",
        hint=f"no option goes around it: {said(handout, limit.who)} must make this plan."
        f" The limit is from {_source(handout, bound)}",
    )


def _source(handout: Handout, fact: Fact) -> str:
    """The citation as it is printed, or our own working with its note."""
    source = handout.sources.get(fact.source or "")
    if source is None or fact.level is Proof.DERIVED:
        return f"our working: {fact.note}" if fact.note else "our working"
    return source.citation.rstrip(".")
