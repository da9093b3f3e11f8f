"""`plainleaf taper`: a dose plan, proved."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plainleaf.cli.arguments import Day
from plainleaf.cli.messages import tell
from plainleaf.problems import ContentError, Level, Problem

if TYPE_CHECKING:
    from plainleaf.checks import Subject
    from plainleaf.library import Library


@click.command()
@click.argument("handout")
@click.option("--dose", help='the dose of a whole day, such as "30 mg/day"')
@click.option(
    "--times",
    type=click.Choice(("1", "2", "3", "4")),
    help="how many equal doses a day (default: 1)",
)
@click.option("--split", help='the dose at each time instead: "morning 10 mg, night 20 mg"')
@click.option("--pace", help="the id of a pace of the handout")
@click.option("--forms", help="the ids of the forms at hand, with commas between")
@click.option("--market", type=click.Choice(("uk", "us")), default="uk", help="default: uk")
@click.option("--start", type=Day(), help="the first day at a lower dose; none: no dates")
@click.option("--past-start", is_flag=True, help="let the plan start in the past")
@click.option("--end", help='the dose to keep on, such as "5 mg/day" (default: none)')
@click.option("--first", help='what comes down first, such as "morning,noon"')
@click.option("--together", is_flag=True, help="bring every time down in the same share")
@click.option("--format", "form", type=click.Choice(("table", "json", "ics")), default="table")
@click.option("--date", "today", type=Day(), help="the day of today (default: the clock's)")
def taper(
    handout: str,
    market: Any,
    form: str,
    today: datetime.date | None,
    times: str | None,
    past_start: bool,
    **typed: Any,
) -> None:
    """Print a dose plan, proved. It chooses nothing: a prescriber names pace and forms."""
    from plainleaf.cli.asked import Asked, request_of
    from plainleaf.content.model import for_market
    from plainleaf.library import Library
    from plainleaf.ready import sound
    from plainleaf.taper.plan import proved_plan

    now = today or datetime.date.today()
    library = Library.here(Path.cwd())
    subject, problems = sound(handout, library, now)
    _can_be_planned(subject, market)
    settled = for_market(subject.handout, market)
    asked = Asked(
        times=int(times) if times else None,
        not_before=None if past_start else now,
        must_start=form == "ics",
        **typed,
    )
    request = request_of(asked, settled, market)
    plan = proved_plan(request)
    draft, problems = _draft(subject, problems, library)
    tell(problem for problem in problems if problem.level is not Level.ADVICE)
    if form == "json":
        from plainleaf.taper.written import to_json

        click.echo(json.dumps(to_json(plan), ensure_ascii=False, indent=2))
    elif form == "ics":
        from plainleaf.taper.calendar import calendar

        click.echo(calendar(plan, draft), nl=False)
    else:
        from plainleaf.taper.table import table

        click.echo(table(plan, request, settled, draft), nl=False)


def _can_be_planned(subject: Subject, market: str) -> None:
    handout, document = subject.handout, subject.document
    if market not in handout.markets:
        raise ContentError(
            document.problem(
                f'the handout is not for market "{market}"',
                document.locate(("markets",)),
                hint=f"It has: {', '.join(handout.markets)}. Choose one with --market.",
            )
        )
    if not handout.paces or handout.tapering is None:
        raise ContentError(
            Problem(
                "this handout has no pace, so no plan can be made from it",
                document.path,
                hint="A published pace goes under paces, with its source.",
            )
        )


def _draft(
    subject: Subject, problems: list[Problem], library: Library
) -> tuple[bool, list[Problem]]:
    """Whether the handout is a draft today. Only where it says approved are its pages composed."""
    handout = subject.handout
    if handout.review.status != "approved":
        return True, problems
    from plainleaf.checks import check_content
    from plainleaf.content.wording.phrases import Voice
    from plainleaf.page.standing import fingerprint, standing

    print_now = fingerprint(handout, subject.markets, library.styles)
    problems = check_content(replace(subject, fingerprint=print_now))
    voice = Voice(library.styles / "phrases")
    return not standing(handout, print_now, subject.today, voice).approved, problems
