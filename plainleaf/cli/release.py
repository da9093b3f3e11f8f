"""`plainleaf release`: writes into the ledger what is given out."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path

import click

from plainleaf.cli.messages import tell


@click.command()
@click.argument("handouts", nargs=-1, required=True, metavar="HANDOUT…")
@click.option(
    "--language",
    "languages",
    multiple=True,
    help="a language to release, such as es (default: every one that is approved)",
)
@click.option("--clinic", metavar="ID", help="release the copies of this clinic instead")
def release(handouts: tuple[str, ...], languages: tuple[str, ...], clinic: str | None) -> None:
    """Note in the ledger what is given out. Only what is approved can be released."""
    from plainleaf.content.ledger.reading import NAME
    from plainleaf.deliver.appending import append
    from plainleaf.deliver.offer import offered
    from plainleaf.deliver.release import new_in
    from plainleaf.library import Library, shown

    library = Library.here(Path.cwd())
    path = library.own(Path.cwd()) / NAME
    today = datetime.date.today()
    for name in handouts:
        found = offered(name, library, today, languages, clinic)
        tell(found.left_out)
        entry = append(path, shown(path), partial(new_in, release=found.release))
        line = f"{shown(path)}  {found.release.handout} {found.release.version}"
        if entry is None:
            click.echo(f"{line}  released already, nothing is new")
            continue
        codes = ", ".join(copies.language for copies in entry.copies)
        until = min(copies.until for copies in entry.copies)
        prints = sum(len(copies.prints) for copies in entry.copies)
        click.echo(f"{line}  released in {codes}: {prints} fingerprints  review by {until}")
