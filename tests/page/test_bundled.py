"""Every bundled leaflet as a clinic would get it: valid, the same everywhere, and all there."""

from __future__ import annotations

import datetime
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest
from fontTools.pens.pointInsidePen import PointInsidePen
from fontTools.ttLib import TTFont

from plainleaf.content.approve import signed
from plainleaf.content.model import Review
from plainleaf.leaflet import make
from plainleaf.library import Library
from plainleaf.page.compose import compose
from plainleaf.page.output import write
from plainleaf.page.setting import Setting
from plainleaf.page.standing import of_print
from plainleaf.ready import Checked, checked

from .conftest import FONTS, ROOT

DAY, NEXT = datetime.date(2026, 11, 22), datetime.date(2027, 11, 22)
NAMES = sorted(path.parent.name for path in ROOT.glob("handouts/*/handout.yaml"))
SETTINGS = {
    "a4": Setting("uk", "a4"),
    "letter": Setting("us", "letter"),
    "review": Setting("uk", "a4", edition="review"),
}
INLINE = {"a", "b", "br", "i", "em", "span", "strong"}
UNREAD = {"head", "style", "svg"}


@dataclass(frozen=True)
class Copy:
    """One finished PDF, the page it was made of, and the file that its words came from."""

    data: bytes
    html: str
    source: bytes
    approved: bool


def made(ready: Checked, library: Library, setting: Setting) -> Copy:
    stands, styles = ready.standing, library.styles
    stands = replace(stands, print=of_print(stands.fingerprint, "en", setting, styles))
    html = compose(ready.loaded.model, ready.said.markets, setting, stands, styles)
    data = make(ready, library, setting).data
    return Copy(data, html, ready.loaded.document.data, ready.standing.approved)


def approved(name: str, folder: Path) -> tuple[Checked, Library]:
    """A copy of a bundled handout that a person has approved."""
    shutil.copytree(ROOT / "handouts" / name, folder / "handouts" / name)
    library = Library((folder, ROOT))
    ready = checked(name, library, DAY)
    review = Review(
        status="approved",
        reviewer="Annabel Alexandra Oestergaard-Featherstonehaugh",
        role="pharmacist",
        date=DAY,
        next=NEXT,
        fingerprint=ready.standing.fingerprint,
    )
    write(library.path(name), signed(ready.loaded.document, review))
    return checked(name, library, DAY), library


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Copy]:
    """Every bundled handout on every paper, its review edition, and one approved copy of each."""
    library, found = Library((ROOT,)), {}
    for name in NAMES:
        ready = checked(name, library, DAY)
        for kind, setting in SETTINGS.items():
            found[f"{name}.{kind}"] = made(ready, library, setting)
        signed_, own = approved(name, tmp_path_factory.mktemp("approved"))
        found[f"{name}.approved"] = made(signed_, own, SETTINGS["a4"])
    return found


def test_verapdf_passes_every_copy(copies: dict[str, Copy], verapdf: Callable[..., None]) -> None:
    assert len(copies) == 4 * len(NAMES) >= 4
    verapdf(*(copy.data for copy in copies.values()), profiles="PDFUA_1,PDFA_3_A")


def test_the_words_travel_as_the_source_of_the_file(copies: dict[str, Copy]) -> None:
    for name, copy in copies.items():
        with pikepdf.open(io.BytesIO(copy.data)) as pdf:
            (file,) = pdf.Root.AF
            assert str(file.AFRelationship) == "/Source", name
            assert str(file.UF) == f"{name.split('.')[0]}.yaml"
            (attached,) = pdf.attachments.values()
            assert attached.get_file().read_bytes() == copy.source


def said(data: bytes, folder: Path, *command: str) -> str:
    """What a program reads in the PDF."""
    (folder / "copy.pdf").write_bytes(data)
    line = [str(folder / "copy.pdf") if part == "{}" else part for part in command]
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout


