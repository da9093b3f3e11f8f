"""Nothing is chosen for a person: what is missing is named, with what there is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from plainleaf.problems import ContentError, ExitCode, UsageError
from plainleaf.taper import by_time, choose_forms, choose_pace, evenly, proved_plan
from plainleaf.taper.model import Band, DoseAt, ListPace, StepList

from .given import FORMS, PACES, asked, changed

SLOW, LABEL = PACES["slow"], PACES["label"]
TABLET, LIQUID = FORMS["t10h"], FORMS["l1"]
assert isinstance(LABEL, ListPace)
LABEL_20 = LABEL.lists[1].steps


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
        {"dose": (changed(DoseAt("night", Decimal(20)), dose=20.0),)},
        {"dose": (DoseAt("night", Decimal("sNaN")),)},
        {"dose": (DoseAt("night", Decimal(10)), DoseAt("night", Decimal(10)))},
        {"dose": (DoseAt("midnight", Decimal(20)),)},
        {"end": 0.5},
        {"end": Decimal("NaN")},
        {"forms": (changed(TABLET, strength=10.0),)},
        {"forms": (changed(TABLET, smallest=Decimal("NaN")),)},
        {"forms": (changed(LIQUID, smallest=Decimal("sNaN")),)},
        {"forms": (changed(LIQUID, pack=Decimal("-1")),)},
        {"forms": (changed(LIQUID, syringe=changed(LIQUID.syringe, mark=Decimal(0))),)},
        {"forms": (changed(LIQUID, syringe=changed(LIQUID.syringe, capacity=Decimal("Inf"))),)},
        {"pace": changed(SLOW, largest_cut=Decimal("NaN"))},
        {"pace": changed(SLOW, bands=())},
        {"pace": changed(SLOW, bands=(Band(Decimal("sNaN"), 7),))},
        {"pace": changed(SLOW, bands=(Band(Decimal(5), 7, Decimal("NaN")),))},
        {"pace": changed(SLOW, shortest=0)},
        {"pace": changed(SLOW, shortest=True)},
        {"pace": changed(SLOW, level="")},
        {"pace": changed(PACES["half"], stop_source="")},
        {"pace": changed(PACES["half"], stop_from=Decimal(0))},
        {"pace": changed(PACES["effect"], half_source="")},
        {"pace": changed(PACES["effect"], half=Decimal(0))},
        {"pace": changed(LABEL, lists=())},
        {"pace": changed(LABEL, lists=(StepList(Decimal(20), ()),))},
        {"pace": changed(LABEL, lists=(StepList(Decimal("sNaN"), LABEL_20),))},
        {"pace": changed(LABEL, lists=(StepList(Decimal(20), LABEL_20[:-1]),))},
        {"pace": changed(LABEL, lists=(StepList(Decimal(25), LABEL_20),))},
        {"pace": changed(LABEL, lists=(StepList(Decimal(20), LABEL_20),) * 2)},
    ],
)
def test_a_request_that_contradicts_itself_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ContentError):
        proved_plan(changed(asked("slow 20"), **change))


def test_every_reason_is_given_at_once() -> None:
    request = replace(
        asked("slow 20"), end=Decimal(30), forms=(TABLET, TABLET), pace=replace(SLOW, source="")
    )
    with pytest.raises(ContentError) as refusal:
        proved_plan(request)
    assert len(refusal.value.problems) == 3
