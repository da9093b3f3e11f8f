"""A leaflet in a clinic's own words: its files, what stands against them, who reviewed."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from plainleaf.checks.registry import Subject
from plainleaf.checks.reworded import against
from plainleaf.content.clinic import Clinic, Letterhead, letterhead, load_clinic, logo_of
from plainleaf.content.clinic_wording import (
    clinic_fingerprint,
    clinic_holds,
    load_clinic_review,
    rewordable,
    reworded,
)
from plainleaf.content.load import Loaded
from plainleaf.content.logo import SHARP, Logo
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
    """A clinic and its files: its logo, `po` of a language, and `review`."""

    loaded: Loaded[Clinic]
    folder: Path
    logo: Logo | None = None

    def po(self, code: str) -> Path:
        return self.folder / f"wording.{code}.po"

    @property
    def review(self) -> Path:
        return self.folder / "review.yaml"

    @property
    def languages(self) -> list[str]:
        """The languages in which it has hours, or words of its own."""
        worded = {path.name.split(".")[1] for path in self.folder.glob("wording.*.po")}
        return sorted(worded | set(self.loaded.model.hours))

    def catalogs(self) -> list[Catalog]:
        """What it reworded, in every language. Raises ContentError."""
        return [read(path, shown(path)) for path in sorted(self.folder.glob("wording.*.po"))]

    def fingerprint(self) -> str:
        """SHA-256 of all its words: what its reviewer signs."""
        return self.printed(self.catalogs())

    def printed(self, catalogs: list[Catalog]) -> str:
        """The same, of catalogs that were read before."""
        logo = self.logo.source if self.logo else b""
        return clinic_fingerprint(self.loaded.model, catalogs, logo)


def place_of(library: Library, id: str) -> Place:
    """The clinic's files. UsageError where there is no such clinic."""
    path = library.clinic_path(id)
    loaded = load_clinic(path, shown(path))
    return Place(loaded, path.parent, logo_of(loaded, path.parent))


def free_units(said: Handout, source: Handout) -> tuple[Unit, ...]:
    """The texts of a handout that a clinic may reword, in the language of `said`."""
    return rewordable(source.id, units(said), units(source))


def in_language(library: Library, loaded: Loaded[Handout], code: str) -> Handout:
    """The handout in a language, for a clinic to reword; what is not translated stands marked."""
    said = spoken(library, loaded, library.markets(), code, loaded.model.written, draft=True)
    return said.handout


def adapted(
    library: Library, said: Spoken, source: Loaded[Handout], id: str, today: datetime.date
) -> Spoken:
    """The leaflet in the clinic's words. ContentError where one of them may not stand."""
    place, code = place_of(library, id), said.voice.code
    head = letterhead(place.loaded, code, place.logo)
    problems = [*_undrawn(place, head, library), *_faint(place)]
    texts: dict[tuple[str, ...], str] = {}
    catalogs = place.catalogs()
    for catalog in catalogs:
        if catalog.language == code:
            free = free_units(said.handout, source.model)
            texts, found = reworded(source.model.id, units(said.handout), free, catalog)
            problems += found
            subject = Subject(said.handout, source.document, said.markets, today)
            problems += worded(subject, texts, catalog)
    if any(problem.level is Level.ERROR for problem in problems):
        raise ContentError(problems)
    print_now = place.printed(catalogs)
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


def worded(
    subject: Subject, texts: Mapping[tuple[str, ...], str], catalog: Catalog
) -> Iterator[Problem]:
    """What the rules of plain words have against a clinic's sentences, at their entries.

    The subject is the leaflet in its own words; `texts` stand by their paths."""
    if not texts:
        return
    entries, handout = {each.context: each for each in catalog.entries}, subject.handout
    for each in against(subject, with_texts(handout, texts), texts):
        entry = entries[f"{handout.id}/{'.'.join(each.path)}"]
        said = f"{entry.context}: {each.message}"
        yield catalog.problem(said, entry, hint=each.hint, level=each.level, rule=each.rule)


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


def _faint(place: Place) -> Iterator[Problem]:
    """What a printed logo would look bad for: too few dots, or too pale for white paper."""
    logo, document = place.logo, place.loaded.document
    if logo is None:
        return
    at = document.locate(("logo",))
    if logo.dots is not None and logo.dots < SHARP:
        need = f"{logo.width / 25.4 * SHARP:.0f} by {logo.height / 25.4 * SHARP:.0f}"
        said = f"the logo prints with {logo.dots} dots an inch, and {SHARP} are sharp"
        hint = f"Give an SVG, or a picture of at least {need} pixels."
        yield document.problem(said, at, hint=hint, level=Level.WARNING)
    if logo.pale:
        said = "the logo hardly shows on white paper in grey"
        hint = "Choose its dark form: many prints are black and white."
        yield document.problem(said, at, hint=hint, level=Level.WARNING)


def unused(place: Place, handouts: Collection[str]) -> Iterator[Problem]:
    """Words of the clinic for a handout that there is not, so that nobody ever reads them."""
    for catalog in place.catalogs():
        for entry in catalog.entries:
            name, slash, _ = entry.context.partition("/")
            if slash and name not in handouts and not entry.missing:
                said = f'there is no handout "{name}" for "{entry.context}"'
                hint = "Name the handout as its folder is called, or empty its msgstr."
                yield catalog.problem(said, entry, hint=hint)


def unreviewed(place: Place, today: datetime.date) -> Iterator[Problem]:
    """That the clinic's leaflets are drafts, where another person has not approved its words."""
    review = load_clinic_review(place.review, shown(place.review))
    clinic = place.loaded.model
    if not clinic.example and not clinic_holds(review, clinic, place.fingerprint(), today):
        said = "nobody has approved these words of the clinic: DRAFT is printed across every page"
        hint = "Another person than the writer compares them, and signs: see docs/clinic.md."
        yield Problem(said, shown(place.review), 1, hint=hint, level=Level.WARNING)
