"""`plainleaf taper`: the three formats, what it refuses, and how it ends."""

from __future__ import annotations

import datetime
import json
import re
import shlex
from decimal import Decimal
from pathlib import Path

import pytest
from icalendar import Calendar

from plainleaf.taper import to_json
from plainleaf.taper.model import Band, DoseAt, FixedPace, Form, Kind, Request
from plainleaf.taper.plan import proved_plan
from tests.hostile.given import DAY, FILE, GOOD, Room, Said, spoilt

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "plan-json.md"
DOSE = ("--dose", "20 mg/day")
PACE = ("--pace", "slow")
FORMS = ("--forms", "tablet-10mg")
USUAL = (*DOSE, *PACE, *FORMS)
LIQUID = """
  liquid-1mg:
    name: 5 mg in 5 mL liquid
    kind: liquid
    strength: 1
    smallest: 0.5
    syringe: {name: 10 mL oral syringe, mark: 0.5, capacity: 10}
    markets: [us]
    sources: [study]
    level: V

paces:
"""
LIMITS = """
limits:
  high: {measure: dose-per-day, at_most: most-a-day, who: a specialist}
  once: {measure: dose-at-once, at_most: most-at-once, who: the hospital}

tapering:
"""
BOUNDS = """
facts:
  most-a-day: {what: most a day, value: 30, unit: mg-per-day, source: study, level: V}
  most-at-once: {what: most at once, value: 20, unit: mg, level: D, note: a guess of ours}
"""
BOTTLE = """
  liquid:
    title: If you take the liquid
    text: "Check the bottle: it has {bottle}. Your dose is in mg and in mL."
    sources: [study]
    level: V

# Every number"""
FACT = """
facts:
  bottle: {what: strength of the liquid, value: 5, unit: mg-in-5-ml, source: study, level: V}
"""
LIQUIDS = spoilt(("\npaces:\n", LIQUID), ("\n# Every number", BOTTLE), ("\nfacts:\n", FACT))
LIMITED = spoilt(("\ntapering:\n", LIMITS), ("\nfacts:\n", BOUNDS))
SCREENED = spoilt(
    (
        "\ntapering:\n",
        """
screening:
  fits: {question: "Did {study-people} fits happen?", who: "{emergency}", level: D}

tapering:
""",
    )
)


def taper(room: Room, *options: str) -> Said:
    return room.run("taper", "good", "--date", DAY, *options)


def refused(room: Room, code: int, *options: str) -> list[str]:
    """What was said of a plan that is refused: nothing on standard output, nothing that steers."""
    done = taper(room, *options)
    assert (done.code, done.out) == (code, ""), done.err
    assert "\x1b" not in done.err and "Traceback" not in done.err
    return done.err.splitlines()


def errors(lines: list[str]) -> list[str]:
    return [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]


TABLE = """\
DRAFT, NOT FOR USE
Plan from the handout good, version 0.1
Pace: slow (Slow pace)
Where the pace is from: level D, our working: A convention.
Form: tablet-10mg (10 mg tablet, may be halved)
Dose now: 20 mg a day, 10 mg in the morning, 10 mg at night

Step  Day  Date        Days  Dose a day  Take
1     1    2026-12-01  7     15 mg       5 mg in the morning: half a tablet of 10 mg
                                         10 mg at night: 1 tablet of 10 mg
2     8    2026-12-08  7     10 mg       10 mg at night: 1 tablet of 10 mg
3     15   2026-12-15  7     5 mg        5 mg at night: half a tablet of 10 mg
End: from day 22, 2026-12-22: nothing to take
Only if you feel well: a held step makes every later date wrong.

To supply     needed      to go back one step     to hand out
10 mg tablet  21 tablets  10 and a half tablets   32 tablets
"""


def test_the_table(room: Room) -> None:
    done = taper(room, *USUAL, "--times", "2", "--start", "2026-12-01")
    assert done.code == 0
    assert re.sub("  +", "  ", done.out) == re.sub("  +", "  ", TABLE)
    assert [line.index("Take") for line in done.out.splitlines() if "Take" in line] == [41]
    assert done.err.startswith(f"{FILE}:") and "nobody has approved" in done.err


