"""The bundled translations, all of them unreviewed drafts, keep what the guards ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf.content.load import load_handout, load_markets
from plainleaf.content.wording.examine import examine
from plainleaf.content.wording.phrases import source_phrases
from plainleaf.content.wording.po import read
from plainleaf.content.wording.review import load_exemptions, load_review
from plainleaf.content.wording.units import Unit, market_units, phrase_units, units
from plainleaf.content.wording.written import written
from plainleaf.problems import Level

ROOT = Path(__file__).parents[3]
FILES = sorted(
    [*ROOT.glob("handouts/*/*.po"), *ROOT.glob("handouts/*.po"), *ROOT.glob("styles/phrases/*.po")]
)


def units_of(file: Path) -> tuple[Unit, ...]:
    if (file.parent / "handout.yaml").is_file():
        return units(load_handout(file.parent / "handout.yaml").model)
    if file.parent.name == "phrases":
        return phrase_units(source_phrases(file.parent))
    return market_units(load_markets(file.parent / "markets.yaml").model)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_guards_have_nothing_against_it(file: Path) -> None:
    exemptions = load_exemptions(file.with_suffix(".exceptions.yaml"))
    found = examine(units_of(file), read(file), exemptions)
    assert [problem for problem in found if problem.level is Level.ERROR] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_it_is_written_as_the_program_writes(file: Path) -> None:
    assert written(read(file)) == file.read_bytes()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nobody_reviewed_it_and_none_of_it_says_so(file: Path) -> None:
    review = load_review(file.with_suffix(".review.yaml"))
    assert review.status == "draft" and review.reviewer is None
    assert all(
        entry.unchecked
        for entry, unit in zip(read(file).entries, units_of(file), strict=True)
        if unit.locked
    )


def test_there_are_some() -> None:
    assert len(FILES) >= 12
