"""How to come off a medicine: forms, paces, the example plan, the rules and the signs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from plainleaf.content.base import (
    Base,
    Id,
    IdLists,
    Ids,
    Number,
    Numbers,
    Plain,
    Proof,
    Text,
    Whole,
)
from plainleaf.content.sections import Labelled, Sourced, Statement


class Form(Sourced):
    """A tablet, capsule or liquid. Strength in mg per tablet, capsule or mL; `smallest` is the
    smallest piece that may be taken: 1, 0.5 or 0.25 of a tablet, or mL of a liquid."""

    name: Text
    kind: Literal["tablet", "capsule", "liquid"]
    strength: Number
    smallest: Numbers
    markets: tuple[Literal["uk", "us"], ...]


class Band(Base):
    """Up to this daily dose (any, where none is named), cut by so much, then stay so many days."""

    up_to: Number | None = None
    cut: Number
    days: Whole


class ListedStep(Base):
    """One published step: the day's dose, the cut that led to it, and its days (0: the end)."""

    dose: Number
    cut: Number
    days: Whole


class Listed(Base):
    """The published steps from one start dose."""

    start: Number
    steps: tuple[ListedStep, ...] = Field(min_length=1)


class Pace(Base):
    """How fast a dose comes down. Doses in mg a day, steps in days."""

    name: Text
    rule: Literal["fixed", "list"]
    bands: tuple[Band, ...] = ()
    lists: tuple[Listed, ...] = ()
    largest_cut: Number
    shortest_step: Whole
    source: Id | None = None
    level: Proof
    note: Plain


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
    """How to come off it."""

    title: Text
    lead: Text
    words: dict[Id, Labelled]
    example: Example
    blank: Titled
    hold: Rule
    go_back: Rule
    special: SpecialPlan
    signs: Signs
    liquid: Rule | None = None
