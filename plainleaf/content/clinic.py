"""A clinic: its letterhead and notes, and the rule that no text of it tells of a dose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from plainleaf.content.address import Leaflets, leaflet_at
from plainleaf.content.base import Base, Date, Id, Line, Plain, YesNo, pattern, wrong
from plainleaf.content.clinic_words import says_of_dose
from plainleaf.content.load import Loaded, load
from plainleaf.content.logo import Logo, read_logo
from plainleaf.content.vector import NotPrintable
from plainleaf.content.wording.language import languages
from plainleaf.problems import ContentError, Problem

Role = Literal["your-gp", "prescriber", "pharmacist", "nurse"]
Place = Literal["side-effects", "tapering", "options", "tips", "questions"]
LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
LONGEST = {
    "notes": 300,
    "hours": 80,
    "address": 100,
    "roles": 60,
}  # characters: what the first page has room for
LONG_NAME, LONG_ADDRESS = 36, 60  # characters: what is longer needs a second line

_ROLE = re.compile(r"\{([^{}]*)\}")
_TIME = re.compile(r"(?<![0-9.:])[0-9]{1,2}[.:][0-9]{2}(?![0-9]|[.:][0-9])")  # of day: 17.30
_CALLABLE = re.compile(r"[0-9][0-9 ()./-]{5,}[0-9]")


def _colour(value: str) -> str:
    if not re.fullmatch("#[0-9A-Fa-f]{6}", value):
        raise wrong("should be a colour such as #0B5563")
    if contrast(value) < LEAST_CONTRAST:
        raise wrong(f"is too pale: its contrast on white is {contrast(value):.1f}, and must be 4.5")
    return value


def _known(value: str) -> str:
    if value not in languages():
        raise wrong(f"should be a language: {', '.join(languages())}")
    return value


Telephone = Annotated[
    str,
    pattern(r"\+?[0-9][0-9 ()-]{1,22}", "should be a telephone number: digits and spaces"),
    WithJsonSchema({"type": ["string", "integer"]}),
]
Code = Annotated[str, AfterValidator(_known)]
Spoken = dict[Code, Line]


class Telephones(Base):
    """Telephone numbers by purpose; `emergency` only where it is not the country's."""

    questions: Telephone
    urgent: Telephone | None = None
    emergency: Telephone | None = None


