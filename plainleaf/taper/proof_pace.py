"""The proof that a plan keeps its pace: the right cuts and days, first and last included."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from plainleaf.taper.model import (
    Band,
    EffectPace,
    End,
    FixedPace,
    ListPace,
    PercentPace,
    Plan,
    Request,
    Step,
    StepList,
)
from plainleaf.taper.proof_pieces import PIECES, pieces_of


def points(plan: Plan) -> tuple[Step | End, ...]:
    """Every step, and the end."""
    return (*plan.steps, plan.end)


def prove_pace(plan: Plan, request: Request) -> Iterator[str]:
    """Doubts about cuts and days; runs in the proof's exact context."""
    pace = request.pace
    if isinstance(pace, ListPace | FixedPace):
        found = [listed for listed in pace.lists if listed.start == plan.start_dose]
        if found:
            yield from _as_listed(plan, pace, found[0])
            return
    if isinstance(pace, ListPace):
        yield f"{plan.start_dose} is not on the list of pace {pace.id}"
        return
    doses = [plan.start_dose, *(point.dose for point in points(plan))]
    for (before, after), point in zip(pairwise(doses), points(plan), strict=True):
        if not _allowed(request, before, after):
            yield f"{before} to {after} is not a cut of pace {pace.id}"
        band = None if isinstance(pace, EffectPace) else _band(pace.bands, before)
        days = pace.days if isinstance(pace, EffectPace) else band.days if band else None
        if isinstance(point, Step) and point.days != days:
            yield f"{point.days} days at {after} is not pace {pace.id}"
    if not isinstance(pace, FixedPace) and not request.together:
        yield from _lingers(plan, request)


def _allowed(request: Request, before: Decimal, after: Decimal) -> bool:
    """Whether the pace allows the cut from one dose of the day to the next."""
    pace = request.pace
    if isinstance(pace, FixedPace):
        return _fixed(pace, request.end, before, after)
    if isinstance(pace, PercentPace):
        return _percent(pace, request.end, before, after)
    return isinstance(pace, EffectPace) and _effect(pace, before, after)


def _as_listed(plan: Plan, pace: ListPace | FixedPace, listed: StepList) -> Iterator[str]:
    """The plan is the published list, as far as its end, and each cut the one the list states."""
    before = listed.start
    for index, point in enumerate(points(plan)):
        if index >= len(listed.steps):
            yield f"the list from {listed.start} has no step after {before}"
            return
        stated = listed.steps[index]
        if point.dose != stated.dose or before - point.dose != stated.cut:
            yield f"{before} to {point.dose} is not the list's cut of {stated.cut}"
        if before - point.dose > pace.largest_cut:
            yield f"{before} to {point.dose} is above the largest cut, {pace.largest_cut}"
        if point is not plan.end and plan.steps[index].days != stated.days:
            yield f"{plan.steps[index].days} days at {point.dose}; the list says {stated.days}"
        before = point.dose


def _band(bands: tuple[Band, ...], dose: Decimal) -> Band | None:
    """The first band that reaches the dose."""
    for band in bands:
        if band.up_to is None or band.up_to >= dose:
            return band
    return None


def _fixed(pace: FixedPace, end: Decimal, before: Decimal, after: Decimal) -> bool:
    """The band's cut, or a smaller one that stops at a band's edge or at the end."""
    band = _band(pace.bands, before)
    if band is None or before - after > band.cut or before - after > pace.largest_cut:
        return False
    edges = {one.up_to for one in pace.bands} | {end}
    crossed = any(after < edge < before for edge in edges if edge is not None)
    return not crossed and (before - after == band.cut or after in edges)


def _percent(pace: PercentPace, end: Decimal, before: Decimal, after: Decimal) -> bool:
    """No more than the band's percent; only the cut to zero from `stop_from` or less is exempt."""
    band = _band(pace.bands, before)
    if band is None:
        return False
    if end == 0 and before <= pace.stop_from:
        return after == 0
    cut = (before - after) * 100
    return cut <= band.cut * before and cut <= pace.largest_cut * before


def _effect(pace: EffectPace, before: Decimal, after: Decimal) -> bool:
    """The loss of effect, h (b - a) / ((b + h) (a + h)), is within both limits; multiplied out."""
    loss = 100 * pace.half * (before - after)
    room = (before + pace.half) * (after + pace.half)
    return loss <= pace.cut * room and loss <= pace.largest_cut * room


def _lingers(plan: Plan, request: Request) -> Iterator[str]:
    """A rounded dose that could lose its smallest piece within the pace is rounded too far."""
    forms = {form.id: form for form in request.forms}
    now, before = {at.time: at.dose for at in request.dose}, plan.start_dose
    for point in plan.steps:
        for intake in point.intakes:
            for take in intake.take if intake.dose != now[intake.time] else ():
                form = forms[take.form]
                piece = form.syringe.mark if form.syringe else form.smallest
                left = [
                    (one.form, one.amount - piece if one is take else one.amount)
                    for one in intake.take
                ]
                counts = [pieces_of(forms[name], amount) for name, amount in left if amount]
                less = point.dose - piece * form.strength
                if None in counts or sum(count or 0 for count in counts) > PIECES:
                    continue
                if less >= request.end and less > 0 and _allowed(request, before, less):
                    yield f"day {point.day}: {point.dose} is rounded too far, {less} can be made"
        now = {at.time: at.dose for at in point.intakes}
        before = point.dose
