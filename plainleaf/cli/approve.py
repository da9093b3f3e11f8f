"""`plainleaf approve`: signs a review."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from plainleaf.cli.arguments import Day
from plainleaf.problems import Problem, UsageError


@click.command()
@click.argument("handout")
@click.option("--reviewer", required=True, help="the full name of the person who reviewed it")
@click.option("--role", required=True, help="for example: clinical pharmacist")
@click.option("--next", "next_review", type=Day(), required=True, help="when to review it again")
def approve(handout: str, reviewer: str, role: str, next_review: datetime.date) -> None:
    """Sign a handout's review. For a person to run, after reading --edition review."""
    from plainleaf.content.approve import signed
    from plainleaf.content.model import Review
    from plainleaf.leaflet import checked
    from plainleaf.library import Library
    from plainleaf.page.output import write

    today = datetime.date.today()
    for option, text in (("--reviewer", reviewer), ("--role", role)):
        if not text.strip() or not text.isprintable() or len(text) > 100:
            raise UsageError(Problem(f"{option} should be a name of up to 100 plain letters"))
    if next_review <= today:
        raise UsageError(Problem("--next should be a day after today"))
    library = Library.here(Path.cwd())
    ready = checked(handout, library, today)
    review = Review(
        status="approved",
        reviewer=reviewer.strip(),
        role=role.strip(),
        date=today,
        next=next_review,
        fingerprint=ready.standing.fingerprint,
    )
    write(library.path(handout), signed(ready.loaded.document, review))
    click.echo(
        f"{ready.loaded.document.path}  approved by {review.reviewer}, {review.role}, "
        f"until {next_review}  fingerprint {ready.standing.short}"
    )
