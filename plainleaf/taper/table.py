"""A plan as plain text in columns, for a prescriber to read and for a screen reader to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from plainleaf.content.base import Proof
from plainleaf.content.model import Handout
from plainleaf.taper.exact import text
from plainleaf.taper.handout import said
from plainleaf.taper.model import DoseAt, Intake, Kind, Plan, Request, Step
from plainleaf.taper.words import WHEN, amount_words, counted

DRAFT = "DRAFT, NOT FOR USE"
_SHARES = {"1": "whole", "0.5": "may be halved", "0.25": "may be quartered"}


def table(plan: Plan, request: Request, handout: Handout, draft: bool) -> str:
    """The plan made from the request, in lines. The handout is settled for one market."""
    lines = [
        *([DRAFT] if draft else []),
        *_head(plan, request, handout),
        "",
        *_columns([_titles(plan), *(row for step in _steps(plan) for row in step)]),
        _end(plan),
        *(["Only if you feel well: a held step makes every later date wrong."] * _dated(plan)),
        "",
        *_columns([("To supply", "needed", "to go back one step", "to hand out"), *_supply(plan)]),
        *_screening(handout),
    ]
    return "\n".join(lines) + "\n"


def _head(plan: Plan, request: Request, handout: Handout) -> Iterator[str]:
    pace = handout.paces[plan.pace]
    yield f"Plan from the handout {handout.id}, version {handout.version}"
    yield f"Pace: {plan.pace} ({said(handout, pace.name)})"
    yield f"Where the pace is from: level {pace.level}, {_source(handout, plan.pace)}"
    for form in plan.forms:
        share = _SHARES.get(text(form.smallest), "") if form.kind is Kind.TABLET else ""
        share = f"in a {form.syringe.name}" if form.syringe else share
        yield f"Form: {form.id} ({form.name}{f', {share}' if share else ''})"
    yield f"Dose now: {text(plan.start_dose)} {plan.unit} a day, {_doses(request.dose, plan.unit)}"


def _source(handout: Handout, id: str) -> str:
    """Everything a pace rests on: our own working where it is that, and what was read."""
    pace = handout.paces[id]
    named = [name for name in (pace.source, pace.stop_source, pace.half_source) if name]
    cited = " ".join(handout.sources[name].citation for name in dict.fromkeys(named))
    if pace.source and pace.level is not Proof.DERIVED:
        return cited
    ours = f"our working: {pace.note.rstrip('.')}."
    return f"{ours} After: {cited}" if cited else ours


def _doses(doses: Iterable[DoseAt], unit: str) -> str:
    return ", ".join(f"{text(at.dose)} {unit} {WHEN[at.time]}" for at in doses)


def _titles(plan: Plan) -> tuple[str, ...]:
    return ("Step", "Day", *(["Date"] if _dated(plan) else []), "Days", "Dose a day", "Take")


def _dated(plan: Plan) -> bool:
    return plan.end.date is not None


def _steps(plan: Plan) -> Iterator[list[tuple[str, ...]]]:
    """The rows of each step: one a time of the day, with all but the last column said once."""
    for place, step in enumerate(plan.steps, start=1):
        first = (str(place), str(step.day), *_date(step), str(step.days))
        first = (*first, f"{text(step.dose)} {plan.unit}")
        takes = [_taken(intake, plan) for intake in step.intakes]
        yield [(*(first if not row else [""] * len(first)), take) for row, take in enumerate(takes)]


def _date(step: Step) -> tuple[str, ...]:
    return (step.date.isoformat(),) if step.date else ()


def _taken(intake: Intake, plan: Plan) -> str:
    forms = {form.id: form for form in plan.forms}
    words = [amount_words(take.amount, forms[take.form], plan.unit) for take in intake.take]
    return f"{text(intake.dose)} {plan.unit} {WHEN[intake.time]}: {' and '.join(words)}"


def _end(plan: Plan) -> str:
    end = plan.end
    when = f"End: from day {end.day}" + (f", {end.date.isoformat()}" if end.date else "")
    if not end.intakes:
        return f"{when}: nothing to take"
    kept = "; ".join(_taken(intake, plan) for intake in end.intakes)
    return f"{when}: stay on {text(end.dose)} {plan.unit} a day; {kept}"


def _supply(plan: Plan) -> Iterator[tuple[str, ...]]:
    forms = {form.id: form for form in plan.forms}
    for item in plan.supply:
        form = forms[item.form]
        amounts = (item.needed, item.reserve, item.dispense)
        yield (form.name or form.id, *(counted(amount, form) for amount in amounts))


def _screening(handout: Handout) -> Iterator[str]:
    """What the program cannot know of the person."""
    if handout.screening:
        yield ""
        yield "Ask first. After one yes this plan is not for that person:"
    for asked in handout.screening.values():
        yield f"- {said(handout, asked.question)} If yes: {said(handout, asked.who)}."


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows with every column as wide as its widest entry, two spaces between."""
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    padded = (
        "  ".join(entry.ljust(width) for entry, width in zip(row, widths, strict=False))
        for row in rows
    )
    return [line.rstrip() for line in padded]
