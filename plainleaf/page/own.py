"""A patient's own plan in words and days, for the pages that are theirs alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from plainleaf.content.base import Market
from plainleaf.content.model import Handout
from plainleaf.content.wording.phrases import Voice
from plainleaf.page.days import Month, days_of, months_of
from plainleaf.page.plans import Amounts, Taken
from plainleaf.taper.model import TIMES, DoseAt, Intake, Plan, Supply
from plainleaf.taper.patient import PatientFile
from plainleaf.taper.pieces import Bench
from plainleaf.taper.written import to_json


@dataclass(frozen=True)
class AtTime:
    """A dose at one time of the day, and what to take for it."""

    dose: str
    takes: tuple[Taken, ...]


@dataclass(frozen=True)
class Row:
    """One line of the plan: `when` says its days; `doses` has one a time, None for nothing."""

    name: str
    when: str
    doses: tuple[AtTime | None, ...]
    waits: bool = False


@dataclass(frozen=True)
class SupplyRow:
    """What one form comes to: for the plan, to go back one step, to hand out."""

    name: str
    needed: str
    reserve: str
    dispense: str


@dataclass(frozen=True)
class OwnPlan:
    """All that a patient's pages say, beside the words of the templates and of the handout."""

    patient: PatientFile
    made: date
    times: tuple[str, ...]
    rows: tuple[Row, ...]
    supply: tuple[SupplyRow, ...]
    months: tuple[Month, ...]
    dated: bool
    pace: str
    print: str


def own_words(
    plan: Plan,
    dose: tuple[DoseAt, ...],
    patient: PatientFile,
    handout: Handout,
    market: Market,
    today: date,
    voice: Voice,
) -> OwnPlan:
    """The proved plan as it is printed. `dose` is what the person takes now."""
    say, t = Amounts(voice, plan), voice.plain
    times = tuple(time for time in TIMES if any(at.time == time for at in dose))
    rows = [Row(t("plan.now"), t("plan.now-long"), _now(dose, times, say))]
    for place, step in enumerate(plan.steps, start=1):
        name = t("plan.step-number", number=place)
        when = _from(step.day, step.date, voice) if step.date else say.days(step.day, step.days)
        rows.append(Row(name, when, _doses(step.intakes, times, say), waits=True))
    end = _from(plan.end.day, plan.end.date, voice)
    if plan.end.dose:
        rows.append(Row(t("plan.stay"), end, _doses(plan.end.intakes, times, say), waits=True))
    else:
        nothing = AtTime(say.dose(Decimal(0)), (say.nothing(),))
        rows.append(Row(t("plan.stop"), end, tuple(nothing for _ in times), waits=True))
    return OwnPlan(
        patient=patient,
        made=patient.date or today,
        times=times,
        rows=tuple(rows),
        supply=tuple(_supply(item, say, handout, voice) for item in plan.supply),
        months=months_of(days_of(plan, times, voice), plan.steps[0].date, market, voice),
        dated=plan.steps[0].date is not None,
        pace=str(handout.paces[plan.pace].name),
        print=fingerprint(plan),
    )


def fingerprint(plan: Plan) -> str:
    """Eight signs in two groups that stand for this plan's doses and days, and for nobody."""
    signs = hashlib.sha256(json.dumps(to_json(plan), sort_keys=True).encode()).hexdigest()
    return f"{signs[:4]} {signs[4:8]}"


def _now(
    dose: tuple[DoseAt, ...], times: tuple[str, ...], say: Amounts
) -> tuple[AtTime | None, ...]:
    """What is taken today, with pictures where the forms at hand can make it."""
    bench = Bench(tuple(say.forms.values()))
    doses = {
        at.time: AtTime(say.dose(at.dose), say.taken(bench.make(Fraction(at.dose)) or ()))
        for at in dose
    }
    return tuple(doses.get(time) for time in times)


def _doses(
    intakes: tuple[Intake, ...], times: tuple[str, ...], say: Amounts
) -> tuple[AtTime | None, ...]:
    doses = {
        intake.time: AtTime(say.dose(intake.dose), say.taken(intake.take)) for intake in intakes
    }
    return tuple(doses.get(time) for time in times)


def _supply(item: Supply, say: Amounts, handout: Handout, voice: Voice) -> SupplyRow:
    form = say.forms[item.form]
    needed, reserve, dispense = (
        say.counted(amount, form) for amount in (item.needed, item.reserve, item.dispense)
    )
    return SupplyRow(str(handout.forms[item.form].name), needed, reserve, dispense)


def _from(day: int, start: date | None, voice: Voice) -> str:
    if start is None:
        return voice.plain("plan.from-day", number=day)
    return voice.plain("plan.from-date", date=voice.date(start, full=True))
