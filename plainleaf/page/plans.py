"""The example plan of a leaflet: planned and proved by the taper engine, put into words here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from plainleaf.content.base import ByMarket, Market
from plainleaf.content.facts import quantity
from plainleaf.content.model import Handout
from plainleaf.content.tapering import Form, Listed, Pace
from plainleaf.taper import model as taper
from plainleaf.taper.pieces import Bench
from plainleaf.taper.plan import proved_plan

_TIMES = {
    "morning": "In the morning",
    "noon": "At noon",
    "evening": "In the evening",
    "night": "At night",
}
_PARTS = {
    Decimal("0.25"): "a quarter of a",
    Decimal("0.5"): "half a",
    Decimal("0.75"): "three quarters of a",
}
_AND = {
    Decimal("0.25"): "a quarter",
    Decimal("0.5"): "a half",
    Decimal("0.75"): "three quarters",
}


@dataclass(frozen=True)
class Taken:
    """So many tablets of one strength, and the words for them."""

    amount: Decimal
    words: str


@dataclass(frozen=True)
class Row:
    """One line of the printed plan."""

    name: str
    dose: str
    takes: tuple[Taken, ...]
    length: str


@dataclass(frozen=True)
class ExamplePlan:
    """A proved plan in words. `when` heads the dose column, `what` the tablets."""

    when: str
    what: str
    rows: tuple[Row, ...]
    plan: taper.Plan


def example_plan(handout: Handout, market: Market) -> ExamplePlan:
    """The handout's one example, proved. ContentError where it cannot be made."""
    assert handout.tapering is not None
    example = handout.tapering.example
    assert not isinstance(example.forms, ByMarket)
    forms = tuple(_form(id, handout.forms[id]) for id in example.forms)
    plan = proved_plan(
        taper.Request(
            handout=handout.id,
            unit=example.unit,
            dose=(taper.DoseAt(example.time, example.dose),),
            forms=forms,
            pace=pace_of(example.pace, handout.paces[example.pace]),
        )
    )
    names = {form.id: f"{quantity(form.strength, example.unit)} {form.kind}" for form in forms}
    mixed = len({take.form for step in plan.steps for i in step.intakes for take in i.take}) > 1
    now = Bench(forms).make(Fraction(example.dose)) or ()
    rows = [
        Row("Now", quantity(example.dose, "mg"), _taken(now, names, mixed), "The dose you take now")
    ]
    for place, step in enumerate(plan.steps, start=1):
        takes = step.intakes[0].take
        last = step.day + step.days - 1
        rows.append(
            Row(
                f"Step {place}",
                quantity(step.dose, "mg"),
                _taken(takes, names, mixed),
                f"Days {step.day} to {last}",
            )
        )
    supply = "In all: " + " and ".join(
        _words(item.needed, names[item.form], mixed) for item in plan.supply
    )
    rows.append(Row("Stop", quantity(Decimal(0), "mg"), (Taken(Decimal(0), "None"),), supply))
    what = "Tablets" if mixed else f"{names[plan.supply[0].form]}s"
    return ExamplePlan(_TIMES[example.time], what, tuple(rows), plan)


def pace_of(id: str, pace: Pace) -> taper.Pace:
    """The handout's pace as the engine takes it."""
    lists = tuple(_listed(each) for each in pace.lists)
    about = {
        "id": id,
        "largest_cut": pace.largest_cut,
        "shortest": pace.shortest_step,
        "source": pace.source or pace.note,
        "level": str(pace.level),
    }
    if pace.rule == "list":
        return taper.ListPace(lists=lists, **about)  # type: ignore[arg-type]
    bands = tuple(taper.Band(band.cut, band.days, band.up_to) for band in pace.bands)
    return taper.FixedPace(bands=bands, lists=lists, **about)  # type: ignore[arg-type]


def _listed(listed: Listed) -> taper.StepList:
    steps = tuple(taper.ListStep(step.dose, step.cut, step.days) for step in listed.steps)
    return taper.StepList(listed.start, steps)


def _form(id: str, form: Form) -> taper.Form:
    assert isinstance(form.smallest, Decimal)
    return taper.Form(
        id=id, kind=taper.Kind(form.kind), strength=form.strength, smallest=form.smallest
    )


def _taken(takes: tuple[taper.Take, ...], names: dict[str, str], mixed: bool) -> tuple[Taken, ...]:
    return tuple(Taken(take.amount, _words(take.amount, names[take.form], mixed)) for take in takes)


def _words(amount: Decimal, name: str, mixed: bool) -> str:
    """1 tablet, half a tablet, 1 and a half; of several strengths, "2 tablets of 10 mg"."""
    strength, noun = name.rsplit(" ", 1)
    of = f" of {strength}" if mixed else ""
    whole, part = int(amount), amount - int(amount)
    if not whole:
        return f"{_PARTS[part]} {noun}{of}"
    if part:
        return f"{whole} and {_AND[part]}{of}"
    return f"{whole} {noun}{'s' if whole > 1 else ''}{of}"
