"""Small types take what is written as it should be, and change nothing."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from plainleaf.content import base
from plainleaf.content.base import ByMarket, Proof

NUMBER = TypeAdapter[Decimal](base.Number)
TEXT = TypeAdapter[Any](base.Text)
KINDS: dict[str, TypeAdapter[Any]] = {
    "number": NUMBER,
    "whole": TypeAdapter(base.Whole),
    "yes-no": TypeAdapter(base.YesNo),
    "date": TypeAdapter(base.Date),
    "id": TypeAdapter(base.Id),
    "claim": TypeAdapter(base.ClaimId),
    "plain": TypeAdapter(base.Plain),
    "version": TypeAdapter(base.Version),
    "text": TEXT,
    "numbers": TypeAdapter(base.Numbers),
    "ids": TypeAdapter(base.IdLists),
}


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("number", "0", Decimal("0")),
        ("number", "0.0625", Decimal("0.0625")),
        ("number", "-5", Decimal("-5")),
        ("number", "1162", Decimal("1162")),
        ("number", "10", Decimal("10")),
        ("whole", "7", 7),
        ("whole", "0", 0),
        ("yes-no", "yes", True),
        ("yes-no", "no", False),
        ("date", "2028-02-29", datetime.date(2028, 2, 29)),
        ("id", "a-1-b", "a-1-b"),
        ("claim", "C08", "C08"),
        ("plain", " a ", " a "),
        ("version", "0.50", "0.50"),
        ("version", "1.2.3", "1.2.3"),
        ("text", "Take **5**", "Take **5**"),
        ("numbers", "0.5", Decimal("0.5")),
        ("ids", ["a", "b"], ("a", "b")),
    ],
)
def test_taken_as_written(kind: str, written: Any, value: Any) -> None:
    assert KINDS[kind].validate_python(written) == value


WRONG: dict[str, list[Any]] = {
    "number": [
        "", "010", "22:22", "NO", "0.50", "5.0", "1_000", "1,162", "0,5", "1e3", ".5", "5.", "+5",
        " 5", "5 ", "½", "٥", "５", "0x10", ".inf", "nan", "--5", "1234567890123", 5, 0.5,
    ],
    "whole": ["", "7.0", "7.5", "07", "-7", "1_0", "七", "12345678901", 7.5, None],
    "yes-no": ["", "NO", "No", "true", "off", "1", "y", 1, None],
    "date": ["", "2026-02-30", "2026-2-3", "20260203", "2026-02-03T00:00", "today", None],
    "id": ["", "A", "a_b", "-a", "a-", "a--b", "a b", "a/b", "..", "é", "a\n"],
    "claim": ["", "c08", "C8", "C0800", "08"],
    "plain": ["", " ", "\n", None, ["a"]],
    "version": ["", "1", "1.", "v1.0", "1.0.0.0", "1.0\n"],
    "text": ["", "_italic_", "**open", "[a](javascript:b)", None, ["a"], {}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "written"), [(kind, each) for kind, all_ in WRONG.items() for each in all_]
)
def test_refused(kind: str, written: Any) -> None:
    with pytest.raises(ValidationError):
        KINDS[kind].validate_python(written)


@given(st.text(max_size=12) | st.from_regex(r"[0-9_.,:eE+-]{1,12}", fullmatch=True))
def test_a_number_is_refused_or_kept(written: str) -> None:
    try:
        value = NUMBER.validate_python(written)
    except ValidationError:
        return
    assert f"{value:f}" == written


def test_a_country_may_have_its_own() -> None:
    both = TEXT.validate_python({"uk": "tablets", "us": "pills"})
    assert isinstance(both, ByMarket)
    assert (both.uk, both.us) == ("tablets", "pills")


@pytest.mark.parametrize(
    "written",
    [{"uk": "tablets"}, {"us": "pills"}, {"uk": "tablets", "us": ""}, {"uk": "a", "fr": "b"}],
)
def test_no_country_is_left_blank(written: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        TEXT.validate_python(written)


def test_what_is_known_from_memory_is_never_printed() -> None:
    assert {str(level): level.printable for level in Proof} == {
        "V": True, "V2": True, "D": True, "M-high": False, "M-med": False,
    }  # fmt: skip
