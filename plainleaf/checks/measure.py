"""How well the finished page can be read: size, length of line and contrast, as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from plainleaf.checks.pdf import Run, sheets
from plainleaf.checks.pictures import behind, contrast, grey, over
from plainleaf.checks.placed import Placed, placed, short
from plainleaf.checks.registry import Finding, Printed, Rule, rule
from plainleaf.checks.tree import Tag
from plainleaf.problems import Level


@dataclass(frozen=True)
class Sizes:
    """The least size in points of what is read on, of labels, of the foot, of the sources."""

    body: float = 12
    label: float = 10.5
    foot: float = 9.5
    sources: float = 9


SIZES = {"review": Sizes(body=10.5), "large-print": Sizes(18, 15.75, 14.25, 13.5)}
LABEL = 100  # characters: what is longer is no label
LINE, LONG_LINE = 70, 75  # characters

_READ_ON = 3  # lines
_EXACT = 0.05  # points: PDFs round
_TEXT, _LARGE_TEXT, _LARGE, _LARGE_BOLD = 4.5, 3.0, 18, 14


@rule(stage="printed")
def type_size(printed: Printed) -> Iterator[Finding]:
    """No text is printed smaller than can be read: 12 pt what is read on, 10.5 pt labels.

    Measured on the page, with every scale between. What has more than 100 characters is read on,
    whatever a style calls it; the foot of the page may have 9.5 pt and the list of sources 9 pt.
    Large print has half as much again. Source: design.md, "Text is 12 pt. Captions, citations and
    heads of tables are 10.5 pt, the footer 9.5 pt, the list of sources 9 pt".

    Good: `font-size: 1rem`
    Bad: a paragraph of 11 pt, or a table that is scaled down to fit
    """
    sizes = SIZES.get(printed.setting.edition, Sizes())
    least: dict[Run, tuple[str, float]] = {}
    pages, lists = sheets(printed.pdf), set[Tag]()
    for each in placed(printed.pdf, printed.html):
        if each.block.sources:
            found = (pages[run.page].tags[run.mark].within("L") for run in each.runs)
            lists.update(filter(None, found))
        elif (
            len(each.block.text) > LABEL
            and each.runs
            and (size := _size(each)) < sizes.body - _EXACT
        ):
            told = [run for run in each.runs if abs(run.size - size) < _EXACT]
            least |= dict.fromkeys(told, ("what is read on", sizes.body))
    told_of: set[tuple[int, str, float]] = set()
    for sheet in pages:
        least |= dict.fromkeys(sheet.furniture, ("the foot of a page", sizes.foot))
        in_list = (run for run in sheet.tagged.runs if sheet.tags[run.mark].within("L") in lists)
        least |= dict.fromkeys(in_list, ("the list of sources", sizes.sources))
        for run in sheet.drawn.runs:
            what, size = least.get(run, ("a label", sizes.label))
            key = (run.page, what, round(run.size, 1))
            if run.size < size - _EXACT and run.ink and key not in told_of:
                told_of.add(key)
                said = (
                    f"page {run.page + 1} has text of {run.size:.3g} pt, and {what} has "
                    f"at least {size:g}: {_quoted(run)}"
                )
                yield Finding(said, hint="Mend the style: say less rather than print it smaller.")


def _size(each: Placed) -> float:
    """The size of most of a block's letters."""
    counted: Counter[float] = Counter()
    for run in each.runs:
        counted[run.size] += len(run.text)
    return counted.most_common(1)[0][0]


@rule(stage="printed")
def line_length(printed: Printed) -> Iterator[Finding]:
    """Lines of running text have at most 75 characters, better 70.

    At the end of a longer line the eye loses the beginning of the next. Counted as printed, over
    each text of three lines or more, its last line left out. Source: our rule, "line length",
    "measured in the PDF and not in the CSS".

    Good: a column of 132 mm at 12 pt
    Bad: text over the whole width of the page
    """
    for each in placed(printed.pdf, printed.html):
        lines = [" ".join("".join(run.said for run in line).split()) for line in each.lines()]
        if len(lines) < _READ_ON or each.block.sources:
            continue
        length = fmean(len(line) for line in lines[:-1])
        if length > LINE:
            said = (
                f"lines of {length:.0f} characters on page {each.runs[0].page + 1}: "
                f"{short(each.block)}"
            )
            hint = f"Make the column narrower in the style: {LINE} characters, at most {LONG_LINE}."
            level = None if length > LONG_LINE else Level.ADVICE
            yield Finding(said, hint=hint, level=level)


@rule(stage="printed")
def contrast_low(printed: Printed) -> Iterator[Finding]:
    """Each text stands out against what is behind it: 4.5 to 1, large text 3 to 1.

    The ink of the text is compared with the page as drawn without the text, in colour and in the
    grey of a black-and-white printer; the word DRAFT is left out. Large is 18 pt, or bold 14 pt.
    Source: design.md, "Contrast is 4.5 : 1 or more", and our rule, "contrast of each text against
    what is behind it, in colour and in grey"; the formula is WCAG's.

    Good: `color: #4f5b63` on white
    Bad: grey on a grey tint; red on a green that prints as the same grey
    """
    for sheet in sheets(printed.pdf):
        told: set[tuple[object, ...]] = set()
        for run in sheet.drawn.runs:
            if run.ink is None or (run.nested and run.mark < 0):
                continue
            large = run.size >= _LARGE - _EXACT or (run.bold and run.size >= _LARGE_BOLD - _EXACT)
            least = _LARGE_TEXT if large else _TEXT
            for ground in behind(sheet.bare, sheet, run.box):
                ink = over(run.ink, ground)
                colour, printed_grey = contrast(ink, ground), contrast(grey(ink), grey(ground))
                key = (ink, ground, large)
                if min(colour, printed_grey) >= least or key in told:
                    continue
                told.add(key)
                where = "in grey " if colour >= least else ""
                said = (
                    f"text on page {run.page + 1} has a contrast {where}of "
                    f"{min(colour, printed_grey):.1f} to 1, and at least {least:g} is needed: "
                    f"{_quoted(run)} ({_hex(ink)} on {_hex(ground)})"
                )
                yield Finding(said, hint="Take a darker ink or a lighter ground in the style.")


def _hex(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _quoted(run: Run) -> str:
    words = " ".join(run.said.split())
    return f'"{words}"' if len(words) <= 40 else f'"{words[:40].rstrip()}…"'


RULES: tuple[Rule[Printed], ...] = (type_size, line_length, contrast_low)
