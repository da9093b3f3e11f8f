"""Decides what goes into a ledger: what is new of a release, and which version is withdrawn."""

from __future__ import annotations

import datetime

from plainleaf.content.ledger.entries import Release, Withdrawal, order
from plainleaf.content.ledger.reading import Ledger
from plainleaf.library import Library
from plainleaf.problems import ContentError, PlainleafError, Problem


def new_in(ledger: Ledger, release: Release) -> Release | None:
    """The part of a release that the ledger does not have yet, None where it has all.

    ContentError where its version was withdrawn, is of other content, or came before another."""
    if barred := ledger.withdrawal(release.handout, release.version):
        said = f"version {barred.version} of {release.handout} was withdrawn, and is never released"
        hint = "Raise the version of the handout, and have it approved."
        raise ContentError(Problem(said, ledger.path, hint=hint))
    releases, version = ledger.releases(release.handout), order(release.version)
    same = [each for each in releases if order(each.version) == version]
    later = next((each for each in releases if order(each.version) > version), None)
    other = next((each for each in same if each.content != release.content), None)
    hint = "Raise the version of the handout, have it approved, then release it."
    if later:
        said = f"version {later.version} of {release.handout} was released before this one"
        raise ContentError(Problem(said, ledger.path, hint=hint))
    if other:
        said = (
            f"version {other.version} of {release.handout} was released on {other.date} "
            "with other content"
        )
        raise ContentError(Problem(said, ledger.path, hint=hint))
    known = {(old.language, old.clinic): old for each in same for old in each.copies}
    fresh = tuple(
        each for each in release.copies if known.get((each.language, each.clinic)) != each
    )
    return release.model_copy(update={"copies": fresh}) if fresh else None


def withdrawal(
    name: str, library: Library, ledger: Ledger, today: datetime.date, version: str, reason: str
) -> Withdrawal | None:
    """The withdrawal of a version; where none is named, of the last released, or of the file's.

    The handout may be gone or broken, if the ledger knows it. None where it is withdrawn already.
    """
    id, written = _named(name, library, ledger)
    released = [each.version for each in ledger.releases(id)]
    known = [*released, *([written] if written else [])]
    chosen = version or (released[-1] if released else written)
    if order(chosen) not in map(order, known):
        listed = ", ".join(dict.fromkeys(known)) or "none"
        hint = f"Its versions: {listed}. Name one with --version."
        raise ContentError(Problem(f'there is no version "{chosen}" of {id}', hint=hint))
    if ledger.withdrawal(id, chosen):
        return None
    return Withdrawal(date=today, handout=id, version=chosen, reason=reason)


def _named(name: str, library: Library, ledger: Ledger) -> tuple[str, str]:
    """The handout's id, and the version in its file where that can be read."""
    try:
        handout = library.handout(name).model
        return handout.id, handout.version
    except PlainleafError:
        id = name if ledger.releases(name) else _folder(name, library)
        if ledger.releases(id):
            return id, ""
        raise


def _folder(name: str, library: Library) -> str:
    try:
        return library.path(name).resolve().parent.name
    except PlainleafError:
        return ""
