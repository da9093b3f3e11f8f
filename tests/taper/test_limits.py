"""A handout's limits: what they refuse, and what they say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plainleaf.content.model import Handout, for_market
from plainleaf.content.yaml import parse
from plainleaf.problems import ContentError
from plainleaf.taper.limits import breaches
from tests.hostile.given import spoilt

LIMITS = """
limits:
  high: {measure: dose-per-day, at_most: most-a-day, who: a specialist}
  once: {measure: dose-at-once, at_most: most-at-once, who: "a clinic for {most-a-day}"}
  young: {measure: age, at_least: adult, who: {uk: a clinic for children, us: a pediatrician}}
  kidney: {measure: egfr, at_least: kidneys, who: a **kidney** team}

tapering:
"""
FACTS = """
facts:
  most-a-day: {what: most a day, value: 80, unit: mg-per-day, source: study, level: V}
  most-at-once: {what: most at once, value: 1200.5, unit: mg, level: D, note: our own guess}
  adult: {what: from this age, value: 18, unit: count, level: D}
  kidneys: {what: kidney function, value: 30, unit: count, source: study, level: V2}
"""
GIVEN = (("\ntapering:\n", LIMITS), ("\nfacts:\n", FACTS))
WITHIN = {"dose-per-day": "80", "dose-at-once": "1200.5", "age": "18", "egfr": "30"}


def handout(*changes: tuple[str, str]) -> Handout:
    text = spoilt(*changes, text=spoilt(*GIVEN))
    return for_market(Handout.model_validate(parse(text.encode(), "good").plain()), "uk")


def values(**change: str) -> dict[str, Decimal]:
    named = {name.replace("_", "-"): value for name, value in change.items()}
    return {name: Decimal(value) for name, value in (WITHIN | named).items()}


def test_at_the_limit_all_is_well() -> None:
    assert breaches(handout(), values()) == []


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        (
            {"dose_per_day": "80.5"},
            "limit high: the dose a day is more than 80 mg a day",
            "no option goes around it: a specialist must make this plan."
            " The limit is from Doe J. A study of sleep. J Sleep 2020",
        ),
        (
            {"dose_at_once": "1201"},
            "limit once: the dose at one time is more than 1200.5 mg",
            "no option goes around it: a clinic for 80 mg a day must make this plan."
            " The limit is from our working: our own guess",
        ),
        (
            {"age": "17"},
            "limit young: the age is less than 18 years",
            "no option goes around it: a clinic for children must make this plan."
            " The limit is from our working",
        ),
        (
            {"egfr": "29.5"},
            "limit kidney: the eGFR is less than 30 mL/min/1.73 m²",
            "no option goes around it: a kidney team must make this plan."
            " The limit is from Doe J. A study of sleep. J Sleep 2020",
        ),
    ],
)
def test_past_the_limit_it_says_who_makes_the_plan_and_the_source(
    change: dict[str, str], message: str, hint: str
) -> None:
    (problem,) = breaches(handout(), values(**change))
    assert (problem.message, problem.hint) == (message, hint)


def test_every_limit_that_is_passed_is_told_and_no_value_is_repeated() -> None:
    found = breaches(handout(), values(dose_per_day="777", dose_at_once="7777", age="7", egfr="7"))
    assert [each.message.split(":")[0] for each in found] == [
        "limit high",
        "limit once",
        "limit young",
        "limit kidney",
    ]
    assert "7" not in "".join(each.message + each.hint for each in found).replace("1.73", "")


def test_what_is_not_known_is_not_held_against_anybody() -> None:
    assert breaches(handout(), {}) == []
    assert breaches(handout(), {"age": Decimal(90)}) == []


def test_a_derived_limit_is_our_working_even_where_it_names_a_source() -> None:
    derived = handout(
        ("source: study, level: V}\n  most-at", "source: study, level: D}\n  most-at")
    )
    (problem,) = breaches(derived, values(dose_per_day="81"))
    assert problem.hint.endswith("The limit is from our working")


@pytest.mark.parametrize(
    "change",
    [
        ("at_most: most-a-day", "at_most: nowhere"),
        ("value: 80, unit: mg-per-day", "low: 70, high: 80, unit: mg-per-day"),
        ("value: 80, unit: mg-per-day", "value: 80, unit: days"),
        ("value: 1200.5, unit: mg,", "value: 1200.5, unit: mg-per-day,"),
        ("value: 18, unit: count", "value: 18, unit: mg"),
    ],
)
def test_a_limit_that_cannot_be_held_against_anything_refuses(change: tuple[str, str]) -> None:
    with pytest.raises(ContentError, match="needs a fact that it can be held against"):
        breaches(handout(change), {})
