"""What can be wrong, how it is said, and how a command ends."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum


class Level(StrEnum):
    """How bad it is: an error writes nothing, a warning is printed, advice may be ignored."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class ExitCode(IntEnum):
    """How a command ends. Scripts rely on these numbers."""

    DONE = 0
    CONTENT = 1
    USAGE = 2
    MACHINE = 3
    INTERRUPTED = 130


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where it stands, and what to do. Lines and columns count from 1."""

    message: str
    path: str = ""
    line: int = 1
    column: int = 1
    level: Level = Level.ERROR
    hint: str = ""
    rule: str = ""
    source: str = ""  # the line of the file, for the caret


class PlainleafError(Exception):
    """Something a person can mend. Carries every problem found, and the exit code."""

    exit_code = ExitCode.CONTENT

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(plain(problem) for problem in self.problems))


class ContentError(PlainleafError):
    """A file's content is wrong, or an output could not be written."""


class UsageError(PlainleafError):
    """The command line is wrong."""

    exit_code = ExitCode.USAGE


class MachineError(PlainleafError):
    """The machine lacks something; the hint says how to get it."""

    exit_code = ExitCode.MACHINE


def plain(problem: Problem) -> str:
    """`path:line:column: level: message`, the source line with a caret, and the remedy."""
    path = one_line(problem.path)
    place = f"{path}:{problem.line}:{problem.column}: " if path else ""
    rule = f" [{problem.rule}]" if problem.rule else ""
    lines = [f"{place}{problem.level}: {one_line(problem.message)}{rule}"]
    if problem.source.strip():
        start = max(0, problem.column - 60)
        shown = one_line(problem.source)[start : start + 100]
        lines += [f"    {shown}", "    " + " " * (problem.column - 1 - start) + "^"]
    if problem.hint:
        lines.append(f"    {one_line(problem.hint)}")
    return "\n".join(lines)


def github(problem: Problem) -> str:
    """One GitHub Actions annotation."""
    kind = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "notice"}[problem.level]
    text = ". ".join(part for part in (problem.message, problem.hint) if part)
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    title = f",title={problem.rule}" if problem.rule else ""
    path = problem.path.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{kind} file={path},line={problem.line},col={problem.column}{title}::{text}"


def as_json(problems: Iterable[Problem]) -> str:
    """All problems as one JSON array."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def printed(problems: Iterable[Problem], form: str) -> str:
    """The problems in the form asked for: plain, json or github."""
    if form == "json":
        return as_json(problems)
    return "\n".join((github if form == "github" else plain)(problem) for problem in problems)


def one_line(text: str) -> str:
    """The text with anything that could steer a terminal made visible."""
    return "".join(
        char if char.isprintable() or char == " " else char.encode("unicode_escape").decode()
        for char in text.replace("\t", " ")
    )
