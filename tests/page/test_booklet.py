"""The booklet: pages in the order of a folded stack, to print on both sides and fold."""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.checks.pdf import sheets, squeezed
from plainleaf.cli import main
from plainleaf.leaflet import Leaflet, make
from plainleaf.library import Library
from plainleaf.page.booklet import Side, impose, sides
from plainleaf.page.output import write_all, write_all_new
from plainleaf.page.setting import Paper, Setting
from plainleaf.problems import ContentError
from plainleaf.ready import checked
from tests.taper.test_patient_file import written

from .conftest import ROOT

DAY, LIBRARY = date(2026, 11, 22), Library((ROOT,))
COPIES: list[tuple[str, str, Paper]] = [
    ("baclofen-sleep", "en", "a4"),
    ("baclofen-sleep", "en", "letter"),
    ("baclofen-sleep", "ar", "a4"),
    ("baclofen-sleep", "ar", "letter"),
    ("sertraline", "en", "letter"),
    ("omeprazole", "en", "a4"),
]
SHEETS = {"a4": (841.89, 595.28), "letter": (792, 612)}
DRAFT = {"en": "DRAFT", "ar": "مسودة"}


def made(name: str, code: str, paper: Paper) -> Leaflet:
    setting = Setting("us" if paper == "letter" else "uk", paper, edition="booklet")
    return make(checked(name, LIBRARY, DAY, code=code), LIBRARY, setting)


@pytest.fixture(scope="module")
def copies() -> dict[tuple[str, str, Paper], tuple[bytes, bytes]]:
    """Each booklet and its linear pages; `make` raises for every error of the checks."""
    found = {}
    for copy in COPIES:
        leaflet = made(*copy)
        assert leaflet.linear
        found[copy] = leaflet.data, leaflet.linear.data
    return found


def folded(order: list[Side], rtl: bool) -> list[int | None]:
    """The pages of the folded stack in the order of reading: what a pair of hands would do."""
    outer: list[int | None] = []
    inner: list[int | None] = []
    for front, back in zip(order[::2], order[1::2], strict=True):
        # Turned on its short edge, the back's left half lies behind the front's right half.
        near, far = (0, 1) if rtl else (1, 0)
        outer += [front[near], back[far]]
        inner = [back[near], front[far], *inner]
    return outer + inner


