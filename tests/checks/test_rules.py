"""Every rule has a manual page, a remedy, and a name of its own; content rules need no page."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from typing import Any

import pytest

import plainleaf.checks
from plainleaf.checks import Rule, rules
from plainleaf.checks.references import anchors
from plainleaf.page.compose import compose
from plainleaf.page.setting import Setting
from tests.checks.given import MARKETS, ROOT, Standing, handout

NAMES = [rule.name for rule in rules()]


@pytest.mark.parametrize("rule", rules(), ids=NAMES)
def test_a_rule_is_its_own_manual_page(rule: Rule[Any]) -> None:
    assert "\nGood: " in rule.doc and "\nBad: " in rule.doc and "Source:" in rule.doc
    assert rule.doc.split("\n")[0].endswith(".") and rule.stage in ("content", "printed")


def test_no_rule_is_left_out_and_none_stands_twice() -> None:
    modules = [
        importlib.import_module(f"plainleaf.checks.{found.name}")
        for found in pkgutil.iter_modules(plainleaf.checks.__path__)
    ]
    made = [each for module in modules for each in vars(module).values() if isinstance(each, Rule)]
    assert sorted(rule.name for rule in made) == sorted(NAMES)
    assert len(set(NAMES)) == len(NAMES)


def test_every_rule_has_a_remedy_in_the_docs() -> None:
    page = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### `([a-z-]+)`\n\n(.+)$", page, flags=re.MULTILINE))
    assert [name for name in NAMES if name not in sections] == []


def test_content_rules_import_no_page() -> None:
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


SCRIPT = """
import datetime, pathlib, sys
from plainleaf.checks import Subject, check_content
from plainleaf.library import Library
library = Library.here(pathlib.Path.cwd())
loaded = library.handout("baclofen-sleep")
day = datetime.date(2026, 11, 22)
check_content(Subject(loaded.model, loaded.document, library.markets(), day))
print([name for name in ("weasyprint", "pikepdf", "pypdfium2", "PIL") if name in sys.modules])
"""


def test_links_lead_to_places_that_the_page_has() -> None:
    model = handout().model
    html = compose(model, MARKETS, Setting(), Standing(), ROOT / "styles")
    there = set(re.findall(r'\bid="([^"]+)"', html))
    assert [name for name in anchors(model) if name not in there] == []
