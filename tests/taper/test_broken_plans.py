"""Breaks plans and the planner on purpose: the proof catches each."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from plainleaf.problems import ContentError
from plainleaf.taper import paces, proof, prove, proved_plan
from plainleaf.taper import plan as planner
from plainleaf.taper.model import Form, Intake, Plan, Request, Step, Supply, Take
from plainleaf.taper.pieces import Bench

from .given import FORMS, PACES, asked

THREE, SLOW, ONE_DAY = "label 30 in three", "slow 60", "one day"
LIQUID, HALF, KEEP = "nice-50 100", "half 100", "slow 30 down to 15"
EFFECT, CAPSULES, LEAP = "effect 10 tablets", "capsules two a time", "over a leap day"
BANDS, TOGETHER = "slow 35 stops at the edge of 30", "mirror 60 together"
Break = Callable[[Plan], Plan]
D = Decimal


def _step(index: int, change: Callable[[Step], Step]) -> Break:
    def broken(plan: Plan) -> Plan:
        steps = list(plan.steps)
        steps[index] = change(steps[index])
        return replace(plan, steps=tuple(steps))

    return broken


def _intake(index: int, change: Callable[[Intake], Intake]) -> Break:
    """The last intake of a step, and the step's dose with it."""

    def broken(step: Step) -> Step:
        intakes = (*step.intakes[:-1], change(step.intakes[-1]))
        return replace(step, intakes=intakes, dose=sum((one.dose for one in intakes), D(0)))

    return _step(index, broken)


def _take(index: int, *takes: Take, dose: str | None = None) -> Break:
    def broken(intake: Intake) -> Intake:
        return replace(intake, take=takes, dose=D(dose) if dose else intake.dose)

    return _intake(index, broken)


def _supply(change: Callable[[Supply], Supply]) -> Break:
    return lambda plan: replace(plan, supply=(change(plan.supply[0]), *plan.supply[1:]))


def _without(index: int) -> Break:
    """A step left out, and everything after it moved up."""

    def broken(plan: Plan) -> Plan:
        gone = plan.steps[index]
        steps = [
            step if step.day < gone.day else replace(step, day=step.day - gone.days)
            for step in plan.steps
            if step is not gone
        ]
        end = replace(plan.end, day=plan.end.day - gone.days)
        return replace(plan, steps=tuple(steps), end=end)

    return broken


def _swapped(plan: Plan) -> Plan:
    """The second and third step in each other's place."""
    first, second, third, *rest = plan.steps
    steps = (first, replace(third, day=second.day), replace(second, day=third.day), *rest)
    return replace(plan, steps=steps)


def _other_form(**change: Any) -> Break:
    return lambda plan: replace(plan, forms=(replace(plan.forms[0], **change), *plan.forms[1:]))


