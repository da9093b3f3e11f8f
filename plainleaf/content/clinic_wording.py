"""A clinic's own words for the sentences of a leaflet, and what they may never change."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from pydantic import model_validator

from plainleaf.content.base import Base, Date, Market, Plain, Reading, wrong
from plainleaf.content.clinic import Clinic
from plainleaf.content.clinic_words import acts, kept, listed, stops
from plainleaf.content.load import load
from plainleaf.content.wording.catalog import Catalog, Entry
from plainleaf.content.wording.guards import guard
from plainleaf.content.wording.language import language
from plainleaf.content.wording.refresh import Counts, refresh
from plainleaf.content.wording.review import fingerprint as of_catalog
from plainleaf.content.wording.units import Unit
from plainleaf.problems import Level, Problem

_FORMS = (*get_args(Market), *get_args(Reading))
_KEEP = "Say it as the leaflet does: a clinic's words never change a fact. See docs/clinic.md."


class ClinicReview(Base):
    """`clinics/<id>/review.yaml`: who wrote the clinic's words, who reviewed them, until when."""

    status: Literal["draft", "approved"] = "draft"
    writer: Plain | None = None
    reviewer: Plain | None = None
    role: Plain | None = None
    date: Date | None = None
    next: Date | None = None
    fingerprint: Plain | None = None

    @model_validator(mode="after")
    def _signed(self) -> ClinicReview:
        missing = [name for name in type(self).model_fields if getattr(self, name) is None]
        if self.status == "approved" and missing:
            raise wrong(f"says approved but has no {', '.join(missing)}: only its reviewer may")
        if self.status == "approved" and self.reviewer == self.writer:
            raise wrong("is reviewed by its writer: another person must compare the two")
        return self


def load_clinic_review(path: Path, shown: str | None = None) -> ClinicReview:
    """The review of a clinic's wording; a draft by nobody where there is none."""
    return load(path, ClinicReview, shown).model if path.is_file() else ClinicReview()


def clinic_fingerprint(clinic: Clinic, catalogs: Sequence[Catalog], logo: bytes = b"") -> str:
    """SHA-256 of the clinic's file, its logo, and its words in every language and handout."""
    words = sorted(of_catalog(_used(catalog)) for catalog in catalogs)
    held = [clinic.model_dump(mode="json"), words, hashlib.sha256(logo).hexdigest()]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()


def clinic_holds(review: ClinicReview, clinic: Clinic, print_now: str, day: datetime.date) -> bool:
    """Whether a named person reviewed this very wording, and the review still holds."""
    signed = review.status == "approved" and review.fingerprint == print_now
    return signed and not clinic.example and review.next is not None and day <= review.next


def rewordable(handout: str, spoken: Sequence[Unit], source: Sequence[Unit]) -> tuple[Unit, ...]:
    """The texts of a handout in a language that a clinic may reword, under the handout's name."""
    locked = {unit.context for unit in (*spoken, *source) if unit.locked}
    ruled = {_group(unit) for unit in source if _rules(unit)}
    return tuple(
        replace(unit, context=f"{handout}/{unit.context}")
        for unit in spoken
        if not (unit.context in locked or unit.plural or _group(unit) in ruled)
    )


def _rules(unit: Unit) -> bool:
    """Whether the source tells how to stop, or how not to: a rule, wherever it stands."""
    return "](#tapering)" in unit.text or bool(stops(unit.text))


def _group(unit: Unit) -> tuple[str, ...]:
    """What stands together: a question and its answer, a tip and its lead. A heading is alone."""
    path = tuple(part for part in unit.path if part not in _FORMS)
    return path if path[-1] in ("title", "message", "subtitle") or len(path) < 3 else path[:-1]


def reworded(
    handout: str, spoken: Sequence[Unit], free: Sequence[Unit], catalog: Catalog
) -> tuple[dict[tuple[str, ...], str], list[Problem]]:
    """The clinic's sentences by the path of their text, and what is wrong with its entries.

    `free` are the units that may be reworded, as `rewordable` names them."""
    known = {unit.context: unit for unit in free}
    all_contexts = {f"{handout}/{unit.context}" for unit in spoken}
    found: dict[tuple[str, ...], str] = {}
    problems: list[Problem] = []
    for entry in catalog.entries:
        mine = entry.context.startswith(f"{handout}/")
        if "/" not in entry.context:
            said = f'"{entry.context}" does not name its handout'
            hint = "Write the msgctxt as <handout>/<text>, or refresh the file."
            problems.append(catalog.problem(said, entry, hint=hint))
        if entry.missing or not mine:
            continue
        unit = known.get(entry.context)
        if unit is None:
            problems.append(_strange(catalog, entry, entry.context in all_contexts, handout))
            continue
        wrong = list(_wrong(unit, entry, catalog, handout))
        problems += wrong
        sound = all(problem.level is not Level.ERROR for problem in wrong)
        if sound and entry.target != unit.text:
            found[unit.path] = entry.target
    return found, problems


