"""The card for the wallet: it fits its panels, says what must be known, and keeps a secret."""

from __future__ import annotations

import datetime
import io
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from plainleaf.checks import Printed, check_printed
from plainleaf.checks.blocks import text_blocks
from plainleaf.cli import main
from plainleaf.content.base import Proof
from plainleaf.content.closing import Card
from plainleaf.content.sections import Statement
from plainleaf.content.wording.units import units
from plainleaf.leaflet import Leaflet, Person, make
from plainleaf.library import Library
from plainleaf.page.cards import COLUMNS, ROWS, TALL, WIDE, panel
from plainleaf.page.setting import Setting
from plainleaf.problems import ContentError
from plainleaf.ready import Checked, checked
from plainleaf.taper.patient import read_patient
from tests.checks.given import good, typed
from tests.taper.test_patient_file import written

from .conftest import ROOT
from .scanned import modules_of, seen
from .test_bundled import approved

DAY = datetime.date(2026, 11, 22)
LIBRARY = Library((ROOT,))
SECRET, DOCTOR = "Quillon Zephyrine", "Dr Ottokar"
LONG = "Maximiliana Konstantinopolitańczykiewiczówna-Oestergaard Ann"
COPIES = [
    ("baclofen-sleep", "en", "a4", "clear", None),
    ("baclofen-sleep", "en", "letter", "warm", "example"),
    ("baclofen-sleep", "ar", "a4", "clear", None),
    ("baclofen-sleep", "ar", "letter", "warm", None),
    ("baclofen-sleep", "pl", "letter", "clear", None),
    ("baclofen-sleep", "es", "a4", "clear", None),
    ("sertraline", "en", "a4", "clear", "example"),
    ("omeprazole", "en", "letter", "clear", None),
]


def setting(paper: str = "a4", style: str = "clear") -> Setting:
    market = "us" if paper == "letter" else "uk"
    return Setting(market, paper, edition="card", style=style)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made() -> dict[tuple[object, ...], Leaflet]:
    """Every copy; `make` raises where one breaks a rule of the page, its panels among them."""
    found: dict[tuple[object, ...], Leaflet] = {}
    for each in COPIES:
        name, code, paper, style, clinic = each
        ready = checked(name, LIBRARY, DAY, code=code, clinic=clinic)
        found[each] = make(ready, LIBRARY, setting(paper, style))
    return found


