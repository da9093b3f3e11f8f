"""What a text says, as far as a machine can read it: its figures, units and negations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from plainleaf.content.wording.language import language
from plainleaf.content.wording.numerals import chinese, decimal_of, joined

GAP = "◦"  # stands where a placeholder stood: no letter, no digit, and nothing joins across it
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_ALEF = str.maketrans("أإٱ", "ااا")
_DIGITS = re.compile(r"\d+(?:[\u00a0\u202f]\d{3})*(?:[.,٫٬/]\d+)*|[¼-¾⅐-⅞²³¹⁰-₉]")
PLACEHOLDER = re.compile(r"\{[a-z0-9-]+(?:\.[a-z]+)?\}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_BETWEEN = re.compile(r"[\s\u00a0-]*")
_ENDS = re.compile(r"[.!?;:؟؛۔।。！？；：\n]+")
_PAUSES = re.compile(r"[.!?;:؟؛۔।。！？；：,،，、\n]+")


@dataclass(frozen=True)
class Token:
    """A word, and where it begins and ends."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Figure:
    """A number as text ("2", "0.5", "#3" for the third), and where it stands. One that is not
    `sure` may be another word."""

    value: str
    start: int
    end: int
    sure: bool = True


def placeholders(text: str) -> list[str]:
    """The placeholders of a text in its order, braces and all; Markdown or not."""
    return PLACEHOLDER.findall(text)


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """The words alone: a sign for each placeholder, no marks of bold, no targets of links."""
    words = _LINK.sub(r"\1", PLACEHOLDER.sub(f" {GAP} ", text))
    return re.sub(r"\\(?=[^\w\s])", "", words.replace("**", ""))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text as it is compared: small letters, one form of each sign, no marks of vowels."""
    text = unicodedata.normalize("NFC", text).replace("’", "'").casefold()
    return _MARKS.sub("", text).translate(_ALEF)


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text: letters with the marks on them, and apostrophes between letters."""
    found: list[Token] = []
    start = None
    for at, char in enumerate(f"{text} "):
        inner = _letter(char) or (
            char == "'" and start is not None and _letter(text[at + 1 : at + 2])
        )
        if inner and start is None:
            start = at
        elif not inner and start is not None:
            found.append(Token(text[start:at], start, at))
            start = None
    return tuple(found)


def figures(text: str, code: str) -> list[Figure]:
    """Every number of a text in its order, in digits of any script or in words."""
    read, text = language(code).reading, plain(bare(text))
    hidden = _blanked(text, "apart", code)
    found = [
        Figure(decimal_of(match[0], code), match.start(), match.end())
        for match in _DIGITS.finditer(text)
    ]
    words = _lexicon(code, "numbers")
    perhaps = _lexicon(code, "perhaps")
    if not read.spaced:
        for start, end, values in _matches(hidden, words, code):
            sure = not values.startswith("#")
            found += [Figure(value, start, end, sure) for value in values.split()]
            hidden = hidden[:start] + " " * (end - start) + hidden[end:]
        found += [Figure(value, at, end, sure) for value, at, end, sure in chinese(hidden)]
    else:
        parts: list[Figure] = []
        for start, end, values in _matches(hidden, words, code):
            sure = hidden[start:end] not in perhaps and not values.startswith("#")
            parts += [Figure(value, start, end, sure) for value in values.split()]
        found += _summed(parts, hidden, code)
    return sorted(found, key=lambda figure: figure.start)


def negations(text: str, code: str, *, pauses: bool = False) -> list[int]:
    """How many negations each sentence has; with `pauses`, each part between commas."""
    text = plain(bare(text))
    ends = _PAUSES if pauses else _ENDS
    lexicon = _lexicon(code, "negations")
    found = []
    for part in ends.split(_blanked(text, "affirmed", code)):
        if re.search(r"\w|◦", part):
            found.append(sum(1 for _ in _matches(part, lexicon, code)))
    return found


