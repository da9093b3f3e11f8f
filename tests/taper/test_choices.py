"""Nothing is chosen for a person: what is missing is named, with what there is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from plainleaf.problems import ContentError, ExitCode, UsageError
from plainleaf.taper import by_time, choose_forms, choose_pace, evenly, proved_plan
from plainleaf.taper.model import DoseAt

from .given import FORMS, PACES, asked

SLOW, LABEL = PACES["slow"], PACES["label"]
TABLET, LIQUID = FORMS["t10h"], FORMS["l1"]


@pytest.mark.parametrize("name", [None, "", "slwo", "fast"])
def test_a_missing_pace_says_which_there_are(name: str | None) -> None:
    with pytest.raises(UsageError, match="there are: label, slow") as refusal:
        choose_pace([LABEL, SLOW], name)
    assert refusal.value.exit_code is ExitCode.USAGE
    assert ("did you mean slow" in str(refusal.value)) == (name == "slwo")


def test_a_missing_form_says_which_there_are() -> None:
    for ids in ([], ["tablet-20mg"]):
        with pytest.raises(UsageError, match="there are: tablet-10mg, liquid-1mg-per-ml"):
            choose_forms([TABLET, LIQUID], ids)


def test_what_is_named_is_found() -> None:
    assert choose_pace([LABEL, SLOW], "slow") is SLOW
    assert choose_forms([TABLET, LIQUID], ["liquid-1mg-per-ml", "tablet-10mg"]) == (LIQUID, TABLET)


def test_a_day_is_split_evenly_or_not_at_all() -> None:
    assert evenly(Decimal(30), 3, "mg") == by_time(
        {"night": Decimal(10), "morning": Decimal(10), "noon": Decimal(10)}
    )
    assert evenly(Decimal(5), 1, "mg", once="morning") == (DoseAt("morning", Decimal(5)),)
    assert [at.dose for at in evenly(Decimal(5), 4, "mg")] == [Decimal("1.25")] * 4
    with pytest.raises(ContentError, match="not an exact dose"):
        evenly(Decimal(5), 3, "mg")
    with pytest.raises(UsageError, match="1, 2, 3 or 4 times"):
        evenly(Decimal(5), 5, "mg")


@pytest.mark.parametrize(
    "change",
    [
        {"dose": (DoseAt("night", 20.0),)},
        {"dose": (DoseAt("night", Decimal(10)), DoseAt("night", Decimal(10)))},
        {"dose": (DoseAt("midnight", Decimal(20)),)},
        {"end": 0.5},
        {"forms": (replace(TABLET, strength=10.0),)},  # type: ignore[arg-type]
        {"pace": replace(SLOW, largest_cut=Decimal("NaN"))},
        {"pace": replace(SLOW, shortest=0)},
        {"pace": replace(SLOW, level="")},
        {"pace": replace(PACES["half"], stop_source="")},
        {"pace": replace(PACES["effect"], half_source="")},
        {"pace": replace(LABEL, lists=())},
    ],
)
def test_a_request_that_contradicts_itself_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ContentError):
        proved_plan(replace(asked("slow 20"), **change))


def test_every_reason_is_given_at_once() -> None:
    request = replace(
        asked("slow 20"), end=Decimal(30), forms=(TABLET, TABLET), pace=replace(SLOW, source="")
    )
    with pytest.raises(ContentError) as refusal:
        proved_plan(request)
    assert len(refusal.value.problems) == 3
