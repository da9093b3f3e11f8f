"""Adds a line to a ledger: one writer at a time, whole or not at all, what stands there stays."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from plainleaf.content.ledger.entries import Release, Withdrawal, sealed
from plainleaf.content.ledger.reading import LONGEST_LINE, MOST_BYTES, Ledger, opened, parse_ledger
from plainleaf.problems import ContentError, Problem

Entry = TypeVar("Entry", Release, Withdrawal)
PATIENCE = 100  # tenths of a second


def append(path: Path, shown: str, decide: Callable[[Ledger], Entry | None]) -> Entry | None:
    """Add what `decide` gives for the ledger as it stands; nothing where it gives None.

    No other writer comes between. ContentError where the ledger is spoilt or cannot be written."""
    handle = _locked(path, shown)
    try:
        with os.fdopen(os.dup(handle), "rb") as file:
            data = file.read(MOST_BYTES + 1)
        ledger = parse_ledger(data, shown)
        entry = decide(ledger)
        if entry is not None:
            _write(handle, sealed(entry, ledger.seal)[0], len(data), shown)
        return entry
    finally:
        _forget_empty(handle, path)
        os.close(handle)


def _locked(path: Path, shown: str) -> int:
    """The ledger, opened, and nobody else's as long as it is open."""
    for _ in range(PATIENCE):
        handle = opened(path, shown, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        if handle is None:  # its folder is gone
            break
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(handle), os.lstat(path)):
                return handle
        os.close(handle)
        time.sleep(0.1)
    hint = "Try again when the other one has ended."
    raise ContentError(Problem("another program is writing the ledger", shown, hint=hint))


def _write(handle: int, line: bytes, size: int, shown: str) -> None:
    """The line at the end; where that fails, the file is as long as it was."""
    if len(line) > LONGEST_LINE or size + len(line) > MOST_BYTES:
        hint = "Release fewer languages at a time, or begin a ledger in a new library."
        raise ContentError(Problem("the ledger has no room for this entry", shown, hint=hint))
    try:
        written = os.write(handle, line)
        if written < len(line):
            raise OSError(0, "no room is left")
        os.fsync(handle)
    except OSError as error:
        with suppress(OSError):
            os.ftruncate(handle, size)
        hint = "Make room there, then try again: the ledger is as it was."
        said = f"the ledger cannot be written: {error.strerror}"
        raise ContentError(Problem(said, shown, hint=hint)) from error


def _forget_empty(handle: int, path: Path) -> None:
    """Take away a file that was made for nothing, while it is still locked."""
    with suppress(OSError):
        if os.fstat(handle).st_size == 0:
            path.unlink()