def text_of(data: bytes, folder: Path) -> str:
    """Its words, without spaces, as drawn."""
    (folder / "card.pdf").write_bytes(data)
    command = ["pdftotext", "-raw", str(folder / "card.pdf"), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return "".join(said.split())


def test_it_is_one_page(made: dict[tuple[object, ...], Leaflet]) -> None:
    assert {leaflet.pages for leaflet in made.values()} == {1}
    for each, leaflet in made.items():
        assert not [one for one in leaflet.problems if one.rule == "outside-page"], each


def test_verapdf_passes_it(
    made: dict[tuple[object, ...], Leaflet], verapdf: Callable[..., None]
) -> None:
    verapdf(*(leaflet.data for leaflet in made.values()))


def test_it_says_what_must_be_known(
    made: dict[tuple[object, ...], Leaflet], tmp_path: Path
) -> None:
    said = text_of(made[COPIES[0]].data, tmp_path)
    handout = LIBRARY.handout("baclofen-sleep").model
    assert handout.card and handout.red_flags
    for words in (
        "I take baclofen.",
        handout.card.warning.text,
        handout.card.staff.text,
        *handout.red_flags.signs.values(),
        handout.red_flags.say,
        "Call 999",
        "Emergency: call 999",
    ):
        assert "".join(str(words).split()) in said


@pytest.mark.parametrize("each", [each for each in COPIES if each[1] not in ("en", "ar")])
def test_staff_read_english_and_the_patient_their_own_language(
    each: tuple[object, ...], made: dict[tuple[object, ...], Leaflet], tmp_path: Path
) -> None:
    said = text_of(made[each].data, tmp_path)
    source = LIBRARY.handout("baclofen-sleep").model.card
    assert source
    assert "".join(str(source.staff.text).split()) in said
    assert "".join(str(source.warning.text).split()) not in said
    own = checked("baclofen-sleep", LIBRARY, DAY, code=str(each[1])).said.handout.card
    assert own
    assert "".join(str(own.warning.text).split()) in said


def test_no_translator_and_no_clinic_rewords_it() -> None:
    found = {unit.context: unit for unit in units(LIBRARY.handout("baclofen-sleep").model)}
    assert found["card.warning.text"].locked
    assert not [context for context in found if context.startswith("card.staff")]


# Where it is cut and folded


@pytest.mark.parametrize("each", [COPIES[0], COPIES[3]], ids=["a4", "letter, Arabic"])
def test_the_marks_stand_where_the_panels_end(
    each: tuple[object, ...], made: dict[tuple[object, ...], Leaflet], tmp_path: Path
) -> None:
    (tmp_path / "card.pdf").write_bytes(made[each].data)
    command = ["pdftoppm", "-r", "254", "-gray", "-png", "-singlefile"]  # ten pixels a mm
    subprocess.run([*command, tmp_path / "card.pdf", tmp_path / "card"], check=True)
    with Image.open(tmp_path / "card.png") as opened:
        picture = opened.convert("L")
    paper = "a4" if each[2] == "a4" else "letter"
    left, top, _, _ = panel(paper, 0)  # type: ignore[arg-type]
    wide, tall = COLUMNS * WIDE, ROWS * TALL

    def dark(x: float, y: float, to_x: float, to_y: float) -> float:
        """The share of a strip's length that has ink, each length in mm of the page."""
        box = [round(10 * at) for at in (x, y, to_x, to_y)]
        strip = picture.crop((box[0], box[1], max(box[2], box[0] + 1), max(box[3], box[1] + 1)))
        long = strip.width > strip.height
        lines = range(strip.width if long else strip.height)
        cells = [
            strip.crop((at, 0, at + 1, strip.height) if long else (0, at, strip.width, at + 1))
            for at in lines
        ]
        return sum(cell.getextrema()[0] < 160 for cell in cells) / len(cells)  # type: ignore[operator]

    # The broken edge: six tenths of each side, and nothing a millimetre off it.
    for x in (left, left + wide):
        assert 0.5 < dark(x - 0.2, top + 1, x + 0.2, top + tall - 1) < 0.75
    for y in (top, top + tall):
        assert 0.5 < dark(left + 20, y - 0.2, left + wide - 1, y + 0.2) < 0.75
    # The marks of the folds, outside the edge, whole.
    for x in (left + WIDE,):
        assert dark(x - 0.2, top - 5, x + 0.2, top - 2) == 1
        assert dark(x - 0.2, top + tall + 2, x + 0.2, top + tall + 5) == 1
    for y in (top + TALL, top + 2 * TALL):
        assert dark(left - 5, y - 0.2, left - 2, y + 0.2) == 1
        assert dark(left + wide + 2, y - 0.2, left + wide + 5, y + 0.2) == 1


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_panels_are_bank_cards_side_by_side_and_mirrored_in_arabic(paper: str) -> None:
    boxes = [panel(paper, place) for place in range(COLUMNS * ROWS)]  # type: ignore[arg-type]
    mirror = [panel(paper, place, rtl=True) for place in range(COLUMNS * ROWS)]  # type: ignore[arg-type]
    assert {box[2:] for box in boxes} == {(85.6, 54.0)}
    assert [box[1] for box in boxes[:ROWS]] == [boxes[0][1] + TALL * row for row in range(ROWS)]
    assert boxes[ROWS][0] == pytest.approx(boxes[0][0] + WIDE)
    assert mirror == boxes[ROWS:] + boxes[:ROWS]
    across, down = {"a4": (210, 297), "letter": (215.9, 279.4)}[paper]
    assert boxes[0][0] + boxes[ROWS][0] + WIDE == pytest.approx(across)
    assert boxes[-1][1] + TALL < down - 20


def page(*panels: str, outside: str = "") -> Printed:
    """A card of a few panels, each of which is a style and its words."""
    settled = good()
    drawn = "".join(panels)
    html = (
        '<!doctype html><html lang="en"><head><title>Card</title><style>'
        "@page { size: A4; margin: 0 } body { font: 12pt/16pt Inter; margin: 0 } p { margin: 0 }"
        f"section {{ position: absolute; box-sizing: border-box; padding: 3mm }}</style></head>"
        f"<body><h1 style='margin: 20mm'>Card</h1>{drawn}{outside}</body></html>"
    )
    return replace(settled, html=html, pdf=typed(html), setting=setting())


def section(place: int, words: str, style: str = "", name: str = "panel") -> str:
    left, top, wide, tall = panel("a4", place)
    at = f"left: {left}mm; top: {top}mm; width: {wide}mm; height: {tall}mm; {style}"
    return f'<section class="{name}" style="{at}"><p>{words}</p></section>'


def told(copy: Printed) -> list[str]:
    return [each.message for each in check_printed(copy) if each.rule == "card-fits"]


def test_a_card_whose_words_stay_in_their_panels() -> None:
    assert told(page(section(0, "Short."), section(1, "Short too."))) == []


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("Too long. " * 40, ""),
        ("Too far down.", "padding-top: 49mm"),
        ("Too near the fold.", "padding-left: 1mm"),
        ("Out of it.", "margin-left: 80mm"),
        ("Too wide." + "\u00a0wide" * 12, "white-space: nowrap"),
    ],
    ids=["long", "low", "near", "moved", "wide"],
)
def test_words_that_leave_their_panel(words: str, style: str) -> None:
    (said,) = told(page(section(0, "Short."), section(1, words, style)))
    assert said.startswith('a text leaves its panel of the card: "')
    assert words[:7] in said


