"""The rules of the house that a machine can hold: short modules, one-way imports, one mouth."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "plainleaf"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 250

# From the lowest to the highest: a room may import from itself and from those before it.
ROOMS = (
    "problems", "content", "taper", "library", "page", "checks", "spoken", "adapted", "ready",
    "leaflet",
    "deliver",
    "cli",
    "__main__",
)  # fmt: skip
MOUTHS = {"cli", "__main__"}  # may print, exit and read the clock

LOUD = {"print", "input", "exit", "quit", "breakpoint"}
LOUD_ATTRIBUTES = {
    "sys": {"exit", "stdout", "stderr", "__stdout__", "__stderr__", "argv"},
    "os": {"_exit", "abort"},
    "date": {"today"},
    "datetime": {"now", "utcnow", "today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "perf_counter", "monotonic", "strftime"},
    "click": {"echo", "secho", "prompt", "confirm"},
}
MEDICINES = (
    "amitriptyline", "baclofen", "citalopram", "clonazepam", "codeine", "daridorexant", "diazepam",
    "doxepin", "duloxetine", "escitalopram", "fluoxetine", "gabapentin", "lithium", "lorazepam",
    "melatonin", "mirtazapine", "morphine", "olanzapine", "paroxetine", "prednisolone",
    "pregabalin", "propranolol", "quetiapine", "sertraline", "temazepam", "tizanidine", "tramadol",
    "trazodone", "venlafaxine", "zolpidem", "zopiclone",
)  # fmt: skip

# Where this is made is nobody's business. Written apart, or this file would name it too.
MACHINE = re.compile("|".join(["/" + "work/", "/" + "opt/pypi", "/" + "opt/wheels", "/" + "root/"]))
DIARY = re.compile(r"\b(the|this|a|my|our|each|next|last) " + r"session\b", re.IGNORECASE)
PRIVATE = {".git", ".venv", "out", "dist", "build"}
TEXTS = {
    "", ".md", ".py", ".toml", ".lock", ".sh", ".yaml", ".yml", ".json", ".po", ".css", ".jinja",
    ".html", ".svg", ".txt", ".java", ".cfg", ".ini",
}  # fmt: skip


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _room(path: Path) -> str:
    """The room of a module; the package's own __init__ counts as the highest."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return ROOMS[-1] if first == "__init__" else first


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and room of everything of Plainleaf that a module imports, wherever it does."""
    package = ["plainleaf", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*above, *([node.module] if node.module else [])])
            names = [f"{whole}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "plainleaf" and len(parts) > 1 and not parts[1].startswith("__"):
                yield node.lineno, parts[1]


def _loud(path: Path) -> Iterator[str]:
    """Each place where a module prints, exits, or asks what time it is."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LOUD:
            yield f"{_name(path)}:{node.lineno}: {node.func.id}"
        elif isinstance(node, ast.Name) and node.id == "SystemExit":
            yield f"{_name(path)}:{node.lineno}: {node.id}"
        elif isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else ""
            owner = node.value.id if isinstance(node.value, ast.Name) else owner
            if node.attr in LOUD_ATTRIBUTES.get(owner, ()):
                yield f"{_name(path)}:{node.lineno}: {owner}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in ("sys", "time", "os"):
            for alias in node.names:
                if alias.name in LOUD_ATTRIBUTES[node.module]:
                    yield f"{_name(path)}:{node.lineno}: from {node.module} import {alias.name}"


def _public() -> Iterator[Path]:
    """Every text file that is ours and goes out with the project."""
    for folder, names, files in os.walk(ROOT):
        names[:] = [
            name
            for name in names
            if name not in PRIVATE and not name.endswith(("_cache", "__pycache__", ".hypothesis"))
        ]
        yield from (Path(folder, file) for file in files if Path(file).suffix in TEXTS)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_are_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{_name(path)} has {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_lower_room_never_imports_a_higher_one(path: Path) -> None:
    room = _room(path)
    assert room in ROOMS, f"{_name(path)}: say in tests/test_style.py where this room stands"
    height = ROOMS.index(room)
    wrong = [
        f"{_name(path)}:{line}: {room} imports {other}"
        for line, other in _imports(path)
        if ROOMS.index(other) > height
    ]
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_the_command_line_prints_exits_and_reads_the_clock(path: Path) -> None:
    if _room(path) not in MOUTHS or path == PACKAGE / "__init__.py":
        assert list(_loud(path)) == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_module_is_named_for_everything(path: Path) -> None:
    assert not re.search(r"utils?|helpers?|manager|misc|common", path.stem)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_the_machine_knows_no_medicine(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()
    assert [name for name in MEDICINES if name in text] == []


def test_nothing_public_says_where_it_was_made() -> None:
    found = []
    for path in _public():
        text = path.read_bytes().decode("utf-8", "replace")
        marks = [MACHINE] if path.suffix != ".md" else [MACHINE, DIARY]
        if path.is_relative_to(PACKAGE):
            marks = [MACHINE, DIARY]
        found += [f"{_name(path)}: {match[0]}" for mark in marks for match in mark.finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_host_and_has_a_hash_for_everything(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "make lock" in text.splitlines()[1]
    assert "://" not in text
    assert not re.search(r"^\s*--(extra-)?(index|find|trusted)", text, re.MULTILINE)
    for package in re.split(r"\n(?=[a-z0-9])", text)[1:]:
        assert "--hash=sha256:" in package, package


def test_the_locks_agree() -> None:
    run, dev = (
        dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert run
    assert run.items() <= dev.items()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("print(1)", True),
        ("import sys\nsys.exit(1)", True),
        ("from datetime import date\ndate.today()", True),
        ("import datetime\ndatetime.datetime.now()", True),
        ("import datetime\ndatetime.date.today()", True),
        ("from time import perf_counter", True),
        ("raise SystemExit", True),
        ("def printed(): ...\nprinted()", False),
        ("class Form:\n    print: bool", False),
        ("when.today\nmodel.exit()", False),
    ],
)
def test_this_test_hears(
    code: str, found: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    path = tmp_path / "module.py"
    path.write_text(code)
    assert bool(list(_loud(path))) is found
