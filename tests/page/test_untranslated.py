"""What is not translated is marked in a draft, and refused otherwise."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from plainleaf.cli import main
from plainleaf.page.untranslated import as_printed, mark_untranslated

from .conftest import ROOT

MISSING = "tapering.hold.text"


def test_a_text_is_marked_and_a_tag_is_not() -> None:
    html = '<html><title>⟦A⟧</title><style>p { content: "⟦A⟧" }</style><p title="⟦A⟧">⟦A⟧ b</p>'
    marked = '<p title="A"><span class="untranslated" lang="en" dir="ltr">[EN] A</span> b</p>'
    assert mark_untranslated(html).endswith(marked)
    assert "⟦" not in mark_untranslated(html)
    assert mark_untranslated("<p>a</p>") == "<p>a</p>"
    assert as_printed("⟦A⟧ b") == "[EN] A b"


@pytest.fixture
def gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library in which one Spanish text is missing."""
    shutil.copytree(ROOT / "handouts", tmp_path / "handouts")
    po = tmp_path / "handouts" / "baclofen-sleep" / "es.po"
    text = po.read_text(encoding="utf-8")
    pattern = rf'(msgctxt "{re.escape(MISSING)}"\nmsgid .*\nmsgstr )"[^\n]*"'
    text, count = re.subn(pattern, r'\1""', text)
    assert count == 1
    po.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


COMMAND = ["render", "baclofen-sleep", "--language", "es", "--date", "2026-11-22", "-o", "out"]


def test_nothing_falls_back_in_silence(gap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(COMMAND) == 1
    assert f'"{MISSING}" is not translated' in capsys.readouterr().err
    assert not (gap / "out").exists()


def test_a_draft_prints_it_marked(gap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMMAND, "--draft", "--format", "html"]) == 0
    assert f'warning: "{MISSING}" is not translated' in capsys.readouterr().err
    html = (gap / "out" / "baclofen-sleep.es.html").read_text(encoding="utf-8")
    assert '<span class="untranslated" lang="en" dir="ltr">[EN] Stay on the same step' in html
    assert '<html lang="es-419" dir="ltr">' in html


def test_check_reads_each_translation(gap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "baclofen-sleep", "--content", "--date", "2026-11-22"]) == 1
    assert f'"{MISSING}" is not translated' in capsys.readouterr().err
