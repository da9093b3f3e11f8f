"""A patient's own pages: the plan they show is the proved one, and it is private."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from plainleaf.cli import main
from plainleaf.content.load import load_handout, load_markets
from plainleaf.content.model import for_market
from plainleaf.page.compose import compose
from plainleaf.page.days import Day, days_of, months_of
from plainleaf.page.own import OwnPlan, own_words
from plainleaf.page.setting import Setting
from plainleaf.page.standing import standing
from plainleaf.taper.model import Plan
from plainleaf.taper.own import own_plan
from plainleaf.taper.patient import read_patient
from tests.taper.given import asked
from tests.taper.test_patient_file import GOOD, written

from .conftest import ROOT, VOICE

HANDOUT = load_handout(ROOT / "handouts/baclofen-sleep/handout.yaml").model
MARKETS = load_markets(ROOT / "handouts/markets.yaml").model
TODAY = date(2026, 11, 22)
SECRET = "Quillon Zephyrine"
DOCTOR = "Dr Ottokar"
NOTE = "Parrot called Xanthippe"
PRIVATE = [*SECRET.split(), "Ottokar", "Xanthippe", "Parrot"]
ODD = '<b>{egfr-limit}</b> *x* [y](https://z) & "q"'


def own(folder: Path, **change: Any) -> OwnPlan:
    given = read_patient(written(folder, **change))
    settled = for_market(HANDOUT, "uk")
    plan, dose = own_plan(given, settled, "uk", TODAY)
    return own_words(plan, dose, given.model, settled, "uk", TODAY, VOICE)


def page(plan: OwnPlan, **setting: Any) -> str:
    stands = standing(HANDOUT, "0123456789abcdef" * 4, TODAY, VOICE)
    return compose(HANDOUT, MARKETS, Setting(**setting), stands, ROOT / "styles", plan)


def test_the_rows_say_the_plan(tmp_path: Path) -> None:
    plan = own(tmp_path, dose="60 mg/day", times="3")
    assert plan.times == ("morning", "noon", "night")
    assert [row.name for row in plan.rows] == ["Now", *(f"Step {n}" for n in range(1, 9)), "Stop"]
    first = plan.rows[1].doses
    assert [at and at.dose for at in first] == ["10\u00a0mg", "20\u00a0mg", "20\u00a0mg"]
    assert first[0] is not None
    assert first[0].takes[0].words == "1 tablet of 10\u00a0mg"
    assert [row.when for row in plan.rows[1:3]] == ["Days 1 to 7", "Days 8 to 14"]
    assert plan.supply[0].dispense == "172 tablets"


def test_dates_and_the_condition_stand_at_each_step(tmp_path: Path) -> None:
    dated = page(own(tmp_path, start="2026-12-01"))
    assert dated.count("only if you feel well") >= 4
    assert "From Tuesday 1 December 2026" in dated
    undated = page(own(tmp_path))
    assert "2026, only" not in undated
    assert "Days 1 to 7" in undated


def test_a_liquid_is_said_in_mg_and_in_ml_with_its_bottle(tmp_path: Path) -> None:
    html = page(own(tmp_path, forms=["liquid-1mg-per-ml"]))
    assert "15\u00a0mg" in html
    assert "15\u00a0mL of the 5 mg in 5 mL liquid" in html


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_what_a_person_wrote_is_printed_as_it_stands(tmp_path: Path, form: str) -> None:
    html = page(own(tmp_path, name=ODD, notes=ODD, prescriber=ODD), form=form)
    escaped = "&lt;b&gt;{egfr-limit}&lt;/b&gt; *x* [y](https://z) &amp; &#34;q&#34;"
    assert html.count(escaped) >= 3
    assert "https://z)" not in re.sub(re.escape(escaped), "", html)


def test_the_golden_copy(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    golden(
        "patient/baclofen-sleep.html", page(own(tmp_path, start="2026-12-01", born="1950-01-31"))
    )


def test_no_example_stands_beside_a_plan(tmp_path: Path) -> None:
    html = page(own(tmp_path))
    assert "Example, not your plan" not in html
    assert 'class="blank-plan"' not in html
    assert "Call us.</b> If you missed more than a day, this plan no longer holds" in html
    assert page(own(tmp_path)) == html


def test_the_plans_print_is_of_its_doses_and_of_nobody(tmp_path: Path) -> None:
    one = own(tmp_path)
    assert one.print == own(tmp_path, name="Somebody Else").print
    assert one.print != own(tmp_path, pace="label").print
    assert re.fullmatch(r"[0-9a-f]{4} [0-9a-f]{4}", one.print)


# The calendar


def plan_from(start: date | None, days: int) -> Plan:
    from dataclasses import replace

    from plainleaf.taper import proved_plan

    plan = proved_plan(asked("slow 20"))
    step = replace(plan.steps[0], days=days, date=start)
    end = replace(plan.end, day=days + 1, date=start and start + timedelta(days=days))
    return replace(plan, steps=(step,), end=end)


@pytest.mark.parametrize(
    ("start", "days"),
    [
        (date(2026, 10, 20), 14),  # clocks go back
        (date(2027, 3, 25), 14),  # clocks go forward
        (date(2028, 2, 27), 5),  # a leap day
        (date(2026, 12, 31), 1),
        (date(2027, 1, 1), 731),
    ],
)
@pytest.mark.parametrize("market", ["uk", "us"])
def test_every_day_stands_once_under_its_weekday(start: date, days: int, market: Any) -> None:
    plan = plan_from(start, days)
    months = months_of(days_of(plan, ("night",), VOICE), start, market, VOICE)
    first = {"uk": 0, "us": 6}[market]
    seen: list[Day] = []
    for month in months:
        for week in month.weeks:
            assert len(week) == 7
            for place, day in enumerate(week):
                if day is not None:
                    assert day.date is not None
                    assert (day.date.weekday() - first) % 7 == place
                    assert day.date.strftime("%B %Y") == month.name
                    seen.append(day)
    assert [day.date for day in seen] == [start + timedelta(days=n) for n in range(days + 1)]
    assert [day.number for day in seen] == list(range(1, days + 2))
    assert [day.step for day in seen if day.step] == ["Step 1", "Stop"]


def test_a_calendar_without_dates_has_weeks_of_days() -> None:
    months = months_of(days_of(plan_from(None, 30), ("night",), VOICE), None, "uk", VOICE)
    assert [month.name for month in months] == ["Days 1 to 28", "Days 29 to 31"]
    assert [len(month.weeks) for month in months] == [4, 1]


# The finished file


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of one run, and the copy it made, in a process of its own."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "tmp").mkdir()
    (folder / "home").mkdir()
    given = written(folder, name=SECRET, prescriber=DOCTOR, notes=NOTE, start="2026-12-01")
    away = tmp_path_factory.mktemp("given") / "p.yaml"
    given.rename(away)
    command = [
        sys.executable,
        "-m",
        "plainleaf",
        "render",
        "baclofen-sleep",
        "--date",
        "2026-11-22",
    ]
    done = subprocess.run(
        [*command, "--patient", str(away)],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(folder / "tmp"),
            "HOME": str(folder / "home"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (folder / "said.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    (made,) = (folder / "out").iterdir()
    return folder, made


def test_the_name_is_random_and_the_file_private(copy: tuple[Path, Path]) -> None:
    _, made = copy
    assert re.fullmatch(r"[0-9a-f]{16}\.pdf", made.name)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_nothing_else_that_the_run_left_behind_knows_the_person(copy: tuple[Path, Path]) -> None:
    folder, made = copy
    left = [path for path in folder.rglob("*") if path.is_file() and path != made]
    assert folder / "said.txt" in left
    assert any("templates" in path.parts for path in left), "the cache was looked at, too"
    for path in left:
        held = path.read_bytes() + str(path).encode()
        for word in PRIVATE:
            assert word.encode() not in held, path
            assert word.encode("utf-16-be") not in held, path


def test_the_person_stands_on_their_own_pages_alone(
    copy: tuple[Path, Path], run: Callable[..., str]
) -> None:
    _, made = copy
    pages = run("pdftotext", "-layout", made, "-").split("\f")[:-1]
    first = next(at for at, text in enumerate(pages) if "Your plan" in text and SECRET in text)
    for at, text in enumerate(pages):
        assert (SECRET in text) == (at >= first), at
    assert not any(word in text for word in PRIVATE for text in pages[:first])
    info = run("pdfinfo", made) + run("pdfinfo", "-meta", made)
    with pikepdf.open(made) as pdf:
        info += str(dict(pdf.docinfo))
        for attached in pdf.attachments.values():
            info += attached.get_file().read_bytes().decode()
        with pdf.open_outline() as outline:
            info += str(list(outline.root))
    assert not any(word in info for word in PRIVATE)


def test_a_draft_says_on_each_page_that_it_is_not_for_use(copy: tuple[Path, Path]) -> None:
    _, made = copy
    with pikepdf.open(made) as pdf:
        word = "DRAFT, NOT FOR USE".encode("utf-16-be").hex().upper().encode()
        for sheet in pdf.pages:
            content = sheet.Contents
            parts = content if isinstance(content, pikepdf.Array) else [content]
            held = b"".join(part.read_bytes() for part in parts).upper()
            assert word in held


def test_the_copy_passes_the_validators(
    copy: tuple[Path, Path], verapdf: Callable[..., None], run: Callable[..., str]
) -> None:
    _, made = copy
    verapdf(made.read_bytes())
    assert SECRET in run("mutool", "draw", "-q", "-F", "txt", made)


def test_a_copy_never_takes_the_place_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "there.html"
    target.write_text("old", encoding="utf-8")
    command = ["render", "baclofen-sleep", "--patient", str(written(tmp_path)), "--format", "html"]
    assert main([*command, "-o", str(target)]) == 1
    assert "there already" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "old"
    assert main([*command, "-o", str(tmp_path / "new.html")]) == 0
    assert GOOD["name"] in (tmp_path / "new.html").read_text(encoding="utf-8")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".html", ".yaml"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["render", "--patient", "p.yaml"], "goes with one leaflet"),
        (["render", "baclofen-sleep", "--edition", "review", "--patient", "p.yaml"], "no review"),
    ],
)
def test_a_patient_file_needs_its_leaflet(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert told in capsys.readouterr().err


def test_letters_without_a_font_are_told_and_not_quoted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = written(tmp_path, name="\U00013000\U00013001")
    assert main(["render", "baclofen-sleep", "--patient", str(given), "-o", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert "no bundled font" in err
    assert "\U00013000" not in err
    assert not list(tmp_path.glob("*.pdf"))
