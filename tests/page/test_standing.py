"""A leaflet is approved for one content, by one person, until one day; anything else is a draft."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plainleaf.content.load import load_handout, load_markets
from plainleaf.content.model import Handout, Review
from plainleaf.page.standing import fingerprint, standing
from tests.hostile.given import GOOD, spoilt

from .conftest import VOICE

ROOT = Path(__file__).parents[2]
DAY = datetime.date(2026, 11, 22)
MARKETS = (ROOT / "handouts" / "markets.yaml").read_text(encoding="utf-8")


def print_of(folder: Path, text: str = GOOD, markets: str = MARKETS) -> str:
    """The fingerprint of these words in the styles of this folder."""
    (folder / "handout.yaml").write_text(text, encoding="utf-8")
    (folder / "markets.yaml").write_text(markets, encoding="utf-8")
    handout = load_handout(folder / "handout.yaml").model
    return fingerprint(handout, load_markets(folder / "markets.yaml").model, folder / "styles")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with a copy of the styles; the fonts are few, small, and our own."""
    shutil.copytree(
        ROOT / "styles", tmp_path / "styles", ignore=shutil.ignore_patterns("*.otf", "*.ttf")
    )
    (tmp_path / "styles" / "fonts" / "Inter-Regular.otf").write_bytes(b"a font")
    return tmp_path


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The fingerprint that the reviewer saw."""
    folder = tmp_path_factory.mktemp("reviewed")
    shutil.copytree(
        ROOT / "styles", folder / "styles", ignore=shutil.ignore_patterns("*.otf", "*.ttf")
    )
    (folder / "styles" / "fonts" / "Inter-Regular.otf").write_bytes(b"a font")
    return print_of(folder)


def test_the_same_content_has_the_same_fingerprint(copied: Path, reviewed: str) -> None:
    assert print_of(copied) == reviewed
    assert len(reviewed) == 64


UNSEEN = {
    "a comment": ("# Every number, once.", "# Each number, once."),
    "quotation marks": ("lead: Keep a time.", 'lead: "Keep a time."'),
    "the review": ("  status: draft", "  status: draft\n  reviewer: Ann Oe"),
}


@pytest.mark.parametrize("change", UNSEEN)
def test_what_no_reader_sees_changes_nothing(copied: Path, reviewed: str, change: str) -> None:
    assert print_of(copied, spoilt(UNSEEN[change])) == reviewed


WORDS = {
    "a word": ("lead: Keep a time.", "lead: Keep your time."),
    "a number": ("value: 63", "value: 64"),
    "the level of a fact": (
        "time: one study, source: study, level: V}",
        "time: one study, source: study, level: V2}",
    ),
    "a note on a pace": ("note: A convention.", "note: Our convention."),
    "a source": ("title: A study of sleep", "title: Another study of sleep"),
    "a dose": ("    largest_cut: 5", "    largest_cut: 10"),
    "the version": ('version: "0.1"', 'version: "0.2"'),
    "the order": (
        "    breathing: Slow or weak breathing\n    fit: A fit (seizure)\n",
        "    fit: A fit (seizure)\n    breathing: Slow or weak breathing\n",
    ),
    "a country": ("markets: [uk, us]\n\nin_short", "markets: [uk]\n\nin_short"),
}


@pytest.mark.parametrize("change", WORDS)
def test_any_change_of_words_and_facts_counts(copied: Path, reviewed: str, change: str) -> None:
    assert print_of(copied, spoilt(WORDS[change])) != reviewed


def test_a_change_of_what_differs_between_countries_counts(copied: Path, reviewed: str) -> None:
    assert print_of(copied, markets=MARKETS.replace('"911"', '"912"')) != reviewed


STYLE: dict[str, Callable[[Path], object]] = {
    "a style sheet": lambda styles: more(styles / "clear" / "2-type.css"),
    "the sheet of one paper": lambda styles: more(styles / "clear" / "paper-letter.css"),
    "the sheet of the screen": lambda styles: more(styles / "clear" / "screen.css"),
    "a new sheet": lambda styles: more(styles / "clear" / "9-more.css"),
    "the frame": lambda styles: more(styles / "leaflet.html.jinja"),
    "a block": lambda styles: more(styles / "blocks" / "closing.jinja"),
    "an icon": lambda styles: more(styles / "icons" / "moon.svg"),
    "an icon that is gone": lambda styles: (styles / "icons" / "pharmacy.svg").unlink(),
    "a font": lambda styles: more(styles / "fonts" / "Inter-Regular.otf"),
}


def more(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")


@pytest.mark.parametrize("change", STYLE)
def test_any_change_of_style_counts(copied: Path, reviewed: str, change: str) -> None:
    STYLE[change](copied / "styles")
    assert print_of(copied) != reviewed


def handout(tmp_path: Path, **review: object) -> Handout:
    (tmp_path / "handout.yaml").write_text(GOOD, encoding="utf-8")
    approved = {
        "status": "approved",
        "reviewer": "Ann Oe",
        "role": "pharmacist",
        "date": DAY,
        "next": datetime.date(2027, 11, 22),
        "fingerprint": "abcd" * 16,
    }
    read = load_handout(tmp_path / "handout.yaml").model
    return read.model_copy(update={"review": Review.model_validate(approved | review)})


def test_approved_and_unchanged_and_in_time(tmp_path: Path) -> None:
    found = standing(handout(tmp_path), "abcd" * 16, DAY, VOICE)
    assert found.approved
    assert found.lines == (
        "Reviewed 22 November 2026",
        "Review by 22 November 2027",
    )
    assert found.short == "abcd abcd"


@pytest.mark.parametrize(("day", "approved"), [(22, True), (23, False)])
def test_the_last_day_of_a_review_is_its_next(tmp_path: Path, day: int, approved: bool) -> None:
    found = standing(handout(tmp_path), "abcd" * 16, datetime.date(2027, 11, day), VOICE)
    assert found.approved is approved
    if not approved:
        assert found.lines[0] == "Draft: its review ran out on 22 November 2027"


def test_a_forged_fingerprint_is_a_draft(tmp_path: Path) -> None:
    found = standing(handout(tmp_path, fingerprint="f" * 64), "abcd" * 16, DAY, VOICE)
    assert not found.approved
    assert found.lines[0] == "Draft: changed since its review"
    assert found.fingerprint == "abcd" * 16


def test_unsigned_is_a_draft(tmp_path: Path) -> None:
    found = standing(handout(tmp_path, status="draft"), "abcd" * 16, DAY, VOICE)
    assert not found.approved
    assert found.lines == (
        "Draft, written 22 November 2026",
        "Not yet reviewed by a clinician. Not for use.",
    )
