"""Who stands behind a translation, and which doubts may stand."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from plainleaf.content.wording.examine import examine
from plainleaf.content.wording.review import (
    TranslationReview,
    fingerprint,
    holds,
    load_exemptions,
    load_review,
)
from plainleaf.content.wording.units import units
from plainleaf.problems import ContentError, Level
from tests.content.wording.given import full, sample
from tests.content.wording.test_refresh import TEXT, put

SIGNED = """
status: approved
translator: A. Translator
translated: 2026-11-01
reviewer: B. Reviewer
role: pharmacist
date: 2026-11-20
next: 2027-11-20
fingerprint: {print}
"""
DAY = datetime.date(2026, 11, 22)


def review(tmp_path: Path, text: str) -> TranslationReview:
    (tmp_path / "es.review.yaml").write_text(text, encoding="utf-8")
    return load_review(tmp_path / "es.review.yaml", "es.review.yaml")


def test_without_a_file_it_is_a_draft(tmp_path: Path) -> None:
    assert load_review(tmp_path / "es.review.yaml").status == "draft"


def test_an_approved_translation_holds_for_these_words_until_its_next_review(
    tmp_path: Path,
) -> None:
    catalog = replace(
        full(), entries=tuple(replace(entry, comments=()) for entry in full().entries)
    )
    given = review(tmp_path, SIGNED.format(print=fingerprint(catalog)))
    assert holds(given, catalog, DAY)
    assert holds(given, catalog, datetime.date(2027, 11, 20))
    assert not holds(given, catalog, datetime.date(2027, 11, 21))
    assert not holds(given, put(catalog, TEXT, targets=("Otra cosa",)), DAY)
    assert not holds(given, full(), DAY)  # marks of the second look are left
    assert not holds(TranslationReview(), catalog, DAY)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (("role: pharmacist\n", ""), "says approved but has no role"),
        (("A. Translator", "B. Reviewer"), "is reviewed by its translator"),
        (("translated: 2026-11-01\n", ""), "says approved but has no translated"),
        (("next: 2027-11-20", "next: soon"), "should be a real date"),
        (("role:", "rôle:"), 'unknown key "rôle"'),
    ],
)
def test_an_approval_without_a_whole_signature(
    tmp_path: Path, spoil: tuple[str, str], message: str
) -> None:
    with pytest.raises(ContentError, match=message):
        review(tmp_path, SIGNED.format(print="x").replace(*spoil))


def test_the_fingerprint_is_of_the_words_alone() -> None:
    print_now = fingerprint(full())
    assert fingerprint(put(full(), TEXT, comments=("A note",))) == print_now
    assert fingerprint(put(full(), TEXT, targets=("Otra",))) != print_now
    assert fingerprint(put(full(), TEXT, source="Other")) != print_now
    assert fingerprint(put(full(), TEXT, flags=("fuzzy",))) != print_now
    assert fingerprint(full("pl")) != print_now
    assert fingerprint(replace(full(), entries=full().entries[::-1])) == print_now


def exempt(tmp_path: Path, text: str) -> list[str]:
    """What the guards still have against the Chinese sample."""
    path = tmp_path / "zh.exceptions.yaml"
    path.write_text(text, encoding="utf-8")
    given = load_exemptions(path, "zh.exceptions.yaml")
    found = examine(units(sample()), full("zh"), given)
    return [
        f"{problem.path}:{problem.line} {problem.message}"
        for problem in found
        if problem.rule != "wording-double-check"
    ]


ORDER = """
in_short.message:
  reason: Chinese says how often before how much.
  guards: [order]
evidence.questions.longer.answer:
  reason: Chinese names the whole before the part.
  guards: [order]
tips.items.step.text:
  reason: Chinese says when before what.
  guards: [order]
"""


def test_an_exemption_lets_a_doubt_stand(tmp_path: Path) -> None:
    assert exempt(tmp_path, ORDER) == []
    found = examine(units(sample()), full("zh"))
    assert sum(problem.rule == "wording-order" for problem in found) == 3


def test_an_exemption_that_nothing_needs_is_told(tmp_path: Path) -> None:
    more = (
        ORDER + "tips.title: {reason: none, guards: [length]}\nno.such: {reason: x, numbers: [1]}\n"
    )
    said = exempt(tmp_path, more)
    assert [each.partition(" ")[2] for each in said] == [
        'nothing in "tips.title" needs an exemption now',
        'there is no text "no.such"',
    ]
    assert [each.partition(" ")[0] for each in said] == [
        "zh.exceptions.yaml:11",
        "zh.exceptions.yaml:12",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: {guards: [order]}", '"reason" is missing'),
        ("a: {reason: x}", 'needs "numbers" or "guards"'),
        ("a: {reason: x, guards: [placeholders]}", "should be one of"),
        ("a: {reason: x, guards: [numbers]}", "should be one of"),
        ("a: {reason: x, guards: [hidden]}", "should be one of"),
        ("a: {reason: x, numbers: [many]}", "is not written as it should be"),
        ("[a]", "should be a group of keys and values"),
    ],
)
def test_what_cannot_be_exempt(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "es.exceptions.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=message):
        load_exemptions(tmp_path / "es.exceptions.yaml")


def test_one_warning_for_all_that_wait_for_the_second_look() -> None:
    (problem,) = examine(units(sample()), full("es"))
    assert problem.rule == "wording-double-check" and problem.level is Level.WARNING
    assert problem.message == "33 entries wait for the second person's check"