def test_other_words_on_the_card_and_a_picture_over_its_edge() -> None:
    other = '<p style="position: absolute; left: 60mm; top: 120mm">Not of the card</p>'
    said = told(page(section(0, "Short."), outside=other))
    assert said == ['a text that is not the card\'s stands on it: "Not of the card"']
    figure = (
        '<svg viewBox="0 0 9 9" style="height: 60mm"><title>Big</title><path d="M0 0h9v9z"/></svg>'
    )
    assert told(page(section(0, figure))) == ["a picture leaves its panel of the card"]


def changed(**card: str) -> Checked:
    ready = checked("baclofen-sleep", LIBRARY, DAY)
    held = {
        name: Statement(text=text, sources=("ozobax",), level=Proof.PRIMARY)
        for name, text in card.items()
    }
    assert ready.said.handout.card
    model = ready.said.handout.card.model_copy(update=held)
    handout = ready.said.handout.model_copy(update={"card": model})
    return replace(ready, said=replace(ready.said, handout=handout))


def test_a_text_too_long_is_told_of_and_never_cut_off() -> None:
    with pytest.raises(ContentError) as caught:
        make(changed(staff="This goes on and on, and never ends. " * 9), LIBRARY, setting())
    assert "card-fits" in {problem.rule for problem in caught.value.problems}


def test_without_a_warning_there_is_no_card() -> None:
    ready = checked("baclofen-sleep", LIBRARY, DAY)
    handout = ready.said.handout.model_copy(update={"card": None})
    with pytest.raises(ContentError, match="needs what the handout does not have: card"):
        make(replace(ready, said=replace(ready.said, handout=handout)), LIBRARY, setting())
    assert set(Card.model_fields) == {"warning", "staff"}


def test_it_is_for_paper_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["render", "baclofen-sleep", "--edition", "card", "--format", "html"]
    assert main([*command, "-o", str(tmp_path)]) == 2
    assert "the card edition is for paper alone" in capsys.readouterr().err


def test_a_draft_says_so_where_it_is_cut_too_and_an_approved_card_does_not(
    made: dict[tuple[object, ...], Leaflet], tmp_path: Path
) -> None:
    draft = text_of(made[COPIES[0]].data, tmp_path)
    assert draft.count("DRAFT") == 2  # across the page, and on the front
    assert "Notyetreviewedbyaclinician" in draft
    ready, library = approved("baclofen-sleep", tmp_path)
    said = text_of(make(ready, library, setting()).data, tmp_path)
    assert "DRAFT" not in said
    assert said.count("Reviewed22November2026") == 2  # at the foot, and on the card


def test_the_code_can_be_read(made: dict[tuple[object, ...], Leaflet], tmp_path: Path) -> None:
    data = made[COPIES[0]].data
    (words,) = re.findall(r"baclofen-sleep0\.1encard([0-9a-f]{8})", text_of(data, tmp_path))
    name = f"baclofen-sleep 0.1 en card {words[:4]} {words[4:]}"
    wanted = modules_of(f"PLAINLEAF 1 BACLOFEN-SLEEP 0.1 EN CARD {words.upper()}")
    assert seen(data, f"A code that says: {name}", len(wanted), tmp_path) == wanted


