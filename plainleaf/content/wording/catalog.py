"""A language's translations: what stands in one PO file, read or about to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plainleaf.problems import Problem

FUZZY = "fuzzy"
# A translator's comment and no flag: gettext's tools, which Poedit saves with, drop every flag
# that they do not know, so a mark made of one would be cleared by anybody who saves the file.
DOUBLE_CHECK = "DOUBLE-CHECK: a second person compares it, then deletes this line."
_MARK = DOUBLE_CHECK.partition(":")[0]


@dataclass(frozen=True)
class Entry:
    """One text and its translation. `targets` has one text, or one for each plural form;
    `previous` is the source that it was translated from, where that is another now.

    `notes` are the program's, `comments` the translator's; `line` is that of the translation.
    """

    context: str
    source: str
    targets: tuple[str, ...] = ("",)
    plural: str = ""
    flags: tuple[str, ...] = ()
    previous: str = ""
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    line: int = 1

    @property
    def target(self) -> str:
        """The translation; of a plural entry its first form."""
        return self.targets[0]

    @property
    def missing(self) -> bool:
        """Whether there is no translation, or not of every plural form."""
        return not all(target.strip() for target in self.targets)

    @property
    def fuzzy(self) -> bool:
        """Whether somebody must look at the translation before it is used."""
        return FUZZY in self.flags

    @property
    def unchecked(self) -> bool:
        """Whether a second person has yet to compare it with the source."""
        return any(comment.startswith(_MARK) for comment in self.comments)


@dataclass(frozen=True)
class Catalog:
    """One PO file: its header's fields in their order, its entries, and those no longer used."""

    language: str
    entries: tuple[Entry, ...]
    header: tuple[tuple[str, str], ...] = ()
    comments: tuple[str, ...] = ()
    obsolete: tuple[Entry, ...] = ()
    path: str = ""
    lines: tuple[str, ...] = field(default=(), repr=False)

    def problem(self, message: str, entry: Entry | None, **more: Any) -> Problem:
        """A problem of an entry, at its translation; `more` is hint, rule and level."""
        line = entry.line if entry else 1
        source = self.lines[line - 1] if entry and line <= len(self.lines) else ""
        return Problem(message, self.path, line, source=source, **more)