def test_without_a_start_there_are_no_dates(room: Room) -> None:
    out = taper(room, *USUAL).out
    assert "Step  Day  Days  Dose a day  Take\n1     1    7     15 mg       15 mg at night: " in out
    assert "End: from day 22: nothing to take\n\nTo supply" in out
    assert "2026" not in out and "held" not in out


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("V", "level V, Doe J. A study of sleep. J Sleep 2020."),
        ("V2", "level V2, Doe J. A study of sleep. J Sleep 2020."),
        ("D", "level D, our working: A convention. After: Doe J. A study of sleep. J Sleep 2020."),
    ],
)
def test_a_pace_names_its_source_and_what_is_our_working(room: Room, level: str, said: str) -> None:
    old = "    level: D\n    note: A conv"
    room.write(spoilt((old, f"    source: study\n    level: {level}\n    note: A conv")))
    assert f"Where the pace is from: {said}\n" in taper(room, *USUAL).out


def test_a_liquid_and_a_dose_to_keep(room: Room) -> None:
    room.write(LIQUIDS)
    options = ("--forms", "liquid-1mg", "--market", "us", "--end", "5 mg/day")
    out = taper(room, *DOSE, *PACE, *options).out
    assert "Form: liquid-1mg (5 mg in 5 mL liquid, in a 10 mL oral syringe)\n" in out
    assert "  15 mg at night: 15 mL of the 5 mg in 5 mL liquid\n" in out
    end = "End: from day 15: stay on 5 mg a day; 5 mg at night: 5 mL of the 5 mg in 5 mL liquid\n"
    assert end in out
    assert re.search(r"\n5 mg in 5 mL liquid +175 mL +105 mL +280 mL\n", out)


def test_what_the_program_cannot_see_is_asked_at_the_foot(room: Room) -> None:
    room.write(SCREENED)
    assert taper(room, *USUAL).out.endswith(
        "\n\nAsk first. After one yes this plan is not for that person:\n"
        "- Did 1,162 fits happen? If yes: the emergency number.\n"
    )


@pytest.mark.parametrize("time", ["morning", "noon", "evening", "night"])
def test_one_dose_a_day_stands_at_the_time_of_the_example(room: Room, time: str) -> None:
    room.write(spoilt(("time: night\n", f"time: {time}\n")))
    written = json.loads(taper(room, *USUAL, "--format", "json").out)
    assert {each["time"] for step in written["steps"] for each in step["intakes"]} == {time}


