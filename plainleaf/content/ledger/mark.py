"""What a print says of itself, as words and as the text of its code; and reading either again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plainleaf.problems import Problem, UsageError, one_line

_SHORT = re.compile(r"([0-9a-f]{4})[ -]?([0-9a-f]{4})")
_WHOLE = re.compile(
    r"(?:plainleaf 1 )?(?P<handout>[a-z0-9-]+) (?P<version>[0-9]+(?:\.[0-9]+)+) "
    r"(?P<language>[a-z+-]+) (?P<edition>[a-z-]+) (?P<one>[0-9a-f]{4}) ?(?P<two>[0-9a-f]{4})"
)


@dataclass(frozen=True)
class Mark:
    """A print's handout, version, language, edition and fingerprint of eight signs.

    Of a print that is known by its fingerprint alone, the rest is empty."""

    fingerprint: str
    handout: str = ""
    version: str = ""
    language: str = ""
    edition: str = ""

    @property
    def short(self) -> str:
        """The fingerprint as it is printed: eight signs in two groups."""
        return f"{self.fingerprint[:4]} {self.fingerprint[4:]}"

    @property
    def text(self) -> str:
        """The print in words: what stands beside its code."""
        return f"{self.handout} {self.version} {self.language} {self.edition} {self.short}"

    @property
    def code(self) -> str:
        """The text of the code: capitals, digits and a few signs, which make the smallest one."""
        words = (self.handout, self.version, self.language, self.edition, self.fingerprint)
        return " ".join(("PLAINLEAF 1", *words)).upper()


def read_mark(text: str) -> Mark:
    """What somebody typed or scanned: a fingerprint, or the whole text. UsageError else."""
    given = " ".join(text.split()).lower()
    if found := _SHORT.fullmatch(given):
        return Mark(found[1] + found[2])
    if found := _WHOLE.fullmatch(given):
        parts = found.groupdict()
        return Mark(parts.pop("one") + parts.pop("two"), **parts)
    raise UsageError(
        Problem(
            f'"{one_line(text[:60])}" is no fingerprint',
            hint='Eight signs, 0 to 9 and a to f, as in "3f2a 9c01", or all that its code says.',
        )
    )
