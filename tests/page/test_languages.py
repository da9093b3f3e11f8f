"""The bundled translations as printed pages: each is made once, and held against its source."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from html.parser import HTMLParser

import pytest

from plainleaf.checks.pdf import squeezed
from plainleaf.content.load import load_handout
from plainleaf.content.wording.language import SOURCE, language
from plainleaf.content.wording.letters import source_left
from plainleaf.content.wording.po import read
from plainleaf.content.wording.review import load_exemptions
from plainleaf.leaflet import Leaflet, make
from plainleaf.library import Library
from plainleaf.page.compose import compose
from plainleaf.page.setting import Setting
from plainleaf.ready import Checked, checked
from plainleaf.spoken import parts

from .conftest import ROOT

CODES = ("es", "ar", "pl", "zh")
DAY, PRINT = datetime.date(2026, 11, 22), "0123456789abcdef" * 4
NAME = "baclofen-sleep"
# What no language translates: units, tests, authorities, the author, the medicine in its sources.
NAMES = {"mg", "mL", "CBT-I", "eGFR", "NHS", "FDA", "NICE", "baclofen", "Plainleaf"}
NAMES |= {"Yellow", "Card"}
NAMES |= {NAME, "standard", *CODES}  # what a sheet says of itself
_TABLE = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
_BLOCKS = _TABLE | {"body", "main", "section", "div", "header", "p", "li", "ul", "ol"}
_BLOCKS |= {"h1", "h2", "h3", "h4"}
_EMPTY = {"meta", "col", "br", "img", "link", "circle", "path", "rect", "line"}
_UNSEEN = {"style", "title", "script"}
_KEPT = re.compile("[\u2066\u2068][^\u2069]*\u2069")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]{2,}")
_MARKS = dict.fromkeys((0x640, 0x670, *range(0x64B, 0x660)))


class Seen(HTMLParser):
    """The texts of a page as they are seen, and its numbers that text of the other direction
    could turn round."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.loose: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self._text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._end_block(tag)
        if tag not in _EMPTY:
            self._open.append((tag, dict(attributes)))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Nothing stands within it."""

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1][0] == tag
        _, attributes = self._open.pop()
        # The style sheet puts a page's number after a link within the leaflet.
        self._end_block(tag, (attributes.get("href") or "").startswith("#"))

    def handle_data(self, text: str) -> None:
        if any(tag in _UNSEEN for tag, _ in self._open):
            return
        self._text += text
        way = next((held["dir"] for _, held in reversed(self._open) if held.get("dir")), "ltr")
        alone = text.strip().isdecimal() and self._open[-1][0] in ("a", "th")  # it is all there is
        if way == "rtl" and not alone and re.search(r"\d", _KEPT.sub("", text)):
            self.loose.append(text)

    def _end_block(self, tag: str, always: bool = False) -> None:
        if tag in _BLOCKS or always:
            self.blocks += [" ".join(self._text.split())] if self._text.strip() else []
            self._text = ""


@dataclass(frozen=True)
class Made:
    """A language's leaflet in every form that the tests look at."""

    code: str
    ready: Checked
    html: str
    leaflet: Leaflet

    @cached_property
    def seen(self) -> Seen:
        return Seen(self.html)


@pytest.fixture(scope="module")
def made() -> Callable[[str], Made]:
    library, kept = Library((ROOT,)), dict[str, Made]()

    def once(code: str) -> Made:
        if code not in kept:
            ready = checked(NAME, library, DAY, code=code)
            kept[code] = Made(code, ready, page(ready), make(ready, library, Setting()))
        return kept[code]

    return once


def page(ready: Checked, setting: Setting | None = None) -> str:
    said = ready.said
    standing = replace(ready.standing, fingerprint=PRINT)
    set_up = setting or Setting()
    return compose(said.handout, said.markets, set_up, standing, ROOT / "styles", voice=said.voice)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("code", CODES)
def test_its_words_are_as_they_were_accepted(
    made: Callable[[str], Made], golden: Callable[[str, str], None], code: str, paper: str
) -> None:
    setting = Setting() if paper == "a4" else Setting("us", "letter")
    seen = Seen(page(made(code).ready, setting))
    golden(f"languages/{code}.{paper}.txt", "\n".join(seen.blocks) + "\n")


def test_every_leaflet_is_valid(made: Callable[[str], Made], verapdf: Callable[..., None]) -> None:
    verapdf(*(made(code).leaflet.data for code in CODES))