def test_draft_is_on_every_page_of_a_draft_and_on_none_of_an_approved_copy(
    copies: dict[str, Copy], tmp_path: Path
) -> None:
    for name, copy in copies.items():
        pages = said(copy.data, tmp_path, "pdftotext", "-raw", "{}", "-").split("\f")[:-1]
        assert pages
        marked = ["DRAFT" in page.split() for page in pages]
        assert marked == [not copy.approved] * len(pages), name
    assert {name.split(".")[1] for name, copy in copies.items() if copy.approved} == {"approved"}


def test_an_approved_copy_says_when_on_every_page_and_by_whom_on_the_last(
    copies: dict[str, Copy], tmp_path: Path
) -> None:
    for copy in copies.values():
        pages = said(copy.data, tmp_path, "pdftotext", "-raw", "{}", "-").split("\f")[:-1]
        reviewed = "Reviewed 22 November 2026"
        assert [reviewed in page for page in pages] == [copy.approved] * len(pages)
        assert ("Featherstonehaugh" in pages[-1]) == copy.approved


class Blocks(HTMLParser):
    """The text of a page, block by block, pictures aside; spaces are left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._text, self._unread = "", 0
        self.feed(html)
        self.close()
        self._end()

    def _end(self) -> None:
        self.found += filter(None, [bare(self._text)])
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self._end()
        self._unread += tag in UNREAD

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self._end()
        self._unread -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._text += data


def bare(text: str) -> str:
    """The letters and signs alone, however they are spaced, hyphenated or joined."""
    text = re.sub("[\u00ad\u2068\u2069]", "", unicodedata.normalize("NFKC", text))
    return "".join(text.split())


@pytest.mark.parametrize(
    "command", [["pdftotext", "-raw", "{}", "-"], ["mutool", "draw", "-q", "-F", "txt", "{}"]]
)
def test_readers_find_every_block_in_reading_order(
    copies: dict[str, Copy], tmp_path: Path, command: list[str]
) -> None:
    for name, copy in copies.items():
        # The style sheet prints the page that a link leads to.
        text = re.sub(r"\(page\d+\)", "", bare(said(copy.data, tmp_path, *command)))
        at, blocks = 0, Blocks(copy.html).found
        assert len(blocks) > 100
        for block in blocks:
            place = text.find(block, at)
            assert place >= 0, f"{name}: lost or out of order: {block}"
            at = place + len(block)


def test_a_reader_of_columns_loses_no_letter(copies: dict[str, Copy], tmp_path: Path) -> None:
    for name, copy in copies.items():
        text = said(copy.data, tmp_path, "pdftotext", "{}", "-")
        page = "".join(Blocks(copy.html).found)
        lost = Counter(filter(str.isalnum, page)) - Counter(filter(str.isalnum, bare(text)))
        assert not lost, name


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_another_process_makes_the_same_bytes(
    copies: dict[str, Copy], tmp_path: Path, name: str
) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "render.py"), name, "--date", DAY.isoformat()],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / f"{name}.en.pdf").read_bytes() == copies[f"{name}.a4"].data


def test_nothing_is_struck_through_the_zero() -> None:
    files = sorted(FONTS.glob("Inter-*.otf"))
    assert len(files) == 3
    for file in files:
        with TTFont(file) as font:
            glyphs, name = font.getGlyphSet(), font.getBestCmap()[ord("0")]
            width, height = glyphs[name].width, font["OS/2"].sCapHeight
            inked = []
            for step in range(-3, 4):  # along the counter, and along a stroke that would cross it
                for slant in (-1, 0, 1):
                    place = (width / 2 + slant * step * width / 50, height / 2 + step * height / 12)
                    pen = PointInsidePen(glyphs, place)
                    glyphs[name].draw(pen)
                    inked.append(pen.getResult())
            assert not any(inked), file.name
    sheets = "".join(path.read_text() for path in (ROOT / "styles").rglob("*.css"))
    assert "slashed" not in sheets
    assert '"zero"' not in sheets
