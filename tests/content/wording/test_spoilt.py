"""Translations spoilt in one place: how many the guards catch. Numbers and placeholders: all.

Once of the sample, where every text has something to spoil, and once of a bundled leaflet. What an
exemption allows is left out: it is not looked at, and says so.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from plainleaf.content.load import load_handout
from plainleaf.content.wording.guards import guard
from plainleaf.content.wording.po import read
from plainleaf.content.wording.review import load_exemptions
from plainleaf.content.wording.units import Unit, units
from tests.content.wording.given import LANGUAGES, by_context, targets
from tests.content.wording.spoilt import KINDS, Spoilt
from tests.content.wording.test_guards import ORDERED

ROOT = Path(__file__).parents[3]
BUNDLED = ROOT / "handouts" / "baclofen-sleep"
TIMES = 500
SEED = 20261122
LEAST = {
    "sample": {"number": 1.0, "placeholder": 1.0, "unit": 0.9, "negation": 0.95},
    "bundled": {"number": 1.0, "placeholder": 1.0, "unit": 0.8, "negation": 0.95},
}

Texts = list[tuple[str, Unit, str]]  # language, source, translation


@cache
def sample() -> Texts:
    return [
        (code, by_context()[context], target)
        for code in LANGUAGES
        for context, target in targets(code).items()
        if context not in ORDERED.get(code, ())
    ]


@cache
def bundled() -> Texts:
    known = {unit.context: unit for unit in units(load_handout(BUNDLED / "handout.yaml").model)}
    found = []
    for code in LANGUAGES:
        file = BUNDLED / f"{code}.po"
        exempt = load_exemptions(file.with_suffix(".exceptions.yaml")).model.root
        for entry in read(file).entries:
            if entry.context in known and entry.context not in exempt and not entry.missing:
                found.append((code, known[entry.context], entry.target))
    return found


def spoil(texts: Texts, kind: str, random: Random) -> tuple[str, Unit, Spoilt]:
    """A translation of some language, spoilt in one place."""
    while True:
        code, unit, target = random.choice(texts)
        if done := KINDS[kind](unit.text, target, code, random):
            return code, unit, done


@pytest.mark.slow
@pytest.mark.parametrize("texts", [sample, bundled])
@pytest.mark.parametrize("kind", KINDS)
def test_of_500_spoilt_translations(kind: str, texts: object) -> None:
    given: Texts = texts()  # type: ignore[operator]
    random, name = Random(f"{SEED} {kind}"), texts.__name__  # type: ignore[attr-defined]
    caught, missed = Counter[str](), []
    for _ in range(TIMES):
        code, unit, done = spoil(given, kind, random)
        new = set(guard(unit, done.after, code)) - set(guard(unit, done.before, code))
        caught[done.how] += bool(new)
        if not new:
            missed.append(f"{code} {unit.context} {done.how}: {done.before} > {done.after}")
    shown = "\n".join(dict.fromkeys(missed))
    print(f"{name}, {kind}: {caught.total()} of {TIMES} caught {dict(caught)}")
    assert caught.total() >= LEAST[name][kind] * TIMES, f"{caught.total()} of {TIMES}\n{shown}"
    assert len(caught) > 1  # it was spoilt in more ways than one
