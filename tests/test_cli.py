"""The commands keep their contract: exit codes, file names, and what is said where."""

from __future__ import annotations

import builtins
import datetime
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plainleaf import ready
from plainleaf.checks import rules
from plainleaf.content.schema import schema_text
from plainleaf.page import typeset
from plainleaf.problems import ExitCode
from tests.hostile.given import DAY, FILE, GOOD, SMALL, Room, spoilt

ROOT = Path(__file__).parents[1]
SIGN = ["approve", "good", "--reviewer", "Ann Oe", "--role", "pharmacist", "--next", "2099-01-01"]
TAPER = ["taper", "good", "--dose", "20 mg/day", "--pace", "slow", "--forms", "tablet-10mg"]
TAPER += ["--start", "2026-12-01", "--date", DAY]
WRONG = spoilt(("value: 1162", "value: 1,162"), ("icon: moon", "icno: moon"))


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ([], "good.en.pdf"),
        (["--paper", "letter"], "good.en.letter.pdf"),
        (["--edition", "review"], "good.en.review.pdf"),
        (["--edition", "review", "--paper", "letter"], "good.en.review.letter.pdf"),
        (["--market", "us"], "good.en.pdf"),
        (["--format", "html"], "good.en.html"),
        (["--format", "html", "--paper", "letter"], "good.en.html"),
    ],
)
def test_files_are_named_for_what_they_hold(room: Room, options: list[str], name: str) -> None:
    room.write(SMALL)
    done = room.render("-o", "new", *options)
    assert done.code == ExitCode.DONE
    assert [file.name for file in (room.folder / "new").iterdir()] == [name]
    pages = r"  \d+ pages" if name.endswith("pdf") else ""
    assert re.fullmatch(rf"new/{re.escape(name)}{pages}  \d+\.\d s\n", done.out)


def test_a_file_may_be_named(room: Room) -> None:
    assert room.render("--format", "html", "-o", "deep/er/my.html").code == 0
    assert (room.folder / "deep" / "er" / "my.html").is_file()


def test_a_folder_that_is_called_like_a_file_is_a_folder(room: Room) -> None:
    (room.folder / "a.html").mkdir()
    assert room.render("--format", "html", "-o", "a.html").code == 0
    assert (room.folder / "a.html" / "good.en.html").is_file()


