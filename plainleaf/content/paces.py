"""What a medicine comes in, and how fast its dose comes down."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from plainleaf.content.base import (
    Base,
    Id,
    Market,
    Number,
    Numbers,
    Plain,
    Proof,
    Text,
    Whole,
    wrong,
)
from plainleaf.content.sections import Sourced

_PARTS = {
    "fixed": ("bands",),
    "list": ("lists",),
    "percent": ("bands", "stop_from", "stop_source"),
    "effect": ("bands", "half", "half_source"),
}


class Syringe(Base):
    """What a liquid is measured with: mL from one mark to the next, and mL in all."""

    name: Plain
    mark: Number
    capacity: Number


class Form(Sourced):
    """A tablet, capsule or liquid. Strength in mg per tablet, capsule or mL; `smallest` is the
    smallest piece that may be taken: 1, 0.5 or 0.25 of a tablet, or mL of a liquid. `pack` is the
    tablets in a box or the mL in a bottle, where known."""

    name: Text
    kind: Literal["tablet", "capsule", "liquid"]
    strength: Number
    smallest: Numbers
    syringe: Syringe | None = None
    pack: Numbers | None = None
    markets: tuple[Market, ...]

    @model_validator(mode="after")
    def _measured(self) -> Form:
        if (self.kind == "liquid") != (self.syringe is not None):
            raise wrong("a liquid, and only a liquid, needs the syringe it is measured with")
        return self


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
    """How fast a dose comes down. Steps in days; doses in the plan's unit a day.

    Cuts, `largest_cut` too, are in the plan's unit for `fixed` and `list`, in percent of the dose
    now for `percent`, in percentage points of the largest effect for `effect`. A percentage pace
    names the dose from which it stops; an effect pace its published half-maximal dose."""

    name: Text
    rule: Literal["fixed", "list", "percent", "effect"]
    bands: tuple[Band, ...] = ()
    lists: tuple[Listed, ...] = ()
    stop_from: Number | None = None
    stop_source: Id | None = None
    half: Number | None = None
    half_source: Id | None = None
    largest_cut: Number
    shortest_step: Whole
    source: Id | None = None
    level: Proof
    note: Plain

    @model_validator(mode="after")
    def _whole_rule(self) -> Pace:
        needs = _PARTS[self.rule]
        for part in ("bands", "lists", "stop_from", "stop_source", "half", "half_source"):
            given = bool(getattr(self, part))
            if part in needs and not given:
                raise wrong(f'the rule "{self.rule}" needs "{part}"')
            if given and part not in needs and (self.rule, part) != ("fixed", "lists"):
                raise wrong(f'"{part}" has no meaning for the rule "{self.rule}"')
        if self.rule == "effect" and (len(self.bands) != 1 or self.bands[0].up_to is not None):
            raise wrong('the rule "effect" has one band, without "up_to"')
        return self