@pytest.mark.parametrize("code", CODES)
def test_the_page_says_its_language_and_direction(made: Callable[[str], Made], code: str) -> None:
    html = made(code).html
    opening = re.search("<html[^>]*>", html)
    assert opening
    known = language(code)
    assert f'lang="{known.locale.replace("_", "-")}"' in opening[0]
    assert ('dir="rtl"' in opening[0]) == (code == "ar") == (known.direction == "rtl")


@pytest.mark.parametrize("code", ["es", "pl", "zh"])
def test_poppler_takes_every_text_out_whole(
    made: Callable[[str], Made],
    run: Callable[..., str],
    tmp_path_factory: pytest.TempPathFactory,
    code: str,
) -> None:
    taken = squeezed(_taken(made(code), run, tmp_path_factory, "pdftotext", "-raw"))
    blocks = made(code).seen.blocks
    assert len(blocks) > 300
    # The page was composed with another fingerprint than the print has.
    missing = [block for block in blocks if squeezed(block) not in taken]
    assert all(f"{PRINT[:4]} {PRINT[4:8]}" in block for block in missing) and len(missing) == 1


def test_arabic_words_are_taken_out_letter_by_letter(
    made: Callable[[str], Made], run: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """MuPDF gives a line as drawn, so that each word is compared from its end, without marks."""
    taken = _taken(made("ar"), run, tmp_path_factory, "mutool", "draw", "-F", "txt")
    turned = squeezed(taken)[::-1]
    words = {
        squeezed(word)
        for block in made("ar").seen.blocks
        for word in _ARABIC.findall(block.translate(_MARKS))
    }
    assert len(words) > 600
    assert [word for word in words if word not in turned] == []


def _taken(
    one: Made, run: Callable[..., str], folders: pytest.TempPathFactory, *command: str
) -> str:
    file = folders.mktemp("taken") / f"{one.code}.pdf"
    file.write_bytes(one.leaflet.data)
    if command[0] == "mutool":
        return run(*command, "-o", "-", file)
    return run(*command, file, "-")


def test_every_number_of_arabic_keeps_its_order(made: Callable[[str], Made]) -> None:
    html = made("ar").html
    assert len(re.findall(r'dir="ltr">[^<]*\d', html)) > 90
    assert made("ar").seen.loose == []
    assert Seen(page(made("ar").ready, Setting("us", "letter"))).loose == []


def test_a_number_that_is_not_isolated_is_found(made: Callable[[str], Made]) -> None:
    html = made("ar").html
    for number in re.findall(r'<span class="fact" dir="ltr">[^<]*\d[^<]*</span>', html)[::20]:
        spoilt = html.replace(number, number.replace(' dir="ltr"', ""), 1)
        assert len(Seen(spoilt).loose) == 1, number
    assert Seen('<p dir="rtl">من 5 إلى 10</p>').loose == ["من 5 إلى 10"]
    assert Seen('<p dir="rtl">من \u206810\u2069</p>').loose == []


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_left_to_fill_in(made: Callable[[str], Made], code: str) -> None:
    assert [block for block in made(code).seen.blocks if set(block) & set("{}⟦⟧")] == []


@pytest.mark.parametrize("code", ["ar", "zh"])
def test_latin_words_are_names_and_units_alone(made: Callable[[str], Made], code: str) -> None:
    """Of the other languages the guards must tell: they are written in the letters of English."""
    blocks = made(code).seen.blocks
    sources = made(code).ready.said.voice.plain("sources.title")
    before = blocks[: len(blocks) - blocks[::-1].index(sources)]
    words = {
        word.rstrip(".-") for block in before for word in re.findall(r"[A-Za-z][A-Za-z.-]+", block)
    }
    assert {word for word in words if "." not in word} <= NAMES  # addresses have a point
    assert {"mg", "mL"} <= words


@pytest.mark.parametrize("code", CODES)
def test_no_text_was_left_in_english(code: str) -> None:
    loaded = load_handout(ROOT / "handouts" / NAME / "handout.yaml")
    for part in parts(Library((ROOT,)), loaded, code):
        known = {unit.context: unit for unit in part.units}
        left = {
            entry.context
            for entry in read(part.po).entries
            for target in entry.targets
            if any(source_left(known[entry.context], target, code))
        }
        exempt = load_exemptions(part.exceptions).model.root
        assert {name for name in left if "source-left" not in exempt[name].guards} == set()
        assert code != SOURCE


def test_composed_letters_are_compared() -> None:
    """What the comparisons above rest on: a letter and its mark are one, a wrong one is seen."""
    assert squeezed(unicodedata.normalize("NFD", "sueño")) == squeezed("sueño") != squeezed("sueno")
