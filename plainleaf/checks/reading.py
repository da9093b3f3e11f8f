"""Sentences, syllables and reading grades, by our own small means.

Every formula here was made for one language; `languages/<language>.yaml` says which are valid.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from plainleaf.checks.language import Formula, Language

LONG_WORD = 3  # syllables, for SMOG
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_END = re.compile(r"[.?!]+[”\"’')\]]*(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are said apart, though they stand together.
_APART = re.compile(
    r"(?<![cstg])ia|(?<![cstgxlnu])io(?!n)|[dbrv]io|[dhrv]eo|rea(?=c)|[^qg]ua[lrt]|[^qg]ue(?:nt|l|t)"
    r"|iu[mrs]|uou|eum|(?<![cstf])ie(?:t|n[ct]|nt)|yi|eei|oing|eati|creat|poe|ism$|[sd]n[’']t$"
)
_SILENT = re.compile(
    r"(?<=[^aeiouy])(?<![^aeiouyl]l)e$"  # make, but not little
    r"|(?<=[^aeiouysxzcg])(?<!ch)(?<!sh)(?<![^aeiouyl]l)es$"  # makes, but not doses
    r"|(?<=[^aeioutd])(?<![^aeiouyl]l)ed$"  # used, but not needed
    r"|(?<=[aeiouy][^aeiouy])e(?=(?:ly|ment|ments|ful|fully|less|ness|s?where|time|times)$)"
)


def sentences(text: str, language: Language) -> list[str]:
    """The text's sentences, in order; what has no full stop is one too."""
    short = {word.lower() for word in language.abbreviations}
    found, start = [], 0
    for end in _END.finditer(text):
        before = text[start : end.start()].rsplit(None, 1)
        last = before[-1].lower().lstrip("(“\"'") if before else ""
        follows = text[end.end() :].lstrip()[:1]
        if (last in short and follows) or (end[0] == "." and follows.islower()):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    return [sentence for sentence in [*found, text[start:].strip()] if sentence]


def words(text: str) -> list[str]:
    """The words of a text; a number counts as one, and so do words joined by a hyphen."""
    return _WORD.findall(text)


@dataclass
class Reader:
    """Counts syllables and grades texts of one language; what is in `names` is left out."""

    language: Language
    names: frozenset[str] = frozenset()
    counted: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for count, listed in self.language.syllables.items():
            self.counted |= {word.lower(): int(count) for word in listed}

    def syllables(self, word: str) -> int:
        """How many syllables a word has; a number counts as one."""
        count = 0
        for part in word.lower().replace("’", "'").split("-"):
            if part not in self.counted:
                self.counted[part] = _counted(part)
            count += self.counted[part]
        return count

    def words(self, text: str) -> list[str]:
        """The words that are measured."""
        return [word for word in words(text) if not self._named(word.lower())]

    def grade(self, formula: Formula, sentences: Sequence[str]) -> float:
        """The school grade by which a reader is said to understand the sentences."""
        counts = [self.syllables(word) for text in sentences for word in self.words(text)]
        if not counts:
            return 0
        if formula == "smog":
            long = sum(count >= LONG_WORD for count in counts)
            return 3.1291 + 1.0430 * math.sqrt(30 * long / len(sentences))
        per_sentence, per_word = len(counts) / len(sentences), sum(counts) / len(counts)
        return 0.39 * per_sentence + 11.8 * per_word - 15.59

    def _named(self, word: str) -> bool:
        return word in self.names or re.sub("[’']s$", "", word) in self.names


def _counted(word: str) -> int:
    if not word.isalpha() and not re.search("[a-z]", word):
        return 1
    bare = re.sub("'s$", "", word)
    bare = re.sub("^y(?=[aeiou])|qu", "q", bare)
    count = len(_VOWELS.findall(bare)) + len(_APART.findall(bare)) - bool(_SILENT.search(bare))
    return max(1, count)