PLANS: list[tuple[str, str, Break]] = [
    ("a quarter more", THREE, _take(2, Take("tablet-10mg", D("0.75")))),
    ("a whole for a half", THREE, _take(2, Take("tablet-10mg", D(1)))),
    ("half of the dose said", THREE, _intake(1, lambda one: replace(one, dose=D(5)))),
    ("an amount too fine by a hair", THREE, _take(2, Take("tablet-10mg", D("0.50000001")))),
    ("a negative amount", THREE, _take(2, Take("tablet-10mg", D("-0.5")))),
    ("not a number", THREE, _take(2, Take("tablet-10mg", D("NaN")))),
    ("endless digits", THREE, _take(2, Take("tablet-10mg", D("0.5" + "0" * 69 + "1")))),
    ("a form not at hand", THREE, _take(2, Take("tablet-5mg", D(1)))),
    ("the same form twice", SLOW, _take(0, Take("tablet-10mg", D(1)), Take("tablet-10mg", D(1)))),
    ("nothing to take", THREE, _take(2)),
    ("a third of a tablet", THREE, _take(2, Take("tablet-10mg", D("0.3")), dose="3")),
    ("a split capsule", CAPSULES, _take(1, Take("capsule-20mg", D("0.5")), dose="10")),
    ("five pieces", EFFECT, _take(1, Take("tablet-1mg", D(5)))),
    ("more draws than four", LIQUID, _take(0, Take("liquid-1mg-per-ml", D(50)))),
    ("between the marks", LIQUID, _take(3, Take("liquid-1mg-per-ml", D("6.2")), dose="6.2")),
    ("a dose that rises", SLOW, _take(4, Take("tablet-10mg", D(4)), dose="40")),
    ("steps swapped", SLOW, _swapped),
    ("a step left out", SLOW, _without(3)),
    ("the first step left out", SLOW, _without(0)),
    ("the last step left out", SLOW, _without(7)),
    ("a step left out of a list", LIQUID, _without(2)),
    ("a step left out of a percentage", HALF, _without(1)),
    ("a step left out of even effects", EFFECT, _without(2)),
    ("the only step left out", ONE_DAY, _without(0)),
    ("a shorter step", SLOW, _step(2, lambda step: replace(step, days=6))),
    ("a step of no days", SLOW, _step(2, lambda step: replace(step, days=0))),
    ("days counted back", SLOW, _step(2, lambda step: replace(step, days=-7))),
    ("half a day", SLOW, _step(2, lambda step: replace(step, days=7.5))),  # type: ignore[arg-type]
    ("a day late", SLOW, _step(3, lambda step: replace(step, day=step.day + 1))),
    ("ends a day early", SLOW, lambda plan: replace(plan, end=replace(plan.end, day=56))),
    ("never stops", SLOW, lambda plan: replace(plan, end=replace(plan.end, dose=D(5)))),
    ("stops below", KEEP, lambda plan: replace(plan, end=replace(plan.end, dose=D(0), intakes=()))),
    ("nothing to keep on", KEEP, lambda plan: replace(plan, end=replace(plan.end, intakes=()))),
    ("a date too late", LEAP, _step(2, lambda step: replace(step, date=date(2028, 3, 6)))),
    ("no date", LEAP, _step(2, lambda step: replace(step, date=None))),
    ("a date unasked", SLOW, _step(2, lambda step: replace(step, date=date(2028, 3, 6)))),
    ("another time of day", SLOW, _intake(2, lambda one: replace(one, time="evening"))),
    ("the same time twice", THREE, _step(0, lambda s: replace(s, intakes=s.intakes[:1] * 2))),
    ("an intake missing", THREE, _step(0, lambda s: replace(s, intakes=s.intakes[:1]))),
    ("too little needed", SLOW, _supply(lambda one: replace(one, needed=one.needed - 1))),
    ("no reserve", SLOW, _supply(lambda one: replace(one, reserve=D(0)))),
    ("too little to hand out", SLOW, _supply(lambda one: replace(one, dispense=D(171)))),
    ("too much to hand out", SLOW, _supply(lambda one: replace(one, dispense=D(173)))),
    ("half a tablet to hand out", SLOW, _supply(lambda one: replace(one, dispense=D("171.5")))),
    ("a form not supplied", LIQUID, lambda plan: replace(plan, supply=plan.supply[1:])),
    ("a form supplied twice", SLOW, lambda plan: replace(plan, supply=plan.supply * 2)),
    ("part of a bottle", LIQUID, lambda plan: _liquid_dispensed(plan, D(210))),
    ("another strength", THREE, _other_form(strength=D(20))),
    ("another split", THREE, _other_form(smallest=D("0.25"))),
    ("another start", THREE, lambda plan: replace(plan, start_dose=D(20))),
    ("another pace", THREE, lambda plan: replace(plan, pace="slow")),
    ("another handout", THREE, lambda plan: replace(plan, handout="other")),
    ("another unit", THREE, lambda plan: replace(plan, unit="g")),
    ("no steps", THREE, lambda plan: replace(plan, steps=())),
    ("two liquids", LIQUID, lambda plan: replace(plan, forms=(*plan.forms, FORMS["l5"]))),
    ("steps are words", THREE, lambda plan: replace(plan, steps="none")),  # type: ignore[arg-type]
]