def units(text: str, code: str, kind: str) -> list[str]:
    """The units that a text names, `measures` or `times`, by their English names."""
    text = plain(bare(text))
    named = _matches(_blanked(text, "unmeasured", code), _lexicon(code, kind), code)
    found = [unit for _, _, unit in named]
    signs = sum(text.count(sign) for sign in "%٪％") if kind == "measures" else 0
    return [*found, *["percent"] * signs]


def found_words(text: str, words: tuple[str, ...], code: str) -> list[str]:
    """Which of these words or phrases a text has, as they are given."""
    lexicon = {plain(word): word for word in words}
    return [word for _, _, word in _matches(plain(bare(text)), lexicon, code)]


@lru_cache(maxsize=4096)
def _letter(char: str) -> bool:
    return bool(char) and (unicodedata.category(char)[0] in "LM" or char in "\u200c\u200d")


@cache
def _lexicon(code: str, kind: str) -> dict[str, str]:
    """Each word or phrase of a list, as it is compared, and what it means."""
    lists: Mapping[str, Iterable[str]] | tuple[str, ...] = getattr(language(code).reading, kind)
    if isinstance(lists, tuple):
        return {plain(word): "" for word in lists}
    return {plain(word): value for value, words in lists.items() for word in words}


def _blanked(text: str, kind: str, code: str) -> str:
    """The text with the phrases of a list taken out, everything else where it was."""
    for start, end, _ in _matches(text, _lexicon(code, kind), code):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _matches(text: str, lexicon: Mapping[str, str], code: str) -> list[tuple[int, int, str]]:
    """Where phrases of a list stand, and what they mean; the longest where several fit."""
    if not lexicon:
        return []
    if not language(code).reading.spaced:
        return [
            (match.start(), match.end(), lexicon[match[0]])
            for match in _any_of(tuple(lexicon)).finditer(text)
        ]
    words, found, at = tokens(text), [], 0
    longest = max(phrase.count(" ") + 1 for phrase in lexicon)
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            forms = _forms(_phrase(words[at : at + size], text), code)
            value = next((lexicon[form] for form in forms if form in lexicon), None)
            if value is not None:
                found.append((words[at].start, words[at + size - 1].end, value))
                at += size - 1
                break
        at += 1
    return found


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any phrase; a word of Latin letters only where it stands alone."""
    ordered = sorted(phrases, key=len, reverse=True)
    parts = [
        rf"(?<![a-z]){re.escape(each)}(?![a-z])" if each.isascii() else re.escape(each)
        for each in ordered
    ]
    return re.compile("|".join(parts))


def _phrase(words: tuple[Token, ...], text: str) -> str:
    """The words as one phrase, or nothing where more than spaces and hyphens is between them."""
    for one, other in pairwise(words):
        if not _BETWEEN.fullmatch(text, one.end, other.start):
            return ""
    return " ".join(word.word for word in words)


def _forms(words: str, code: str) -> list[str]:
    """The phrase, and the phrase without a word that is written together with it."""
    if not words:
        return []
    prefixes = language(code).reading.prefixes
    return [words, *(words[len(each) :] for each in prefixes if words.startswith(each))]


def _summed(parts: list[Figure], text: str, code: str) -> list[Figure]:
    """Tens and ones, hundreds and the rest, that stand together, as the number they are."""
    read = language(code).reading
    joins = _lexicon(code, "joins")
    found: list[Figure] = []
    for part in parts:
        last = found[-1] if found else None
        between = text[last.end : part.start] if last else ""
        prefixed = any(text[part.start : part.end].startswith(join) for join in joins)
        near = last is not None and (
            (_BETWEEN.fullmatch(between) and (not read.units_first or prefixed))
            or between.strip(" \u00a0-") in joins
        )
        total = joined(last.value, part.value, read.units_first) if last and near else None
        if last is not None and total is not None:
            found[-1] = Figure(total, last.start, part.end, True)
        else:
            found.append(part)
    return found
