"""Each rule fires where one thing is broken, at its line, and no other rule does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plainleaf.checks import check_content
from plainleaf.problems import Level
from tests.checks.given import TEXT, changed, line_of, news, subject
from tests.checks.test_leaflet_rules import CASES as LEAFLET

FACT = "  spare: {what: spare, value: 1, unit: count, level: D}\n"
EMERGENCY = FACT.replace("spare:", "emergency:", 1)
FILLED = 'said: "You sleep on {raad-dose}.",'
LIQUID = r"(?<=fleqsuvy\], us: \[\]\}\n)    level"
# rule, what is broken (a pattern), into what, and where it must be told (a pattern; else there)
CASES = [
    ("source-unknown", r"(^  falls-age: .*source: )hwang2024", r"\1hwang2042", ""),
    ("source-unknown", r"(^    missed: .*)level: D", r"\1sources: [nobody], level: V", ""),
    ("source-unknown", r"sources: \{uk: \[imedi-liq,", "sources: {uk: [imedi-lik,", ""),
    ("source-unresolvable", r"(^  nhs-about: \{)title: About baclofen, ", r"\1", ""),
    ("source-unresolvable", r"(^  nhs-about: .*)read:", r"\1recalled: [title], read:", ""),
    ("fact-without-source", r"(^  falls-age: .*)source: hwang2024, ", r"\1", ""),
    ("statement-without-source", r"(^    missed: .*)level: D", r"\1level: V", ""),
    ("statement-without-source", r"(\{uk: \[imedi-liq, fleqsuvy\], us: \[).*\]", r"\1]", LIQUID),
    ("fact-unknown", r"\{falls-age\}", "{fals-age}", ""),
    ("fact-unknown", r"\{raad-dose\}", "{raad-dose.low}", ""),
    ("fact-unknown", r"\{falls-age\}", "{emergency.value}", ""),
    ("fact-unknown", r"^facts:\n", "facts:\n" + EMERGENCY, "^  emergency: .what: spare"),
    ("fact-unprintable", r"(^    missed: .*)level: D", r"\1level: M-high", ""),
    ("fact-unprintable", r"(^  taper-weeks: .*)level: V", r"\1level: M-med", "when: taper-weeks"),
    ("fact-unprintable", r"(^  label-urine: .*)level: V2", r"\1level: M-med", "fact: label-urine"),
    ("fact-unused", r"^facts:\n", "facts:\n" + FACT, "^  spare:"),
    ("braces", r"\{falls-age\}", "{Falls_age}", ""),
    ("braces", r"\{falls-age\}", "{{falls-age}}", ""),
    ("braces", r"(^  falls-age: .*who: )people aged 65 and older", r'\1"people of {x}"', ""),
    ("fact-shape", r"^    people: 175\n", "", "^  drowsy-study:"),
    ("fact-shape", r"^    dose: 25\n", "", "^  finnimore-sleep:"),
    ("fact-shape", r"(^  label-dizzy: .*)high: 15", r"\1high: 115", ""),
    ("number-in-text", r"are \{falls-age\} or older", "are 66 or older", ""),
    ("number-in-text", r"^title: ", "title: 7 nights of ", ""),
    ("form-name", r"name: 5 mg tablet", "name: 6 mg tablet", ""),
    ("form-name", r"name: 5 mg in 5 mL liquid", "name: 5 mg in 4 mL liquid", ""),
    ("form-name", r"name: 5 mg tablet", "name: small tablet", ""),
    ("claim-without-certainty", r"^      certainty: low\n", "", "^    stay-asleep:"),
    ("certainty-words", r"certainty: low$", "certainty: moderate", "answer: .*It may"),
    ("certainty-words", r"certainty: moderate$", "certainty: high", "answer: .*probably"),
    ("certainty-words", r"It may, for", "It probably may, for", ""),
    ("certainty-words", r"Nobody has tested this: we", "We", ""),
    ("claims-printed", r"said: You fall asleep", "said: You fall asleep 17 minutes", ""),
    ("claims-printed", r"said: You fall asleep sooner\.,", FILLED, ""),
    ("reference-unknown", r"harms: \[drowsy-study", "harms: [drowsy-stdy", ""),
    ("reference-unknown", r"items: \[seeing-hearing", "items: [seing-hearing", ""),
    ("reference-unknown", r"pace: slow", "pace: slw", ""),
    ("reference-unknown", r"forms: \{uk: \[tablet-10mg\]", "forms: {uk: [tablet-11mg]", ""),
    ("reference-unknown", r"\(#tapering\)", "(#taperin)", ""),
    ("section-missing", r"^interactions:\n(?:(?: .*)?\n)+", "", "^kind:"),
    ("folder-name", r"^id: baclofen-sleep", "id: baclofen", ""),
    ("example-plan", r"^    dose: 20\n    unit: mg", "    dose: 22\n    unit: mg", "^  example:"),
    ("example-plan", r"forms: \{uk: \[tablet-10mg\]", "forms: {uk: [tablet-5mg]", ""),
    ("pace-sound", r"\{dose: 45, cut: 15, days: 4\}", "{dose: 44, cut: 15, days: 4}", "^  label:"),
    ("review-changed", "", "", ""),
]  # fmt: skip
APPROVED = (
    "review:\n  status: approved\n  reviewer: Somebody\n  role: pharmacist\n"
    "  date: 2026-11-22\n  next: 2027-11-22\n  fingerprint: abc\n"
)


@pytest.mark.parametrize(
    ("rule", "pattern", "into", "place"), [case for case in CASES if case[1]], ids=lambda text: None
)
def test_a_rule_fires_where_one_thing_is_broken(
    rule: str, pattern: str, into: str, place: str
) -> None:
    text = changed(pattern, into)
    before, after = TEXT.split("\n"), text.split("\n")
    first = next(at for at, (one, two) in enumerate(zip(before, after, strict=False)) if one != two)
    found = news(subject(text))
    assert found, "no rule fires"
    assert {problem.rule for problem in found} == {rule}
    expected = line_of(text, place) if place else first + 1
    assert found[0].line == expected and found[0].source == after[expected - 1]
    assert found[0].path.endswith("handout.yaml") and found[0].message and found[0].hint


def approved(text: str = TEXT) -> str:
    return changed(r"^review:\n(?:  .*\n)+", APPROVED, text)


def test_every_content_rule_is_broken_here() -> None:
    from plainleaf.checks import rules

    here = {case[0] for case in (*CASES, *LEAFLET)} | {"review-unsigned", "review-expired"}
    # These have tests of their own.
    here |= {"telephone", "judgement", "waiver", "simple-says-the-same"}
    assert {rule.name for rule in rules() if rule.stage == "content"} == here


def test_the_bundled_handout_has_no_error() -> None:
    assert [each for each in check_content(subject()) if each.level is Level.ERROR] == []


def test_a_draft_is_a_warning() -> None:
    found = [each for each in check_content(subject()) if each.rule == "review-unsigned"]
    assert [each.level for each in found] == [Level.WARNING]
    assert found[0].line == line_of(TEXT, "^  status: draft")


def test_an_approved_handout_has_nothing_against_it() -> None:
    good = replace(subject(approved()), fingerprint="abc")
    assert not [each for each in check_content(good) if each.rule.startswith("review")]


@pytest.mark.parametrize(
    ("rule", "today", "fingerprint", "place"),
    [
        ("review-expired", date(2027, 11, 23), "abc", "^  next:"),
        ("review-changed", date(2027, 11, 22), "abd", "^  fingerprint:"),
    ],
)
def test_a_review_does_not_hold_for_ever(
    rule: str, today: date, fingerprint: str, place: str
) -> None:
    text = approved()
    found = news(replace(subject(text), today=today, fingerprint=fingerprint))
    assert [(each.rule, each.level) for each in found] == [(rule, Level.WARNING)]
    assert found[0].line == line_of(text, place)


def test_an_unknown_fingerprint_is_no_change() -> None:
    assert news(subject(approved())) == []


def test_at_most_six_claims_are_printed() -> None:
    add = ", print: {finding: Seen., said: Said., sources: [ozobax]}"
    text = TEXT
    for id in ("C01", "C02", "C03", "C06", "C09", "C12", "C24", "C26"):
        if f"  {id}: {{" in text and "print:" not in text.split(f"  {id}: {{")[1].split("\n")[0]:
            text = changed(rf"(^    {id}: \{{.*level: \S+)\}}$", rf"\1{add}}}", text)
    printed = text.count("print: {")
    assert printed > 6
    found = news(subject(text))
    assert {each.rule for each in found} == {"claims-printed"} and len(found) == printed - 6


def test_the_nearest_name_is_offered() -> None:
    for pattern, into, offered in (
        (r"\{falls-age\}", "{fals-age}", "falls-age"),
        (r"(^  falls-age: .*source: )hwang2024", r"\1hwang2042", "hwang2024"),
        (r"\(#tapering\)", "(#taperin)", "tapering"),
    ):
        found = news(subject(changed(pattern, into)))
        assert f'did you mean "{offered}"?' in found[0].message


def test_the_caret_stands_under_the_placeholder() -> None:
    found = news(subject(changed(r"\{falls-age\}", "{fals-age}")))
    assert found[0].source[found[0].column - 1 :].startswith("{fals-age}")


def test_the_caret_follows_a_folded_text() -> None:
    text = changed(
        r"^  message: .*$", "  message: >-\n    Some words and\n    then {fals-age} more."
    )
    (found,) = news(subject(text))
    assert found.line == line_of(text, "then .fals-age")
    assert found.source[found.column - 1 :].startswith("{fals-age}")


def test_names_with_digits_are_allowed_where_they_are_listed() -> None:
    text = changed(r"^subtitle: ", "subtitle: GLP-1 and ")
    assert [each.rule for each in news(subject(text))] == ["number-in-text"]
    assert news(subject(changed(r"  words: \[", "  words: [GLP-1, ", text))) == []


def test_an_escaped_brace_is_meant() -> None:
    assert news(subject(changed(r"^subtitle: ", r"subtitle: \\\\{ and \\\\} in "))) == []


def test_information_needs_no_sections_of_a_medicine() -> None:
    text = changed(r"^interactions:\n(?:(?: .*)?\n)+", "")
    assert news(subject(changed("^kind: medicine", "kind: information", text))) == []


SMALL = """id: sleep
version: "0.1"
language: en
written: 2026-11-22
kind: information
title: Sleep
subtitle: What helps
markets: [uk]
in_short:
  message: "Go to bed at {bed}."
  points:
    one: {lead: Get up., text: "Each day {x}, in 20².", level: D}
"""


def test_a_small_handout_is_checked_like_a_large_one() -> None:
    found = check_content(subject(SMALL, folder="sleep"))
    assert sorted((each.rule, each.line) for each in found) == [
        ("fact-unknown", 10),
        ("fact-unknown", 12),
        ("judgement", 1),
        ("number-in-text", 12),
        ("number-in-text", 12),
        ("review-unsigned", 1),
    ]


def test_problems_come_by_line() -> None:
    text = changed(r"(^    missed: .*)level: D", r"\1level: V")
    lines = [each.line for each in check_content(subject(changed(r"\{falls-age\}", "{x}", text)))]
    assert lines == sorted(lines) and len(lines) > 2
