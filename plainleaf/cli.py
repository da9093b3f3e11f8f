"""The commands: the only room that prints, exits or reads the clock."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from plainleaf import __version__
from plainleaf.problems import (
    ContentError,
    ExitCode,
    Level,
    PlainleafError,
    Problem,
    UsageError,
    printed,
)

FORMATS = ("plain", "json", "github")
_HANDOUTS = click.argument("handouts", nargs=-1, metavar="[HANDOUT]…")


class _Day(click.ParamType[datetime.date]):
    """A date written year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return datetime.date.fromisoformat(value)
        except (TypeError, ValueError):
            self.fail(f'"{value}" is no date: write it as 2026-11-22', param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def commands() -> None:
    """Printable patient leaflets from YAML: honest, proved, readable, accessible."""


@commands.command()
@_HANDOUTS
@click.option(
    "--edition",
    type=click.Choice(("standard", "review")),
    default="standard",
    help="review prints every fact with its source and a box to sign off",
)
@click.option("--paper", type=click.Choice(("a4", "letter")), default="a4")
@click.option(
    "--market",
    type=click.Choice(("uk", "us")),
    help="whose numbers to print; uk on A4 and us on Letter when not said",
)
@click.option("--style", type=click.Choice(("clear",)), default="clear")
@click.option("--date", "today", type=_Day(), help="the day to print for (default: today)")
@click.option("--draft", is_flag=True, help="print DRAFT even on an approved leaflet")
@click.option("--format", "form", type=click.Choice(("pdf", "html")), default="pdf")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("out"),
    help="a file, or a folder (default: out)",
)
def render(
    handouts: tuple[str, ...],
    edition: Any,
    paper: Any,
    market: Any,
    style: str,
    today: datetime.date | None,
    draft: bool,
    form: Any,
    output: Path,
) -> None:
    """Make leaflets, after every check. With no HANDOUT: all of them."""
    from plainleaf.leaflet import checked, make
    from plainleaf.library import Library
    from plainleaf.page.compose import Setting
    from plainleaf.page.output import write

    library = Library.here(Path.cwd())
    names = handouts or tuple(library.names())
    one_file = output.suffix == f".{form}" and not output.is_dir()
    if one_file and len(names) != 1:
        raise UsageError(
            Problem(
                f"{output} is one file, but there are {len(names)} leaflets",
                hint="Give a folder with -o.",
            )
        )
    setting = Setting(market or ("us" if paper == "letter" else "uk"), paper, form, edition, style)
    for name in names:
        start = time.perf_counter()
        ready = checked(name, library, today or datetime.date.today(), draft)
        leaflet = make(ready, library, setting)
        target = output if one_file else output / file_name(ready.loaded.model, setting)
        write(target, leaflet.data)
        tell(problem for problem in leaflet.problems if problem.level is not Level.ADVICE)
        pages = f"{leaflet.pages} pages  " if leaflet.pages else ""
        click.echo(f"{target}  {pages}{time.perf_counter() - start:.1f} s")


def file_name(handout: Any, setting: Any) -> str:
    """<id>.<language>[.<edition>][.letter].pdf"""
    parts = [handout.id, handout.language]
    parts += [setting.edition] if setting.edition != "standard" else []
    parts += ["letter"] if setting.paper == "letter" and setting.form == "pdf" else []
    return ".".join([*parts, setting.form])


@commands.command()
@_HANDOUTS
@click.option("--content", is_flag=True, help="stop before the page")
@click.option("--list", "listing", is_flag=True, help="list every rule")
@click.option("--format", "form", type=click.Choice(FORMATS), default="plain")
@click.option("--date", "today", type=_Day(), help="the day to check for (default: today)")
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
    from plainleaf.leaflet import checked, make
    from plainleaf.page.compose import Setting

    ready = checked(name, library, today)
    problems = list(ready.problems)
    if not content:
        papers = {"uk": "a4", "us": "letter"}
        for market in ready.loaded.model.markets:
            setting = Setting(market=market, paper=papers[market])  # type: ignore[arg-type]
            problems += make(ready, library, setting).problems
    return problems


def _list_rules() -> None:
    from plainleaf.checks import rules

    for each in rules():
        click.echo(f"{each.name} ({each.level}, {each.stage})")
        click.echo("\n".join(f"    {line}".rstrip() for line in each.doc.splitlines()) + "\n")


@commands.command()
@click.argument("handout")
@click.option("--reviewer", required=True, help="the full name of the person who reviewed it")
@click.option("--role", required=True, help="for example: clinical pharmacist")
@click.option("--next", "next_review", type=_Day(), required=True, help="when to review it again")
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


@commands.command()
def schema() -> None:
    """Print the JSON Schema of a handout, for editors."""
    from plainleaf.content.schema import schema_text

    click.echo(schema_text(), nl=False)


def tell(problems: Iterable[Problem]) -> None:
    """Say problems on standard error."""
    for problem in problems:
        click.echo(printed([problem], "plain"), err=True)


def main(argv: list[str] | None = None) -> int:
    """Run a command and give its exit code; problems go to standard error."""
    try:
        result = commands.main(argv, prog_name="plainleaf", standalone_mode=False)
        return result if isinstance(result, int) else ExitCode.DONE
    except PlainleafError as error:
        tell(error.problems)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except OSError as error:  # a name that is too long
        path = str(error.filename or "")
        tell([Problem(f"cannot read or write: {error.strerror or error}", path)])
        return ExitCode.CONTENT
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return ExitCode.INTERRUPTED


def run() -> NoReturn:
    """The entry point of the `plainleaf` command."""
    sys.exit(main())
