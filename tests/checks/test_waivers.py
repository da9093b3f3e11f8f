"""A rule is waived only where it may be, with a reason and by a role; and it is told."""

from __future__ import annotations

import pytest

from plainleaf.checks import check_content, rules
from plainleaf.problems import Level
from tests.checks.given import changed, line_of
from tests.checks.test_leaflet_rules import GOOD, REST, found, sample

REASON, ROLE = "These are the words of the law", "clinic pharmacist"
SAFE = {
    "fact-unknown", "fact-unprintable", "source-unknown", "fact-without-source", "dose-text",
    "statement-without-source", "liquid-dose", "taper-safety", "example-plan", "telephone",
    "draft-missing", "red-flags-first-page", "text-lost", "review-unsigned", "review-expired",
    "review-changed", "dates", "waiver", "relative-risk", "band-gloss", "number-in-text",
}  # fmt: skip


def waived(name: str, reason: str = REASON, role: str = ROLE, text: str = GOOD) -> str:
    block = f'waivers:\n  {name}:\n    reason: "{reason}"\n    role: "{role}"\n\nreview:'
    return changed("^review:", block, text)


def test_what_is_waived_is_told_with_its_reason() -> None:
    text = changed(REST, "text: Never rest without a book.", GOOD)
    (before,), (after,) = found(sample(text)), found(sample(waived("double-negative", text=text)))
    assert before.level is Level.WARNING and after.level is Level.ADVICE
    assert after.message == f"waived: {before.message}, because {REASON} ({ROLE})"
    assert (after.rule, after.line, after.hint) == (before.rule, before.line, "")


def test_a_waiver_is_for_one_rule_alone() -> None:
    text = changed(REST, "text: Never rest without vertigo.", GOOD)
    told = {each.rule: each.level for each in found(sample(waived("jargon", text=text)))}
    assert told == {"jargon": Level.ADVICE, "double-negative": Level.WARNING}


def test_an_error_that_may_be_waived() -> None:
    text = changed(r"  untreated: .*\n", "", GOOD)
    text = waived("untreated-and-alternative", text=text)
    assert [each.level for each in found(sample(text))] == [Level.ADVICE]


def test_what_keeps_a_patient_safe_cannot_be_waived() -> None:
    names = {each.name: each.waivable for each in rules()}
    assert names.keys() >= SAFE
    assert [name for name in SAFE if names[name]] == []
    text = changed("name: 10 mg tablet", "name: 10mg tablet", GOOD)
    told = found(sample(waived("dose-text", text=text)))
    assert [(each.rule, each.level) for each in told] == [
        ("dose-text", Level.ERROR),
        ("waiver", Level.ERROR),
    ]


@pytest.mark.parametrize(
    ("name", "reason", "role", "place", "said"),
    [
        ("jargn", REASON, ROLE, "^  jargn:", 'did you mean "jargon"?'),
        ("fact-unknown", REASON, ROLE, "^  fact-unknown:", "cannot be waived"),
        ("jargon", "because", ROLE, "^    reason:", "is no reason"),
        ("jargon", "- -", ROLE, "^    reason:", "is no reason"),
        ("jargon", REASON, "me", "^    role:", "is no role"),
        ("jargon", REASON, "n/a", "^    role:", "is no role"),
        ("jargon", REASON, "None", "^    role:", "is no role"),
        ("jargon", REASON, "test", "^    role:", "is no role"),
        ("jargon", REASON, "1234", "^    role:", "is no role"),
    ],
)
def test_a_waiver_that_is_none(name: str, reason: str, role: str, place: str, said: str) -> None:
    text = waived(name, reason, role)
    (problem,) = found(sample(text))
    assert problem.rule == "waiver" and problem.level is Level.ERROR and problem.hint
    assert said in problem.message and problem.line == line_of(text, place)


@pytest.mark.parametrize(("reason", "role"), [("so", ROLE), (REASON, "me")])
def test_a_wrong_waiver_waives_nothing(reason: str, role: str) -> None:
    text = changed(REST, "text: Never rest without a book.", GOOD)
    told = check_content(sample(waived("double-negative", reason, role, text)))
    assert Level.WARNING in [each.level for each in told if each.rule == "double-negative"]
