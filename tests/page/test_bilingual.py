"""Two languages beside each other: every text of both, in pairs, and what is alike only once."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from plainleaf.checks.blocks import text_blocks
from plainleaf.leaflet import Person, make
from plainleaf.library import Library
from plainleaf.page.bilingual import side_by_side
from plainleaf.page.setting import Paper, Setting
from plainleaf.problems import ContentError, UsageError
from plainleaf.ready import Checked, checked
from plainleaf.taper.patient import read_patient
from tests.taper.test_patient_file import written

from .conftest import ROOT

DAY = datetime.date(2026, 11, 22)
LIBRARY = Library((ROOT,))
NAME = "baclofen-sleep"
BOTH: tuple[tuple[str, Paper], ...] = (("es+en", "a4"), ("ar+en", "letter"), ("en+zh", "a4"))


def page(body: str, code: str = "es", way: str = "ltr") -> str:
    return f'<!DOCTYPE html><html lang="{code}" dir="{way}"><body>{body}</body></html>'


def joined(one: str, two: str, way: str = "ltr") -> str:
    whole = side_by_side(page(one), page(two, "ar" if way == "rtl" else "en", way))
    match = re.search("<body>(.*)</body>", whole, re.DOTALL)
    assert match
    return match[1]


def test_a_paragraph_holds_both_each_with_its_language() -> None:
    assert joined("<p>Hola</p>", "<p>Hello</p>") == (
        '<p><span class="both"><span class="one">Hola</span>'
        '<span class="other" lang="en" dir="ltr">Hello</span></span></p>'
    )
    assert 'lang="ar" dir="rtl"' in joined("<p>Hola</p>", "<p>x</p>", "rtl")


@pytest.mark.parametrize(
    "same", ["<p>10 mg</p>", '<td><b>5</b> <svg aria-label="a"></svg></td>', "<p> a  b </p>"]
)
def test_what_is_alike_stands_once(same: str) -> None:
    assert 'class="other"' not in joined(same, same.replace('"a"', '"b"').replace("  ", " "))


def test_a_picture_stands_once_and_a_name_is_given_once() -> None:
    one = '<p id="x"><span id="y">Uno</span> <svg><path d="M0 0"/></svg></p>'
    both = joined(one, one.replace("Uno", "One"))
    assert both.count("<svg") == 1 and both.count('id="y"') == 1 and both.count('id="x"') == 1


def test_words_between_blocks_are_paired_where_they_stand() -> None:
    both = joined("<td>uno<p>dos</p>tres</td>", "<td>one<p>two</p>three</td>")
    texts = re.findall(r">([a-z]+)<", both)
    assert texts == ["uno", "one", "dos", "two", "tres", "three"]


def test_signs_of_html_stay_what_they_are() -> None:
    both = joined("<p>a &lt;b&gt; &amp; c</p>", "<p>&quot;d&quot;</p>")
    assert "a &lt;b&gt; &amp; c" in both and "<b>" not in both


def test_a_part_that_one_language_lacks_is_refused() -> None:
    with pytest.raises(ContentError, match="do not have the same parts"):
        joined("<div><p>a</p></div>", "<div><p>a</p><p>b</p></div>")


def ready(code: str) -> Checked:
    return checked(NAME, LIBRARY, DAY, code=code)


@pytest.mark.parametrize("code", ["es+en", "ar+en", "en+ar"])
def test_every_text_of_both_languages_is_there_in_order(code: str) -> None:
    first, second = code.split("+")
    html = make(ready(code), LIBRARY, Setting(form="html")).data.decode()
    for each in (first, second):
        alone = make(ready(each), LIBRARY, Setting(form="html")).data.decode()
        # The mark of a sheet says its own fingerprint.
        wanted = [block.text for block in text_blocks(alone) if not _own(block.text)]
        found = iter(block.text for block in text_blocks(html))
        assert not [text for text in wanted if text not in found]
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def _own(text: str) -> bool:
    return re.search(r"[0-9a-f]{4} ?[0-9a-f]{4}", text) is not None


def test_the_printed_pages_pass_every_check(verapdf: Callable[..., None]) -> None:
    copies = []
    for code, paper in BOTH:
        leaflet = make(ready(code), LIBRARY, Setting(paper=paper))
        assert 8 < leaflet.pages <= 20
        with pikepdf.open(io.BytesIO(leaflet.data)) as pdf:
            assert str(pdf.Root.Lang)[:2] == code[:2]
        copies.append(leaflet.data)
    verapdf(*copies)


def test_a_patients_copy_has_both_too(tmp_path: Path) -> None:
    person = Person(read_patient(written(tmp_path)), DAY)
    leaflet = make(ready("es+en"), LIBRARY, Setting(), person)
    assert leaflet.pages > 10


def test_no_more_than_two_and_not_twice_the_same() -> None:
    for code in ("es+es", "es+en+ar", "en+en"):
        with pytest.raises(UsageError, match="does not name two languages"):
            ready(code)
    with pytest.raises(UsageError):
        ready("es+xx")


def test_only_the_standard_leaflet_stands_in_two() -> None:
    for setting in (Setting(edition="review"), Setting(form="text")):
        with pytest.raises(UsageError, match="in the standard leaflet alone"):
            make(ready("es+en"), LIBRARY, setting)


def test_it_has_a_fingerprint_of_its_own() -> None:
    prints = {code: ready(code).standing.fingerprint for code in ("es", "en", "es+en", "en+es")}
    assert len(set(prints.values())) == 4
