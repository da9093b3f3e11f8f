"""Exact numbers for the planner: fractions inside, decimals outside, nothing rounded in silence."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def text(number: Decimal | Fraction) -> str:
    """The number in plain digits: no exponent, no trailing zeros. ValueError if it has no end."""
    digits = f"{number if isinstance(number, Decimal) else to_decimal(number):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def to_decimal(number: Fraction) -> Decimal:
    """The same number as a decimal; ValueError for one without an end, such as a third."""
    rest, places = number.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    if rest != 1:
        raise ValueError(f"{number} has no exact decimal")
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return Decimal(("-" if number < 0 else "") + whole + ("." + part if part else ""))


def shown(number: Fraction) -> str:
    """The number for a message: exact where it can be, else "about" and four places."""
    try:
        return text(number)
    except ValueError:
        return "about " + text(to_decimal(Fraction(round(number * 10_000), 10_000)))
