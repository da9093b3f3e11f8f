"""The JSON form that others read, and its page in the docs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from plainleaf.taper import proved_plan, to_json

from .given import asked

PAGE = Path(__file__).parents[2] / "docs" / "plan-json.md"


def test_the_example_in_the_docs_is_a_real_plan() -> None:
    (printed,) = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    request = replace(asked("slow 10"), handout="baclofen-sleep")
    assert json.loads(printed) == to_json(proved_plan(request))
    assert list(json.loads(printed)) == list(to_json(proved_plan(request)))


def test_a_liquid_a_date_and_a_dose_to_keep_are_written() -> None:
    written = to_json(proved_plan(asked("quarter 20 down to 10")))
    assert written["forms"] == [
        {
            "id": "liquid-1mg-per-ml",
            "strength": "1",
            "per": "mL",
            "smallest": "0.5",
            "pack": "100",
            "syringe": {"name": "10 mL oral syringe", "mark": "0.5", "capacity": "10"},
        }
    ]
    assert written["end"] == {
        "day": 57,
        "date": None,
        "dose": "10",
        "intakes": [
            {"time": "night", "dose": "10", "take": [{"form": "liquid-1mg-per-ml", "amount": "10"}]}
        ],
    }
    dated = to_json(proved_plan(asked("over a leap day")))
    assert dated["end"] == {"day": 22, "date": "2028-03-12", "dose": "0"}


def test_every_key_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in ("quarter 20 down to 10", "slow 30"):
        assert [key for key in _keys(to_json(proved_plan(asked(name)))) if key not in page] == []


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in _keys(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in _keys(inner)}
    return set()
