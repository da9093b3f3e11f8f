"""Numbers of medicine and where they were read: each stands once and is drawn from here."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import model_validator

from plainleaf.content.base import (
    Base,
    Digits,
    Id,
    Number,
    Plain,
    Proof,
    Whole,
    YesNo,
    pattern,
    wrong,
)

Unit = Literal[
    "count",
    "mg",
    "mg-per-day",
    "mg-in-5-ml",
    "minutes",
    "hours",
    "days",
    "weeks",
    "months",
    "in-100",
    "in-1000-years",
    "percent",
]

# One and many, as English prints them after a number; a no-break space goes between.
_WORDS: dict[str, tuple[str, str]] = {
    "count": ("", ""),
    "mg": ("mg", "mg"),
    "mg-per-day": ("mg a day", "mg a day"),
    "mg-in-5-ml": ("mg in 5 mL", "mg in 5 mL"),
    "minutes": ("minute", "minutes"),
    "hours": ("hour", "hours"),
    "days": ("day", "days"),
    "weeks": ("week", "weeks"),
    "months": ("month", "months"),
    "in-100": ("in 100", "in 100"),
    "in-1000-years": ("in 1,000 people a year", "in 1,000 people a year"),
    "percent": ("per cent", "per cent"),
}
FIELDS = ("value", "versus", "difference", "people", "dose", "low", "high", "number")


class Source(Base):
    """Where a fact was read, and how. Parts in `recalled` were not seen and are not printed;
    `bands` says that it counts side effects as very common, common, and so on."""

    authors: Plain | None = None
    title: Plain | None = None
    where: Plain | None = None
    year: Digits | None = None
    pages: Plain | None = None
    doi: Annotated[str, pattern(r"10\.[0-9]{4,9}/[!-~]+", "should be a DOI: 10.…/…")] | None = None
    pmid: Annotated[Digits, pattern(r"[0-9]{1,9}", "should be digits alone")] | None = None
    pmc: Annotated[str, pattern(r"PMC[0-9]{1,9}", "should be PMC and digits")] | None = None
    url: Annotated[str, pattern(r"https://[!-~]+", "should start with https://")] | None = None
    read: Literal["primary", "secondary", "recalled"]
    extent: Plain
    recalled: tuple[Literal["authors", "title", "where", "year"], ...] = ()
    bands: YesNo = False
    note: Plain | None = None

    @property
    def link(self) -> tuple[str, str] | None:
        """The address of the source and the words to print for it, where an identifier is known."""
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/", f"PMID {self.pmid}"
        if self.doi:
            return f"https://doi.org/{self.doi}", f"doi:{self.doi}"
        if self.pmc:
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmc}/", self.pmc
        return (self.url, self.url) if self.url else None

    @property
    def citation(self) -> str:
        """Vancouver style, from the parts that were seen: Authors. Title. Journal year;pages."""
        seen = {
            part: getattr(self, part)
            for part in ("authors", "title", "where", "year")
            if getattr(self, part) and part not in self.recalled
        }
        place = " ".join(seen[part] for part in ("where", "year") if part in seen)
        if self.pages and "where" in seen:
            place = f"{place};{self.pages}" if "year" in seen else f"{place}. {self.pages}"
        parts = [_first_three(seen.get("authors")), seen.get("title"), place]
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _first_three(authors: str | None) -> str | None:
    names = (authors or "").split(", ")
    return authors if len(names) <= 4 else ", ".join([*names[:3], "et al"])


class Fact(Base):
    """One number, a range, or a number against its comparator, with all that makes it honest."""

    what: Plain
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    versus: Number | None = None
    unit: Unit
    interval: tuple[Number, Number] | None = None
    who: Plain | None = None
    people: Whole | None = None
    dose: Number | None = None
    dose_unit: Literal["mg", "mg-per-day"] = "mg"
    time: Plain | None = None
    arm: Plain | None = None
    versus_what: Plain | None = None
    source: Id | None = None
    level: Proof
    note: Plain | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Fact:
        ranged = self.low is not None and self.high is not None
        if ranged == (self.value is not None) or (self.low is None) != (self.high is None):
            raise wrong('needs either "value", or "low" and "high" together')
        if ranged and self.low >= self.high:  # type: ignore[operator]
            raise wrong('has a "low" that is not below its "high"')
        if self.versus is not None and (self.value is None or not self.versus_what):
            raise wrong('has "versus" and so needs "value" and "versus_what" (against what)')
        return self

    def phrase(self, field: str = "", language: str = "en") -> str:
        """The words for `{fact-id}` or `{fact-id.field}`. KeyError where there is no such field."""
        if not field:
            if self.versus is not None:
                return f"{number(self.value, language)} against {self._with_unit(self.versus)}"
            if self.low is not None and self.high is not None:
                low = number(self.low, language)
                return f"{low} to {quantity(self.high, self.unit, language)}"
            return self._with_unit(self.value)
        if field == "number" and self.value is not None:
            return number(self.value, language)
        if field in ("value", "versus", "difference", "low", "high"):
            return self._with_unit(getattr(self, field))
        if field == "people" and self.people is not None:
            return number(Decimal(self.people), language)
        if field == "dose" and self.dose is not None:
            return quantity(self.dose, self.dose_unit, language)
        raise KeyError(field)

    @property
    def difference(self) -> Decimal | None:
        """Value less comparator, in the fact's unit; exact."""
        if self.value is None or self.versus is None:
            return None
        return self.value - self.versus

    def _with_unit(self, amount: Decimal | None, language: str = "en") -> str:
        if amount is None:
            raise KeyError("the fact has no such number")
        return quantity(amount, self.unit, language)


def number(amount: Decimal | None, language: str = "en") -> str:
    """The exact number as the language writes it: no rounding, 1,162 for 1162."""
    if amount is None:
        raise KeyError("the fact has no such number")
    from babel.numbers import format_decimal

    return str(format_decimal(amount, locale=language, decimal_quantization=False))


SHORT = {"minutes": "min", "in-1000-years": "in 1,000 a year"}


def short_unit(unit: str) -> str:
    """The unit as a label at a bar has room for it."""
    return SHORT.get(unit, _WORDS[unit][1])


def quantity(amount: Decimal, unit: str, language: str = "en") -> str:
    """A number with its unit, held together by a no-break space: 5 mg, 1 week."""
    one, many = _WORDS[unit]
    words = one if amount == 1 else many
    return number(amount, language) + (f"\u00a0{words}".replace(" ", "\u00a0") if words else "")


def long_date(day: datetime.date, language: str = "en") -> str:
    """22 November 2026, in the language's own order."""
    from babel.dates import format_date

    return str(format_date(day, "d MMMM y" if language == "en" else "long", locale=language))
