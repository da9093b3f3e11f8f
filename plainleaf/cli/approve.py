"""`plainleaf approve`: signs a review."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainleaf.cli.arguments import Day
from plainleaf.problems import ContentError, Problem, UsageError

if TYPE_CHECKING:
    from plainleaf.library import Library


@click.command()
@click.argument("handout")
@click.option("--reviewer", required=True, help="the full name of the person who reviewed it")
@click.option("--role", required=True, help="for example: clinical pharmacist")
@click.option("--next", "next_review", type=Day(), required=True, help="when to review it again")
@click.option("--language", default="en", help="sign the translation into this language instead")
def approve(
    handout: str, reviewer: str, role: str, next_review: datetime.date, language: str
) -> None:
    """Sign a review. For a person to run, after reading --edition review."""
    from plainleaf.content.approve import signed
    from plainleaf.content.model import Review
    from plainleaf.library import Library
    from plainleaf.page.output import write
    from plainleaf.ready import in_words, source

    today = datetime.date.today()
    for option, text in (("--reviewer", reviewer), ("--role", role)):
        if not text.strip() or not text.isprintable() or len(text) > 100:
            raise UsageError(Problem(f"{option} should be a name of up to 100 plain letters"))
    if next_review <= today:
        raise UsageError(Problem("--next should be a day after today"))
    library = Library.here(Path.cwd())
    if language != "en":
        _translation(library, handout, language, reviewer.strip(), role.strip(), next_review)
        return
    ready = in_words(source(handout, library, today), library, today)
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


def _translation(
    library: Library, handout: str, code: str, reviewer: str, role: str, until: datetime.date
) -> None:
    """Sign all that a leaflet in this language says: its own words, phrases and countries."""
    from plainleaf.content.wording.po import read
    from plainleaf.content.wording.review import fingerprint, load_review
    from plainleaf.library import shown
    from plainleaf.page.output import write
    from plainleaf.spoken import parts, spoken

    today, loaded = datetime.date.today(), library.handout(handout)
    spoken(library, loaded, library.markets(), code, today)  # whole, and sound
    mine, problems, found = parts(library, loaded, code), [], []
    for part in mine:
        catalog, old = read(part.po, shown(part.po)), load_review(part.review, shown(part.review))
        waiting = [entry for entry in catalog.entries if entry.unchecked]
        if waiting:
            said = f"{len(waiting)} entries wait for the second person's check"
            hint = "Compare each with its source, then delete its line DOUBLE-CHECK."
            problems.append(catalog.problem(said, waiting[0], hint=hint))
        if old.translator in (None, reviewer):
            hint = "The review file names who translated it; another person reviews it."
            path = shown(part.review)
            problems.append(Problem("the translator is not named, or signs alone", path, hint=hint))
        found.append((part, fingerprint(catalog), old))
    if problems:
        raise ContentError(problems)
    for part, print_now, old in found:
        lines = {
            "status": "approved",
            "translator": old.translator,
            "translated": old.translated or today,
            "reviewer": reviewer,
            "role": role,
            "date": today,
            "next": until,
            "fingerprint": print_now,
        }
        text = "".join(
            f"{key}: {json.dumps(str(value), ensure_ascii=False)}\n" for key, value in lines.items()
        )
        head = part.review.read_text(encoding="utf-8").partition("\n")[0]
        kept = f"{head}\n" if head.startswith("#") else ""
        write(part.review, (kept + text).encode())
        click.echo(f"{shown(part.review)}  approved by {reviewer}, {role}, until {until}")
