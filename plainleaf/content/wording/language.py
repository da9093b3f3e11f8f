"""What is known of a language: its amounts, and what the guards read in its texts.

All of it stands in `languages/<language>.yaml`, so that a speaker can review it without the code.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, WithJsonSchema, model_validator

from plainleaf.content.base import Base, Number, Plain, Whole, YesNo, wrong
from plainleaf.content.load import load
from plainleaf.problems import Problem, UsageError

Category = Literal["zero", "one", "two", "few", "many", "other"]
Forms = dict[Category, Plain]
Words = tuple[Plain, ...]
_FIGURE = r"^#?[0-9]+(\.[0-9]+)?( [0-9]+(\.[0-9]+)?)*$"
Figure = Annotated[
    str,
    StringConstraints(pattern=_FIGURE),
    WithJsonSchema({"type": ["string", "number"], "pattern": _FIGURE}),
]
FOLDER = Path(__file__).parent / "languages"
SOURCE = "en"


class Pieces(Base):
    """Tablets or capsules: whole ones, parts, and whole ones with a part. `{n}` is the number of
    whole ones, `{whole}` their words; `short` leaves the name of the form out."""

    whole: Forms
    part: dict[Figure, Plain] = {}
    both: dict[Figure, Plain] = {}
    short: dict[Figure, Plain] = {}


class Amounts(Base):
    """How numbers are printed with their units. In a pattern `{n}` is the number and ~ a no-break
    space; a form is chosen by CLDR's plural category, or is `other`.

    `digits` is CLDR's name, and `why` says why these. `joined` has the units whose forms differ
    after a range or a comparison: there the number that stands last chooses."""

    digits: Literal["latn", "arab", "arabext", "deva"]
    why: Plain
    group: str | None = None
    group_from: Whole = 4
    units: dict[Plain, Forms]
    joined: dict[Plain, Forms] = {}
    short: dict[Plain, Plain] = {}
    range: Plain
    against: Plain
    tablet: Pieces
    capsule: Pieces
    strength: Plain


class Reading(Base):
    """What the guards look for in a text of the language.

    `perhaps` are number words that may mean something else, as an article; `apart` are phrases in
    which no number stands, `affirmed` ones in which no negation does. `joins` stand between tens
    and ones, `prefixes` are words written together with the next one. `measures` and `times` have
    the words for each unit, `unmeasured` phrases in which none stands. `shared` are words that
    English has too; `charset` holds all signs of the language, where one does.
    """

    numbers: dict[Figure, Words]
    perhaps: Words = ()
    joins: Words = ()
    units_first: YesNo = False
    apart: Words = ()
    negations: Words
    affirmed: Words = ()
    prefixes: Words = ()
    measures: dict[Plain, Words]
    times: dict[Plain, Words]
    unmeasured: Words = ()
    common: Words = ()
    shared: Words = ()
    forbidden: dict[Plain, Plain] = {}
    wrong_letters: dict[Plain, Plain] = {}
    joiners: YesNo = False
    spaced: YesNo = True
    charset: Plain | None = None
    length: tuple[Number, Number] | None = None


class Signs(Base):
    """The signs that join what a template puts side by side."""

    comma: str = ", "
    semicolon: str = "; "
    stop: str = "."
    colon: str = ": "
    brackets: str = "({text})"


class Language(Base):
    """One language. `codes` are what a PO file may call it, `scripts` what Unicode calls its
    letters, `plural` the header of its PO files; `status` says whether a speaker reviewed it."""

    language: Plain
    name: Plain
    locale: Plain
    codes: Words = Field(min_length=1)
    status: Literal["draft", "reviewed"]
    reviewer: Plain | None = None
    scripts: Words = Field(min_length=1)
    direction: Literal["ltr", "rtl"]
    plural: Plain
    month: Plain = "LLLL y"
    signs: Signs = Signs()
    amounts: Amounts
    reading: Reading

    @model_validator(mode="after")
    def _signed(self) -> Language:
        if self.status == "reviewed" and not self.reviewer:
            raise wrong("says reviewed but names no reviewer")
        return self


def languages() -> tuple[str, ...]:
    """The codes of all languages that there are words for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def language(code: str) -> Language:
    """The words of a language. UsageError where there are none, ContentError where they are wrong.

    The same object each time, so that what is made from it can be kept."""
    if code not in languages():
        known = ", ".join(languages())
        raise UsageError(
            Problem(f'there are no words for the language "{code}"', hint=_KNOWN % known)
        )
    path = FOLDER / f"{code}.yaml"
    return load(path, Language, path.name).model


_KNOWN = "There are: %s. docs/translate.md says how to add one."