def request(doses: dict[str, str], **more: object) -> Request:
    """The same plan asked of the engine by hand."""
    form = Form("tablet-10mg", Kind.TABLET, Decimal(10), Decimal("0.5"), name="10 mg tablet")
    band = Band(Decimal(5), 7)
    pace = FixedPace(
        id="slow", largest_cut=Decimal(5), shortest=7, source="us", level="D", bands=(band,)
    )
    dose = tuple(DoseAt(time, Decimal(value)) for time, value in doses.items())
    named = {"handout": "good", "unit": "mg", "dose": dose, "forms": (form,), "pace": pace}
    return Request(**(named | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        (USUAL, request({"night": "20"})),
        ((*USUAL, "--times", "1"), request({"night": "20"})),
        ((*USUAL, "--times", "2"), request({"morning": "10", "night": "10"})),
        (
            ("--dose", "30 mg/day", *PACE, *FORMS, "--times", "3"),
            request({"morning": "10", "noon": "10", "night": "10"}),
        ),
        (
            ("--dose", "40 mg/day", *PACE, *FORMS, "--times", "4"),
            request({"morning": "10", "noon": "10", "evening": "10", "night": "10"}),
        ),
        (
            ("--split", "night 20 mg, morning 10 mg", *PACE, *FORMS),
            request({"morning": "10", "night": "20"}),
        ),
        (
            ("--split", "night 20 mg,morning 10 mg", *PACE, *FORMS, "--first", "night, morning"),
            request({"morning": "10", "night": "20"}, first=("night", "morning")),
        ),
        (
            (*USUAL, "--times", "4", "--end", "10 mg/day"),
            request({"morning": "5", "noon": "5", "evening": "5", "night": "5"}, end=Decimal(10)),
        ),
        (
            (*USUAL, "--start", "2028-02-20"),
            request({"night": "20"}, start=datetime.date(2028, 2, 20)),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_options_reach_the_engine(room: Room, options: tuple[str, ...], asked: Request) -> None:
    done = taper(room, *options, "--format", "json")
    assert (done.code, json.loads(done.out)) == (0, to_json(proved_plan(asked)))


def test_the_times_come_down_together(room: Room) -> None:
    room.write(spoilt(("{cut: 5, days: 7}", "{cut: 10, days: 7}"), ("t_cut: 5", "t_cut: 10")))
    split = ("--split", "morning 20 mg, night 20 mg")
    done = taper(room, *split, *PACE, *FORMS, "--together", "--format", "json")
    steps = json.loads(done.out)["steps"]
    assert [[each["dose"] for each in step["intakes"]] for step in steps] == [
        ["15", "15"],
        ["10", "10"],
        ["5", "5"],
    ]


def test_the_json_is_indented_and_ends_in_one_line_break(room: Room) -> None:
    out = taper(room, *USUAL, "--format", "json").out
    assert out == json.dumps(json.loads(out), indent=2) + "\n"


def test_the_example_in_the_docs_is_what_the_command_prints(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    text = PAGE.read_text(encoding="utf-8")
    (typed,) = re.findall(r"```sh\nplainleaf (.*?)\n```", text)
    (printed,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    done = room.run(*shlex.split(typed))
    assert (done.code, json.loads(done.out)) == (0, json.loads(printed))
    assert list(json.loads(done.out)) == list(json.loads(printed))


def test_the_calendar(room: Room) -> None:
    options = (*USUAL, "--start", "2026-12-01", "--format", "ics")
    done = taper(room, *options)
    found = Calendar.from_ical(done.out).walk("VEVENT")
    days = [datetime.date(2026, 12, day) for day in (1, 8, 15, 22)]
    assert (done.code, [each.decoded("dtstart") for each in found]) == (0, days)
    assert all(str(each["summary"]).startswith("DRAFT, NOT FOR USE. ") for each in found)
    assert not re.search("good|samplin|slow|mg|tablet", done.out)
    assert taper(room, *options).out == done.out
    assert done.out.count("\r\n") == done.out.count("\n")


@pytest.fixture
def approved(room: Room) -> Room:
    signing = ("--reviewer", "Ann Oe", "--role", "pharmacist", "--next", "2099-01-01")
    assert room.run("approve", "good", *signing).code == 0
    return room


def test_an_approved_handout_is_no_draft(approved: Room) -> None:
    today = datetime.date.today().isoformat()
    done = approved.run("taper", "good", *USUAL, "--date", today)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Plan from the handout good")
    ics = approved.run("taper", "good", *USUAL, "--start", today, "--format", "ics")
    assert (ics.code, ics.out.count("SUMMARY:Your plan")) == (0, 4)


@pytest.mark.parametrize("form", ["table", "json", "ics"])
def test_an_approval_does_not_hold_after_a_change_or_for_ever(approved: Room, form: str) -> None:
    plan = (*USUAL, "--format", form, "--start", "2101-01-01")
    done = approved.run("taper", "good", *plan, "--date", "2100-01-01")
    assert done.code == 0 and "review-expired" in done.err
    assert form == "json" or "DRAFT, NOT FOR USE" in done.out.replace("\\", "")
    approved.write(approved.file.read_text().replace("Stay on the step.", "Stay on it."))
    done = approved.run("taper", "good", *plan)
    assert done.code == 0 and "review-changed" in done.err
    assert form == "json" or "DRAFT, NOT FOR USE" in done.out.replace("\\", "")


@pytest.mark.parametrize(
    ("options", "said", "remedy"),
    [
        ((), "no dose given", 'write --dose "30 mg/day", or --split "morning 10 mg, night 20 mg"'),
        ((), "no pace chosen", "there are: slow"),
        ((), "no form chosen", "there are: tablet-10mg"),
        ((*DOSE, *FORMS, "--pace", "solw"), "no pace called 'solw'", "did you mean slow?"),
        ((*DOSE, *FORMS, "--pace", ""), "no pace chosen", "there are: slow"),
        ((*DOSE, *FORMS, "--pace", "\x1b[2J"), r"no pace called '\x1b[2J'", "there are: slow"),
        ((*DOSE, *PACE, "--forms", "tablet"), "no form called 'tablet'", "tablet-10mg"),
        ((*DOSE, *PACE, "--forms", ""), "no form chosen", "there are: tablet-10mg"),
        ((*DOSE, *PACE, "--forms", "tablet-10mg,"), "no form chosen", "there are: tablet-10mg"),
        ((*DOSE, *PACE, "--forms", "a\nb"), r"no form called 'a\nb'", "there are: tablet-10mg"),
        (
            (*PACE, *FORMS, "--dose", "20 mg"),
            "--dose 20 mg does not say that it is a day's",
            'write --dose "20 mg/day"; --split says the dose at each time of the day',
        ),
        (
            (*USUAL, "--end", "5 mg"),
            "--end 5 mg does not say that it is a day's",
            'write --end "5 mg/day"',
        ),
        ((*USUAL, "--end", ""), '"" is refused', 'write it like "10 mg"'),
        ((*USUAL, "--split", "night 20 mg"), "--dose and --split both say the dose", "one of them"),
        (
            (*PACE, *FORMS, "--split", "night 20 mg", "--times", "2"),
            "doses by time of the day, and a number of times",
            "leave out --times",
        ),
        (
            (*PACE, *FORMS, "--split", "night 20 mg/day"),
            'a dose at one time of the day is written "10 mg", without "/day"',
            "",
        ),
        (
            (*PACE, *FORMS, "--split", "bedtime 20 mg"),
            "no such time of day: bedtime",
            "use morning, noon, evening, night",
        ),
        ((*PACE, *FORMS, "--split", "night"), '"night" is no time with its dose', "morning 10 mg"),
        ((*PACE, *FORMS, "--split", ""), '"" is no time with its dose', "morning 10 mg"),
        ((*PACE, *FORMS, "--split", "night 5 mg,"), '"" is no time with its dose', "morning 10"),
        (
            (*PACE, *FORMS, "--split", "night 5 mg, night 10 mg"),
            "two doses at one time: night",
            "give their sum",
        ),
        (
            (*PACE, *FORMS, "--split", "night 1,000 mg, morning 5 mg"),
            '"1,000 mg" is refused: this could be a thousand or a decimal',
            'write "1000 mg" or "1 mg", whichever is meant',
        ),
        (
            (*PACE, *FORMS, "--split", "night 2,5 mg, morning 5 mg"),
            '"2,5 mg" is refused: the decimal sign is a point',
            'write "2.5 mg"',
        ),
        (
            (*USUAL, "--first", "breakfast"),
            "no such time of day: breakfast",
            "use morning, noon, evening, night",
        ),
        ((*USUAL, "--first", ""), "no such time of day:", "use morning"),
        (
            (*USUAL, "--first", "night", "--together"),
            "doses come down together or in an order, not both",
            "choose --together or --first",
        ),
        (
            (*USUAL, "--format", "ics"),
            "a calendar needs the day on which the plan starts",
            "add the day, such as --start 2026-12-01",
        ),
    ],
)
def test_what_is_not_named_or_not_written_right(
    room: Room, options: tuple[str, ...], said: str, remedy: str
) -> None:
    lines = refused(room, 2, *options)
    (place,) = [at for at, line in enumerate(lines) if line.startswith(f"error: {said}")]
    assert remedy in "".join(lines[place + 1 : place + 2])


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("20mg", '"20 mg"'),
        ("20mg/day", '"20 mg/day"'),
        ("20 mg a day", '"20 mg/day"'),
        ("20 MG/day", '"20 mg/day"'),
        ("20  mg/day", '"20 mg/day"'),
        (" 20 mg/day", '"20 mg/day"'),
        ("20 mg/day\n", '"20 mg/day"'),
        ("20.0 mg/day", '"20 mg/day"'),
        ("020 mg/day", '"20 mg/day"'),
        (".5 mg/day", '"0.5 mg/day"'),
        ("2,5 mg/day", '"2.5 mg/day"'),
        ("½ mg/day", '"0.5 mg/day"'),
        ("1,000 mg/day", '"1000 mg/day" or "1 mg/day"'),
        ("+20 mg/day", '"20 mg/day"'),
        ("２０ mg/day", '"20 mg/day"'),
        ("٢٠ mg/day", '"20 mg/day"'),
        ("20", '"20 mg/day"'),
        ("1e2 mg/day", '"100 mg/day"'),
        ("20 µg/day", "write the dose in mg"),
        ("20 mcg/day", "write the dose in mg"),
        ("20 mL/day", "write the dose in mg"),
        ("-20 mg/day", "write it like"),
        ("nan mg/day", "write it like"),
        ("inf mg/day", "write it like"),
        ("1_0 mg/day", "write it like"),
        ("9999999 mg/day", "write it like"),
        ("9" * 5_000 + " mg/day", "write it like"),
        ("", "write it like"),
        ("mg/day", "write it like"),
        ("\x1b[2J", "write it like"),
        ("20\u200b mg/day", "write it like"),
        ("20 mg/day; rm -rf /", "write it like"),
    ],
)
def test_a_dose_that_can_be_misread_is_refused_with_the_right_form(
    room: Room, text: str, right: str
) -> None:
    lines = refused(room, 2, *PACE, *FORMS, "--dose", text)
    assert len(errors(lines)) == 1
    assert "".join(lines[1:]).strip().startswith("write ") and right in "".join(lines[1:])
    assert max(map(len, lines)) < 250


@pytest.mark.parametrize("option", ["--start", "--date"])
@pytest.mark.parametrize(
    "day",
    [
        *("2026-02-30", "2026-13-01", "2027-02-29", "20261201", "2026-W49-2", "2026-12-1"),
        *("1.12.2026", "12/01/2026", "10000-01-01", "0000-01-01", "２０２６-12-01", "tomorrow"),
        *("", " 2026-12-01", "2026-12-01T00:00", "\x1b[2J", "9" * 5_000),
    ],
)
def test_a_day_that_is_none(room: Room, option: str, day: str) -> None:
    (said,) = [line for line in refused(room, 2, *USUAL, option, day) if "is no date" in line]
    assert said.endswith('" is no date: write it as 2026-11-22')
    assert len(said) < 130


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--times", "0"),
        ("--times", "5"),
        ("--times", "2.0"),
        ("--times", "two"),
        ("--times", "٢"),
        ("--times", "9" * 5_000),
        ("--market", "de"),
        ("--format", "pdf"),
        ("--format", "\x1b[2J"),
        ("--doze", "20 mg/day"),
    ],
)
def test_an_option_that_is_none(room: Room, option: str, value: str) -> None:
    lines = refused(room, 2, *USUAL, option, value)
    assert any(line.startswith("Error: ") and option in line for line in lines)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            (*PACE, *FORMS, "--dose", "22 mg/day"),
            "cannot be made from 10 mg tablet (may be halved)",
        ),
        ((*USUAL, "--times", "3"), "20 mg a day in 3 equal doses is not an exact dose"),
        ((*PACE, *FORMS, "--dose", "0 mg/day"), "the dose at night is 0: it must be above zero"),
        ((*PACE, *FORMS, "--dose", "5 mg/day"), "there is no step to plan"),
        ((*PACE, *FORMS, "--dose", "999999 mg/day"), "takes more than ten years"),
        ((*USUAL, "--end", "20 mg/day"), "the plan ends at 20 mg, which is not below the dose now"),
        ((*USUAL, "--first", "noon"), "cannot bring down noon first"),
        ((*USUAL, "--forms", "tablet-10mg,tablet-10mg"), "form tablet-10mg is given twice"),
        ((*USUAL, "--start", "2026-11-21"), "the start date 2026-11-21 is in the past"),
        ((*USUAL, "--start", "9999-12-20"), "the start date 9999-12-20 leaves no dates"),
        (
            (*USUAL, "--start", "9999-12-10", "--format", "ics"),
            "the start date 9999-12-10 leaves no dates",
        ),
    ],
)
def test_a_plan_that_cannot_be(room: Room, options: tuple[str, ...], said: str) -> None:
    assert any(said in line for line in errors(refused(room, 1, *options)))


