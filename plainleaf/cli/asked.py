"""What was typed after `plainleaf taper`, read strictly into what the dose engine takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from plainleaf.content.base import Market
from plainleaf.content.model import Handout
from plainleaf.problems import ContentError, PlainleafError, Problem, UsageError
from plainleaf.taper.check import check
from plainleaf.taper.choose import choose_forms, choose_pace
from plainleaf.taper.day import by_time, evenly
from plainleaf.taper.handout import forms_of, once_of, paces_of, unit_of
from plainleaf.taper.limits import breaches
from plainleaf.taper.model import DoseAt, Form, Request
from plainleaf.taper.quantity import read_dose

T = TypeVar("T")
_COMMA = re.compile(r",\s*(?=[^\W\d]|$)")  # one inside a number is for read_dose to refuse


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The options as they were typed; None for what was not."""

    dose: str | None = None
    times: int | None = None
    split: str | None = None
    pace: str | None = None
    forms: str | None = None
    end: str | None = None
    first: str | None = None
    together: bool = False
    start: date | None = None
    not_before: date | None = None
    must_start: bool = False


class _Reader:
    """Reads part by part, and keeps what is wrong with each."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.usage = False

    def take(self, part: Callable[[], T]) -> T | None:
        try:
            return part()
        except PlainleafError as error:
            self.problems += error.problems
            self.usage |= isinstance(error, UsageError)
            return None

    def stop(self) -> None:
        if self.problems:
            raise (UsageError if self.usage else ContentError)(self.problems)


def request_of(asked: Asked, handout: Handout, market: Market) -> Request:
    """The request, within the limits of the handout, which is settled for the market.

    UsageError where something is not written right or not named, else ContentError; all at once.
    """
    reader, unit = _Reader(), unit_of(handout)
    dose = reader.take(lambda: _dose(asked, unit, once_of(handout)))
    pace = reader.take(lambda: choose_pace(paces_of(handout), asked.pace))
    forms = reader.take(lambda: _forms(asked.forms, handout, market))
    end = reader.take(lambda: _end(asked.end, unit))
    first = reader.take(lambda: _first(asked))
    reader.take(lambda: _start(asked))
    if dose is not None:
        measured = {"dose-per-day": sum((at.dose for at in dose), Decimal(0))}
        measured["dose-at-once"] = max(at.dose for at in dose)
        reader.problems += reader.take(lambda: breaches(handout, measured)) or []
    if dose is None or pace is None or forms is None or end is None or first is None:
        reader.stop()
        raise AssertionError("a part that is missing has said why")
    request = Request(
        handout=handout.id,
        unit=unit,
        dose=dose,
        forms=forms,
        pace=pace,
        start=asked.start,
        end=end,
        first=first,
        together=asked.together,
        others=tuple(form for form in forms_of(handout, market) if form not in forms),
        not_before=asked.not_before,
    )
    reader.take(lambda: check(request))
    reader.stop()
    return request


def _dose(asked: Asked, unit: str, once: str) -> tuple[DoseAt, ...]:
    if asked.dose is None and asked.split is None:
        hint = f'write --dose "30 {unit}/day", or --split "morning 10 {unit}, night 20 {unit}"'
        raise UsageError(Problem("no dose given", hint=hint))
    if asked.dose is not None and asked.split is not None:
        raise UsageError(Problem("--dose and --split both say the dose", hint="give one of them"))
    if asked.split is not None:
        if asked.times is not None:
            hint = "leave out --times: --split says when each dose is taken"
            raise UsageError(Problem("doses by time of the day, and a number of times", hint=hint))
        return _split(asked.split, unit)
    assert asked.dose is not None
    total = _whole_day("--dose", asked.dose, unit)
    return evenly(total, 1 if asked.times is None else asked.times, unit, once)


def _end(text: str | None, unit: str) -> Decimal:
    return Decimal(0) if text is None else _whole_day("--end", text, unit)


def _whole_day(option: str, text: str, unit: str) -> Decimal:
    read = read_dose(text, unit)
    if not read.per_day:
        hint = f'write {option} "{text}/day"; --split says the dose at each time of the day'
        raise UsageError(Problem(f"{option} {text} does not say that it is a day's", hint=hint))
    return read.value


def _split(text: str, unit: str) -> tuple[DoseAt, ...]:
    """The dose at each time; every part that is wrong is told."""
    problems, times, doses = list[Problem](), list[str](), dict[str, Decimal]()
    for part in _COMMA.split(text):
        time, _, written = part.strip().partition(" ")
        if not written:
            hint = f'write --split "morning 10 {unit}, night 20 {unit}"'
            problems.append(Problem(f'"{part.strip()[:40]}" is no time with its dose', hint=hint))
            continue
        times.append(time)
        try:
            doses[time] = _once(written.strip(), unit)
        except UsageError as error:
            problems += error.problems
    try:
        by_time(dict.fromkeys(times, Decimal(0)))
    except UsageError as error:
        problems += error.problems
    if twice := sorted({time for time in times if times.count(time) > 1}):
        problems.append(
            Problem(f"two doses at one time: {', '.join(twice)}", hint="give their sum")
        )
    if problems:
        raise UsageError(problems)
    return by_time(doses)


def _once(text: str, unit: str) -> Decimal:
    read = read_dose(text, unit)
    if read.per_day:
        said = f'a dose at one time of the day is written "10 {unit}", without "/day"'
        raise UsageError(Problem(said))
    return read.value


def _forms(text: str | None, handout: Handout, market: Market) -> tuple[Form, ...]:
    known = forms_of(handout, market)
    ids = _listed(text)
    abroad = [id for id in ids if id in handout.forms and market not in handout.forms[id].markets]
    hint = f"there are: {', '.join(form.id for form in known)}"
    problems = [Problem(f"{id} is not sold in this market: {market}", hint=hint) for id in abroad]
    here = [id for id in ids if id not in abroad]
    try:
        chosen = choose_forms(known, here) if here or not ids else ()
    except UsageError as error:
        problems += error.problems
    if problems:
        raise UsageError(problems)
    return chosen


def _first(asked: Asked) -> tuple[str, ...]:
    times = _listed(asked.first)
    if times and asked.together:
        hint = "choose --together or --first"
        raise UsageError(Problem("doses come down together or in an order, not both", hint=hint))
    by_time(dict.fromkeys(times, Decimal(0)))
    return tuple(times)


def _start(asked: Asked) -> None:
    if asked.must_start and asked.start is None:
        hint = "add the day, such as --start 2026-12-01"
        raise UsageError(Problem("a calendar needs the day on which the plan starts", hint=hint))


def _listed(text: str | None) -> list[str]:
    return [] if text is None else [part.strip() for part in text.split(",")]
