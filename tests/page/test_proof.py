"""The sheet of contact prints: every page is on it, labelled, and it is the same each time."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageColor

from plainleaf.cli import main
from plainleaf.content.clinic import contrast
from plainleaf.page import proof as module
from plainleaf.page.proof import (
    CAPTION,
    EDGE,
    FRAME,
    GROUND,
    INK,
    LABEL,
    WIDTH,
    Shown,
    bands,
    proof,
)
from plainleaf.page.setting import editions
from plainleaf.page.typeset import typeset
from plainleaf.problems import ContentError, Problem

from .conftest import BODY, CSS, FONTS, ROOT, WHEN, page

SIZES = st.lists(st.tuples(st.integers(30, 900), st.integers(30, 900)), min_size=1, max_size=30)


@pytest.fixture(scope="module")
def shown() -> tuple[Shown, ...]:
    """Two pages in portrait, one in landscape."""
    upright = typeset(page(BODY, CSS), when=WHEN, fonts=FONTS, draft="DRAFT")
    wide = typeset(page(css="@page { size: A4 landscape }"), when=WHEN, fonts=FONTS)
    return Shown("standard", upright), Shown("booklet", wide)


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def frames(sheet: Image.Image) -> list[tuple[int, int]]:
    """The upper left corners of all frames: a line begins here to the right and downwards."""
    apart = ImageChops.difference(sheet, Image.new("RGB", sheet.size, FRAME))
    near = apart.convert("L").point(lambda level: 255 if level < 12 else 0)
    wide, found = near.width, []
    mask, line = near.tobytes(), b"\xff" * 50
    at = mask.find(line)
    while at >= 0:
        down = all(mask[at + wide * step] for step in range(50) if at + wide * step < len(mask))
        if down and not mask[at - wide]:
            found.append((at % wide, at // wide))
        at = mask.find(line, mask.find(b"\0", at))
    return found


@given(st.lists(SIZES, min_size=1, max_size=6))
def test_every_page_has_a_place_of_its_own(sizes: list[list[tuple[int, int]]]) -> None:
    laid = bands([(f"edition-{at}", some) for at, some in enumerate(sizes)])
    assert [len(band.places) for band in laid] == [len(some) for some in sizes]
    assert [band.label.split(",")[0] for band in laid] == [f"edition-{n}" for n in range(len(laid))]
    bottom = 0
    for band, some in zip(laid, sizes, strict=True):
        assert band.top > bottom
        bottom = band.bottom
        assert [place.caption for place in band.places] == [str(n + 1) for n in range(len(some))]
        for place, (width, height) in zip(band.places, some, strict=True):
            assert (place.width, place.height) == (width, height)
            assert EDGE <= place.left
            assert place.left + width <= WIDTH - EDGE
            assert band.top + LABEL < place.top
            assert place.top + height + CAPTION < band.bottom
        for at, one in enumerate(band.places):
            for two in band.places[at + 1 :]:
                beside = one.left + one.width < two.left or two.left + two.width < one.left
                assert beside or one.top + one.height + CAPTION < two.top


def test_there_are_as_many_thumbnails_as_pages(shown: tuple[Shown, ...]) -> None:
    pages = sum(len(pypdfium2.PdfDocument(each.pdf)) for each in shown)
    found = frames(picture(proof("sample.en 0.3", shown, FONTS)))
    assert pages == 3
    assert len(found) == pages
    assert len({y for _, y in found}) == 2  # a band for each edition


def test_labels_can_be_read(shown: tuple[Shown, ...]) -> None:
    sheet = picture(proof("sample.en 0.3", shown, FONTS))
    assert contrast(INK) / contrast(GROUND) > 4.5
    assert LABEL >= 24
    assert CAPTION >= 18
    ink = ImageColor.getrgb(INK)
    for band in bands([("standard", [(250, 354)] * 2), ("booklet", [(354, 250)])]):
        label = sheet.crop((EDGE, band.top, WIDTH, band.top + LABEL))
        dark = [at for at, pixel in enumerate(label.get_flattened_data()) if pixel == ink]
        assert len(dark) > 500
        # Letters as high as meant: from their tops to the foot of a p or a comma.
        assert LABEL * 0.6 < (dark[-1] - dark[0]) / label.width <= LABEL


def test_the_draft_is_seen(shown: tuple[Shown, ...]) -> None:
    plain = typeset(page(BODY, CSS), when=WHEN, fonts=FONTS)
    draft, other = (
        picture(proof("x", [Shown("standard", pdf)], FONTS)) for pdf in (shown[0].pdf, plain)
    )
    differs = [
        one != two
        for one, two in zip(draft.get_flattened_data(), other.get_flattened_data(), strict=True)
    ]
    assert sum(differs) > 1000


def test_it_is_the_same_each_time_and_says_nothing_of_itself(shown: tuple[Shown, ...]) -> None:
    data = proof("sample.en 0.3", shown, FONTS)
    assert data == proof("sample.en 0.3", shown, FONTS)
    kinds, at = [], 8
    while at < len(data):
        kinds.append(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4])
    assert set(kinds) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_every_edition_is_asked_for() -> None:
    assert editions()[0] == "standard"
    assert editions()[-1] == "review"
    assert {"large-print", "booklet", "summary", "card"} <= set(editions())


def test_the_command_leaves_out_what_a_handout_cannot_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("plainleaf.page.setting.editions", lambda: ("standard", "card"))
    monkeypatch.setattr("plainleaf.leaflet.uncarded", lambda handout: ["card"] if handout else [])
    command = ["proof", "omeprazole", "--date", "2026-11-22", "-o"]
    assert main([*command, str(tmp_path)]) == 0
    told = capsys.readouterr()
    file = tmp_path / "omeprazole.en.proof.png"
    assert re.fullmatch(rf"{re.escape(str(file))}  1 edition  [0-9.]+ s\n", told.out)
    assert "the card edition is left out:" in told.err
    assert "a card needs what the handout does not have: card" in told.err
    assert len(frames(picture(file.read_bytes()))) == 4


def test_an_edition_that_breaks_a_rule_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from plainleaf import leaflet

    made = leaflet.make

    def make(ready: object, library: object, setting: object) -> object:
        if getattr(setting, "edition", "") == "summary":
            raise ContentError(Problem("it has three pages", rule="summary-pages"))
        return made(ready, library, setting)  # type: ignore[arg-type]

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("plainleaf.page.setting.editions", lambda: ("standard", "summary"))
    monkeypatch.setattr("plainleaf.leaflet.make", make)
    command = ["proof", "omeprazole", "--date", "2026-11-22", "-o", str(tmp_path / "mine.png")]
    assert main(command) == 1
    assert "the summary edition is left out:" in capsys.readouterr().err
    assert (tmp_path / "mine.png").is_file()
    assert module.WIDTH == picture((tmp_path / "mine.png").read_bytes()).width
    assert main(["proof", "no-such", "-o", str(tmp_path)]) == 2
