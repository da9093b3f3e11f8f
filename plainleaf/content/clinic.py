"""A clinic: its letterhead and notes, and the rule that no text of it tells of a dose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from plainleaf.content.base import Base, Date, Id, Line, Plain, YesNo, pattern, wrong
from plainleaf.content.clinic_words import says_of_dose
from plainleaf.content.load import Loaded, load
from plainleaf.content.wording.language import languages
from plainleaf.problems import ContentError, Problem

Role = Literal["your-gp", "prescriber", "pharmacist", "nurse"]
Place = Literal["side-effects", "tapering", "options", "tips", "questions"]
LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
LONGEST_NOTE = 300

_ROLE = re.compile(r"\{([^{}]*)\}")
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
    str, pattern(r"\+?[0-9][0-9 ()-]{1,22}", "should be a telephone number: digits and spaces")
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
    changed: int = 0


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
    if problems:
        raise ContentError(problems)
    return loaded


def letterhead(loaded: Loaded[Clinic], code: str) -> Letterhead:
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
    if clinic.logo is not None:
        logo, place = (folder / clinic.logo).resolve(), document.locate(("logo",))
        if not logo.is_file() or not logo.is_relative_to(folder.resolve()):
            said = f'there is no logo "{clinic.logo}" in the folder of the clinic'
            yield document.problem(said, place, hint="Put the file itself there, no link.")


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
        *((("address", at), "en", line) for at, line in enumerate(clinic.address)),
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
    if kind == "notes" and len(text) > LONGEST_NOTE:
        said = f"the note is longer than {LONGEST_NOTE} characters"
        yield said, "Say it shorter: it stands in a box beside the leaflet's own words."
    if kind != "address" and _CALLABLE.search(text):
        said = "a telephone number stands in a text"
        yield said, "Put it under telephones."
    elif found := says_of_dose(_ROLE.sub(" ", text), code, kind):
        said = f'"{found}" could change what a patient takes, and a clinic\'s text may not'
        yield said, "Say it in other words; what is missing belongs in the handout, with a source."
