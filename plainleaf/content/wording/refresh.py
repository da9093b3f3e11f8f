"""Brings a translation up to the handout as it is now: new, changed and gone entries, counted."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from plainleaf.content.wording.catalog import DOUBLE_CHECK, FUZZY, Catalog, Entry
from plainleaf.content.wording.language import language
from plainleaf.content.wording.units import Unit

LOST = "Was translated, of an earlier text: "


@dataclass(frozen=True)
class Counts:
    """What a refresh found, and what is left to do: missing, fuzzy, and not double-checked."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0
    missing: int = 0
    fuzzy: int = 0
    unchecked: int = 0


def refresh(
    units: Sequence[Unit], old: Catalog | None, code: str, *, project: str, day: datetime.date
) -> tuple[Catalog, Counts]:
    """The catalog for these units, with what was translated before, found by context alone.

    A changed text keeps its translation, fuzzy; a changed locked one loses it to a comment. Nothing
    is filled in from another entry. `project` is the handout's id and version, `day` its date.
    """
    known = {entry.context: entry for entry in old.entries} if old else {}
    shelf = {(entry.context, entry.source): entry for entry in old.obsolete} if old else {}
    wanted = {unit.context for unit in units}
    entries, new, changed = [], 0, 0
    for unit in units:
        before = known.get(unit.context)
        if before is None:
            new += 1
            entries.append(_new(unit, shelf.pop((unit.context, unit.text), None), code))
        elif (before.source, before.plural) == (unit.text, unit.plural):
            done = not (before.missing or before.fuzzy)
            previous = "" if done else before.previous
            entries.append(replace(before, notes=_notes(unit), previous=previous))
        else:
            changed += 1
            entries.append(_changed(unit, before, code))
    gone = [entry for context, entry in known.items() if context not in wanted]
    kept = [entry for entry in gone if not (entry.missing or entry.fuzzy)]
    obsolete = {(entry.context, entry.source): entry for entry in (*shelf.values(), *kept)}
    catalog = Catalog(
        code,
        tuple(entries),
        _header(old, code, project, day),
        old.comments if old else (f"{language(code).name} translation of {project}",),
        tuple(replace(entry, flags=(), notes=(), previous="") for entry in obsolete.values()),
        old.path if old else "",
    )
    counts = Counts(
        new,
        changed,
        len(gone),
        len(units) - new - changed,
        sum(entry.missing for entry in entries),
        sum(entry.fuzzy and not entry.missing for entry in entries),
        sum(entry.unchecked for entry in entries),
    )
    return catalog, counts


def forms(code: str) -> int:
    """How many forms a plural entry has in a language's PO files."""
    return int(language(code).plural.partition("nplurals=")[2][0])


def _new(unit: Unit, shelved: Entry | None, code: str) -> Entry:
    """An empty entry, or the one of the very same text that was taken out once."""
    empty = ("",) * (forms(code) if unit.plural else 1)
    targets = shelved.targets if shelved and shelved.plural == unit.plural else empty
    comments = shelved.comments if shelved else ()
    entry = Entry(unit.context, unit.text, targets, unit.plural, notes=_notes(unit))
    return replace(entry, comments=_marked(comments) if unit.locked else comments)


def _changed(unit: Unit, before: Entry, code: str) -> Entry:
    """The entry of a text that says something else now."""
    count = forms(code) if unit.plural else 1
    targets = before.targets if len(before.targets) == count else ("",) * count
    previous = before.previous or before.source
    entry = Entry(unit.context, unit.text, targets, unit.plural, notes=_notes(unit))
    entry = replace(entry, comments=before.comments, previous=previous)
    if not unit.locked:
        done = any(targets)
        flags = tuple(dict.fromkeys((*before.flags, FUZZY))) if done else before.flags
        return replace(entry, flags=flags, previous=previous if done else "")
    lost = tuple(LOST + " ".join(text.split()) for text in before.targets if text.strip())
    return replace(entry, targets=("",) * count, comments=_marked((*before.comments, *lost)))


def _marked(comments: tuple[str, ...]) -> tuple[str, ...]:
    """The comments, with the mark that a second person takes away."""
    marked = Entry("", "", comments=comments).unchecked
    return comments if marked else (*comments, DOUBLE_CHECK)


def _notes(unit: Unit) -> tuple[str, ...]:
    return tuple(unit.note.split("\n"))


def _header(
    old: Catalog | None, code: str, project: str, day: datetime.date
) -> tuple[tuple[str, str], ...]:
    """The header's fields: ours as they must be, the translator's and their tool's as they are."""
    stamp = f"{day.isoformat()} 00:00+0000"
    fields = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": stamp,
        "PO-Revision-Date": stamp,
        "Last-Translator": "none yet",
        "Language-Team": "none",
        "Language": language(code).codes[0],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language(code).plural,
    }
    theirs = dict(old.header) if old else {}
    ours = {"Project-Id-Version", "POT-Creation-Date"}
    for name, value in theirs.items():
        if name not in ours and value:
            fields[name] = value
    return tuple(fields.items())
