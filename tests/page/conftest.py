"""A sample leaflet in every kind of tag, and the validators it is held against."""

from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plainleaf.content.wording.phrases import Voice
from plainleaf.page.typeset import Attachment, typeset

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "styles" / "fonts"
VOICE = Voice(ROOT / "styles" / "phrases")
WHEN = datetime(2026, 11, 12, tzinfo=UTC)
CSS = """
@page { size: A4; margin: 20mm;
  @top-left { content: element(kicker) }
  @bottom-left { content: "sample 0.3" }
  @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
body { font: 12pt/18pt Inter; font-feature-settings: "cv05", "cv08", "calt" 0 }
body > * { position: relative; z-index: 0 }
.kicker { position: running(kicker) }
th, td { border: .2mm solid #000; text-align: left }
.label { float: left; width: 40mm; margin: 0 }
.row { padding-left: 45mm } .label { margin-left: -45mm }
"""
BODY = """
<p class="kicker">Kicker</p>
<h1>Sample leaflet</h1>
<p>Take 10 mg. See <a href="#plan">the plan</a>, read <a href="https://example.org/a">our
advice</a>, or call <a href="tel:+441632960123">01632 960 123</a>.
<span lang="cy">Bore da</span>, and <span lang="en">good night</span>.</p>
<section class="row"><h2 class="label">Label one</h2><p>First text.</p></section>
<section class="row"><h2 class="label">Label two</h2><p>Second text.</p>
<ul><li>Slow breathing</li><li>A fit</li></ul></section>
<table><caption>Doses</caption>
<thead><tr><th>Step</th><th>Dose</th></tr></thead>
<tbody><tr><th scope="row">Week 1</th><td>10 mg</td></tr>
<tr><th scope="row">Week 2</th><td>5 mg ⅔ ✔</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48" viewBox="0 0 96 48">
<title>5 in 100 people</title><rect width="48" height="48" fill="#0B5563"/></svg>
<h2 id="plan" style="break-before: page">The plan</h2>
<p>Stop slowly.</p>
"""
ATTACHMENTS = (
    Attachment("handout.yaml", b"id: sample\n", "What the leaflet says"),
    Attachment("facts.json", b"{}\n", "The numbers", "Data"),
)


def page(body: str = "<h1>Title</h1>", css: str = "", head: str = "") -> str:
    """A whole HTML document."""
    return (
        '<!doctype html><html lang="en"><head><title>Sample leaflet</title>'
        f"<style>@page {{ size: A4 }} body {{ font-family: Inter }} {css}</style>{head}"
        f"</head><body>{body}</body></html>"
    )


@pytest.fixture(scope="session")
def sample() -> bytes:
    """Two pages with headings, links, rows, a list, a table, a figure, margins and DRAFT."""
    html = page(BODY, CSS)
    return typeset(html, when=WHEN, fonts=FONTS, attachments=ATTACHMENTS, draft="DRAFT")


@pytest.fixture
def run() -> Callable[..., str]:
    """Run a program and give what it prints; a missing one fails the test with the remedy."""

    def run(*command: str | Path, remedy: str = "apt-get install poppler-utils mupdf-tools") -> str:
        try:
            done = subprocess.run(
                [str(part) for part in command], capture_output=True, text=True, check=True
            )
        except FileNotFoundError:
            pytest.fail(f"{command[0]} is missing: {remedy}")
        return done.stdout

    return run


@pytest.fixture
def verapdf(tmp_path: Path) -> Callable[..., None]:
    """Hold PDFs against veraPDF. Without Java the test fails, it is not skipped."""
    place = ROOT / "tools" / "verapdf" / "verapdf.py"
    spec = importlib.util.spec_from_file_location("verapdf", place)
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    def check(*pdfs: bytes, profiles: str = "PDFUA_1,PDFA_3_A") -> None:
        files = [tmp_path / f"verapdf-{number}.pdf" for number in range(len(pdfs))]
        for file, data in zip(files, pdfs, strict=True):
            file.write_bytes(data)
        try:
            passed, said = tool.validate(profiles, files)
        except tool.NotHere as reason:
            pytest.fail(str(reason))
        assert passed, said

    return check
