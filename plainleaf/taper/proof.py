"""The proof of a plan. It shares no arithmetic with the planner: decimals here, fractions there.

Every product, sum and remainder is taken in a context where an inexact result is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal, FloatOperation, Inexact, InvalidOperation, localcontext
from itertools import pairwise

from plainleaf.taper.model import FixedPace, Form, Intake, Kind, ListPace, Plan, Request, Supply
from plainleaf.taper.proof_pace import points, prove_pace
from plainleaf.taper.proof_pieces import PIECES, pieces_of

_ZERO, _ONE = Decimal(0), Decimal(1)
_DAY = ("morning", "noon", "evening", "night")
_TEN_YEARS = 3700


def prove(plan: Plan, request: Request) -> list[str]:
    """Every reason to doubt the plan: empty when it is proved. Never raises."""
    doubts: list[str] = []
    with localcontext(Context(prec=60, traps=[Inexact, InvalidOperation, FloatOperation])):
        for part in (_as_asked, _days, _pieces, _falls, _order, prove_pace, _supply):
            try:
                doubts += part(plan, request)
            except (ArithmeticError, ValueError, TypeError, LookupError, AttributeError) as error:
                name = part.__name__.strip("_")
                doubts.append(f"{name} cannot be checked: {type(error).__name__} {error}")
    return doubts


def _as_asked(plan: Plan, request: Request) -> Iterator[str]:
    """The plan is for this handout, pace, dose and these forms, and ends where it should."""
    if (plan.handout, plan.pace, plan.unit) != (request.handout, request.pace.id, request.unit):
        yield "handout, pace or unit is not the one asked for"
    if plan.forms != request.forms:
        yield "the forms are not those at hand"
    if sum(form.kind is Kind.LIQUID for form in plan.forms) > 1:
        yield "two liquid strengths in one plan"
    if plan.start_dose != sum((at.dose for at in request.dose), _ZERO):
        yield "the start dose is not the sum of the doses now"
    if plan.end.dose != request.end:
        yield f"ends at {plan.end.dose}, not at {request.end}"
    if not plan.steps:
        yield "no steps"


def _days(plan: Plan, request: Request) -> Iterator[str]:
    """Steps follow each other without gap or overlap, from day 1 to the end, dates likewise."""
    day = 1
    for step in plan.steps:
        if type(step.days) is not int or step.days < request.pace.shortest or step.days < 1:
            yield f"day {step.day}: {step.days} days is shorter than {request.pace.shortest}"
        if step.day != day:
            yield f"a step begins on day {step.day}, not on day {day}"
        day += step.days
    if plan.end.day != day:
        yield f"the end is on day {plan.end.day}, not on day {day}"
    if day > _TEN_YEARS:
        yield f"the plan lasts {day} days"
    for point in points(plan):
        if request.start is None:
            if point.date is not None:
                yield f"day {point.day} has a date, and no start was given"
        elif point.date is None:
            yield f"day {point.day} has no date"
        elif point.date.toordinal() - request.start.toordinal() != point.day - 1:
            yield f"day {point.day} is not {point.date}"


def _pieces(plan: Plan, request: Request) -> Iterator[str]:
    """At every intake the pieces add up to the dose, can be had, and are few; so do the intakes."""
    forms = {form.id: form for form in request.forms}
    times = {at.time for at in request.dose}
    liquids = set()
    for point in points(plan):
        where = f"day {point.day}"
        at = [intake.time for intake in point.intakes]
        if len(set(at)) != len(at) or not set(at) <= times:
            yield f"{where}: times {', '.join(at)}"
        if sum((intake.dose for intake in point.intakes), _ZERO) != point.dose:
            yield f"{where}: the intakes do not add up to {point.dose}"
        for intake in point.intakes:
            for doubt in _intake(intake, forms):
                yield f"{where}, {intake.time}: {doubt}"
            used = (forms[take.form] for take in intake.take if take.form in forms)
            liquids |= {form.strength for form in used if form.kind is Kind.LIQUID}
    if len(liquids) > 1:
        yield "two liquid strengths in one plan"


def _intake(intake: Intake, forms: dict[str, Form]) -> Iterator[str]:
    ids = [take.form for take in intake.take]
    if not ids or len(set(ids)) != len(ids):
        yield f"forms {', '.join(ids)}"
    if not set(ids) <= set(forms):
        yield f"{', '.join(sorted(set(ids) - set(forms)))} is not at hand"
        return
    dose, count = _ZERO, _ZERO
    for take in intake.take:
        form = forms[take.form]
        dose += take.amount * form.strength
        pieces = pieces_of(form, take.amount)
        if pieces is None:
            yield f"{take.amount} of {form.id} cannot be had"
        else:
            count += pieces
    if dose != intake.dose or dose <= 0:
        yield f"the pieces make {dose}, not {intake.dose}"
    if count > PIECES:
        yield f"{count} pieces, more than {PIECES}"


def _falls(plan: Plan, request: Request) -> Iterator[str]:
    """The day's dose falls at every step; no time of the day ever rises."""
    doses = [plan.start_dose, *(step.dose for step in plan.steps), plan.end.dose]
    for before, after in pairwise(doses):
        if after >= before or after < 0:
            yield f"{before} is followed by {after}"
    now = {at.time: at.dose for at in request.dose}
    for point in points(plan):
        then = {intake.time: intake.dose for intake in point.intakes}
        for time, dose in now.items():
            if then.get(time, _ZERO) > dose:
                yield f"day {point.day}: the dose at {time} rises from {dose} to {then[time]}"
        now = {time: then.get(time, _ZERO) for time in now}


