"""The rules a leaflet must keep: one rule, one function, one name.

Every rule stands in one of the tuples below; its docstring says why it is there, and shows a good
and a bad example. docs/errors.md has the remedy of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from plainleaf.checks import (
    balance,
    checklist,
    claims,
    comparisons,
    dosetext,
    facts,
    grade,
    layout,
    measure,
    message,
    numbers,
    plain,
    printed,
    references,
    review,
    sources,
    stopping,
    tags,
    visible,
    waivers,
    whole,
)
from plainleaf.checks.registry import Finding, Printed, Rule, Subject, T
from plainleaf.content.yaml import Document, Position
from plainleaf.problems import Problem

__all__ = ["Finding", "Printed", "Rule", "Subject", "check_content", "check_printed", "rules"]

_CONTENT: tuple[Rule[Subject], ...] = (
    *sources.RULES,
    *facts.RULES,
    *numbers.RULES,
    *claims.RULES,
    *references.RULES,
    *whole.RULES,
    *message.RULES,
    *comparisons.RULES,
    *balance.RULES,
    *dosetext.RULES,
    *stopping.RULES,
    *grade.RULES,
    *plain.RULES,
    *review.RULES,
    *checklist.RULES,
    *waivers.RULES,
)
_PRINTED: tuple[Rule[Printed], ...] = (
    *printed.RULES,
    *visible.RULES,
    *measure.RULES,
    *layout.RULES,
    *tags.RULES,
)


def rules() -> tuple[Rule[Any], ...]:
    """Every rule, in the order in which they run."""
    return (*_CONTENT, *_PRINTED)


def check_content(subject: Subject) -> list[Problem]:
    """Everything the rules have against a handout's words and facts, by line."""
    return _found(_CONTENT, subject)


def check_printed(copy: Printed) -> list[Problem]:
    """Everything the rules have against one finished copy, by line of its handout."""
    return _found(_PRINTED, copy)


def _found(rules: Sequence[Rule[T]], subject: T) -> list[Problem]:
    problems: list[Problem] = []
    for rule in rules:
        for finding in rule.run(subject):
            document = finding.document or subject.document
            problem = document.problem(
                finding.message,
                _place(document, finding),
                hint=finding.hint,
                rule=rule.name,
                level=finding.level or rule.level,
            )
            problems.append(waivers.applied(problem, rule, subject.handout.waivers))
    problems.sort(key=lambda problem: (problem.line, problem.column))  # rules keep their order
    return list(dict.fromkeys(problems))


def _place(document: Document, finding: Finding) -> Position:
    """Where the finding's words stand: in the value, which may run on over deeper lines."""
    start = document.locate(finding.loc, key=finding.key)
    if not finding.mark:
        return start
    first = document.lines[start.line - 1]
    found = first.find(finding.mark, start.column - 1)
    if found >= 0:
        return Position(start.line, found + 1)
    for number, line in enumerate(document.lines[start.line :], start=start.line + 1):
        if line.strip() and _depth(line) <= _depth(first):
            break
        if (found := line.find(finding.mark)) >= 0:
            return Position(number, found + 1)
    return start


def _depth(line: str) -> int:
    return len(line) - len(re.sub(r"^[ -]+", "", line))
