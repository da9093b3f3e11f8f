"""What the finished PDF must show: looked for as ink on the drawn page, not only as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plainleaf.checks.pdf import Run, Sheet, sheets
from plainleaf.checks.pictures import changed, drawn, inked, without
from plainleaf.checks.registry import Finding, Loc, Printed, Rule, rule
from plainleaf.content import prose

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 2.0  # pixels a point, where small type is looked at
_TEXT_INK, _TEXT_SHARE = 64, 0.03
_DRAFT_SCALE, _DRAFT_INK, _DRAFT_REACH = 0.5, 16, 0.3
_FIRST = "Shorten what stands before it, or mend the style."


@rule(stage="printed")
def draft_missing(printed: Printed) -> Iterator[Finding]:
    """A leaflet that nobody has approved says DRAFT across every page, so that one can see it.

    The word is looked for in the text, and each page is drawn with it and without it: white on
    white, no ink, under a picture or beside the page do not count. An approved copy has it on no
    page. Source: design.md, "nothing else can switch it off, and the finished PDF is searched for
    it".

    Good: a draft with the word on every page
    Bad: a draft with the word on the first page alone, or in white
    """
    for number, sheet in enumerate(sheets(printed.pdf), start=1):
        places = list(sheet.drawn.holding(printed.draft))
        if printed.approved:
            if places:
                said = f"page {number} of an approved copy says {printed.draft}"
                yield Finding(said, ("review", "status"))
        elif not places:
            said = f"the word {printed.draft} is not on page {number} of a draft"
            yield Finding(said, ("review", "status"))
        elif not _across(sheet, places):
            said = f"the word {printed.draft} cannot be seen across page {number} of a draft"
            yield Finding(said, ("review", "status"))


def _across(sheet: Sheet, places: list[list[Run]]) -> bool:
    """Whether the word, at one of its places, leaves ink over a good part of the page.

    Other text is left out of both pictures: it is quicker, and stands before the word anyhow.
    """
    empty = without(sheet.page, sheet.drawn.runs, _DRAFT_SCALE)
    for runs in places:
        others = set(sheet.drawn.runs).difference(runs)
        found = changed(without(sheet.page, others, _DRAFT_SCALE), empty, _DRAFT_INK)
        if reach := found.getbbox():
            wide, tall = (reach[2] - reach[0]) / found.width, (reach[3] - reach[1]) / found.height
            if min(wide, tall) >= _DRAFT_REACH:
                return True
    return False


@rule(stage="printed")
def red_flags_first_page(printed: Printed) -> Iterator[Finding]:
    """The first page has the main message, every red flag and the emergency number, to be seen.

    With a clinic's letterhead its telephone too. A card has its warning, and what it says to
    staff, in place of the main message.

    Who reads one page reads this one. Each text is looked for in the tags of the page, and the page
    is drawn with it and without it, in grey. Source: design.md, "First page carries the whole
    message", and our rule, "searched for DRAFT and for every red flag, visible".

    Good: ten short signs
    Bad: so many long ones that the box runs on over the page
    """
    if printed.setting.edition == "review":
        return  # for reviewers, who read it all
    first = next(iter(sheets(printed.pdf)), None)
    if first is None:
        yield Finding("the PDF has no page")
        return
    expected = [(_places(first, text), what, loc, text) for what, loc, text in _expected(printed)]
    shown = drawn(first.page, _SCALE)
    every = [run for places, *_ in expected for runs in places for run in runs]
    found = changed(shown, without(first.page, every, _SCALE), _TEXT_INK)
    for places, what, loc, text in expected:
        if not places:
            yield Finding(f'{what} is not on the first page: "{text}"', loc, _FIRST)
        elif not any(_seen(first, shown, found, runs, every) for runs in places):
            yield Finding(f'{what} cannot be seen on the first page: "{text}"', loc, _FIRST)


def _seen(sheet: Sheet, shown: Image, found: Image, runs: list[Run], every: list[Run]) -> bool:
    """Whether each of the runs left ink where it stands. `found` is the ink of all that is looked
    for, drawn once; where another of these may have left it, the runs are looked at alone."""
    if any(_touch(run, other) for other in every if other not in runs for run in runs):
        found = changed(shown, without(sheet.page, runs, _SCALE), _TEXT_INK)
    return all(not run.nested and inked(found, sheet, run, _SCALE, _TEXT_SHARE) for run in runs)


def _touch(first: Run, second: Run) -> bool:
    left, bottom, right, top = first.box
    x, y, across, up = second.box
    return left < across and x < right and bottom < up and y < top


def _expected(printed: Printed) -> Iterator[tuple[str, Loc, str]]:
    from plainleaf.page.compose import Words as Filled
    from plainleaf.page.untranslated import as_printed

    fill = Filled(printed.handout.facts, printed.market, printed.voice).fill

    def plain(text: object) -> str:
        return as_printed(prose.plain(str(text), fill, inline=True))

    card = printed.handout.card if printed.setting.edition == "card" else None
    if card is None:
        yield "the main message", ("in_short", "message"), plain(printed.handout.in_short.message)
    else:
        yield "the warning", ("card", "warning", "text"), plain(card.warning.text)
        yield "what staff must know", ("card", "staff", "text"), plain(card.staff.text)
    if flags := printed.handout.red_flags:
        for key, sign in flags.signs.items():
            yield "a red flag", ("red_flags", "signs", key), plain(sign)
        yield "the emergency number", ("red_flags", "title"), printed.market.emergency
    if printed.clinic:
        yield "the clinic's telephone", (), printed.clinic.questions


def _places(sheet: Sheet, text: str) -> list[list[Run]]:
    """Where a text stands; within Arabic, PDFium gives the groups of a number from the last one."""
    turned = " ".join(reversed(text.split())) if text[-1:].isdigit() else text
    return list(sheet.tagged.holding(text)) or list(sheet.tagged.holding(turned))


RULES: tuple[Rule[Printed], ...] = (draft_missing, red_flags_first_page)
