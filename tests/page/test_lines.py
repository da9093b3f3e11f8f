"""Remembered lines change nothing but the time it takes."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime

import pypdfium2
import pytest

from plainleaf.page import typeset as typesetting
from plainleaf.page.lines import remembered_lines
from plainleaf.page.typeset import typeset

from .conftest import ROOT

PAGE = """<html lang="en"><head><title>Lines</title><style>@page {{ size: 80mm 60mm;
@bottom-right {{ content: counter(page) "/" counter(pages) }} }} {style}</style></head>
<body><h1>Lines</h1>{body}</body></html>"""
BODY = "<p>Take one tablet at night, with food or milk, and call us if you feel worse.</p>" * 8
STYLES = [
    "",
    "p { text-align: justify }",
    "p { white-space: nowrap; overflow: hidden; text-overflow: ellipsis }",
    "p { columns: 2 }",
    "p { width: 30mm; float: left }",
]


def made(style: str) -> bytes:
    html = PAGE.format(style=style, body=BODY)
    return typeset(html, when=datetime(2026, 11, 22, tzinfo=UTC), fonts=ROOT / "styles" / "fonts")


@pytest.mark.parametrize("style", STYLES)
def test_the_same_bytes_with_and_without(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = made(style)
    monkeypatch.setattr(typesetting, "remembered_lines", nullcontext)
    assert made(style) == remembered


def test_weasyprint_is_left_as_it_was() -> None:
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    with remembered_lines():
        assert inline.split_first_line is preferred.split_first_line
        assert inline.split_first_line is not line_break.split_first_line
    assert inline.split_first_line is line_break.split_first_line
    assert preferred.split_first_line is line_break.split_first_line


def lines_of(body: str, style: str) -> list[str]:
    """What stands on each line of the leaflet."""
    data = typeset(
        PAGE.format(style=style, body=body),
        when=datetime(2026, 11, 22, tzinfo=UTC),
        fonts=ROOT / "styles" / "fonts",
    )
    with pypdfium2.PdfDocument(data) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    return [line.strip() for page in pages for line in page.splitlines()]


@pytest.mark.parametrize("width", [51.4, 51.6, 52, 52.4, 52.7])
def test_no_word_is_left_alone_where_only_a_last_space_is_too_wide(width: float) -> None:
    style = f"p {{ font: 12pt/1.5 Inter; margin: 0; width: {width}mm }}"
    said = lines_of("<p>Your body gets used to it. <span>Source 1</span></p>", style)
    assert "Your" not in said
    assert {"Your body gets used to it.", "Your body gets used to"} & set(said)
