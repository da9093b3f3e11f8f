"""HTML to PDF: valid, the same everywhere, and no page at all rather than a wrong one."""

from __future__ import annotations

import builtins
import io
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from plainleaf.page import typeset as module
from plainleaf.page.accessible import elements
from plainleaf.page.typeset import Attachment, typeset
from plainleaf.problems import ContentError, MachineError

from .conftest import ATTACHMENTS, BODY, CSS, FONTS, ROOT, WHEN, page

READING = [
    "Sample leaflet",
    "Take 10 mg",
    "Label one",
    "First text",
    "Label two",
    "Second text",
    "Slow breathing",
    "A fit",
    "Week 1",
    "Week 2",
    "⅔ ✔",
    "The plan",
    "Stop slowly",
]


def refused(html: str, **options: Any) -> str:
    """What a page that must fail is told."""
    with pytest.raises(ContentError) as raised:
        typeset(html, when=WHEN, fonts=FONTS, source="handout.yaml", **options)
    assert {problem.path for problem in raised.value.problems} == {"handout.yaml"}
    return str(raised.value)


def test_verapdf_passes_both_profiles(sample: bytes, verapdf: Callable[..., None]) -> None:
    verapdf(sample, typeset(page(), when=WHEN, fonts=FONTS))


def test_verapdf_is_not_easily_pleased(sample: bytes, verapdf: Callable[..., None]) -> None:
    spoilt = io.BytesIO()
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        for figure in (tag for tag in elements(pdf.Root.StructTreeRoot) if tag.S == "/Figure"):
            del figure["/Alt"]
        pdf.save(spoilt)
    with pytest.raises(AssertionError, match="FAIL ua1"):
        verapdf(spoilt.getvalue())


@pytest.mark.parametrize(
    "command", [["pdftotext", "{}", "-"], ["mutool", "draw", "-q", "-F", "txt", "{}"]]
)
def test_readers_find_the_words_in_order(
    sample: bytes, tmp_path: Path, run: Callable[..., str], command: list[str]
) -> None:
    (tmp_path / "sample.pdf").write_bytes(sample)
    text = run(*(part.format(tmp_path / "sample.pdf") for part in command))
    places = [text.find(words) for words in READING]
    assert -1 not in places
    assert places == sorted(places)


