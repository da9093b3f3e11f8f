"""What keeps facts from changing in a translation: pure rules over one text and its translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plainleaf.content import prose
from plainleaf.content.wording import letters
from plainleaf.content.wording.language import language
from plainleaf.content.wording.reading import (
    PLACEHOLDER,
    bare,
    figures,
    found_words,
    negations,
    placeholders,
    units,
)
from plainleaf.content.wording.review import Exemption
from plainleaf.content.wording.units import Unit
from plainleaf.problems import Level

_BRACES = re.compile("[{}｛｝⦃⦄❴❵]")
_ORDER = "If the language needs this order, allow it (docs/translate.md)."
_TAG = re.compile(r'<(strong|a href="[^"]*"|ul|ol|li)>')


@dataclass(frozen=True)
class Doubt:
    """What a guard has against a translation, and what to do; `guard` is its name."""

    message: str
    hint: str
    level: Level
    guard: str


def guard(unit: Unit, target: str, code: str, exemption: Exemption | None = None) -> list[Doubt]:
    """Everything that the guards have against a translation, less what is exempt."""
    numbers = exemption.numbers if exemption else ()
    excused = exemption.guards if exemption else ()
    found = [
        *letters.hidden_signs(target, code),
        *(doubt for rule in _RULES for doubt in rule(unit, target, code)),
        *_numbers(unit, target, code, numbers),
    ]
    return [
        Doubt(message, hint, level, name)
        for message, hint, level, name in found
        if name not in excused
    ]


_Found = Iterator[tuple[str, str, Level, str]]


def _placeholders(unit: Unit, target: str, code: str) -> _Found:
    """Each placeholder of the source as often as there, in the same order, and no other brace."""
    ours, theirs = placeholders(unit.text), placeholders(target)
    for name in (Counter(ours) - Counter(theirs)).elements():
        said = f"the placeholder {name} of the source is missing"
        yield said, "Put it where its words belong.", Level.ERROR, "placeholders"
    for name in (Counter(theirs) - Counter(ours)).elements():
        said = f"the placeholder {name} does not stand in the source"
        yield said, "Take it out: it would print another fact.", Level.ERROR, "placeholders"
    if ours != theirs and Counter(ours) == Counter(theirs):
        hint = f"Source: {' '.join(ours)}. {_ORDER}"
        said = "the placeholders stand in another order"
        yield said, hint, Level.ERROR, "order"
    left = [len(_BRACES.findall(PLACEHOLDER.sub("", text))) for text in (unit.text, target)]
    if left[0] != left[1]:
        said = "a brace is not part of a placeholder"
        hint = "Copy each placeholder from the source, with its braces."
        yield said, hint, Level.ERROR, "placeholders"


def _numbers(unit: Unit, target: str, code: str, exempt: tuple[str, ...]) -> _Found:
    """Every number of the source, in digits or in words, and no other, in the same order."""
    source = [each.value for each in figures(unit.text, unit.language) if each.value not in exempt]
    wanted, ordered = set(source), any(value.startswith("#") for value in source)
    mine = [
        each.value
        for each in figures(target, code)
        if each.value not in exempt
        and (each.sure or each.value in wanted or (ordered and each.value.startswith("#")))
    ]
    missing, extra = Counter(source) - Counter(mine), Counter(mine) - Counter(source)
    for value in missing.elements():
        said = f"the source has the number {_shown(value)}, and the translation has not"
        hint = "Write it as in the source; if it must differ, allow it (docs/translate.md)."
        yield said, hint, Level.ERROR, "numbers"
    for value in extra.elements():
        said = f"the translation has the number {_shown(value)}, and the source has not"
        hint = "Take it out; if the language needs it, allow it (docs/translate.md)."
        level = Level.WARNING if value == "1" else Level.ERROR  # "a" is one in many languages
        yield said, hint, level, "numbers"
    if source != mine and not (missing or extra):
        hint = f"Source: {', '.join(source)}. {_ORDER}"
        said = "the numbers stand in another order"
        yield said, hint, Level.ERROR, "order"


def _shown(value: str) -> str:
    return f"{value[1:]} in order" if value.startswith("#") else value


def _units(unit: Unit, target: str, code: str) -> _Found:
    """The same units of medicine, each as often; the same units of time."""
    hint = "Name the units as in the source; if they must differ, allow it (docs/translate.md)."
    ours, theirs = units(unit.text, unit.language, "measures"), units(target, code, "measures")
    for name in (Counter(ours) - Counter(theirs)).elements():
        said = f"the source has the unit {name}, and the translation has not"
        yield said, hint, Level.ERROR, "units"
    for name in (Counter(theirs) - Counter(ours)).elements():
        said = f"the translation has the unit {name}, and the source has not"
        yield said, hint, Level.ERROR, "units"
    times, now = set(units(unit.text, unit.language, "times")), set(units(target, code, "times"))
    lost, new = sorted(times - now), sorted(now - times - {"year"})  # ages are told in years
    level = Level.ERROR if lost and (new or "year" in now - times) else Level.WARNING
    if lost:
        said = f"the source counts in {', '.join(lost)}, and the translation does not"
        yield said, hint, level, "units"
    if new:
        said = f"the translation counts in {', '.join(new)}, and the source does not"
        yield said, hint, level, "units"


def _negation(unit: Unit, target: str, code: str) -> _Found:
    """A sentence that says "not" or "never" still does, and no other does.

    Many languages say it twice where English says it once; none says it less often."""
    hint = "Compare the two word by word; if both mean the same, allow it (docs/translate.md)."
    lost, new = _negated(unit, target, code, pauses=False)
    level = Level.ERROR if unit.locked else Level.WARNING
    if not (lost or new):
        level = Level.WARNING  # the commas of two languages often differ
        lost, new = _negated(unit, target, code, pauses=True)
    if lost:
        said = "the source says not, never or without, and the translation does not"
        yield said, hint, level, "negation"
    if new:
        said = "the translation says not, never or without, and the source does not"
        yield said, hint, level, "negation"


def _negated(unit: Unit, target: str, code: str, *, pauses: bool) -> tuple[bool, bool]:
    """Whether a part of the source lost a negation, and whether one has a new one."""
    ours = negations(unit.text, unit.language, pauses=pauses)
    theirs = negations(target, code, pauses=pauses)
    if len(ours) != len(theirs):
        if pauses:
            return False, False
        ours, theirs = [sum(ours)], [sum(theirs)]
    pairs = list(zip(ours, theirs, strict=True))
    fewer = any(one > other for one, other in pairs) and (
        pauses or any(one and not other for one, other in pairs)
    )
    return fewer, any(other and not one for one, other in pairs)


def _markdown(unit: Unit, target: str, code: str) -> _Found:
    """Bold, links and lists as in the source; a link leads to the same place."""
    if not unit.prose:
        return
    try:
        theirs = _TAG.findall(prose.inline(target, lambda name: name))
    except prose.ProseError as error:
        said = f"the translation cannot be printed: {error}"
        yield said, "Write it as the source is written.", Level.ERROR, "markdown"
        return
    if Counter(_TAG.findall(prose.inline(unit.text, lambda name: name))) != Counter(theirs):
        said = "bold words or links are not those of the source"
        hint = "Keep each ** and each [words](#place), and the place as it is."
        yield said, hint, Level.ERROR, "markdown"


def _forbidden(unit: Unit, target: str, code: str) -> _Found:
    """No word that misleads in this language."""
    terms = language(code).reading.forbidden
    for word in found_words(target, tuple(terms), code):
        said = f'"{word}" misleads in a leaflet'
        yield said, f'Write "{terms[word]}".', Level.ERROR, "forbidden"


def _length(unit: Unit, target: str, code: str) -> _Found:
    """About as long as a translation is: a text that breaks the page, or half a sentence."""
    span = language(code).reading.length
    source, mine = len(bare(unit.text)), len(bare(target))
    if span is None or source < 30:
        return
    if not span[0] <= mine / source <= span[1]:
        said = f"the translation has {mine} signs, and the source {source}"
        hint = "Look whether something is missing, or was added; say it shorter if you can."
        yield said, hint, Level.WARNING, "length"


_RULES: tuple[Callable[[Unit, str, str], _Found], ...] = (
    _placeholders,
    _markdown,
    _units,
    _negation,
    letters.script,
    letters.source_left,
    _forbidden,
    _length,
)
