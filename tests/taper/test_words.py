"""Amounts are said in one way, on the page and in the table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plainleaf.taper.words import amount_words, counted

from .given import FORMS


@pytest.mark.parametrize(
    ("form", "amount", "said", "whole"),
    [
        ("t10q", "1", "1 tablet", "1 tablet of 10 mg"),
        ("t10q", "2", "2 tablets", "2 tablets of 10 mg"),
        ("t10q", "0.25", "a quarter of a tablet", "a quarter of a tablet of 10 mg"),
        ("t10q", "0.5", "half a tablet", "half a tablet of 10 mg"),
        ("t10q", "0.75", "three quarters of a tablet", "three quarters of a tablet of 10 mg"),
        ("t10q", "1.25", "1 and a quarter tablets", "1 and a quarter tablets of 10 mg"),
        ("t10q", "1.5", "1 and a half tablets", "1 and a half tablets of 10 mg"),
        (
            "t10q",
            "12.75",
            "12 and three quarters tablets",
            "12 and three quarters tablets of 10 mg",
        ),
        ("t05", "2", "2 tablets", "2 tablets of 0.5 mg"),
        ("c20", "3", "3 capsules", "3 capsules of 20 mg"),
        ("l1", "2.50", "2.5 mL", "2.5 mL of the 5 mg/5 mL liquid"),
        ("l20", "1", "1 mL", "1 mL of the liquid-20mg-per-ml"),
    ],
)
def test_an_amount_in_words(form: str, amount: str, said: str, whole: str) -> None:
    assert counted(Decimal(amount), FORMS[form]) == said
    assert amount_words(Decimal(amount), FORMS[form], "mg") == whole
