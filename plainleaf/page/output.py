"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plainleaf.problems import ContentError, Problem


def write(target: Path, data: bytes) -> None:
    """Write `data` beside `target`, then rename: a failure leaves the old file as it was.

    Raises ContentError where the folder cannot be written or is full.
    """
    if target.exists() and not target.is_file():
        raise ContentError(Problem("cannot write: this is not a file", str(target)))
    with _beside(target, data) as temporary:
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)


def write_new(target: Path, data: bytes) -> None:
    """Write a patient's copy: readable by this user alone, and never over another file.

    Raises ContentError where something stands there, or the folder cannot be written.
    """
    with _beside(target, data) as temporary:
        try:
            os.link(temporary, target)  # fails where there is one, without a moment between
        except FileExistsError:
            hint = (
                "choose another name with -o: a patient's copy is never written over another file"
            )
            problem = Problem("this file is there already", str(target), hint=hint)
            raise ContentError(problem) from None


@contextmanager
def _beside(target: Path, data: bytes) -> Iterator[str]:
    """A whole file of these bytes beside the target, mode 0600; it is gone at the end."""
    temporary = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # The name says nothing of the target: it may stand in a listing for a moment.
        handle, temporary = tempfile.mkstemp(prefix=".plainleaf-", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
        _sync_folder(target.parent)
    except OSError as error:
        cause = error.strerror or type(error).__name__
        hint = "choose another place with -o, or make room there"
        raise ContentError(Problem(f"cannot write: {cause}", str(target), hint=hint)) from error
    finally:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)


def _mode(target: Path) -> int:
    """The rights of the file that stands there, or what a new file gets from the umask."""
    with suppress(OSError):
        return target.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _sync_folder(folder: Path) -> None:
    """Make the rename last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
