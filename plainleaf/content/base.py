"""The small types every model of a handout is built from."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from plainleaf.content import prose

T = TypeVar("T")
Market = Literal["uk", "us"]
Reading = Literal["ordinary", "simple"]
_NUMBER = {"type": ["string", "number"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}


class Base(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Proof(StrEnum):
    """How far a fact was verified. V and V2 may be printed, D as "our working", M never."""

    PRIMARY = "V"
    SECONDARY = "V2"
    DERIVED = "D"
    MEMORY_HIGH = "M-high"
    MEMORY_MEDIUM = "M-med"

    @property
    def printable(self) -> bool:
        return self in (Proof.PRIMARY, Proof.SECONDARY, Proof.DERIVED)


def wrong(message: str) -> PydanticCustomError:
    """What a validator raises: the words as they are printed."""
    return PydanticCustomError("plainleaf", "{reason}", {"reason": message})


def _decimal(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", value):
        raise wrong("should be a plain number such as 5 or 0.5, without commas or signs")
    if len(value) > 12:
        raise wrong("is too long for a number of medicine")
    if "." in value and value.endswith("0"):
        raise wrong("ends in a zero that can be misread: write 5, not 5.0")
    return Decimal(value)


def _whole(value: Any) -> int:
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"0|[1-9][0-9]{0,9}", value):
        raise wrong("should be a whole number such as 7")
    return int(value)


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("yes", "no"):
        raise wrong("should be yes or no")
    return bool(value == "yes")


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise wrong("should be a real date written year-month-day, such as 2026-11-22")


def pattern(expression: str, remedy: str) -> AfterValidator:
    """A validator that takes only text matching the whole expression, and says the remedy."""

    def check(value: str) -> str:
        if not re.fullmatch(expression, value):
            raise wrong(remedy)
        return value

    return AfterValidator(check)


def _not_empty(value: str) -> str:
    if not value.strip():
        raise wrong("is empty: write something, or take the key out")
    return value


def _checked_prose(inline: bool) -> AfterValidator:
    def check(value: str) -> str:
        _not_empty(value)
        try:
            prose.check(value, inline=inline)
        except prose.ProseError as error:
            raise wrong(str(error)) from None
        return value

    return AfterValidator(check)


Number = Annotated[Decimal, BeforeValidator(_decimal), WithJsonSchema(_NUMBER)]
Whole = Annotated[
    int,
    BeforeValidator(_whole),
    WithJsonSchema({"type": ["string", "integer"], "pattern": "^[0-9]+$"}),
]
YesNo = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["yes", "no"]})]
Date = Annotated[
    datetime.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]


def _not_reserved(value: str) -> str:
    if value in (*get_args(Market), *get_args(Reading)):
        raise wrong("is a word of the format itself: take another id")
    return value


Id = Annotated[
    str,
    AfterValidator(_not_reserved),
    pattern(
        r"[a-z0-9]+(-[a-z0-9]+)*",
        "should be an id: small letters and digits, joined by single hyphens",
    ),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
ClaimId = Annotated[str, pattern(r"[A-Z][0-9]{2,3}", "should be a claim id such as C08")]
Plain = Annotated[str, AfterValidator(_not_empty)]
# Text to us, but an editor takes bare digits for a number.
Digits = Annotated[Plain, WithJsonSchema({"type": ["string", "integer"]})]
Version = Annotated[
    str,
    pattern(r"[0-9]+(\.[0-9]+){1,2}", "should be a version such as 0.1"),
    WithJsonSchema({"type": ["string", "number"]}),
]
Line = Annotated[str, _checked_prose(inline=True)]


class ByMarket(Base, Generic[T]):
    """A value that differs between countries: every market has its own, none is left blank."""

    uk: T
    us: T


class ByReading(Base, Generic[T]):
    """A text in two levels: as most people read it, and for people who read little."""

    ordinary: T
    simple: T


def _one_or_each(value: Any) -> str:
    if isinstance(value, ByReading) or (
        isinstance(value, dict) and not {"ordinary", "simple"}.isdisjoint(value)
    ):
        return "levels"
    each = isinstance(value, ByMarket) or (
        isinstance(value, dict) and bool(value) and set(value) <= {"uk", "us"}
    )
    return "each" if each else "one"


_EACH = Discriminator(_one_or_each)
Ids = tuple[Id, ...]
_Said = Annotated[Annotated[Line, Tag("one")] | Annotated[ByMarket[Line], Tag("each")], _EACH]
Text = Annotated[
    Annotated[Line, Tag("one")]
    | Annotated[ByMarket[Line], Tag("each")]
    | Annotated[ByReading[_Said], Tag("levels")],
    _EACH,
]
Numbers = Annotated[Annotated[Number, Tag("one")] | Annotated[ByMarket[Number], Tag("each")], _EACH]
IdLists = Annotated[Annotated[Ids, Tag("one")] | Annotated[ByMarket[Ids], Tag("each")], _EACH]