def test_the_last_day_there_is(room: Room) -> None:
    done = taper(room, *USUAL, "--start", "9999-12-10")
    assert done.code == 0 and "End: from day 22, 9999-12-31: nothing to take" in done.out


def test_everything_that_is_wrong_is_said_at_once(room: Room) -> None:
    room.write(LIMITED)
    options = ("--dose", "40 mg/day", "--end", "5mg", "--pace", "fast", "--forms", "a,b")
    found = errors(refused(room, 2, *options, "--first", "dawn", "--format", "ics"))
    assert [" ".join(line.split()[:3]) for line in found] == [
        "no pace called",
        "no form called",
        "no form called",
        '"5mg" is refused:',
        "no such time",
        "a calendar needs",
        "limit high: the",
        "limit once: the",
    ]


def test_a_limit_and_what_contradicts_itself_are_said_at_once(room: Room) -> None:
    room.write(LIMITED)
    found = errors(refused(room, 1, *PACE, *FORMS, "--dose", "31 mg/day", "--start", "2026-11-01"))
    assert found == [
        "limit high: the dose a day is more than 30 mg a day",
        "limit once: the dose at one time is more than 20 mg",
        "the start date 2026-11-01 is in the past",
    ]


@pytest.mark.parametrize("form", ["table", "json", "ics"])
def test_no_option_goes_around_a_limit(room: Room, form: str) -> None:
    room.write(LIMITED)
    around = ("--past-start", "--start", "2026-11-01", "--end", "10 mg/day", "--together")
    options = (*PACE, *FORMS, "--split", "morning 10 mg, noon 15 mg, night 10 mg", *around)
    lines = refused(room, 1, *options, "--format", form)
    assert errors(lines) == ["limit high: the dose a day is more than 30 mg a day"]
    assert lines[1] == (
        "    no option goes around it: a specialist must make this plan."
        " The limit is from Doe J. A study of sleep. J Sleep 2020"
    )


