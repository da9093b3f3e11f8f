"""What each pace asks for next, from the dose now."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from plainleaf.problems import ContentError, Problem
from plainleaf.taper.exact import shown, text
from plainleaf.taper.model import (
    Band,
    EffectPace,
    FixedPace,
    ListPace,
    Pace,
    PercentPace,
    Request,
    StepList,
)


@dataclass(frozen=True)
class Cut:
    """The dose of the day to go to and its days; an inexact one may be rounded up, never down."""

    target: Fraction
    days: int
    exact: bool


def next_cut(request: Request, now: Fraction) -> Cut:
    """The pace's next step from the dose now; ContentError where the pace has none."""
    pace, end = request.pace, Fraction(request.end)
    listed = _listed(request)
    if listed is not None:
        return _next_listed(request, listed, now)
    if isinstance(pace, FixedPace):
        band, edge = _band(pace, pace.bands, now, request.unit)
        return Cut(max(now - Fraction(band.cut), edge, end), band.days, exact=True)
    if isinstance(pace, PercentPace):
        band, _ = _band(pace, pace.bands, now, request.unit)
        if not end and now <= Fraction(pace.stop_from):
            return Cut(Fraction(0), band.days, exact=True)
        target = now * (1 - Fraction(band.cut) / 100)
        return Cut(max(target, end), band.days, exact=target <= end)
    if isinstance(pace, EffectPace):
        half = Fraction(pace.half)
        effect = now / (now + half) - Fraction(pace.cut) / 100
        target = half * effect / (1 - effect) if effect > 0 else Fraction(0)
        return Cut(max(target, end), pace.days, exact=target <= end)
    raise ContentError(_unlisted(pace, now, request.unit))


def _listed(request: Request) -> StepList | None:
    """The published list for this start dose, if the pace has one."""
    if not isinstance(request.pace, ListPace | FixedPace):
        return None
    start = sum(Fraction(at.dose) for at in request.dose)
    return next((a for a in request.pace.lists if Fraction(a.start) == start), None)


def _next_listed(request: Request, listed: StepList, now: Fraction) -> Cut:
    doses = [Fraction(listed.start), *(Fraction(step.dose) for step in listed.steps)]
    if Fraction(request.end) not in doses[1:]:
        unit, pace = request.unit, request.pace.id
        steps = ", ".join(text(step.dose) for step in listed.steps)
        raise ContentError(
            Problem(
                f"pace {pace} from {text(listed.start)} {unit} does not pass"
                f" {text(request.end)} {unit}, the dose to end at",
                hint=f"its doses are {steps} {unit}: end at one of these, or choose another pace",
            )
        )
    step = listed.steps[doses.index(now)]
    return Cut(Fraction(step.dose), step.days, exact=True)


def _band(pace: Pace, bands: tuple[Band, ...], now: Fraction, unit: str) -> tuple[Band, Fraction]:
    """The band of the dose now, and the upper edge of the band below it (0 for the lowest)."""
    edge = Fraction(0)
    for band in bands:
        if band.up_to is None or now <= Fraction(band.up_to):
            return band, edge
        edge = Fraction(band.up_to)
    raise ContentError(
        Problem(
            f"pace {pace.id} has no rule for {shown(now)} {unit} a day",
            hint=f"it is written for {shown(edge)} {unit} a day or less: a higher dose needs a plan"
            " made by the prescriber, or another pace",
        )
    )


def _unlisted(pace: ListPace, now: Fraction, unit: str) -> Problem:
    doses = sorted(Fraction(listed.start) for listed in pace.lists)
    near = [max((d for d in doses if d < now), default=None)]
    near.append(min((d for d in doses if d > now), default=None))
    nearest = " and ".join(f"{shown(dose)} {unit}" for dose in near if dose is not None)
    every = ", ".join(shown(dose) for dose in doses)
    return Problem(
        f"pace {pace.id} has no list that starts at {shown(now)} {unit} a day",
        hint=f"the nearest listed doses are {nearest} (listed: {every} {unit}): the prescriber may"
        " first bring the dose to one of these, or choose another pace",
    )
