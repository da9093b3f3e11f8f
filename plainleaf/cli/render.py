"""`plainleaf render`: makes leaflets."""

from __future__ import annotations

import datetime
import secrets
import time
from pathlib import Path
from typing import Any

import click

from plainleaf.cli.arguments import HANDOUTS, Day
from plainleaf.cli.messages import tell
from plainleaf.problems import Level, Problem, UsageError


@click.command()
@HANDOUTS
@click.option("--language", default="en", help="the language of the leaflet, such as es")
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
@click.option("--clinic", metavar="ID", help="the clinic whose letterhead and words to print")
@click.option("--date", "today", type=Day(), help="the day to print for (default: today)")
@click.option(
    "--patient",
    type=click.Path(path_type=Path),
    help="a patient file: puts the person's own plan into the leaflet",
)
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
    language: str,
    edition: Any,
    paper: Any,
    market: Any,
    style: str,
    clinic: str | None,
    today: datetime.date | None,
    patient: Path | None,
    draft: bool,
    form: Any,
    output: Path,
) -> None:
    """Make leaflets, after every check. With no HANDOUT: all of them."""
    from plainleaf.leaflet import make
    from plainleaf.library import Library
    from plainleaf.page.output import write, write_new
    from plainleaf.page.setting import Setting
    from plainleaf.ready import checked

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
    now = today or datetime.date.today()
    person = _person(patient, now, names, edition) if patient else None
    for name in names:
        start = time.perf_counter()
        ready = checked(name, library, now, draft, language, clinic)
        leaflet = make(ready, library, setting, person)
        named = file_name(ready.said.handout, setting, person is not None, clinic)
        target = output if one_file else output / named
        (write_new if person else write)(target, leaflet.data)
        tell(problem for problem in leaflet.problems if problem.level is not Level.ADVICE)
        pages = f"{leaflet.pages} pages  " if leaflet.pages else ""
        click.echo(f"{target}  {pages}{time.perf_counter() - start:.1f} s")


def _person(file: Path, today: datetime.date, names: tuple[str, ...], edition: str) -> Any:
    """Whose copy it is: of one leaflet, in the standard edition."""
    from plainleaf.leaflet import Person
    from plainleaf.taper.patient import read_patient

    if len(names) != 1:
        raise UsageError(
            Problem("a patient file goes with one leaflet", hint="Name the HANDOUT it is for.")
        )
    if edition != "standard":
        raise UsageError(
            Problem(f"a patient's copy has no {edition} edition", hint="Leave out --edition.")
        )
    return Person(read_patient(file), today)


def file_name(handout: Any, setting: Any, secret: bool = False, clinic: str | None = None) -> str:
    """<id>.<language>[.<clinic>][.<edition>][.letter].pdf; random where it may say nothing."""
    if secret:
        return f"{secrets.token_hex(8)}.{setting.form}"
    parts = [handout.id, handout.language]
    parts += [clinic] if clinic else []
    parts += [setting.edition] if setting.edition != "standard" else []
    parts += ["letter"] if setting.paper == "letter" and setting.form == "pdf" else []
    return ".".join([*parts, setting.form])
