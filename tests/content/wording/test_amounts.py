"""Amounts in every language: exact digits, its own order, and the right plural form."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Literal, get_args

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.content.facts import FIELDS, Fact, Unit, quantity, short_unit
from plainleaf.content.load import load_handout
from plainleaf.content.wording import amounts
from plainleaf.content.wording.language import language, languages
from plainleaf.content.wording.numerals import decimal_of
from plainleaf.content.wording.plural import forms
from plainleaf.taper.model import Form, Kind
from plainleaf.taper.words import amount_words

ROOT = Path(__file__).parents[3]
HANDOUTS = sorted((ROOT / "handouts").glob("*/handout.yaml"))
CATEGORIES = ("zero", "one", "two", "few", "many", "other")


def said(text: str) -> str:
    return text.replace("\u00a0", " ")


def fact(unit: str, **fields: str) -> Fact:
    return Fact.model_validate({"what": "x", "unit": unit, "level": "D", **fields})


@pytest.mark.parametrize("path", HANDOUTS, ids=lambda path: path.parent.name)
def test_english_is_what_facts_print(path: Path) -> None:
    facts = load_handout(path).model.facts
    for each in facts.values():
        for field in ("", *FIELDS, "what"):
            try:
                expected = each.phrase(field)
            except KeyError:
                with pytest.raises(KeyError):
                    amounts.phrase(each, field, "en")
            else:
                assert amounts.phrase(each, field, "en") == expected


@pytest.mark.parametrize("unit", get_args(Unit))
def test_english_units_are_those_of_facts(unit: str) -> None:
    for amount in map(Decimal, ("0", "0.0625", "0.5", "1", "2", "7.1", "1162", "1000000")):
        assert amounts.quantity(amount, unit, "en") == quantity(amount, unit)
    assert amounts.short_unit(unit, "en") == short_unit(unit)


@pytest.mark.parametrize("kind", ["tablet", "capsule"])
def test_english_pieces_are_those_of_a_plan(kind: Literal["tablet", "capsule"]) -> None:
    form = Form("x", Kind(kind), Decimal(10), Decimal("0.25"))
    for quarters in range(1, 40) if kind == "tablet" else range(4, 40, 4):
        amount = Decimal(quarters) / 4
        assert amounts.pieces(amount, kind, "en", "10 mg") == amount_words(amount, form, "mg")
    assert amounts.pieces(Decimal("1.5"), "tablet", "en") == "1 and a half"
    assert amounts.counted(Decimal("10.5"), kind, "en") == f"10.5 {kind}s"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("es", ["0 semanas", "0.5 semanas", "1 semana", "2 semanas", "5 semanas", "22 semanas"]),
        (
            "pl",
            ["0 tygodni", "0,5 tygodnia", "1 tydzień", "2 tygodnie", "5 tygodni", "22 tygodnie"],
        ),
        ("ar", ["0 أسبوع", "0.5 أسبوع", "أسبوع واحد", "أسبوعان", "5 أسابيع", "22 أسبوعًا"]),
        ("zh", ["0 周", "0.5 周", "1 周", "2 周", "5 周", "22 周"]),
        ("hi", ["0 हफ़्ता", "0.5 हफ़्ता", "1 हफ़्ता", "2 हफ़्ते", "5 हफ़्ते", "22 हफ़्ते"]),
        ("ur", ["0 ہفتے", "0.5 ہفتے", "1 ہفتہ", "2 ہفتے", "5 ہفتے", "22 ہفتے"]),
    ],
)
def test_weeks_in_each_form(code: str, expected: list[str]) -> None:
    given = map(Decimal, ("0", "0.5", "1", "2", "5", "22"))
    assert [said(amounts.quantity(amount, "weeks", code)) for amount in given] == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("es", ["media tableta", "1 tableta", "2 tabletas", "2 tabletas y media de 10 mg"]),
        ("pl", ["pół tabletki", "1 tabletka", "2 tabletki", "2 i pół tabletki po 10 mg"]),
        ("ar", ["نصف قرص", "قرص واحد", "قرصان", "قرصان ونصف من عيار 10 mg"]),
        ("zh", ["半片", "1 片", "2 片", "2 片半（规格 10 mg）"]),
        ("hi", ["आधी गोली", "1 गोली", "2 गोलियाँ", "10 mg की 2 और आधी गोली"]),
        ("ur", ["آدھی گولی", "1 گولی", "2 گولیاں", "10 mg کی 2 اور آدھی گولی"]),
    ],
)
def test_tablets(code: str, expected: list[str]) -> None:
    found = [amounts.pieces(Decimal(each), "tablet", code) for each in ("0.5", "1", "2")]
    found.append(amounts.pieces(Decimal("2.5"), "tablet", code, "10 mg"))
    assert [said(each) for each in found] == expected


def test_polish_tablets_from_zero_to_a_hundred() -> None:
    few = [*range(2, 5), *(tens + ones for tens in range(20, 101, 10) for ones in (2, 3, 4))]
    for count in range(101):
        noun = "tabletka" if count == 1 else "tabletki" if count in few else "tabletek"
        assert amounts.pieces(Decimal(count), "tablet", "pl") == f"{count} {noun}"


def test_arabic_tablets_in_all_six_forms() -> None:
    given = {
        0: "0 قرص", 1: "قرص واحد", 2: "قرصان", 3: "3 أقراص", 10: "10 أقراص",
        11: "11 قرصًا", 99: "99 قرصًا", 100: "100 قرص", 103: "103 أقراص",
    }  # fmt: skip
    for count, expected in given.items():
        assert amounts.pieces(Decimal(count), "tablet", "ar") == expected


@pytest.mark.parametrize(
    ("code", "ranged", "compared"),
    [
        ("en", "10 to 63 in 100", "386 against 356 minutes"),
        ("es", "10 a 63 de cada 100", "386 frente a 356 minutos"),
        ("pl", "10 do 63 na 100", "386 wobec 356 minut"),
        ("ar", "10 إلى 63 من كل 100", "386 مقابل 356 دقيقة"),
        ("zh", "每 100 人中 10 至 63 人", "386 对 356 分钟"),
        ("hi", "100 में से 10 से 63", "356 के मुकाबले 386 मिनट"),
        ("ur", "100 میں سے 10 سے 63", "356 کے مقابلے میں 386 منٹ"),
    ],
)
def test_a_range_and_a_comparison_are_one_phrase(code: str, ranged: str, compared: str) -> None:
    assert said(amounts.phrase(fact("in-100", low="10", high="63"), "", code)) == ranged
    pair = fact("minutes", value="386", versus="356", versus_what="nothing")
    assert said(amounts.phrase(pair, "", code)) == compared
    assert said(amounts.phrase(pair, "number", code)) == "386"


@pytest.mark.parametrize("code", languages())
@given(
    amount=st.decimals("0", "99999", places=4, allow_nan=False).map(
        lambda each: Decimal(format(each.normalize(), "f"))
    )
)
def test_the_digits_that_go_in_come_out(code: str, amount: Decimal) -> None:
    text = amounts.number(amount, code)
    assert decimal_of(text, code) == format(amount, "f")
    if amount not in (1, 2):  # Arabic says these in words
        for unit in get_args(Unit):
            assert text in amounts.quantity(amount, unit, code)


@pytest.mark.parametrize("code", languages())
def test_no_zero_is_lost(code: str) -> None:
    point = "," if code == "pl" else "."
    assert amounts.number(Decimal("0.0625"), code) == f"0{point}0625"
    assert said(amounts.quantity(Decimal("0.0625"), "mg", code)) == f"0{point}0625 mg"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "15,942"), ("es", "15\u00a0942"), ("pl", "15\u00a0942"), ("ar", "15,942"),
        ("zh", "15,942"), ("hi", "15,942"), ("ur", "15,942"),
    ],
)  # fmt: skip
def test_long_numbers(code: str, expected: str) -> None:
    assert amounts.number(Decimal(15942), code) == expected
    short = "1162" if code in ("es", "pl") else "1,162"
    assert amounts.number(Decimal(1162), code) == short


@pytest.mark.parametrize("code", languages())
def test_every_unit_has_every_form(code: str) -> None:
    how = language(code).amounts
    known = Locale.parse(language(code).locale).plural_form
    assert set(get_args(Unit)) | {"ml"} <= set(how.units)
    tables = [*how.units.values(), *how.joined.values(), how.tablet.whole, how.capsule.whole]
    for table in tables:
        assert "other" in table
        assert set(table) <= {*known.tags, "other"}
        for category, pattern in table.items():
            assert "{n}" in pattern or category in ("one", "two"), pattern
            assert set(re.findall(r"\{\w+\}", pattern)) <= {"{n}"}
    for pattern, names in (
        (how.range, ["{low}", "{high}"]),
        (how.against, ["{value}", "{versus}"]),
        (how.strength, ["{pieces}", "{strength}"]),
    ):
        assert sorted(re.findall(r"\{\w+\}", pattern)) == sorted(names)
    for table in how.joined.values() if how.joined else how.units.values():
        assert all("{n}" in pattern for pattern in table.values())
    for part in ("0.25", "0.5", "0.75"):
        assert how.tablet.part[part] and how.tablet.both[part] and how.tablet.short[part]


@pytest.mark.parametrize("code", languages())
def test_the_plural_header_is_that_of_cldr(code: str) -> None:
    count, form = forms(language(code).plural)
    rule = Locale.parse(language(code).locale).plural_form
    met = {rule(number) for number in range(1001)}
    order = [category for category in CATEGORIES if category in met]
    assert count == len(order)
    assert all(order[form(number)] == rule(number) for number in range(1001))


def test_a_piece_that_no_tablet_has() -> None:
    with pytest.raises(KeyError):
        amounts.pieces(Decimal("0.3"), "tablet", "es")


def test_what_a_fact_has_not_it_does_not_say() -> None:
    for field in ("versus", "people", "dose", "what", "low"):
        with pytest.raises(KeyError):
            amounts.phrase(fact("mg", value="5"), field, "pl")