def _liquid_dispensed(plan: Plan, volume: Decimal) -> Plan:
    *others, liquid = plan.supply
    return replace(plan, supply=(*others, replace(liquid, dispense=volume)))


@pytest.mark.parametrize(("name", "base", "broken"), PLANS, ids=[row[0] for row in PLANS])
def test_the_proof_catches_a_broken_plan(name: str, base: str, broken: Break) -> None:
    request = asked(base)
    plan = proved_plan(request)
    changed = broken(plan)
    assert changed != plan
    assert prove(plan, request) == []
    assert prove(changed, request) != []


class _Careless(Bench):
    """Takes the next dose it can make, whatever was asked."""

    def make(self, dose: Fraction, stay_liquid: bool = False) -> tuple[Take, ...] | None:
        return super().make(self.least(dose + Fraction(1, 10)) or dose, stay_liquid)


class _Greedy(Bench):
    """Forgets how many pieces are too many."""

    def __init__(self, forms: tuple[Form, ...], most: int = 6) -> None:
        super().__init__(forms, most)


class _Down(Bench):
    """Rounds to the dose below, toward the larger cut."""

    def least(self, target: Fraction) -> Fraction | None:
        below = [step for step in range(1, 400) if Fraction(step, 4) <= target]
        found = [Fraction(n, 4) for n in below if self.make(Fraction(n, 4))]
        return max(found, default=super().least(target))


class _Up(Bench):
    """Rounds up to the dose after the next."""

    def least(self, target: Fraction) -> Fraction | None:
        least = super().least(target)
        return least if least is None else super().least(least + Fraction(1, 100))


class _Quartering(Bench):
    """Splits whatever it is given into quarters."""

    def __init__(self, forms: tuple[Form, ...]) -> None:
        super().__init__([replace(one, smallest=D("0.25")) for one in forms])


def _faster(request: Request, now: Fraction) -> paces.Cut:
    cut = paces.next_cut(request, now)
    return replace(cut, target=max(cut.target - Fraction(5), Fraction(request.end)))


def _slower(request: Request, now: Fraction) -> paces.Cut:
    cut = paces.next_cut(request, now)
    return replace(cut, target=now - Fraction(5))


def _hurried(request: Request, now: Fraction) -> paces.Cut:
    cut = paces.next_cut(request, now)
    return replace(cut, days=max(cut.days - 1, 1))


def _lingering(request: Request, now: Fraction) -> paces.Cut:
    cut = paces.next_cut(request, now)
    return replace(cut, days=cut.days + 1)


def _stops_early(request: Request, now: Fraction) -> paces.Cut:
    cut = paces.next_cut(request, now)
    return replace(cut, target=Fraction(0), exact=True) if cut.target <= 5 else cut


def _other_pace(request: Request, now: Fraction) -> paces.Cut:
    return paces.next_cut(replace(request, pace=PACES["by-5"]), now)


def _even(now: Mapping[str, Fraction], target: Fraction, *_: object) -> dict[str, Fraction]:
    total = sum(now.values())
    return {time: dose * target / total for time, dose in now.items()}


def _no_reserve(steps: list[Step], form: Form) -> Supply:
    supply = _real_supply(steps, form)
    return replace(supply, reserve=D(0), dispense=supply.needed)


def _one_day_each(steps: list[Step], form: Form) -> Supply:
    return _real_supply([replace(step, days=1) for step in steps], form)


def _late(request: Request, day: int) -> date | None:
    return request.start + timedelta(days=day) if request.start else None


