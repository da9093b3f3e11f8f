"""A leaflet in another language: its translation files, what stands against them, who reviewed."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from plainleaf.content.clinic import Letterhead
from plainleaf.content.load import Loaded, load_markets
from plainleaf.content.model import Handout, Markets
from plainleaf.content.wording.apply import translated, translated_markets, translations
from plainleaf.content.wording.catalog import Catalog
from plainleaf.content.wording.examine import examine
from plainleaf.content.wording.language import SOURCE, language
from plainleaf.content.wording.phrases import Voice, source_phrases
from plainleaf.content.wording.plural import forms
from plainleaf.content.wording.po import read
from plainleaf.content.wording.review import fingerprint, holds, load_exemptions, load_review
from plainleaf.content.wording.units import Unit, market_units, phrase_units, units
from plainleaf.library import Library, shown
from plainleaf.page.standing import Standing
from plainleaf.problems import ContentError, Level, Problem


@dataclass(frozen=True)
class Part:
    """What is translated together: the units, and the PO file of a language."""

    name: str
    project: str
    units: tuple[Unit, ...]
    po: Path

    @property
    def review(self) -> Path:
        return self.po.with_suffix(".review.yaml")

    @property
    def exceptions(self) -> Path:
        return self.po.with_suffix(".exceptions.yaml")


@dataclass(frozen=True)
class Spoken:
    """A handout, what differs between countries, and a voice, in one language. `approved` holds
    where every part was reviewed as it is now; `print` is the fingerprint of all parts.
    `letterhead` is of the clinic whose words it has, and `clinic_approved` says if those were."""

    handout: Handout
    markets: Markets
    voice: Voice
    problems: tuple[Problem, ...] = ()
    approved: bool = True
    print: str = ""
    letterhead: Letterhead | None = None
    clinic_approved: bool = True


def parts(library: Library, loaded: Loaded[Handout], code: str) -> tuple[Part, Part, Part]:
    """The handout, the fixed phrases and the texts of countries, with their files."""
    language(code)
    handout, phrases = loaded.model, source_phrases(library.styles / "phrases")
    beside = Path(loaded.document.path).parent
    countries = library.markets_path()
    name = f"{handout.id} {handout.version}"
    return (
        Part(handout.id, name, units(handout), beside / f"{code}.po"),
        Part("phrases", "fixed phrases", phrase_units(phrases), _phrases(library, code)),
        Part(
            "markets",
            "countries",
            market_units(load_markets(countries, shown(countries)).model),
            countries.with_name(f"markets.{code}.po"),
        ),
    )


def _phrases(library: Library, code: str) -> Path:
    return library.styles / "phrases" / f"{code}.po"


def spoken(
    library: Library,
    loaded: Loaded[Handout],
    markets: Markets,
    code: str,
    today: datetime.date,
    draft: bool = False,
) -> Spoken:
    """The handout in a language. ContentError where a text is missing or fuzzy, unless `draft`."""
    folder = library.styles / "phrases"
    if code == SOURCE:
        return Spoken(loaded.model, markets, Voice(folder))
    mine, phrases, countries = parts(library, loaded, code)
    catalogs = [_catalog(part, code) for part in (mine, phrases, countries)]
    problems: list[Problem] = []
    handout, found = translated(loaded.model, catalogs[0], draft=draft)
    problems += found
    texts, found = translations(phrases.units, catalogs[1], draft=draft)
    problems += found
    theirs, found = translated_markets(markets, catalogs[2], draft=draft)
    problems += found
    for part, catalog in zip((mine, phrases, countries), catalogs, strict=True):
        exemptions = load_exemptions(part.exceptions, shown(part.exceptions))
        problems += examine(part.units, catalog, exemptions)
    if any(problem.level is Level.ERROR for problem in problems):
        raise ContentError(problems)
    phrased = {id: held[0] if len(held) == 1 else held for id, held in texts.items()}
    voice = Voice(folder, code, phrased, forms(language(code).plural)[1])
    reviews = [load_review(part.review, shown(part.review)) for part in (mine, phrases, countries)]
    approved = all(
        holds(review, catalog, today) for review, catalog in zip(reviews, catalogs, strict=True)
    )
    joined = hashlib.sha256(" ".join(map(fingerprint, catalogs)).encode()).hexdigest()
    return Spoken(handout, theirs, voice, tuple(problems), approved, joined)


def standing_of(said: Spoken, source: Standing) -> Standing:
    """Where a translated or adapted leaflet stands: never better than its source."""
    if said.voice.code == SOURCE and said.letterhead is None:
        return source
    print_now = hashlib.sha256(f"{source.fingerprint} {said.print}".encode()).hexdigest()
    if not source.approved or (said.approved and said.clinic_approved):
        return replace(source, fingerprint=print_now)
    why = "standing.clinic" if said.approved else "standing.translation"
    lines = (said.voice.plain(why), source.lines[0])
    return replace(source, approved=False, lines=lines, fingerprint=print_now)


def _catalog(part: Part, code: str) -> Catalog:
    if not part.po.is_file():
        raise ContentError(
            Problem(
                f"there is no {language(code).name} translation of {part.name}",
                shown(part.po),
                hint=f"plainleaf wording makes it, to be filled in: --language {code}.",
            )
        )
    return read(part.po, shown(part.po))
