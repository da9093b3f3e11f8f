"""How a day's dose is split over its times, and which time comes down first."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from plainleaf.problems import ContentError, Problem, UsageError
from plainleaf.taper.exact import text, to_decimal
from plainleaf.taper.model import TIMES, DoseAt, Request

_SPLIT = {1: ("night",), 2: ("morning", "night"), 3: ("morning", "noon", "night"), 4: TIMES}


def by_time(doses: Mapping[str, Decimal]) -> tuple[DoseAt, ...]:
    """The doses in the order of the day; UsageError names the times there are."""
    if unknown := [time for time in doses if time not in TIMES]:
        raise UsageError(
            Problem(f"no such time of day: {', '.join(unknown)}", hint=f"use {', '.join(TIMES)}")
        )
    return tuple(DoseAt(time, doses[time]) for time in TIMES if time in doses)


def evenly(total: Decimal, times: int, unit: str, once: str = "night") -> tuple[DoseAt, ...]:
    """A day's dose in equal doses; ContentError where they would not be exact.

    1: at `once`; 2: morning, night; 3: morning, noon, night; 4: morning, noon, evening, night.
    """
    if times not in _SPLIT:
        raise UsageError(Problem(f"{times} times a day", hint="1, 2, 3 or 4 times a day"))
    names = (once,) if times == 1 else _SPLIT[times]
    try:
        each = to_decimal(Fraction(total) / times)
    except ValueError:
        raise ContentError(
            Problem(
                f"{text(total)} {unit} a day in {times} equal doses is not an exact dose",
                hint="give the dose at each time (morning, noon, evening, night),"
                " or the number of times it is taken now",
            )
        ) from None
    return by_time(dict.fromkeys(names, each))


def coming_down(request: Request) -> tuple[str, ...]:
    """The times in the order they come down: those asked for, then by day, night last."""
    times = [at.time for at in request.dose]
    later = [time for time in TIMES if time in times and time not in request.first]
    return (*request.first, *later)


def lowered(
    now: Mapping[str, Fraction], target: Fraction, order: tuple[str, ...], together: bool
) -> dict[str, Fraction]:
    """The day's doses at the target: one time after the other to zero, or all in the same share."""
    total = sum(now.values())
    if together:
        return {time: dose * target / total for time, dose in now.items()}
    left, doses = total - target, dict(now)
    for time in order:
        cut = min(left, doses[time])
        doses[time], left = doses[time] - cut, left - cut
    return doses
