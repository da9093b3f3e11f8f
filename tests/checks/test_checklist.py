"""The checklist is a person's: it is told what stands open, and nothing answers it by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plainleaf.checks import check_content
from plainleaf.checks.checklist import Checklist, questions
from plainleaf.content import yaml
from plainleaf.content.schema import schema_text
from plainleaf.problems import Level, Problem
from tests.checks.given import ROOT, TODAY, line_of
from tests.checks.test_leaflet_rules import sample

BUNDLED = (ROOT / "handouts/baclofen-sleep/checklist.yaml").read_text(encoding="utf-8")
ANSWERED = "answer: yes\n    by: A. Reader, nurse\n    date: 2026-11-20"


def told(folder: Path, text: str | None) -> list[Problem]:
    """What is said of a good leaflet with this checklist."""
    if text is not None:
        (folder / "checklist.yaml").write_text(text, encoding="utf-8")
    good = sample()
    document = replace(good.document, path=str(folder / "handout.yaml"))
    found = check_content(replace(good, document=document, today=TODAY))
    return [each for each in found if each.rule == "judgement"]


def test_the_bundled_checklist_asks_everything_and_answers_nothing(tmp_path: Path) -> None:
    items = Checklist.model_validate(yaml.parse(BUNDLED.encode(), "x").plain()).items
    assert {id: (item.question, item.asked_by) for id, item in items.items()} == {
        id: (item.question, item.asked_by) for id, item in questions().items()
    }
    assert {item.answer for item in items.values()} == {"unanswered"}
    (problem,) = told(tmp_path, BUNDLED)
    count = len(questions())
    assert problem.message == f"{count} of {count} questions have no answer"
    assert problem.level is Level.ADVICE and problem.line == line_of(BUNDLED, "^  purpose:")
    assert problem.path == str(tmp_path / "checklist.yaml")


def test_the_schema_of_a_checklist_is_current() -> None:
    kept = (ROOT / "handouts/checklist.schema.json").read_text(encoding="utf-8")
    assert kept == schema_text(Checklist)


def test_no_checklist_is_told_too(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, None)
    assert problem.level is Level.ADVICE and "nobody has answered" in problem.message


def test_a_question_left_out_stands_open(tmp_path: Path) -> None:
    text = BUNDLED.replace("answer: unanswered", ANSWERED)
    assert told(tmp_path, text) == []
    start = text.index("  main-message:")
    (problem,) = told(tmp_path, text[:start] + text[text.index("  message-picture:") :])
    assert problem.message.startswith("1 of ")


def test_an_answer_no_is_told(tmp_path: Path) -> None:
    text = BUNDLED.replace("answer: unanswered", ANSWERED)
    text = text.replace("answer: yes", "answer: no\n    note: Two messages.", 1)
    (problem,) = told(tmp_path, text)
    assert problem.message.startswith("A. Reader, nurse answered no: Is it plain")
    assert (problem.level, problem.hint) == (Level.ADVICE, "Two messages.")
    assert problem.line == line_of(text, "answer: no")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("answer: unanswered", "answer: yes", 'needs "by"'),
        ("answer: unanswered", "answer: perhaps", "answer"),
        ("answer: unanswered", ANSWERED.replace("2026", "2027"), "in the future"),
        ("  purpose:", "  purposes:", 'did you mean "purpose"?'),
        ("Is it plain from", "Is it plainly from", "this is not the question"),
    ],
)
def test_a_wrong_checklist_is_an_error(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = BUNDLED.replace(old, new, 1)
    wrong = [each for each in told(tmp_path, text) if each.level is Level.ERROR]
    assert len(wrong) == 1 and said in wrong[0].message
    assert wrong[0].path == str(tmp_path / "checklist.yaml") and wrong[0].line > 4