@given(st.integers(1, 200), st.booleans())
def test_the_folded_stack_is_in_order(count: int, rtl: bool) -> None:
    order = sides(count, rtl)
    total = -(-count // 4) * 4
    assert len(order) * 2 == total
    blank = [None] * (total - count)
    assert folded(order, rtl) == [*range(count), *blank]


@given(st.integers(1, 200))
def test_right_to_left_is_the_mirror_image(count: int) -> None:
    assert sides(count, rtl=True) == [(right, left) for left, right in sides(count)]


def test_eight_pages_as_every_bookbinder_lays_them() -> None:
    assert sides(8) == [(7, 0), (1, 6), (5, 2), (3, 4)]
    assert sides(5) == [(None, 0), (1, None), (None, 2), (3, 4)]


def halves(data: bytes) -> list[tuple[str, str]]:
    """What stands in the left and the right half of each side, as PDFium reads it there."""
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            wide, tall = page.get_size()
            text = page.get_textpage()
            left = text.get_text_bounded(0, 0, wide / 2, tall)
            found.append((left, text.get_text_bounded(wide / 2, 0, wide, tall)))
    return found


def test_each_page_stands_where_the_order_says(
    copies: dict[tuple[str, str, Paper], tuple[bytes, bytes]],
) -> None:
    for (name, code, _), (data, linear) in copies.items():
        texts = [squeezed(page.drawn.text) for page in sheets(linear)]
        rtl = code == "ar"
        for side, read in zip(sides(len(texts), rtl), halves(data), strict=True):
            for at, text in zip(side, read, strict=True):
                letters = sorted(filter(str.isalnum, squeezed(text)))
                meant = DRAFT[code] if at is None else texts[at]
                wanted = sorted(filter(str.isalnum, squeezed(meant)))
                near = abs(len(letters) - len(wanted)) <= max(3, len(wanted) // 50)
                assert near, (name, code, at)
                if at is not None and not rtl:
                    assert squeezed(f"Page {at + 1} of {len(texts)}") in squeezed(text)


@pytest.mark.parametrize("command", ["pdftotext", "mutool"])
def test_other_readers_find_the_same(
    copies: dict[tuple[str, str, Paper], tuple[bytes, bytes]],
    tmp_path: Path,
    run: Callable[..., str],
    command: str,
) -> None:
    file = tmp_path / "booklet.pdf"
    file.write_bytes(copies["baclofen-sleep", "en", "a4"][0])
    for half, column in ((0, 0), (421, 1)):
        if command == "pdftotext":
            area = ["-x", str(half), "-y", "0", "-W", "421", "-H", "596"]
            text = run("pdftotext", *area, file, "-")
            pages = text.split("\f")[:-1]
        else:
            text = run("mutool", "draw", "-q", "-F", "txt", file)
            pages = text.split("\f")
        count = len(sheets(copies["baclofen-sleep", "en", "a4"][1]))
        for side, page in zip(sides(count), pages, strict=False):
            at = side[column]
            assert at is None or f"Page {at + 1} of {count}" in page


def test_verapdf_passes_the_sheets_and_the_pages(
    copies: dict[tuple[str, str, Paper], tuple[bytes, bytes]], verapdf: Callable[..., None]
) -> None:
    verapdf(*(data for data, _ in copies.values()), profiles="PDFA_3_B")
    verapdf(*(linear for _, linear in copies.values()), profiles="PDFUA_1,PDFA_3_A")


def test_the_sheets_say_how_they_are_printed(
    copies: dict[tuple[str, str, Paper], tuple[bytes, bytes]],
) -> None:
    for (_, code, paper), (data, linear) in copies.items():
        with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.open(io.BytesIO(linear)) as pages:
            wish = pdf.Root.ViewerPreferences
            assert str(wish.Duplex) == "/DuplexFlipShortEdge"
            assert str(wish.PrintScaling) == "/None"
            assert bool(wish.PickTrayByPDFSize) is True
            assert str(wish.Direction) == ("/R2L" if code == "ar" else "/L2R")
            for page in pdf.pages:
                size = [float(edge) for edge in page.mediabox]
                assert size == pytest.approx([0, 0, *SHEETS[paper]], abs=0.01)
            for page in pages.pages:
                wide, tall = float(page.mediabox[2]), float(page.mediabox[3])
                assert wide == pytest.approx(SHEETS[paper][0] / 2, abs=0.1)
                assert tall == pytest.approx(SHEETS[paper][1], abs=0.01)
            assert "/MarkInfo" not in pdf.Root
            assert "/StructTreeRoot" not in pdf.Root
            assert not any("/Annots" in page.obj for page in pdf.pages)
            assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes().replace(b"xmlns:pdfuaid", b"")
            assert str(pdf.docinfo.Title) == str(pages.docinfo.Title)
            (name,) = pdf.attachments
            assert pdf.attachments[name].get_file().read_bytes() == (
                pages.attachments[name].get_file().read_bytes()
            )


def test_no_font_is_there_twice(
    copies: dict[tuple[str, str, Paper], tuple[bytes, bytes]],
) -> None:
    def fonts(data: bytes) -> list[str]:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return sorted(
                str(each.BaseFont)
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
            )

    for data, linear in copies.values():
        assert fonts(data) == fonts(linear)
        assert len(data) < len(linear)


def test_no_side_of_a_draft_is_without_the_word(
    copies: dict[tuple[str, str, Paper], tuple[bytes, bytes]],
) -> None:
    data, linear = copies["baclofen-sleep", "en", "a4"]
    count = len(sheets(linear))
    assert count % 4, "a booklet with blank pages"
    for side, read in zip(sides(count), halves(data), strict=True):
        for at, text in zip(side, read, strict=True):
            assert "DRAFT" in text
            if at is None:
                assert text.split() == ["DRAFT"]


def test_blank_pages_of_what_is_approved_are_white(
    copies: dict[tuple[str, str, Paper], tuple[bytes, bytes]],
) -> None:
    _, linear = copies["baclofen-sleep", "en", "a4"]
    data = impose(linear, "a4")
    texts = [half for side in halves(data) for half in side]
    assert sum(not text.strip() for text in texts) == -len(sheets(linear)) % 4 > 0


def test_the_same_pages_give_the_same_bytes(
    copies: dict[tuple[str, str, Paper], tuple[bytes, bytes]],
) -> None:
    for (_, code, paper), (data, linear) in copies.items():
        assert impose(linear, paper, rtl=code == "ar", draft=True) == data


def test_render_writes_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["render", "omeprazole", "--edition", "booklet", "--date", "2026-11-22"]) == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"omeprazole.en.booklet.pdf", "omeprazole.en.booklet.pages.pdf"}


