"""The wheel on a machine of its own: all is inside, and every face prints the same leaflet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
HANDOUT = "baclofen-sleep"
DAY = "2026-11-22"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def _run(*command: str | Path, folder: Path) -> str:
    """What a program prints, in a folder, without anything of ours in its environment."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "FONTCONFIG", "COV", "PYTEST"))
    }
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "-q", "--disable-pip-version-check")
    _run(*pip, "--no-index", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of a fresh environment: the wheel, and the packages of this one."""
    folder = tmp_path_factory.mktemp("machine") / "a venv"
    _run(sys.executable, "-m", "venv", "--without-pip", folder, folder=wheel.parent)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    _run(*pip, "install", "-q", "--no-index", "--no-deps", wheel, folder=wheel.parent)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "lib" / version / "site-packages"
    (packages / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def test_the_wheel_has_everything(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    for top in ("handouts", "styles", "clinics"):
        for file in (ROOT / top).rglob("*"):
            if file.is_file():
                assert f"plainleaf/bundled/{file.relative_to(ROOT)}" in names
    for file in (ROOT / "plainleaf").rglob("*"):
        if file.is_file() and file.suffix != ".pyc":
            assert str(file.relative_to(ROOT)) in names
    licences = f"plainleaf-{VERSION}.dist-info/licenses"
    for name in (
        "LICENSE",
        "LICENSES/CC-BY-4.0.txt",
        "LICENSES/README.md",
        "styles/fonts/LICENSE-Inter.txt",
        "styles/fonts/LICENSE-Noto.txt",
        "styles/icons/LICENSE",
    ):
        assert f"{licences}/{name}" in names


def test_the_wheel_has_nothing_else(wheel: Path) -> None:
    for name in ZipFile(wheel).namelist():
        assert name.startswith(("plainleaf/", f"plainleaf-{VERSION}.dist-info/")), name
        assert "__pycache__" not in name


def test_the_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, folder=ROOT)
    (archive,) = tmp_path.glob("*.tar.gz")
    _run("tar", "-xzf", archive, folder=tmp_path)
    source = tmp_path / f"plainleaf-{VERSION}"
    assert (source / "Makefile").is_file()
    assert (source / "tests" / Path(__file__).name).is_file()
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, folder=source)
    (again,) = tmp_path.glob("*.whl")
    first, second = ZipFile(wheel), ZipFile(again)
    assert sorted(first.namelist()) == sorted(second.namelist())
    for name in first.namelist():
        assert first.read(name) == second.read(name), name


@pytest.mark.slow
def test_every_face_prints_the_same_leaflet(installed: Path, tmp_path: Path) -> None:
    faces: dict[str, list[str | Path]] = {
        "command": [installed / "plainleaf", "render"],
        "module": [installed / "python", "-m", "plainleaf", "render"],
        "checkout": [sys.executable, ROOT / "render.py"],
    }
    made = {}
    for name, face in faces.items():
        folder = tmp_path / f"from {name}"
        folder.mkdir()
        _run(*face, HANDOUT, "--date", DAY, "-o", "here", folder=folder)
        (file,) = (folder / "here").iterdir()
        assert file.name == f"{HANDOUT}.en.pdf"
        made[name] = file.read_bytes()
    assert made["command"].startswith(b"%PDF-")
    assert made["command"] == made["module"]
    assert made["command"] == made["checkout"]


def test_the_command_finds_its_own_library(installed: Path, tmp_path: Path) -> None:
    _run(installed / "plainleaf", "check", HANDOUT, "--content", "--date", DAY, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert _run(installed / "plainleaf", "--version", folder=tmp_path).strip().endswith(VERSION)


def test_without_packages_render_py_says_what_to_run(tmp_path: Path) -> None:
    copy = tmp_path / "render.py"
    copy.write_bytes((ROOT / "render.py").read_bytes())
    command = [sys.executable, "-S", "-E", str(copy)]  # -S: no packages
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert 'run "make leaflets"' in done.stderr
    assert "Traceback" not in done.stderr


def test_without_packages_render_py_takes_the_checkouts_python(tmp_path: Path) -> None:
    copy = tmp_path / "render.py"
    copy.write_bytes((ROOT / "render.py").read_bytes())
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
    python.chmod(0o755)
    command = [sys.executable, "-S", "-E", str(copy), "one two", "--draft"]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=True)
    assert done.stdout == f"{copy}|one two|--draft|"


@pytest.mark.parametrize(
    ("words", "never"),
    [
        (["--help"], ("weasyprint", "babel", "pikepdf", "pypdfium2", "fontTools")),
        (["render", "--help"], ("weasyprint", "babel", "pikepdf", "pypdfium2", "fontTools")),
        (["check", "--list"], ("weasyprint",)),
        (["check", HANDOUT, "--content", "--date", DAY], ("weasyprint",)),
        (["schema"], ("weasyprint", "pikepdf")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_needs_no_page_loads_no_page_maker(words: list[str], never: tuple[str, ...]) -> None:
    said = _run(sys.executable, "-X", "importtime", "-m", "plainleaf", *words, folder=ROOT)
    loaded = {
        name.partition(".")[0]
        for name in re.findall(r"^import time:[^|]*\|[^|]*\|\s*(\S+)", said, re.MULTILINE)
    }
    assert "plainleaf" in loaded
    assert not loaded.intersection(never)
