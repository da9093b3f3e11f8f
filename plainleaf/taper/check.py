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
    PercentPace,
    Request,
    StepList,
)
from plainleaf.taper.remedy import names

_DIGITS = 6  # before and after the point: the proof's 50 digits then hold every product
_SPLITS = (Decimal(1), Decimal("0.5"), Decimal("0.25"))


def check(request: Request) -> None:
    """UsageError without a form or a dose; ContentError with all that is wrong otherwise."""
    if not request.forms:
        known = ", ".join(form.id for form in request.others)
        raise UsageError(Problem("no form chosen", hint=f"there are: {known}" if known else ""))
    if not request.dose:
        raise UsageError(Problem("no dose given", hint="give the dose at each time of the day"))
    problems = [*_dose(request), *_forms(request), *_pace(request)]
    if problems:
        raise ContentError(problems)


def _number(what: str, value: object, zero: bool = False) -> Iterator[Problem]:
    """A finite, exact, positive decimal of ordinary length."""
    if not isinstance(value, Decimal) or not value.is_finite():
        yield Problem(f"{what} is {value!r}, not an exact decimal")
    elif value < 0 or (value == 0 and not zero):
        yield Problem(f"{what} is {value}: it must be above zero")
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
        yield Problem("doses come down together or in an order, not both")
    wrong = [p for at in request.dose for p in _number(f"the dose at {at.time}", at.dose)]
    wrong += _number("the dose to end at", request.end, zero=True)
    yield from wrong
    if not wrong and request.end >= sum(at.dose for at in request.dose):
        yield Problem(
            f"the plan ends at {text(request.end)} {request.unit}, which is not below the dose now",
            hint="a taper ends at zero or at a lower dose",
        )
    if request.start and request.not_before and request.start < request.not_before:
        yield Problem(
            f"the start date {request.start} is in the past",
            hint=f"start on {request.not_before} or later",
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
    yield from _number(f"{form.id}: strength", form.strength)
    yield from _number(f"{form.id}: smallest", form.smallest)
    if form.pack is not None:
        yield from _number(f"{form.id}: pack", form.pack)
    if form.kind is Kind.CAPSULE and form.smallest != 1:
        yield Problem(f"{form.id}: a capsule is never split", hint="smallest: 1")
    if form.kind is Kind.TABLET and form.smallest not in _SPLITS:
        yield Problem(f"{form.id}: smallest is {form.smallest}", hint="1, 0.5 or 0.25 of a tablet")
    if form.kind is not Kind.LIQUID:
        return
    syringe = form.syringe
    if syringe is None or not syringe.name:
        yield Problem(f"{form.id}: a liquid needs the syringe it is measured with")
        return
    wrong = [*_number(f"{form.id}: mark", syringe.mark)]
    wrong += _number(f"{form.id}: capacity", syringe.capacity)
    yield from wrong
    if not wrong and (syringe.capacity % syringe.mark or form.smallest > syringe.capacity):
        yield Problem(f"{form.id}: the {syringe.name} does not end on a mark, or is too small")


def _pace(request: Request) -> Iterator[Problem]:
    pace = request.pace
    yield from _number(f"pace {pace.id}: largest cut", pace.largest_cut)
    if not isinstance(pace.shortest, int) or pace.shortest < 1:
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
        yield from _bands(pace)
    if isinstance(pace, PercentPace):
        yield from _number(f"pace {pace.id}: stop_from", pace.stop_from)
        if not pace.stop_source:
            yield Problem(f"pace {pace.id}: stop_from has no source")
    if isinstance(pace, EffectPace):
        yield from _number(f"pace {pace.id}: half-maximal dose", pace.half)
        if not pace.half_source:
            yield Problem(f"pace {pace.id}: the half-maximal dose has no source")
        yield from _cut(pace, Band(pace.cut, pace.days))


def _list(pace: ListPace | FixedPace, listed: StepList) -> Iterator[Problem]:
    where = f"pace {pace.id}, list from {listed.start}"
    numbers = [listed.start, *(step.cut for step in listed.steps)]
    wrong = [p for number in numbers for p in _number(where, number)]
    wrong += [p for step in listed.steps for p in _number(where, step.dose, zero=True)]
    if wrong or not listed.steps:
        yield from wrong or [Problem(f"{where} has no steps")]
        return
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


def _bands(pace: FixedPace | PercentPace) -> Iterator[Problem]:
    edges = [band.up_to for band in pace.bands]
    known = [edge for edge in edges if edge is not None]
    wrong = [p for edge in known for p in _number(f"pace {pace.id}: up_to", edge)]
    yield from wrong
    if not wrong and (not edges or None in edges[:-1] or known != sorted(set(known))):
        yield Problem(f"pace {pace.id}: bands rise, and only the last may be without an edge")
    for band in pace.bands:
        yield from _cut(pace, band)


def _cut(pace: FixedPace | PercentPace | EffectPace, band: Band) -> Iterator[Problem]:
    wrong = [*_number(f"pace {pace.id}: cut", band.cut)]
    yield from wrong
    if not wrong and band.cut > pace.largest_cut:
        yield Problem(
            f"pace {pace.id}: a cut of {band.cut} is above its largest, {pace.largest_cut}"
        )
    if not wrong and not isinstance(pace, FixedPace) and band.cut >= 100:
        yield Problem(f"pace {pace.id}: a cut of {band.cut} percent is a stop, not a taper")
    if not isinstance(band.days, int) or band.days < pace.shortest:
        yield Problem(f"pace {pace.id}: {band.days} days is shorter than {pace.shortest}")
