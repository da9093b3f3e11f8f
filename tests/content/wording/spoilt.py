"""Spoils a translation in one place: swaps, drops or changes a number, placeholder, unit or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from plainleaf.content.wording.language import language
from plainleaf.content.wording.reading import _blanked, _lexicon, bare, figures, plain

PLACEHOLDER = re.compile(r"\{[a-z0-9.-]+\}")
CHINESE = "零一二三四五六七八九"
NEGATED = {"es": "no {}", "pl": "nie {}", "ar": "لا {}", "zh": "不{}"}


@dataclass(frozen=True)
class Spoilt:
    """A spoilt translation: what was done to it, and to what."""

    kind: str
    how: str
    before: str
    after: str


def numbers(source: str, target: str, code: str, random: Random) -> Spoilt | None:
    """One number dropped, changed, or exchanged with another of the text; articles are none."""
    text, seen = plain(target), plain(bare(target))
    meant = {each.value for each in figures(source, "en")}
    held = {
        (each.start, each.end): each.value
        for each in figures(target, code)
        if each.sure or each.value in meant
    }
    if not held:
        return None
    start, end = random.choice(list(held))
    word, value = seen[start:end], held[start, end]
    others = [seen[one:two] for (one, two), other in held.items() if other != value]
    how = random.choice(["drop", "change", "swap"] if others else ["drop", "change"])
    if how == "swap":
        other = random.choice(others)
        return _made("number", how, target, _exchanged(text, word, other))
    new = "" if how == "drop" else _other_number(word, value, code, random)
    place = seen.count(word, 0, start)  # the same words may stand there before, and be no number
    parts = text.split(word)
    after = word.join(parts[: place + 1]) + new + word.join(parts[place + 1 :])
    return _made("number", how, target, after)


def placeholders(source: str, target: str, code: str, random: Random) -> Spoilt | None:
    """One placeholder dropped, changed, or exchanged with another of the text."""
    found = PLACEHOLDER.findall(target)
    if not found:
        return None
    one, others = random.choice(found), sorted(set(found))
    how = random.choice(["drop", "change", "swap"] if len(others) > 1 else ["drop", "change"])
    if how == "swap":
        other = random.choice([each for each in others if each != one])
        return _made("placeholder", how, target, _exchanged(target, one, other))
    names = ["{most}", "{age}", "{people}", "{rested}", "{rested.versus}", "{cut}"]
    new = "" if how == "drop" else random.choice([name for name in names if name != one])
    return _made("placeholder", how, target, target.replace(one, new, 1))


def units(source: str, target: str, code: str, random: Random) -> Spoilt | None:
    """One unit of medicine or of time dropped, or changed for another."""
    text, seen = plain(target), plain(bare(target))
    held = {word: unit for kind in ("measures", "times") for word, unit in _words(kind, code)}
    found = [word for word in held if _stands(word, seen, code)]
    if not found:
        return None
    word = max(found, key=len) if code == "zh" else random.choice(found)
    kind = "measures" if held[word] in language(code).reading.measures else "times"
    how = random.choice(["drop", "change"])
    others = [each for each, unit in _words(kind, code) if unit not in (held[word], "year")]
    new = "" if how == "drop" else random.choice(others)
    return _made("unit", how, target, _replaced(text, word, new, code))


def negations(source: str, target: str, code: str, random: Random) -> Spoilt | None:
    """What negates one part of a sentence dropped (Polish says it twice), or a negation added."""
    parts = re.split(r"((?:[.!?;:؟。！？；：,،，]|$)\s*)", plain(target))
    words = _lexicon(code, "negations")
    found = [
        at
        for at, part in enumerate(parts)
        if any(_stands(w, _seen(part, code), code) for w in words)
    ]
    if found:
        at = random.choice(found)
        for word in sorted(words, key=len, reverse=True):
            while _stands(word, _seen(parts[at], code), code):
                parts[at] = _replaced(parts[at], word, "", code)
        return _made("negation", "drop", target, "".join(parts))
    if random.random() < 0.8:  # few texts have a negation, and each of these is wanted
        return None
    return _made("negation", "add", target, NEGATED[code].format(plain(target)))


def _seen(text: str, code: str) -> str:
    return _blanked(text, "affirmed", code)


KINDS: dict[str, Callable[[str, str, str, Random], Spoilt | None]] = {
    "number": numbers,
    "placeholder": placeholders,
    "unit": units,
    "negation": negations,
}


def _made(kind: str, how: str, before: str, after: str) -> Spoilt | None:
    return Spoilt(kind, how, before, after) if plain(after) != plain(before) else None


def _words(kind: str, code: str) -> list[tuple[str, str]]:
    return list(_lexicon(code, kind).items())


def _stands(word: str, text: str, code: str) -> bool:
    if code == "zh":
        return word in text
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _replaced(text: str, word: str, new: str, code: str) -> str:
    if code == "zh":
        return text.replace(word, new, 1)
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda match: new, text, count=1)


def _exchanged(text: str, one: str, other: str) -> str:
    return text.replace(one, "\0", 1).replace(other, one, 1).replace("\0", other, 1)


def _other_number(word: str, value: str, code: str, random: Random) -> str:
    """Another number of the language, in a word or in digits of some script."""
    if any(char.isdigit() for char in word):
        digits = random.choice(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"])
        new = str(random.choice([each for each in range(2, 100) if str(each) != value]))
        return "".join(digits[int(digit)] for digit in new)
    if code == "zh":
        return random.choice(
            [sign for at, sign in enumerate(CHINESE) if at > 1 and str(at) != value]
        )
    return random.choice(
        [
            each
            for each, other in _lexicon(code, "numbers").items()
            if other.isdigit() and int(other) > 1 and other != value
        ]
    )
