"""`plainleaf withdraw`: takes a version back, for good."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import click

from plainleaf.problems import Problem, UsageError


@click.command()
@click.argument("handout")
@click.option("--reason", required=True, help="why, in one line; it names no patient")
@click.option("--version", help="the version (default: the last one released)")
def withdraw(handout: str, reason: str, version: str | None) -> None:
    """Make a version, and each before it, unprintable for good."""
    from plainleaf.content.ledger.entries import LONGEST_REASON, Withdrawal
    from plainleaf.content.ledger.reading import NAME, Ledger
    from plainleaf.deliver.appending import append
    from plainleaf.deliver.release import withdrawal
    from plainleaf.library import Library, shown

    why = reason.strip()
    if not why or not why.isprintable() or len(why) > LONGEST_REASON:
        raise UsageError(Problem(f"--reason should be one line of up to {LONGEST_REASON} letters"))
    if version is not None and not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9}){1,2}", version):
        raise UsageError(Problem("--version should be a version such as 0.1"))
    library = Library.here(Path.cwd())
    path = library.own(Path.cwd()) / NAME
    today = datetime.date.today()

    def decide(ledger: Ledger) -> Withdrawal | None:
        return withdrawal(handout, library, ledger, today, version or "", why)

    entry = append(path, shown(path), decide)
    if entry is None:
        click.echo(f"{shown(path)}  {handout}: withdrawn already, nothing is new")
        return
    click.echo(
        f"{shown(path)}  {entry.handout} {entry.version} and every version before it withdrawn: "
        f"{entry.reason}"
    )
