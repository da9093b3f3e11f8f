"""What a style says of itself in its style.yaml: its colours, its icons, how it draws figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator

from plainleaf.content.base import Base, Number, Plain, YesNo, pattern, wrong
from plainleaf.content.clinic import LEAST_CONTRAST, contrast
from plainleaf.content.load import load
from plainleaf.library import shown
from plainleaf.page.colour import follow, readable
from plainleaf.page.figures import Inks
from plainleaf.problems import ContentError

FILE = "style.yaml"

_TEXTS = ("ink", "grey")  # they keep their lightness where a clinic has an accent of its own
_FIXED = ("accent", "alarm", "badge", "badge_alarm")


def _upper(value: str) -> str:
    return value.upper()


def _dark(value: str) -> str:
    if contrast(value) < LEAST_CONTRAST:
        raise wrong(f"is too pale: its contrast on white is {contrast(value):.1f}, and must be 4.5")
    return value


Colour = Annotated[
    str,
    pattern("#[0-9A-Fa-f]{6}", "should be a colour such as #0B5563"),
    AfterValidator(_upper),
]
Dark = Annotated[Colour, AfterValidator(_dark)]


class Colours(Base):
    """The colours of a style; each is a variable of its sheets too: `badge_alarm` is
    `var(--badge-alarm)`."""

    accent: Dark
    ink: Dark
    grey: Dark
    alarm: Dark
    rule: Colour
    outline: Colour
    scale: Colour
    dash: Colour
    tint: Colour
    pale: Colour
    mid: Colour
    idle: Colour
    badge: Colour
    badge_alarm: Colour


class StyleFile(Base):
    """`styles/<name>/style.yaml`. `bars` is how long the longest bar may be, in millimetres."""

    name: Plain
    icons: Literal["line", "filled"] = "line"
    figures: Literal["outlined", "solid"] = "outlined"
    bars: Number = Decimal(40)
    discs: YesNo = False
    tabs: YesNo = False
    follows: YesNo = False
    colours: Colours


@dataclass(frozen=True)
class Look:
    """A style as a page wears it; `deep` is the accent as text on a tint. `own` says that it came
    from a user's library, `print` is then the fingerprint of all its files."""

    file: StyleFile
    folder: Path
    deep: str
    own: bool = False
    print: str = ""

    @property
    def colours(self) -> Colours:
        return self.file.colours

    @cached_property
    def inks(self) -> Inks:
        """The colours of its figures."""
        held = self.colours
        return Inks(
            accent=held.accent,
            ink=held.ink,
            tint=held.tint,
            outline=held.outline,
            scale=held.scale,
            dash=held.dash,
            mid=held.mid,
            idle=held.idle,
            solid=self.file.figures == "solid",
        )

    @cached_property
    def css(self) -> str:
        """The colours as variables of a style sheet."""
        held = {**self.colours.model_dump(), "deep": self.deep}
        return "; ".join(f"--{name.replace('_', '-')}: {held[name]}" for name in held)

    def in_accent(self, accent: str) -> Look:
        """The same in a clinic's accent; where the style `follows`, its tints turn with it."""
        if not accent:
            return self
        old, changed = self.colours, {"accent": accent.upper()}
        if self.file.follows:
            changed |= {
                name: follow(colour, old.accent, accent, name in _TEXTS)
                for name, colour in old.model_dump().items()
                if name not in _FIXED
            }
        colours = old.model_copy(update=changed)
        deep = readable(colours.accent, colours.tint)
        return replace(self, file=self.file.model_copy(update={"colours": colours}), deep=deep)


@cache
def bundled_look(folder: Path) -> Look:
    """The look of a bundled style, read once. Raises ContentError."""
    return read_look(folder)


def read_look(folder: Path) -> Look:
    """The look of a style from its style.yaml. ContentError holds every problem of the file."""
    path = folder / FILE
    try:
        file = load(path, StyleFile, shown(path)).model
    except ContentError as error:
        page = [
            replace(each, hint=each.hint.replace("write-a-handout.md", "style.md"))
            for each in error.problems
        ]
        raise ContentError(page) from None
    return Look(file, folder, readable(file.colours.accent, file.colours.tint))
