"""The last sections of a leaflet: tips, questions, and who wrote it."""

from __future__ import annotations

from plainleaf.content.base import Base, Id, Text, YesNo
from plainleaf.content.sections import Point, Sourced, Statement


class Tips(Base):
    """Practical advice."""

    title: Text
    items: dict[Id, Point]


class FrequentQuestion(Sourced):
    """A question people ask."""

    question: Text
    answer: Text
    on_paper: YesNo = True


class Questions(Base):
    """Questions people ask."""

    title: Text
    items: dict[Id, FrequentQuestion]


class About(Base):
    """Who wrote it, who paid, and what else to read."""

    written_by: Text
    paid_by: Text
    makers_leaflet: Text


class Card(Base):
    """A card for the wallet: what all must know at once, and what staff must. Locked.

    `staff` is for those who treat the person here: it stays in English in every translation."""

    warning: Statement
    staff: Statement
