"""A patient file is read strictly, screened, held against the limits, and never quoted."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from plainleaf.content.load import load_handout
from plainleaf.content.model import for_market
from plainleaf.problems import ContentError
from plainleaf.taper.model import Plan
from plainleaf.taper.own import own_plan
from plainleaf.taper.patient import PatientFile, quoting_nothing, read_patient

ROOT = Path(__file__).parents[2]
HANDOUT = for_market(load_handout(ROOT / "handouts/baclofen-sleep/handout.yaml").model, "uk")
TODAY = date(2026, 11, 22)
GOOD: dict[str, Any] = {
    "handout": "baclofen-sleep",
    "name": "Ann Example",
    "prescriber": "Dr Sample",
    "dose": {"night": "20 mg"},
    "pace": "slow",
    "forms": ["tablet-10mg"],
    "screening": dict.fromkeys(HANDOUT.screening, "no"),
    "notes": "Zebra crossing.\nSecond line.",
}


def written(folder: Path, **change: Any) -> Path:
    """The good file with keys changed; None takes a key out."""
    values = {key: value for key, value in (GOOD | change).items() if value is not None}
    path = folder / "patient.yaml"
    path.write_text(yaml.safe_dump(values, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def planned(folder: Path, **change: Any) -> Plan:
    return own_plan(read_patient(written(folder, **change)), HANDOUT, "uk", TODAY)[0]


def refused(folder: Path, **change: Any) -> list[str]:
    with pytest.raises(ContentError) as caught:
        planned(folder, **change)
    for problem in caught.value.problems:
        assert problem.path.endswith("patient.yaml")
        assert problem.source == ""
    return [f"{problem.message} | {problem.hint}" for problem in caught.value.problems]


def test_the_good_file_makes_the_dossiers_plan(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    assert [(int(step.dose), step.days) for step in plan.steps] == [(15, 7), (10, 7), (5, 7)]
    (supply,) = plan.supply
    assert supply.needed == 21
    assert supply.reserve == Decimal("10.5")
    assert supply.dispense == 32


def test_a_days_dose_is_split(tmp_path: Path) -> None:
    plan = planned(tmp_path, dose="60 mg/day", times="3")
    assert [intake.time for intake in plan.steps[0].intakes] == ["morning", "noon", "night"]
    assert plan.start_dose == 60


def test_a_maintenance_dose_and_an_order(tmp_path: Path) -> None:
    doses = {"morning": "10 mg", "night": "10 mg"}
    plan = planned(tmp_path, dose=doses, end="5 mg/day", first=["night"])
    assert plan.end.dose == 5
    assert [intake.time for intake in plan.end.intakes] == ["morning"]


@pytest.mark.parametrize("id", list(HANDOUT.screening))
def test_every_question_must_be_answered_no(tmp_path: Path, id: str) -> None:
    answers = GOOD["screening"]
    (said,) = refused(tmp_path, screening=answers | {id: "yes"})
    assert f'"{id}" is answered yes' in said
    assert "Who makes it: " in said
    assert "{" not in said
    (said,) = refused(tmp_path, screening={key: "no" for key in answers if key != id})
    assert f'question "{id}" has no answer' in said


def test_no_answers_at_all_are_all_told(tmp_path: Path) -> None:
    assert len(refused(tmp_path, screening=None)) == len(HANDOUT.screening) >= 9


def test_a_question_nobody_asked(tmp_path: Path) -> None:
    (said,) = refused(tmp_path, screening=GOOD["screening"] | {"pumps": "no"})
    assert 'no question "pumps", did you mean "pump"?' in said


def test_a_limit_names_itself_and_its_source(tmp_path: Path) -> None:
    doses = dict.fromkeys(("morning", "noon", "evening"), "20 mg") | {"night": "30 mg"}
    said = " ".join(refused(tmp_path, dose=doses))
    assert "daily-dose" in said
    assert "80 mg" in said
    assert "our working" in said
    assert "specialist" in said


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"dose": {"night": "10mg"}}, '"10 mg"'),
        ({"dose": {"night": "½ mg"}}, '"0.5 mg"'),
        ({"dose": {"night": "1,000 mg"}}, "thousand"),
        ({"dose": {"night": "20 mcg"}}, "micrograms"),
        ({"dose": {"night": "5.0 mg"}}, "trailing"),
        ({"dose": {"night": "20 mg/day"}}, 'without "/day"'),
        ({"dose": {"supper": "20 mg"}}, "no such time of day: supper"),
        ({"dose": "20 mg"}, "a day's"),
        ({"dose": "20 mg/day", "times": "5"}, "1, 2, 3 or 4"),
        ({"dose": "10 mg/day", "times": "3"}, "not an exact dose"),
        ({"dose": {"night": "20 mg"}, "times": "1"}, 'Leave out "times"'),
        ({"dose": []}, "should be a dose"),
        ({"dose": {"night": "0 mg"}}, "above zero"),
        ({"pace": None}, "label, slow"),
        ({"pace": "fast"}, "no pace called 'fast'"),
        ({"forms": None}, "tablet-10mg"),
        ({"forms": ["tablet-5mg"]}, "tablet-10mg"),  # is not sold in the UK
        ({"handout": "sertraline"}, "not for"),
        ({"start": "2026-11-21"}, "in the past"),
        ({"start": "2027-02-29"}, "real date"),
        ({"end": "20 mg/day"}, "not below"),
        ({"end": "x"}, "not a number"),
        ({"first": ["noon"]}, "cannot bring down noon first"),
        ({"name": None}, '"name" is missing'),
        ({"name": " "}, "name: is empty"),
        ({"name": "x" * 61}, "at most 60"),
        ({"name": "two\nlines"}, "too many lines"),
        ({"name": "a" + "\u0301" * 9}, "accents"),
        ({"notes": "\n".join("123456789")}, "too many lines"),
        ({"notes": "x" * 401}, "at most 400"),
        ({"phone": "1"}, 'unknown key "phone"'),
        ({"times": "1.5", "dose": "20 mg/day"}, "whole number"),
        ({"together": "perhaps"}, "yes or no"),
        ({"dose": {"night": "22 mg"}}, "cannot be made"),
        ({"pace": "label", "dose": {"night": "25 mg"}}, "20 mg and 30 mg"),
    ],
)
def test_what_is_wrong_is_told_with_its_remedy(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    assert told in " ".join(refused(tmp_path, **change))


def test_a_past_start_on_purpose(tmp_path: Path) -> None:
    plan = planned(tmp_path, start="2026-11-02", start_in_past="yes")
    assert plan.steps[0].date == date(2026, 11, 2)


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\x07", "\ufeff", "\x00"])
def test_hidden_signs_are_refused(tmp_path: Path, sign: str) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"Ann", f"A{sign}n".encode()))
    with pytest.raises(ContentError):
        read_patient(path)


def test_joiners_of_a_name_stay(tmp_path: Path) -> None:
    given = read_patient(written(tmp_path, name="علی\u200cرضا"))
    assert given.model.name == "علی\u200cرضا"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Ann Example" + "!" * 60},
        {"notes": "Zebra " * 100},
        {"prescriber": "Dr Sample\u2028x"},
        {"born": "yesterday Ann Example"},
        {"age": "Zebra"},
        {"screening": {"pump": "Zebra"}},
        {"dose": {"night": "Zebra"}, "name": None},
    ],
)
def test_no_message_quotes_a_person(tmp_path: Path, change: dict[str, Any]) -> None:
    said = " ".join(refused(tmp_path, **change))
    for word in ("Ann", "Example", "Sample", "crossing"):
        assert word not in said
    assert "Zebra" not in said or "dose" in change  # a dose is quoted, to name the right form


def test_a_broken_file_is_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("name: Ann: Example\n  x: [\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_patient(path)
    assert "Ann" not in str(caught.value)
    with pytest.raises(ContentError, match="cannot be read"):
        read_patient(tmp_path / "none.yaml")


def test_a_later_problem_loses_what_it_quotes() -> None:
    from plainleaf.problems import Problem

    patient = PatientFile.model_validate(GOOD | {"dose": "20 mg/day"})
    with pytest.raises(ContentError) as caught, quoting_nothing(patient):
        raise ContentError(Problem('lost: "Ann Example" beside Annual'))
    assert str(caught.value) == 'error: lost: "… …" beside Annual'


def test_the_file_in_the_docs_makes_a_plan(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "patient-file.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "docs.yaml"
    path.write_text(example, encoding="utf-8")
    plan, _ = own_plan(read_patient(path), HANDOUT, "uk", TODAY)
    assert plan.start_dose == 20
    for field in PatientFile.model_fields:
        assert f"`{field}`" in page, field
