"""Amounts to take in words, the same on the page and in a table."""

from __future__ import annotations

from decimal import Decimal

from plainleaf.taper.exact import text
from plainleaf.taper.model import Form, Kind

WHEN = {
    "morning": "in the morning",
    "noon": "at noon",
    "evening": "in the evening",
    "night": "at night",
}
_PARTS = {
    Decimal("0.25"): "a quarter",
    Decimal("0.5"): "half",
    Decimal("0.75"): "three quarters",
}
_AND = {
    Decimal("0.25"): "a quarter",
    Decimal("0.5"): "a half",
    Decimal("0.75"): "three quarters",
}


def counted(amount: Decimal, form: Form) -> str:
    """ "2 tablets", "half a tablet", "1 and a half tablets", "5 mL"."""
    if form.kind is Kind.LIQUID:
        return f"{text(amount)} mL"
    whole, part = int(amount), amount - int(amount)
    if part and not whole:
        return f"{_PARTS[part]} {'a' if part == Decimal('0.5') else 'of a'} {form.kind}"
    if part:
        return f"{whole} and {_AND[part]} {form.kind}s"
    return f"{whole} {form.kind}{'' if whole == 1 else 's'}"


def amount_words(amount: Decimal, form: Form, unit: str) -> str:
    """ "1 and a half tablets of 10 mg", "half a tablet of 10 mg", or mL of a named liquid."""
    liquid = form.kind is Kind.LIQUID
    of = f"the {form.name or form.id}" if liquid else f"{text(form.strength)} {unit}"
    return f"{counted(amount, form)} of {of}"
