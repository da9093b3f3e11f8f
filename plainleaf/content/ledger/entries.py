"""What a ledger holds: releases and withdrawals, a line each, and every line sealed."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from plainleaf.content.base import Base, Date, Id, Plain, Version, pattern

Area = Literal["doses", "red-flags", "taper"]
Hash = Annotated[str, pattern(r"[0-9a-f]{64}", "should be a SHA-256")]
Short = Annotated[str, pattern(r"[0-9a-f]{8}", "should be eight signs, 0 to 9 and a to f")]
LONGEST_REASON = 300
FIRST = "0" * 64  # what stands before the first line


class Copies(Base):
    """The prints of a release in one language, of one clinic or of none.

    `content` is the fingerprint of the words; `words` has one of each area as this language says
    it; `prints` has the fingerprint of each edition and style; `until` is the review's last day."""

    language: Plain
    clinic: Id | None = None
    until: Date
    content: Hash
    words: dict[Area, Hash]
    prints: dict[Plain, Short] = Field(min_length=1)


class Release(Base):
    """A version given out: its prints, and what it said, in English, where a change matters.

    `content` is the fingerprint that its reviewer approved."""

    kind: Literal["release"] = "release"
    date: Date
    handout: Id
    version: Version
    content: Hash
    said: dict[Area, dict[Plain, str]]
    copies: tuple[Copies, ...] = Field(min_length=1)
    before: Hash = FIRST


class Withdrawal(Base):
    """A version, and every earlier one, that may never be printed again."""

    kind: Literal["withdrawal"] = "withdrawal"
    date: Date
    handout: Id
    version: Version
    reason: Annotated[Plain, Field(max_length=LONGEST_REASON)]
    before: Hash = FIRST


Entry = Annotated[Release | Withdrawal, Field(discriminator="kind")]
ENTRY: TypeAdapter[Release | Withdrawal] = TypeAdapter(Entry)


def order(version: str) -> tuple[tuple[int, str], ...]:
    """A version as something to compare: 0.10 comes after 0.9, and 1.0.0 is 1.0."""
    digits = [part.lstrip("0") for part in (*version.split("."), "", "")[:3]]
    return tuple((len(part), part) for part in digits)


def sealed(entry: Release | Withdrawal, before: str) -> tuple[bytes, str]:
    """The line of an entry after the line with the seal `before`, and its own seal, SHA-256."""
    held = entry.model_dump(mode="json") | {"before": before}
    seal = seal_of(held)
    return canonical(held | {"seal": seal}) + b"\n", seal


def seal_of(held: dict[str, Any]) -> str:
    """The seal of what a line holds beside it: it stands for all the lines before, too."""
    return hashlib.sha256(canonical(held)).hexdigest()


def canonical(held: dict[str, Any]) -> bytes:
    """The one way in which a line is written."""
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
