"""Every text that a reader sees is one unit, under an id that stays the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plainleaf.content.load import load_handout, load_markets
from plainleaf.content.model import Handout
from plainleaf.content.walk import groups, texts
from plainleaf.content.wording.phrases import source_phrases
from plainleaf.content.wording.units import OF_STAFF, UNPRINTED, market_units, phrase_units, units
from tests.content.wording.given import by_context, sample

ROOT = Path(__file__).parents[3]
HANDOUTS = sorted((ROOT / "handouts").glob("*/handout.yaml"))


@pytest.fixture(params=HANDOUTS, ids=lambda path: path.parent.name)
def handout(request: pytest.FixtureRequest) -> Handout:
    return load_handout(request.param).model


def test_each_has_its_own_context_and_no_place_in_a_list(handout: Handout) -> None:
    contexts = [unit.context for unit in units(handout)]
    assert len(contexts) == len(set(contexts)) > 50
    for unit in units(handout):
        assert unit.context == ".".join(unit.path).replace(".ordinary", "")
        assert not any(key.isdigit() for key in unit.path)


def test_every_prose_text_is_there_apart_from_what_no_reader_sees(handout: Handout) -> None:
    prose = {
        ".".join(map(str, at)).replace(".ordinary", ""): text
        for loc, group in groups(handout)
        for at, text in texts(group, loc)
    }
    unprinted = {
        context
        for context in prose
        if context.split(".")[0] in UNPRINTED or context.startswith(".".join(OF_STAFF))
    }
    found = {unit.context: unit.text for unit in units(handout) if unit.prose}
    assert found == {context: text for context, text in prose.items() if context not in unprinted}


def test_of_a_claim_only_what_is_printed(handout: Handout) -> None:
    claims = [unit.context for unit in units(handout) if unit.path[0] == "claims"]
    printed = (
        {id for id, claim in handout.claims.items.items() if claim.print}
        if handout.claims
        else set()
    )
    named = {context.split(".")[2] for context in claims if context.startswith("claims.items.")}
    assert named == printed
    assert not [each for each in claims if each.endswith((".claimed", ".found"))]


def test_the_words_of_facts_that_a_picture_shows() -> None:
    found = {context: unit for context, unit in by_context().items() if unit.path[0] == "facts"}
    assert set(found) == {
        f"facts.rested.{field}" for field in ("what", "who", "time", "versus_what")
    }
    assert not any(unit.prose for unit in found.values())
    assert found["facts.rested.who"].locked  # it has a number: over 65
    assert not found["facts.rested.time"].locked


def test_bars_show_the_arm_too() -> None:
    handout = load_handout(ROOT / "handouts/baclofen-sleep/handout.yaml").model
    contexts = {unit.context for unit in units(handout)}
    assert "facts.kidney-confusion.arm" in contexts
    assert "facts.label-drowsy.what" not in contexts  # a strip says its own words


@pytest.mark.parametrize(
    ("context", "kind", "locked"),
    [
        ("title", "title", False),
        ("tips.title", "title", False),
        ("in_short.message", "dose", True),
        ("in_short.points.missed.text", "text", False),
        ("red_flags.signs.blue", "red-flag", True),
        ("red_flags.title", "red-flag", True),
        ("tapering.signs.emergency.text", "red-flag", True),
        ("tapering.hold.text", "taper", True),
        ("tapering.lead", "taper", True),
        ("tapering.special.items.high", "taper", True),
        ("tapering.words.why.text", "taper", True),
        ("tapering.blank.text", "text", False),
        ("who_should_not.never.items.age.text", "text", True),
        ("who_should_not.care.items.place.text.uk", "text", True),
        ("forms.tablet-10mg.name", "dose", True),
        ("medicine.name", "text", True),
        ("evidence.questions.longer.answer", "text", False),
    ],
)
def test_what_is_locked(context: str, kind: str, locked: bool) -> None:
    unit = by_context()[context]
    assert (unit.kind, unit.locked) == (kind, locked)
    assert ("second person" in unit.note) is locked


def test_a_note_says_what_the_text_is_and_what_its_placeholders_hold() -> None:
    assert by_context()["in_short.message"].note.splitlines() == [
        "The one main message, on the first page.",
        "{most}: 80 mg a day",
        "Dose. A second person must check it.",
    ]
    assert (
        "For the United Kingdom alone."
        in by_context()["who_should_not.care.items.place.text.uk"].note
    )
    assert "keep the (#…)" in by_context()["in_short.points.suddenly.text"].note
    assert "emergency number" in by_context()["tips.items.call.text"].note
    assert by_context()["red_flags.signs.blue"].note.startswith("A sign of an emergency")
    assert by_context()["tapering.special.items.high"].note.startswith("One entry of a list")


def test_a_placeholder_without_a_fact_is_left_to_the_checks() -> None:
    spoilt = sample().model_copy(update={"facts": {}})
    note = next(unit.note for unit in units(spoilt) if unit.context == "in_short.message")
    assert "{most}" not in note


def test_the_headings_of_a_group_come_before_its_words() -> None:
    contexts = list(by_context())
    for head, text in (
        ("in_short.points.wait.lead", "in_short.points.wait.text"),
        ("tapering.words.why.label", "tapering.words.why.text"),
        ("evidence.questions.works.question", "evidence.questions.works.answer"),
    ):
        assert contexts.index(head) + 1 == contexts.index(text)


def test_countries_have_units_of_their_own() -> None:
    found = market_units(load_markets(ROOT / "handouts" / "markets.yaml").model)
    assert [unit.context for unit in found[:4]] == [
        "uk.name", "uk.urgent", "uk.report.text", "uk.report.label",
    ]  # fmt: skip
    assert len(found) == 8 and all("alone" in unit.note for unit in found)


def test_phrases_have_units_of_their_own() -> None:
    phrases = source_phrases(ROOT / "styles" / "phrases")
    found = phrase_units(phrases)
    assert [unit.context for unit in found] == list(phrases)
    assert [bool(unit.plural) for unit in found] == [bool(each.other) for each in phrases.values()]
    for unit in found:
        assert unit.text and unit.note and not unit.prose
        assert not re.search(r"\d\.", unit.context)
