"""Each rule over a leaflet's words fires where one thing is broken in a good leaflet, alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plainleaf.checks import Subject, check_content
from plainleaf.content.base import Market
from plainleaf.problems import Level, Problem
from tests.checks.given import MARKETS, changed, line_of, subject

GOOD = (Path(__file__).parent / "good.yaml").read_text(encoding="utf-8")
STANDING = {"review-unsigned", "judgement"}  # a draft, and no person has answered
REST = r"text: Rest\."
HARD = (
    "text: Unfamiliar surroundings increase anxiety. Comfortable temperature and familiar company "
    "improve recovery. Recreational activities deserve particular consideration. Ordinary families "
    "understand individual difficulties naturally. Everybody appreciates encouraging conversation. "
    "Regular preparation minimises unnecessary uncertainty."
)
LONG = "text: Sit and rest for a while in a cool room with a drink and a book till you feel well"
STRONG = " strengths"
UNSAFE = "It is never safe to stop it suddenly., text: You "
# rule, what is broken (a pattern), into what, and where it must be told (a pattern; else there)
CASES = [
    ("source-unknown", r"band_source: label", "band_source: lable", ""),
    ("one-message", r"message: .*", "message: It may help. It may not. Ask us.", ""),
    ("one-message", r"message: .*", f"message: So{STRONG * 9}. So{STRONG * 10}.", ""),
    ("one-message", r"subtitle: .*", f"subtitle: What we{' all' * 16} know", ""),
    ("explicit-action", r"Never stop it suddenly\., text: ", UNSAFE, "^  points:"),
    ("numbered-steps", REST, "text: Sit down. Then stand up. Walk a few steps.", ""),
    ("reading-grade", r"text: Stay at home\.", HARD, "^tips:"),
    ("long-sentence", REST, LONG + " again.", ""),
    ("passive-voice", REST, "text: Your dose will be changed.", ""),
    ("passive-voice", REST, "text: It is slowly broken down.", ""),
    ("double-negative", REST, "text: Never rest without a book.", ""),
    ("double-negative", REST, "text: You shouldn’t take nothing.", ""),
    ("jargon", REST, "text: Rest if you have vertigo.", ""),
    ("band-gloss", r"band: very-common", "band: common", ""),
    ("band-gloss", r", band_source: label", "", ""),
    ("band-gloss", r"band: very-common, ", "", ""),
    ("band-gloss", r'bands: "yes", ', "", "tired: .name"),
    ("same-denominator", r"(^  other-sleep: .*)one night", r"\1two nights", "bars: "),
    ("same-denominator", r"(^  calmer: .*)in-100", r"\1minutes, dose: 20", "benefits: "),
    ("same-denominator", r"(^  calmer: .*)one night", r"\1two nights", "benefits: "),
    ("same-denominator", r"(^  headache: .*)across studies", r"\1in one year", "headache: .name"),
    ("fact-context", r"(^  training-faster: .*)who: adults, ", r"\1", ""),
    ("fact-context", r"(^  training-faster: .*)time: after six weeks, ", r"\1", ""),
    ("fact-context", r", versus_what: no training", "", ""),
    ("relative-risk", r"lead: Counted .*", "lead: Falls were twice as common.", ""),
    ("relative-risk", r"lead: Counted .*", "lead: Falls were ten times more likely.", ""),
    ("relative-risk", r"lead: Counted .*", "lead: The relative risk was small.", ""),
    ("balance", r"benefits: \[better, calmer\]", "benefits: [better, calmer, better]", ""),
    ("untreated-and-alternative", r"  untreated: .*\n", "", "^evidence:"),
    ("untreated-and-alternative", r"name: Sleep training", "name: Samplin", "^options:"),
    ("off-label", r"label: .Is it.*alone\.,", "label: Use, text: It is off-label.,", "^what"),
    ("dose-text", r"name: 10 mg tablet", "name: 10mg tablet", ""),
    ("dose-text", r"name: 10 mg tablet", "name: 10.0 mg tablet", ""),
    ("dose-text", r"who: adults", "who: adults on .5 mg", ""),
    ("dose-text", r"who: adults", "who: adults on 5 mg q.d.", ""),
    ("dose-text", r"who: adults", "who: adults on 10 U", ""),
    ("dose-text", r"who: adults", "who: adults on 10 µg", ""),
    ("dose-text", r"who: adults", "who: adults on 10 mcg", ""),
    ("dose-text", r"who: adults", "who: adults on 5 mg. a day", ""),
    ("dose-text", r"who: adults", "who: adults & children", ""),
    ("dose-text", r"versus_what: no training", "versus_what: 10 IU of another", ""),
    ("dose-text", REST, "text: Rest @ home.", ""),
    ("dose-text", REST, "text: Rest QOD.", ""),
    ("dose-text", REST, "text: Rest > walk.", ""),
    ("dose-text", r"slept \{study-sleep.versus\}", "slept {study-sleep.number}minutes", ""),
    ("liquid-dose", r"Your dose is in mg and in mL\.", "Ask us.", ""),
    ("liquid-dose", r"(^  bottle: .*)value: 5", r"\1value: 10", "liquid: .title"),
    ("liquid-dose", REST, 'text: "Take {bottle.number} mL."', ""),
    ("taper-safety", r"items: \[fit\]", "items: []", ""),
    ("taper-safety", r"items: \{sleep: Sleeping badly\}", "items: {}", ""),
    ("taper-safety", r"items: \{pregnant: you are pregnant\}", "items: {}", ""),
    ("taper-safety", r"Never stop it suddenly\.", "Never stop it.", "^in_short:"),
    ("dates", r"written: 2026-11-22", "written: 2026-11-24", ""),
]  # fmt: skip


def sample(text: str = GOOD) -> Subject:
    return subject(text, folder="good")


def found(broken: Subject) -> list[Problem]:
    return [each for each in check_content(broken) if each.rule not in STANDING]


def test_the_good_leaflet_keeps_every_rule() -> None:
    assert found(sample()) == []
    assert {each.rule for each in check_content(sample())} == STANDING


@pytest.mark.parametrize(
    ("rule", "pattern", "into", "place"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)]
)
def test_a_rule_fires_where_one_thing_is_broken(
    rule: str, pattern: str, into: str, place: str
) -> None:
    text = changed(pattern, into, GOOD)
    before, after = GOOD.split("\n"), text.split("\n")
    first = next(at for at, (one, two) in enumerate(zip(before, after, strict=False)) if one != two)
    (problem,) = found(sample(text))
    assert problem.rule == rule and problem.message and problem.hint
    expected = line_of(text, place) if place else first + 1
    assert problem.line == expected and problem.source == after[expected - 1]


def test_what_may_be_said(request: pytest.FixtureRequest) -> None:
    """Words that are near a rule, and keep it."""
    for words in (
        "You may be tired, confused or worried.",
        "If you do not feel well, do not drive.",
        "You may have oedema (swelling).",
        "Water in the legs (oedema) may come.",
        "Write to help@clinic.example.",
        "Buy a U-shaped pillow, and a bid for calm.",
        "Falls were twice as common: {better} and {drowsy}.",
        "A strong bottle has five times as much.",
        "Go to bed at ten. Then sleep.",
    ):
        quoted = f'text: "{words}"'
        assert [each.message for each in found(sample(changed(REST, quoted, GOOD)))] == [], words


def test_how_long_is_too_long() -> None:
    advice, warning = (
        found(sample(changed(REST, LONG + more, GOOD)))
        for more in (" again.", " again and then go home at once.")
    )
    assert [each.level for each in advice] == [Level.ADVICE]
    assert [each.level for each in warning] == [Level.WARNING]


def test_how_hard_is_too_hard() -> None:
    (problem,) = found(sample(changed(r"text: Stay at home\.", HARD, GOOD)))
    assert problem.level is Level.WARNING and "Flesch–Kincaid" in problem.message
    line = line_of(GOOD, "^    first-night:")
    assert f"line {line}, “Ordinary families" in problem.hint


def test_names_of_medicines_are_not_hard() -> None:
    hard = (HARD + " ").replace("text: ", "").split()
    words = [word.strip(".").lower() for word in hard]
    text = changed(r"text: Stay at home\.", HARD, GOOD)
    named = changed(r"words: \[", f"words: [{', '.join(sorted(set(words)))}, ", text)
    assert [each.rule for each in found(sample(named))] == []


def test_a_leaflet_without_any_number_for_harm() -> None:
    text = changed(r"  fact_box:\n(?:    .*\n)+", "", GOOD)
    assert {each.rule for each in found(sample(text))} == {"fact-unused"}
    text = changed(r"    effects:\n(?:      .*\n)+(?=    advice: .text: Rest)", "", text)
    text = changed(r"    effects:\n      rash.*\n", "", text)
    told = [each for each in found(sample(text)) if each.rule != "fact-unused"]
    assert [(each.rule, each.line) for each in told] == [("balance", line_of(text, "^evidence:"))]


def test_a_liquid_that_nothing_explains() -> None:
    text = changed(r"  liquid: .title.*\n", "", GOOD)
    told = [each for each in found(sample(text)) if each.rule != "fact-unused"]
    assert [(each.rule, each.line) for each in told] == [
        ("liquid-dose", line_of(text, "^tapering:"))
    ]


@pytest.mark.parametrize("market", ["uk", "us"])
def test_each_country_has_its_emergency_number(market: Market) -> None:
    spoilt = getattr(MARKETS, market).model_copy(update={"emergency": "call us"})
    broken = replace(sample(), markets=MARKETS.model_copy(update={market: spoilt}))
    (problem,) = found(broken)
    assert problem.rule == "telephone" and market in problem.message
    assert problem.line == line_of(GOOD, "^markets:")


@pytest.mark.parametrize("other", ["Never stop it suddenly.", "Take care."])
def test_each_country_is_told_not_to_stop_suddenly(other: str) -> None:
    lead = f"lead: {{uk: Never stop it suddenly., us: {other}}}"
    told = found(sample(changed(r"lead: Never stop it suddenly\.", lead, GOOD)))
    assert [each.rule for each in told] == ([] if "Never" in other else ["taper-safety"])


@pytest.mark.parametrize(
    ("low", "high", "band", "fits"),
    [
        ("10", "63", "very-common", True),
        ("9", "63", "very-common", False),
        ("1", "9.9", "common", True),
        ("1", "10", "common", False),
        ("0.1", "0.9", "uncommon", True),
        ("0.01", "0.09", "rare", True),
        ("0.01", "0.1", "rare", False),
        ("0", "0.009", "very-rare", True),
    ],
)
def test_a_band_fits_its_numbers(low: str, high: str, band: str, fits: bool) -> None:
    text = GOOD.replace("low: 10, high: 63", f"low: {low}, high: {high}")
    told = found(sample(text.replace("band: very-common", f"band: {band}")))
    assert [each.rule for each in told] == ([] if fits else ["band-gloss"])


def signed(written: str, when: str, until: str) -> str:
    review = (
        "review:\n  status: approved\n  reviewer: Somebody\n  role: pharmacist\n"
        f"  date: {when}\n  next: {until}\n  fingerprint: abc\n"
    )
    text = changed(r"^review:\n  status: draft\n", review, GOOD)
    return text.replace("written: 2026-11-22", f"written: {written}")


@pytest.mark.parametrize(
    ("written", "when", "until", "place"),
    [
        ("2026-11-20", "2026-11-21", "2027-11-21", ""),
        ("2026-11-20", "2026-11-23", "2027-11-21", "^  date:"),
        ("2026-11-20", "2026-11-19", "2027-11-21", "^  date:"),
        ("2026-11-20", "2026-11-22", "2026-11-22", "^  next:"),
    ],
)
def test_dates_follow_each_other(written: str, when: str, until: str, place: str) -> None:
    text = signed(written, when, until)
    told = [each for each in found(replace(sample(text), today=date(2026, 11, 22)))]
    assert [each.rule for each in told] == (["dates"] if place else [])
    assert not place or told[0].line == line_of(text, place)


def test_information_needs_no_medicine() -> None:
    text = changed(r"  untreated: .*\n", "", GOOD)
    assert found(sample(changed("kind: medicine", "kind: information", text))) == []
