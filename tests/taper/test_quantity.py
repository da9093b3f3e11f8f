"""Doses are read strictly: one right form each, every other refused with that form named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainleaf.problems import ExitCode, UsageError
from plainleaf.taper.exact import text
from plainleaf.taper.quantity import NotAQuantity, Quantity, read_amount, read_dose


@pytest.mark.parametrize(
    ("written", "value", "per_day"),
    [
        ("20 mg", "20", False),
        ("30 mg/day", "30", True),
        ("0.5 mg", "0.5", False),
        ("19.5 mg/day", "19.5", True),
        ("1000 mg", "1000", False),
        ("0 mg", "0", False),
        ("0.125 mg", "0.125", False),
    ],
)
def test_the_right_form_is_read(written: str, value: str, per_day: bool) -> None:
    assert read_dose(written, "mg") == Quantity(Decimal(value), "mg", per_day)


REFUSED = [
    ("10mg", ['"10 mg"']),
    ("10  mg", ['"10 mg"']),
    (" 10 mg", ['"10 mg"']),
    ("10 mg\n", ['"10 mg"']),
    ("10\N{NO-BREAK SPACE}mg", ['"10 mg"']),
    ("10 MG", ['"10 mg"']),
    ("10 Mg", ['"10 mg"']),
    ("10 milligrams", ['"10 mg"']),
    ("10 mgs", ['"10 mg"']),
    ("10 mg daily", ['"10 mg/day"']),
    ("10 mg / day", ['"10 mg/day"']),
    ("10 mg per day", ['"10 mg/day"']),
    ("10 mg a day", ['"10 mg/day"']),
    ("10mg/d", ['"10 mg/day"']),
    ("10", ['"10 mg"', '"10 mg/day"']),
    ("½ mg", ['"0.5 mg"']),
    ("2½ mg", ['"2.5 mg"']),
    ("1 ¼ mg/day", ['"1.25 mg/day"']),
    ("1/2 mg", ['"0.5 mg"']),
    ("⅓ mg", ['like "10 mg"']),
    ("10,5 mg", ['"10.5 mg"']),
    ("10,50 mg", ['"10.5 mg"']),
    ("1,000 mg", ['"1000 mg" or "1 mg"', "thousand or a decimal"]),
    ("1.000 mg", ['"1000 mg" or "1 mg"', "thousand or a decimal"]),
    ("1,500 mg", ['"1500 mg" or "1.5 mg"']),
    ("1 000 mg", ['"1000 mg"', "thousand separators"]),
    ("1'000 mg", ['"1000 mg"']),
    ("1_000 mg", ['"1000 mg"']),
    ("1\N{NARROW NO-BREAK SPACE}000 mg", ['"1000 mg"']),
    ("10.0 mg", ['"10 mg"', "trailing zeros"]),
    ("2.50 mg", ['"2.5 mg"', "trailing zeros"]),
    ("5. mg", ['"5 mg"']),
    (".5 mg", ['"0.5 mg"', "zero stands before"]),
    ("05 mg", ['"5 mg" or "0.5 mg"', "leading zeros"]),
    ("-5 mg", ["never negative"]),
    ("\N{MINUS SIGN}5 mg", ["never negative"]),
    ("+5 mg", ['"5 mg"']),
    ("1e3 mg", ['"1000 mg"', "exponents"]),
    ("5e-1 mg", ['like "10 mg"']),
    ("NaN mg", ['like "10 mg"']),
    ("nan", ['like "10 mg"']),
    ("inf mg", ['like "10 mg"']),
    ("\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT ZERO} mg", ['"10 mg"', "0 to 9"]),
    ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT ZERO} mg", ['"10 mg"']),
    ("10\N{SUPERSCRIPT TWO} mg", ['like "10 mg"']),
    ("\N{CIRCLED DIGIT ONE} mg", ['like "10 mg"']),
    ("10 mcg", ["micrograms", "in mg"]),
    ("10 \N{MICRO SIGN}g", ["micrograms", "in mg"]),
    ("10 \N{GREEK SMALL LETTER MU}g", ["micrograms", "in mg"]),
    ("10 ug", ["micrograms", "in mg"]),
    ("10 micrograms", ["micrograms", "in mg"]),
    ("1 g", ["in mg"]),
    ("10 mL", ["in mg"]),
    ("1234567 mg", ['like "10 mg"']),
    ("ten mg", ['like "10 mg"']),
    ("10-20 mg", ['like "10 mg"']),
    ("10 mg mg", ['like "10 mg"']),
    ("10 mg/week", ['like "10 mg"']),
    ("mg", ['like "10 mg"']),
    ("", ['like "10 mg"']),
]


@pytest.mark.parametrize(("written", "named"), REFUSED, ids=[ascii(row[0]) for row in REFUSED])
def test_every_other_form_is_refused_and_the_right_one_named(
    written: str, named: list[str]
) -> None:
    with pytest.raises(NotAQuantity) as refusal:
        read_dose(written, "mg")
    (problem,) = refusal.value.problems
    said = f"{problem.message} {problem.hint}"
    assert [words for words in named if words not in said] == [], said
    assert refusal.value.exit_code is ExitCode.USAGE
    assert isinstance(refusal.value, UsageError)
    assert isinstance(refusal.value, ValueError)


@pytest.mark.parametrize(
    "written", ["10 mcg", "10mcg", "10 \N{MICRO SIGN}g", "10 ug", "10 microgram"]
)
def test_micrograms_are_spelled_out(written: str) -> None:
    with pytest.raises(NotAQuantity, match='"10 micrograms"'):
        read_dose(written, "micrograms")
    assert read_dose("10 micrograms", "micrograms").value == 10


@pytest.mark.parametrize(
    "written",
    ["0.50", "1e1", "½", ".5", "5.", "-1", "1,5", "1 000", "NaN", "\N{ARABIC-INDIC DIGIT FIVE}"],
)
def test_a_bare_number_is_read_as_strictly(written: str) -> None:
    with pytest.raises(NotAQuantity):
        read_amount(written)
    assert read_amount("0.5") == Decimal("0.5")


@settings(max_examples=500)
@given(st.text(max_size=12))
def test_whatever_is_read_is_what_was_written(written: str) -> None:
    for read in (written, f"{written} mg", f"{written} mg/day"):
        try:
            quantity = read_dose(read, "mg")
        except NotAQuantity:
            continue
        assert read == f"{text(quantity.value)} mg" + ("/day" if quantity.per_day else "")


@settings(max_examples=500)
@given(st.decimals(min_value=0, max_value=99999, places=3))
def test_every_exact_number_can_be_written_and_read_back(value: Decimal) -> None:
    assert read_dose(f"{text(value)} mg", "mg").value == value