def test_up_to_a_limit_there_is_a_plan(room: Room) -> None:
    room.write(LIMITED)
    assert taper(room, *PACE, *FORMS, "--dose", "30 mg/day", "--times", "2").code == 0
    lines = refused(room, 1, *PACE, *FORMS, "--dose", "30 mg/day")
    assert errors(lines) == ["limit once: the dose at one time is more than 20 mg"]
    assert "the hospital must make this plan" in lines[1]
    assert lines[1].endswith("The limit is from our working: a guess of ours")


def test_a_past_start_on_purpose(room: Room) -> None:
    assert "2026-11-22 or later" in "".join(refused(room, 1, *USUAL, "--start", "2026-11-21"))
    done = taper(room, *USUAL, "--start", "2026-11-21", "--past-start")
    assert done.code == 0 and "2026-11-21" in done.out


def test_today_is_the_clocks_day_unless_said(room: Room) -> None:
    yesterday = datetime.date.today() - datetime.timedelta(days=2)
    tomorrow = datetime.date.today() + datetime.timedelta(days=2)
    assert room.run("taper", "good", *USUAL, "--start", str(yesterday)).code == 1
    assert room.run("taper", "good", *USUAL, "--start", str(tomorrow)).code == 0


def test_a_form_that_is_not_sold_there(room: Room) -> None:
    room.write(LIQUIDS)
    both = (*DOSE, *PACE, "--forms", "tablet-10mg,liquid-1mg")
    lines = refused(room, 2, *both)
    assert errors(lines) == ["liquid-1mg is not sold in this market: uk"]
    assert lines[1] == "    there are: tablet-10mg"
    assert taper(room, *both, "--market", "us").code == 0
    assert errors(refused(room, 2, *DOSE, *PACE, "--forms", "liquid-1mg")) == errors(lines)


