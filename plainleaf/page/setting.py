"""What one copy is made for, and which template and style sheets make it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from plainleaf.content.base import Market

Paper = Literal["a4", "letter"]
Form = Literal["pdf", "html"]
Edition = Literal["standard", "review"]

# Editions that are another look of one template, and those whose sheets build on another's.
_TEMPLATES: dict[str, str] = {}
_BUILT_ON: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Setting:
    """What one copy is made for."""

    market: Market = "uk"
    paper: Paper = "a4"
    form: Form = "pdf"
    edition: Edition = "standard"
    style: str = "clear"

    @property
    def template(self) -> str:
        """The name of the template that composes it."""
        return f"{_TEMPLATES.get(self.edition, self.edition)}.html.jinja"


def style_sheets(styles: Path, setting: Setting) -> list[Path]:
    """The CSS of a style in the order of its names: page, type, blocks, the paper's, the edition's.

    An edition's own are edition-NAME.css and edition-NAME-PAPER.css, where the style has them."""
    folder = styles / setting.style
    if setting.form == "html":
        return sorted(folder.glob("screen*.css"))
    names = [*_BUILT_ON.get(setting.edition, ()), setting.edition]
    own = [
        folder / f"edition-{name}{end}.css" for name in names for end in ("", f"-{setting.paper}")
    ]
    common = [*sorted(folder.glob("[0-9]*.css")), folder / f"paper-{setting.paper}.css"]
    return [*common, *(path for path in own if path.is_file())]
