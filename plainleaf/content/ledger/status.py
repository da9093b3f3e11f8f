"""Whether a print still holds: looked up by its fingerprint in a ledger."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from plainleaf.content.ledger.changes import AREAS, Change, changes
from plainleaf.content.ledger.entries import Area, Copies, Release, Withdrawal, order
from plainleaf.content.ledger.mark import Mark
from plainleaf.content.ledger.reading import Ledger

State = Literal["current", "superseded", "withdrawn", "unknown"]


@dataclass(frozen=True)
class Status:
    """What is known of one print. `past_review` is told of any; `by` is the release that took its
    place, `same_version` where only a translation or a clinic's words are new: `reworded` says in
    which areas. `elsewhere` is set where the code and the ledger do not agree."""

    state: State
    mark: Mark
    style: str = ""
    clinic: str = ""
    released: datetime.date | None = None
    until: datetime.date | None = None
    past_review: bool = False
    withdrawal: Withdrawal | None = None
    by: Release | None = None
    same_version: bool = False
    in_this_language: bool = True
    changes: tuple[Change, ...] = ()
    reworded: tuple[Area, ...] = ()
    elsewhere: bool = False

    @property
    def holds(self) -> bool:
        """Whether a person may go on using the sheet."""
        return self.state == "current" and not self.past_review


def status(ledger: Ledger, mark: Mark, today: datetime.date) -> tuple[Status, ...]:
    """Every print with this fingerprint, which two may share; one `unknown` where there is none."""
    found = list({_key(each): each for each in _found(ledger, mark, today)}.values())
    agreed = [each for each in found if _agrees(mark, each.mark)]
    if agreed:
        return tuple(agreed)
    barred = ledger.withdrawal(mark.handout, mark.version) if mark.handout else None
    state: State = "withdrawn" if barred else "unknown"
    return (Status(state, mark, withdrawal=barred, elsewhere=bool(found)),)


def _found(ledger: Ledger, mark: Mark, today: datetime.date) -> Iterator[Status]:
    """Each print; one that was released twice comes twice, with the later review."""
    first: dict[tuple[str, str, str], datetime.date] = {}
    for entry in ledger.entries:
        if not isinstance(entry, Release):
            continue
        for copies in entry.copies:
            for name, signs in copies.prints.items():
                if signs != mark.fingerprint:
                    continue
                edition, _, style = name.partition("/")
                full = Mark(signs, entry.handout, entry.version, copies.language, edition)
                since = first.setdefault((full.text, style, copies.clinic or ""), entry.date)
                yield replace(
                    _of(ledger, entry, copies, name),
                    mark=full,
                    style=style,
                    clinic=copies.clinic or "",
                    released=since,
                    until=copies.until,
                    past_review=copies.until < today,
                )


def _of(ledger: Ledger, release: Release, copies: Copies, name: str) -> Status:
    """Where a print of a release stands."""
    barred = ledger.withdrawal(release.handout, release.version)
    releases = ledger.releases(release.handout)
    newer = [each for each in releases if order(each.version) > order(release.version)]
    sound = [each for each in newer if not ledger.withdrawal(each.handout, each.version)]
    by = (sound or newer)[-1] if newer else None
    state: State = "withdrawn" if barred else "superseded" if by else "current"
    if by:
        return Status(
            state,
            Mark(""),
            withdrawal=barred,
            by=by,
            in_this_language=any(_same(each, copies) for r in newer for each in r.copies),
            changes=tuple(changes(release.said, by.said)),
        )
    again = [
        (each, other)
        for each in releases
        if order(each.version) == order(release.version)
        for other in each.copies
        if _same(other, copies)
    ]
    last, other = again[-1]
    if other.prints.get(name) == copies.prints[name]:
        return Status(state, Mark(""), withdrawal=barred)
    return Status(
        "withdrawn" if barred else "superseded",
        Mark(""),
        withdrawal=barred,
        by=last,
        same_version=True,
        reworded=tuple(area for area in AREAS if other.words[area] != copies.words[area]),
    )


def _same(one: Copies, other: Copies) -> bool:
    return (one.language, one.clinic) == (other.language, other.clinic)


def _agrees(asked: Mark, found: Mark) -> bool:
    """Whether all that the asker knows of the print is true of it."""
    parts = ("handout", "version", "language", "edition")
    return all(getattr(asked, part) in ("", getattr(found, part)) for part in parts)


def _key(found: Status) -> tuple[str, str, str]:
    return found.mark.text, found.style, found.clinic
