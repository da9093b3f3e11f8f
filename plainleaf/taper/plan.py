"""The planner: from the dose now to the end, step by step, or every reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from plainleaf.problems import ContentError, Problem
from plainleaf.taper.check import check
from plainleaf.taper.day import coming_down, lowered
from plainleaf.taper.exact import shown, to_decimal
from plainleaf.taper.model import End, Form, Intake, Kind, Plan, Request, Step, Supply
from plainleaf.taper.paces import Cut, next_cut
from plainleaf.taper.pieces import Bench
from plainleaf.taper.proof import prove
from plainleaf.taper.remedy import names, stalled, unmade

_MOST_DAYS = 3660  # ten years: a longer plan is a mistake in the pace


def proved_plan(request: Request) -> Plan:
    """The only way to a plan. ContentError with every reason where none can be made or proved."""
    check(request)
    plan = _plan(request)
    if doubts := prove(plan, request):
        hint = "this is a fault in Plainleaf: do not use the plan, and report it"
        raise ContentError([Problem(f"not proved: {doubt}", hint=hint) for doubt in doubts])
    return plan


def _plan(request: Request) -> Plan:
    bench = Bench(request.forms)
    gaps = dict[tuple[str, Fraction], Fraction]()  # what cannot be made, and the cut leading to it
    now = {at.time: Fraction(at.dose) for at in request.dose}
    liquid = dict.fromkeys(now, False)
    steps, day, end = list[Step](), 1, Fraction(request.end)
    while (total := sum(now.values(), Fraction(0))) > end:
        cut = next_cut(request, total)
        after = lowered(now, cut.target, coming_down(request), request.together)
        if not cut.exact:
            after = _rounded_up(request, bench, now, after)
        intakes, unmakeable = _intakes(request, bench, after, liquid)
        gaps |= dict.fromkeys(unmakeable, total - cut.target)
        dose, now = sum(after.values(), Fraction(0)), after
        if dose > end:
            steps.append(_step(request, day, cut, dose, intakes))
            day += cut.days
        if day > _MOST_DAYS:
            raise ContentError(_endless(request, day))
    if gaps:
        raise ContentError(unmade(request, list(gaps), min(gaps.values())))
    if not steps:
        raise ContentError(_nothing_to_plan(request))
    return Plan(
        handout=request.handout,
        pace=request.pace.id,
        unit=request.unit,
        start_dose=to_decimal(sum((Fraction(at.dose) for at in request.dose), Fraction(0))),
        forms=request.forms,
        steps=tuple(steps),
        supply=tuple(_supply(steps, form) for form in request.forms if _uses(steps, form)),
        end=End(day, _date(request, day), to_decimal(end), intakes),
    )


def _rounded_up(
    request: Request,
    bench: Bench,
    now: Mapping[str, Fraction],
    after: Mapping[str, Fraction],
) -> dict[str, Fraction]:
    """Each changed dose raised to the next one that can be made; the day's dose must still fall."""
    raised = dict(after)
    for time, dose in after.items():
        if dose and dose != now[time]:
            least = bench.least(dose)
            raised[time] = now[time] if least is None else min(least, now[time])
    if raised == now:
        changed = [time for time in after if after[time] != now[time]]
        raise ContentError([stalled(request, time, now[time], after[time]) for time in changed])
    return raised


def _intakes(
    request: Request, bench: Bench, doses: Mapping[str, Fraction], liquid: dict[str, bool]
) -> tuple[tuple[Intake, ...], list[tuple[str, Fraction]]]:
    """What to take at each time, and the doses that cannot be made.

    A time that has gone to liquid alone stays there, as far as the liquid can be measured.
    """
    intakes, unmakeable = list[Intake](), list[tuple[str, Fraction]]()
    kinds = {form.id: form.kind for form in request.forms}
    for time, dose in doses.items():
        if not dose:
            continue
        take = bench.make(dose, liquid[time])
        if take is None:
            unmakeable.append((time, dose))
            continue
        liquid[time] = all(kinds[one.form] is Kind.LIQUID for one in take)
        intakes.append(Intake(time, to_decimal(dose), take))
    return tuple(intakes), unmakeable


def _step(
    request: Request, day: int, cut: Cut, dose: Fraction, intakes: tuple[Intake, ...]
) -> Step:
    return Step(day, _date(request, day), cut.days, to_decimal(dose), intakes)


def _date(request: Request, day: int) -> date | None:
    if request.start is None:
        return None
    try:
        return request.start + timedelta(days=day - 1)
    except OverflowError:
        raise ContentError(
            Problem(f"the start date {request.start} leaves no dates", hint="check the year")
        ) from None


def _uses(steps: list[Step], form: Form) -> bool:
    return any(_in_step(step, form) for step in steps)


def _in_step(step: Step, form: Form) -> Fraction:
    """How much of a form one step takes."""
    each = (t.amount for intake in step.intakes for t in intake.take if t.form == form.id)
    return step.days * sum((Fraction(amount) for amount in each), Fraction(0))


def _supply(steps: list[Step], form: Form) -> Supply:
    """Enough for every step once, and for the largest one again: going back one step."""
    amounts = [_in_step(step, form) for step in steps]
    needed, reserve = sum(amounts, Fraction(0)), max(amounts)
    whole = Fraction(form.pack) if form.kind is Kind.LIQUID and form.pack else Fraction(1)
    dispense = ceil((needed + reserve) / whole) * whole
    return Supply(form.id, to_decimal(needed), to_decimal(reserve), to_decimal(dispense))


def _endless(request: Request, day: int) -> Problem:
    return Problem(
        f"pace {request.pace.id} takes more than ten years from here",
        hint=f"with {names(request.forms)}, day {day} is reached before the end:"
        " choose another pace or form",
    )


def _nothing_to_plan(request: Request) -> Problem:
    total = shown(sum((Fraction(at.dose) for at in request.dose), Fraction(0)))
    return Problem(
        f"pace {request.pace.id} goes from {total} {request.unit} to the end in one cut:"
        " there is no step to plan",
        hint="ask the prescriber for a pace with smaller cuts, or how to make the last one",
    )
