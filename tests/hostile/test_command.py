"""Command lines that are wrong, places that cannot be written, disks that are full."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from .given import DAY, FILE, GOOD, OLD, SMALL, Room, spoilt

USAGE = {
    "no such handout": (["render", "goood"], '"goood" is no handout, did you mean "good"?'),
    "no handout, nothing near": (["render", "xyzzy"], '"xyzzy" is no handout'),
    "a name that is too long": (["render", "x" * 5_000], "is no handout"),
    "a name that climbs": (["render", "../handouts/good2"], '"../handouts/good2" is no handout'),
    "a name that steers the screen": (["render", "\x1b[2J"], r'"\x1b[2J" is no handout'),
    "an empty name": (["render", ""], '"" is no handout'),
    "unknown command": (["rendr"], "No such command 'rendr'"),
    "unknown option": (["render", "good", "--papre", "a4"], "No such option '--papre'"),
    "unknown paper": (["render", "good", "--paper", "a3"], "'a3' is not one of 'a4', 'letter'"),
    "malformed date": (["render", "good", "--date", "22.11.2026"], '"22.11.2026" is no date'),
    "no such day": (["render", "good", "--date", "2026-02-30"], '"2026-02-30" is no date'),
    "no value": (["render", "good", "--date"], "Option '--date' requires an argument"),
    "one file for two": (["render", "good", "good", "-o", "a.pdf"], "a.pdf is one file, but there"),
    "no such form of report": (["check", "--format", "xml"], "'xml' is not one of"),
    "nobody reviewed": (["approve", "good"], "Missing option"),
    "review in the past": (
        ["approve", "good", "--reviewer", "A", "--role", "B", "--next", "2020-01-01"],
        "--next should be a day after today",
    ),
    "a reviewer who steers the screen": (
        ["approve", "good", "--reviewer", "A\x1b[2J", "--role", "B", "--next", "2099-01-01"],
        "--reviewer should be a name of up to 100 plain letters",
    ),
    "a reviewer of two lines": (
        [
            "approve",
            "good",
            "--reviewer",
            "A\nstatus: draft",
            "--role",
            "B",
            "--next",
            "2099-01-01",
        ],
        "--reviewer should be a name of up to 100 plain letters",
    ),
    "a role of nothing": (
        ["approve", "good", "--reviewer", "A", "--role", " ", "--next", "2099-01-01"],
        "--role should be a name of up to 100 plain letters",
    ),
}


@pytest.mark.parametrize("case", USAGE)
def test_a_wrong_command_line(room: Room, case: str) -> None:
    arguments, said = USAGE[case]
    done = room.run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "\x1b" not in done.err
    assert room.file.read_text(encoding="utf-8") == GOOD
    assert room.unhurt()


@pytest.mark.parametrize("name", ["none.yaml", "handouts/none/handout.yaml", "handouts/good/a.yml"])
def test_a_missing_file(room: Room, name: str) -> None:
    done = room.run("render", name, "--date", DAY)
    said = f"{name}:1:1: error: the file cannot be read: No such file or directory"
    assert (done.code, done.out, done.errors) == (1, "", [said])
    assert room.unhurt()


def test_a_folder_for_a_file(room: Room) -> None:
    (room.folder / "folder.yaml").mkdir()
    done = room.run("render", "folder.yaml", "--date", DAY)
    assert done.errors == ["folder.yaml:1:1: error: the file cannot be read: Is a directory"]
    assert done.code == 1
    assert room.unhurt()


def test_a_market_that_the_handout_is_not_for(room: Room) -> None:
    room.write(spoilt(("markets: [uk, us]\n\nin_short", "markets: [uk]\n\nin_short")))
    done = room.render("--market", "us")
    said = f'{FILE}:13:10: error: the handout is not for market "us"'
    assert (done.code, done.out, done.errors) == (1, "", [said])
    assert "It has: uk. Choose one with --market." in done.err
    assert room.unhurt()


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("out/good.en.pdf/below", "Not a directory"),
        ("out/good.en.pdf/below/a.html", "Not a directory"),
        ("/proc/none/a.html", "No such file or directory"),
        ("x" * 300 + "/a.html", "File name too long"),
        ("x" * 300 + ".html", "File name too long"),
    ],
)
def test_a_place_that_cannot_be_written(room: Room, output: str, said: str) -> None:
    done = room.render("--format", "html", "-o", output)
    assert (done.code, done.out) == (1, "")
    (error,) = done.errors
    assert error.startswith(output)
    assert said in error
    assert room.unhurt()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk(room: Room, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    room.write(SMALL)
    monkeypatch.setattr(os, step, full)
    done = room.render()
    said = "out/good.en.pdf:1:1: error: cannot write: No space left on device"
    assert (done.code, done.out, done.errors) == (1, "", [said])
    assert "choose another place with -o, or make room there" in done.err
    assert room.unhurt()


def test_a_full_disk_leaves_the_handout_as_it_was(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    signing = ["approve", "good", "--reviewer", "A", "--role", "B", "--next", "2099-01-01"]
    assert room.run(*signing).code == 1
    assert room.file.read_text(encoding="utf-8") == GOOD
    assert [file.name for file in room.file.parent.iterdir()] == ["handout.yaml"]


MARKETS = (Path(__file__).parents[2] / "handouts" / "markets.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https://yellowcard.mhra.gov.uk", "javascript:alert(1)", "should start with https://"),
        ('emergency: "999"', "emergncy: 999", 'unknown key "emergncy", did you mean "emergency"?'),
        ('emergency: "999"', 'emergency: ""', "uk.emergency: is empty"),
        ("uk:\n", "uk: &uk\n", "a value cannot begin with & * or !"),
        ("uk:\n", "gb:\n", '"uk" is missing'),
    ],
)
def test_what_differs_between_countries(room: Room, old: str, new: str, said: str) -> None:
    markets = room.file.parents[1] / "markets.yaml"
    markets.write_text(spoilt((old, new), text=MARKETS))
    done = room.render()
    assert (done.code, done.out) == (1, "")
    assert all(error.startswith("handouts/markets.yaml:") for error in done.errors)
    assert said in done.err
    assert room.unhurt()


def test_the_old_leaflet_is_replaced_when_all_is_well(room: Room) -> None:
    room.write(SMALL)
    assert room.render().code == 0
    assert room.old.read_bytes().startswith(b"%PDF")
    assert room.old.read_bytes() != OLD
    assert [file.name for file in room.old.parent.iterdir()] == ["good.en.pdf"]
