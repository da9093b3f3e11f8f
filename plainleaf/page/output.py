"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from plainleaf.problems import ContentError, Problem


def write(target: Path, data: bytes) -> None:
    """Write `data` beside `target`, then rename: a failure leaves the old file as it was.

    Raises ContentError where the folder cannot be written or is full.
    """
    write_all({target: data})


def write_new(target: Path, data: bytes) -> None:
    """Write a patient's copy: readable by this user alone, and never over another file.

    Raises ContentError where something stands there, or the folder cannot be written.
    """
    write_all_new({target: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files that belong together, or none: a failure leaves all as they were.

    Raises ContentError where a folder cannot be written or is full.
    """
    for target in files:
        if target.exists() and not target.is_file():
            raise ContentError(Problem("cannot write: this is not a file", str(target)))
    with ExitStack() as stack, ExitStack() as undo:
        beside = [(target, stack.enter_context(_beside(target, files[target]))) for target in files]
        for target, temporary in beside:
            with _told(target):
                if len(files) > 1 and target.exists():
                    kept = stack.enter_context(_beside(target, target.read_bytes()))
                    os.chmod(kept, _mode(target))
                    back = partial(os.replace, kept, target)
                else:
                    back = partial(os.unlink, target)
                os.chmod(temporary, _mode(target))
                os.replace(temporary, target)
                undo.callback(back)
        undo.pop_all()  # all are there: nothing to take back


def write_all_new(files: Mapping[Path, bytes]) -> None:
    """Write the files of a patient's copy as `write_new` does, or none of them."""
    with ExitStack() as stack, ExitStack() as undo:
        beside = [(target, stack.enter_context(_beside(target, files[target]))) for target in files]
        for target, temporary in beside:
            try:
                with _told(target, FileExistsError):
                    os.link(temporary, target)  # fails where there is one, without a moment between
            except FileExistsError:
                hint = (
                    "choose another name with -o: "
                    "a patient's copy is never written over another file"
                )
                problem = Problem("this file is there already", str(target), hint=hint)
                raise ContentError(problem) from None
            undo.callback(os.unlink, target)
        undo.pop_all()


@contextmanager
def _beside(target: Path, data: bytes) -> Iterator[str]:
    """A whole file of these bytes beside the target, mode 0600; it is gone at the end."""
    temporary = ""
    try:
        with _told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            # The name says nothing of the target: it may stand in a listing for a moment.
            handle, temporary = tempfile.mkstemp(prefix=".plainleaf-", dir=target.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        yield temporary
        _sync_folder(target.parent)
    finally:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)


@contextmanager
def _told(target: Path, aside: type[OSError] | tuple[()] = ()) -> Iterator[None]:
    """Say what the system says of this target, `aside` from an error that means something else."""
    try:
        yield
    except aside:
        raise
    except OSError as error:
        cause = error.strerror or type(error).__name__
        hint = "choose another place with -o, or make room there"
        raise ContentError(Problem(f"cannot write: {cause}", str(target), hint=hint)) from error


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
