"""The calendar of a plan: the right days, and nothing that others should not read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from plainleaf.problems import ContentError
from plainleaf.taper import proved_plan
from plainleaf.taper.calendar import calendar
from plainleaf.taper.model import Plan

from .given import FORMS, PACES, asked

ROOT = Path(__file__).parents[2]


def dated(start: date, name: str = "slow 30") -> Plan:
    return proved_plan(replace(asked(name), start=start))


def events(plan: Plan, draft: bool = False) -> list[Any]:
    return list(Calendar.from_ical(calendar(plan, draft)).walk("VEVENT"))


def test_every_step_is_an_all_day_event_and_the_day_after_is_one() -> None:
    plan = dated(date(2026, 12, 1))
    found = events(plan)
    assert [(each.decoded("dtstart"), each.decoded("dtend")) for each in found] == [
        (date(2026, 12, 1), date(2026, 12, 8)),
        (date(2026, 12, 8), date(2026, 12, 15)),
        (date(2026, 12, 15), date(2026, 12, 22)),
        (date(2026, 12, 22), date(2026, 12, 29)),
        (date(2026, 12, 29), date(2027, 1, 5)),
        (date(2027, 1, 5), date(2027, 1, 6)),
    ]
    assert [str(each["summary"]) for each in found] == [
        *(f"Your plan: step {place}, only if you feel well" for place in range(1, 6)),
        "Your plan: after the last step, only if you feel well",
    ]


def test_a_draft_says_so_in_every_title() -> None:
    titles = [str(each["summary"]) for each in events(dated(date(2026, 12, 1)), draft=True)]
    assert len(titles) == 6
    assert all(title.startswith("DRAFT, NOT FOR USE. Your plan: ") for title in titles)


@pytest.mark.parametrize(
    "start",
    [
        date(2027, 3, 20),  # over 28 March 2027, when clocks go forward in the UK
        date(2026, 10, 20),  # over 25 October 2026, when they go back
        date(2027, 3, 8),  # over 14 March 2027, when they go forward in the US
        date(2027, 1, 31),
        date(2028, 2, 22),  # over a leap day
        date(2028, 2, 29),
        date(2100, 2, 22),  # no leap year
        date(2026, 12, 31),
    ],
)
def test_days_follow_each_other_whatever_the_clock_and_the_month(start: date) -> None:
    plan = dated(start)
    found = events(plan)
    assert found[0].decoded("dtstart") == start
    for one, next_one in pairwise(found):
        assert one.decoded("dtend") == next_one.decoded("dtstart")
    for each, step in zip(found[:-1], plan.steps, strict=True):
        begin, end = each.decoded("dtstart"), each.decoded("dtend")
        assert not isinstance(begin, datetime) and not isinstance(end, datetime)
        assert begin == start + timedelta(days=step.day - 1)
        assert (end - begin).days == step.days
    assert found[-1].decoded("dtstart") == start + timedelta(days=plan.end.day - 1)


def test_the_leap_day_is_a_day() -> None:
    ends = [each.decoded("dtend") for each in events(dated(date(2028, 2, 23)))]
    assert ends[0] == date(2028, 3, 1)
    assert events(dated(date(2027, 2, 23)))[0].decoded("dtend") == date(2027, 3, 2)


def test_a_plan_of_two_years() -> None:
    request = replace(
        asked("slow 30"),
        dose=(replace(asked("slow 30").dose[0], dose=FORMS["l1"].strength * 27),),
        forms=(FORMS["l1"],),
        pace=PACES["by-1"],
        start=date(2027, 1, 15),
    )
    found = events(proved_plan(request))
    assert len(found) == 27
    assert found[-1].decoded("dtstart") == date(2027, 1, 15) + timedelta(days=26 * 28)
    assert found[-1].decoded("dtstart").year == 2029
    assert len({str(each["uid"]) for each in found}) == 27


def test_it_names_no_person_no_medicine_and_no_dose() -> None:
    plan = dated(date(2026, 12, 1))
    text = calendar(plan, False).decode()
    assert {line.split(":")[0].split(";")[0] for line in text.splitlines()} == {
        *("BEGIN", "END", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"),
        *("CLASS", "TRANSP"),
    }
    assert plan.handout not in text and plan.pace not in text
    assert not re.search(r"mg|mL|tablet", text)
    assert {str(each["class"]) for each in events(plan)} == {"PRIVATE"}


def test_it_says_who_made_it_and_keeps_to_the_form() -> None:
    data = calendar(dated(date(2026, 12, 1)), True)
    assert b"PRODID:-//Plainleaf//" in data
    assert data.count(b"\r\n") == data.count(b"\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_stamps_and_names_come_from_the_plan_and_not_from_a_clock() -> None:
    plan = dated(date(2026, 12, 1))
    stamps = {each.decoded("dtstamp") for each in events(plan)}
    assert stamps == {datetime(2026, 12, 1, tzinfo=UTC)}
    assert calendar(plan, False) == calendar(dated(date(2026, 12, 1)), False)
    names = [{str(each["uid"]) for each in events(one)} for one in (plan, dated(date(2026, 12, 2)))]
    assert names[0].isdisjoint(names[1])


SCRIPT = """
import sys
from dataclasses import replace
from datetime import date
from plainleaf.taper import proved_plan
from plainleaf.taper.calendar import calendar
from tests.taper.given import asked
plan = proved_plan(replace(asked("slow 30"), start=date(2026, 12, 1)))
sys.stdout.buffer.write(calendar(plan, False))
"""


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_same_bytes_in_any_process_and_time_zone(zone: str) -> None:
    environment = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(len(zone)), "TZ": zone}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | environment,
        capture_output=True,
        check=True,
    )
    assert done.stdout == calendar(dated(date(2026, 12, 1)), False)


def test_the_calendar_ends_before_the_plan() -> None:
    last = date.max - timedelta(days=35)  # the day after the last step is the last day there is
    plan = dated(last)
    assert plan.end.date == date.max
    with pytest.raises(ContentError, match="leaves no dates"):
        calendar(plan, False)
    assert events(dated(last - timedelta(days=1)))[-1].decoded("dtend") == date.max


def test_the_first_year_there_is() -> None:
    assert events(dated(date.min))[0].decoded("dtstart") == date.min
