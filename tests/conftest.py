"""What all tests share: golden files, and how hard hypothesis tries."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.hostile.given import Room

GOLDEN = Path(__file__).parent / "golden"

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=5_000)
if os.environ.get("PLAINLEAF_NIGHTLY") == "1":
    settings.load_profile("nightly")
else:
    settings.load_profile("ci" if os.environ.get("CI") == "true" else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh-golden", action="store_true", help="write the golden files instead of comparing"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "golden: compares with a file of tests/golden")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the fixture `golden` can be chosen with -m golden."""
    for item in items:
        if "golden" in getattr(item, "fixturenames", ()):
            item.add_marker("golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)`: the text is that of tests/golden/name, to the letter."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--refresh-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        assert file.is_file(), f"tests/golden/{name} is missing: make golden"
        kept = file.read_bytes().decode("utf-8")
        assert text == kept, f"not as in tests/golden/{name}; if it should be so: make golden"

    return compare


@pytest.fixture
def room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Room:
    """A working folder with one good handout in it; commands run there."""
    monkeypatch.chdir(tmp_path)
    return Room(tmp_path, capsys)
