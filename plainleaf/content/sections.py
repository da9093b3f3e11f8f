"""The sections of a leaflet, in the order they are printed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from plainleaf.content.base import (
    Base,
    Id,
    IdLists,
    Ids,
    Plain,
    Proof,
    Text,
    YesNo,
)

Certainty = Literal["high", "moderate", "low", "very-low", "none"]
Band = Literal["very-common", "common", "uncommon", "rare", "very-rare"]


class Sourced(Base):
    """Something said, with the sources it rests on; without one it is our working, level D."""

    sources: IdLists = ()
    level: Proof


class Statement(Sourced):
    """Words and what they rest on."""

    text: Text


class Point(Statement):
    """A statement with a bold lead-in; `on_paper: no` keeps it for the HTML form."""

    lead: Text
    on_paper: YesNo = True


class InShort(Base):
    """The first page: one main message, then what to do."""

    message: Text
    points: dict[Id, Point] = Field(min_length=1, max_length=5)


class RedFlags(Sourced):
    """Signs of an emergency. Locked: no clinic rewords them."""

    title: Text
    signs: dict[Id, Text] = Field(min_length=1)
    say: Text


class Labelled(Statement):
    """A statement that stands beside a label in the margin."""

    label: Text


class WhatItIs(Base):
    """What the medicine is, and whether it is licensed for this."""

    title: Text
    lead: Text
    points: dict[Id, Labelled]


class People(Base):
    """A list of people under one heading."""

    title: Text
    items: dict[Id, Statement]


class WhoShouldNot(Base):
    """Who must not take it, and who needs care."""

    never: People
    care: People


class Question(Sourced):
    """One question put to the evidence; certainty says how sure the answer is."""

    question: Text
    certainty: Certainty | None = None
    answer: Text
    bars: Ids = ()
    people: Id | None = None
    after: Text | None = None
    on_paper: YesNo = True


class Untreated(Statement):
    """What happens without treatment."""

    title: Text


class FactBox(Base):
    """Benefits and harms of two groups side by side, as facts; no advice stands in it."""

    title: Text
    lead: Text
    benefits: Ids = Field(min_length=1)
    harms: Ids = Field(min_length=1)


class Evidence(Base):
    """What the studies show, question by question."""

    title: Text
    lead: Text
    questions: dict[Id, Question]
    fact_box: FactBox | None = None
    untreated: Untreated | None = None


class Moment(Statement):
    """One point of a timeline; `when` names a fact in hours, days or weeks."""

    when: Id


class Timeline(Base):
    """What to expect, and when."""

    title: Text
    moments: dict[Id, Moment] = Field(min_length=2, max_length=6)


class PrintedClaim(Base):
    """How a claim is printed: the finding first, the claim in our words, no unfounded figure."""

    finding: Text
    said: Text
    sources: Ids = ()


class Claim(Base):
    """A claim met in the press, and what was found when it was looked up."""

    claimed: Plain
    status: Literal[
        "verified",
        "partly",
        "not-found",
        "contradicted",
        "not-supported",
        "misleading",
        "plausible",
        "not-checkable",
        "opinion",
    ]
    found: Plain
    sources: Ids = ()
    level: Proof
    print: PrintedClaim | None = None


class Claims(Base):
    """What the reader may have read."""

    title: Text
    lead: Text
    items: dict[Annotated[str, Field(pattern="^[A-Z][0-9]{2,3}$")], Claim]


class Effect(Base):
    """A side effect; how often is a fact, how long it lasts is words."""

    name: Text
    fact: Id
    lasts: Text | None = None
    band: Band | None = None
    band_source: Id | None = None
    on_paper: YesNo = True


class EffectGroup(Base):
    """Side effects that ask for the same thing to be done."""

    effects: dict[Id, Effect] = {}
    no_number: Statement | None = None
    advice: Statement


class SideEffects(Sourced):
    """Side effects by what to do: look after yourself, call us (where any is known), emergency."""

    title: Text
    lead: Text
    self: EffectGroup
    call: EffectGroup | None = None
    emergency: EffectGroup


class Interaction(Statement):
    """Another medicine or substance, and what happens together."""

    name: Text
    examples: Text | None = None
    on_paper: YesNo = True


class Interactions(Base):
    """Taking it with other things."""

    title: Text
    lead: Text
    items: dict[Id, Interaction]


class Option(Base):
    """Another way to reach the same end."""

    name: Text
    gloss: Text | None = None
    found: Text
    risks: Statement
    sources: Ids = ()
    level: Proof
    on_paper: YesNo = True


class Options(Base):
    """Options compared."""

    title: Text
    lead: Text
    items: dict[Id, Option]