# Whose it is


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, str]]:
    """The folder of one run, the card it made, and what it said, in a process of its own."""
    folder = tmp_path_factory.mktemp("run")
    for name in ("tmp", "home"):
        (folder / name).mkdir()
    # What a plan needs, a card does not; and its answers and notes are nobody's business.
    given = written(
        tmp_path_factory.mktemp("given"),
        name=SECRET,
        prescriber=DOCTOR,
        born="1950-01-31",
        dose={"morning": "5 mg", "night": "20 mg"},
        notes="Parrot called Xanthippe",
        pace=None,
        forms=None,
        screening={"epilepsy": "yes"},
    )
    command = [sys.executable, "-m", "plainleaf", "render", "baclofen-sleep", "--edition", "card"]
    done = subprocess.run(
        [*command, "--date", "2026-11-22", "--patient", str(given)],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(folder / "tmp"),
            "HOME": str(folder / "home"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (card,) = (folder / "out").iterdir()
    yield folder, card, done.stdout + done.stderr


def test_the_card_has_what_is_the_persons_and_no_plan(
    own: tuple[Path, Path, str], tmp_path: Path
) -> None:
    said = text_of(own[1].read_bytes(), tmp_path)
    for words in (SECRET, "31 January 1950", DOCTOR, "Dose on 22 November 2026"):
        assert "".join(words.split()) in said
    assert "Morning:5mgNight:20mg" in said
    assert "DRAFT,NOTFORUSE" in said
    assert not [word for word in ("Step1", "Xanthippe", "epilepsy") if word in said]


def test_the_card_has_a_random_name_and_is_private(own: tuple[Path, Path, str]) -> None:
    assert re.fullmatch(r"[0-9a-f]{16}\.pdf", own[1].name)
    assert stat.S_IMODE(own[1].stat().st_mode) == 0o600


def test_nothing_else_knows_the_person(own: tuple[Path, Path, str]) -> None:
    folder, card, said = own
    private = [*SECRET.split(), "Ottokar", "Xanthippe"]
    left = [path for path in folder.rglob("*") if path.is_file() and path != card]
    assert left, "the cache of templates was looked at, too"
    held = [said, *(path.read_bytes().decode("latin-1") + str(path) for path in left)]
    with pikepdf.open(io.BytesIO(card.read_bytes())) as pdf:
        held += [str(dict(pdf.docinfo)), pdf.Root.Metadata.read_bytes().decode()]
        held += [each.get_file().read_bytes().decode() for each in pdf.attachments.values()]
        with pdf.open_outline() as outline:
            held.append(str(list(outline.root)))
    assert not [word for word in private for text in held if word in text]


@pytest.mark.parametrize("code", ["en", "pl", "ar"])
def test_a_long_name_has_room(code: str, tmp_path: Path) -> None:
    given = written(
        tmp_path,
        name=LONG,
        prescriber=f"Dr {LONG[:57]}",
        born="1950-01-31",
        dose=dict.fromkeys(("morning", "noon", "evening", "night"), "10 mg"),
    )
    ready = checked("baclofen-sleep", LIBRARY, DAY, code=code)
    card = make(ready, LIBRARY, setting(), Person(read_patient(given), DAY))
    assert LONG.split()[0] in text_of(card.data, tmp_path)


def test_a_card_of_another_leaflet_or_a_dose_that_is_none_is_refused(tmp_path: Path) -> None:
    ready = checked("baclofen-sleep", LIBRARY, DAY)
    for change, said in (
        ({"handout": "sertraline"}, 'the file is for "sertraline"'),
        ({"dose": "20 mg"}, "does not say that it is a day's"),
        ({"dose": {"night": ".5 mg"}}, "0.5"),
    ):
        given = read_patient(written(tmp_path, **change))
        with pytest.raises(ContentError, match=said):
            make(ready, LIBRARY, setting(), Person(given, DAY))


def test_the_panels_are_read_in_their_order() -> None:
    html = page(section(0, "One"), section(1, "Two")).html
    assert [(block.text, block.panel) for block in text_blocks(html)] == [
        ("Card", 0),
        ("One", 1),
        ("Two", 2),
    ]
