"""The sample leaflet and its translations, made into catalogs."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache
from pathlib import Path

from plainleaf.content import yaml
from plainleaf.content.load import load_handout
from plainleaf.content.model import Handout
from plainleaf.content.wording.catalog import Catalog
from plainleaf.content.wording.po import parse
from plainleaf.content.wording.refresh import refresh
from plainleaf.content.wording.units import Unit, units
from plainleaf.content.wording.written import written

HERE = Path(__file__).parent
DAY = datetime.date(2026, 11, 22)
LANGUAGES = ("es", "pl", "ar", "zh")


@cache
def sample() -> Handout:
    return load_handout(HERE / "sample.yaml").model


@cache
def by_context() -> dict[str, Unit]:
    return {unit.context: unit for unit in units(sample())}


@cache
def targets(code: str) -> dict[str, str]:
    """The translation of each unit, by context."""
    document = yaml.read(HERE / "sample.translations.yaml")
    held: dict[str, str] = document.plain()[code]
    return held


def empty(code: str = "es") -> Catalog:
    """A fresh catalog, as the file would be read back."""
    made, _ = refresh(units(sample()), None, code, project="sample 0.1", day=DAY)
    return parse(written(made), f"{code}.po", code)


@cache
def full(code: str = "es") -> Catalog:
    """The sample's translation, as its file would be read back."""
    made = empty(code)
    entries = tuple(
        replace(entry, targets=(targets(code)[entry.context],)) for entry in made.entries
    )
    return parse(written(replace(made, entries=entries)), f"{code}.po", code)
