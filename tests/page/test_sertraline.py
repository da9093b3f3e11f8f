"""The leaflet on sertraline prints the dossier's numbers, its plans can be made, and nothing more
is said than was read."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest

from plainleaf.checks.words import statements
from plainleaf.content.base import Market, Proof
from plainleaf.content.load import load_markets
from plainleaf.content.model import Handout, for_market
from plainleaf.content.yaml import parse
from plainleaf.page.compose import compose
from plainleaf.page.plans import ExamplePlan, example_plan
from plainleaf.page.setting import Setting
from plainleaf.page.standing import Standing
from plainleaf.taper.handout import forms_of, paces_of
from plainleaf.taper.model import DoseAt, Kind, ListPace, Request
from plainleaf.taper.plan import proved_plan

from .conftest import ROOT, VOICE

YAML = (ROOT / "handouts" / "sertraline" / "handout.yaml").read_text(encoding="utf-8")
DRAFT = Standing(False, ("Draft", "Not for use"), "0" * 64)
# Older US label, pooled trials: on sertraline, on a dummy pill.
TABLE = {
    "Feeling sick": (25, 11),
    "Headache": (25, 23),
    "Trouble sleeping": (21, 11),
    "Loose stools": (20, 10),
    "Dry mouth": (14, 8),
    "Trouble ejaculating": (14, 1),
    "Sleepy": (13, 7),
    "Dizzy": (12, 7),
    "Tired": (12, 7),
    "Shaking": (8, 2),
    "Indigestion": (8, 4),
    "Sweating": (7, 2),
    "Less wish for sex": (6, 2),
    "Restless or on edge": (5, 3),
}
NICE = ["50", "25", "12.5", "6", "3", "0"]
SLOWER = ["75", "50", "37.5", "25", "18", "12.5", "9", "6", "4", "2", "0"]


@cache
def handout(*changes: tuple[str, str]) -> Handout:
    text = YAML
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return Handout.model_validate(parse(text.encode(), "x.yaml").plain())


def page(given: Handout, setting: Setting) -> str:
    markets = load_markets(ROOT / "handouts" / "markets.yaml").model
    return compose(given, markets, setting, DRAFT, ROOT / "styles")


def words(html: str) -> str:
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", html, flags=re.DOTALL).split()).replace(
        " ,", ","
    )


def rows(html: str, part: str) -> list[list[str]]:
    tables = re.findall(rf'<table class="[^"]*{part}[^"]*">(.*?)</table>', html, re.DOTALL)
    return [
        [words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for table in tables
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    ]


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_the_arms_of_the_study_are_drawn_as_people(form: str) -> None:
    html = page(handout(), Setting(form=form))  # type: ignore[arg-type]
    pictures = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    for arm, count in (("Staying", 39), ("Stopping", 56)):
        title = f"<title>{arm}: {count} in 100 people depressed again, {100 - count} not</title>"
        (picture,) = (each for each in pictures if title in each)
        ill, well = re.findall(r'<path d="(.*?)"', picture)
        assert len(re.findall(r"M[\d.]+ [\d.]+m1.33", ill)) == count
        assert len(re.findall(r"M[\d.]+ [\d.]+m1.33", well)) == 100 - count
        assert f"{count} in 100 depressed again {arm}" in words(html)


def test_those_who_stayed_well_are_the_rest() -> None:
    facts = handout().facts
    assert facts["antler-well"].value == 100 - (facts["antler"].versus or 0) == 44
    assert facts["antler-well"].level is Proof.DERIVED


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_side_effects_have_a_column_for_each_group(form: str) -> None:
    found = rows(page(handout(), Setting(form=form)), "counted")  # type: ignore[arg-type]
    head = ["Out of 100 people", "0 50 100", "Sertraline", "Dummy pill"]
    assert [row for row in found if row[2] == "Sertraline"] == [head, head]
    numbers = {row[0]: (row[2], row[3]) for row in found if row != head}
    assert numbers == {
        name: (f"{taken} in 100", f"{dummy} in 100") for name, (taken, dummy) in TABLE.items()
    }


def test_a_range_beside_two_groups_is_told_in_words() -> None:
    ranged = "low: 20, high: 30, unit: in-100, who: people in pooled trials"
    counted = "value: 25, versus: 11, unit: in-100, who: people in pooled trials"
    change = (f"feeling sick, {counted}", f"feeling sick, {ranged}")
    used = (
        'text: "{zoloft-nausea.value} felt sick, against {zoloft-nausea.versus} on',
        'text: "on',
    )
    html = page(handout(change, used), Setting())
    assert '<p class="key">' in html
    self, call = re.findall(r'<table class="frequencies( counted)?">', html)
    assert (self, call) == ("", " counted")
    assert ["Feeling sick", "", "20 to 30 in 100"] in rows(html, "frequencies")
    assert ["Headache", "", "25 in 100, dummy pill 23"] in rows(html, "frequencies")


@pytest.mark.parametrize("market", ["uk", "us"])
def test_every_pace_can_be_made_from_every_start(market: Market) -> None:
    settled = for_market(handout(), market)
    made = {}
    for pace in paces_of(settled):
        assert isinstance(pace, ListPace)
        for listed in pace.lists:
            plan = proved_plan(
                Request(
                    handout="sertraline",
                    unit="mg",
                    dose=(DoseAt("morning", listed.start),),
                    forms=forms_of(settled, market),
                    pace=pace,
                )
            )
            doses = [*(step.dose for step in plan.steps), plan.end.dose]
            made[pace.id, str(listed.start)] = [f"{dose:f}" for dose in doses]
            cuts = [high - low for high, low in pairwise([listed.start, *doses])]
            assert max(cuts) <= pace.largest_cut
            assert {step.days for step in plan.steps} == {pace.shortest}
            assert plan.steps[-1].intakes[0].take[0].form == "liquid-1mg-per-ml"
    assert made == {
        **{("nice-50", start): NICE[at:] for at, start in enumerate(["100", "50", "25"])},
        **{
            ("slower", start): SLOWER[at:]
            for at, start in enumerate(["100", "75", "50", "37.5", "25"])
        },
    }


def test_the_example_hands_over_to_the_liquid() -> None:
    found = example_plan(for_market(handout(), "uk"), VOICE)
    bottle = "5 mg in 5 mL liquid"
    assert (found.when, found.what) == ("In the morning", "Tablets or liquid")
    assert [
        (row.dose.replace("\u00a0", " "), plain(row.takes[0].words), row.length)
        for row in found.rows
    ] == [
        ("100 mg", "2 tablets of 50 mg", "The dose you take now"),
        ("50 mg", "1 tablet of 50 mg", "Days 1 to 14"),
        ("25 mg", "1 tablet of 25 mg", "Days 15 to 28"),
        ("12.5 mg", "half a tablet of 25 mg", "Days 29 to 42"),
        ("6 mg", f"6 mL of the {bottle}", "Days 43 to 56"),
        ("3 mg", f"3 mL of the {bottle}", "Days 57 to 70"),
        ("0 mg", "None", "From day 71"),
    ]
    assert plain(found.supply) == (
        f"In all: 14 tablets of 50 mg, 21 tablets of 25 mg and 126 mL of the {bottle}"
    )
    weeks = handout().facts["example-weeks"]
    assert weeks.value == Decimal(found.plan.end.day - 1) / 7


def test_a_liquid_is_printed_in_mg_and_ml_beside_its_bottle() -> None:
    for setting in (Setting(), Setting("us", "letter"), Setting(form="html")):
        html = page(handout(), setting)
        liquid = [row for row in rows(html, "plan mixed") if "mL" in row[2]]
        assert [row[1:3] for row in liquid] == [
            ["6 mg", "6 mL of the 5 mg in 5 mL liquid"],
            ["3 mg", "3 mL of the 5 mg in 5 mL liquid"],
        ]
        assert html.count("<title>6\u00a0mL of the 5 mg in 5 mL liquid</title>") == 1


def test_a_plan_of_one_liquid_says_its_strength() -> None:
    found = liquid_alone()
    bottle = "5 mg in 5 mL liquid"
    assert found.what == "Liquid"
    assert {take.bottle for row in found.rows[:-1] for take in row.takes} == {bottle}
    assert plain(found.rows[-1].length) == f"In all: 301 mL of the {bottle}"
    assert not found.supply


def liquid_alone() -> ExamplePlan:
    given = handout(
        ("    dose: 100\n", "    dose: 25\n"),
        ("forms: [tablet-50mg, tablet-25mg, liquid-1mg-per-ml]", "forms: [liquid-1mg-per-ml]"),
    )
    found = example_plan(for_market(given, "uk"), VOICE)
    assert {form.kind for form in found.plan.forms} == {Kind.LIQUID}
    return found


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_nothing_from_memory_stands_in_the_file() -> None:
    given = handout()
    assert all(fact.level.printable for fact in given.facts.values())
    assert all(level.printable for _, _, level in statements(given))
    assert {source.read for source in given.sources.values()} == {"primary", "secondary"}
    bare = re.sub(r"\b10\.\d{4,9}/\S+", "", YAML)  # identifiers have digits of their own
    for said in ("1.67", "1.49", "1.87", "522", "116477", "116,477", "electric", "shock", "QT"):
        assert not re.search(rf"(?<![\w.]){re.escape(said)}(?!\w)", bare, re.IGNORECASE), said
    assert not re.search(r"concentrate\b|dilut|20 mg", bare, re.IGNORECASE)


def test_whoever_needs_another_plan_is_asked_for() -> None:
    given = handout()
    assert given.limits == {}
    assert {"suicide", "mania", "severe-before", "pregnancy"} <= set(given.screening)
    assert all(asked.who for asked in given.screening.values())
