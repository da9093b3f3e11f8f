"""Handouts are found by id, folder or file: the user's own first, then the bundled ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plainleaf import library as module
from plainleaf.library import Library, bundled
from plainleaf.problems import ContentError, MachineError, UsageError
from tests.hostile.given import GOOD, Room, spoilt

ROOT = Path(__file__).parents[1]


def test_the_bundled_ones_are_there() -> None:
    assert bundled() == ROOT
    found = Library((bundled(),))
    assert found.styles == ROOT / "styles"
    assert found.fonts == ROOT / "styles" / "fonts"
    assert found.names() == sorted(
        path.parent.name for path in ROOT.glob("handouts/*/handout.yaml")
    )


@pytest.mark.parametrize("name", ["good", "handouts/good", "handouts/good/handout.yaml"])
def test_id_folder_and_file_name_the_same_handout(room: Room, name: str) -> None:
    loaded = Library.here(room.folder).handout(name)
    assert loaded.model.id == "good"
    assert loaded.document.path == "handouts/good/handout.yaml"


def test_a_file_outside_is_shown_as_it_is(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    (room.folder / "elsewhere").mkdir()
    monkeypatch.chdir(room.folder / "elsewhere")
    assert Library.here(Path.cwd()).handout(str(room.file)).document.path == str(room.file)


def test_ones_own_handout_comes_before_the_bundled_one(room: Room) -> None:
    name = Library((bundled(),)).names()[0]
    shutil.copytree(room.file.parent, room.file.parents[1] / name)
    own = Library.here(room.folder)
    assert own.roots == (room.folder.resolve(), ROOT)
    assert own.path(name) == room.folder.resolve() / "handouts" / name / "handout.yaml"
    assert own.names().count(name) == 1
    assert "good" in own.names()


def test_the_styles_are_the_bundled_ones(room: Room) -> None:
    (room.folder / "styles").mkdir()
    assert Library.here(room.folder).styles == ROOT / "styles"


def test_a_folder_without_handouts_sees_the_bundled_ones(tmp_path: Path) -> None:
    assert Library.here(tmp_path).roots == (ROOT,)
    assert Library.here(ROOT).roots == (ROOT,)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("goood", '"goood" is no handout, did you mean "good"?'),
        ("xyzzy", '"xyzzy" is no handout'),
        (".", '"." is no handout'),
        ("..", '".." is no handout'),
        ("good/../good", '"good/../good" is no handout'),
        ("handouts\\good", '"handouts\\good" is no handout'),
        ("x" * 1_000, "is no handout"),
    ],
)
def test_the_nearest_name_is_offered(room: Room, name: str, said: str) -> None:
    library = Library.here(room.folder)
    with pytest.raises(UsageError) as raised:
        library.path(name)
    (problem,) = raised.value.problems
    assert problem.message.endswith(said) or said in problem.message
    assert problem.hint.startswith(f"The library has: {', '.join(library.names())}.")


def test_ones_own_markets_come_first(room: Room) -> None:
    library = Library.here(room.folder)
    assert library.markets().uk.emergency == "999"
    text = (ROOT / "handouts" / "markets.yaml").read_text(encoding="utf-8")
    own = room.file.parents[1] / "markets.yaml"
    own.write_text(spoilt(('emergency: "999"', 'emergency: "112"'), text=text))
    assert library.markets().uk.emergency == "112"
    own.write_text("uk: []\n")
    with pytest.raises(ContentError, match=r'^handouts/markets\.yaml:1:1: error: "us" is missing'):
        library.markets()


def test_a_broken_installation_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MachineError, match=r"markets\.yaml is missing"):
        Library((tmp_path,)).markets()
    monkeypatch.setattr(module, "_HERE", tmp_path / "plainleaf")
    with pytest.raises(MachineError, match="Install plainleaf again"):
        bundled()


def test_inside_a_wheel_the_bundled_folder_is_beside_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "plainleaf" / "bundled"
    for folder in ("handouts/good", "styles"):
        (inside / folder).mkdir(parents=True)
    (inside / "handouts" / "good" / "handout.yaml").write_text(GOOD)
    monkeypatch.setattr(module, "_HERE", tmp_path / "plainleaf")
    assert bundled() == inside
    assert Library.here(tmp_path).names() == ["good"]