_real_supply = planner._supply
PLANNERS: list[tuple[str, str, str, object]] = [
    ("takes another dose", SLOW, "Bench", _Careless),
    ("takes many pieces", "30 mg of small tablets", "Bench", _Greedy),
    ("rounds down", HALF, "Bench", _Down),
    ("rounds up too far", HALF, "Bench", _Up),
    ("rounds even effects up too far", EFFECT, "Bench", _Up),
    ("rounds even effects down", EFFECT, "Bench", _Down),
    ("quarters what may be halved", "by-5 in halves", "Bench", _Quartering),
    ("splits capsules", "by-5 from capsules", "Bench", _Quartering),
    ("cuts more", SLOW, "next_cut", _faster),
    ("cuts more on a list", THREE, "next_cut", _stops_early),
    ("cuts less", SLOW, "next_cut", _slower),
    ("shortens steps", SLOW, "next_cut", _hurried),
    ("shortens listed steps", THREE, "next_cut", _hurried),
    ("lengthens steps", SLOW, "next_cut", _lingering),
    ("stops early", HALF, "next_cut", _stops_early),
    ("stops even effects early", EFFECT, "next_cut", _stops_early),
    ("changes the pace", SLOW, "next_cut", _other_pace),
    ("crosses the edge of a band", BANDS, "next_cut", _faster),
    ("brings down another time first", SLOW, "coming_down", lambda _: ("night", "noon", "morning")),
    ("brings all down together", "slow 20 in quarters", "lowered", _even),
    ("keeps no reserve", SLOW, "_supply", _no_reserve),
    ("forgets the days", SLOW, "_supply", _one_day_each),
    ("counts a date too many", LEAP, "_date", _late),
    ("supplies nothing", SLOW, "_uses", lambda *_: False),
    ("takes two liquids", "two liquids", "check", lambda _: None),
    ("takes a split capsule", "a split capsule", "check", lambda _: None),
    ("takes a cut above the largest", "a wide pace", "check", lambda _: None),
    ("takes a step below the shortest", "a short pace", "check", lambda _: None),
]


def _unsound(name: str) -> Request:
    """Requests that only a broken planner would plan."""
    slow = asked("slow 20 in two")
    return {
        "30 mg of small tablets": replace(asked("slow 30 at night"), forms=(FORMS["t5"],)),
        "by-5 in halves": replace(slow, pace=PACES["by-2.5"]),
        "by-5 from capsules": replace(slow, forms=(FORMS["c10"],)),
        "slow 20 in quarters": replace(slow, forms=(FORMS["t10q"],)),
        "two liquids": replace(slow, forms=(FORMS["l1"], FORMS["l5"])),
        "a split capsule": replace(slow, forms=(replace(FORMS["split-capsule"], strength=D(10)),)),
        "a wide pace": replace(slow, pace=PACES["wide"]),
        "a short pace": replace(slow, pace=PACES["short"]),
    }.get(name) or asked(name)


@pytest.mark.parametrize(
    ("name", "base", "part", "broken"), PLANNERS, ids=[row[0] for row in PLANNERS]
)
def test_the_proof_catches_a_broken_planner(
    name: str, base: str, part: str, broken: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = _unsound(base)
    monkeypatch.setattr(planner, part, broken)
    with pytest.raises(ContentError, match="not proved"):
        proved_plan(request)


def test_enough_is_broken() -> None:
    assert len(PLANS) >= 20
    assert len(PLANNERS) >= 20


def test_the_proof_shares_nothing_with_the_planner() -> None:
    """It imports the model, itself and the standard library."""
    folder = Path(proof.__file__).parent
    for name in ("proof.py", "proof_pace.py", "proof_pieces.py"):
        tree = ast.parse((folder / name).read_text(encoding="utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} | {
            one.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for one in node.names
        }
        ours = {module for module in imported if module and module.startswith("plainleaf")}
        assert ours <= {f"plainleaf.taper.{one}" for one in ("model", "proof_pace", "proof_pieces")}
        assert "fractions" not in imported
