"""A file is written whole or not at all, and the one that stood there is not hurt."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from plainleaf.page.output import write
from plainleaf.problems import ContentError, ExitCode


def test_writes_and_leaves_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "new" / "a.pdf", b"one")
    write(tmp_path / "new" / "a.pdf", b"two")
    assert (tmp_path / "new" / "a.pdf").read_bytes() == b"two"
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["a.pdf"]


def test_rights_follow_the_umask_and_then_the_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tmp_path / "a.pdf", b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o640
    (tmp_path / "a.pdf").chmod(0o600)
    write(tmp_path / "a.pdf", b"two")
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o600


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize("existing", [b"old", None])
def test_a_full_disk_hurts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, existing: bytes | None
) -> None:
    target = tmp_path / "a.pdf"
    if existing:
        target.write_bytes(existing)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(ContentError, match="cannot write: No space left on device") as raised:
        write(target, b"new")
    assert raised.value.exit_code is ExitCode.CONTENT
    assert raised.value.problems[0].path == str(target)
    assert (target.read_bytes() if target.exists() else None) == existing
    assert list(tmp_path.iterdir()) == ([target] if existing else [])


def test_an_interruption_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "a.pdf", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(ContentError, match="cannot write"):
        write(tmp_path / "file" / "a.pdf", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_device_or_folder_is_not_replaced(tmp_path: Path) -> None:
    for target in (Path("/dev/full"), tmp_path):
        with pytest.raises(ContentError, match="not a file"):
            write(target, b"new")
    assert Path("/dev/full").is_char_device()
