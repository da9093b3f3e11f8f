"""Large print: 18 pt and up in one column, every check kept, and no page wasted."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from plainleaf.checks.pdf import sheets, squeezed
from plainleaf.content.wording.phrases import Voice
from plainleaf.leaflet import Leaflet, Person, make
from plainleaf.library import Library
from plainleaf.page.setting import Paper, Setting
from plainleaf.problems import Level
from plainleaf.ready import checked
from plainleaf.taper.patient import read_patient
from tests.taper.test_patient_file import written

from .conftest import ROOT

DAY, LIBRARY = date(2026, 11, 22), Library((ROOT,))
COPIES: list[tuple[str, str, Paper]] = [
    ("baclofen-sleep", "en", "a4"),
    ("baclofen-sleep", "en", "letter"),
    ("baclofen-sleep", "ar", "a4"),
    ("baclofen-sleep", "ar", "letter"),
    ("sertraline", "en", "a4"),
    ("omeprazole", "en", "letter"),
]
INCH = 72


def made(name: str, code: str, paper: Paper, person: Person | None = None) -> Leaflet:
    setting = Setting("us" if paper == "letter" else "uk", paper, edition="large-print")
    return make(checked(name, LIBRARY, DAY, code=code), LIBRARY, setting, person)


@pytest.fixture(scope="module")
def copies() -> dict[tuple[str, str, Paper], Leaflet]:
    """Each copy; `make` raises for every error of the checks."""
    return {copy: made(*copy) for copy in COPIES}


def test_verapdf_passes_every_copy(
    copies: dict[tuple[str, str, Paper], Leaflet], verapdf: Callable[..., None]
) -> None:
    verapdf(*(copy.data for copy in copies.values()), profiles="PDFUA_1,PDFA_3_A")


def test_the_paper_is_the_papers_own(copies: dict[tuple[str, str, Paper], Leaflet]) -> None:
    sizes = {"a4": (595.28, 841.89), "letter": (8.5 * INCH, 11 * INCH)}
    for (_, _, paper), copy in copies.items():
        with pikepdf.open(io.BytesIO(copy.data)) as pdf:
            for page in pdf.pages:
                assert [float(edge) for edge in page.mediabox] == pytest.approx(
                    [0, 0, *sizes[paper]], abs=0.02
                )


def test_text_has_18_points_and_nothing_less_than_the_sources(
    copies: dict[tuple[str, str, Paper], Leaflet],
) -> None:
    for copy in copies.values():
        sizes: dict[float, int] = {}
        for sheet in sheets(copy.data):
            for run in sheet.tagged.runs:
                size = round(run.size, 1)
                sizes[size] = sizes.get(size, 0) + len(run.text)
        assert max(sizes, key=lambda size: sizes[size]) >= 18
        assert min(sizes) >= 13.5


def test_the_number_of_the_page_is_large_and_bold(
    copies: dict[tuple[str, str, Paper], Leaflet],
) -> None:
    for copy in copies.values():
        every = sheets(copy.data)
        for number, sheet in enumerate(every, start=1):
            top = [run for run in sheet.furniture if run.box[1] > sheet.height * 0.9]
            assert {round(run.size, 1) for run in top} == {18}
            assert all(run.bold for run in top)
            assert {str(number), str(len(every))} <= {
                word for run in top for word in run.said.split()
            }


def test_the_first_page_tells_whom_to_call(
    copies: dict[tuple[str, str, Paper], Leaflet],
) -> None:
    words = {"en": "Telephone", "ar": "الهاتف"}
    for (_, code, _), copy in copies.items():
        assert squeezed(words[code]) in sheets(copy.data)[0].tagged.text


def test_no_page_is_wasted(copies: dict[tuple[str, str, Paper], Leaflet]) -> None:
    for copy in copies.values():
        assert [each for each in copy.problems if each.rule == "page-gap"] == []


def test_only_plans_are_tables(copies: dict[tuple[str, str, Paper], Leaflet]) -> None:
    every = sheets(copies["baclofen-sleep", "en", "a4"].data)
    text = "".join(sheet.tagged.text for sheet in every)
    rows = "".join(row for sheet in every for row in sheet.rows)
    assert "Step1" in rows
    for stacked in ("Melatonin", "Headache", "Trouble"):
        assert stacked in text
        assert stacked not in rows


def test_the_list_of_pages_leads_to_them(
    copies: dict[tuple[str, str, Paper], Leaflet],
) -> None:
    data = copies["baclofen-sleep", "en", "a4"].data
    texts = [sheet.tagged.text for sheet in sheets(data)]
    title = "Sideeffectsandwhattodo"
    at = next(number for number, text in enumerate(texts, 1) if number > 3 and title in text)
    assert squeezed(f"{title} (page {at})") in texts[1]


def test_the_same_bytes_again(copies: dict[tuple[str, str, Paper], Leaflet]) -> None:
    assert made("omeprazole", "en", "letter").data == copies["omeprazole", "en", "letter"].data


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_clinics_telephone_is_on_the_first_page(paper: Paper) -> None:
    setting = Setting("us" if paper == "letter" else "uk", paper, edition="large-print")
    ready = checked("baclofen-sleep", LIBRARY, DAY, clinic="example")
    assert ready.said.letterhead
    first = sheets(make(ready, LIBRARY, setting).data)[0]
    assert list(first.tagged.holding(ready.said.letterhead.questions))
    assert list(first.tagged.holding("Monday to Friday"))


@pytest.mark.parametrize(
    ("code", "dose"),
    [
        ("en", {"morning": "10 mg", "noon": "10 mg", "night": "20 mg"}),
        ("en", {"night": "20 mg"}),
        ("ar", {"morning": "10 mg", "night": "20 mg"}),
    ],
)
def test_a_persons_plan_has_a_row_for_every_day(
    tmp_path: Path, verapdf: Callable[..., None], code: str, dose: dict[str, str]
) -> None:
    given = read_patient(written(tmp_path, dose=dose, start="2027-01-11", name="Ann Example"))
    leaflet = made("baclofen-sleep", code, "a4", Person(given, DAY))
    assert not [each for each in leaflet.problems if each.level is Level.ERROR]
    verapdf(leaflet.data, profiles="PDFUA_1,PDFA_3_A")
    rows = [row for sheet in sheets(leaflet.data) for row in sheet.rows]
    voice = Voice(ROOT / "styles" / "phrases", code)
    for day in (date(2027, 1, 11), date(2027, 1, 12), date(2027, 1, 31)):
        (name,) = {"".join(voice.date(day, "EEE d").split())}
        if code == "en":
            assert any(name in row for row in rows), name
    own = [sheet for sheet in sheets(leaflet.data) if "AnnExample" in sheet.drawn.text]
    assert 3 <= len(own) <= 9
    assert {run.size for sheet in own for run in sheet.tagged.runs if "mg" in run.text} != set()
    assert min(run.size for sheet in own for run in sheet.tagged.runs) >= 15.7