class Clinic(Base):
    """`clinics/<id>/clinic.yaml`: who gives the leaflet. Texts stand by language.

    `written` is the day of its wording. An `example` can never be reviewed, so it prints DRAFT."""

    id: Id
    name: Annotated[Plain, Field(max_length=48)]
    written: Date
    example: YesNo = False
    address: Annotated[tuple[Plain, ...], Field(max_length=5)] = ()
    telephones: Telephones
    hours: Spoken
    accent: Annotated[str, AfterValidator(_colour)] | None = None
    logo: Annotated[str, pattern(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", "should be a file's name")] | (
        None
    ) = None
    leaflets: Leaflets | None = None
    roles: dict[Role, Spoken] = {}
    notes: dict[Place, Spoken] = {}


@dataclass(frozen=True)
class Letterhead:
    """What a page prints of a clinic, in one language; `changed` counts its reworded sentences."""

    id: str
    name: str
    address: tuple[str, ...]
    questions: str
    urgent: str
    hours: str
    accent: str
    notes: Mapping[str, str]
    written: date
    logo: Logo | None = None
    leaflets: str = ""
    changed: int = 0

    @property
    def long(self) -> bool:
        """Whether its name or its address needs more than one line."""
        return len(self.name) > LONG_NAME or len(", ".join(self.address)) > LONG_ADDRESS

    def leaflet(self, id: str, language: str) -> str:
        """Where the whole leaflet stands on the web; nothing where the clinic has no such place."""
        return leaflet_at(self.leaflets, id, language)


def load_clinic(path: Path, shown: str | None = None) -> Loaded[Clinic]:
    """Read and validate a clinic.yaml. ContentError holds every problem of the file."""
    try:
        loaded = load(path, Clinic, shown)
    except ContentError as error:
        page = [
            replace(each, hint=each.hint.replace("write-a-handout.md", "clinic.md"))
            for each in error.problems
        ]
        raise ContentError(page) from None
    problems = [*_folder(loaded, path.parent), *_texts(loaded)]
    try:
        logo_of(loaded, path.parent)
    except ContentError as error:
        problems += error.problems
    if problems:
        raise ContentError(problems)
    return loaded


def logo_of(loaded: Loaded[Clinic], folder: Path) -> Logo | None:
    """The clinic's logo, where it has one. ContentError where it cannot be printed."""
    name, document = loaded.model.logo, loaded.document
    if name is None:
        return None
    try:
        return read_logo(folder / name)
    except NotPrintable as error:
        place = document.locate(("logo",))
        raise ContentError(document.problem(str(error), place, hint=error.hint)) from None


def letterhead(loaded: Loaded[Clinic], code: str, logo: Logo | None = None) -> Letterhead:
    """The clinic in a language. ContentError where one of its texts is missing there."""
    clinic, document = loaded.model, loaded.document
    missing = [
        document.problem(
            f'{".".join(loc)} has no text in "{code}"',
            document.locate(loc, key=True),
            hint=f"Add {code}: nothing falls back to another language.",
        )
        for loc, held in _spoken(clinic)
        if code not in held
    ]
    if missing:
        raise ContentError(missing)
    roles = {f"{{{role}}}": held[code] for role, held in clinic.roles.items()}
    telephones = clinic.telephones
    return Letterhead(
        clinic.id,
        clinic.name,
        clinic.address,
        telephones.questions,
        telephones.urgent or "",
        clinic.hours[code],
        clinic.accent or "",
        {
            place: _ROLE.sub(lambda role: roles[role[0]], held[code])
            for place, held in clinic.notes.items()
        },
        clinic.written,
        logo,
        clinic.leaflets or "",
    )


def contrast(colour: str) -> float:
    """The contrast of a colour with white, from 1 to 21. Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _folder(loaded: Loaded[Clinic], folder: Path) -> Iterator[Problem]:
    clinic, document = loaded.model, loaded.document
    if folder.resolve().name != clinic.id:
        said = f'the id is "{clinic.id}", but the folder is called "{folder.resolve().name}"'
        place = document.locate(("id",))
        yield document.problem(said, place, hint="Rename the folder or change the id.")


def _spoken(clinic: Clinic) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    yield ("hours",), clinic.hours
    for role, held in clinic.roles.items():
        yield ("roles", role), held
    for place, held in clinic.notes.items():
        yield ("notes", place), held


def _texts(loaded: Loaded[Clinic]) -> Iterator[Problem]:
    """No text of the clinic may have a number, a unit or a stop-and-start word of its own."""
    clinic, document = loaded.model, loaded.document
    held = [
        (("name",), "en", clinic.name),
        (("address",), "en", ", ".join(clinic.address)),
        *(((*loc, code), code, text) for loc, by in _spoken(clinic) for code, text in by.items()),
    ]
    for loc, code, text in held:
        place = document.locate(loc)
        for said, hint in _faults(str(loc[0]), text, code, clinic):
            reason = f"{'.'.join(map(str, loc))}: {said}"
            yield document.problem(reason, place, hint=hint)


def _faults(kind: str, text: str, code: str, clinic: Clinic) -> Iterator[tuple[str, str]]:
    for name in _ROLE.findall(text):
        if kind != "notes" or name not in clinic.roles:
            said = f'"{{{name}}}" is no role of the clinic'
            yield said, "A note may name what stands under roles, and no fact."
    if len(text) > (most := LONGEST.get(kind, len(text))):
        said = f"it is longer than {most} characters"
        yield said, "Say it shorter: the page has room for so much."
    if kind != "address" and _CALLABLE.search(_TIME.sub("-", text) if kind == "hours" else text):
        said = "a telephone number stands in a text"
        yield said, "Put it under telephones."
    elif found := says_of_dose(_ROLE.sub(" ", text), code, kind):
        said = f'"{found}" could change what a patient takes, and a clinic\'s text may not'
        yield said, "Say it in other words; what is missing belongs in the handout, with a source."
