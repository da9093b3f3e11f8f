"""A leaflet in a clinic's own words: its files, what stands against them, who reviewed."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from plainleaf.content.clinic import Clinic, Letterhead, letterhead, load_clinic
from plainleaf.content.clinic_wording import (
    clinic_fingerprint,
    clinic_holds,
    load_clinic_review,
    rewordable,
    reworded,
)
from plainleaf.content.load import Loaded
from plainleaf.content.model import Handout, Markets
from plainleaf.content.wording.apply import with_texts
from plainleaf.content.wording.catalog import Catalog
from plainleaf.content.wording.po import read
from plainleaf.content.wording.units import Unit, units
from plainleaf.library import Library, shown
from plainleaf.page.fonts import not_covered
from plainleaf.problems import ContentError, Level, Problem
from plainleaf.spoken import Spoken, spoken


@dataclass(frozen=True)
class Place:
    """A clinic and its files: `po` of a language, and `review`."""

    loaded: Loaded[Clinic]
    folder: Path

    def po(self, code: str) -> Path:
        return self.folder / f"wording.{code}.po"

    @property
    def review(self) -> Path:
        return self.folder / "review.yaml"

    def catalogs(self) -> list[Catalog]:
        """What it reworded, in every language. Raises ContentError."""
        return [read(path, shown(path)) for path in sorted(self.folder.glob("wording.*.po"))]

    def fingerprint(self) -> str:
        """SHA-256 of all its words: what its reviewer signs."""
        return clinic_fingerprint(self.loaded.model, self.catalogs())


def place_of(library: Library, id: str) -> Place:
    """The clinic's files. UsageError where there is no such clinic."""
    path = library.clinic_path(id)
    return Place(load_clinic(path, shown(path)), path.parent)


def free_units(said: Handout, source: Handout) -> tuple[Unit, ...]:
    """The texts of a handout that a clinic may reword, in the language of `said`."""
    return rewordable(source.id, units(said), units(source))


def in_language(library: Library, loaded: Loaded[Handout], code: str) -> Handout:
    """The handout in a language, for a clinic to reword; what is not translated stands marked."""
    said = spoken(library, loaded, library.markets(), code, loaded.model.written, draft=True)
    return said.handout


def adapted(
    library: Library, said: Spoken, source: Handout, id: str, today: datetime.date
) -> Spoken:
    """The leaflet in the clinic's words. ContentError where one of them may not stand."""
    place, code = place_of(library, id), said.voice.code
    head = letterhead(place.loaded, code)
    problems = _undrawn(place, head, library)
    texts: dict[tuple[str, ...], str] = {}
    catalogs = place.catalogs()
    for catalog in catalogs:
        if catalog.language == code:
            free = free_units(said.handout, source)
            texts, found = reworded(source.id, units(said.handout), free, catalog)
            problems += found
    if any(problem.level is Level.ERROR for problem in problems):
        raise ContentError(problems)
    print_now = clinic_fingerprint(place.loaded.model, catalogs)
    review = load_clinic_review(place.review, shown(place.review))
    return replace(
        said,
        handout=with_texts(said.handout, texts),
        markets=_called(said.markets, place.loaded.model.telephones.emergency),
        problems=(*said.problems, *problems),
        print=hashlib.sha256(f"{said.print} {print_now}".encode()).hexdigest(),
        letterhead=replace(head, changed=len(texts)),
        clinic_approved=clinic_holds(review, place.loaded.model, print_now, today),
    )


def _called(markets: Markets, emergency: str | None) -> Markets:
    """The countries with the clinic's own emergency number, where it has one."""
    if emergency is None:
        return markets
    numbers = {
        name: getattr(markets, name).model_copy(update={"emergency": emergency})
        for name in type(markets).model_fields
    }
    return markets.model_copy(update=numbers)


def _undrawn(place: Place, head: Letterhead, library: Library) -> list[Problem]:
    held = {"name": head.name, "hours": head.hours, "address": " ".join(head.address)}
    held |= {f"notes.{key}": text for key, text in head.notes.items()}
    document, problems = place.loaded.document, []
    for key, text in held.items():
        if not_covered(text, library.fonts):
            said = f"{key}: holds a character that no bundled font can print"
            at = document.locate(tuple(key.split(".")))
            problems.append(document.problem(said, at, hint="Write it in other letters."))
    return problems
