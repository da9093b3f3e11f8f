"""What a rule is: one function with one name, whose docstring is its manual page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from plainleaf.content.base import Reading
from plainleaf.content.clinic import Letterhead
from plainleaf.content.model import Handout, MarketInfo, Markets
from plainleaf.content.yaml import Document
from plainleaf.problems import Level

if TYPE_CHECKING:
    from plainleaf.checks.words import Drawn, Said
    from plainleaf.content.wording.phrases import Voice
    from plainleaf.page.setting import Setting

Loc = tuple[str | int, ...]
Stage = Literal["content", "printed"]
T = TypeVar("T", "Subject", "Printed")


@dataclass(frozen=True)
class Subject:
    """A handout as it was written. `fingerprint` is of its content as it is now, where known.

    Each text stands in one level of `reading`; with the simple one, `ordinary` is the handout in
    the other. What every rule asks for is walked once: the printed texts, and the uses of facts."""

    handout: Handout
    document: Document
    markets: Markets
    today: date
    fingerprint: str | None = None
    reading: Reading = "ordinary"
    ordinary: Handout | None = None

    @cached_property
    def texts(self) -> tuple[Said, ...]:
        """Every text that is printed."""
        from plainleaf.checks.words import texts

        return tuple(texts(self.handout))

    @cached_property
    def drawn(self) -> tuple[Drawn, ...]:
        """Every use of a fact on the page."""
        from plainleaf.checks.words import drawn

        return tuple(drawn(self.handout))


@dataclass(frozen=True)
class Printed:
    """One finished copy: the PDF, the HTML it was made of, and what it was made for.

    `handout` is settled for one market. `approved` says whether the copy may be without DRAFT,
    `draft` is that word in the language of the copy, `own` says that a patient's plan is in it,
    `clinic` is whose letterhead it has, `voice` says its phrases (English where there is none),
    `fonts` is the folder of the fonts.
    """

    pdf: bytes
    html: str
    handout: Handout
    document: Document
    setting: Setting
    market: MarketInfo
    approved: bool
    fonts: Path
    draft: str = "DRAFT"
    own: bool = False
    clinic: Letterhead | None = None
    voice: Voice | None = None

    @property
    def reading(self) -> Reading:
        """The level in which its texts are read."""
        return self.setting.reading


@dataclass(frozen=True)
class Finding:
    """What a rule has against a place. With `key` the caret stands under the place's key; with
    `mark` it stands under these words, where they are found in the value. `document` is the file,
    where it is another than the handout's."""

    message: str
    loc: Loc = ()
    hint: str = ""
    key: bool = False
    mark: str = ""
    level: Level | None = None
    document: Document | None = None


@dataclass(frozen=True)
class Rule(Generic[T]):
    """A rule by name; `doc` is its manual page, `stage` says what it needs to see. Only what is
    `waivable` can be waived in a handout, with a reason and a role."""

    name: str
    level: Level
    stage: Stage
    run: Callable[[T], Iterable[Finding]]
    doc: str
    waivable: bool = False


def rule(
    *, level: Level = Level.ERROR, stage: Stage = "content", waivable: bool | None = None
) -> Callable[[Callable[[T], Iterable[Finding]]], Rule[T]]:
    """Make a function a rule. Its name is the function's, with hyphens. Errors cannot be waived
    unless it is said that they can; what is less can be, unless it is said that it cannot."""
    waived = level is not Level.ERROR if waivable is None else waivable

    def made(run: Callable[[T], Iterable[Finding]]) -> Rule[T]:
        name = run.__name__.replace("_", "-")
        doc = inspect.cleandoc(run.__doc__ or "")
        doc += f"\n\n{'Can' if waived else 'Cannot'} be waived."
        return Rule(name, level, stage, run, doc, waived)

    return made
