"""`plainleaf status`: is the sheet in somebody's hand still current?"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plainleaf.cli.arguments import Day
from plainleaf.problems import ExitCode, one_line

if TYPE_CHECKING:
    from plainleaf.content.ledger.changes import Change
    from plainleaf.content.ledger.status import Status

_WITHDRAWN = {"date", "version", "reason"}
_UNKNOWN = "Nobody released it from this library: treat it as not current."


@click.command()
@click.argument("fingerprint", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(("plain", "json")), default="plain")
@click.option("--date", "today", type=Day(), help="the day to look from (default: today)")
def status(fingerprint: tuple[str, ...], form: str, today: datetime.date | None) -> None:
    """Say whether a print is current: by its fingerprint, or all that its code says."""
    from plainleaf.content.ledger.mark import read_mark
    from plainleaf.content.ledger.reading import NAME, read_ledger
    from plainleaf.content.ledger.status import status as of
    from plainleaf.library import Library, shown

    mark = read_mark(" ".join(fingerprint))
    path = Library.here(Path.cwd()).roots[0] / NAME
    ledger = read_ledger(path, shown(path))
    found = of(ledger, mark, today or datetime.date.today())
    if form == "json":
        click.echo(json.dumps([_as_json(each) for each in found], ensure_ascii=False, indent=2))
    else:
        if len(found) > 1:
            click.echo(f"{len(found)} prints have this fingerprint:")
        for each in found:
            click.echo("\n".join(one_line(line) for line in _lines(each)))
        if not ledger.entries:
            click.echo(f"  There is no ledger in {path.parent}: nothing was released there.")
    if not all(each.holds for each in found):
        raise click.exceptions.Exit(ExitCode.CONTENT)


def _lines(found: Status) -> Iterator[str]:
    """What is known of a print, a line each: the first says all that matters."""
    mark, past = found.mark, ", but past its review date" if found.past_review else ""
    yield f"{mark.short}  {found.state}{past}"
    if found.state == "unknown":
        yield f"  {_UNKNOWN}"
    if found.elsewhere:
        yield "  The ledger has this fingerprint for another print: was the code mistyped?"
    if found.released:
        clinic = f", clinic {found.clinic}" if found.clinic else ""
        yield f"  {mark.text}, style {found.style}{clinic}"
        yield f"  Released {found.released}, to be reviewed by {found.until}."
    if found.withdrawal:
        back = found.withdrawal
        yield f"  Withdrawn {back.date}, version {back.version} and before: {back.reason}"
    if found.by and found.same_version:
        yield f"  The wording in this language was released again on {found.by.date}."
        areas = ", ".join(found.reworded)
        yield (
            f"  New words about: {areas}."
            if areas
            else "  Doses, red flags and taper are as before."
        )
    elif found.by:
        yield f"  Version {found.by.version} took its place on {found.by.date}."
        if not found.in_this_language:
            yield "  That version is not released in this language or for this clinic."
        yield from map(_change, found.changes)
        if not found.changes:
            yield "  Doses, red flags and taper are as before; something else changed."


def _change(change: Change) -> str:
    name = f"  {change.kind} in {change.area.replace('-', ' ')}, {change.name}:"
    if change.kind == "changed":
        return f'{name} was "{change.before}", is "{change.after}"'
    return f'{name} "{change.before or change.after}"'


def _as_json(found: Status) -> dict[str, Any]:
    """The same for other programs; docs/ledger.md says what each key holds."""
    mark, back, by = found.mark, found.withdrawal, found.by
    return {
        "state": found.state,
        "fingerprint": mark.fingerprint,
        "handout": mark.handout,
        "version": mark.version,
        "language": mark.language,
        "edition": mark.edition,
        "style": found.style,
        "clinic": found.clinic,
        "released": str(found.released or ""),
        "review_by": str(found.until or ""),
        "past_review": found.past_review,
        "withdrawn": back.model_dump(mode="json", include=_WITHDRAWN) if back else None,
        "superseded_by": {"version": by.version, "date": str(by.date)} if by else None,
        "in_this_language": found.in_this_language,
        "changes": [vars(change) for change in found.changes],
        "reworded": list(found.reworded),
        "elsewhere": found.elsewhere,
    }
