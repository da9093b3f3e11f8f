"""A leaflet without an example plan: nothing is made up in its place, and it stays short."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from plainleaf.checks import Subject, check_content
from plainleaf.cli import main
from plainleaf.content.base import Proof
from plainleaf.content.load import load_markets
from plainleaf.content.model import Handout
from plainleaf.content.yaml import parse
from plainleaf.leaflet import make
from plainleaf.library import Library
from plainleaf.page.compose import compose
from plainleaf.page.setting import Setting
from plainleaf.page.standing import Standing
from plainleaf.problems import Level
from plainleaf.ready import checked
from tests.hostile.given import GOOD, spoilt

from .conftest import ROOT

STYLES, DAY = ROOT / "styles", date(2026, 11, 22)
MARKETS = load_markets(ROOT / "handouts" / "markets.yaml").model
DRAFT = Standing(False, ("Draft, written today", "Not for use."), "0123456789" * 6)
EXAMPLE = re.compile(r"  example:\n(?:    .*\n)+")
PACES = re.compile(r"^paces:\n(?:  .*\n)+\n?", re.MULTILINE)
BLANK = "    text: Your prescriber fills this in.\n"
CALL = "  call:\n    advice:\n      text: Call us.\n      level: D\n"


def without(text: str, *parts: re.Pattern[str]) -> str:
    for part in parts:
        text, count = part.subn("", text)
        assert count == 1
    return text


def handout(text: str) -> Handout:
    return Handout.model_validate(parse(text.encode(), "x").plain())


def page(text: str, **setting: Any) -> str:
    return compose(handout(text), MARKETS, Setting(**setting), DRAFT, STYLES)


def found(text: str) -> set[tuple[str, int]]:
    """The errors over the words: rule and line."""
    document = parse(text.encode(), "handouts/good/handout.yaml")
    subject = Subject(Handout.model_validate(document.plain()), document, MARKETS, DAY)
    return {(each.rule, each.line) for each in check_content(subject) if each.level is Level.ERROR}


def test_without_an_example_the_blank_plan_stands_alone() -> None:
    html = page(without(GOOD, EXAMPLE, PACES))
    assert '<table class="plan' not in html
    assert "example-title" not in html
    assert html.count('<table class="blank-plan">') == 1
    assert '<section class="part" id="plans">' in html
    assert re.search(r'<body class="[^"]* short">', html)
    whole = page(GOOD)
    assert '<table class="plan' in whole
    assert '<section class="page" id="plans">' in whole
    assert not re.search(r'<body class="[^"]*short', whole)


@pytest.mark.parametrize(
    ("written", "steps"), [("", 6), ("    steps: 1\n", 1), ("    steps: 8\n", 8)]
)
def test_the_blank_plan_has_as_many_steps_as_are_asked_for(written: str, steps: int) -> None:
    html = page(spoilt((BLANK, BLANK + written)))
    table = html[html.index('<table class="blank-plan">') :]
    rows = re.findall(r'<tr><th scope="row">(\w+)</th>', table[: table.index("</table>")])
    assert rows == ["Now", *map(str, range(1, steps + 1)), "Stop"]


@pytest.mark.parametrize("steps", ["0", "9", "-1", "two", "1.5"])
def test_a_blank_plan_has_one_step_to_eight(steps: str) -> None:
    with pytest.raises(ValidationError):
        handout(spoilt((BLANK, f"{BLANK}    steps: {steps}\n")))


def test_paces_ask_for_an_example() -> None:
    errors = found(without(GOOD, EXAMPLE)) - found(GOOD)
    line = without(GOOD, EXAMPLE).split("\n").index("tapering:") + 1
    assert ("example-plan", line) in errors
    assert not {rule for rule, _ in found(without(GOOD, EXAMPLE, PACES))} & {"example-plan"}


def test_side_effects_may_have_none_that_asks_for_a_call() -> None:
    effects = re.compile(r'<section class="part" id="side-effects">.*?</section>', re.DOTALL)
    for text, calls in ((GOOD, 1), (spoilt((CALL, "")), 0)):
        match = effects.search(page(text))
        assert match
        assert match[0].count('class="level call"') == calls
        assert match[0].count('class="level emergency"') == 1
    assert found(spoilt((CALL, ""))) == found(GOOD)


def test_signs_that_are_our_working_say_so_on_the_first_page() -> None:
    ours = compose(Library((ROOT,)).handout("omeprazole").model, MARKETS, Setting(), DRAFT, STYLES)
    cover = ours[: ours.index("</section>")]
    assert re.search(r'omeprazole\.\s*<span class="working">\(our working\)', cover)


def test_omeprazole_names_no_strength_no_schedule_and_no_number_but_two() -> None:
    leaflet = Library((ROOT,)).handout("omeprazole").model
    assert leaflet.kind == "medicine"
    assert (leaflet.forms, leaflet.paces, leaflet.limits) == ({}, {}, {})
    assert leaflet.tapering is not None
    assert leaflet.tapering.example is None
    facts = {name: (f.value, f.low, f.high, f.unit, f.source) for name, f in leaflet.facts.items()}
    assert facts == {
        "treated-weeks": (Decimal(4), None, None, "weeks", "farrell2017"),
        "rebound": (None, Decimal(40), Decimal(50), "in-100", "namikawa2024"),
    }
    assert {fact.level for fact in leaflet.facts.values()} == {Proof.PRIMARY}
    assert set(leaflet.sources) == {"farrell2017", "boghossian2017", "namikawa2024", "ddi2024"}
    assert leaflet.sources["boghossian2017"].extent == "record"
    for setting in (Setting(), Setting("us", "letter"), Setting(form="html")):
        html = compose(leaflet, MARKETS, setting, DRAFT, STYLES)
        assert not re.search(
            r"\d\s*(?:mg|mL)\b", re.sub(r"<style.*?</style>", "", html, flags=re.S)
        )


@pytest.mark.parametrize("setting", [Setting(), Setting("us", "letter")], ids=["a4", "letter"])
def test_omeprazole_has_four_pages_and_its_plan_on_one(setting: Setting, tmp_path: Path) -> None:
    library = Library((ROOT,))
    leaflet = make(checked("omeprazole", library, DAY), library, setting)
    assert leaflet.pages == 4
    assert {each.rule for each in leaflet.problems if each.level is not Level.ADVICE} == {
        "review-unsigned"
    }
    assert not {each.rule for each in leaflet.problems} & {"page-gap", "heading-alone"}
    (tmp_path / "leaflet.pdf").write_bytes(leaflet.data)
    text = subprocess.run(
        ["pdftotext", "-raw", str(tmp_path / "leaflet.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    pages = text.split("\f")[:-1]
    (plan,) = [each for each in pages if "Your plan" in each]
    assert all(words in plan for words in ("How to come off it", "Stop", "Signature"))
    (choices,) = [each for each in pages if "Your choices" in each]
    assert all(words in choices for words in ("A lower dose", "Staying on it", "Sources"))


def test_no_plan_is_made_of_a_leaflet_without_paces(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["taper", str(ROOT / "handouts/omeprazole"), "--dose", "20 mg/day"]
    assert main([*command, "--pace", "slow", "--forms", "any"]) == 1
    told = capsys.readouterr()
    assert "this handout has no pace, so no plan can be made from it" in told.err
    assert told.out == ""
