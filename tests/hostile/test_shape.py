"""Keys, kinds and numbers that are wrong: refused at their place, nothing written."""

from __future__ import annotations

import pytest

from .given import Room, refuse, spoilt

NUMBER = "should be a plain number such as 5 or 0.5, without commas or signs"
DATE = "should be a real date written year-month-day, such as 2026-11-22"
VALUE = "    value: 1162"

# What stands in the good handout, what is put there (the caret is expected at ‸), what is said.
CASES = {
    "unknown key": (
        "icon: moon",
        "‸icno: moon",
        'unknown key "icno", did you mean "icon"?',
    ),
    "unknown key, deep": (
        "      people: better",
        "      ‸peple: better",
        'unknown key "peple", did you mean "people"?',
    ),
    "unknown key, nothing near": (
        "icon: moon",
        "‸xyzzy: moon",
        'unknown key "xyzzy"',
    ),
    "unknown choice": (
        "kind: information",
        "kind: ‸medicin",
        "kind: should be one of 'medicine', 'information', did you mean \"medicine\"?",
    ),
    "a list for a text": ("title: Sleeping better", "title: ‸[a, b]", "title: should be text"),
    "a text for a list": ("markets: [uk, us]\n\n", "markets: ‸uk\n\n", "markets: should be a list"),
    "a text for a group": (
        "medicine:\n  name: samplin",
        "medicine: ‸samplin",
        "medicine: should be a group of keys and values",
    ),
    "no market": (
        "markets: [uk, us]\n\n",
        "markets: ‸[]\n\n",
        "markets: is empty: write at least one",
    ),
    "missing key": ("written: 2026-11-22\n", "", '"written" is missing'),
    "missing key, deep": (
        "      lead: Keep a time.\n      text",
        "      ‸text",
        '"lead" is missing in in_short.points.same-time',
    ),
    "empty text": (
        "subtitle: What helps, and what does not",
        'subtitle: ‸""',
        "subtitle: is empty: write something, or take the key out",
    ),
    "a path for a picture": (
        "icon: moon",
        "icon: ‸../../../etc/passwd",
        "icon: should be an id: small letters and digits, joined by single hyphens",
    ),
    # Numbers are refused or kept as written, never read as another.
    "octal": (VALUE, "    value: ‸010", f"facts.study-people.value: {NUMBER}"),
    "sexagesimal": (VALUE, "    value: ‸22:22", f"facts.study-people.value: {NUMBER}"),
    "Norway": (VALUE, "    value: ‸NO", f"facts.study-people.value: {NUMBER}"),
    "underscore": (VALUE, "    value: ‸1_000", f"facts.study-people.value: {NUMBER}"),
    "comma": (VALUE, "    value: ‸1,162", f"facts.study-people.value: {NUMBER}"),
    "decimal comma": (VALUE, "    value: ‸0,5", f"facts.study-people.value: {NUMBER}"),
    "exponent": (VALUE, "    value: ‸1e3", f"facts.study-people.value: {NUMBER}"),
    "no leading zero": (VALUE, "    value: ‸.5", f"facts.study-people.value: {NUMBER}"),
    "full-width digits": (VALUE, "    value: ‸１１６２", f"facts.study-people.value: {NUMBER}"),
    "not a number": (VALUE, "    value: ‸.nan", f"facts.study-people.value: {NUMBER}"),
    "trailing zero": (
        VALUE,
        "    value: ‸0.50",
        "facts.study-people.value: ends in a zero that can be misread: write 5, not 5.0",
    ),
    "too long": (
        VALUE,
        "    value: ‸9999999999999",
        "facts.study-people.value: is too long for a number of medicine",
    ),
    "comma in brackets": ("low: 10,", "low: 1,‸062,", 'unknown key "062"'),
    "half a person": (
        "    people: 175",
        "    people: ‸17.5",
        "facts.better.people: should be a whole number such as 7",
    ),
    "NO for no": (
        "      lead: Keep a time.",
        "      on_paper: ‸NO\n      lead: Keep a time.",
        "in_short.points.same-time.on_paper: should be yes or no",
    ),
    "30 February": ("written: 2026-11-22", "written: ‸2026-02-30", f"written: {DATE}"),
    "a date the other way round": (
        "written: 2026-11-22",
        "written: ‸22.11.2026",
        f"written: {DATE}",
    ),
    "low above high": (
        "low: 10, high: 63,",
        "low: 63, high: 10,",
        'facts.tired: has a "low" that is not below its "high"',
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_refused_at_its_place(room: Room, case: str) -> None:
    refuse(room, *CASES[case])


def test_every_error_of_a_file_in_one_pass(room: Room) -> None:
    changes = [
        ("id: good", "id: Good One"),
        ("icon: moon", "icno: moon"),
        ("      lead: Keep a time.\n", ""),
        ("low: 10,", "low: 1.0,"),
        ("    read: primary\n", "    read: aloud\n"),
    ]
    room.write(spoilt(*changes))
    done = room.render()
    assert done.code == 1
    assert [int(error.split(":")[1]) for error in done.errors] == [3, 10, 19, 163, 172]
    for words in ("id: should be an id", '"icno"', '"lead" is missing', "facts.tired.low", "aloud"):
        assert words in done.err
    assert room.unhurt()


def test_a_list_of_steps_and_a_slip_of_the_key(room: Room) -> None:
    lists = "    lists: [{start: 20, stpes: [{dose: 0, cut: 20, days: 0}]}]\n    largest_cut"
    room.write(spoilt(("    largest_cut", lists)))
    done = room.render()
    assert done.code == 1
    assert any('unknown key "stpes", did you mean "steps"?' in error for error in done.errors)
    assert any('"steps" is missing in paces.slow.lists.0' in error for error in done.errors)
    assert room.unhurt()
