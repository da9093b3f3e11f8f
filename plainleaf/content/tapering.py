"""How to come off a medicine: the example plan, rules, signs, and who needs another plan."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, WithJsonSchema, model_validator

from plainleaf.content.base import Base, Id, IdLists, Ids, Number, Proof, Text, Whole, wrong
from plainleaf.content.sections import Labelled, Sourced, Statement


class Titled(Base):
    """A block's title and words."""

    title: Text
    text: Text


class Rule(Sourced, Titled):
    """A rule of tapering: hold, go back."""


class Example(Titled):
    """One plan, drawn to show how a plan reads; never the reader's own."""

    pace: Id
    dose: Number
    unit: Literal["mg"]
    time: Literal["morning", "noon", "evening", "night"]
    forms: IdLists
    level: Proof


def _few(value: int) -> int:
    if not 1 <= value <= 8:
        raise wrong("should be a whole number from 1 to 8")
    return value


_STEPS = {"type": ["string", "integer"], "pattern": "^[1-8]$", "minimum": 1, "maximum": 8}


class BlankPlan(Titled):
    """A plan to fill in, with room for so many steps between now and the stop."""

    steps: Annotated[Whole, AfterValidator(_few), WithJsonSchema(_STEPS)] = 6


class SpecialPlan(Rule):
    """Who must not come down by an ordinary plan."""

    items: dict[Id, Text]


class CallSigns(Rule):
    """Signs of coming down too fast that ask for a call."""

    items: dict[Id, Text]


class EmergencySigns(Statement):
    """Red flags, by id, that can come from stopping."""

    items: Ids


class Signs(Base):
    """Withdrawal signs by urgency."""

    call: CallSigns
    emergency: EmergencySigns


class Tapering(Base):
    """How to come off it; without an example where the handout has no paces."""

    title: Text
    lead: Text
    words: dict[Id, Labelled]
    example: Example | None = None
    blank: BlankPlan
    hold: Rule
    go_back: Rule
    special: SpecialPlan
    signs: Signs
    liquid: Rule | None = None


class Screened(Sourced):
    """A question to answer for each patient before a plan; `yes` refuses it, `who` makes it."""

    question: Text
    who: Text


class Limit(Base):
    """A bound of safety on what a patient file says; the number is a fact. No way around it.

    `dose-per-day` and `dose-at-once` in the plan's unit, `age` in years, `egfr` in
    mL/min/1.73 m²."""

    measure: Literal["dose-per-day", "dose-at-once", "age", "egfr"]
    at_most: Id | None = None
    at_least: Id | None = None
    who: Text

    @model_validator(mode="after")
    def _one_side(self) -> Limit:
        if (self.at_most is None) == (self.at_least is None):
            raise wrong('needs either "at_most" or "at_least", the id of a fact')
        return self
