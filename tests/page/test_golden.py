"""The composed pages are those that a person has looked at: every file is compared."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from plainleaf.content.base import Market
from plainleaf.content.load import load_handout, load_markets
from plainleaf.page.compose import compose
from plainleaf.page.setting import Edition, Form, Paper, Setting
from plainleaf.page.standing import standing

from .conftest import ROOT, VOICE

GOLDEN = ROOT / "tests" / "golden"
NAMES = sorted(path.parent.name for path in ROOT.glob("handouts/*/handout.yaml"))
KINDS: tuple[tuple[str, Form, Edition], ...] = (
    ("pdf", "pdf", "standard"),
    ("html", "html", "standard"),
    ("review", "pdf", "review"),
)
PAPERS: tuple[tuple[Paper, Market], ...] = (("a4", "uk"), ("letter", "us"))
SETTINGS = {
    f"{paper}.{kind}": Setting(market, paper, form, edition)
    for paper, market in PAPERS
    for kind, form, edition in KINDS
}
FILES = [f"{name}.{kind}.html" for name in NAMES for kind in SETTINGS]
# Of one day, and of no content: a fingerprint would change with every style sheet.
DAY, PRINT = datetime.date(2026, 11, 22), "0123456789abcdef" * 4


def composed(name: str, setting: Setting) -> str:
    handout = load_handout(ROOT / "handouts" / name / "handout.yaml").model
    markets = load_markets(ROOT / "handouts" / "markets.yaml").model
    stands = standing(handout, PRINT, DAY, VOICE)
    return compose(handout, markets, setting, stands, ROOT / "styles")


@pytest.mark.parametrize("file", FILES)
def test_a_page_is_as_it_was_accepted(file: str, golden: Callable[[str, str], None]) -> None:
    name, kind = file.removesuffix(".html").split(".", 1)
    golden(file, composed(name, SETTINGS[kind]))


@pytest.mark.golden
def test_there_is_no_page_too_many(request: pytest.FixtureRequest) -> None:
    stale = [path for path in GOLDEN.glob("*.html") if path.name not in FILES]
    if request.config.getoption("--refresh-golden"):
        for path in stale:
            path.unlink()
        stale = []
    assert stale == []
    assert len(FILES) == len(set(FILES)) == 6 * len(NAMES) >= 6