def test_with_no_handout_named_all_are_rendered(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plainleaf.library.bundled", lambda: ROOT)
    done = room.run("render", "--date", DAY, "--format", "html", "-o", "all")
    bundled = [path.parent.name for path in (ROOT / "handouts").glob("*/handout.yaml")]
    expected = sorted(f"{name}.en.html" for name in [*bundled, "good"])
    assert done.code == 0
    assert sorted(file.name for file in (room.folder / "all").iterdir()) == expected


def test_the_market_follows_the_paper_unless_said(room: Room) -> None:
    for options, number in (
        (["--paper", "a4"], "999"),
        (["--paper", "letter"], "911"),
        (["--paper", "letter", "--market", "uk"], "999"),
    ):
        assert room.render("--format", "html", "-o", "new", *options).code == 0
        html = (room.folder / "new" / "good.en.html").read_text(encoding="utf-8")
        assert f">{number}<" in html


def test_problems_stand_on_standard_error_with_a_caret(room: Room) -> None:
    room.write(WRONG)
    done = room.render()
    assert (done.code, done.out) == (ExitCode.CONTENT, "")
    first, source, caret = done.err.splitlines()[:3]
    assert first == f'{FILE}:10:1: error: unknown key "icno", did you mean "icon"?'
    assert (source, caret) == ("    icno: moon", "    ^")


def test_check_says_the_same_in_three_forms(room: Room) -> None:
    room.write(WRONG)
    plain = room.run("check", "good", "--date", DAY)
    assert (plain.code, plain.out, len(plain.errors)) == (ExitCode.CONTENT, "", 2)
    as_json = room.run("check", "good", "--date", DAY, "--format", "json")
    found = json.loads(as_json.out)
    assert (as_json.code, as_json.err) == (ExitCode.CONTENT, "")
    assert [(each["path"], each["line"], each["column"]) for each in found] == [
        (FILE, 10, 1),
        (FILE, 137, 12),
    ]
    assert {each["level"] for each in found} == {"error"}
    github = room.run("check", "good", "--date", DAY, "--format", "github")
    assert (github.code, github.err) == (ExitCode.CONTENT, "")
    assert github.out.splitlines()[0] == (
        f'::error file={FILE},line=10,col=1::unknown key "icno", did you mean "icon"?'
    )


def test_a_warning_is_no_error(room: Room) -> None:
    done = room.run("check", "good", "--content", "--date", DAY, "--format", "json")
    assert done.code == ExitCode.DONE
    found = {(each["rule"], each["level"]) for each in json.loads(done.out)}
    assert ("review-unsigned", "warning") in found
    assert "error" not in {level for _, level in found}


def test_check_looks_at_every_country_and_leaves_no_file(room: Room) -> None:
    room.write(SMALL)
    before = sorted(room.folder.rglob("*"))
    done = room.run("check", "good", "--date", DAY)
    assert (done.code, done.out) == (ExitCode.DONE, "")
    assert sorted(room.folder.rglob("*")) == before
    room.write(spoilt(("Going to bed", "꧅ bed"), text=SMALL))
    assert room.run("check", "good", "--date", DAY).code == ExitCode.CONTENT
    assert room.run("check", "good", "--content", "--date", DAY).code == ExitCode.DONE


def test_check_goes_on_to_the_next_handout(room: Room) -> None:
    other = room.folder / "other.yaml"
    other.write_text("id: other\n")
    done = room.run("check", "other.yaml", "good", "--content", "--date", DAY)
    assert done.code == ExitCode.CONTENT
    assert "other.yaml:1:1: error" in done.err
    assert f"{FILE}:177:11: warning" in done.err


def test_the_list_has_every_rule(room: Room) -> None:
    done = room.run("check", "--list")
    assert (done.code, done.err) == (ExitCode.DONE, "")
    for rule in rules():
        assert f"{rule.name} ({rule.level}, {rule.stage})\n" in done.out
        assert rule.doc.splitlines()[0] in done.out


def test_the_schema_is_printed_whole(room: Room) -> None:
    done = room.run("schema")
    assert (done.code, done.out, done.err) == (0, schema_text(), "")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["--version"], ["render", "--help"], ["taper", "--help"]]
)
def test_help_is_no_error(room: Room, arguments: list[str]) -> None:
    done = room.run(*arguments)
    assert (done.code, done.err) == (ExitCode.DONE, "")
    assert done.out


def test_no_command_is_wrong(room: Room) -> None:
    assert room.run().code == ExitCode.USAGE


@pytest.mark.parametrize("command", [["render", "good"], ["check", "good"], SIGN])
def test_an_interruption_is_130(
    room: Room, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ready, "sound", interrupted)
    done = room.run(*command)
    assert (done.code, done.out, done.err.strip()) == (130, "", "interrupted")
    assert room.file.read_text(encoding="utf-8") == GOOD
    assert room.unhurt()


def test_without_pango_it_is_3_and_the_remedy(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def no_pango(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", no_pango)
    typeset._press.cache_clear()
    try:
        done = room.render()
        assert (done.code, done.out) == (ExitCode.MACHINE, "")
        assert "a page cannot be laid out without Pango" in done.err
        assert "apt-get install libpango" in done.err
        assert room.unhurt()
        assert room.render("--format", "html", "-o", "new").code == ExitCode.DONE
    finally:
        typeset._press.cache_clear()


def test_today_is_the_day_unless_said(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[datetime.date] = []
    real = ready.checked

    def checked(name: str, library: Any, today: datetime.date, *more: Any) -> Any:
        days.append(today)
        return real(name, library, today, *more)

    monkeypatch.setattr(ready, "checked", checked)
    before = datetime.date.today()
    room.run("render", "good", "--format", "html")
    room.render("--format", "html")
    assert before <= days[0] <= datetime.date.today()
    assert days[1] == datetime.date(2026, 11, 22)


LIGHT = """
import sys
from plainleaf.cli import main
code = main(sys.argv[1:])
heavy = {"weasyprint", "pikepdf", "pypdfium2", "fontTools", "PIL"} & set(sys.modules)
sys.exit(f"{code} {sorted(heavy)}" if code or heavy else 0)
"""


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["taper", "--help"],
        ["check", "--content", "good"],
        ["schema"],
        *([*TAPER, "--format", form] for form in ("table", "json", "ics")),
    ],
    ids=" ".join,
)
def test_what_needs_no_page_imports_no_page(room: Room, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, *command],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-300:]
