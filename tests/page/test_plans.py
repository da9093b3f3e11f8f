"""The example plan is proved by the dose engine, and said in whole words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from plainleaf.content.model import Handout, for_market
from plainleaf.content.yaml import parse
from plainleaf.page.plans import ExamplePlan, example_plan
from plainleaf.problems import PlainleafError
from plainleaf.taper import model as taper
from plainleaf.taper.handout import pace_of
from tests.hostile.given import spoilt

from .conftest import VOICE

FIVE = (
    "paces:\n",
    "  tablet-5mg:\n    name: 5 mg tablet\n    kind: tablet\n    strength: 5\n    smallest: 1\n"
    "    markets: [uk, us]\n    sources: [study]\n    level: V\n\npaces:\n",
)
LIST = (
    "    rule: fixed\n    bands:\n      - {cut: 5, days: 7}\n    largest_cut: 5\n",
    "    rule: list\n    lists:\n      - {start: 20, steps: [{dose: 10, cut: 10, days: 7}, "
    "{dose: 0, cut: 10, days: 0}]}\n    largest_cut: 10\n",
)


def handout(*changes: tuple[str, str]) -> Handout:
    text = spoilt(*changes)
    return for_market(Handout.model_validate(parse(text.encode(), "x").plain()), "uk")


def plan(*changes: tuple[str, str]) -> ExamplePlan:
    return example_plan(handout(*changes), VOICE)


def rows(plan: ExamplePlan) -> list[tuple[str, str, str, str]]:
    return [
        (row.name, row.dose, " + ".join(take.words for take in row.takes), row.length)
        for row in plan.rows
    ]


def test_one_strength_with_halves() -> None:
    found = plan()
    assert (found.when, found.what) == ("At night", "10\u00a0mg tablets")
    assert rows(found) == [
        ("Now", "20\u00a0mg", "2 tablets", "The dose you take now"),
        ("Step 1", "15\u00a0mg", "1 and a half", "Days 1 to 7"),
        ("Step 2", "10\u00a0mg", "1 tablet", "Days 8 to 14"),
        ("Step 3", "5\u00a0mg", "half a tablet", "Days 15 to 21"),
        ("Stop", "0\u00a0mg", "None", "In all: 21 tablets"),
    ]


def test_two_strengths_are_told_apart() -> None:
    found = plan(
        FIVE,
        ("smallest: 0.5", "smallest: 1"),
        ("forms: [tablet-10mg]", "forms: [tablet-10mg, tablet-5mg]"),
    )
    assert found.what == "Tablets"
    for row in found.rows[1:-1]:
        assert all(" of " in take.words for take in row.takes)
    assert "1 tablet of 10\u00a0mg + 1 tablet of 5\u00a0mg" in [row[2] for row in rows(found)]


@pytest.mark.parametrize(
    ("time", "when"),
    [
        ("morning", "In the morning"),
        ("noon", "At noon"),
        ("evening", "In the evening"),
        ("night", "At night"),
    ],
)
def test_the_time_of_day_heads_the_doses(time: str, when: str) -> None:
    assert plan(("    time: night\n", f"    time: {time}\n")).when == when


def test_a_published_list_is_followed() -> None:
    doses = [row[1].split("\u00a0")[0] for row in rows(plan(LIST))]
    assert doses == ["20", "10", "0"]


def test_what_is_printed_is_what_was_proved() -> None:
    for found in (plan(), plan(LIST)):
        assert len(found.rows) == len(found.plan.steps) + 2
        for row, step in zip(found.rows[1:-1], found.plan.steps, strict=True):
            assert row.dose == f"{step.dose:f}\u00a0mg"
            strength = Decimal(10)
            assert sum(take.amount for take in row.takes) * strength == step.dose
            assert row.length == f"Days {step.day} to {step.day + step.days - 1}"


@pytest.mark.parametrize(
    "change",
    [
        ("    dose: 20\n", "    dose: 22\n"),
        ("smallest: 0.5", "smallest: 1"),
        ("    largest_cut: 5\n", "    largest_cut: 2.5\n"),
        ("    shortest_step: 7\n", "    shortest_step: 14\n"),
    ],
)
def test_a_plan_that_cannot_be_proved_is_not_drawn(change: tuple[str, str]) -> None:
    with pytest.raises(PlainleafError) as raised:
        plan(change)
    assert all(problem.message for problem in raised.value.problems)


def test_a_pace_is_handed_on_whole() -> None:
    pace = handout().paces["slow"]
    fixed: Any = pace_of("slow", pace)
    assert isinstance(fixed, taper.FixedPace)
    assert (fixed.id, fixed.largest_cut, fixed.shortest) == ("slow", Decimal(5), 7)
    assert fixed.bands == (taper.Band(Decimal(5), 7, None),)
    listed: Any = pace_of("slow", handout(LIST).paces["slow"])
    assert isinstance(listed, taper.ListPace)
    assert [step.dose for step in listed.lists[0].steps] == [Decimal(10), Decimal(0)]
    assert listed.source == "A convention."
