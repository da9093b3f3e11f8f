"""A translation is signed by another person than its translator, whole and double-checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plainleaf.cli import main
from plainleaf.content.wording.review import load_review

ROOT = Path(__file__).parents[1]
SIGN = [
    "approve",
    "baclofen-sleep",
    "--language",
    "es",
    "--role",
    "pharmacist",
    "--next",
    "2999-01-01",
]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of one's own: handouts and styles."""
    for folder in ("handouts", "styles"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("plainleaf.library.bundled", lambda: tmp_path)
    return tmp_path


def checked(room: Path) -> list[Path]:
    """The PO files with every double-check cleared."""
    files = [room / "handouts/baclofen-sleep/es.po", room / "styles/phrases/es.po"]
    files.append(room / "handouts/markets.es.po")
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("# DOUBLE-CHECK")]
        file.write_text("".join(kept), encoding="utf-8")
    return files


def test_what_waits_for_a_second_look_is_not_signed(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SIGN, "--reviewer", "Somebody Else"]) == 1
    assert "wait for the second person's check" in capsys.readouterr().err
    review = load_review(room / "handouts/baclofen-sleep/es.review.yaml")
    assert review.status == "draft"


def test_the_translator_does_not_sign(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(room)
    translator = load_review(room / "handouts/baclofen-sleep/es.review.yaml").translator
    assert main([*SIGN, "--reviewer", str(translator)]) == 1
    assert "signs alone" in capsys.readouterr().err


def test_all_three_parts_are_signed(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = checked(room)
    assert main([*SIGN, "--reviewer", "Somebody Else"]) == 0
    for file in files:
        review = load_review(file.with_suffix(".review.yaml"))
        assert (review.status, review.reviewer) == ("approved", "Somebody Else")
        text = file.with_suffix(".review.yaml").read_text(encoding="utf-8")
        assert text.startswith("# yaml-language-server")
    assert capsys.readouterr().out.count("approved by Somebody Else") == 3
