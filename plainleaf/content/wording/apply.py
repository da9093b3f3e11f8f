"""A handout in another language: the same structure, every text replaced, nothing in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from plainleaf.content import prose
from plainleaf.content.base import ByMarket
from plainleaf.content.model import Handout, Markets
from plainleaf.content.wording.catalog import Catalog, Entry
from plainleaf.content.wording.reading import placeholders
from plainleaf.content.wording.units import Unit, market_units, units
from plainleaf.problems import Level, Problem

# A text that is not translated stands between these in a draft. No bundled font has them, so that
# a page that does not know them cannot be printed.
OPEN, CLOSE = "⟦", "⟧"


def translated(
    handout: Handout, catalog: Catalog, *, draft: bool = False
) -> tuple[Handout, list[Problem]]:
    """The handout in the catalog's language, and what is wrong with the catalog's entries.

    A text without a sound translation is an error; in a draft it is a warning, and the source
    stands in its place between ⟦ and ⟧."""
    texts, problems = _texts(units(handout), catalog, draft)
    other: Handout = _put(handout, (), texts)
    return other.model_copy(update={"language": catalog.language}), problems


def translated_markets(
    markets: Markets, catalog: Catalog, *, draft: bool = False
) -> tuple[Markets, list[Problem]]:
    """The same for the texts of handouts/markets.yaml."""
    texts, problems = _texts(market_units(markets), catalog, draft)
    return _put(markets, (), texts), problems


def translations(
    units: tuple[Unit, ...], catalog: Catalog, *, draft: bool = False
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The translation of each unit by its context: one text, or one for each plural form."""
    known = {entry.context: entry for entry in catalog.entries}
    found, problems = {}, []
    for unit in units:
        entry = known.get(unit.context)
        wrong = _wrong(unit, entry, catalog)
        if entry is not None and wrong is None:
            found[unit.context] = entry.targets
            continue
        assert wrong is not None
        level = Level.WARNING if draft else Level.ERROR
        reason, hint = wrong
        problems.append(catalog.problem(reason, entry, hint=hint, level=level))
        found[unit.context] = (marked(unit.text),)
    return found, problems


def with_texts(handout: Handout, texts: Mapping[tuple[str, ...], str]) -> Handout:
    """A copy of the handout with other texts at these paths; everything else is the very same."""
    other: Handout = _put(handout, (), texts)
    return other


def marked(text: str) -> str:
    """The source text as it stands in a draft where a translation is missing."""
    return f"{OPEN}{text}{CLOSE}"


def _texts(
    units: tuple[Unit, ...], catalog: Catalog, draft: bool
) -> tuple[dict[tuple[str, ...], str], list[Problem]]:
    found, problems = translations(units, catalog, draft=draft)
    return {unit.path: found[unit.context][0] for unit in units}, problems


def _wrong(unit: Unit, entry: Entry | None, catalog: Catalog) -> tuple[str, str] | None:
    """Why an entry cannot be printed, and the remedy."""
    name = f'"{unit.context}"'
    if entry is None:
        said = f"{name} has no entry"
        return said, "Refresh the file, then translate it."
    if (entry.source, entry.plural) != (unit.text, unit.plural):
        said = f"{name} is of an earlier text"
        return said, "Refresh the file, then look at the translation."
    if entry.missing:
        said = f"{name} is not translated"
        return said, "Translate it, or print a draft."
    if entry.fuzzy:
        said = f"{name} is fuzzy"
        return said, "Compare it with the source, then take the fuzzy mark away."
    if any(sign in target for target in entry.targets for sign in (OPEN, CLOSE)):
        said = f"{name} has {OPEN} or {CLOSE}, which mark what is missing"
        return said, "Take them out."
    if not unit.plural and sorted(placeholders(entry.target)) != sorted(placeholders(unit.text)):
        said = f"{name} has other placeholders than its source"
        return said, "Copy them from the source: another one would print another fact."
    for target in entry.targets if unit.prose else ():
        try:
            prose.check(target, inline=True)
        except prose.ProseError as error:
            said = f"{name} cannot be printed: {error}"
            return said, "Write it as the source is written."
    return None


def _put(value: Any, path: tuple[str, ...], texts: Mapping[tuple[str, ...], str]) -> Any:
    """A copy with the texts at their paths; everything else is the very same."""
    if path in texts:
        return texts[path]
    if isinstance(value, ByMarket | BaseModel):
        held = {name: getattr(value, name) for name in type(value).model_fields}
        changed = _changed(held, path, texts)
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, dict):
        changed = _changed(value, path, texts)
        return {**value, **changed} if changed else value
    return value


def _changed(
    held: Mapping[str, Any], path: tuple[str, ...], texts: Mapping[tuple[str, ...], str]
) -> dict[str, Any]:
    put = {key: _put(item, (*path, str(key)), texts) for key, item in held.items()}
    return {key: item for key, item in put.items() if item is not held[key]}
