"""The JSON form of a plan, as docs/plan-json.md describes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from plainleaf.taper.exact import text
from plainleaf.taper.model import Form, Intake, Plan


def to_json(plan: Plan) -> dict[str, object]:
    """The plan as JSON values: numbers of days are integers, doses and amounts exact strings."""
    end: dict[str, object] = {"day": plan.end.day, "date": _date(plan.end.date)}
    end["dose"] = text(plan.end.dose)
    if plan.end.intakes:
        end["intakes"] = [_intake(intake) for intake in plan.end.intakes]
    return {
        "handout": plan.handout,
        "pace": plan.pace,
        "unit": plan.unit,
        "start_dose": text(plan.start_dose),
        "forms": [_form(form) for form in plan.forms],
        "steps": [
            {
                "day": step.day,
                "date": _date(step.date),
                "days": step.days,
                "dose": text(step.dose),
                "intakes": [_intake(intake) for intake in step.intakes],
            }
            for step in plan.steps
        ],
        "supply": [
            {
                "form": supply.form,
                "needed": text(supply.needed),
                "reserve": text(supply.reserve),
                "dispense": text(supply.dispense),
            }
            for supply in plan.supply
        ],
        "end": end,
    }


def _form(form: Form) -> dict[str, object]:
    written: dict[str, object] = {"id": form.id, "strength": text(form.strength), "per": form.per}
    written["smallest"] = text(form.smallest)
    if form.pack is not None:
        written["pack"] = text(form.pack)
    if form.syringe is not None:
        syringe = form.syringe
        marks: tuple[tuple[str, Decimal], ...]
        marks = (("mark", syringe.mark), ("capacity", syringe.capacity))
        written["syringe"] = {"name": syringe.name} | {name: text(mL) for name, mL in marks}
    return written


def _intake(intake: Intake) -> dict[str, object]:
    return {
        "time": intake.time,
        "dose": text(intake.dose),
        "take": [{"form": take.form, "amount": text(take.amount)} for take in intake.take],
    }


def _date(value: date | None) -> str | None:
    return value.isoformat() if value else None
