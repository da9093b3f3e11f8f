"""The example plan of a leaflet: planned and proved by the taper engine, put into words here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from plainleaf.content.base import ByMarket
from plainleaf.content.model import Handout
from plainleaf.content.wording.amounts import counted, pieces
from plainleaf.content.wording.phrases import Voice
from plainleaf.taper import model as taper
from plainleaf.taper.handout import form_of, pace_of
from plainleaf.taper.pieces import Bench
from plainleaf.taper.plan import proved_plan


@dataclass(frozen=True)
class Taken:
    """So much of one form, and the words for it; of a liquid, its volume and its bottle apart."""

    amount: Decimal
    words: str
    volume: str = ""
    bottle: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the printed plan."""

    name: str
    dose: str
    takes: tuple[Taken, ...]
    length: str


@dataclass(frozen=True)
class ExamplePlan:
    """A proved plan in words. `when` heads the dose column, `what` the tablets.

    Of several forms, `supply` says how much of each: more than the last row has room for."""

    when: str
    what: str
    rows: tuple[Row, ...]
    supply: str
    plan: taper.Plan


def plan_of_example(handout: Handout) -> taper.Plan:
    """The handout's one example, settled for a market, planned and proved. ContentError."""
    assert handout.tapering is not None and handout.tapering.example is not None
    example = handout.tapering.example
    assert not isinstance(example.forms, ByMarket)
    return proved_plan(
        taper.Request(
            handout=handout.id,
            unit=example.unit,
            dose=(taper.DoseAt(example.time, example.dose),),
            forms=tuple(form_of(id, handout.forms[id]) for id in example.forms),
            pace=pace_of(example.pace, handout.paces[example.pace]),
        )
    )


def example_plan(handout: Handout, voice: Voice) -> ExamplePlan:
    """The handout's one example in words. ContentError where it cannot be made."""
    plan = plan_of_example(handout)
    assert handout.tapering is not None and handout.tapering.example is not None
    example = handout.tapering.example
    mixed = len({take.form for step in plan.steps for i in step.intakes for take in i.take}) > 1
    say = Amounts(voice, plan, strength=mixed)
    now = Bench(plan.forms).make(Fraction(example.dose)) or ()
    rows = [
        Row(voice.plain("plan.now"), say.dose(example.dose), say.taken(now), say.t("plan.now-long"))
    ]
    for place, step in enumerate(plan.steps, start=1):
        name = voice.plain("plan.step-number", number=place)
        takes = say.taken(step.intakes[0].take)
        rows.append(Row(name, say.dose(step.dose), takes, say.days(step.day, step.days)))
    *most, last = (say.words(item.needed, say.forms[item.form]) for item in plan.supply)
    first = voice.signs.comma.join(most)
    amounts = voice.plain("plan.and", first=first, last=last) if most else last
    supply = voice.plain("plan.in-all", amounts=amounts)
    length = voice.plain("plan.from-day", number=plan.end.day) if mixed else supply
    rows.append(Row(voice.plain("plan.stop"), say.dose(Decimal(0)), (say.nothing(),), length))
    what = _what([say.forms[item.form] for item in plan.supply], example.unit, voice)
    when = voice.plain(f"when.{example.time}")
    return ExamplePlan(when, what, tuple(rows), supply if mixed else "", plan)


def _what(forms: list[taper.Form], unit: str, voice: Voice) -> str:
    kinds = {form.kind for form in forms}
    if taper.Kind.LIQUID in kinds:
        return voice.plain("plan.liquid" if len(kinds) == 1 else "plan.tablets-or-liquid")
    if len(forms) > 1:
        return voice.plain("plan.tablets")
    strength = voice.quantity(forms[0].strength, unit)
    return voice.plain(f"plan.{forms[0].kind}s-of", strength=strength)


class Amounts:
    """Puts the doses and amounts of one plan into words. With `strength` every amount names its
    own: where there is one form, the head of the column has it instead."""

    def __init__(self, voice: Voice, plan: taper.Plan, strength: bool = True) -> None:
        self.t, self._unit, self._strength = voice.plain, plan.unit, strength
        self._voice = voice
        self.forms = {form.id: form for form in plan.forms}

    def dose(self, dose: Decimal) -> str:
        return self._voice.quantity(dose, self._unit)

    def days(self, day: int, days: int) -> str:
        if days == 1:
            return self.t("plan.day", number=day)
        return self.t("plan.days", first=day, last=day + days - 1)

    def nothing(self) -> Taken:
        return Taken(Decimal(0), self.t("plan.none"))

    def taken(self, takes: Iterable[taper.Take]) -> tuple[Taken, ...]:
        return tuple(self._one(take.amount, self.forms[take.form]) for take in takes)

    def _one(self, amount: Decimal, form: taper.Form) -> Taken:
        """The bottle's strength stands beside every amount of a liquid."""
        words = self.words(amount, form)
        if form.kind is not taper.Kind.LIQUID:
            return Taken(amount, words)
        return Taken(amount, words, self._voice.quantity(amount, "ml"), form.name)

    def counted(self, amount: Decimal, form: taper.Form) -> str:
        """An amount for the pharmacy, in figures: 10.5 tablets, 490 mL."""
        if form.kind is taper.Kind.LIQUID:
            return self._voice.quantity(amount, "ml")
        return counted(amount, _kind(form), self._voice.code)

    def words(self, amount: Decimal, form: taper.Form) -> str:
        if form.kind is taper.Kind.LIQUID:
            volume = self._voice.quantity(amount, "ml")
            return self.t("plan.volume", volume=volume, bottle=form.name)
        strength = self._voice.quantity(form.strength, self._unit) if self._strength else ""
        return pieces(amount, _kind(form), self._voice.code, strength)


def _kind(form: taper.Form) -> Literal["tablet", "capsule"]:
    return "capsule" if form.kind is taper.Kind.CAPSULE else "tablet"
