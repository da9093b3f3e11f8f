"""What a clinic's files may say, and what they may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf.content.clinic import contrast, letterhead, load_clinic
from plainleaf.content.clinic_wording import rewordable, reworded
from plainleaf.content.wording.catalog import Catalog, Entry
from plainleaf.content.wording.units import Unit
from plainleaf.problems import ContentError

GOOD = """id: mine
name: My Clinic
written: 2026-11-22
telephones: {questions: 01632 960 123}
hours: {en: "Monday to Friday, 9 to 5"}
accent: "#5b2a6e"
roles: {nurse: {en: our nurse}}
notes:
  tips: {en: "Bring your questions to {nurse}."}
"""
UNITS = (
    Unit("a", "It may help {fact-a} people sleep.", ("a",), "", False, "text"),
    Unit("b", "Never stop it suddenly.", ("b",), "", False, "text"),
    Unit("c", "Take {dose}.", ("c",), "", True, "dose"),
)


def write(folder: Path, text: str) -> Path:
    path = folder / "mine" / "clinic.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_clinic_is_read(tmp_path: Path) -> None:
    head = letterhead(load_clinic(write(tmp_path, GOOD)), "en")
    assert head.questions == "01632 960 123"
    assert head.notes == {"tips": "Bring your questions to our nurse."}


@pytest.mark.parametrize(
    ("old", "new", "said", "line"),
    [
        ("Bring your questions to {nurse}.", "Take it later.", "could change what", 9),
        ("Bring your questions to {nurse}.", "Wait two days.", "could change what", 9),
        ("Bring your questions to {nurse}.", "Call 01632 960 999.", "a telephone number", 9),
        ("{nurse}", "{fact-a}", "is no role", 9),
        ("9 to 5", "take 5 mg", "could change what", 5),
        ("01632 960 123", "call us", "should be a telephone number", 4),
        ("#5b2a6e", "#ffcc00", "is too pale", 6),
        ("id: mine", "id: other", "the folder is called", 1),
        ("roles:", "logo: logo.svg\nroles:", "there is no logo", 7),
        ("tips:", "cover:", "", 9),
    ],
)
def test_what_it_may_not_say(tmp_path: Path, old: str, new: str, said: str, line: int) -> None:
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ContentError) as caught:
        load_clinic(path)
    assert any(said in each.message and each.line == line for each in caught.value.problems)


def test_a_text_that_is_missing_in_a_language_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"hours.*es"):
        letterhead(load_clinic(write(tmp_path, GOOD)), "es")


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


def says(context: str, source: str, target: str, *flags: str) -> tuple[dict[str, str], str]:
    entry = Entry(f"h/{context}", source, (target,), flags=flags, line=7)
    catalog = Catalog("en", (entry,), path="clinics/mine/wording.en.po")
    texts, problems = reworded("h", UNITS, rewordable("h", UNITS, UNITS), catalog)
    assert all(problem.line == 7 for problem in problems)
    return {path[0]: text for path, text in texts.items()}, " ".join(
        problem.message for problem in problems
    )


def test_a_sentence_is_reworded() -> None:
    new = "It may help {fact-a} people to sleep."
    assert says("a", UNITS[0].text, new) == ({"a": new}, "")
    assert says("a", UNITS[0].text, "") == ({}, "")


@pytest.mark.parametrize(
    ("context", "new", "said"),
    [
        ("a", "It may help people sleep.", "placeholder"),
        ("a", "It will help {fact-a} people sleep.", 'the words for "may"'),
        ("a", "It may help {fact-a} of 30 people sleep.", "number 30"),
        ("a", "It may not help {fact-a} people sleep.", "not, never or without"),
        ("a", "Take it: it may help {fact-a} people sleep.", 'a word for "take"'),
        ("b", "Stop it suddenly.", "not, never or without"),
        ("b", "Never stop it.", 'the words for "sudden"'),
        ("c", "Swallow {dose}.", "is locked"),
        ("d", "Anything.", "there is no text"),
    ],
)
def test_what_no_clinic_may_change(context: str, new: str, said: str) -> None:
    source = {unit.context: unit.text for unit in UNITS}.get(context, "Gone.")
    texts, told = says(context, source, new)
    assert texts == {} and said in told


def test_a_changed_sentence_makes_it_stale() -> None:
    assert "is stale" in says("b", "Never stop.", "Do not stop.")[1]
    assert "is stale" in says("b", UNITS[1].text, "Do not stop it suddenly.", "fuzzy")[1]
