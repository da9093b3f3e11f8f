"""Every error of a file in one pass, each at its place, with the nearest right key."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from plainleaf.content.load import load_handout, load_markets, nearest
from plainleaf.content.model import Handout
from plainleaf.problems import ContentError, Problem
from tests.hostile.given import GOOD, caret, spoilt

ROOT = Path(__file__).parents[2]


def problems(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    (tmp_path / "handout.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_handout(tmp_path / "handout.yaml", "x.yaml")
    assert {problem.path for problem in raised.value.problems} == {"x.yaml"}
    return raised.value.problems


def test_a_model_and_its_document(tmp_path: Path) -> None:
    (tmp_path / "handout.yaml").write_text(GOOD, encoding="utf-8")
    loaded = load_handout(tmp_path / "handout.yaml")
    assert isinstance(loaded.model, Handout)
    assert loaded.document.path == str(tmp_path / "handout.yaml")
    assert loaded.document.data == GOOD.encode()


# A slip in a key of every depth and kind of parent: one of the file, of a group, of a group
# under an id, of a list, of a group for each country.
SLIPS = {
    "subtitel": ("subtitle: What", "‸subtitel: What", "subtitle"),
    "mesage": ("  message: Going", "  ‸mesage: Going", "message"),
    "laed": ("      lead: Keep", "      ‸laed: Keep", "lead"),
    "certanty": ("      certainty: low", "      ‸certanty: low", "certainty"),
    "lats": ("fact: tired, lasts:", "fact: tired, ‸lats:", "lasts"),
    "advise": (
        "    advice:\n      text: Rest.",
        "    ‸advise:\n      text: Rest.",
        "advice",
    ),
    "dyas": ("{cut: 5, days: 7}", "{cut: 5, ‸dyas: 7}", "days"),
    "strenght": ("    strength: 10", "    ‸strenght: 10", "strength"),
    "uint": ("    unit: mg\n", "    ‸uint: mg\n", "unit"),
    "go_bak": ("  go_back:", "  ‸go_bak:", "go_back"),
    "peple": ("    people: 175", "    ‸peple: 175", "people"),
    "titel": ("    title: A study", "    ‸titel: A study", "title"),
    "staus": ("  status: draft", "  ‸staus: draft", "status"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_the_right_key_is_offered(tmp_path: Path, slip: str) -> None:
    old, new, right = SLIPS[slip]
    text, line, column = caret(spoilt((old, new)))
    found = problems(tmp_path, text)
    said = f'unknown key "{slip}", did you mean "{right}"?'
    (problem,) = [each for each in found if each.message == said]
    assert (problem.line, problem.column) == (line, column)
    missing = [each.message for each in found if each is not problem]
    assert all(f'"{right}" is missing' in message for message in missing)


def test_errors_come_in_the_order_of_the_file_each_once(tmp_path: Path) -> None:
    changes = ("id: good", "id: Good"), ("value: 63", "value: 063"), ("  status: draft", "  x: y")
    found = problems(tmp_path, spoilt(*changes))
    places = [(problem.line, problem.column) for problem in found]
    assert places == sorted(places)
    assert len(set(found)) == len(found) == 3
    assert [problem.message.split(":")[0] for problem in found] == [
        "id", "facts.better.value", 'unknown key "x"',
    ]  # fmt: skip


def test_a_missing_key_says_where_it_belongs(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, spoilt(("  lead: Never all at once.\n", "")))
    assert problem.message == '"lead" is missing in tapering'
    assert problem.hint == 'Add "lead:" here; docs/write-a-handout.md says what it holds.'


def test_a_wrong_value_for_one_country_is_at_its_place(tmp_path: Path) -> None:
    text, line, column = caret(spoilt(("smallest: 0.5", "smallest: {uk: 0.5, us: ‸1.0}")))
    (problem,) = problems(tmp_path, text)
    assert problem.message.startswith("forms.tablet-10mg.smallest.us: ends in a zero")
    assert (problem.line, problem.column) == (line, column)


def test_a_wrong_id_is_at_its_key(tmp_path: Path) -> None:
    text, line, column = caret(spoilt(("  study-people:", "  ‸Study_People:")))
    (problem,) = problems(tmp_path, text)
    assert "facts.Study_People" in problem.message
    assert (problem.line, problem.column) == (line, column)


def test_markets_are_read_in_the_same_way(tmp_path: Path) -> None:
    assert load_markets(ROOT / "handouts" / "markets.yaml").model.us.emergency == "911"
    (tmp_path / "markets.yaml").write_text("uk: {}\n")
    with pytest.raises(ContentError) as raised:
        load_markets(tmp_path / "markets.yaml", "markets.yaml")
    said = [problem.message for problem in raised.value.problems]
    assert '"us" is missing' in said
    assert '"emergency" is missing in uk' in said


@pytest.mark.parametrize(
    ("word", "near"), [("stpes", "steps"), ("tipps", "tips"), ("xyzzy", None), ("", None)]
)
def test_the_nearest_word(word: str, near: str | None) -> None:
    assert nearest(word, ["steps", "tips", "title"]) == near


def test_every_model_forbids_what_it_does_not_know() -> None:
    def models(kind: type[BaseModel]) -> set[type[BaseModel]]:
        return {kind} | {each for sub in kind.__subclasses__() for each in models(sub)}

    from plainleaf.content.base import Base

    found = models(Base)
    assert Handout in found
    for model in found:
        assert model.model_config.get("extra") == "forbid", model
        assert model.model_config.get("frozen") is True, model
