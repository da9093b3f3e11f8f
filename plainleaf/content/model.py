"""What a handout is: the validation, the JSON Schema for editors and the reference, in one."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from plainleaf.content.base import (
    Base,
    ByMarket,
    ByReading,
    Date,
    Id,
    Market,
    Plain,
    Reading,
    Text,
    Version,
    pattern,
)
from plainleaf.content.closing import About, Card, Questions, Tips
from plainleaf.content.facts import Fact, Source
from plainleaf.content.paces import Form, Pace
from plainleaf.content.sections import (
    Claims,
    Evidence,
    InShort,
    Interactions,
    Options,
    RedFlags,
    SideEffects,
    Timeline,
    WhatItIs,
    WhoShouldNot,
)
from plainleaf.content.tapering import Limit, Screened, Tapering

Model = TypeVar("Model", bound=BaseModel)


class Medicine(Base):
    """The medicine, and the names that count as drug names when the words are measured."""

    name: Plain
    words: tuple[Plain, ...] = ()


class Review(Base):
    """Who reviewed what, and until when it holds. Written by `plainleaf approve`."""

    status: Literal["draft", "approved"] = "draft"
    reviewer: Plain | None = None
    role: Plain | None = None
    date: Date | None = None
    next: Date | None = None
    fingerprint: Plain | None = None

    @model_validator(mode="after")
    def _signed(self) -> Review:
        missing = [
            key
            for key in ("reviewer", "role", "date", "next", "fingerprint")
            if getattr(self, key) is None
        ]
        if self.status == "approved" and missing:
            raise PydanticCustomError(
                "plainleaf",
                "{reason}",
                {"reason": f"says approved but has no {', '.join(missing)}: run plainleaf approve"},
            )
        return self


class Waiver(Base):
    """Why a rule does not hold here, and which role answers for it."""

    reason: Plain
    role: Plain


class Handout(Base):
    """One leaflet in its source language: sections, facts, sources and the review block."""

    id: Id
    version: Version
    language: Literal["en"]
    written: Date
    kind: Literal["medicine", "information"]
    title: Text
    subtitle: Text
    icon: Id | None = None
    medicine: Medicine | None = None
    markets: tuple[Market, ...] = Field(min_length=1)
    in_short: InShort
    red_flags: RedFlags | None = None
    what_it_is: WhatItIs | None = None
    timeline: Timeline | None = None
    who_should_not: WhoShouldNot | None = None
    evidence: Evidence | None = None
    claims: Claims | None = None
    side_effects: SideEffects | None = None
    interactions: Interactions | None = None
    forms: dict[Id, Form] = {}
    paces: dict[Id, Pace] = {}
    screening: dict[Id, Screened] = {}
    limits: dict[Id, Limit] = {}
    tapering: Tapering | None = None
    options: Options | None = None
    tips: Tips | None = None
    questions: Questions | None = None
    about: About | None = None
    card: Card | None = None
    facts: dict[Id, Fact] = {}
    sources: dict[Id, Source] = {}
    waivers: dict[Id, Waiver] = {}
    review: Review = Review()


class Report(Base):
    """Where a reader reports a side effect."""

    text: Plain
    link: Annotated[str, pattern(r"https://[!-~]+", "should start with https://")]
    label: Plain


class MarketInfo(Base):
    """What is the same in every leaflet of a country."""

    name: Plain
    emergency: Plain
    urgent: Plain
    report: Report


class Markets(Base):
    """handouts/markets.yaml."""

    uk: MarketInfo
    us: MarketInfo


def for_market(value: Model, market: Market, reading: Reading = "ordinary") -> Model:
    """The same model with every text that varies settled for one country and reading level."""
    resolved: Model = _settle(_settle(value, ByReading, reading), ByMarket, market)
    return resolved


def for_reading(value: Model, reading: Reading) -> Model:
    """The same model with each text in one reading level; countries stay apart. A text without a
    simple form is the ordinary one in both. Where no text has two, the very same object."""
    resolved: Model = _settle(value, ByReading, reading)
    return resolved


def _settle(value: Any, varies: type[BaseModel], name: str) -> Any:
    """A copy in which each of what `varies` is what it holds under one name."""
    if isinstance(value, varies):
        return _settle(getattr(value, name), varies, name)
    if isinstance(value, BaseModel):
        held = {field: getattr(value, field) for field in type(value).model_fields}
        settled = {field: _settle(item, varies, name) for field, item in held.items()}
        changed = {field: item for field, item in settled.items() if item is not held[field]}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, dict):
        return _same(value, {key: _settle(item, varies, name) for key, item in value.items()})
    if isinstance(value, tuple):
        items = tuple(_settle(item, varies, name) for item in value)
        return (
            items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        )
    return value


def _same(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return after if any(after[key] is not before[key] for key in before) else before
