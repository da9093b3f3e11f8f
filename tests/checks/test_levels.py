"""Two levels of reading: a simple form is held to the same facts and to a lower grade."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from plainleaf.checks import check_content
from plainleaf.content.load import load_handout
from plainleaf.content.model import Handout, for_market, for_reading
from plainleaf.content.wording.units import units
from plainleaf.leaflet import make
from plainleaf.library import Library
from plainleaf.page.setting import Setting
from plainleaf.problems import ContentError, Problem
from plainleaf.ready import checked
from tests.checks.given import ROOT, TEXT, WHOLE, handout, subject

PLAIN = "risks: {text: Mostly mild. Pills sold as food supplements vary in quality., level: D}"


def told(ordinary: str, simple: str) -> list[Problem]:
    """What the rule has against a text with these two forms."""
    two = f'risks: {{text: {{ordinary: "{ordinary}", simple: "{simple}"}}, level: D}}'
    assert TEXT.count(PLAIN) == 1
    found = check_content(subject(TEXT.replace(PLAIN, two)))
    return [each for each in found if each.rule == "simple-says-the-same"]


@pytest.mark.parametrize(
    ("ordinary", "simple"),
    [
        ("Mostly mild, in {zdrug-people} people.", "Mild, in {zdrug-people} people."),
        ("It does not harm most people.", "Most people have no harm."),
        ("See [Tips](#tips), and rest.", "See [Tips](#tips). Rest."),
    ],
)
def test_the_same_in_other_words_is_sound(ordinary: str, simple: str) -> None:
    assert not told(ordinary, simple)


@pytest.mark.parametrize(
    ("ordinary", "simple", "said"),
    [
        ("In {zdrug-people} people.", "In many people.", "{zdrug-people} of the ordinary form is"),
        ("In many people.", "In {zdrug-people} people.", "does not stand in the ordinary form"),
        ("In {zdrug-people} people.", "In {cbti-people} people.", "{cbti-people} does not stand"),
        ("{zdrug-people} or {cbti-people}.", "{cbti-people} or {zdrug-people}.", "another order"),
        ("It takes two days.", "It takes three days.", "the simple form has the number 3"),
        ("It takes two days.", "It takes two weeks.", "counts in"),
        ("It does not harm.", "It harms.", "the ordinary form says not"),
        ("It harms.", "It never harms.", "the simple form says not"),
        ("See [Tips](#tips).", "See [Tips](#options).", "bold words or links"),
    ],
)
def test_a_fact_that_comes_or_goes_is_told_at_its_line(
    ordinary: str, simple: str, said: str
) -> None:
    found = told(ordinary, simple)
    assert any(said in each.message for each in found), found
    line = TEXT[: TEXT.index(PLAIN)].count("\n") + 1
    assert {each.line for each in found} == {line}
    assert {f'simple: "{simple}"' in each.source for each in found} == {True}
    assert {each.source[each.column - 1 :].startswith(f'"{simple}"') for each in found} == {True}


def test_a_lost_not_of_a_red_flag_is_an_error() -> None:
    red = "    blue-lips: Blue lips\n"
    two = "    blue-lips: {ordinary: You do not wake up, simple: You wake up}\n"
    found = check_content(subject(TEXT.replace(red, two)))
    said = [each for each in found if each.rule == "simple-says-the-same"]
    assert [str(each.level) for each in said] == ["error"]


def test_the_simple_form_is_held_to_a_lower_grade() -> None:
    problems = check_content(subject(WHOLE))
    graded = {each.line: each.message for each in problems if each.rule == "reading-grade"}
    assert not any("8 are" in said for said in graded.values())
    simple = [each for each in problems if "the simple form of this section" in each.message]
    assert simple and all("5 are enough" in each.message for each in simple)
    assert all(str(each.level) == "advice" for each in simple), simple


def test_each_level_settles_every_text() -> None:
    loaded = handout(WHOLE).model
    for reading in ("ordinary", "simple"):
        settled = for_reading(loaded, reading)
        assert for_reading(settled, "ordinary") is settled
        paths = [unit.path for unit in units(settled)]
        assert not any({"ordinary", "simple"} & set(path) for path in paths)
    simple = for_market(loaded, "us", "simple")
    ordinary = for_market(loaded, "us")
    assert simple.in_short.message != ordinary.in_short.message
    assert simple.red_flags == ordinary.red_flags
    assert simple.facts == ordinary.facts


def test_a_translation_keeps_its_place_when_a_simple_form_is_added() -> None:
    loaded = handout(WHOLE).model
    before = {unit.context for unit in units(for_reading(loaded, "ordinary"))}
    now = {unit.context for unit in units(loaded)}
    assert before < now
    assert all(context.endswith(".simple") for context in now - before)


def test_a_simple_form_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baclofen-sleep" / "handout.yaml"
    path.parent.mkdir()
    path.write_text(TEXT.replace("blue-lips: Blue lips", "blue-lips: {simple: Blue}"))
    with pytest.raises(ContentError) as caught:
        load_handout(path)
    assert '"ordinary" is missing' in str(caught.value)


def test_an_id_that_says_a_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baclofen-sleep" / "handout.yaml"
    path.parent.mkdir()
    path.write_text(TEXT.replace("    cbti:\n", "    simple:\n"))
    with pytest.raises(ContentError) as caught:
        load_handout(path)
    assert "is a word of the format itself" in str(caught.value)


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_simple_leaflet_passes_every_check_and_says_the_simple_form(code: str) -> None:
    library = Library((ROOT,))
    ready = checked("baclofen-sleep", library, datetime.date(2026, 11, 22), code=code)
    page = make(ready, library, Setting(form="html", reading="simple")).data.decode()
    said: Handout = for_market(ready.said.handout, "uk", "simple")
    usual: Handout = for_market(ready.said.handout, "uk")
    assert str(said.in_short.message) in page
    assert str(usual.in_short.message) not in page
    assert make(ready, library, Setting(reading="simple")).pages


def test_without_simple_forms_it_says_so() -> None:
    library = Library((ROOT,))
    ready = checked("omeprazole", library, datetime.date(2026, 11, 22))
    with pytest.raises(ContentError, match="no text of the handout has a simple form"):
        make(ready, library, Setting(reading="simple"))
