"""A problem says where, what, and the remedy, in every form, and steers nobody's screen."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.problems import (
    ContentError,
    ExitCode,
    Level,
    MachineError,
    PlainleafError,
    Problem,
    UsageError,
    github,
    plain,
    printed,
)

WHOLE = Problem(
    'unknown key "stpes", did you mean "steps"?',
    "handouts/x/handout.yaml",
    14,
    7,
    hint="Mend the key.",
    rule="keys",
    source="      stpes: []",
)


def test_the_plain_form() -> None:
    assert plain(WHOLE).splitlines() == [
        'handouts/x/handout.yaml:14:7: error: unknown key "stpes", did you mean "steps"? [keys]',
        "          stpes: []",
        "          ^",
        "    Mend the key.",
    ]


def test_without_a_place_there_is_none() -> None:
    assert plain(Problem("all is lost", level=Level.WARNING)) == "warning: all is lost"


@pytest.mark.parametrize("column", [1, 59, 60, 61, 100, 250])
def test_the_caret_stands_under_its_letter(column: int) -> None:
    source = "x" * (column - 1) + "A" + "x" * 200
    _, shown, caret = plain(Problem("a", "p", 1, column, source=source)).splitlines()
    assert shown[caret.index("^")] == "A"
    assert len(shown) <= 104


def test_the_form_for_github() -> None:
    problem = Problem("50 % of\nit", "a,b:c.yaml", 2, 3, Level.ADVICE, "Try.", "half")
    said = "::notice file=a%2Cb%3Ac.yaml,line=2,col=3,title=half::50 %25 of%0Ait. Try."
    assert github(problem) == said
    assert github(WHOLE).startswith("::error file=handouts/x/handout.yaml,line=14,col=7,")
    assert github(Problem("a", level=Level.WARNING)).startswith("::warning ")


def test_the_form_for_machines() -> None:
    assert json.loads(printed([WHOLE], "json")) == [
        {
            "message": WHOLE.message,
            "path": WHOLE.path,
            "line": 14,
            "column": 7,
            "level": "error",
            "hint": "Mend the key.",
            "rule": "keys",
            "source": WHOLE.source,
        }
    ]
    assert json.loads(printed([], "json")) == []
    assert printed([], "plain") == printed([], "github") == ""


TEXT = st.text(max_size=40)
PATH = st.text("ab c/:%,é", max_size=40)


@given(TEXT, PATH, TEXT, TEXT, st.integers(1, 99), st.integers(1, 99))
def test_no_problem_steers_the_screen(
    message: str, path: str, hint: str, source: str, line: int, column: int
) -> None:
    problem = Problem(message, path, line, column, hint=hint, source=source)
    for row in plain(problem).split("\n"):
        assert all(char.isprintable() or char == " " for char in row)
    assert not re.search("[\r\n]", github(problem))
    assert json.loads(printed([problem], "json"))[0]["message"] == message


@pytest.mark.parametrize(
    ("kind", "code"), [(ContentError, 1), (UsageError, 2), (MachineError, 3), (PlainleafError, 1)]
)
def test_an_error_carries_its_problems_and_its_exit_code(
    kind: type[PlainleafError], code: int
) -> None:
    error = kind([WHOLE, Problem("more")])
    assert error.exit_code == code
    assert error.problems == (WHOLE, Problem("more"))
    assert str(error) == f"{plain(WHOLE)}\nerror: more"
    assert kind(WHOLE).problems == (WHOLE,)


def test_the_exit_codes_are_a_contract() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "DONE": 0, "CONTENT": 1, "USAGE": 2, "MACHINE": 3, "INTERRUPTED": 130,
    }  # fmt: skip
