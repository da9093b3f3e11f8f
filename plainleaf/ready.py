"""A handout made ready: read, every rule run over its words, put in a language and a clinic's."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from plainleaf.adapted import adapted
from plainleaf.checks import Subject, check_content
from plainleaf.content.load import Loaded, nearest
from plainleaf.content.model import Handout, Markets
from plainleaf.content.wording.language import SOURCE
from plainleaf.library import Library
from plainleaf.page.standing import Standing, fingerprint, standing
from plainleaf.problems import ContentError, Level, Problem
from plainleaf.spoken import Spoken, spoken, standing_of


@dataclass(frozen=True)
class Checked:
    """A handout whose words and facts hold, and where it stands today."""

    loaded: Loaded[Handout]
    said: Spoken
    standing: Standing
    problems: tuple[Problem, ...]


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
    """`source` and `in_words` in one. In a `draft` what is not translated is marked instead."""
    return in_words(source(name, library, today), library, today, draft, code, clinic)


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
        said = adapted(library, said, loaded.model, clinic, today)
    voice = said.voice
    stands = standing_of(said, standing(loaded.model, written.fingerprint, today, voice))
    if draft and stands.approved:
        lines = (voice.plain("standing.on-request"), stands.lines[0])
        stands = replace(stands, approved=False, lines=lines)
    return Checked(loaded, said, stands, (*written.problems, *said.problems))


def sound(name: str, library: Library, today: datetime.date) -> tuple[Subject, list[Problem]]:
    """The same without the fingerprint, which composes every page."""
    loaded, markets = library.handout(name), library.markets()
    subject = Subject(loaded.model, loaded.document, markets, today)
    problems = [*check_content(subject), *_icon_missing(loaded, library)]
    stop(problems)
    return subject, problems


def stop(problems: list[Problem]) -> None:
    """Raise every problem when one of them is an error."""
    if any(problem.level is Level.ERROR for problem in problems):
        raise ContentError(problems)


def _icon_missing(loaded: Loaded[Handout], library: Library) -> list[Problem]:
    icon, folder = loaded.model.icon, library.styles / "icons"
    if icon is None or (folder / f"{icon}.svg").is_file():
        return []
    known = sorted(path.stem for path in folder.glob("*.svg"))
    near = nearest(icon, known)
    said = f'there is no icon "{icon}"' + (f', did you mean "{near}"?' if near else "")
    place = loaded.document.locate(("icon",))
    return [loaded.document.problem(said, place, hint=f"There are: {', '.join(known)}.")]
