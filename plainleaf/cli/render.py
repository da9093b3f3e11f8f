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
    type=click.Choice(("standard", "large-print", "booklet", "summary", "card", "review")),
    default="standard",
    help="review prints every fact with its source and a box to sign off",
)
@click.option("--paper", type=click.Choice(("a4", "letter")), default="a4")
@click.option(
    "--market",
    type=click.Choice(("uk", "us")),
    help="whose numbers to print; uk on A4 and us on Letter when not said",
)
@click.option(
    "--reading",
    type=click.Choice(("ordinary", "simple")),
    default="ordinary",
    help="simple takes the simple form of each text that has one",
)
@click.option("--style", metavar="NAME", default="clear", help="clear, warm, or one of your own")
@click.option("--clinic", metavar="ID", help="the clinic whose letterhead and words to print")
@click.option("--date", "today", type=Day(), help="the day to print for (default: today)")
@click.option(
    "--patient",
    type=click.Path(path_type=Path),
    help="a patient file: puts the person's own plan into the leaflet",
)
@click.option("--draft", is_flag=True, help="print DRAFT even on an approved leaflet")
@click.option("--format", "form", type=click.Choice(("pdf", "html", "text")), default="pdf")
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
    reading: Any,
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
    from plainleaf.page.output import write_all, write_all_new
    from plainleaf.ready import checked

    library = Library.here(Path.cwd())
    library.style(style)
    names = handouts or tuple(library.names())
    one_file = output.suffix == f".{_ENDS.get(form, form)}" and not output.is_dir()
    if one_file and len(names) != 1:
        raise UsageError(
            Problem(
                f"{output} is one file, but there are {len(names)} leaflets",
                hint="Give a folder with -o.",
            )
        )
    if form != "pdf" and edition not in _ON_SCREEN:
        raise UsageError(
            Problem(f"the {edition} edition is for paper alone", hint="Leave out --format.")
        )
    setting = setting_of(
        language=language,
        market=market,
        paper=paper,
        form=form,
        edition=edition,
        style=style,
        reading=reading,
    )
    now = today or datetime.date.today()
    person = person_of(patient, now, names, edition) if patient else None
    for name in names:
        start = time.perf_counter()
        ready = checked(name, library, now, draft, language, clinic)
        leaflet = make(ready, library, setting, person)
        named = file_name(ready.said.handout, setting, person is not None, clinic)
        target = output if one_file else output / named
        made = {target: leaflet}
        if leaflet.linear:
            made[target.with_suffix(".pages.pdf")] = leaflet.linear
        files = {path: each.data for path, each in made.items()}
        (write_all_new if person else write_all)(files)
        tell(problem for problem in leaflet.problems if problem.level is not Level.ADVICE)
        for path, each in made.items():
            pages = f"{each.pages} pages  " if each.pages else ""
            click.echo(f"{path}  {pages}{time.perf_counter() - start:.1f} s")


def setting_of(language: str, market: Any, paper: Any, **chosen: Any) -> Any:
    """What is asked for as a setting; a country that is not said goes by the paper."""
    from plainleaf.page.setting import Setting

    market = market or ("us" if paper == "letter" else "uk")
    languages = language if "+" in language else ""
    return Setting(market=market, paper=paper, languages=languages, **chosen)


def person_of(file: Path, today: datetime.date, names: tuple[str, ...], edition: str) -> Any:
    """Whose copy it is: of one leaflet, in an edition that has a place for it."""
    from plainleaf.leaflet import Person
    from plainleaf.taper.patient import read_patient

    if len(names) != 1:
        raise UsageError(
            Problem("a patient file goes with one leaflet", hint="Name the HANDOUT it is for.")
        )
    if edition not in _OWN:
        said = f"a patient's copy has no {edition} edition"
        raise UsageError(Problem(said, hint=f"It has: {', '.join(_OWN)}."))
    return Person(read_patient(file), today)


def file_name(handout: Any, setting: Any, secret: bool = False, clinic: str | None = None) -> str:
    """<id>.<language>[.<clinic>][.<edition>][.<style>][.letter].pdf; random where it may say
    nothing."""
    if secret:
        return f"{secrets.token_hex(8)}.{_ENDS.get(setting.form, setting.form)}"
    parts = [handout.id, setting.languages or handout.language]
    parts += [clinic] if clinic else []
    parts += [setting.edition] if setting.edition != "standard" else []
    parts += [setting.reading] if setting.reading != "ordinary" else []
    parts += [setting.style] if setting.style != "clear" else []
    parts += ["letter"] if setting.paper == "letter" and setting.form == "pdf" else []
    return ".".join([*parts, _ENDS.get(setting.form, setting.form)])


_ENDS = {"text": "txt"}
_OWN = ("standard", "large-print", "booklet", "card")
_ON_SCREEN = ("standard", "review")
