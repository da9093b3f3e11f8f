"""A patient's own plan: screened, held against the limits, and proved; or every reason why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from plainleaf.content.base import Market
from plainleaf.content.load import Loaded, nearest
from plainleaf.content.model import Handout
from plainleaf.problems import ContentError, PlainleafError, Problem
from plainleaf.taper.choose import choose_forms, choose_pace
from plainleaf.taper.day import by_time, evenly
from plainleaf.taper.handout import forms_of, once_of, paces_of, said, unit_of
from plainleaf.taper.limits import breaches
from plainleaf.taper.model import DoseAt, Plan, Request
from plainleaf.taper.patient import PatientFile
from plainleaf.taper.plan import proved_plan
from plainleaf.taper.quantity import read_dose

T = TypeVar("T")


class _Reader:
    """Reads a patient file part by part, and keeps every problem with its place."""

    def __init__(self, given: Loaded[PatientFile]) -> None:
        self.given = given
        self.problems: list[Problem] = []

    def refuse(self, message: str, *loc: str, hint: str = "") -> None:
        self.relay(Problem(message, hint=hint), *loc)

    def relay(self, problem: Problem, *loc: str) -> None:
        """A problem of another room, at this place of the file."""
        place = self.given.document.locate(loc, key=True)
        path = self.given.document.path
        self.problems.append(replace(problem, path=path, line=place.line, column=place.column))

    def take(self, part: Callable[[], T], *loc: str) -> T | None:
        """The part, or None and its problems told at this place."""
        try:
            return part()
        except PlainleafError as error:
            for problem in error.problems:
                self.relay(problem, *loc)
            return None


def own_plan(
    given: Loaded[PatientFile], handout: Handout, market: Market, today: date
) -> tuple[Plan, tuple[DoseAt, ...]]:
    """The plan of one person, and the dose now by time of the day.

    The handout is settled for the market. ContentError says every reason why there is none.
    """
    reader, patient = _Reader(given), given.model
    if patient.handout not in (None, handout.id):
        reader.refuse(f'the file is for "{patient.handout}", not for "{handout.id}"', "handout")
    if not handout.paces or handout.tapering is None:
        reader.refuse("this handout has no pace, so no plan can be made from it")
        raise ContentError(reader.problems)
    _screen(reader, patient, handout)
    dose = reader.take(lambda: _dose(patient, handout), "dose")
    for problem in breaches(handout, _measures(patient, dose or ())):
        reader.relay(problem)
    pace = reader.take(lambda: choose_pace(paces_of(handout), patient.pace), "pace")
    known = forms_of(handout, market)
    forms = reader.take(lambda: choose_forms(known, patient.forms), "forms")
    end = reader.take(lambda: _end(patient, unit_of(handout)), "end")
    if reader.problems or dose is None or pace is None or forms is None or end is None:
        raise ContentError(reader.problems)
    request = Request(
        handout=handout.id,
        unit=unit_of(handout),
        dose=dose,
        forms=forms,
        pace=pace,
        start=patient.start,
        end=end,
        first=patient.first,
        together=patient.together,
        others=tuple(form for form in known if form not in forms),
        not_before=None if patient.start_in_past else today,
    )
    plan = reader.take(lambda: proved_plan(request), "dose")
    if plan is None:
        raise ContentError(reader.problems)
    return plan, dose


def dose_now(given: Loaded[PatientFile], handout: Handout) -> tuple[DoseAt, ...]:
    """The dose now alone, by time of the day, for a copy without a plan. ContentError."""
    reader, patient = _Reader(given), given.model
    if patient.handout not in (None, handout.id):
        reader.refuse(f'the file is for "{patient.handout}", not for "{handout.id}"', "handout")
    dose = reader.take(lambda: _dose(patient, handout), "dose")
    if reader.problems or dose is None:
        raise ContentError(reader.problems)
    return dose


def _screen(reader: _Reader, patient: PatientFile, handout: Handout) -> None:
    """Tell what the answers to the screening say against a plan."""
    for id, asked in handout.screening.items():
        words, who = said(handout, asked.question), said(handout, asked.who)
        if id not in patient.screening:
            hint = f'Add "{id}: no" or "{id}: yes" under screening. If yes: {who} makes the plan.'
            reader.refuse(
                f'the screening question "{id}" has no answer: {words}', "screening", hint=hint
            )
        elif patient.screening[id]:
            hint = f"Who makes it: {who}."
            reader.refuse(
                f'no plan from here, "{id}" is answered yes: {words}', "screening", id, hint=hint
            )
    for id in patient.screening:
        if id not in handout.screening:
            near = nearest(id, list(handout.screening))
            meant = f', did you mean "{near}"?' if near else ""
            hint = f"It asks: {', '.join(handout.screening) or 'nothing'}."
            reader.refuse(f'the handout asks no question "{id}"{meant}', "screening", id, hint=hint)


def _dose(patient: PatientFile, handout: Handout) -> tuple[DoseAt, ...]:
    unit = unit_of(handout)
    if isinstance(patient.dose, dict):
        if patient.times is not None:
            raise ContentError(
                Problem(
                    "doses by time of the day, and a number of times", hint='Leave out "times".'
                )
            )
        return by_time({time: _once(text, unit) for time, text in patient.dose.items()})
    read = read_dose(patient.dose, unit)
    if not read.per_day:
        raise ContentError(
            Problem(
                "the dose does not say that it is a day's",
                hint=f'Write "{patient.dose}/day", or a dose for each time of the day.',
            )
        )
    times = 1 if patient.times is None else patient.times
    return evenly(read.value, times, unit, once_of(handout))


def _once(text: str, unit: str) -> Decimal:
    read = read_dose(text, unit)
    if read.per_day:
        raise ContentError(
            Problem(f'a dose at one time of the day is written "10 {unit}", without "/day"')
        )
    return read.value


def _end(patient: PatientFile, unit: str) -> Decimal:
    return read_dose(patient.end, unit).value if patient.end else Decimal(0)


def _measures(patient: PatientFile, dose: tuple[DoseAt, ...]) -> dict[str, Decimal]:
    """What the limits are held against, by its measure."""
    found = {"age": patient.age, "egfr": patient.egfr}
    if dose:
        found["dose-per-day"] = sum((at.dose for at in dose), Decimal(0))
        found["dose-at-once"] = max(at.dose for at in dose)
    return {measure: value for measure, value in found.items() if value is not None}
