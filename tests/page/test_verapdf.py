"""The validator itself: without Java it says so, and how to get it."""

from __future__ import annotations

import os
import subprocess
import sys

from .conftest import ROOT

TOOL = ROOT / "tools" / "verapdf" / "verapdf.py"


def test_without_java_it_names_the_remedy() -> None:
    command = [sys.executable, str(TOOL), "PDFUA_1", "any.pdf"]
    environment = {**os.environ, "PATH": "/nowhere"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "apt-get install default-jdk-headless" in done.stderr


def test_without_a_file_it_says_how_it_is_used() -> None:
    done = subprocess.run([sys.executable, str(TOOL)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "verapdf.py PDFUA_1" in done.stderr
