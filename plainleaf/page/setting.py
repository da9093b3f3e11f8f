"""What one copy is made for, and which template and style sheets make it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from plainleaf.content.base import Market, Reading

Paper = Literal["a4", "letter"]
Form = Literal["pdf", "html", "text"]
Edition = Literal["standard", "review", "large-print", "booklet", "summary", "card"]

# Editions that are another look of one template, and those whose sheets build on another's.
_TEMPLATES: dict[str, str] = {"booklet": "large-print"}
_BUILT_ON: dict[str, tuple[str, ...]] = {"booklet": ("large-print",)}
# How much larger a page is printed than its sheets say: large print is laid out on a small page of
# 12 pt, and its 18 pt, its pictures and its measures come of this alone.
_ZOOMS: dict[str, float] = {"large-print": 1.5, "booklet-a4": 35 / 33}


@dataclass(frozen=True)
class Setting:
    """What one copy is made for. `languages` names both of a bilingual copy: "es+en"."""

    market: Market = "uk"
    paper: Paper = "a4"
    form: Form = "pdf"
    edition: Edition = "standard"
    style: str = "clear"
    reading: Reading = "ordinary"
    languages: str = ""

    @property
    def kind(self) -> str:
        """The edition in one word, with the reading level where that is not the ordinary one."""
        return self.edition if self.reading == "ordinary" else f"{self.edition}-{self.reading}"

    @property
    def large(self) -> bool:
        """Whether it has one column of large type."""
        return self.edition in ("large-print", "booklet") or self._two_columns

    @property
    def _two_columns(self) -> bool:
        return bool(self.languages) and self.form == "pdf"

    @property
    def zoom(self) -> float:
        """How much larger it is printed than it is laid out."""
        return _ZOOMS.get(self.edition, _ZOOMS.get(f"{self.edition}-{self.paper}", 1))

    @property
    def template(self) -> str:
        """The name of the template that composes it."""
        edition = "large-print" if self._two_columns else self.edition
        return f"{_TEMPLATES.get(edition, edition)}.html.jinja"


def editions() -> tuple[Edition, ...]:
    """Every edition, the reviewer's last."""
    every: tuple[Edition, ...] = get_args(Edition)
    return tuple(sorted(every, key=lambda edition: edition == "review"))


def style_sheets(styles: Path, setting: Setting) -> list[Path]:
    """The CSS of a style in the order of its names: page, type, blocks, the paper's, the edition's.

    An edition's own are edition-NAME.css and edition-NAME-PAPER.css, where the style has them."""
    folder = styles / setting.style
    if setting.form == "html":
        return [styles / "blocks" / "screen.css", *sorted(folder.glob("screen*.css"))]
    names = [*_BUILT_ON.get(setting.edition, ()), setting.edition]
    if setting.languages:
        names = ["large-print", "bilingual"]
    own = [
        folder / f"edition-{name}{end}.css" for name in names for end in ("", f"-{setting.paper}")
    ]
    common = [*sorted(folder.glob("[0-9]*.css")), folder / f"paper-{setting.paper}.css"]
    return [*common, *(path for path in own if path.is_file())]
