"""What the checks know of a language: its hard words, its short forms, its valid formulas.

Everything that belongs to one language stands in `languages/<language>.yaml`; a rule that needs
it says nothing about a language without such a file.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from plainleaf.content import yaml
from plainleaf.content.base import Base, Plain
from plainleaf.problems import ContentError

Formula = Literal["flesch-kincaid", "smog"]
Words = tuple[Plain, ...]


class Language(Base):
    """The word lists of one language. `syllables` has the words that the rules count wrongly,
    `error_prone` and `jargon` say what to write instead."""

    formulas: tuple[Formula, ...] = ()
    abbreviations: Words = ()
    actions: Words = ()
    polite: Words = ()
    sequence: Words = ()
    negatives: Words = ()
    auxiliaries: Words = ()
    participles: Words = ()
    adjectives: Words = ()
    relative: Words = ()
    suddenly: Plain | None = None
    licensed: Plain | None = None
    error_prone: dict[str, Words] = {}
    syllables: dict[str, Words] = {}
    jargon: dict[str, Plain] = {}


def language(code: str, handout: str) -> Language | None:
    """The bundled lists of a language, and what the clinic added to them.

    `handout` is the path of the handout; the clinic's `words.<language>.yaml` stands in the folder
    that holds the handouts' folders. None where the language is unknown. Raises ContentError.
    """
    own = Path(handout).parent.parent / f"words.{code}.yaml"
    return _lists(code, _data(own))


@cache
def _lists(code: str, own: tuple[str, bytes] | None) -> Language | None:
    path = Path(__file__).parent / "languages" / f"{code}.yaml"
    bundled = _read(path.name, path.read_bytes()) if path.is_file() else None
    if own is None:
        return bundled
    added = _read(*own)
    return _joined(added, bundled) if bundled else added


def _data(path: Path) -> tuple[str, bytes] | None:
    try:
        return str(path), path.read_bytes()
    except FileNotFoundError:
        return None


def _read(path: str, data: bytes) -> Language:
    document = yaml.parse(data, path)
    try:
        return Language.model_validate(document.plain())
    except ValidationError as error:
        raise ContentError(
            document.problem(
                f"{'.'.join(map(str, each['loc']))}: {each['msg']}", document.locate(each["loc"])
            )
            for each in error.errors(include_url=False)
        ) from None


def _joined(first: Language, then: Language) -> Language:
    """Both together; where both have the same word, the first one's is kept."""
    values: dict[str, Any] = {}
    for name in Language.model_fields:
        one, other = getattr(first, name), getattr(then, name)
        if isinstance(one, dict):
            values[name] = {**other, **one}
        elif isinstance(one, tuple):
            values[name] = (*one, *other)
        else:
            values[name] = one or other
    return Language(**values)


@cache
def one_of(words: Words) -> re.Pattern[str]:
    """Finds any of the words, whole, in small or capital letters; the longest where several fit."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.I)
