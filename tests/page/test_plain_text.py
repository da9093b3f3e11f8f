"""The text form: every word of the page, in lines that an e-mail and a screen reader can take."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plainleaf.checks.told import lost
from plainleaf.cli import main
from plainleaf.content.wording.language import language
from plainleaf.leaflet import make
from plainleaf.library import Library
from plainleaf.page.compose import compose
from plainleaf.page.plain_text import WIDTH, plain_text
from plainleaf.page.setting import Setting
from plainleaf.problems import ContentError
from plainleaf.ready import Checked, Source, in_words, source
from tests.taper.test_patient_file import written

from .conftest import ROOT
from .test_languages import DAY, PRINT

LIBRARY = Library((ROOT,))
COPIES = {
    "baclofen-sleep.en": ("baclofen-sleep", "en"),
    "sertraline.en": ("sertraline", "en"),
    "omeprazole.en": ("omeprazole", "en"),
    "baclofen-sleep.es": ("baclofen-sleep", "es"),
    "baclofen-sleep.ar": ("baclofen-sleep", "ar"),
    "baclofen-sleep.pl": ("baclofen-sleep", "pl"),
    "baclofen-sleep.zh": ("baclofen-sleep", "zh"),
}
EN, AR, ZH = (language(code).signs for code in ("en", "ar", "zh"))
MARKS = "\u200e\u200f\u2066\u2067\u2068\u2069"


@cache
def _source(name: str) -> Source:
    return source(name, LIBRARY, DAY)


@cache
def ready(copy: str) -> Checked:
    name, code = COPIES[copy]
    return in_words(_source(name), LIBRARY, DAY, code=code)


@cache
def html(copy: str, edition: Any = "standard") -> str:
    said, setting = ready(copy).said, Setting(form="html", edition=edition)
    stands = replace(ready(copy).standing, fingerprint=PRINT)
    return compose(said.handout, said.markets, setting, stands, ROOT / "styles", voice=said.voice)


@cache
def text(copy: str) -> str:
    return plain_text(html(copy), ready(copy).said.voice.signs)


def told(body: str, signs: Any = EN, way: str = "ltr") -> str:
    return plain_text(f'<html dir="{way}"><body>{body}</body></html>', signs)


def columns(line: str) -> int:
    kept = [char for char in line if unicodedata.category(char) not in ("Mn", "Cf")]
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in kept)


@pytest.mark.parametrize("copy", COPIES)
def test_the_text_is_as_it_was_accepted(copy: str, golden: Callable[[str, str], None]) -> None:
    golden(f"text/{copy}.txt", text(copy))


@pytest.mark.parametrize("copy", COPIES)
def test_not_a_word_is_lost(copy: str) -> None:
    assert lost(html(copy), text(copy)) == []


def test_the_reviewers_edition_is_told_whole() -> None:
    page = html("baclofen-sleep.en", "review")
    told = plain_text(page, EN)
    assert lost(page, told) == []
    assert told.count("Checked: [ ]") > 100


@pytest.mark.parametrize("copy", ["baclofen-sleep.en", "baclofen-sleep.ar", "baclofen-sleep.zh"])
def test_a_lost_line_is_found(copy: str) -> None:
    page, lines = html(copy), text(copy).split("\n")
    worth = [at for at, line in enumerate(lines) if sum(map(str.isalnum, line)) > 10]
    tried = worth[:: len(worth) // 25]
    missed = [lines[at] for at in tried if not lost(page, "\n".join(lines[:at] + lines[at + 1 :]))]
    # What a table's head and another row say too stands in its place.
    assert len(tried) >= 25
    assert all("____" in line for line in missed), missed


def test_words_in_another_order_are_found() -> None:
    page = "<html><body><p>One thing.</p><p>Another thing.</p></body></html>"
    assert lost(page, "One thing.\n\nAnother thing.\n") == []
    assert lost(page, "Another thing.\n\nOne thing.\n") == ["Another thing."]


def test_what_no_screen_reader_says_is_not_asked_for() -> None:
    page = (
        '<html><body><nav><a href="#a">Contents</a></nav><p aria-hidden="true">63 <b>drawn</b></p>'
        '<svg><title>63 in 100</title></svg><p>Text <a href="https://a.example/">a</a></p>'
        "</body></html>"
    )
    whole = plain_text(page, EN)
    assert whole == "63 in 100\n\nText https://a.example/\n"
    assert lost(page, whole) == []
    assert lost(page, "Text a\n") == ["63 in 100", "https://a.example/"]


@pytest.mark.parametrize("copy", COPIES)
def test_lines_fit_an_e_mail(copy: str) -> None:
    lines = text(copy).split("\n")
    long = [line for line in lines if columns(line) > WIDTH]
    assert all(" " not in line.strip().removeprefix("- ") for line in long), long
    assert [line for line in lines if line != line.rstrip()] == []
    assert text(copy).endswith("\n")
    assert not text(copy).endswith("\n\n")
    assert "\n\n\n\n" not in text(copy)


@pytest.mark.parametrize("copy", COPIES)
def test_a_number_and_its_unit_share_a_line(copy: str) -> None:
    units = "mg|mL|min|minutes|minutos|hours|hrs|in 100|tablets?|دقيقة|分钟"
    assert re.findall(rf"[0-9][\u2069]?\n *(?:{units})\b", text(copy)) == []


@pytest.mark.parametrize("copy", COPIES)
def test_there_is_nothing_but_text(copy: str) -> None:
    made = text(copy)
    marks = MARKS if copy.endswith(".ar") else ""
    odd = {c for c in made if unicodedata.category(c) in ("Cc", "Cf", "Co", "Zl", "Zp")}
    assert odd <= {"\n", *marks}
    assert "\u00a0" not in made
    assert not re.search(r"&(?:#\d+|[a-z]+);|</?[a-z]+[ >]", made)


def test_each_line_of_arabic_begins_from_the_right() -> None:
    lines = text("baclofen-sleep.ar").split("\n")
    sources = lines.index(next(line for line in lines if line.startswith("1. Ozobax")))
    for line in filter(None, lines[:sources]):
        bare = re.sub("[\u2066-\u2068][^\u2069]*\u2069", "", line)
        ways = [unicodedata.bidirectional(char) for char in bare]
        first = next((way for way in ways if way in ("L", "R", "AL")), "")
        assert first in ("R", "AL"), line
        assert line.count("\u2069") == sum(line.count(mark) for mark in "\u2066\u2067\u2068")
    assert "\u206620 mg\u2069" in text("baclofen-sleep.ar")


@pytest.mark.parametrize("copy", COPIES)
def test_a_draft_says_so_first_and_last(copy: str) -> None:
    paragraphs = text(copy).strip().split("\n\n")
    draft = ready(copy).said.voice.plain("page.draft")
    assert paragraphs[0].startswith(draft)
    assert paragraphs[-1] == paragraphs[0]
    assert "0123 4567" in paragraphs[-2]


def test_a_table_is_told_row_by_row() -> None:
    table = (
        '<table><thead><tr><th scope="col">Step</th><th scope="col">Morning</th>'
        '<th scope="col">Night</th></tr></thead><tbody>'
        '<tr><th scope="row">Week 1 to 2</th><td>5 mg</td><td>10 mg</td></tr>'
        '<tr><th scope="row">3</th><td>None</td><td></td></tr></tbody></table>'
    )
    assert told(table) == (
        "Step:\n- Week 1 to 2: morning 5 mg, night 10 mg\n- Step 3: morning: None, night ____\n"
    )
    long = table.replace("<td>5 mg</td>", "<td>5 mg. Take it with a glass of water.</td>")
    assert told(long) == (
        "Step:\n- Week 1 to 2\n  Morning: 5 mg. Take it with a glass of water.\n  Night: 10 mg\n"
        "- Step 3\n  Morning: None\n  Night: ____\n"
    )
    assert told(table, ZH).startswith("Step：\n- Week 1 to 2：morning 5 mg，night 10 mg\n")


def test_lists_links_and_pictures() -> None:
    assert told('<h2>A</h2><ol start="3"><li>x <b>y</b></li><li>z</li></ol><h2>B</h2>') == (
        "A\n\n3. x y\n4. z\n\n\nB\n"
    )
    assert told('<p>See <a href="https://a.example/b">our page</a>.</p>') == (
        "See our page (https://a.example/b).\n"
    )
    assert told('<p><a href="https://a.example/">a.example</a> <a href="#x">up</a></p>') == (
        "https://a.example/ up\n"
    )
    assert told('<p>Call <a href="tel:999"><span class="fact">999</span></a></p>') == "Call 999\n"
    assert told('<div><svg><title>5 in 100 &amp; more</title><path d=""/></svg></div>') == (
        "5 in 100 & more\n"
    )
    assert told('<p><span class="box"></span> Tick. <span class="blank"></span></p>') == (
        "[ ] Tick. ____\n"
    )


def test_lines_break_where_the_words_allow() -> None:
    word = "word " * 13
    assert told(f"<p>{word}<span class='fact'>0.69 in 100</span></p>").split("\n")[1] == (
        "0.69 in 100"
    )
    assert told(f"<p>{word}ab 10\u00a0mg</p>").split("\n")[1] == "10 mg"
    chinese = told(f"<p>{'药' * 36}。{'药' * 5}</p>", ZH).split("\n")
    assert chinese == ["药" * 35, "药。" + "药" * 5, ""]
    assert told("<p>soft\u00adly, a\u200bb</p>") == "softly, ab\n"
    address = "https://a.example/" + "x" * 90
    assert told(f'<p>See <a href="{address}">this</a>.</p>') == f"See this\n({address}).\n"


def test_text_of_the_other_direction_keeps_its_marks() -> None:
    name = '<p>For <span class="literal">\u2068{}\u2069</span></p>'
    assert told(name.format("Ann")) == "For Ann\n"
    assert told(name.format("ليلى")) == "For \u2068ليلى\u2069\n"
    assert told('<p><span dir="ltr">NHS</span> هنا</p>', AR, "rtl") == "\u2066NHS\u2069 هنا\n"
    assert told("<p>NHS هنا</p>", AR, "rtl") == "\u200fNHS هنا\n"
    long = "ليلى " * 20
    lines = told(name.format(long.strip())).rstrip("\n").split("\n")
    assert len(lines) == 2
    assert all(line.count("\u2068") == line.count("\u2069") == 1 for line in lines)


def test_a_patients_copy_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    file = written(tmp_path, name="Quillon Zephyrine", notes="<b>&amp; {egfr-limit}</b> *x*")
    asked = ["--patient", str(file), "--date", "2026-11-22", "-o", str(tmp_path / "out")]
    assert main(["render", "baclofen-sleep", "--format", "text", *asked]) == 0
    (copy,) = (tmp_path / "out").iterdir()
    assert re.fullmatch("[0-9a-f]{16}.txt", copy.name)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    made = copy.read_text(encoding="utf-8")
    assert "\n\nFor Quillon Zephyrine\n\n" in made
    assert "\n<b>&amp; {egfr-limit}</b> *x*\n" in made
    assert "\n- Step 1 (" in made
    assert made.startswith("DRAFT, NOT FOR USE. ")


def test_the_file_is_named_as_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    command = ["render", "omeprazole", "--format", "text", "--date", "2026-11-22", "-o"]
    assert main([*command, str(tmp_path)]) == 0
    assert main([*command, str(tmp_path / "mine.txt")]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "omeprazole.en.txt"]
    made = [path.read_bytes() for path in tmp_path.iterdir()]
    assert made[0] == made[1]
    assert main([*command, str(tmp_path / "with-clinic"), "--clinic", "example"]) == 0
    clinic = (tmp_path / "with-clinic" / "omeprazole.en.example.txt").read_text(encoding="utf-8")
    assert "Telephone 01632 960 123\n" in clinic


def test_an_edition_for_paper_has_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "html"):
        assert main(["render", "omeprazole", "--edition", "card", "--format", form]) == 2
        assert "the card edition is for paper alone" in capsys.readouterr().err


def test_a_lost_text_stops_the_render(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plainleaf.leaflet.plain_text", lambda html, signs: "DRAFT\n")
    with pytest.raises(ContentError, match="a text of the page is not in its plain text"):
        make(ready("omeprazole.en"), LIBRARY, Setting(form="text"))
