"""A patient file: what a clinic writes down for one person. Strict, for it ends on paper.

Messages name its places, never what is personal in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from plainleaf.content.base import Base, Date, Id, Ids, Number, Whole, YesNo, wrong
from plainleaf.content.load import Loaded, load
from plainleaf.problems import ContentError, PlainleafError, Problem
from plainleaf.taper.model import TIMES

Time = Literal["morning", "noon", "evening", "night"]
_JOINERS = "\u200c\u200d"  # they belong to words of Persian and of Indian scripts
_MOST_MARKS = 4  # accents on one letter


def _personal(most: int, lines: int = 1) -> AfterValidator:
    """Text that is printed as it stands: short, visible, of one line or a few."""

    def check(value: str) -> str:
        text = unicodedata.normalize("NFC", value.strip())
        if not text:
            raise wrong("is empty: write something, or take the key out")
        if len(text) > most:
            raise wrong(f"is too long: at most {most} characters")
        if text.count("\n") >= lines:
            raise wrong(f"has too many lines: at most {lines}")
        marks = 0
        for char in text:
            kind = unicodedata.category(char)
            marks = marks + 1 if kind.startswith("M") else 0
            hidden = kind in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and char not in _JOINERS
            if (hidden and char != "\n") or marks > _MOST_MARKS:
                raise wrong("holds a character that cannot be seen, or too many accents on one")
        return text

    return AfterValidator(check)


def _dose(value: Any) -> str | dict[str, str]:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value and all(isinstance(one, str) for one in value.values()):
        if unknown := [key for key in value if key not in TIMES]:
            raise wrong(f"no such time of day: {', '.join(unknown)}; use {', '.join(TIMES)}")
        return value
    raise wrong('should be a dose such as "20 mg/day", or one for each time of the day')


class PatientFile(Base):
    """One person's plan: who, the dose now, the pace and the forms that the prescriber chose.

    `dose` is "20 mg/day", split evenly over `times`, or a dose for each time of the day. `start`
    makes it a dated plan; `end` is a dose to keep on. `screening` answers the handout's questions;
    `age` (years) and `egfr` (mL/min/1.73 m²) are held against its limits."""

    handout: Id | None = None
    name: Annotated[str, _personal(60)]
    born: Date | None = None
    prescriber: Annotated[str, _personal(60)] | None = None
    date: Date | None = None
    dose: Annotated[Any, BeforeValidator(_dose)]
    times: Whole | None = None
    pace: Id | None = None
    forms: Ids = ()
    start: Date | None = None
    start_in_past: YesNo = False
    end: str | None = None
    first: tuple[Time, ...] = ()
    together: YesNo = False
    age: Number | None = None
    egfr: Number | None = None
    screening: dict[Id, YesNo] = {}
    notes: Annotated[str, _personal(400, 6)] | None = None

    @property
    def personal(self) -> tuple[str, ...]:
        """The texts that stand on the patient's pages alone."""
        return tuple(text for text in (self.name, self.prescriber, self.notes) if text)


def read_patient(path: Path) -> Loaded[PatientFile]:
    """Read one patient file. ContentError names every place that is wrong, and quotes nothing."""
    try:
        return load(path, PatientFile, str(path))
    except ContentError as error:
        raise ContentError([_bare(problem) for problem in error.problems]) from None


@contextmanager
def quoting_nothing(patient: PatientFile) -> Iterator[None]:
    """Problems on the way out say nothing of the person: what they quote of them becomes "…"."""
    words = {word for text in patient.personal for word in re.findall(r"\w{3,}", text)}
    pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(words)) or r"(?!)")
    try:
        yield
    except PlainleafError as error:
        told = [
            replace(problem, message=pattern.sub("…", problem.message))
            for problem in error.problems
        ]
        raise type(error)(told) from None


def _bare(problem: Problem) -> Problem:
    hint = problem.hint.replace("docs/write-a-handout.md", "docs/patient-file.md")
    return replace(problem, source="", hint=hint)
