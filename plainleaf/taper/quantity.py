"""Reads doses strictly: one right way to write each, every other refused with that way named.

The habits refused are those known to be misread: ISMP's list of error-prone abbreviations.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from plainleaf.problems import Problem, UsageError

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{0,5}[1-9])?", re.ASCII)
_UNITS = {
    "mg": "mg", "mg.": "mg", "mgs": "mg", "milligram": "mg", "milligrams": "mg",
    "mcg": "micrograms", "ug": "micrograms", "microgram": "micrograms",
    "micrograms": "micrograms", "g": "g", "gram": "g", "grams": "g", "ml": "mL",
}  # fmt: skip
_WORDS = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_LOOSE = re.compile(rf"\s*(.*?)\s*({_WORDS})?\s*((?:/|per|a)?\s*(?:day|daily|d))?\s*", re.I | re.S)


class NotAQuantity(UsageError, ValueError):
    """A dose or number written in a way that can be misread. A ValueError for pydantic, too."""


@dataclass(frozen=True)
class Quantity:
    """A dose as written: "20 mg" or "30 mg/day"."""

    value: Decimal
    unit: str
    per_day: bool


def read_amount(text: str) -> Decimal:
    """A bare number such as "0.5"; NotAQuantity names the right form."""
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    raise NotAQuantity(_refusal(text, text, ""))


def read_dose(text: str, unit: str) -> Quantity:
    """A dose such as "20 mg" or "30 mg/day" in the plan's unit; NotAQuantity names the right form.

    Zero is read; whether a dose may be zero is for the plan to say.
    """
    number, space, rest = text.partition(" ")
    if space and rest in (unit, f"{unit}/day") and _NUMBER.fullmatch(number):
        return Quantity(Decimal(number), unit, rest != unit)
    return _refuse_dose(text, unit)


def _refuse_dose(text: str, unit: str) -> Quantity:
    """Takes the text apart to say what to write instead. Always raises."""
    micro = text.replace("\N{MICRO SIGN}", "u").replace("\N{GREEK SMALL LETTER MU}", "u")
    found = _LOOSE.fullmatch(micro)
    number, written, after = found.groups("") if found else (text, "", "")
    known, day = _UNITS.get(written.lower()), "/day" if after else ""
    written = text[found.start(2) : found.end(2)] if found and known else ""
    if known is not None and known != unit:
        spelled = "" if known == written else f'; write "{known}", never "{written}"'
        raise NotAQuantity(
            Problem(
                f"{_quoted(text)} is in {known}, and this plan counts in {unit}{spelled}",
                hint=f'write the dose in {unit}, such as "10 {unit}"; nothing is converted',
            )
        )
    if not written and _NUMBER.fullmatch(number):
        raise NotAQuantity(
            Problem(
                f"{_quoted(text)} has no unit",
                hint=f'write "{number} {unit}" for one dose, "{number} {unit}/day" for a day',
            )
        )
    raise NotAQuantity(_refusal(text, number if known else "", f" {unit}{day}"))


def _refusal(text: str, number: str, tail: str) -> Problem:
    """The problem for a text, and the right forms its number may have meant."""
    why, rights = _reading(number)
    if tail and _NUMBER.fullmatch(number):
        why, rights = f"a dose is a number, one space and the unit{_micro(tail)}", [number]
    said = " or ".join(f'"{right}{tail}"' for right in rights)
    some = f'"10{tail}" or "0.5{tail}"'
    which = ", whichever is meant" if len(rights) > 1 else ""
    hint = f"write {said}{which}" if said else f"write it like {some}"
    return Problem(f"{_quoted(text)} is refused: {why}", hint=hint)


def _micro(tail: str) -> str:
    return ", in full" if tail.startswith(" micro") else ""


def _reading(number: str) -> tuple[str, list[str]]:
    """Why a number is refused, and how to write what it may mean; none where that is a guess."""
    bare = number.strip()
    plain = "".join(str(unicodedata.decimal(c, c)) for c in bare)
    if any(unicodedata.decomposition(c).startswith("<fraction>") for c in bare) or "/" in bare:
        return "a fraction is written as a decimal", _fraction(bare)
    if plain != bare:
        return "digits are 0 to 9", _sound(plain)
    if bare.startswith(("-", "\N{MINUS SIGN}", "\N{EN DASH}")):
        return "a dose is never negative", []
    if bare.startswith("+"):
        return "no sign is needed", _sound(bare[1:])
    if power := re.fullmatch(r"([1-9])e\+?([0-5])", bare, re.IGNORECASE):
        return "no exponents", [power[1] + "0" * int(power[2])]
    if thousands := re.fullmatch(r"([1-9][0-9]{0,2})([,.\s'_])([0-9]{3})", bare):
        whole = thousands[1] + thousands[3]
        part = f"{thousands[1]}.{thousands[3]}".rstrip("0").rstrip(".")
        if thousands[2] in ",.":
            return "this could be a thousand or a decimal", [whole, part]
        return "no thousand separators", [whole]
    if comma := re.fullmatch(r"([0-9]+),([0-9]{1,2})", bare):
        return "the decimal sign is a point", _sound(
            f"{comma[1]}.{comma[2]}".rstrip("0").rstrip(".")
        )
    if re.fullmatch(r"\.[0-9]+", bare):
        return "a zero stands before the point", _sound(f"0{bare}".rstrip("0"))
    if re.fullmatch(r"[0-9]+\.[0-9]*", bare) and bare.endswith(("0", ".")):
        return "no trailing zeros, which are read as ten times the dose", _sound(
            bare.rstrip("0").rstrip(".")
        )
    if re.fullmatch(r"0+[1-9][0-9]*", bare):
        after = bare.lstrip("0")
        return "no leading zeros", [*_sound(after), *_sound(f"0.{after}")]
    return "not a number written plainly", _sound(bare)


def _sound(number: str) -> list[str]:
    return [number] if _NUMBER.fullmatch(number) else []


def _fraction(bare: str) -> list[str]:
    """Half, quarters and eighths as decimals: "2½" is 2.5. Others have no short decimal."""
    found = re.fullmatch(r"([0-9]*)\s*([½¼¾⅛⅜⅝⅞])", bare)
    if found:
        part = str(unicodedata.numeric(found[2]))[1:]
        return _sound((found[1] or "0") + part)
    return {"1/2": ["0.5"], "1/4": ["0.25"], "3/4": ["0.75"]}.get(bare, [])


def _quoted(text: str) -> str:
    return f'"{text[:40]}"'
