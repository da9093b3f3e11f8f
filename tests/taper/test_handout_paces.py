"""Every rule of pace can be written in a handout, and comes to the engine as it was written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from plainleaf.content.paces import Form, Pace
from plainleaf.taper import by_time, proved_plan
from plainleaf.taper.handout import form_of, pace_of
from plainleaf.taper.model import EffectPace, FixedPace, ListPace, PercentPace, Request

SAID: dict[str, Any] = {
    "name": "A pace",
    "largest_cut": "50",
    "shortest_step": "14",
    "source": "study",
    "level": "V",
    "note": "From a study.",
}
BANDS = [{"cut": "50", "days": "14"}]
STEPS = [{"dose": "10", "cut": "10", "days": "14"}, {"dose": "0", "cut": "10", "days": "0"}]
LISTS = [{"start": "20", "steps": STEPS}]
PERCENT = {"rule": "percent", "bands": BANDS, "stop_from": "3", "stop_source": "study"}
EFFECT = {
    "rule": "effect",
    "bands": [{"cut": "10", "days": "14"}],
    "half": "10",
    "half_source": "theory",
}
TABLET = {"name": "20 mg tablet", "kind": "tablet", "strength": "20", "smallest": "0.5"}
LIQUID = {
    "name": "5 mg in 5 mL liquid",
    "kind": "liquid",
    "strength": "1",
    "smallest": "0.5",
    "syringe": {"name": "10 mL oral syringe", "mark": "0.5", "capacity": "10"},
}
MARKET = {"markets": ["uk"], "level": "D"}


def pace(**change: Any) -> Pace:
    return TypeAdapter(Pace).validate_python(SAID | change)


def form(**given: Any) -> Form:
    return TypeAdapter(Form).validate_python(given | MARKET)


@pytest.mark.parametrize(
    ("given", "kind", "doses"),
    [
        ({"rule": "list", "lists": LISTS}, ListPace, [10]),
        ({"rule": "fixed", "bands": [{"cut": "5", "days": "14"}]}, FixedPace, [15, 10, 5]),
        (PERCENT, PercentPace, [10, 5, Decimal("2.5")]),
        (EFFECT, EffectPace, [*map(Decimal, ["13.5", "9.5", "6.5", "4.5", "3", "2", "1"])]),
    ],
)
def test_a_pace_plans_as_it_is_written(
    given: dict[str, Any], kind: type[object], doses: list[Decimal | int]
) -> None:
    made = pace_of("a-pace", pace(**given))
    assert isinstance(made, kind)
    assert made.source == "study"
    forms = (form_of("tablet-20mg", form(**TABLET)), form_of("liquid-1mg-per-ml", form(**LIQUID)))
    dose = by_time({"night": Decimal(20)})
    plan = proved_plan(Request(handout="x", unit="mg", dose=dose, forms=forms, pace=made))
    assert [step.dose for step in plan.steps] == [Decimal(dose) for dose in doses]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"rule": "percent", "bands": BANDS}, 'needs "stop_from"'),
        (PERCENT | {"stop_source": None}, 'needs "stop_source"'),
        ({"rule": "effect", "bands": BANDS}, 'needs "half"'),
        (EFFECT | {"bands": BANDS * 2}, "one band"),
        (EFFECT | {"bands": [{"up_to": "9", "cut": "1", "days": "14"}]}, "one band"),
        ({"rule": "list"}, 'needs "lists"'),
        ({"rule": "fixed"}, 'needs "bands"'),
        ({"rule": "fixed", "bands": BANDS, "half": "1"}, '"half" has no meaning'),
        ({"rule": "list", "lists": LISTS, "bands": BANDS}, '"bands" has no meaning'),
    ],
)
def test_a_pace_without_its_parts_is_refused(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        pace(**change)


def test_a_liquid_and_only_a_liquid_has_a_syringe() -> None:
    with pytest.raises(ValidationError, match="needs the syringe"):
        form(**{key: value for key, value in LIQUID.items() if key != "syringe"})
    with pytest.raises(ValidationError, match="needs the syringe"):
        form(**TABLET, syringe=LIQUID["syringe"])
