"""`plainleaf check`: runs the rules."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from plainleaf.cli.arguments import HANDOUTS, Day
from plainleaf.cli.messages import tell
from plainleaf.problems import ContentError, ExitCode, Level, Problem, printed

FORMATS = ("plain", "json", "github")


@click.command()
@HANDOUTS
@click.option("--content", is_flag=True, help="stop before the page")
@click.option("--list", "listing", is_flag=True, help="list every rule")
@click.option("--format", "form", type=click.Choice(FORMATS), default="plain")
@click.option("--date", "today", type=Day(), help="the day to check for (default: today)")
def check(
    handouts: tuple[str, ...], content: bool, listing: bool, form: str, today: datetime.date | None
) -> None:
    """Run every rule over content and the printed page. Leaves no file behind."""
    if listing:
        _list_rules()
        return
    from plainleaf.library import Library

    library = Library.here(Path.cwd())
    problems: list[Problem] = []
    for name in handouts or tuple(library.names()):
        try:
            problems += _check_one(name, library, content, today or datetime.date.today())
        except ContentError as error:
            problems += error.problems
    problems = list(dict.fromkeys(problems))
    if form == "plain":
        tell(problems)
    else:
        click.echo(printed(problems, form))
    if any(problem.level is Level.ERROR for problem in problems):
        raise click.exceptions.Exit(ExitCode.CONTENT)


def _check_one(name: str, library: Any, content: bool, today: datetime.date) -> list[Problem]:
    from plainleaf.content.base import Market
    from plainleaf.leaflet import make
    from plainleaf.page.setting import Paper, Setting
    from plainleaf.ready import in_words, source

    written = source(name, library, today)
    ready = in_words(written, library, today)
    problems = list(ready.problems)
    papers: dict[Market, Paper] = {"uk": "a4", "us": "letter"}
    if not content:
        for market in ready.loaded.model.markets:
            setting = Setting(market=market, paper=papers[market])
            problems += make(ready, library, setting).problems
    for code in sorted(path.stem for path in library.path(name).parent.glob("*.po")):
        other = in_words(written, library, today, code=code)
        problems += other.said.problems
        if not content:
            market = other.said.handout.markets[0]
            setting = Setting(market=market, paper=papers[market])
            problems += make(other, library, setting).problems
    return problems


def _list_rules() -> None:
    from plainleaf.checks import rules

    for each in rules():
        click.echo(f"{each.name} ({each.level}, {each.stage})")
        click.echo("\n".join(f"    {line}".rstrip() for line in each.doc.splitlines()) + "\n")
