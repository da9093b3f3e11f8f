"""Who stands behind a translation, and which doubts were looked at and allowed, beside the PO."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Literal

from pydantic import RootModel, model_validator

from plainleaf.content.base import Base, Date, Plain, wrong
from plainleaf.content.load import Loaded, load
from plainleaf.content.wording.catalog import Catalog
from plainleaf.content.wording.language import Figure
from plainleaf.content.yaml import parse

Excusable = Literal[
    "order",
    "units",
    "negation",
    "script",
    "source-left",
    "forbidden",
    "length",
]


class TranslationReview(Base):
    """`<language>.review.yaml`: who translated it, who reviewed it, and until when that holds."""

    status: Literal["draft", "approved"] = "draft"
    translator: Plain | None = None
    translated: Date | None = None
    reviewer: Plain | None = None
    role: Plain | None = None
    date: Date | None = None
    next: Date | None = None
    fingerprint: Plain | None = None

    @model_validator(mode="after")
    def _signed(self) -> TranslationReview:
        missing = [name for name in type(self).model_fields if getattr(self, name) is None]
        if self.status == "approved" and missing:
            raise wrong(f"says approved but has no {', '.join(missing)}: only its reviewer may")
        if self.status == "approved" and self.reviewer == self.translator:
            raise wrong("is reviewed by its translator: another person must compare the two")
        return self


class Exemption(Base):
    """Why a doubt of the guards may stand in one text: numbers by name, other guards as a whole.

    Nothing excuses a placeholder, an invisible sign or a number that is not named here."""

    reason: Plain
    numbers: tuple[Figure, ...] = ()
    guards: tuple[Excusable, ...] = ()

    @model_validator(mode="after")
    def _something(self) -> Exemption:
        if not (self.numbers or self.guards):
            raise wrong('needs "numbers" or "guards"')
        return self


class Exemptions(RootModel[dict[Plain, Exemption]]):
    """`<language>.exceptions.yaml`: the exemptions by context."""


def load_review(path: Path, shown: str | None = None) -> TranslationReview:
    """The review beside a PO file; a draft by nobody where there is none. Raises ContentError."""
    if not path.is_file():
        return TranslationReview()
    return load(path, TranslationReview, shown).model


def load_exemptions(path: Path, shown: str | None = None) -> Loaded[Exemptions]:
    """The exemptions beside a PO file; none where there is no such file. Raises ContentError."""
    if not path.is_file():
        return Loaded(Exemptions({}), parse(b"{}", str(path) if shown is None else shown))
    return load(path, Exemptions, shown)


def fingerprint(catalog: Catalog) -> str:
    """SHA-256 of every source with its translation: changes with each word, not with a comment."""
    words = sorted(
        (entry.context, entry.source, entry.plural, *entry.targets, str(entry.fuzzy))
        for entry in catalog.entries
    )
    return hashlib.sha256(json.dumps([catalog.language, words]).encode()).hexdigest()


def holds(review: TranslationReview, catalog: Catalog, today: datetime.date) -> bool:
    """Whether a named person reviewed these very words, all of them, and the review still holds."""
    return (
        review.status == "approved"
        and review.fingerprint == fingerprint(catalog)
        and review.next is not None
        and today <= review.next
        and not any(entry.missing or entry.fuzzy or entry.unchecked for entry in catalog.entries)
    )
