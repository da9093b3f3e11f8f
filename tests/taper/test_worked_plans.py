"""The table of plans worked by hand: each is made and proved, or refused for the right reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from plainleaf.problems import PlainleafError
from plainleaf.taper import prove, proved_plan
from plainleaf.taper.model import Plan

from .given import TABLE, Row, request, steps, taken


def _amounts(row: Row, key: str) -> dict[str, Decimal]:
    return {form: Decimal(amount) for form, amount in row[key].items()}


@pytest.mark.parametrize("row", TABLE["plans"], ids=lambda row: row["id"])
def test_a_plan_worked_by_hand(row: Row) -> None:
    asked = request(row)
    plan = proved_plan(asked)
    assert [(step.dose, step.days) for step in plan.steps] == steps(row["steps"])
    assert plan.end.day == int(row["end"])
    assert plan.end.dose == Decimal(row.get("end_dose", "0"))
    for key in {"needed", "reserve", "dispense"} & set(row):
        assert {one.form: getattr(one, key) for one in plan.supply} == _amounts(row, key), key
    if "take" in row:
        assert [taken(step.intakes) for step in plan.steps] == row["take"]
    if "end_take" in row:
        assert taken(plan.end.intakes) == row["end_take"]
    if "dates" in row:
        assert _dates(plan) == [date.fromisoformat(day) for day in row["dates"]]
    assert prove(plan, asked) == []


def _dates(plan: Plan) -> list[date | None]:
    return [*(step.date for step in plan.steps), plan.end.date]


@pytest.mark.parametrize("row", TABLE["refused"], ids=lambda row: row["id"])
def test_a_plan_that_must_be_refused(row: Row) -> None:
    with pytest.raises(PlainleafError) as refusal:
        proved_plan(request(row))
    said = " ".join(f"{one.message} {one.hint}" for one in refusal.value.problems)
    assert [words for words in row["says"] if words not in said] == [], said
    assert int(refusal.value.exit_code) == int(row.get("exit", "1"))
    assert "not proved" not in said


def test_the_table_is_as_long_as_promised() -> None:
    ids = [row["id"] for row in (*TABLE["plans"], *TABLE["refused"])]
    assert len(TABLE["plans"]) >= 60
    assert len(TABLE["refused"]) >= 20
    assert len(set(ids)) == len(ids)
