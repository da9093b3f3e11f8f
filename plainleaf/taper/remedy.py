"""Why a dose cannot be made, and what would make it possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from plainleaf.problems import Problem
from plainleaf.taper.exact import shown
from plainleaf.taper.model import MOST_PIECES, Form, Kind, Request
from plainleaf.taper.pieces import Bench, fewest

_SHARES = {Decimal("0.5"): "halved", Decimal("0.25"): "quartered"}
_MANY = 12  # pieces: beyond this a larger strength is the only advice
_NAMED = 6  # doses: beyond this the rest are counted
_NEXT = Fraction(1, 10**12)  # less than any piece: from a dose to just above it


def unmade(request: Request, doses: Sequence[tuple[str, Fraction]], cut: Fraction) -> Problem:
    """One problem for all doses that cannot be made, each with its time; `cut` is the smallest."""

    def makes(bench: Bench) -> bool:
        return all(bench.make(dose) for _, dose in doses)

    def pieces() -> int:
        some = (dose for _, dose in doses[:_NAMED])
        return max(fewest(request.forms, dose, dose + _NEXT, _MANY) for dose in some)

    unit = request.unit
    said = [f"{shown(dose)} {unit} at {time}" for time, dose in doses[:_NAMED]]
    if more := len(doses) - len(said):
        said.append(f"{more} more doses")
    return Problem(
        f"{_and(said)} cannot be made from {names(request.forms)}",
        hint=_hint(request, makes, f"{shown(cut)} {unit} steps need", pieces),
    )


def stalled(request: Request, time: str, now: Fraction, target: Fraction) -> Problem:
    """The problem where nothing at hand lies between the target and the dose now."""

    def makes(bench: Bench) -> bool:
        least = bench.least(target)
        return least is not None and least < now

    def pieces() -> int:
        return fewest(request.forms, target, now, _MANY)

    unit = request.unit
    return Problem(
        f"pace {request.pace.id} goes from {shown(now)} {unit} to {shown(target)} {unit} at {time},"
        f" and {names(request.forms)} make no dose from there up to {shown(now)} {unit}",
        hint=_hint(request, makes, "a dose between needs", pieces),
    )


def names(forms: Sequence[Form]) -> str:
    """The forms as a person knows them, with how far tablets may be split."""
    return ", ".join(_name(form) + _limit(form) for form in forms)


def _hint(
    request: Request, makes: Callable[[Bench], bool], opening: str, pieces: Callable[[], int]
) -> str:
    found = list(_remedies(request, makes))
    if found:
        return f"{opening} {', or '.join(found)}"
    if (count := pieces()) <= _MANY:
        return (
            f"it needs {count} pieces and at most {MOST_PIECES} may be taken at one time:"
            " split the day's dose over more times, or add a larger strength"
        )
    return (
        f"{opening} another strength, a liquid that measures them, or the day's dose split"
        " otherwise: ask the prescriber"
    )


def _remedies(request: Request, makes: Callable[[Bench], bool]) -> Iterator[str]:
    """Each single change that is enough: a finer split of a tablet at hand, one more form."""
    for share, word in _SHARES.items():
        if any(
            form.kind is Kind.TABLET
            and form.smallest > share
            and makes(Bench(_with(request.forms, replace(form, smallest=share))))
            for form in request.forms
        ):
            yield f"tablets that may be {word}"
            break
    has_liquid = any(form.kind is Kind.LIQUID for form in request.forms)
    for form in request.others:
        if form.kind is Kind.LIQUID and has_liquid:
            continue
        if makes(Bench((*request.forms, form))):
            yield f"the {_name(form)}{_limit(form)}"


def _with(forms: Sequence[Form], changed: Form) -> tuple[Form, ...]:
    return tuple(changed if form.id == changed.id else form for form in forms)


def _name(form: Form) -> str:
    return form.name or form.id


def _limit(form: Form) -> str:
    if form.kind is not Kind.TABLET:
        return ""
    word = _SHARES.get(form.smallest)
    return f" (may be {word})" if word else " (whole)"


def _and(said: list[str]) -> str:
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]