def _order(plan: Plan, request: Request) -> Iterator[str]:
    """A time comes down only when those before it are at zero; or all stand in the same share."""
    start = {at.time: at.dose for at in request.dose}
    others = sorted(set(start) - set(request.first), key=_DAY.index)
    order = [*request.first, *others]
    for point in points(plan):
        then = {intake.time: intake.dose for intake in point.intakes}
        if request.together:
            exact = isinstance(request.pace, ListPace | FixedPace)  # others round up one by one
            if exact and any(
                then.get(time, _ZERO) * plan.start_dose != dose * point.dose
                for time, dose in start.items()
            ):
                yield f"day {point.day}: the times do not come down in the same share"
            continue
        for sooner, later in pairwise(order):
            if then.get(later, _ZERO) < start[later] and then.get(sooner, _ZERO) > 0:
                yield f"day {point.day}: {later} comes down before {sooner}"


def _supply(plan: Plan, request: Request) -> Iterator[str]:
    """Day by day: what is needed, the largest step once more, and whole packs that just suffice."""
    if any(not 0 < step.days < _TEN_YEARS for step in plan.steps):
        yield "supply cannot be summed: days"
        return
    needed: dict[str, Decimal] = {}
    largest: dict[str, Decimal] = {}
    for step in plan.steps:
        here: dict[str, Decimal] = {}
        for _ in range(step.days):
            for intake in step.intakes:
                for take in intake.take:
                    here[take.form] = here.get(take.form, _ZERO) + take.amount
        for form, amount in here.items():
            needed[form] = needed.get(form, _ZERO) + amount
            largest[form] = max(largest.get(form, _ZERO), amount)
    named = [supply.form for supply in plan.supply]
    if sorted(named) != sorted(needed):
        yield f"supply names {', '.join(named)}; taken are {', '.join(needed)}"
        return
    forms = {form.id: form for form in request.forms}
    for supply in plan.supply:
        if (supply.needed, supply.reserve) != (needed[supply.form], largest[supply.form]):
            yield f"{supply.form}: supply is not the sum of the days"
        yield from _packs(supply, forms[supply.form])


def _packs(supply: Supply, form: Form) -> Iterator[str]:
    bottle = form.pack if form.kind is Kind.LIQUID and form.pack else _ONE
    short = supply.needed + supply.reserve - supply.dispense
    if supply.dispense % bottle:
        yield f"{supply.form}: {supply.dispense} is not whole"
    if short > 0 or short <= -bottle:
        yield f"{supply.form}: {supply.dispense} for {supply.needed} and {supply.reserve}"
