"""Every statement of a handout with what it rests on, for the reviewer's edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from plainleaf.content.model import Handout
from plainleaf.content.sections import Claims, Sourced

_WORDS = ("question", "lead", "title", "name", "label", "answer", "after", "text", "found", "say")


@dataclass(frozen=True)
class Row:
    """One statement: where it stands, its words, its sources by id, and how it was verified."""

    place: str
    text: str
    sources: tuple[str, ...]
    level: str


def statements(handout: Handout) -> list[Row]:
    """All of them, in the order of the leaflet. The handout is settled for one market."""
    return [row for name in type(handout).model_fields for row in _rows(getattr(handout, name), name)]


def _rows(value: Any, place: str) -> Iterator[Row]:
    if isinstance(value, Claims):
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _rows(item, f"{place} {key}")
    elif isinstance(value, BaseModel):
        level = getattr(value, "level", None)
        words = " ".join(
            text for name in _WORDS if isinstance(text := getattr(value, name, None), str) and text
        )
        if level is not None and words and (isinstance(value, Sourced) or hasattr(value, "sources")):
            yield Row(place, words, tuple(getattr(value, "sources", ())), str(level))
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if isinstance(inner, (dict, BaseModel)):
                yield from _rows(inner, f"{place} {name}".replace(" items", ""))
