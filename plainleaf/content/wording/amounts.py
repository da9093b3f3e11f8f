"""Numbers with their units in each language: exact, in its own order, digits and plural forms."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from plainleaf.content.wording.language import Forms, language

if TYPE_CHECKING:
    from plainleaf.content.facts import Fact

GAP = "\u00a0"


def number(amount: Decimal | None, code: str) -> str:
    """The exact number as the language writes it: no rounding. KeyError where there is none."""
    if amount is None:
        raise KeyError("the fact has no such number")
    from babel.numbers import format_decimal

    how, locale = language(code).amounts, _locale(code)
    grouped = len(str(abs(int(amount)))) >= how.group_from
    text = format_decimal(
        amount,
        locale=locale,
        decimal_quantization=False,
        group_separator=grouped,
        numbering_system=how.digits,
    )
    if grouped and how.group is not None:
        own = locale.number_symbols[how.digits]["group"]
        text = text.replace(own, how.group.replace("~", GAP))
    return str(text)


def quantity(amount: Decimal | None, unit: str, code: str) -> str:
    """A number with its unit: 5 mg, 1 week. KeyError where there is no number or no such unit."""
    return _put(language(code).amounts.units[unit], amount, code)


def short_unit(unit: str, code: str, amount: Decimal | None = None) -> str:
    """The unit alone, as a label beside an amount has room for it: min, in 100."""
    how = language(code).amounts
    forms = how.units[unit]
    form = forms["other"] if amount is None else _form(forms, amount, code)
    words = how.short.get(unit) or form.replace("{n}", "").strip(" ~")
    return words.replace("~", " ")


def phrase(fact: Fact, field: str, code: str) -> str:
    """The words for `{fact-id}` or `{fact-id.field}`. KeyError where there is no such field."""
    if not field:
        how = language(code).amounts
        if fact.versus is not None:
            return _joined(how.against, (fact.value, fact.versus), fact.unit, code)
        if fact.low is not None and fact.high is not None:
            return _joined(how.range, (fact.low, fact.high), fact.unit, code)
        return quantity(fact.value, fact.unit, code)
    if field == "number" and fact.value is not None:
        return number(fact.value, code)
    if field in ("value", "versus", "difference", "low", "high"):
        return quantity(getattr(fact, field), fact.unit, code)
    if field == "people" and fact.people is not None:
        return number(Decimal(fact.people), code)
    if field == "dose" and fact.dose is not None:
        return quantity(fact.dose, fact.dose_unit, code)
    raise KeyError(field)


def pieces(
    amount: Decimal, kind: Literal["tablet", "capsule"], code: str, strength: str = ""
) -> str:
    """So many tablets or capsules: "half a tablet of 10 mg"; without strength "1 and a half".

    KeyError where a piece is none of a quarter, a half or three quarters.
    """
    how = language(code).amounts
    forms = getattr(how, kind)
    whole, part = int(amount), amount - int(amount)
    words = _put(forms.whole, Decimal(whole), code)
    if part and not whole:
        words = forms.part[str(part.normalize())]
    elif part:
        pattern = (forms.both if strength else forms.short)[str(part.normalize())]
        words = pattern.replace("{whole}", words).replace("{n}", number(Decimal(whole), code))
    words = words.replace("~", GAP)
    return (
        how.strength.replace("{pieces}", words).replace("{strength}", strength)
        if strength
        else words
    )


def counted(amount: Decimal, kind: Literal["tablet", "capsule"], code: str) -> str:
    """So many tablets or capsules, in figures: 10.5 tablets."""
    return _put(getattr(language(code).amounts, kind).whole, amount, code)


@cache
def _locale(code: str) -> Any:
    from babel import Locale

    return Locale.parse(language(code).locale)


def _form(forms: Forms, amount: Decimal, code: str) -> str:
    """The pattern for an amount; the commonest where the language's list has no form of its own."""
    category = _locale(code).plural_form(amount)
    return forms.get(category) or forms["other"]


def _put(forms: Forms, amount: Decimal | None, code: str) -> str:
    if amount is None:
        raise KeyError("the fact has no such number")
    return _form(forms, amount, code).replace("~", GAP).replace("{n}", number(amount, code))


def _joined(pattern: str, ends: tuple[Decimal | None, Decimal | None], unit: str, code: str) -> str:
    """A range or a comparison as one phrase, with its unit once, round both numbers."""
    how = language(code).amounts
    names = ("{low}", "{high}") if "{low}" in pattern else ("{value}", "{versus}")
    words = pattern.replace("~", GAP)
    for name, end in zip(names, ends, strict=True):
        words = words.replace(name, number(end, code))
    last = ends[pattern.index(names[0]) < pattern.index(names[1])]
    assert last is not None
    outer = _form(how.joined.get(unit) or how.units[unit], last, code)
    return outer.replace("~", GAP).replace("{n}", words)
