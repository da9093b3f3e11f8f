"""The digits that go into a fact are the digits that are printed."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from plainleaf.content.base import Number
from plainleaf.content.facts import Fact, Source, long_date, number, quantity

NUMBERS = TypeAdapter[Decimal](Number)
GAP = "\u00a0"


def fact(unit: str = "minutes", **fields: Any) -> Fact:
    return Fact.model_validate({"what": "something", "unit": unit, "level": "D", **fields})


@pytest.mark.parametrize(
    ("unit", "value", "printed"),
    [
        ("count", "1162", "1,162"),
        ("count", "0", "0"),
        ("mg", "5", "5 mg"),
        ("mg", "0.0625", "0.0625 mg"),
        ("mg", "7.1", "7.1 mg"),
        ("mg-per-day", "80", "80 mg a day"),
        ("mg-in-5-ml", "25", "25 mg in 5 mL"),
        ("minutes", "1", "1 minute"),
        ("minutes", "20.4", "20.4 minutes"),
        ("hours", "1", "1 hour"),
        ("hours", "0.5", "0.5 hours"),
        ("days", "1", "1 day"),
        ("days", "2", "2 days"),
        ("weeks", "1", "1 week"),
        ("weeks", "0", "0 weeks"),
        ("months", "3", "3 months"),
        ("in-100", "63", "63 in 100"),
        ("percent", "5", "5 per cent"),
        ("count", "1000000", "1,000,000"),
        ("count", "999", "999"),
    ],
)
def test_a_value_with_its_unit(unit: str, value: str, printed: str) -> None:
    assert fact(unit, value=value).phrase() == printed.replace(" ", GAP)


def test_a_range() -> None:
    ranged = fact("weeks", low="1", high="2")
    assert ranged.phrase() == f"1 to 2{GAP}weeks"
    assert (ranged.phrase("low"), ranged.phrase("high")) == (f"1{GAP}week", f"2{GAP}weeks")
    assert fact("count", low="1162", high="1683").phrase() == "1,162 to 1,683"


def test_a_comparison_and_its_difference() -> None:
    pair = fact(value="386", versus="356", versus_what="dummy pill", people="1162", dose="25")
    assert pair.phrase() == f"386 against 356{GAP}minutes"
    assert pair.phrase("value") == f"386{GAP}minutes"
    assert pair.phrase("versus") == f"356{GAP}minutes"
    assert pair.phrase("difference") == f"30{GAP}minutes"
    assert pair.phrase("number") == "386"
    assert pair.phrase("people") == "1,162"
    assert pair.phrase("dose") == f"25{GAP}mg"


def test_a_difference_is_exact() -> None:
    pair = fact(value="7.1", versus="6.9", versus_what="dummy pill")
    assert pair.difference == Decimal("0.2")
    assert pair.phrase("difference") == f"0.2{GAP}minutes"
    assert fact(value="7").difference is None


def test_a_dose_may_be_a_days() -> None:
    assert fact(value="7", dose="60", dose_unit="mg-per-day").phrase("dose") == (
        "60 mg a day".replace(" ", GAP)
    )


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"value": "5"}, "versus"),
        ({"value": "5"}, "difference"),
        ({"value": "5"}, "people"),
        ({"value": "5"}, "dose"),
        ({"value": "5"}, "low"),
        ({"low": "1", "high": "2"}, "value"),
        ({"low": "1", "high": "2"}, "number"),
        ({"value": "5"}, "what"),
    ],
)
def test_what_a_fact_has_not_it_does_not_say(fields: dict[str, str], asked: str) -> None:
    with pytest.raises(KeyError):
        fact(**fields).phrase(asked)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"value": "5", "low": "1", "high": "2"},
        {"low": "1"},
        {"high": "1"},
        {"low": "2", "high": "2"},
        {"low": "10", "high": "9"},
        {"value": "5", "versus": "4"},
        {"low": "1", "high": "2", "versus": "1", "versus_what": "dummy pill"},
    ],
)
def test_a_fact_has_one_form(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        fact(**fields)


WRITTEN = st.from_regex(r"(0|[1-9][0-9]{0,5})(\.[0-9]{0,4}[1-9])?", fullmatch=True)


@given(WRITTEN, st.sampled_from(["count", "mg", "minutes", "in-100", "mg-in-5-ml"]))
def test_the_digits_that_go_in_come_out(written: str, unit: str) -> None:
    phrase = fact(unit, value=written).phrase()
    printed = phrase.split(GAP)[0]
    assert printed.replace(",", "") == written
    whole = printed.split(".")[0]
    assert all(len(part) == 3 for part in whole.split(",")[1:])
    assert NUMBERS.validate_python(written) == Decimal(written)


@given(WRITTEN, WRITTEN)
def test_the_digits_of_a_range_come_out(one: str, other: str) -> None:
    low, high = sorted((one, other), key=Decimal)
    if Decimal(low) == Decimal(high):
        with pytest.raises(ValidationError):
            fact(low=low, high=high)
    else:
        phrase = fact(low=low, high=high).phrase().split(GAP)[0]
        assert phrase.replace(",", "") == f"{low} to {high}"


@pytest.mark.parametrize("amount", ["0.00000001", "0.5", "12345.678"])
def test_no_number_is_rounded_or_given_an_exponent(amount: str) -> None:
    assert number(Decimal(amount)).replace(",", "") == amount
    assert quantity(Decimal(amount), "count").replace(",", "") == amount


def test_a_date_is_written_out() -> None:
    assert long_date(datetime.date(2026, 11, 2)) == "2 November 2026"


def source(**fields: Any) -> Source:
    return Source.model_validate({"read": "primary", "extent": "summary", **fields})


def test_a_source_is_cited_in_vancouver_style() -> None:
    cited = source(
        authors="Raad S, Jones K", title="Sleep.", where="Sleep Med", year="2020", pages="7:1–3"
    )
    assert cited.citation == "Raad S, Jones K. Sleep. Sleep Med 2020;7:1–3."
    assert source(title="Sleep", where="NHS", pages="CD1").citation == "Sleep. NHS. CD1."
    assert source(title="Sleep", pages="CD1").citation == "Sleep."


def test_after_three_authors_come_the_others() -> None:
    five = source(authors="A, B, C, D, E", title="T")
    assert five.citation == "A, B, C, et al. T."
    assert source(authors="A, B, C, D", title="T").citation == "A, B, C, D. T."


def test_what_was_not_seen_is_not_cited() -> None:
    recalled = source(authors="Orr W", title="T", where="J", year="2012", recalled=["authors"])
    assert recalled.citation == "T. J 2012."


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"pmid": "1", "doi": "10.1000/a"}, ("https://pubmed.ncbi.nlm.nih.gov/1/", "PMID 1")),
        ({"doi": "10.1000/a", "pmc": "PMC2"}, ("https://doi.org/10.1000/a", "doi:10.1000/a")),
        ({"pmc": "PMC2"}, ("https://pmc.ncbi.nlm.nih.gov/articles/PMC2/", "PMC2")),
        ({"url": "https://a.org"}, ("https://a.org", "https://a.org")),
        ({}, None),
    ],
)
def test_a_source_leads_to_where_it_can_be_read(
    fields: dict[str, str], link: tuple[str, str] | None
) -> None:
    assert source(**fields).link == link


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "http://a.org"},
        {"url": "javascript:x()"},
        {"doi": "doi:10.1/a"},
        {"pmid": "PMID 1"},
        {"pmc": "2"},
    ],
)
def test_an_identifier_is_written_as_it_should_be(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        source(**fields)
