"""Refuses a request that contradicts itself, with every reason, before anything is planned."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from plainleaf.problems import ContentError, Problem, UsageError
from plainleaf.taper.exact import text
from plainleaf.taper.model import (
    TIMES,
    Band,
    EffectPace,
    FixedPace,
    Form,
    Kind,
    ListPace,
    Pace,
    PercentPace,
    Request,
    StepList,
)
from plainleaf.taper.remedy import names

_DIGITS = 6  # before and after the point: the proof's 60 digits then hold every product
_SPLITS = (Decimal(1), Decimal("0.5"), Decimal("0.25"))


def check(request: Request) -> None:
    """UsageError without a form or a dose; ContentError with all that is wrong otherwise.

    Numbers come first: nothing can be compared with a number that is none.
    """
    if not request.forms:
        known = ", ".join(form.id for form in request.others)
        raise UsageError(Problem("no form chosen", hint=f"there are: {known}" if known else ""))
    if not request.dose:
        raise UsageError(Problem("no dose given", hint="give the dose at each time of the day"))
    problems = [
        problem
        for what, value, least in _numbers(request)
        for problem in _number(what, value, least)
    ]
    problems = problems or [*_dose(request), *_forms(request), *_pace(request.pace)]
    if problems:
        raise ContentError(problems)


def unsound(pace: Pace) -> list[Problem]:
    """All that is wrong with a pace by itself, whatever the dose and the forms."""
    numbers = [
        problem
        for what, value, least in _pace_numbers(pace)
        for problem in _number(what, value, least)
    ]
    return numbers or list(_pace(pace))


def _numbers(request: Request) -> Iterator[tuple[str, object, bool]]:
    """Every number of a request: what it is, its value, and whether it may be zero."""
    yield from ((f"the dose at {at.time}", at.dose, False) for at in request.dose)
    yield "the dose to end at", request.end, True
    for form in (*request.forms, *request.others):
        yield f"{form.id}: strength", form.strength, False
        yield f"{form.id}: smallest", form.smallest, False
        if form.pack is not None:
            yield f"{form.id}: pack", form.pack, False
        if form.syringe is not None:
            yield f"{form.id}: mark", form.syringe.mark, False
            yield f"{form.id}: capacity", form.syringe.capacity, False
    yield from _pace_numbers(request.pace)


def _pace_numbers(pace: Pace) -> Iterator[tuple[str, object, bool]]:
    yield f"pace {pace.id}: largest cut", pace.largest_cut, False
    if isinstance(pace, ListPace | FixedPace):
        for listed in pace.lists:
            yield f"pace {pace.id}: start of a list", listed.start, False
            for step in listed.steps:
                yield f"pace {pace.id}: listed dose", step.dose, True
                yield f"pace {pace.id}: listed cut", step.cut, False
    for band in _rules(pace):
        yield f"pace {pace.id}: cut", band.cut, False
        if band.up_to is not None:
            yield f"pace {pace.id}: up_to", band.up_to, False
    if isinstance(pace, PercentPace):
        yield f"pace {pace.id}: stop_from", pace.stop_from, False
    if isinstance(pace, EffectPace):
        yield f"pace {pace.id}: half-maximal dose", pace.half, False


def _rules(pace: Pace) -> tuple[Band, ...]:
    if isinstance(pace, EffectPace):
        return (Band(pace.cut, pace.days),)
    return () if isinstance(pace, ListPace) else pace.bands


def _number(what: str, value: object, zero: bool) -> Iterator[Problem]:
    """A finite, exact, positive decimal of ordinary length."""
    if not isinstance(value, Decimal) or not value.is_finite():
        yield Problem(f"{what} is {value!r}, not an exact decimal", hint="such as 0.5")
    elif value < 0 or (value == 0 and not zero):
        yield Problem(f"{what} is {value}: it must be above zero", hint="such as 0.5")
    elif value.adjusted() >= _DIGITS or int(value.as_tuple().exponent) < -_DIGITS:
        yield Problem(f"{what} is {value}: at most {_DIGITS} digits before and after the point")


def _dose(request: Request) -> Iterator[Problem]:
    times = [at.time for at in request.dose]
    if len(set(times)) != len(times) or not set(times) <= set(TIMES):
        yield Problem(f"times of day {', '.join(times)}", hint=f"each of {', '.join(TIMES)} once")
    if len(set(request.first)) != len(request.first) or not set(request.first) <= set(times):
        yield Problem(
            f"cannot bring down {', '.join(request.first)} first",
            hint=f"doses are taken at {', '.join(times)}",
        )
    if request.together and request.first:
        yield Problem("doses come down together or in an order, not both", hint="choose one")
    if request.end >= sum(at.dose for at in request.dose):
        yield Problem(
            f"the plan ends at {text(request.end)} {request.unit}, which is not below the dose now",
            hint="a taper ends at zero or at a lower dose",
        )
    if request.start and request.not_before and request.start < request.not_before:
        yield Problem(
            f"the start date {request.start} is in the past",
            hint=f"start on {request.not_before} or later, or say that a past start is meant",
        )


def _forms(request: Request) -> Iterator[Problem]:
    ids = [form.id for form in request.forms]
    for twice in sorted({name for name in ids if ids.count(name) > 1}):
        yield Problem(f"form {twice} is given twice")
    liquids = [form for form in request.forms if form.kind is Kind.LIQUID]
    if len(liquids) > 1:
        yield Problem(
            f"two liquid strengths in one plan: {names(liquids)}",
            hint="a mix-up of bottles is a wrong dose: choose one",
        )
    for form in (*request.forms, *request.others):
        yield from _form(form)


def _form(form: Form) -> Iterator[Problem]:
    if form.kind is Kind.CAPSULE and form.smallest != 1:
        yield Problem(f"{form.id}: a capsule is never split", hint="smallest: 1")
    if form.kind is Kind.TABLET and form.smallest not in _SPLITS:
        yield Problem(f"{form.id}: smallest is {form.smallest}", hint="1, 0.5 or 0.25 of a tablet")
    syringe = form.syringe
    if form.kind is not Kind.LIQUID:
        if syringe is not None:
            yield Problem(f"{form.id}: a {form.kind} is not measured with a syringe")
    elif syringe is None or not syringe.name:
        yield Problem(f"{form.id}: a liquid needs the syringe it is measured with")
    elif syringe.capacity % syringe.mark or form.smallest > syringe.capacity:
        yield Problem(f"{form.id}: the {syringe.name} does not end on a mark, or is too small")


def _pace(pace: Pace) -> Iterator[Problem]:
    if type(pace.shortest) is not int or pace.shortest < 1:
        yield Problem(f"pace {pace.id}: the shortest step is {pace.shortest}, not a day or more")
    if not pace.source or not pace.level:
        yield Problem(f"pace {pace.id} has no source, or none that says how it was read")
    if isinstance(pace, ListPace | FixedPace):
        starts = [listed.start for listed in pace.lists]
        if len(set(starts)) != len(starts) or (isinstance(pace, ListPace) and not starts):
            yield Problem(f"pace {pace.id}: one list for each start dose, and at least one list")
        for listed in pace.lists:
            yield from _list(pace, listed)
    if isinstance(pace, FixedPace | PercentPace):
        edges = [band.up_to for band in pace.bands]
        known = [edge for edge in edges if edge is not None]
        if not edges or None in edges[:-1] or known != sorted(set(known)):
            yield Problem(f"pace {pace.id}: bands rise, and only the last may be without an edge")
    if isinstance(pace, PercentPace) and not pace.stop_source:
        yield Problem(f"pace {pace.id}: stop_from has no source")
    if isinstance(pace, EffectPace) and not pace.half_source:
        yield Problem(f"pace {pace.id}: the half-maximal dose has no source")
    for band in _rules(pace):
        if band.cut > pace.largest_cut:
            yield Problem(
                f"pace {pace.id}: a cut of {band.cut} is above its largest, {pace.largest_cut}"
            )
        if not isinstance(pace, FixedPace) and band.cut >= 100:
            yield Problem(f"pace {pace.id}: a cut of {band.cut} percent is a stop, not a taper")
        if type(band.days) is not int or band.days < pace.shortest:
            yield Problem(f"pace {pace.id}: {band.days} days is shorter than {pace.shortest}")


def _list(pace: ListPace | FixedPace, listed: StepList) -> Iterator[Problem]:
    where = f"pace {pace.id}, list from {listed.start}"
    if not listed.steps:
        yield Problem(f"{where} has no steps")
    doses = [listed.start, *(step.dose for step in listed.steps)]
    for (before, after), step in zip(pairwise(doses), listed.steps, strict=True):
        if before - after != step.cut:
            yield Problem(f"{where}: {before} to {after} is not a cut of {step.cut}")
        elif step.cut > pace.largest_cut:
            yield Problem(f"{where}: a cut of {step.cut} is above the largest, {pace.largest_cut}")
        last = step is listed.steps[-1]
        if (step.days != 0) if last else (step.days < pace.shortest):
            yield Problem(
                f"{where}: {step.days} days at {after}",
                hint=f"{pace.shortest} days or more, and 0 on the last, which is the end",
            )
