"""The fixed phrases of the templates, in the language of a leaflet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any

from markupsafe import Markup, escape
from pydantic import BeforeValidator, RootModel, model_validator

from plainleaf.content.base import Base, Plain, YesNo, wrong
from plainleaf.content.facts import Fact
from plainleaf.content.isolate import isolated_digits
from plainleaf.content.load import load
from plainleaf.content.wording import amounts
from plainleaf.content.wording.language import SOURCE, Signs, language

_PLACE = re.compile(r"\{([a-z]+)\}")


class Phrase(Base):
    """One phrase, or one and many for a number; a note for the translator. What is `locked` is
    double-checked by a second person, and no clinic rewords it."""

    text: Plain | None = None
    one: Plain | None = None
    other: Plain | None = None
    note: Plain | None = None
    locked: YesNo = False

    @model_validator(mode="after")
    def _whole(self) -> Phrase:
        if (self.text is None) == (self.one is None or self.other is None):
            raise wrong('needs either "text", or "one" and "other"')
        return self


def _short(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class PhraseFile(RootModel[dict[str, Annotated[Phrase, BeforeValidator(_short)]]]):
    """styles/phrases/en.yaml: the phrases by id."""


@cache
def source_phrases(folder: Path) -> dict[str, Phrase]:
    """The phrases as the templates were written: English."""
    return load(folder / "en.yaml", PhraseFile, "styles/phrases/en.yaml").model.root


class Voice:
    """Says phrases, numbers and dates in one language.

    `texts` has the translation of each phrase by its id: one text, or one for each plural form of
    the language; None is English. A phrase that is missing is a KeyError: nothing falls back.
    """

    def __init__(
        self,
        folder: Path,
        code: str = SOURCE,
        texts: Mapping[str, str | tuple[str, ...]] | None = None,
        form: Callable[[int], int] = lambda count: int(count != 1),
    ) -> None:
        self.code = code
        self._source = source_phrases(folder)
        self._texts = texts
        self._form = form

    @cached_property
    def tag(self) -> str:
        """The language as HTML and PDF name it: zh-Hans."""
        return language(self.code).locale.replace("_", "-")

    @cached_property
    def direction(self) -> str:
        return language(self.code).direction

    @cached_property
    def signs(self) -> Signs:
        """The comma, the full stop and so on between what a template puts side by side."""
        return language(self.code).signs

    def bracketed(self, text: str) -> Markup:
        """The text in the brackets of the language."""
        before, _, after = self.signs.brackets.partition("{text}")
        return Markup("{}{}{}").format(before, text, after)

    def __call__(self, id: str, count: int = 1, **values: object) -> Markup:
        """The phrase as HTML, with its values put in; `count` chooses the plural form."""
        parts = _PLACE.split(self._text(id, count))
        shown = [
            isolated_digits(part) if not at % 2 else escape(values[part])
            for at, part in enumerate(parts)
        ]
        return Markup("").join(shown)

    def plain(self, id: str, count: int = 1, **values: object) -> str:
        """The phrase as plain text."""
        return _PLACE.sub(lambda match: str(values[match[1]]), self._text(id, count))

    def pieces(self, id: str) -> list[tuple[str, bool]]:
        """The phrase in its parts; True for those that are the name of a value."""
        parts = _PLACE.split(self._text(id, 1))
        return [(part, bool(at % 2)) for at, part in enumerate(parts) if part]

    def number(self, amount: Decimal | int | None) -> str:
        return amounts.number(Decimal(amount) if isinstance(amount, int) else amount, self.code)

    def quantity(self, amount: Decimal | None, unit: str) -> str:
        return amounts.quantity(amount, unit, self.code)

    def short_unit(self, unit: str) -> str:
        return amounts.short_unit(unit, self.code)

    def fact(self, fact: Fact, field: str = "") -> str:
        return amounts.phrase(fact, field, self.code)

    def date(self, day: datetime.date, pattern: str = "", full: bool = False) -> str:
        """A date in the language's order: 22 November 2026, `full` with its weekday before it; or
        by a pattern of CLDR."""
        from babel.dates import format_date

        locale = language(self.code).locale
        if self.code == SOURCE and not pattern:
            pattern = "EEEE d MMMM y" if full else "d MMMM y"
        return str(format_date(day, pattern or ("full" if full else "long"), locale=locale))

    def month(self, day: datetime.date) -> str:
        """The month of a year: November 2026."""
        return self.date(day, language(self.code).month)

    def _text(self, id: str, count: int) -> str:
        phrase = self._source[id]
        if self._texts is None:
            if phrase.text is not None:
                return phrase.text
            return str(phrase.one if count == 1 else phrase.other)
        held = self._texts[id]
        return held if isinstance(held, str) else held[self._form(count)]
