"""The words by which a clinic's text could change what a patient takes, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import RootModel

from plainleaf.content.base import Base, Plain
from plainleaf.content.load import load
from plainleaf.content.wording.language import SOURCE
from plainleaf.content.wording.reading import figures, found_words, units

_FILE = Path(__file__).with_name("clinic_words.yaml")


class Acts(Base):
    """Stop-and-start words by what they mean; `apart` are phrases in which none stands. `kept` are
    words that a sentence neither gains nor loses: how sure it is, and how fast. A text of the
    leaflet with one of `rules` tells how to stop, and no clinic rewords it."""

    acts: dict[Plain, tuple[Plain, ...]]
    kept: dict[Plain, tuple[Plain, ...]]
    apart: tuple[Plain, ...] = ()
    rules: tuple[Plain, ...] = ()


class ActsFile(RootModel[dict[str, Acts]]):
    """clinic_words.yaml: the words by language."""


def listed(code: str) -> bool:
    """Whether there is a list for the language. Without one no clinic may write in it."""
    return code in _lists()


def acts(text: str, code: str) -> list[str]:
    """What a text tells a person to do with a medicine, in its order: stop, take, skip."""
    return _found(text, _meaning(code), code)


def kept(text: str, code: str) -> list[str]:
    """What a text says of how sure something is, or how fast: may, probably, suddenly."""
    known = _lists()[code].kept if listed(code) else {}
    return _found(text, {word: said for said, words in known.items() for word in words}, code)


def stops(text: str) -> list[str]:
    """The words of a text of the leaflet, in its source language, by which it is a rule of stopping
    or of a dose that was missed."""
    return found_words(text, _lists()[SOURCE].rules, SOURCE)


def says_of_dose(text: str, code: str, kind: str) -> str:
    """The number, unit or stop-and-start word that a clinic's text must not have; "" for none.

    An address and a name say no such thing; hours have figures and days."""
    if kind == "address":
        return next(iter(units(text, code, "measures")), "")
    if kind == "hours":
        return next(iter([*units(text, code, "measures"), *acts(text, code)]), "")
    numbers = [each.value for each in figures(text, code) if each.sure]
    if kind == "name":
        return next(iter([*numbers, *units(text, code, "measures")]), "")
    named = [*units(text, code, "measures"), *units(text, code, "times")]
    return next(iter([*numbers, *named, *acts(text, code)]), "")


def _found(text: str, meaning: Mapping[str, str], code: str) -> list[str]:
    return [meaning[word] for word in found_words(text, tuple(meaning), code) if meaning[word]]


@cache
def _lists() -> dict[str, Acts]:
    return load(_FILE, ActsFile, _FILE.name).model.root


@cache
def _meaning(code: str) -> dict[str, str]:
    """Each word of the language with what it means; nothing for a phrase that stands apart."""
    if not listed(code):
        return {}
    known = _lists()[code]
    found = dict.fromkeys(known.apart, "")
    return {**found, **{word: act for act, words in known.acts.items() for word in words}}
