"""The card for the wallet: where its panels and marks stand on the page, and whose it is.

It is cut and folded by hand, so its measures are the same in every style.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from markupsafe import Markup

from plainleaf.content.isolate import right_to_left
from plainleaf.content.model import Handout
from plainleaf.content.wording.phrases import Voice
from plainleaf.taper.model import TIMES, DoseAt
from plainleaf.taper.patient import PatientFile

WIDE, TALL = 85.6, 54.0  # mm of a panel: ISO/IEC 7810 ID-1, a bank card
COLUMNS, ROWS = 2, 3
MARK = 6.0  # mm that the fold marks reach out of the card

_TOP = {"a4": 88.0, "letter": 77.0}
_PAGE = {"a4": 210.0, "letter": 215.9}
_MARGINS = {"a4": (14.0, 16.0, 20.0), "letter": (12.0, 18.95, 20.0)}  # top, sides, foot

_SCISSORS = (
    '<g transform="translate(9 0) rotate(90) scale(.13) translate(-24 -24)" fill="none" '
    'stroke="{ink}" stroke-width="2.4"><path d="M15 32.5L31.5 6M33 32.5L16.5 6"/>'
    '<circle cx="13" cy="37" r="5"/><circle cx="35" cy="37" r="5"/></g>'
)

_SECTIONS = ("medicine", "red_flags", "card")

Box = tuple[float, float, float, float]  # left, top, width, height in mm


@dataclass(frozen=True)
class OwnDose:
    """Whose card it is, the day, and the dose on that day: words for each time of it."""

    patient: PatientFile
    made: date
    doses: tuple[tuple[str, str], ...]


def own_dose(
    dose: Sequence[DoseAt], unit: str, patient: PatientFile, today: date, voice: Voice
) -> OwnDose:
    """What the person takes now, in words."""
    by_time = {at.time: voice.quantity(at.dose, unit) for at in dose}
    doses = [(voice.plain(f"time.{time}"), by_time[time]) for time in TIMES if time in by_time]
    return OwnDose(patient, patient.date or today, tuple(doses))


def uncarded(handout: Handout) -> list[str]:
    """The sections that a card is made of and that the handout does not have."""
    return [name for name in _SECTIONS if getattr(handout, name) is None]


def panel(paper: Literal["a4", "letter"], place: int, rtl: bool = False) -> Box:
    """Where a panel stands on the page. They are counted from 0, down one column, then the next;
    the first column is the one where a line begins."""
    column, row = divmod(place, ROWS)
    column = COLUMNS - 1 - column if rtl else column
    left = (_PAGE[paper] - COLUMNS * WIDE) / 2 + column * WIDE
    return left, _TOP[paper] + row * TALL, WIDE, TALL


def helpers(paper: Literal["a4", "letter"], rtl: bool, ink: str, rule: str) -> dict[str, Any]:
    """What the template of the card is given: the margins of its page, a style for each place, and
    the marks to cut and fold along."""
    top, side, foot = _MARGINS[paper]

    def at(left: float, above: float, wide: float, tall: float) -> Markup:
        lengths = (left - side, above - top, wide, tall)
        return Markup(
            "position: absolute; left: {}mm; top: {}mm; width: {}mm; height: {}mm"
        ).format(*(f"{length:.4g}" for length in lengths))

    left = (_PAGE[paper] - COLUMNS * WIDE) / 2
    around = at(left - MARK, _TOP[paper] - MARK, COLUMNS * WIDE + 2 * MARK, ROWS * TALL + 2 * MARK)
    return {
        "card_margin": Markup(f"{top:g}mm {side:g}mm {foot:g}mm"),
        "below_style": at(left, _TOP[paper] + ROWS * TALL + MARK + 1, COLUMNS * WIDE, 10),
        "direction_of": lambda text: "rtl" if right_to_left(text) else "ltr",
        "panel_style": lambda place: at(*panel(paper, place, rtl)),
        "marks_style": Markup("{}; background-image: url({})").format(around, _marks(ink, rule)),
    }


def _marks(ink: str, rule: str) -> Markup:
    """The card's edge broken, its folds dotted and marked outside too, as a data: address."""
    wide, tall, near, far = COLUMNS * WIDE, ROWS * TALL, 1.5, MARK - 0.5
    edge, dots, ticks = f"M0 0H{wide:g}V{tall:g}H0Z", "", ""
    for x in (column * WIDE for column in range(1, COLUMNS)):
        dots += f"M{x} 0V{tall}"
        ticks += f"M{x} {-near}V{-far}M{x} {tall + near}V{tall + far}"
    for y in (row * TALL for row in range(1, ROWS)):
        dots += f"M0 {y}H{wide}"
        ticks += f"M{-near} {y}H{-far}M{wide + near} {y}H{wide + far}"
    lines = ((edge, ink, 0.3, "2.4 1.6"), (dots, rule, 0.25, "0.4 1.2"), (ticks, ink, 0.3, "none"))
    drawn = "".join(
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick}" '
        f'stroke-dasharray="{dashes}"/>'
        for path, colour, thick, dashes in lines
    )
    box = f"{-MARK:g} {-MARK:g} {wide + 2 * MARK:g} {tall + 2 * MARK:g}"
    drawn += _SCISSORS.format(ink=ink)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{drawn}</svg>'
    return Markup("data:image/svg+xml;base64,{}").format(base64.b64encode(svg.encode()).decode())
