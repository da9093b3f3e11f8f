"""Where things stand on the finished page: inside it, apart from each other, and together."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.blocks import HEADINGS
from plainleaf.checks.pdf import Run, Sheet, sheets
from plainleaf.checks.registry import Finding, Printed, Rule, rule
from plainleaf.problems import Level

EDGE = 5  # mm that printers may leave white
NEVER = 4  # mm that hardly any printer reaches

_MM = 72 / 25.4
_OVER = 1 / 3  # of the smaller text's height, and of its size across: less is a letter's tail
_RULE = 4 * _MM  # the line over a page's foot stands no higher above it
_WHITE = 250  # of 255: paler than any printer shows
_SIDES = ("left", "bottom", "right", "top")


@rule(stage="printed")
def heading_alone(printed: Printed) -> Iterator[Finding]:
    """No heading is the last text of a page, nor the head of a table without a row.

    Who turns the page has lost what it was about. Source: our rule, "no heading alone at a page's
    foot".

    Good: `break-after: avoid` on headings
    Bad: a heading in a box of its own, followed by a box that may not break
    """
    for sheet in sheets(printed.pdf):
        if not sheet.tagged.runs:
            continue
        last = sheet.tagged.runs[-1]
        tag = sheet.tags[last.mark]
        what = "a heading" if tag.within(*HEADINGS) else "the head of a table"
        if tag.within(*HEADINGS, "THead"):
            said = f'{what} is the last text of page {sheet.number + 1}: "{last.said.strip()}"'
            yield Finding(said, hint="Keep it with what follows: break-after: avoid.")


@rule(stage="printed")
def overlap(printed: Printed) -> Iterator[Finding]:
    """No text is drawn over other text.

    Measured by the boxes of the letters themselves; the word DRAFT behind the page is left out, and
    so is a tail that reaches into the line below. Source: our rule, "no overlap".

    Good: a box that grows with its text
    Bad: `height: 20mm` on a box whose text needs more, `margin-top: -10mm`
    """
    for sheet in sheets(printed.pdf):
        runs = [run for run in sheet.drawn.runs if run.upright and not _behind(run) and run.ink]
        runs.sort(key=lambda run: -run.box[3])
        for at, upper in enumerate(runs):
            for lower in runs[at + 1 :]:
                if lower.box[3] <= upper.box[1]:
                    break
                if _over(upper, lower):
                    first, second = upper.said.strip(), lower.said.strip()
                    said = f'texts overlap on page {sheet.number + 1}: "{first}" and "{second}"'
                    yield Finding(said, hint="Look for fixed heights, negative margins, floats.")


def _behind(run: Run) -> bool:
    return run.nested and run.mark < 0


def _over(first: Run, second: Run) -> bool:
    across = min(first.box[2], second.box[2]) - max(first.box[0], second.box[0])
    tall = min(first.box[3], second.box[3]) - max(first.box[1], second.box[1])
    size = min(first.size, second.size)
    return across > _OVER * size and tall > _OVER * min(
        run.box[3] - run.box[1] for run in (first, second)
    )


@rule(stage="printed")
def outside_page(printed: Printed) -> Iterator[Finding]:
    """Nothing is outside the page, nor nearer than 5 mm to its edge, where printers print nothing.

    Text is measured by its box; anything else is looked for as ink on the drawn page. The word
    DRAFT, which goes across, is left out. From 4 mm on it is a warning. Source: our rule, "nothing
    outside the page box".

    Good: margins of 14 mm
    Bad: `margin-left: -15mm`, or a band of colour up to the edge
    """
    for sheet in sheets(printed.pdf):
        hint = f"Keep {EDGE} mm free in the style: most printers leave them white."
        (x, y), told = sheet.corner, set[str]()
        for run in sheet.drawn.runs:
            if _behind(run) or not run.ink:
                continue
            left, bottom, right, top = run.box
            free = (left - x, bottom - y, sheet.width - right + x, sheet.height - top + y)
            side, room = _SIDES[free.index(min(free))], min(free) / _MM
            if room < EDGE - 0.1 and side not in told:
                told.add(side)
                where = f"{room:.1f} mm from" if room > 0 else "over"
                where = f"page {sheet.number + 1} is {where} the {side} edge"
                said = f'text on {where}: "{run.said.strip()}"'
                level = Level.WARNING if room >= NEVER else None
                yield Finding(said, hint=hint, level=level)
        for side in _inked_edges(sheet):
            said = f"page {sheet.number + 1} has ink nearer than {EDGE} mm to the {side} edge"
            yield Finding(said, hint=hint)


def _inked_edges(sheet: Sheet) -> Iterator[str]:
    """The edges within which the page, text aside, is not white."""
    picture, band = sheet.bare, int(EDGE * _MM) - 1
    wide, tall = picture.size
    bands = (
        (0, 0, band, tall),
        (0, tall - band, wide, tall),
        (wide - band, 0, wide, tall),
        (0, 0, wide, band),
    )
    for side, box in zip(_SIDES, bands, strict=True):
        if any(picture.crop(box).convert("L").histogram()[:_WHITE]):
            yield side


@rule(stage="printed", level=Level.ADVICE)
def page_gap(printed: Printed) -> Iterator[Finding]:
    """A page is at least half full, the last one aside.

    Paper that is half empty makes a leaflet look longer than it is. Measured from the top of the
    page to the lowest text or ink above its foot. Source: our rule, "measured in the PDF"; ours.

    Good: sections that follow each other
    Bad: `break-before: page` on every short section
    """
    for sheet in sheets(printed.pdf)[:-1]:
        foot = max(
            (run.box[3] for run in sheet.furniture if run.box[3] < sheet.height / 4), default=0.0
        )
        limit = foot + _RULE if foot else 14 * _MM
        share = (sheet.height - _lowest(sheet, limit)) / (sheet.height - limit)
        if share < 0.5:
            said = f"page {sheet.number + 1} is {100 * share:.0f} percent full"
            yield Finding(said, hint="Let the next section begin there, or move one.")


def _lowest(sheet: Sheet, limit: float) -> float:
    """How high above the bottom of the page its content ends, in points."""
    bottom = min((run.box[1] for run in sheet.tagged.runs), default=sheet.height)
    above = sheet.bare.crop((0, 0, sheet.bare.width, max(1, round(sheet.height - limit))))
    reach = above.convert("L").point([255] * _WHITE + [0] * (256 - _WHITE)).getbbox()
    return min(bottom, sheet.height - reach[3]) if reach else bottom


RULES: tuple[Rule[Printed], ...] = (heading_alone, overlap, outside_page, page_gap)
