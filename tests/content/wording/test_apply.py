"""A handout in another language: every text replaced, nothing else, and nothing in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plainleaf.content.load import load_markets
from plainleaf.content.wording.apply import (
    CLOSE,
    OPEN,
    translated,
    translated_markets,
    translations,
)
from plainleaf.content.wording.catalog import Catalog
from plainleaf.content.wording.refresh import refresh
from plainleaf.content.wording.units import market_units, units
from plainleaf.problems import Level
from tests.content.wording.given import DAY, LANGUAGES, by_context, full, sample, targets
from tests.content.wording.test_refresh import RED, TEXT, put

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_replaced_and_nothing_else(code: str) -> None:
    other, problems = translated(sample(), full(code))
    assert problems == []
    assert {unit.context: unit.text for unit in units(other)} == targets(code)
    assert other.language == code
    back = put_back(other)
    assert back == sample()


def put_back(other: object) -> object:
    """The translated handout with its texts put back: what else differs would show."""
    assert isinstance(other, type(sample()))
    undone = tuple(
        replace(entry, source=entry.target, targets=(entry.source,))
        for entry in full(other.language).entries
    )
    home, problems = translated(other, replace(full(other.language), entries=undone))
    assert problems == []
    return home.model_copy(update={"language": "en"})


def test_the_source_is_left_as_it_was() -> None:
    before = sample().model_dump()
    translated(sample(), full("ar"))
    assert sample().model_dump() == before


def _without(catalog: Catalog, context: str) -> Catalog:
    left = tuple(entry for entry in catalog.entries if entry.context != context)
    return replace(catalog, entries=left)


SPOILT = {
    "missing": (lambda: put(full(), TEXT, targets=("",)), "is not translated"),
    "blank": (lambda: put(full(), TEXT, targets=(" \n",)), "is not translated"),
    "fuzzy": (lambda: put(full(), TEXT, flags=("fuzzy",)), "is fuzzy"),
    "earlier": (lambda: put(full(), TEXT, source="Other"), "is of an earlier text"),
    "no entry": (lambda: _without(full(), TEXT), "has no entry"),
    "unprintable": (lambda: put(full(), TEXT, targets=("**no",)), "cannot be printed: "),
    "another fact": (lambda: put(full(), TEXT, targets=("No {age}",)), "has other placeholders"),
    "marked": (lambda: put(full(), TEXT, targets=("⟦no⟧",)), "which mark what is missing"),
}


@pytest.mark.parametrize(("made", "message"), SPOILT.values(), ids=SPOILT)
def test_what_cannot_be_printed_is_told_at_its_line(made: object, message: str) -> None:
    catalog = made()  # type: ignore[operator]
    line = next((entry.line for entry in catalog.entries if entry.context == TEXT), 1)
    _, (problem,) = translated(sample(), catalog)
    assert problem.message.startswith(f'"{TEXT}" ') and message in problem.message
    assert (problem.path, problem.line, problem.level) == ("es.po", line, Level.ERROR)
    assert problem.hint
    if line > 1:
        assert problem.source.startswith("msgstr ")


@pytest.mark.parametrize(("made", "message"), SPOILT.values(), ids=SPOILT)
def test_a_draft_prints_the_source_marked(made: object, message: str) -> None:
    other, (problem,) = translated(sample(), made(), draft=True)  # type: ignore[operator]
    assert problem.level is Level.WARNING and message in problem.message
    shown = {unit.context: unit.text for unit in units(other)}
    assert shown[TEXT] == f"{OPEN}{by_context()[TEXT].text}{CLOSE}"
    assert shown[RED] == targets("es")[RED]


def test_all_problems_at_once() -> None:
    empty = replace(full(), entries=())
    other, problems = translated(sample(), empty, draft=True)
    assert len(problems) == 64
    assert all(unit.text.startswith(OPEN) for unit in units(other))


def test_each_countrys_own_text() -> None:
    other, _ = translated(sample(), full("pl"))
    held = other.who_should_not.care.items["place"].text  # type: ignore[union-attr]
    assert (held.uk, held.us) == (  # type: ignore[union-attr]
        targets("pl")["who_should_not.care.items.place.text.uk"],
        targets("pl")["who_should_not.care.items.place.text.us"],
    )


def test_countries() -> None:
    markets = load_markets(ROOT / "handouts" / "markets.yaml").model
    asked = market_units(markets)
    catalog, _ = refresh(asked, None, "es", project="countries", day=DAY)
    done = tuple(replace(entry, targets=(f"ES {entry.source}",)) for entry in catalog.entries)
    other, problems = translated_markets(markets, replace(catalog, entries=done))
    assert problems == []
    assert other.uk.urgent == f"ES {markets.uk.urgent}"
    assert other.us.report.text == f"ES {markets.us.report.text}"
    assert (other.uk.emergency, other.us.report.link) == (
        markets.uk.emergency,
        markets.us.report.link,
    )


def test_translations_by_context() -> None:
    found, problems = translations(tuple(by_context().values()), full("zh"))
    assert problems == []
    assert found == {context: (text,) for context, text in targets("zh").items()}
