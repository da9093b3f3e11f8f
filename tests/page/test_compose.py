"""A page holds what the handout says: words escaped, links kept, countries settled."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import jinja2
import pytest

from plainleaf.content.load import load_markets
from plainleaf.content.model import Handout
from plainleaf.content.wording.phrases import Voice, source_phrases
from plainleaf.content.yaml import parse
from plainleaf.page.compose import Citations, compose
from plainleaf.page.setting import Setting, style_sheets
from plainleaf.page.standing import Standing
from plainleaf.page.templates import css_string
from tests.hostile.given import spoilt

from .conftest import ROOT

STYLES = ROOT / "styles"
MARKETS = load_markets(ROOT / "handouts" / "markets.yaml").model
DRAFT = Standing(False, ("Draft, written today", "Not for use."), "0123456789" * 6)
ORDER = re.compile(r'href="#source-([a-z0-9-]+)">(\d+)</a>')


def page(*changes: tuple[str, str], styles: Path = STYLES, **setting: Any) -> str:
    handout = Handout.model_validate(parse(spoilt(*changes).encode(), "x").plain())
    return compose(handout, MARKETS, Setting(**setting), DRAFT, styles)


@pytest.mark.parametrize(
    "setting",
    [
        {},
        {"market": "us", "paper": "letter"},
        {"form": "html"},
        {"edition": "review"},
    ],
)
def test_every_page_hangs_together(setting: dict[str, Any]) -> None:
    html = page(**setting)
    assert html == page(**setting)
    assert html.startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr">')
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert {link for link in re.findall(r'href="#([^"]*)"', html)} <= set(ids)
    headings = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert "{{" not in html
    assert "<script" not in html
    assert re.findall(r"\bon[a-z]+=", html) == []


def test_what_is_written_is_escaped_wherever_it_stands() -> None:
    payload = "<b>&'\\\""
    changes = [
        (old, old.split(":")[0] + ": '" + payload.replace("'", "''") + "'")
        for old in (
            "title: Sleeping better",
            "subtitle: What helps, and what does not",
            "name: samplin",
            "what: minutes asleep",
            "who: people who snore",
            "title: A study of sleep",
            "    fit: A fit (seizure)",
            "        sleep: Sleeping badly",
            "    name: Slow pace",
        )
    ]
    settings: tuple[dict[str, Any], ...] = ({}, {"form": "html"}, {"edition": "review"})
    for setting in settings:
        html = page(*changes, **setting)
        assert "<b>&" not in html
        assert html.lower().count("&lt;b&gt;&amp;") >= 5


def test_each_country_has_its_own() -> None:
    change = ("title: Sleeping better", "title: {uk: Sleeping better, us: Sleeping well}")
    uk, us = page(change, market="uk"), page(change, market="us")
    assert [words in uk for words in ("Sleeping better", "Sleeping well")] == [True, False]
    assert [words in us for words in ("Sleeping better", "Sleeping well")] == [False, True]
    assert [">999<" in html for html in (uk, us)] == [True, False]
    assert [">911<" in html for html in (uk, us)] == [False, True]


def test_what_is_not_for_paper_is_in_the_html_form() -> None:
    change = ("lasts: often passes}", 'lasts: often passes, on_paper: "no"}')
    assert "often passes" not in page(change)
    assert "often passes" in page(change, form="html")


def test_sources_are_numbered_in_the_order_of_the_page() -> None:
    more = "sources:\n  other: {title: Other, read: primary, extent: page}\n"
    html = page(
        ("      text: Your body gets used to it.\n      level: D",
         "      text: Your body gets used to it.\n      sources: [other, study]\n      level: V"),
        ("sources:\n  study:", more + "  study:"),
    )  # fmt: skip
    cited = ORDER.findall(html)
    numbers = dict(cited)
    assert set(cited) == set(numbers.items())
    first = list(dict.fromkeys(name for name, _ in cited))
    assert [numbers[name] for name in first] == [str(place + 1) for place in range(len(first))]
    assert re.findall(r'<li id="source-([a-z0-9-]+)"', html) == first == ["study", "other"]


def test_citations_count_each_source_once() -> None:
    citations = Citations()
    assert [citations.number(source) for source in ("a", "b", "a")] == [1, 2, 1]
    assert citations.order == ["a", "b"]


def test_facts_are_put_in_and_our_working_is_named() -> None:
    html = page()
    assert '<span class="fact" dir="ltr">1,162</span> people slept' in html
    assert 'Your body gets used to it. <span class="working">(our working)</span>' in html
    derived = ("    unit: count\n    source: study\n    level: V", "    unit: count\n    level: D")
    assert page(derived).count("(our working)") == html.count("(our working)") + 1


def test_a_draft_says_so_in_the_html_form() -> None:
    assert "<strong>DRAFT.</strong> Draft, written today. Not for use." in page(form="html")
    assert 'class="pdf a4 draft"' in page()


def test_a_template_that_asks_for_what_is_not_there_fails(tmp_path: Path) -> None:
    for number, slip in enumerate(("{{ h.titel }}", "{{ nothing }}", "{{ ''.__class__.mro() }}")):
        styles = tmp_path / str(number)
        shutil.copytree(STYLES, styles, ignore=shutil.ignore_patterns("fonts"))
        frame = styles / "leaflet.html.jinja"
        frame.write_text(frame.read_text().replace("<main>", f"<main>{slip}"))
        with pytest.raises((jinja2.UndefinedError, jinja2.exceptions.SecurityError)):
            page(styles=styles)


def test_style_sheets_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "clear"
    folder.mkdir()
    for name in ("2-b.css", "1-a.css", "paper-a4.css", "paper-letter.css", "screen.css", "x.css"):
        (folder / name).touch()

    def names(**setting: Any) -> list[str]:
        return [path.name for path in style_sheets(tmp_path, Setting(**setting))]

    assert names() == ["1-a.css", "2-b.css", "paper-a4.css"]
    assert names(paper="letter") == ["1-a.css", "2-b.css", "paper-letter.css"]
    assert names(form="html") == ["screen.css", "screen.css"]  # of every style, and its own


def test_a_css_string_says_exactly_the_text() -> None:
    assert css_string("A b, 1.0: é") == '"A b, 1.0: é"'
    assert css_string('"}</style>\n\\') == (r'"\000022\00007d\00003c/style\00003e\00000a\00005c"')


def test_a_right_to_left_page_gets_its_pictures_mirrored() -> None:
    path = ROOT / "handouts" / "baclofen-sleep" / "handout.yaml"
    handout = Handout.model_validate(parse(path.read_bytes(), "x").plain())
    arabic = handout.model_copy(update={"language": "ar"})
    phrases = source_phrases(STYLES / "phrases")
    texts = {id: each.text or (str(each.other),) * 6 for id, each in phrases.items()}
    voice = Voice(STYLES / "phrases", "ar", texts)
    html = compose(arabic, MARKETS, Setting(), DRAFT, STYLES, voice=voice)
    assert '<html lang="ar" dir="rtl">' in html
    pictures = html.count("<svg") - html.count('class="qr"')  # a code is read in one way only
    assert pictures > 10
    assert html.count("scale(-1 1)") == pictures
