"""Guards over letters: the script, signs that nobody sees, and words that were left in English."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from plainleaf.content.wording.language import SOURCE, language
from plainleaf.content.wording.reading import bare, plain, tokens
from plainleaf.content.wording.units import Unit
from plainleaf.content.yaml import hidden
from plainleaf.problems import Level

_JOINERS = {
    "\u200c": ("200C", "zero width non-joiner"),
    "\u200d": ("200D", "zero width joiner"),
}
_RUN = 4  # so many words of the source in a row were not translated
_Found = Iterator[tuple[str, str, Level, str]]


def hidden_signs(target: str, code: str) -> _Found:
    """No sign that cannot be seen or that turns the text round it; joiners only within words."""
    found = [(sign, name) for _, sign, name in hidden(target)]
    allowed = language(code).reading.joiners
    for at, sign in enumerate(target):
        within = 0 < at < len(target) - 1 and target[at - 1].strip() and target[at + 1].strip()
        if sign in _JOINERS and not (allowed and within):
            found.append(_JOINERS[sign])
    for number, name in dict.fromkeys(found):
        said = f"the invisible U+{number} ({name}) is not allowed"
        yield said, "Delete it, or type the text round it again.", Level.ERROR, "hidden"


def script(unit: Unit, target: str, code: str) -> _Found:
    """Letters of the language's own script, apart from names and units that the source has too."""
    known = language(code)
    kept = {token.word for token in tokens(plain(unit.text))}
    words = [token.word for token in tokens(plain(bare(target))) if token.word not in kept]
    scripts = [_script(sign) for word in words for sign in word if sign.isalpha()]
    strange = sorted({each for each in scripts if each not in (*known.scripts, "LATIN", "")})
    if strange:
        said = f"the translation has letters of another script: {', '.join(strange).lower()}"
        yield said, f"Type the words in the letters of {known.name}.", Level.ERROR, "script"
    own = sum(each in known.scripts for each in scripts)
    if scripts and own * 2 < len(scripts):
        said = f"most letters are not those of {known.name}"
        hint = "Translate it, or look whether it belongs in another language's file."
        yield said, hint, Level.ERROR, "script"
    for sign, right in known.reading.wrong_letters.items():
        if sign in target:
            said = f'"{sign}" is a letter of another language'
            yield said, f'Type "{right}", which looks like it.', Level.ERROR, "script"
    if known.reading.charset:
        strangers = dict.fromkeys(sign for sign in target if _outside(sign, known.reading.charset))
        if strangers:
            said = f'"{"".join(strangers)}" is not in {known.reading.charset.upper()}'
            hint = "Write the usual form of the letter: the font has no other."
            yield said, hint, Level.ERROR, "script"


def source_left(unit: Unit, target: str, code: str) -> _Found:
    """Nothing left in the source's language; a rewording stays in it."""
    if unit.language == code:
        return
    hint = "Translate it; if it is a name that stays as it is, allow it (docs/translate.md)."
    ours = [token.word for token in tokens(plain(bare(unit.text)))]
    mine = [token.word for token in tokens(plain(bare(target)))]
    common = set(language(SOURCE).reading.common) - set(language(code).reading.shared)
    if ours and plain(target).strip() == plain(unit.text).strip():
        acronym = unit.text.strip().isupper() or (" " not in unit.text and "." in unit.text)
        if not acronym:
            sentence = len(ours) > 2 or common.intersection(ours)
            level = Level.ERROR if sentence else Level.WARNING
            said = "the translation is the same as the source"
            yield said, hint, level, "source-left"
        return
    english = [word for word in mine if word in common]
    runs = {tuple(ours[at : at + _RUN]) for at in range(len(ours) - _RUN + 1)}
    copied = any(tuple(mine[at : at + _RUN]) in runs for at in range(len(mine) - _RUN + 1))
    if copied or (len(english) > 1 and len(english) * 4 >= len(mine)):
        said = "part of the source was left in its language"
        yield said, hint, Level.ERROR, "source-left"


@lru_cache(maxsize=10_000)
def _script(sign: str) -> str:
    """What Unicode calls a letter's script: LATIN, ARABIC, CJK."""
    return unicodedata.name(sign, "").partition(" ")[0]


def _outside(sign: str, charset: str) -> bool:
    if not sign.isalpha():
        return False
    try:
        sign.encode(charset)
    except UnicodeEncodeError:
        return _script(sign) != "LATIN"
    return False
