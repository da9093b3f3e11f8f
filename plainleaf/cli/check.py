"""`plainleaf check`: runs the rules."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from plainleaf.cli.arguments import HANDOUTS, Day
from plainleaf.cli.messages import tell
from plainleaf.problems import ContentError, ExitCode, Level, Problem, printed

FORMATS = ("plain", "json", "github")


@click.command()
@HANDOUTS
@click.option("--clinic", metavar="ID", help="one clinic, with each HANDOUT")
@click.option("--content", is_flag=True, help="stop before the page")
@click.option("--list", "listing", is_flag=True, help="list every rule")
@click.option("--format", "form", type=click.Choice(FORMATS), default="plain")
@click.option("--date", "today", type=Day(), help="the day to check for (default: today)")
@click.option("--style", metavar="NAME", help="one style (default: clear, and your own)")
def check(
    handouts: tuple[str, ...],
    content: bool,
    listing: bool,
    form: str,
    today: datetime.date | None,
    style: str | None,
    clinic: str | None,
) -> None:
    """Run every rule over content and the printed page. Leaves no file behind."""
    if listing:
        _list_rules()
        return
    from plainleaf.library import Library

    library = Library.here(Path.cwd())
    styles = [style] if style else ["clear", *library.own_styles()]
    prints, problems = _styles(library, dict.fromkeys(styles))
    names, day = handouts or tuple(library.names()), today or datetime.date.today()
    for name in names if clinic is None else ():
        try:
            problems += _check_one(name, library, content, day, tuple(prints))
        except ContentError as error:
            problems += error.problems
    for id in [clinic] if clinic else [] if handouts else library.own_clinics():
        problems += _check_clinic(id, names, library, content, day, named=clinic is not None)
    problems = list(dict.fromkeys(problems))
    if form == "plain":
        tell(problems)
        for own, print_now in prints.items():
            if print_now:
                click.echo(f"styles/{own}  fingerprint {print_now}")
    else:
        click.echo(printed(problems, form))
    if any(problem.level is Level.ERROR for problem in problems):
        raise click.exceptions.Exit(ExitCode.CONTENT)


def _styles(library: Any, names: Iterable[str]) -> tuple[dict[str, str], list[Problem]]:
    """The styles that can be worn, each with its fingerprint where it is the user's own, and what
    stands against the others. UsageError where there is no such style."""
    from plainleaf.page.worn import look_of

    prints, problems = dict[str, str](), list[Problem]()
    for name in names:
        try:
            prints[name] = look_of(library, name).print
        except ContentError as error:
            problems += error.problems
    return prints, problems


def _check_one(
    name: str, library: Any, content: bool, today: datetime.date, styles: tuple[str, ...]
) -> list[Problem]:
    from plainleaf.content.base import Market
    from plainleaf.leaflet import make
    from plainleaf.page.setting import Paper, Setting
    from plainleaf.ready import in_words, source, unreleased

    written = source(name, library, today)
    ready = in_words(written, library, today)
    problems = [*ready.problems, *unreleased(ready, library, library.path(name))]
    papers: dict[Market, Paper] = {"uk": "a4", "us": "letter"}
    if not content:
        for market in ready.loaded.model.markets:
            for style in styles:
                setting = Setting(market=market, paper=papers[market], style=style)
                problems += make(ready, library, setting).problems
    for code in sorted(path.stem for path in library.path(name).parent.glob("*.po")):
        other = in_words(written, library, today, code=code)
        problems += other.said.problems
        if not content:
            market = other.said.handout.markets[0]
            for style in styles:
                setting = Setting(market=market, paper=papers[market], style=style)
                problems += make(other, library, setting).problems
    return problems


def _check_clinic(
    id: str,
    names: tuple[str, ...],
    library: Any,
    content: bool,
    today: datetime.date,
    named: bool,
) -> list[Problem]:
    """A clinic with every handout in every language that both have; on A4, an example's page only
    where it is `named`."""
    from plainleaf.adapted import place_of, unreviewed, unused
    from plainleaf.ready import source

    try:
        place = place_of(library, id)
        problems = [*unused(place, library.names()), *unreviewed(place, today)]
    except ContentError as error:
        return list(error.problems)
    page = not content and (named or not place.loaded.model.example)
    for name in names:
        try:
            written = source(name, library, today)
        except ContentError as error:
            problems += error.problems
            continue
        folder = library.path(name).parent
        for code in place.languages:
            if code == written.loaded.model.language or (folder / f"{code}.po").is_file():
                problems += _check_pair(written, library, today, code, id, page)
    return problems


def _check_pair(
    written: Any, library: Any, today: datetime.date, code: str, id: str, page: bool
) -> list[Problem]:
    """A handout in one language with one clinic: what stands against the two together."""
    from plainleaf.leaflet import make
    from plainleaf.page.setting import Setting
    from plainleaf.ready import in_words

    try:
        ready = in_words(written, library, today, code=code, clinic=id)
        problems = list(ready.said.problems)
        if page:
            setting = Setting(market=ready.said.handout.markets[0])
            problems += make(ready, library, setting).problems[len(ready.problems) :]
    except ContentError as error:
        return list(error.problems)
    return problems


def _list_rules() -> None:
    from plainleaf.checks import rules

    for each in rules():
        click.echo(f"{each.name} ({each.level}, {each.stage})")
        click.echo("\n".join(f"    {line}".rstrip() for line in each.doc.splitlines()) + "\n")
