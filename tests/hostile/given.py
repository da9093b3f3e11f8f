"""A handout that is right in every way, and the means to spoil one known field of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from plainleaf.cli import main

GOOD = (Path(__file__).parent / "good.yaml").read_text(encoding="utf-8")
SMALL = GOOD[: GOOD.index("red_flags:")] + GOOD[GOOD.index("# Every number") :]  # one page
FILE = "handouts/good/handout.yaml"
DAY = "2026-11-22"
HERE = "‸"  # stands in a payload where the caret is expected
OLD, OLD_TIME = b"%PDF-1.7 the leaflet of last month", 1_000_000_000


def spoilt(*changes: tuple[str, str], text: str = GOOD) -> str:
    """The text with each `old`, which stands in it once, replaced by `new`."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the good handout"
        text = text.replace(old, new)
    return text


def caret(text: str) -> tuple[str, int, int]:
    """The text without the mark, and the line and column at which the mark stood."""
    before, mark, after = text.partition(HERE)
    assert mark
    assert HERE not in after
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """The first line of every error."""
        return [line for line in self.err.splitlines() if ": error: " in line]


class Room:
    """A working folder with a handout of its own, and the leaflet that it gave last month."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.file = folder / FILE
        self.file.parent.mkdir(parents=True)
        self.write(GOOD)
        self.old = folder / "out" / "good.en.pdf"
        self.old.parent.mkdir()
        self.old.write_bytes(OLD)
        os.utime(self.old, (OLD_TIME, OLD_TIME))

    def write(self, text: str | bytes) -> None:
        """Make this the handout."""
        self.file.write_bytes(text.encode() if isinstance(text, str) else text)

    def run(self, *arguments: str) -> Said:
        """Run a command in this folder, in this process."""
        self._capsys.readouterr()
        code = main(list(arguments))
        out, err = self._capsys.readouterr()
        return Said(int(code), out, err)

    def render(self, *options: str) -> Said:
        """Render the handout, on a day of its own."""
        return self.run("render", "good", "--date", DAY, *options)

    def unhurt(self) -> bool:
        """Whether the leaflet of last month is as it was, with nothing beside it."""
        return (
            [file.name for file in self.old.parent.iterdir()] == [self.old.name]
            and self.old.read_bytes() == OLD
            and self.old.stat().st_mtime == OLD_TIME
        )


def refuse(room: Room, old: str, new: str, said: str) -> None:
    """Put one payload where it belongs: refused there, for this reason alone, nothing written."""
    text, line, column = spoilt((old, new)), 0, 0
    if HERE in text:
        text, line, column = caret(text)
    room.write(text)
    done = room.render()
    assert (done.code, done.out) == (1, "")
    (error,) = done.errors
    path, at, under, rest = error.split(":", 3)
    assert path == FILE
    assert rest.startswith(f" error: {said}")
    if line:
        assert (int(at), int(under)) == (line, column)
        rows = done.err.splitlines()
        assert rows[rows.index(error) + 2].rindex("^") == column + 3
    assert room.unhurt()