def test_a_persons_booklet_has_one_random_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "given").mkdir()
    file = written(tmp_path / "given", start="2027-01-11")
    command = ["render", "baclofen-sleep", "--edition", "booklet", "--date", "2026-11-22"]
    assert main([*command, "--patient", str(file)]) == 0
    first, second = sorted((tmp_path / "out").iterdir(), key=lambda path: len(path.name))
    assert re.fullmatch(r"[0-9a-f]{16}\.pdf", first.name)
    assert second.name == first.name.replace(".pdf", ".pages.pdf")
    assert {path.stat().st_mode & 0o777 for path in (first, second)} == {0o600}
    assert main([*command, "--patient", str(file), "-o", str(first)]) == 1


def test_of_two_files_both_are_written_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    first.write_bytes(b"old a")
    second.write_bytes(b"old b")
    real = os.replace

    def refusing(source: str, target: Path) -> None:
        if target == second:
            raise PermissionError(1, "not yours")
        real(source, target)

    monkeypatch.setattr(os, "replace", refusing)
    with pytest.raises(ContentError) as caught:
        write_all({first: b"new a", second: b"new b"})
    assert [problem.path for problem in caught.value.problems] == [str(second)]
    assert (first.read_bytes(), second.read_bytes()) == (b"old a", b"old b")
    first.unlink()
    with pytest.raises(ContentError):
        write_all({first: b"new a", second: b"new b"})
    assert not first.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["b.pdf"]


def test_a_patients_two_files_never_take_the_place_of_others(tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "a.pages.pdf"
    second.write_bytes(b"another's")
    with pytest.raises(ContentError, match="there already"):
        write_all_new({first: b"new a", second: b"new b"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.pages.pdf"]
    assert second.read_bytes() == b"another's"


def test_the_pictures_of_a_page_survive(
    copies: dict[tuple[str, str, Paper], tuple[bytes, bytes]], tmp_path: Path
) -> None:
    """Drawn by poppler, the right half of the first side is the first page, dot for dot nearly."""
    from PIL import Image, ImageChops

    data, linear = copies["baclofen-sleep", "en", "letter"]
    drawn = []
    for name, pdf in (("sheet", data), ("page", linear)):
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
        target = tmp_path / name
        command = ["pdftoppm", "-r", "72", "-png", "-singlefile", f"{target}.pdf", str(target)]
        subprocess.run(command, check=True)
        drawn.append(Image.open(f"{target}.png").convert("L"))
    sheet, page = drawn
    half = sheet.crop((sheet.width - page.width, 0, sheet.width, sheet.height))
    inner = (20, 0, page.width, page.height)  # without the ticks of the fold
    apart = ImageChops.difference(half.crop(inner), page.crop(inner))
    assert sum(apart.histogram()[64:]) < 0.001 * page.width * page.height
