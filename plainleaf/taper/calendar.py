"""A plan as an iCalendar file: its days alone, for a calendar that others may see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from plainleaf.problems import ContentError, Problem
from plainleaf.taper.model import Plan
from plainleaf.taper.table import DRAFT
from plainleaf.taper.written import to_json


def calendar(plan: Plan, draft: bool) -> bytes:
    """One all-day event a step and one for the day after; the same plan gives the same bytes.

    The plan is dated. Nothing in it names a person, a medicine or a dose.
    """
    from icalendar import Calendar, Event

    whole = Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", "-//Plainleaf//Plainleaf//EN")
    digest = hashlib.sha256(json.dumps(to_json(plan), sort_keys=True).encode()).hexdigest()
    for place, (first, after, words) in enumerate(_events(plan), start=1):
        event = Event()
        event.add("uid", f"{digest[:32]}-{place}@plainleaf")
        event.add("dtstamp", datetime.combine(_start(plan), time(), UTC))
        event.add("dtstart", first)
        event.add("dtend", after)
        event.add("summary", f"{DRAFT}. {words}" if draft else words)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        whole.add_component(event)
    return bytes(whole.to_ical())


def _start(plan: Plan) -> date:
    start = plan.steps[0].date
    assert start is not None
    return start


def _events(plan: Plan) -> Iterator[tuple[date, date, str]]:
    """The first day of each event, the day after its last one, and its title."""
    for place, step in enumerate(plan.steps, start=1):
        assert step.date is not None
        words = f"Your plan: step {place}, only if you feel well"
        yield step.date, step.date + timedelta(days=step.days), words
    end = plan.end.date
    assert end is not None
    if end == date.max:
        said = f"the start date {_start(plan)} leaves no dates"
        raise ContentError(Problem(said, hint="check the year"))
    yield end, end + timedelta(days=1), "Your plan: after the last step, only if you feel well"
