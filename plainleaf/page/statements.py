"""Every statement of a handout with what it rests on, for the reviewer's edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from plainleaf.content.model import Handout
from plainleaf.content.paces import Form, Pace
from plainleaf.content.sections import Claims
from plainleaf.content.tapering import Example

_WORDS = (
    *("question", "lead", "title", "name", "label", "answer", "after", "text", "found", "say"),
    "who",
)
_CUTS = {"fixed": "mg", "list": "mg", "percent": "percent", "effect": "points of effect"}


@dataclass(frozen=True)
class Row:
    """One statement: where it stands, its words, its sources by id, and how it was verified."""

    place: str
    text: str
    sources: tuple[str, ...]
    level: str


def statements(handout: Handout, simple: Handout) -> list[Row]:
    """All of them, in the order of the leaflet, each with its simple form where it has one.

    Both handouts are settled for one market, `simple` with the simple form of its texts."""
    pairs = zip(_all(handout), _all(simple), strict=True)
    return [
        row if row == other else replace(row, text=f"{row.text} In simple words: {other.text}")
        for row, other in pairs
    ]


def _all(handout: Handout) -> Iterator[Row]:
    for name in type(handout).model_fields:
        if name != "facts":
            yield from _rows(getattr(handout, name), name)


def _rows(value: Any, place: str) -> Iterator[Row]:
    if isinstance(value, Claims):
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _rows(item, f"{place} {key}")
    elif isinstance(value, BaseModel):
        level = getattr(value, "level", None)
        words = " ".join([*_texts(value), *_data(value)])
        if level is not None and words:
            yield Row(place, words, _sources(value), str(level))
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if isinstance(inner, (dict, BaseModel)):
                yield from _rows(inner, f"{place} {name}".replace(" items", ""))


def _texts(value: BaseModel) -> Iterator[str]:
    """The words of one statement, lists of signs and people included."""
    for name in _WORDS:
        if isinstance(text := getattr(value, name, None), str):
            yield text
    for name in type(value).model_fields:
        inner = getattr(value, name)
        if (
            isinstance(inner, dict)
            and inner
            and all(isinstance(text, str) for text in inner.values())
        ):
            yield "; ".join(inner.values()) + "."


def _data(value: BaseModel) -> Iterator[str]:
    """The doses that forms and paces hold, so that a reviewer signs them too."""
    if isinstance(value, Form):
        yield f"({value.kind}, strength {value.strength}, smallest piece {value.smallest})"
        if value.syringe:
            syringe = value.syringe
            yield f"({syringe.name}: marks every {syringe.mark} mL, {syringe.capacity} mL in all)"
    elif isinstance(value, Pace):
        unit = _CUTS[value.rule]
        for band in value.bands:
            upto = f"up to {band.up_to} mg" if band.up_to is not None else "above that"
            yield f"{upto}: cut {band.cut} {unit} every {band.days} days;"
        for listed in value.lists:
            steps = ", ".join(f"{step.dose} mg for {step.days} days" for step in listed.steps)
            yield f"from {listed.start} mg: {steps};"
        if value.stop_from is not None:
            yield f"stops from {value.stop_from} mg ({value.stop_source});"
        if value.half is not None:
            yield f"half-maximal dose {value.half} mg ({value.half_source});"
        yield f"largest cut {value.largest_cut} {unit}, shortest step {value.shortest_step} days."
        yield value.note
    elif isinstance(value, Example):
        yield f"(from {value.dose} {value.unit}, pace {value.pace})"


def _sources(value: BaseModel) -> tuple[str, ...]:
    one = getattr(value, "source", None)
    return tuple(getattr(value, "sources", ())) or ((one,) if one else ())
