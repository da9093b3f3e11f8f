"""`plainleaf proof`: every page of every edition in one picture."""

from __future__ import annotations

import datetime
import time
from pathlib import Path
from typing import Any

import click

from plainleaf.cli.arguments import Day
from plainleaf.cli.messages import tell
from plainleaf.cli.render import setting_of
from plainleaf.problems import ExitCode, PlainleafError


@click.command()
@click.argument("handout", metavar="HANDOUT")
@click.option("--language", default="en", help="the language of the leaflet, such as es")
@click.option("--paper", type=click.Choice(("a4", "letter")), default="a4")
@click.option(
    "--market",
    type=click.Choice(("uk", "us")),
    help="whose numbers to print; uk on A4 and us on Letter when not said",
)
@click.option("--style", metavar="NAME", default="clear", help="clear, warm, or one of your own")
@click.option("--clinic", metavar="ID", help="the clinic whose letterhead and words to print")
@click.option("--date", "today", type=Day(), help="the day to print for (default: today)")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("out"),
    help="a file that ends in .png, or a folder (default: out)",
)
def proof(
    handout: str,
    language: str,
    paper: Any,
    market: Any,
    style: str,
    clinic: str | None,
    today: datetime.date | None,
    output: Path,
) -> None:
    """Put every page of every edition, small, into one picture to look over."""
    from plainleaf.leaflet import make
    from plainleaf.library import Library
    from plainleaf.page.output import write
    from plainleaf.page.proof import Shown
    from plainleaf.page.proof import proof as sheet
    from plainleaf.page.setting import editions
    from plainleaf.ready import checked

    start, library = time.perf_counter(), Library.here(Path.cwd())
    ready = checked(handout, library, today or datetime.date.today(), False, language, clinic)
    shown, approved, broken = [], True, False
    for edition in editions():
        setting = setting_of(
            language=language, market=market, paper=paper, edition=edition, style=style
        )
        try:
            leaflet = make(ready, library, setting)
            shown.append(Shown(edition, leaflet.data))
            approved = approved and leaflet.approved
        except PlainleafError as error:
            if edition == "standard":
                raise
            click.echo(f"the {edition} edition is left out:", err=True)
            tell(error.problems)
            broken = broken or any(problem.rule for problem in error.problems)
    named = [ready.said.handout.id, setting.languages or ready.said.handout.language]
    named += [clinic] if clinic else []
    named += [style] if style != "clear" else []
    named += ["letter"] if paper == "letter" else []
    title = f"{'.'.join(named)}  {ready.said.handout.version}{'' if approved else '  DRAFT'}"
    target = output if output.suffix == ".png" else output / f"{'.'.join(named)}.proof.png"
    write(target, sheet(title, shown, library.fonts))
    count = f"{len(shown)} edition{'s' if len(shown) != 1 else ''}"
    click.echo(f"{target}  {count}  {time.perf_counter() - start:.1f} s")
    if broken:
        raise click.exceptions.Exit(ExitCode.CONTENT)