def test_the_hint_names_a_form_that_is_sold_there_and_would_do(room: Room) -> None:
    room.write(LIQUIDS)
    odd = ("--dose", "22 mg/day", *PACE, *FORMS)
    assert "the 5 mg in 5 mL liquid" not in "".join(refused(room, 1, *odd))
    assert "the 5 mg in 5 mL liquid" in "".join(refused(room, 1, *odd, "--market", "us"))


def without(text: str, first: str, last: str) -> str:
    """The text without what stands from the one heading up to the other."""
    return text[: text.index(first)] + text[text.index(last) :]


def test_a_market_that_the_handout_is_not_for(room: Room) -> None:
    room.write(spoilt(("markets: [uk, us]\n\nin_short", "markets: [uk]\n\nin_short")))
    done = taper(room, *USUAL, "--market", "us")
    said = f'{FILE}:13:10: error: the handout is not for market "us"'
    assert (done.code, done.out, done.errors) == (1, "", [said])


def test_an_error_in_the_handout_refuses_every_plan(room: Room) -> None:
    room.write(spoilt(("text: Your body gets used to it.", "text: Wait 14 days.")))
    done = taper(room, *USUAL)
    assert (done.code, done.out) == (1, "")
    assert any("[number-in-text]" in line for line in done.errors)
    room.write(GOOD.replace("value: 1162", "value: 1,162"))
    assert taper(room, *USUAL).code == 1


def test_a_handout_that_has_no_pace(room: Room) -> None:
    text = without(GOOD, "forms:\n", "tapering:\n")
    room.write(without(text, "  example:\n", "  blank:\n"))
    done = taper(room, *USUAL)
    assert (done.code, done.out) == (1, "")
    assert (
        f"{FILE}:1:1: error: this handout has no pace, so no plan can be made from it" in done.err
    )


def test_a_handout_that_is_not_there(room: Room) -> None:
    for name in ("goood", "", "\x1b[2J", "x" * 5_000):
        done = room.run("taper", name, *USUAL)
        assert (done.code, done.out) == (2, "")
        assert "is no handout" in done.err and "\x1b" not in done.err
    assert room.run("taper").code == 2
