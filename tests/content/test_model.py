"""The model of a handout: frozen, strict, the same for one country or for all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from plainleaf.content.base import Base, ByMarket
from plainleaf.content.load import load_handout
from plainleaf.content.model import Handout, Markets, Review, for_market
from plainleaf.content.yaml import parse
from tests.hostile.given import GOOD, spoilt

ROOT = Path(__file__).parents[2]
EACH = (
    ("title: Sleeping better", "title: {uk: Sleeping better, us: Sleeping well}"),
    ("smallest: 0.5", "smallest: {uk: 0.5, us: 1}"),
    ("forms: [tablet-10mg]", "forms: {uk: [tablet-10mg], us: []}"),
    ("    fit: A fit (seizure)", "    fit: {uk: A fit, us: A seizure}"),
)


def read(text: str) -> Any:
    return parse(text.encode(), "good.yaml").plain()


def walk(value: Any) -> list[Any]:
    """The value and everything in it."""
    found = [value]
    if isinstance(value, BaseModel):
        inner = [getattr(value, name) for name in type(value).model_fields]
    elif isinstance(value, dict):
        inner = list(value.values())
    else:
        inner = list(value) if isinstance(value, tuple) else []
    for each in inner:
        found += walk(each)
    return found


def test_the_good_handout_is_good() -> None:
    handout = Handout.model_validate(read(GOOD))
    assert handout.facts["study-people"].phrase() == "1,162"
    assert handout.review == Review()


@pytest.mark.parametrize("path", sorted(ROOT.glob("handouts/*/handout.yaml")), ids=str)
def test_every_bundled_handout_is_read(path: Path) -> None:
    handout = load_handout(path).model
    assert handout.id == path.parent.name
    assert handout.review.status == "draft"


def test_nothing_can_be_changed_afterwards() -> None:
    handout = Handout.model_validate(read(GOOD))
    for value in walk(handout):
        if isinstance(value, Base):
            name = next(iter(type(value).model_fields))
            with pytest.raises(ValidationError):
                setattr(value, name, None)


def test_a_country_is_settled_everywhere() -> None:
    handout = Handout.model_validate(read(spoilt(*EACH)))
    assert any(isinstance(value, ByMarket) for value in walk(handout))
    us = for_market(handout, "us")
    assert not any(isinstance(value, ByMarket) for value in walk(us))
    assert us.title == "Sleeping well"
    assert us.red_flags is not None
    assert us.red_flags.signs["fit"] == "A seizure"
    assert us.tapering is not None
    assert us.tapering.example is not None
    assert us.tapering.example.forms == ()
    uk = for_market(handout, "uk")
    assert str(uk.forms["tablet-10mg"].smallest) == "0.5"
    assert uk.facts == us.facts == handout.facts


def test_what_is_the_same_everywhere_stays_the_same() -> None:
    handout = Handout.model_validate(read(GOOD))
    assert for_market(handout, "uk") == for_market(handout, "us") == handout


def test_approved_needs_all_of_it() -> None:
    whole = {
        "status": "approved", "reviewer": "Ann Oe", "role": "pharmacist",
        "date": "2026-11-22", "next": "2027-11-22", "fingerprint": "abc",
    }  # fmt: skip
    assert Review.model_validate(whole).status == "approved"
    for key in list(whole)[1:]:
        with pytest.raises(ValidationError, match=f"says approved but has no {key}"):
            Review.model_validate({name: value for name, value in whole.items() if name != key})


@pytest.mark.parametrize(
    "link", ["http://a.org", "javascript:alert(1)", "https://a b", "//a.org", ""]
)
def test_the_address_for_reports_is_a_safe_one(link: str) -> None:
    markets = read((ROOT / "handouts" / "markets.yaml").read_text(encoding="utf-8"))
    Markets.model_validate(markets)
    markets["uk"]["report"]["link"] = link
    with pytest.raises(ValidationError):
        Markets.model_validate(markets)
