"""The rules a leaflet must keep: one rule, one function, one name.

Every rule stands in one of the tuples below; its docstring says why it is there, and shows a good
and a bad example. docs/errors.md has the remedy of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from plainleaf.checks import (
    balance,
    checklist,
    claims,
    comparisons,
    cut,
    dosetext,
    facts,
    grade,
    layout,
    levels,
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
from plainleaf.content.base import Market, Reading
from plainleaf.content.model import for_reading
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
    *levels.RULES,
    *review.RULES,
    *checklist.RULES,
    *waivers.RULES,
)
_PRINTED: tuple[Rule[Printed], ...] = (
    *printed.RULES,
    *visible.RULES,
    *measure.RULES,
    *layout.RULES,
    *cut.RULES,
    *tags.RULES,
)


def rules() -> tuple[Rule[Any], ...]:
    """Every rule, in the order in which they run."""
    return (*_CONTENT, *_PRINTED)


def check_content(subject: Subject) -> list[Problem]:
    """Everything the rules have against a handout's words and facts, by line.

    A handout with simple forms is read twice, once in each level of reading."""
    simple = for_reading(subject.handout, "simple")
    plain = replace(subject, handout=for_reading(subject.handout, "ordinary"))
    found = _found(_CONTENT, plain)
    if simple is not subject.handout:
        other = replace(plain, handout=simple, reading="simple", ordinary=plain.handout)
        found = _in_order([*found, *_found(_CONTENT, other)])
    return found


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
                _place(document, finding, subject.reading),
                hint=finding.hint,
                rule=rule.name,
                level=finding.level or rule.level,
            )
            problems.append(waivers.applied(problem, rule, subject.handout.waivers))
    return _in_order(problems)


def _in_order(problems: list[Problem]) -> list[Problem]:
    """By line, each once; at one place the rules keep their order."""
    return list(dict.fromkeys(sorted(problems, key=lambda each: (each.line, each.column))))


def _place(document: Document, finding: Finding, reading: Reading) -> Position:
    """Where the finding's words stand: in the value, which may run on over deeper lines."""
    loc = finding.loc
    if not finding.key:  # a text with two levels of reading: in the one that was read
        at = len(loc) - 1 if loc[-1:] and loc[-1] in get_args(Market) else len(loc)
        loc = (*loc[:at], reading, *loc[at:])
    start = document.locate(loc, key=finding.key)
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
