"""Reads a ledger, every line held against its seal: what was changed by hand is refused."""

from __future__ import annotations

import errno
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from plainleaf.content.ledger.entries import (
    ENTRY,
    FIRST,
    Release,
    Withdrawal,
    canonical,
    order,
    seal_of,
)
from plainleaf.problems import ContentError, Problem

NAME = "ledger.jsonl"
MOST_BYTES = 50_000_000
LONGEST_LINE = 1_000_000
_RESTORE = "Put back the last good copy of the ledger: nobody can tell any more what it said."


@dataclass(frozen=True)
class Ledger:
    """The entries in the order in which they were written, and the seal of the last."""

    path: str
    entries: tuple[Release | Withdrawal, ...] = ()
    seal: str = FIRST

    def releases(self, handout: str) -> list[Release]:
        """The releases of a handout, oldest first."""
        return [e for e in self.entries if isinstance(e, Release) and e.handout == handout]

    def withdrawal(self, handout: str, version: str = "") -> Withdrawal | None:
        """What withdrew a version, itself or with a later one; of any, where none is named."""
        found = (e for e in self.entries if isinstance(e, Withdrawal) and e.handout == handout)
        reached = (e for e in found if not version or order(e.version) >= order(version))
        return next(reached, None)


def read_ledger(path: Path, shown: str) -> Ledger:
    """The ledger at this path, an empty one where there is none. Raises ContentError."""
    handle = opened(path, shown, os.O_RDONLY)
    if handle is None:
        return Ledger(shown)
    with os.fdopen(handle, "rb") as file:
        return parse_ledger(file.read(MOST_BYTES + 1), shown)


def opened(path: Path, shown: str, flags: int) -> int | None:
    """The file itself, opened, no link or device; None where there is none. Raises ContentError."""
    try:
        handle = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o644)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.EMLINK, errno.EISDIR, errno.ENXIO):
            hint = "Check that you may read and write it."
            said = f"the ledger cannot be opened: {error.strerror}"
            raise ContentError(Problem(said, shown, hint=hint)) from None
    else:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return handle
        os.close(handle)
    hint = "Put the file itself there, no link and no folder."
    raise ContentError(Problem("the ledger is no plain file", shown, hint=hint))


def parse_ledger(data: bytes, path: str) -> Ledger:
    """The entries of a ledger's bytes. ContentError names the first line that does not fit."""
    if len(data) > MOST_BYTES:
        hint = "Look what is in it: a release takes some thousands of bytes."
        raise ContentError(
            Problem(f"the ledger is larger than {MOST_BYTES:,} bytes", path, hint=hint)
        )
    entries: list[Release | Withdrawal] = []
    seal = FIRST
    *lines, rest = data.split(b"\n")
    for number, line in enumerate(lines, start=1):
        entry, seal = _entry(line, seal, path, number)
        entries.append(entry)
    if rest:
        hint = "If a power cut broke it off, delete this last line, and release or withdraw again."
        raise ContentError(
            Problem("the ledger breaks off in this line", path, len(lines) + 1, hint=hint)
        )
    return Ledger(path, tuple(entries), seal)


def _entry(line: bytes, before: str, path: str, number: int) -> tuple[Release | Withdrawal, str]:
    held = _held(line)
    seal = held.pop("seal", None) if held else None
    if held is None or not isinstance(seal, str):
        raise ContentError(
            Problem("this line is no entry of a ledger", path, number, hint=_RESTORE)
        )
    if seal_of(held) != seal or canonical(held | {"seal": seal}) != line:
        raise ContentError(
            Problem("this line of the ledger has been changed", path, number, hint=_RESTORE)
        )
    if held.get("before") != before:
        said = "a line of the ledger before this one is gone, changed, or new"
        raise ContentError(Problem(said, path, number, hint=_RESTORE))
    try:
        return ENTRY.validate_python(held), seal
    except ValidationError:
        hint = "Was it written by a newer Plainleaf? Then use that one."
        said = "this line of the ledger holds something unknown"
        raise ContentError(Problem(said, path, number, hint=hint)) from None


def _held(line: bytes) -> dict[str, Any] | None:
    """The object on a line, or None: no key twice, no number without an end."""
    if len(line) > LONGEST_LINE:
        return None
    try:
        held = json.loads(line.decode(), object_pairs_hook=_once, parse_constant=_refused)
        canonical(held)  # ValueError where a text is none
        return held if isinstance(held, dict) else None
    except (ValueError, RecursionError):
        return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        raise ValueError
    return held


def _refused(name: str) -> NoReturn:
    raise ValueError(name)
