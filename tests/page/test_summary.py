"""The summary: one sheet, from the words of the leaflet, with a way to all of it."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from plainleaf.checks import check_printed
from plainleaf.checks.blocks import text_blocks
from plainleaf.checks.pdf import squeezed
from plainleaf.cli import main
from plainleaf.content.wording.phrases import source_phrases
from plainleaf.leaflet import Leaflet, as_print, make
from plainleaf.library import Library
from plainleaf.page.compose import compose
from plainleaf.page.palette import bundled_look
from plainleaf.page.setting import Setting
from plainleaf.problems import Level
from plainleaf.ready import Checked, checked
from tests.checks.given import copy, first_page
from tests.taper.test_patient_file import written

from .conftest import ROOT
from .scanned import modules_of, seen

DAY = datetime.date(2026, 11, 22)
LIBRARY = Library((ROOT,))
ADDRESS = "https://leaflets.example.org/baclofen-sleep/en"
# Handout, language, paper, style, clinic: each of them somewhere, the longest words on the
# shorter paper.
COPIES = [
    ("baclofen-sleep", "en", "a4", "clear", None),
    ("baclofen-sleep", "en", "letter", "clear", "example"),
    ("baclofen-sleep", "ar", "a4", "warm", None),
    ("baclofen-sleep", "ar", "letter", "clear", None),
    ("baclofen-sleep", "pl", "letter", "clear", None),
    ("sertraline", "en", "a4", "clear", "example"),
    ("sertraline", "en", "letter", "warm", None),
    ("omeprazole", "en", "a4", "warm", None),
]


def setting(paper: str = "a4", style: str = "clear", edition: str = "summary") -> Setting:
    market = "us" if paper == "letter" else "uk"
    return Setting(market, paper, edition=edition, style=style)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made() -> dict[tuple[object, ...], Leaflet]:
    """Every copy; `make` raises where one breaks a rule of the page."""
    found: dict[tuple[object, ...], Leaflet] = {}
    for each in COPIES:
        name, code, paper, style, clinic = each
        ready = checked(name, LIBRARY, DAY, code=code, clinic=clinic)
        found[each] = make(ready, LIBRARY, setting(paper, style))
    return found


def test_it_is_one_sheet_front_and_back(made: dict[tuple[object, ...], Leaflet]) -> None:
    assert {leaflet.pages for leaflet in made.values()} == {2}
    for each, leaflet in made.items():
        assert not [one for one in leaflet.problems if one.rule == "outside-page"], each


def test_verapdf_passes_it(
    made: dict[tuple[object, ...], Leaflet], verapdf: Callable[..., None]
) -> None:
    verapdf(*(leaflet.data for leaflet in made.values()))


def html(name: str, edition: str, code: str = "en", clinic: str | None = None) -> str:
    ready = ready_of(name, edition, code, clinic)
    said = ready.said
    return compose(
        said.handout,
        said.markets,
        setting(edition=edition),
        ready.standing,
        ROOT / "styles",
        voice=said.voice,
        clinic=said.letterhead,
    )


def ready_of(name: str, edition: str, code: str = "en", clinic: str | None = None) -> Checked:
    look = bundled_look(ROOT / "styles/clear")
    ready = checked(name, LIBRARY, DAY, code=code, clinic=clinic)
    return as_print(ready, look, setting(edition=edition))


@pytest.mark.parametrize("name", ["baclofen-sleep", "sertraline", "omeprazole"])
def test_it_says_nothing_that_the_leaflet_does_not(name: str) -> None:
    """But for its own few phrases, and what names this print."""
    whole = re.sub(r'<span class="cite">.*?</span>', "", html(name, "standard"))
    words = "\n".join("".join(block.letters) for block in text_blocks(whole))
    phrases = source_phrases(ROOT / "styles/phrases")
    own = {squeezed(phrases[id].text or "") for id in phrases if id.startswith("summary.")}
    own.add(squeezed(phrases["plan.hard"].text or ""))
    new = [
        block.text
        for block in text_blocks(html(name, "summary"))
        if not all(squeezed(part) in words for part in block.text.split(": "))
        and not any("".join(block.letters).startswith(phrase) for phrase in own)
        and "summary" not in block.text
    ]
    # The reviewer's line stands apart here; so do a name of other medicines and its examples.
    assert [text for text in new if not text.startswith("No clinician")] == []


@pytest.mark.parametrize("name", ["baclofen-sleep", "sertraline", "omeprazole"])
def test_it_has_what_keeps_its_reader_safe(name: str) -> None:
    loaded = LIBRARY.handout(name).model
    tapering, red = loaded.tapering, loaded.red_flags
    assert tapering and red and loaded.who_should_not
    page = {"".join(block.letters) for block in text_blocks(html(name, "summary"))}
    said = "\n".join(page)
    wanted = [
        *red.signs.values(),
        red.say,
        tapering.lead,
        tapering.hold.text,
        tapering.go_back.text,
        *tapering.signs.call.items.values(),
        *(point.lead for point in loaded.in_short.points.values()),
    ]
    assert [text for text in wanted if squeezed(str(text)) not in said] == []
    assert ("Example,notyourplan" in said) == (tapering.example is not None)


def test_both_codes_can_be_read(made: dict[tuple[object, ...], Leaflet], tmp_path: Path) -> None:
    each = ("baclofen-sleep", "en", "letter", "clear", "example")
    sheet = ready_of("baclofen-sleep", "summary", clinic="example").standing.short
    name = f"baclofen-sleep 0.1 en summary {sheet}"
    texts = {
        f"A code that leads to {ADDRESS}": ADDRESS,
        f"A code that says: {name}": f"PLAINLEAF 1 {name}".replace(sheet, sheet.replace(" ", "")),
    }
    for words, text in texts.items():
        wanted = modules_of(text if text == ADDRESS else text.upper())
        assert seen(made[each].data, words, len(wanted), tmp_path) == wanted


def test_the_address_is_a_link_and_only_of_a_clinic(tmp_path: Path) -> None:
    with_it = html("baclofen-sleep", "summary", clinic="example")
    assert f'href="{ADDRESS}">leaflets.example.org/baclofen-sleep/en</a>' in with_it
    without = html("baclofen-sleep", "summary")
    assert "example.org" not in without
    assert "Ask us for it." in without


def test_the_links_of_the_pdf_lead_somewhere(made: dict[tuple[object, ...], Leaflet]) -> None:
    each = ("baclofen-sleep", "en", "letter", "clear", "example")
    with pikepdf.open(io.BytesIO(made[each].data)) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
        goes = [str(link.A.URI) if "/A" in link else str(link.Dest) for link in links]
    # A link that runs over lines, or that stands among other type, is several.
    assert list(dict.fromkeys(goes)) == ["tapering", ADDRESS]


def test_a_link_to_what_it_leaves_out_becomes_words() -> None:
    ready = ready_of("baclofen-sleep", "summary")
    point = ready.said.handout.in_short.points["thin-proof"]
    changed = point.model_copy(update={"text": "See [the studies](#evidence)."})
    points = {**ready.said.handout.in_short.points, "thin-proof": changed}
    short = ready.said.handout.in_short.model_copy(update={"points": points})
    handout = ready.said.handout.model_copy(update={"in_short": short})
    page = compose(handout, ready.said.markets, setting(), ready.standing, ROOT / "styles")
    assert "See the studies." in page
    whole = Setting()
    page = compose(handout, ready.said.markets, whole, ready.standing, ROOT / "styles")
    assert 'See <a href="#evidence">the studies</a>.' in page


@pytest.mark.parametrize(("edition", "pages"), [("summary", 2), ("card", 1)])
def test_a_page_too_many_is_an_error(edition: str, pages: int) -> None:
    for count in (pages, pages + 1):
        more = "<p style='break-before: page'>More</p>" * (count - 1)
        long = replace(copy(first_page(more)), setting=setting(edition=edition))
        told = [each for each in check_printed(long) if each.rule == "page-budget"]
        assert [each.level for each in told] == [Level.ERROR] * (count - pages)
        assert [each.message for each in told] == [
            f"the {edition} has {count} pages, and {pages} may be"
        ] * (count - pages)


def test_a_persons_own_plan_has_no_room_here(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = str(written(tmp_path))
    command = ["render", "baclofen-sleep", "--edition", "summary", "--patient", given]
    assert main([*command, "-o", str(tmp_path)]) == 2
    assert "a patient's copy has no summary edition" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.pdf"))
