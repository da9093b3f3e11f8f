"""Random plans: each is proved, or refused with a reason.

At least 1,000 plans are made, and at least 20,000 with PLAINLEAF_NIGHTLY=1.
"""

from __future__ import annotations

import json
import os
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plainleaf.problems import PlainleafError
from plainleaf.taper import prove, proved_plan, to_json
from plainleaf.taper.model import Form, Plan, Request
from plainleaf.taper.pieces import Bench

from .random_requests import forms, requests

PLANS = 20_000 if os.environ.get("PLAINLEAF_NIGHTLY") == "1" else 1_000
TRIES = settings(
    max_examples=PLANS * 5 // 2, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def _plan(request: Request) -> Plan | None:
    """The plan, or None after a look at the refusal."""
    try:
        return proved_plan(request)
    except PlainleafError as refusal:
        for problem in refusal.problems:
            assert "not proved" not in problem.message, problem
            assert problem.message
            assert problem.hint, problem
        return None


def test_every_plan_is_proved_or_refused_with_a_reason() -> None:
    planned: list[bool] = []

    @TRIES
    @given(requests())
    def proved(request: Request) -> None:
        plan = _plan(request)
        planned.append(plan is not None)
        if plan is not None:
            assert prove(plan, request) == []
            _adds_up(json.loads(json.dumps(to_json(plan))))

    proved()
    assert sum(planned) >= PLANS


def _adds_up(written: dict[str, Any]) -> None:
    """A third arithmetic, over the JSON form that others read."""
    strength = {form["id"]: Fraction(form["strength"]) for form in written["forms"]}
    before, total = Fraction(written["start_dose"]), dict.fromkeys(strength, Fraction(0))
    for step in written["steps"]:
        day = Fraction(0)
        for intake in step["intakes"]:
            made = sum(Fraction(one["amount"]) * strength[one["form"]] for one in intake["take"])
            assert made == Fraction(intake["dose"]) > 0
            day += made
            for one in intake["take"]:
                total[one["form"]] += Fraction(one["amount"]) * step["days"]
        assert day == Fraction(step["dose"]) < before
        before = day
    assert {one["form"]: Fraction(one["needed"]) for one in written["supply"]} == {
        form: amount for form, amount in total.items() if amount
    }
    assert "E" not in json.dumps(written["steps"])


@settings(TRIES, max_examples=PLANS // 5)
@given(forms(most=2), st.integers(1, 400), st.integers(1, 7))
def test_what_can_be_made_is_what_trying_everything_makes(
    at_hand: tuple[Form, ...], tenths: int, share: int
) -> None:
    target = Fraction(tenths, 10) * Fraction(share, 7)
    bench, sums = Bench(at_hand), _everything(at_hand)
    above = [total for total in sums if total >= target]
    assert bench.least(target) == (min(above) if above else None)
    dose = Fraction(tenths, 10)
    assert (bench.make(dose) is not None) == (dose in sums)


def _everything(at_hand: tuple[Form, ...]) -> set[Fraction]:
    """Every sum of at most four pieces or draws, by trying them all."""
    pieces: set[Fraction] = set()
    drawn: dict[int, set[Fraction]] = {0: {Fraction(0)}}
    for form in at_hand:
        if form.syringe is None:
            shares = (Decimal(1), Decimal("0.5"), Decimal("0.25"))
            allowed = (share for share in shares if share >= form.smallest)
            pieces |= {Fraction(form.strength * share) for share in allowed}
            continue
        volume = mark = form.syringe.mark
        while volume <= 4 * form.syringe.capacity:
            if volume >= form.smallest:
                draws = next(n for n in range(1, 5) if volume <= n * form.syringe.capacity)
                drawn.setdefault(draws, set()).add(Fraction(volume * form.strength))
            volume += mark
    made: set[Fraction] = set()
    for count in range(5):
        solids = {sum(some, Fraction(0)) for some in combinations_with_replacement(pieces, count)}
        for draws, volumes in drawn.items():
            if count + draws <= 4:
                made |= {solid + volume for solid in solids for volume in volumes}
    return made - {Fraction(0)}
