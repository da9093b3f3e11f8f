"""Walks a model: its groups of keys, and the texts of ours in them.

Which fields are prose is read from the model's own types, so that no list of fields is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from plainleaf.content.base import ByMarket, ByReading, Line

Loc = tuple[str | int, ...]
_PROSE = get_args(Line)[1]


def groups(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, BaseModel]]:
    """Every group of keys below a value, itself first, with its place, in the model's order."""
    if isinstance(value, ByMarket | ByReading):
        return
    if isinstance(value, BaseModel):
        yield loc, value
        for field in type(value).model_fields:
            yield from groups(getattr(value, field), (*loc, field))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from groups(item, (*loc, key))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from groups(item, (*loc, place))


def texts(group: BaseModel, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """The texts that a group holds itself, each market's own and each reading level's apart."""
    for field in _prose_fields(type(group)):
        yield from _texts(getattr(group, field), (*loc, field))


def per_market(value: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    """The value, or each market's own."""
    if isinstance(value, ByMarket):
        for market in type(value).model_fields:
            yield (*loc, market), getattr(value, market)
    else:
        yield loc, value


def _texts(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, ByMarket | ByReading):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*loc, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*loc, key))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _texts(item, (*loc, place))


@cache
def _prose_fields(kind: type[BaseModel]) -> tuple[str, ...]:
    return tuple(
        name
        for name, field in kind.model_fields.items()
        if _PROSE in field.metadata or _is_prose(field.annotation)
    )


def _is_prose(annotation: Any) -> bool:
    """Whether a type is text of ours, or holds it in a list, a dict or a choice."""
    if isinstance(annotation, type) and issubclass(annotation, ByMarket):
        return _PROSE in annotation.model_fields["uk"].metadata
    if isinstance(annotation, type) and issubclass(annotation, ByReading):
        return _is_prose(annotation.model_fields["ordinary"].annotation)
    metadata = getattr(annotation, "__metadata__", ())
    return _PROSE in metadata or any(_is_prose(inner) for inner in get_args(annotation))