RENDER = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from tests.page.conftest import ATTACHMENTS, BODY, CSS, WHEN, page, typeset
data = typeset(
    page(BODY, CSS), when=WHEN, fonts=Path(sys.argv[1]), attachments=ATTACHMENTS, draft="DRAFT"
)
sys.stdout.buffer.write(data)
"""


def test_the_same_bytes_in_any_process(sample: bytes, tmp_path: Path) -> None:
    elsewhere = tmp_path / "other fonts & more"
    shutil.copytree(FONTS, elsewhere)
    rooms: list[tuple[dict[str, str], str | Path, Path]] = [
        ({"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LANG": "C"}, ROOT, FONTS),
        ({"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"}, "/", elsewhere),
    ]
    for variables, folder, fonts in rooms:
        done = subprocess.run(
            [sys.executable, "-c", RENDER, str(fonts)],
            env={**os.environ, **variables},
            cwd=folder,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert done.stdout == sample


def test_the_same_bytes_after_other_pages(sample: bytes) -> None:
    refused(page("<h1>ꀀ</h1>"))
    typeset(page("<h1>Something else</h1>", "@page { size: A5 }"), when=WHEN, fonts=FONTS)
    html = page(BODY, CSS)
    again = typeset(html, when=WHEN, fonts=FONTS, attachments=ATTACHMENTS[::-1], draft="DRAFT")
    assert again == sample


def test_threads_wait_for_each_other() -> None:
    found: list[bytes] = []

    def render() -> None:
        found.append(typeset(page(), when=WHEN, fonts=FONTS))

    threads = [threading.Thread(target=render) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [found[0]] * 4


def test_the_date_is_the_callers() -> None:
    summer = timezone(timedelta(hours=2))
    one = typeset(page(), when=datetime(2026, 11, 12, 2, tzinfo=summer), fonts=FONTS)
    assert one == typeset(page(), when=datetime(2026, 11, 12), fonts=FONTS)
    with pikepdf.open(io.BytesIO(one)) as pdf:
        assert str(pdf.docinfo["/ModDate"]) == "D:20261112000000Z"
    assert one != typeset(page(), when=datetime(2026, 11, 13), fonts=FONTS)


def test_style_sheets_rank_below_the_page(tmp_path: Path) -> None:
    sheet = tmp_path / "clear.css"
    sheet.write_text("@page { size: A5 } h1 { break-after: page; color: red }")
    html = page("<h1>One</h1><p>Two</p>", "@page { size: A6 }")
    for _ in range(2):  # parsed, then remembered
        with pikepdf.open(io.BytesIO(typeset(html, when=WHEN, fonts=FONTS, css=[sheet]))) as pdf:
            assert len(pdf.pages) == 2
            assert round(float(pdf.pages[0].mediabox[2])) == 298
    sheet.write_text("h1 { color: red }")
    with pikepdf.open(io.BytesIO(typeset(html, when=WHEN, fonts=FONTS, css=[sheet]))) as pdf:
        assert len(pdf.pages) == 1


def test_a_wrong_style_sheet_fails_every_time(tmp_path: Path) -> None:
    sheet = tmp_path / "wrong.css"
    sheet.write_text("h1 { colour: red }")
    for _ in range(2):
        assert "unknown property" in refused(page(), css=[sheet])
    with pytest.raises(ContentError, match=r"cannot be read"):
        typeset(page(), when=WHEN, fonts=FONTS, css=[tmp_path / "none.css"])


def test_attachments_travel_with_name_kind_and_date(sample: bytes) -> None:
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        assert {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()} == {
            attachment.name: attachment.data for attachment in ATTACHMENTS
        }
        found = {
            str(file.UF): (str(file.AFRelationship), str(file.EF.F.Subtype), str(file.Desc))
            for file in pdf.Root.AF
        }
        dates = {str(file.EF.F.Params.ModDate) for file in pdf.Root.AF}
    assert found == {
        "facts.json": ("/Data", "/application/json", "The numbers"),
        "handout.yaml": ("/Source", "/application/yaml", "What the leaflet says"),
    }
    assert dates == {"D:20261112000000Z"}


def test_two_attachments_may_hold_the_same_bytes(verapdf: Callable[..., None]) -> None:
    files = [Attachment("a.yaml", b"x", "A", "Source"), Attachment("b.json", b"x", "B", "Data")]
    data = typeset(page(), when=WHEN, fonts=FONTS, attachments=files)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kinds = {str(file.UF): str(file.AFRelationship) for file in pdf.Root.AF}
    assert kinds == {"a.yaml": "/Source", "b.json": "/Data"}
    verapdf(data)


def test_draft_is_on_every_page_for_every_reader(
    sample: bytes, tmp_path: Path, run: Callable[..., str]
) -> None:
    (tmp_path / "sample.pdf").write_bytes(sample)
    document = pypdfium2.PdfDocument(sample)
    assert len(document) == 2
    for number, sheet in enumerate(document, start=1):
        assert "DRAFT" in sheet.get_textpage().get_text_bounded()
        found = run("pdftotext", "-f", str(number), "-l", str(number), tmp_path / "sample.pdf", "-")
        assert "DRAFT" in found
    assert "DRAFT" not in run("pdfinfo", "-struct-text", tmp_path / "sample.pdf")


@pytest.mark.parametrize(
    "css",
    [
        "@page { background: #fff !important }",
        "@page wide { background: none !important } h1 { page: wide }",
        "@page :first { background: none !important }",
        "html, body { background: #fff !important }",
    ],
)
def test_no_style_switches_draft_off(css: str) -> None:
    data = typeset(page("<h1>A</h1>", css), when=WHEN, fonts=FONTS, draft="DRAFT")
    sheet = pypdfium2.PdfDocument(data)[0]
    assert "DRAFT" in sheet.get_textpage().get_text_bounded()
    colours = {pixel for _, pixel in sheet.render(scale=1).to_pil().getcolors(1 << 16) or ()}
    assert (0xC4, 0xCD, 0xD1) in colours


def test_without_pango_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def no_pango(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", no_pango)
    module._press.cache_clear()
    try:
        with pytest.raises(MachineError, match="apt-get install libpango"):
            typeset(page(), when=WHEN, fonts=FONTS)
    finally:
        module._press.cache_clear()


def test_weasyprint_is_not_imported_with_the_module() -> None:
    code = (
        "import sys, plainleaf.page.typeset as t;"
        "print([m for m in ('weasyprint', 'pikepdf', 'fontTools', 'PIL') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
