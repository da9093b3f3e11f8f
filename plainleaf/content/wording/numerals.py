"""Numbers as people write them: digits of any script, Chinese numerals, tens with ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache

_ONES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_NUMERAL = "[零〇一二两三四五六七八九十百千万]"
_FRACTION = re.compile(f"({_NUMERAL}+)分之({_NUMERAL}+)")
_WHOLE = re.compile(f"({_NUMERAL}+)(?:点({_NUMERAL}+))?|半")


def decimal_of(written: str, code: str) -> str:
    """The number a run of digits means, with a point and no group signs: "1,162" is "1162".

    What cannot be a number stays as it is, and so does a zero at its end.
    """
    if len(written) == 1 and not written.isdecimal():
        sign = unicodedata.numeric(written, None)
        return written if sign is None else str(sign).removesuffix(".0")
    digits = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in written
        if char not in "\u00a0\u202f"
    )
    point = _point(code)
    group = "," if point == "." else "."
    digits = digits.replace("٬", group).replace("٫", point)
    if re.fullmatch(rf"[0-9]{{1,3}}(?:\{group}[0-9]{{3}})+(?:\{point}[0-9]+)?", digits):
        digits = digits.replace(group, "")
    digits = digits.replace(point, ".") if digits.count(point) == 1 else digits
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return digits
    return digits if "." in digits and digits.endswith("0") else format(value.normalize(), "f")


@cache
def _point(code: str) -> str:
    from babel import Locale

    from plainleaf.content.wording.language import language

    return str(Locale.parse(language(code).locale).number_symbols["latn"]["decimal"])


def joined(first: str, second: str, units_first: bool) -> str | None:
    """Two figures that stand together as one: 20 and 5, 100 and 25. None where they are two."""
    if not (first.isdecimal() and second.isdecimal()):
        return None
    one, other = int(first), int(second)
    tens, ones = (other, one) if units_first and one < 10 else (one, other)
    if tens % 10 == 0 and tens % 100 >= 20 and 0 < ones < 10:
        return str(tens + ones)
    if one in range(100, 1000, 100) and 0 < other < 100:
        return str(one + other)
    if units_first and one > 100 and 0 < one % 100 < 10 and other in range(20, 100, 10):
        return str(one + other)
    if 1 < one < 10 and other in (100, 1000):
        return str(one * other)
    return None


def chinese(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """Each number in Chinese numerals: its value, where it begins and ends, and whether it surely
    is one: 一 alone may be an article."""
    for match in _FRACTION.finditer(text):
        below, above = _value(match[1]), _value(match[2])
        if below == 100:
            yield str(above), match.start(), match.end(), True
        else:
            part = Decimal(above) / Decimal(below) if below else Decimal(0)
            exact = part * below == above and len(part.as_tuple().digits) < 6
            value = str(part.normalize()) if exact else f"{above}/{below}"
            yield value, match.start(), match.end(), True
    rest = _FRACTION.sub(lambda match: " " * len(match[0]), text)
    for match in _WHOLE.finditer(rest):
        if match[0] == "半":
            yield "0.5", match.start(), match.end(), True
        elif match[2]:
            after = "".join(str(_ONES.get(sign, "")) for sign in match[2])
            yield f"{_value(match[1])}.{after}", match.start(), match.end(), True
        else:
            yield str(_value(match[1])), match.start(), match.end(), match[0] != "一"


def _value(signs: str) -> int:
    """二十五 is 25, 一百零五 is 105, 二五 is 25."""
    if not any(sign in _TENS for sign in signs):
        return int("".join(str(_ONES[sign]) for sign in signs))
    total = part = 0
    ones: int | None = None
    for sign in signs:
        if sign in _ONES:
            ones = _ONES[sign]
        elif sign == "万":
            total, part, ones = (total + part + (ones or 0)) * 10_000, 0, None
        else:
            part += (1 if ones is None else ones) * _TENS[sign]
            ones = None
    return total + part + (ones or 0)
