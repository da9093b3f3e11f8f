"""What the finished PDF must show: looked for as ink on the drawn page, not only as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plainleaf.checks.pdf import Run, Sheet, drawn, ink, inked, sheets
from plainleaf.checks.registry import Finding, Loc, Printed, Rule, rule
from plainleaf.content import prose

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 2.0  # pixels a point, where small type is looked at
_TEXT_INK, _TEXT_SHARE = 64, 0.03
_DRAFT_INK, _DRAFT_REACH = 24, 0.3
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
    with sheets(printed.pdf) as pages:
        for number, sheet in enumerate(pages, start=1):
            places = list(sheet.drawn.holding(printed.draft))
            if printed.approved:
                if places:
                    said = f"page {number} of an approved copy says {printed.draft}"
                    yield Finding(said, ("review", "status"))
            elif not places:
                said = f"the word {printed.draft} is not on page {number} of a draft"
                yield Finding(said, ("review", "status"))
            elif not _across(sheet, printed.draft):
                said = f"the word {printed.draft} cannot be seen across page {number} of a draft"
                yield Finding(said, ("review", "status"))


def _across(sheet: Sheet, draft: str) -> bool:
    """Whether the word, at one of its places, leaves ink over a good part of the page."""
    shown = drawn(sheet.page)
    for runs in sheet.drawn.holding(draft):
        found = ink(sheet.page, shown, runs, _DRAFT_INK)
        if reach := found.getbbox():
            wide, tall = (reach[2] - reach[0]) / found.width, (reach[3] - reach[1]) / found.height
            if min(wide, tall) >= _DRAFT_REACH:
                return True
    return False


@rule(stage="printed")
def red_flags_first_page(printed: Printed) -> Iterator[Finding]:
    """The first page has the main message, every red flag and the emergency number, to be seen.

    Who reads one page reads this one. Each text is looked for in the tags of the page, and the page
    is drawn with it and without it, in grey. Source: design.md, "First page carries the whole
    message", and issue 2, "searched for DRAFT and for every red flag, visible".

    Good: ten short signs
    Bad: so many long ones that the box runs on over the page
    """
    if printed.setting.edition == "review":
        return  # for reviewers, who read it all
    with sheets(printed.pdf) as pages:
        first = pages[0] if pages else None
        if first is None:
            yield Finding("the PDF has no page")
            return
        shown = drawn(first.page, _SCALE)
        for what, loc, text in _expected(printed):
            places = list(first.tagged.holding(text))
            if not places:
                yield Finding(f'{what} is not on the first page: "{text}"', loc, _FIRST)
            elif not any(_seen(first, shown, runs) for runs in places):
                yield Finding(f'{what} cannot be seen on the first page: "{text}"', loc, _FIRST)


def _seen(sheet: Sheet, shown: Image, runs: list[Run]) -> bool:
    """Whether each of the runs leaves ink where it stands."""
    found = ink(sheet.page, shown, runs, _TEXT_INK, _SCALE)
    return all(
        not run.nested and inked(found, sheet.page, run, _SCALE, _TEXT_SHARE) for run in runs
    )


def _expected(printed: Printed) -> Iterator[tuple[str, Loc, str]]:
    from plainleaf.page.compose import Words as Filled

    fill = Filled(printed.handout.facts, printed.market).fill

    def plain(text: object) -> str:
        return prose.plain(str(text), fill, inline=True)

    yield "the main message", ("in_short", "message"), plain(printed.handout.in_short.message)
    if flags := printed.handout.red_flags:
        for key, sign in flags.signs.items():
            yield "a red flag", ("red_flags", "signs", key), plain(sign)
        yield "the emergency number", ("red_flags", "title"), printed.market.emergency


RULES: tuple[Rule[Printed], ...] = (draft_missing, red_flags_first_page)
