"""The calendar of a plan: months of weeks of days, each day with its doses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from plainleaf.content.base import Market
from plainleaf.content.wording.phrases import Voice
from plainleaf.taper.model import Intake, Plan

WEEKS = 4  # of a block in a plan without dates
_FIRST = {"uk": 0, "us": 6}  # the day a week begins with, Monday is 0


@dataclass(frozen=True)
class Day:
    """One day: its name, the step that begins on it, and one dose a time, None for nothing."""

    number: int
    date: date | None
    name: str
    step: str
    doses: tuple[str | None, ...]


@dataclass(frozen=True)
class Month:
    """A month, or four weeks of a plan without dates; None fills a week up."""

    name: str
    weeks: tuple[tuple[Day | None, ...], ...]


def days_of(plan: Plan, times: tuple[str, ...], voice: Voice) -> list[Day]:
    """Every day of the plan, and the first day after it."""
    days: list[Day] = []

    def add(number: int, step: str, intakes: tuple[Intake, ...]) -> None:
        doses = {intake.time: voice.quantity(intake.dose, plan.unit) for intake in intakes}
        start = plan.steps[0].date
        when = start + timedelta(days=number - 1) if start else None
        name = voice.date(when, "EEE d") if when else voice.plain("plan.day", number=number)
        days.append(Day(number, when, name, step, tuple(doses.get(time) for time in times)))

    for place, step in enumerate(plan.steps, start=1):
        for at in range(step.days):
            begins = voice.plain("plan.step-number", number=place) if at == 0 else ""
            add(step.day + at, begins, step.intakes)
    last = voice.plain("plan.stay" if plan.end.dose else "plan.stop")
    add(plan.end.day, last, plan.end.intakes)
    return days


def months_of(
    days: list[Day], start: date | None, market: Market, voice: Voice
) -> tuple[Month, ...]:
    """The days in weeks and months, as the country's calendars have them."""
    return tuple(_blocks(days, voice) if start is None else _months(days, _FIRST[market], voice))


def _blocks(days: list[Day], voice: Voice) -> Iterator[Month]:
    size = 7 * WEEKS
    for first in range(0, len(days), size):
        block = days[first : first + size]
        weeks = [_filled(block[at : at + 7], 0) for at in range(0, len(block), 7)]
        ends = {"first": block[0].number, "last": block[-1].number}
        yield Month(voice.plain("plan.days", **ends), tuple(weeks))


def _months(days: list[Day], first: int, voice: Voice) -> Iterator[Month]:
    def month(day: Day) -> tuple[int, int]:
        assert day.date
        return day.date.year, day.date.month

    def week(day: Day) -> int:
        assert day.date
        return (day.date.toordinal() - 1 - first) // 7

    for _, within in groupby(days, month):
        weeks, name = [], ""
        for _, several in groupby(within, week):
            found = list(several)
            begin = found[0].date
            assert begin
            name = name or voice.month(begin)
            weeks.append(_filled(found, (begin.weekday() - first) % 7))
        yield Month(name, tuple(weeks))


def _filled(days: list[Day], before: int) -> tuple[Day | None, ...]:
    week: list[Day | None] = [None] * before + list(days)
    return tuple(week + [None] * (7 - len(week)))
