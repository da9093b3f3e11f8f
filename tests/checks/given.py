"""A good handout and a good copy, to break one thing at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from markupsafe import escape

from plainleaf.checks import Printed, Subject, check_content
from plainleaf.content import prose, yaml
from plainleaf.content.load import Loaded, load_markets
from plainleaf.content.model import Handout, for_market
from plainleaf.page.compose import Words
from plainleaf.page.setting import Setting
from plainleaf.page.typeset import typeset
from plainleaf.problems import Problem

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "styles" / "fonts"
TODAY = date(2026, 11, 22)
WHOLE = (ROOT / "handouts/baclofen-sleep/handout.yaml").read_text(encoding="utf-8")
# The same without the simple forms, so that a text stands once.
TEXT = re.sub(r"\n +ordinary:( .*)\n +simple: .*", r"\1", WHOLE)
TEXT = re.sub(r'\{ordinary: (".*?"), simple: ".*?"\}', r"\1", TEXT)
MARKETS = load_markets(ROOT / "handouts/markets.yaml").model


@dataclass(frozen=True)
class Standing:
    """What the footer says of a draft."""

    approved: bool = False
    lines: tuple[str, str] = ("Draft", "Not reviewed")
    short: str = "0000 0000"
    signed: str = "Nobody reviewed it."


def handout(text: str = TEXT, folder: str = "baclofen-sleep") -> Loaded[Handout]:
    document = yaml.parse(text.encode(), f"handouts/{folder}/handout.yaml")
    return Loaded(Handout.model_validate(document.plain()), document)


def subject(text: str = TEXT, folder: str = "baclofen-sleep") -> Subject:
    loaded = handout(text, folder)
    return Subject(loaded.model, loaded.document, MARKETS, TODAY)


@cache
def known() -> frozenset[tuple[str, str]]:
    """What the bundled handout has by itself, as rule and message."""
    return frozenset(map(told, check_content(subject())))


def told(problem: Problem) -> tuple[str, str]:
    """The rule and the message; of a grade, which any word changes, the rule and the section."""
    graded = problem.rule == "reading-grade"
    return problem.rule, problem.source if graded else problem.message


def news(broken: Subject) -> list[Problem]:
    """What the rules have against a subject, beyond what the bundled handout has."""
    return [each for each in check_content(broken) if told(each) not in known()]


def changed(pattern: str, into: str, text: str = TEXT) -> str:
    """The text with the first place of the pattern changed, which must be there."""
    result, count = re.subn(pattern, into, text, count=1, flags=re.MULTILINE)
    assert count and result != text, f"the bundled handout has no {pattern} any more"
    return result


def line_of(text: str, pattern: str) -> int:
    """The line of the first place of the pattern."""
    match = re.search(pattern, text, flags=re.MULTILINE)
    assert match, pattern
    return text.count("\n", 0, match.start()) + 1


def first_page(extra: str = "", style: str = "") -> str:
    """A small page with all that a first page must have; `extra` comes after it."""
    settled = for_market(handout().model, "uk")
    words = Words(settled.facts, MARKETS.uk)

    def said(text: object) -> str:
        return escape(prose.plain(str(text), words.fill, inline=True))

    assert settled.red_flags
    signs = "".join(
        f'<li id="{key}">{said(sign)}</li>' for key, sign in settled.red_flags.signs.items()
    )
    return (
        '<!doctype html><html lang="en"><head><title>Sample</title><style>@page { size: A4 } '
        f"body {{ font: 12pt/18pt Inter }} {style}</style></head><body><h1>Sample</h1>"
        f'<p id="message">{said(settled.in_short.message)}</p><ul>{signs}</ul>'
        f'<p id="call">Call <b>{MARKETS.uk.emergency}</b></p>{extra}</body></html>'
    )


def typed(html: str, draft: str = "DRAFT") -> bytes:
    return typeset(html, when=datetime(2026, 11, 22, tzinfo=UTC), fonts=FONTS, draft=draft)


@cache
def good() -> Printed:
    """A small draft that keeps every rule."""
    loaded, html = handout(), first_page()
    return Printed(
        pdf=typed(html),
        html=html,
        handout=for_market(loaded.model, "uk"),
        document=loaded.document,
        setting=Setting(),
        market=MARKETS.uk,
        approved=False,
        fonts=FONTS,
    )


def copy(html: str) -> Printed:
    """The same, of another page."""
    return replace(good(), html=html, pdf=typed(html))
