"""What a release of a handout holds: every print of it, in each language that is approved."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from plainleaf.adapted import place_of
from plainleaf.content.base import Reading
from plainleaf.content.clinic_wording import load_clinic_review
from plainleaf.content.ledger.changes import AREAS, said_of, words_of
from plainleaf.content.ledger.entries import Area, Copies, Release
from plainleaf.content.model import for_reading
from plainleaf.content.wording.language import SOURCE
from plainleaf.content.wording.review import load_review
from plainleaf.leaflet import as_print
from plainleaf.library import Library, shown
from plainleaf.page.palette import Look
from plainleaf.page.setting import Edition, Setting
from plainleaf.page.worn import look_of, signed
from plainleaf.problems import ContentError, Level, PlainleafError, Problem, UsageError
from plainleaf.ready import Checked, in_languages, in_words, source
from plainleaf.spoken import parts


@dataclass(frozen=True)
class Offered:
    """A release as it could be written, and why a translation or a style cannot be in it."""

    release: Release
    left_out: tuple[Problem, ...]


def offered(
    name: str,
    library: Library,
    today: datetime.date,
    codes: tuple[str, ...] = (),
    clinic: str | None = None,
) -> Offered:
    """A release of the handout in these languages, "es+en" is one, for a clinic or for none.

    With no language named: every one that is approved, alone and beside English. ContentError
    where one that was asked for is not approved."""
    written = source(name, library, today)
    _must_be_approved(in_words(written, library, today))
    looks, problems = _looks(library, today)
    beside = sorted(path.stem for path in library.path(name).parent.glob("*.po"))
    copies = list[Copies]()
    for code in codes or (SOURCE, *beside):
        try:
            ready = in_languages(written, library, today, code=code, clinic=clinic)
            copies.append(_copies(ready, library, looks, clinic))
            if not codes and code != SOURCE:
                both = f"{code}+{SOURCE}"
                ready = in_languages(written, library, today, code=both, clinic=clinic)
                copies.append(_copies(ready, library, looks, clinic))
        except UsageError:
            raise
        except PlainleafError as error:
            must = code in codes or code == SOURCE
            problems += error.problems if must else [_left_out(code, error)]
    if any(problem.level is Level.ERROR for problem in problems):
        raise ContentError(problems)
    handout = written.loaded.model
    release = Release(
        date=today,
        handout=handout.id,
        version=handout.version,
        content=written.fingerprint,
        said=said_of(handout, written.markets),
        copies=tuple(copies),
    )
    return Offered(release, tuple(problems))


def _must_be_approved(ready: Checked) -> None:
    if not ready.standing.approved:
        document = ready.loaded.document
        said = f"only what is approved can be released: {ready.standing.lines[0]}"
        hint = "A person reviews it, then runs plainleaf approve."
        raise ContentError(document.problem(said, document.locate(("review",)), hint=hint))


def _looks(library: Library, today: datetime.date) -> tuple[list[Look], list[Problem]]:
    """Every style that may be worn, and why the user's others are left out."""
    looks, problems = list[Look](), list[Problem]()
    for name in library.styles_known():
        try:
            look = look_of(library, name)
            if look.own and not signed(look, today):
                said = "nobody has approved this style"
                hint = "docs/style.md says who signs it."
                raise ContentError(Problem(said, shown(look.folder), hint=hint))
            looks.append(look)
        except ContentError as error:
            problems.append(_left_out(f"style {name}", error))
    return looks, problems


def _copies(ready: Checked, library: Library, looks: list[Look], clinic: str | None) -> Copies:
    """Every print of the leaflet in one language, or in two side by side.

    ContentError where it is a draft."""
    spoken = [each.said for each in (ready, ready.beside) if each]
    for each in spoken:
        code = each.voice.code
        if not each.approved:
            said = "nobody has approved this translation"
            hint = f"Another person than its translator runs approve, with --language {code}."
            path = Path(ready.loaded.document.path).with_name(f"{code}.review.yaml")
            raise ContentError(Problem(said, shown(path), hint=hint))
        if clinic and not each.clinic_approved:
            said = "nobody has approved the clinic's words"
            hint = "Another person than their writer signs them: docs/clinic.md says how."
            raise ContentError(Problem(said, shown(place_of(library, clinic).review), hint=hint))
    words = [words_of(each.handout, each.markets) for each in spoken]
    return Copies(
        language=ready.languages,
        clinic=clinic,
        until=min(_reviews(ready, library, [each.voice.code for each in spoken], clinic)),
        content=ready.standing.fingerprint,
        words={area: _joined(area, words) for area in AREAS},
        prints={
            f"{setting.kind}/{setting.style}": as_print(ready, look, setting).standing.print[:8]
            for look in looks
            for setting in _settings(ready, look)
        },
    )


def _settings(ready: Checked, look: Look) -> Iterator[Setting]:
    """Every edition and reading level that the leaflet can be printed in."""
    handout = ready.said.handout
    has_simple = for_reading(handout, "simple") is not handout
    readings: tuple[Reading, ...] = get_args(Reading) if has_simple else ("ordinary",)
    editions: tuple[Edition, ...] = ("standard",) if ready.beside else get_args(Edition)
    for edition in editions:
        if edition != "review":
            for reading in readings:
                yield Setting(edition=edition, style=look.folder.name, reading=reading)


def _joined(area: Area, words: list[dict[Area, str]]) -> str:
    if len(words) == 1:
        return words[0][area]
    return hashlib.sha256(" ".join(each[area] for each in words).encode()).hexdigest()


def _reviews(
    ready: Checked, library: Library, codes: list[str], clinic: str | None
) -> Iterator[datetime.date]:
    """The last day of each review that it rests on."""
    reviews = [ready.loaded.model.review.next]
    for code in codes:
        if code != SOURCE:
            held = parts(library, ready.loaded, code)
            reviews += [load_review(each.review, shown(each.review)).next for each in held]
    if clinic:
        place = place_of(library, clinic)
        reviews.append(load_clinic_review(place.review, shown(place.review)).next)
    yield from (day for day in reviews if day)


def _left_out(name: str, error: PlainleafError) -> Problem:
    """One line that says why what nobody asked for by name is not released."""
    first = next((p for p in error.problems if p.level is Level.ERROR), error.problems[0])
    said = f"{name} is not released: {first.message}"
    return Problem(said, first.path, first.line, first.column, Level.WARNING, first.hint)
