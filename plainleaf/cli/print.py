"""`plainleaf print`: approved leaflets, on a printer of the clinic."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from plainleaf.cli.arguments import HANDOUTS
from plainleaf.cli.messages import tell
from plainleaf.cli.render import person_of, render, setting_of
from plainleaf.problems import ContentError, Level, Problem, UsageError

# All that chooses the copy is asked as by `render`; a draft, a form and a file are not asked.
_COPY = [
    option
    for option in render.params
    if isinstance(option, click.Option) and option.name not in ("draft", "form", "output")
]


@click.command("print", params=_COPY)
@HANDOUTS
@click.option("--printer", "to", metavar="NAME", help="a printer of CUPS; none: list them")
@click.option("--copies", type=click.IntRange(1, 999), default=1)
@click.option(
    "--duplex",
    type=click.Choice(("long", "short", "off")),
    help="both sides, turned on that edge, or one side (default: as the edition needs)",
)
@click.option("--grey", is_flag=True, help="print in black and white on a colour printer")
def print_(
    handouts: tuple[str, ...],
    to: str | None,
    copies: int,
    duplex: Any,
    grey: bool,
    language: str,
    clinic: str | None,
    today: datetime.date | None,
    patient: Path | None,
    **chosen: Any,
) -> None:
    """Print approved leaflets by CUPS. With no HANDOUT and no --printer: list the printers."""
    from plainleaf.deliver.approved import why_draft
    from plainleaf.deliver.cups import send
    from plainleaf.deliver.printer import ordered, printer, printers
    from plainleaf.deliver.spool import clear
    from plainleaf.leaflet import in_style, make
    from plainleaf.library import Library
    from plainleaf.page.worn import look_of
    from plainleaf.ready import checked

    if not handouts:
        if to is not None:
            raise UsageError(Problem("no HANDOUT is named", hint="Say which one to print."))
        names, default = printers()
        click.echo("\n".join(f"{one}  default" if one == default else one for one in names))
        return
    now, library = _day(today), Library.here(Path.cwd())
    setting, look = setting_of(language=language, **chosen), look_of(library, chosen["style"])
    order, warnings = ordered(printer(to), setting, copies, duplex, grey)
    person = person_of(patient, now, handouts, setting.edition) if patient else None
    made = []
    for name in handouts:  # all are sound before one is printed
        ready = checked(name, library, now, False, language, clinic)
        worn = in_style(ready, look)
        if not worn.standing.approved:
            raise ContentError(why_draft(worn, now))
        leaflet = make(ready, library, setting, person)
        assert leaflet.approved
        made.append((ready.loaded.model.id, leaflet))
    tell(warnings)
    for id, leaflet in made:
        tell(problem for problem in leaflet.problems if problem.level is not Level.ADVICE)
        job = send(leaflet.data, order.printer.name, order.options)
        sides = "one side" if order.sides == "off" else f"both sides, {order.sides} edge"
        click.echo(
            f"{id}  {language} {setting.edition}  job {job}  {copies} × {leaflet.pages} pages, "
            f"{setting.paper}, {sides}{', grey' if grey else ''}"
        )
        if person:
            left = clear(job, order.printer.name, tries=1 if order.printer.stopped else 120)
            tell([left] if left else [])


def _day(asked: datetime.date | None) -> datetime.date:
    """The day to print for: never before today, or a review that has run out would count again."""
    today = datetime.date.today()
    if asked is not None and asked < today:
        raise UsageError(Problem("--date cannot lie before today here", hint="Leave it out."))
    return asked or today
