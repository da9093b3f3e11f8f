"""What is cut out and folded stays whole: the panels of a card."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.pdf import Box, sheets
from plainleaf.checks.placed import placed, short
from plainleaf.checks.registry import Finding, Printed, Rule, rule
from plainleaf.checks.tree import tree
from plainleaf.page.cards import COLUMNS, ROWS, panel

SAFE = 2  # mm that scissors and folds may be off

_MM = 72 / 25.4
_SHORTER = "Say it shorter, or mend the style: a panel is 85.6 by 54 mm."


@rule(stage="printed")
def card_fits(printed: Printed) -> Iterator[Finding]:
    """Each text and picture of a card stays in its panel, 2 mm from where it is cut or folded.

    Measured by the letters' boxes against the panels, which are of the size of a bank card
    (85.6 by 54 mm, ISO/IEC 7810 ID-1); nothing else stands on the card. So a long translation, or
    a patient's long name, is told of and never cut off. Source: our rule, "cut and fold marks".

    Good: a sentence for those who treat the patient, of 180 characters
    Bad: one of 400, which runs on into the margin
    """
    if printed.setting.edition != "card":
        return
    first, rtl = sheets(printed.pdf)[0], 'dir="rtl"' in printed.html[:500]
    boxes = [
        _points(panel(printed.setting.paper, place, rtl), first.height, first.corner)
        for place in range(COLUMNS * ROWS)
    ]
    for each in placed(printed.pdf, printed.html):
        number, boxed = each.block.panel, [run.box for run in each.runs if run.page == 0]
        if number and (
            number > len(boxes) or not all(_within(box, boxes[number - 1]) for box in boxed)
        ):
            yield Finding(
                f"a text leaves its panel of the card: {short(each.block)}", hint=_SHORTER
            )
        elif not number and any(_meet(box, whole) for box in boxed for whole in boxes):
            said = f"a text that is not the card's stands on it: {short(each.block)}"
            yield Finding(said, hint="Say it shorter, or mend the style.")
    for box in _pictures(printed.pdf):
        if not any(_within(box, whole) for whole in boxes):
            yield Finding("a picture leaves its panel of the card", hint=_SHORTER)


def _points(
    box: tuple[float, float, float, float], height: float, corner: tuple[float, float]
) -> Box:
    """A box in mm from the page's top left, as left, bottom, right and top in points."""
    left, top, wide, tall = (length * _MM for length in box)
    x, y = corner
    return x + left, y + height - top - tall, x + left + wide, y + height - top


def _within(box: Box, whole: Box) -> bool:
    safe = SAFE * _MM
    left, bottom, right, top = whole
    return (
        box[0] >= left + safe
        and box[1] >= bottom + safe
        and box[2] <= right - safe
        and box[3] <= top - safe
    )


def _meet(box: Box, whole: Box) -> bool:
    return box[0] < whole[2] and whole[0] < box[2] and box[1] < whole[3] and whole[1] < box[3]


def _pictures(data: bytes) -> Iterator[Box]:
    pdf = tree(data)
    for tag in pdf.tags:
        found = pdf.value(tag.about.get("/A")) if tag.kind == "Figure" else None
        for each in found if isinstance(found, list) else [found]:
            if each is not None and (box := pdf.get(each, "/BBox")) is not None:
                left, bottom, right, top = (float(pdf.value(edge)) for edge in box)
                yield left, bottom, right, top


RULES: tuple[Rule[Printed], ...] = (card_fits,)
