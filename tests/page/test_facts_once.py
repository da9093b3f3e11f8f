"""A fact stands once: change its one line, and sentence, picture and title all follow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plainleaf.content.load import load_handout, load_markets
from plainleaf.content.model import Handout
from plainleaf.content.yaml import parse
from plainleaf.page.compose import compose
from plainleaf.page.setting import Setting
from plainleaf.page.standing import Standing

from .conftest import ROOT

YAML = ROOT / "handouts" / "baclofen-sleep" / "handout.yaml"
DRAFT = Standing(False, ("Draft", "Not for use"), "0" * 64)


def page(text: str) -> str:
    handout = Handout.model_validate(parse(text.encode(), "x.yaml").plain())
    markets = load_markets(ROOT / "handouts" / "markets.yaml").model
    return compose(handout, markets, Setting(form="html"), DRAFT, ROOT / "styles")


def numbers(html: str, number: str) -> int:
    """How often a number is printed or said in a picture's title."""
    html = html.partition('id="sources"')[0]
    html = re.sub(r'<span class="cite">.*?</span>', " ", html, flags=re.DOTALL)
    words = re.sub(r"<style.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)
    return len(re.findall(rf"(?<![\d.:–/-]){re.escape(number)}(?![\d:–])", words))


@pytest.mark.parametrize(
    ("fact", "field", "old", "new"),
    [
        ("finnimore-sleep", "versus", "356", "347"),
        ("orr-sleep", "value", "434", "437"),
        ("drowsy-study", "versus", "36", "37"),
        ("cbti-people", "value", "1162", "1163"),
    ],
)
def test_one_line_changes_every_place(fact: str, field: str, old: str, new: str) -> None:
    text = YAML.read_text(encoding="utf-8")
    start = text.index(f"\n  {fact}:")
    at = text.index(f"{field}: {old}", start)
    changed = text[:at] + f"{field}: {new}" + text[at + len(f"{field}: {old}") :]
    before, after = page(text), page(changed)
    shown_old, shown_new = (f"{int(each):,}" for each in (old, new))
    assert numbers(before, shown_old) > 0
    assert numbers(after, shown_old) == 0
    assert numbers(after, shown_new) == numbers(before, shown_old) + numbers(before, shown_new)


def test_the_picture_is_drawn_anew() -> None:
    text = YAML.read_text(encoding="utf-8")
    changed = text.replace("    value: 434\n", "    value: 440\n")
    assert 'width="43.4"' in page(text)
    assert 'width="44.0"' in page(changed)
    assert 'width="43.4"' not in page(changed)


def test_the_bundled_handout_is_the_one_tested() -> None:
    assert load_handout(Path(YAML)).model.id == YAML.parent.name