def refreshed(
    free: Sequence[Unit], old: Catalog | None, handout: str, clinic: Clinic, code: str
) -> tuple[Catalog, Counts]:
    """The clinic's file with the handout's texts as they are now; other handouts' stay."""
    head = f"{handout}/"
    entries = old.entries if old else ()
    shelf = old.obsolete if old else ()
    mine = old and replace(
        old,
        entries=tuple(entry for entry in entries if entry.context.startswith(head)),
        obsolete=tuple(entry for entry in shelf if entry.context.startswith(head)),
    )
    made, counts = refresh(free, mine, code, project=clinic.id, day=clinic.written)
    others = tuple(entry for entry in entries if not entry.context.startswith(head))
    gone = tuple(entry for entry in shelf if not entry.context.startswith(head))
    both = tuple(sorted((*others, *made.entries), key=lambda entry: entry.context.split("/")[0]))
    first = (f"{language(code).name} wording of {clinic.name}: fill in only what you reword.",)
    comments = made.comments if old else first
    return (
        replace(made, entries=both, obsolete=(*gone, *made.obsolete), comments=comments),
        counts,
    )


def _used(catalog: Catalog) -> Catalog:
    return replace(catalog, entries=tuple(each for each in catalog.entries if not each.missing))


def _strange(catalog: Catalog, entry: Entry, locked: bool, handout: str) -> Problem:
    if locked:
        said = f'"{entry.context}" is locked: no clinic may reword it'
        hint = "Empty its msgstr. Doses, red flags and the rules of coming off stay as they are."
    else:
        said = f'there is no text "{entry.context}" in the leaflet'
        hint = _again(catalog, handout, "take it out of use")
    return catalog.problem(said, entry, hint=hint)


def _wrong(unit: Unit, entry: Entry, catalog: Catalog, handout: str) -> Iterator[Problem]:
    if entry.source != unit.text or entry.fuzzy:
        said = f'"{entry.context}" is stale: the sentence of the leaflet has changed'
        hint = _again(catalog, handout, "see what changed, then mend it and take fuzzy away")
        yield catalog.problem(said, entry, hint=hint)
        return
    code = catalog.language
    for doubt in guard(replace(unit, language=code), entry.target, code):
        level = Level.WARNING if doubt.guard == "length" else Level.ERROR
        reason = f"{entry.context}: {doubt.message.replace('the translation', 'the new wording')}"
        rule = f"wording-{doubt.guard}"
        yield catalog.problem(reason, entry, hint=_KEEP, level=level, rule=rule)
    if not listed(code):
        said = f"there is no list of stop-and-start words in {language(code).name}"
        hint = "Add one to plainleaf/content/clinic_words.yaml, with a person who speaks it."
        yield catalog.problem(said, entry, hint=hint)
        return
    before, now = Counter(kept(unit.text, code)), Counter(kept(entry.target, code))
    for word in sorted({*(before - now), *(now - before)}):
        said = f'{entry.context}: the words for "{word}" are not those of the leaflet'
        yield catalog.problem(said, entry, hint=_KEEP, rule="wording-acts")
    ours, theirs = acts(unit.text, code), acts(entry.target, code)
    for act in (Counter(theirs) - Counter(ours)).elements():
        said = f'{entry.context}: the new wording has a word for "{act}", and the leaflet has not'
        yield catalog.problem(said, entry, hint=_KEEP, rule="wording-acts")
    if ours != theirs and Counter(ours) == Counter(theirs):
        said = f"{entry.context}: the stop-and-start words stand in another order"
        yield catalog.problem(said, entry, hint=_KEEP, rule="wording-acts")


def _again(catalog: Catalog, handout: str, then: str) -> str:
    clinic = Path(catalog.path).parent.name
    command = f"plainleaf wording {handout} --clinic {clinic} --language {catalog.language}"
    return f"Run {command} to {then}."
