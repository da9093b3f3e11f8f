"""A handout made ready: read, every rule run over its words, put in a language and a clinic's."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from plainleaf.adapted import adapted
from plainleaf.checks import Subject, check_content
from plainleaf.content.ledger.reading import Ledger, read_ledger
from plainleaf.content.load import Loaded, nearest
from plainleaf.content.model import Handout, Markets
from plainleaf.content.wording.language import SOURCE
from plainleaf.library import Library, shown
from plainleaf.page.standing import Standing, fingerprint, standing
from plainleaf.problems import ContentError, Level, Problem, UsageError
from plainleaf.spoken import Spoken, spoken, standing_of


@dataclass(frozen=True)
class Checked:
    """A handout whose words and facts hold, and where it stands on a day. `beside` is the same in
    the second language of a bilingual leaflet."""

    loaded: Loaded[Handout]
    said: Spoken
    standing: Standing
    problems: tuple[Problem, ...]
    beside: Checked | None = None
    day: datetime.date | None = None

    @property
    def languages(self) -> str:
        """The code of its language, of both where it has two: "es+en"."""
        code = self.said.voice.code
        return f"{code}+{self.beside.said.voice.code}" if self.beside else code


@dataclass(frozen=True)
class Source:
    """A handout whose own words and facts hold, and the fingerprint of what a reviewer sees."""

    loaded: Loaded[Handout]
    markets: Markets
    fingerprint: str
    problems: tuple[Problem, ...]


def checked(
    name: str,
    library: Library,
    today: datetime.date,
    draft: bool = False,
    code: str = SOURCE,
    clinic: str | None = None,
) -> Checked:
    """`source` and `in_languages` in one. In a `draft` what is not translated is marked instead.

    After a withdrawal nothing is printed for use but what was released: ContentError."""
    ready = in_languages(source(name, library, today), library, today, draft, code, clinic)
    stop(unreleased(ready, library, library.path(name)))
    return ready


def in_languages(
    written: Source,
    library: Library,
    today: datetime.date,
    draft: bool = False,
    code: str = SOURCE,
    clinic: str | None = None,
) -> Checked:
    """`in_words`; a `code` of two, "es+en", makes both ready, the second beside the first."""
    first, *more = _codes(code)
    ready = in_words(written, library, today, draft, first, clinic)
    for second in more:
        ready = _beside(ready, in_words(written, library, today, draft, second, clinic))
    return ready


def source(name: str, library: Library, today: datetime.date) -> Source:
    """A handout as it was written, every rule run over it. ContentError holds every error."""
    subject, problems = sound(name, library, today)
    loaded, markets = Loaded(subject.handout, subject.document), subject.markets
    print_now = fingerprint(loaded.model, markets, library.styles)
    if loaded.model.review.status == "approved":
        problems = check_content(replace(subject, fingerprint=print_now))
    return Source(loaded, markets, print_now, tuple(problems))


def in_words(
    written: Source,
    library: Library,
    today: datetime.date,
    draft: bool = False,
    code: str = SOURCE,
    clinic: str | None = None,
) -> Checked:
    """The same in one language and in a clinic's words. ContentError holds every error of these."""
    loaded = written.loaded
    said = spoken(library, loaded, written.markets, code, today, draft)
    if clinic is not None:
        said = adapted(library, said, loaded, clinic, today)
    voice = said.voice
    stands = standing_of(said, standing(loaded.model, written.fingerprint, today, voice))
    if draft and stands.approved:
        lines = (voice.plain("standing.on-request"), stands.lines[0])
        stands = replace(stands, approved=False, lines=lines)
    return Checked(loaded, said, stands, (*written.problems, *said.problems), day=today)


def _codes(code: str) -> list[str]:
    codes = code.split("+")
    if len(codes) > 2 or len(set(codes)) < len(codes):
        raise UsageError(
            Problem(
                f'"{code}" does not name two languages',
                hint="Join two different ones, the reader's first: --language es+en.",
            )
        )
    return codes


def _beside(first: Checked, second: Checked) -> Checked:
    """Both as one leaflet: approved where both are, with a fingerprint of both."""
    stands = first.standing
    both = f"{stands.fingerprint} {second.standing.fingerprint}"
    stands = replace(stands, fingerprint=hashlib.sha256(both.encode()).hexdigest())
    if stands.approved and not second.standing.approved:
        lines = (first.said.voice.plain("standing.translation"), stands.lines[0])
        stands = replace(stands, approved=False, lines=lines)
    problems = tuple(dict.fromkeys((*first.problems, *second.problems)))
    return replace(first, standing=stands, problems=problems, beside=second)


def sound(name: str, library: Library, today: datetime.date) -> tuple[Subject, list[Problem]]:
    """The same without the fingerprint, which composes every page."""
    loaded, markets = library.handout(name), library.markets()
    subject = Subject(loaded.model, loaded.document, markets, today)
    stop(_withdrawn(loaded, library, library.path(name)))
    problems = [*check_content(subject), *_icon_missing(loaded, library)]
    stop(problems)
    return subject, problems


def stop(problems: list[Problem]) -> None:
    """Raise every problem when one of them is an error."""
    if any(problem.level is Level.ERROR for problem in problems):
        raise ContentError(problems)


def unreleased(ready: Checked, library: Library, path: Path) -> list[Problem]:
    """An error where an earlier version was withdrawn, and this approved one is not released."""
    handout, document = ready.loaded.model, ready.loaded.document
    ledgers = _ledgers(library, path)
    barred = next(filter(None, (ledger.withdrawal(handout.id) for ledger in ledgers)), None)
    released = {
        copies.content
        for ledger in ledgers
        for release in ledger.releases(handout.id)
        for copies in release.copies
    }
    if barred is None or not ready.standing.approved or ready.standing.fingerprint in released:
        return []
    said = f"version {barred.version} of {handout.id} was withdrawn, and this one is not released"
    hint = f"Release it: plainleaf release {handout.id}, and its language or clinic if it has one."
    return [document.problem(said, document.locate(("version",)), hint=hint)]


def _withdrawn(loaded: Loaded[Handout], library: Library, path: Path) -> list[Problem]:
    """An error where this version was withdrawn, itself or with a later one: no draft of it too."""
    handout, document = loaded.model, loaded.document
    ledgers = _ledgers(library, path)
    found = (ledger.withdrawal(handout.id, handout.version) for ledger in ledgers)
    barred = next(filter(None, found), None)
    if barred is None:
        return []
    said = (
        f"version {barred.version} of {handout.id} was withdrawn on {barred.date}: {barred.reason}"
    )
    hint = (
        "It is never printed again, nor any version before it. Mend it, raise its version, "
        "have it approved, and release it."
    )
    return [document.problem(said, document.locate(("version",)), hint=hint)]


def _ledgers(library: Library, path: Path) -> list[Ledger]:
    return [read_ledger(each, shown(each)) for each in library.ledgers(path)]


def _icon_missing(loaded: Loaded[Handout], library: Library) -> list[Problem]:
    icon, folder = loaded.model.icon, library.styles / "icons"
    if icon is None or (folder / f"{icon}.svg").is_file():
        return []
    known = sorted(path.stem for path in folder.glob("*.svg"))
    near = nearest(icon, known)
    said = f'there is no icon "{icon}"' + (f', did you mean "{near}"?' if near else "")
    place = loaded.document.locate(("icon",))
    return [loaded.document.problem(said, place, hint=f"There are: {', '.join(known)}.")]
