"""No page rather than a wrong one: whatever is amiss is told, and nothing is reached for."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from plainleaf.page import typeset as module
from plainleaf.page.typeset import typeset

from .conftest import FONTS, WHEN, page
from .test_fetch import SVG, as_data, png
from .test_typeset import refused

HUGE = as_data(png(30_000, 30_000))


@pytest.mark.parametrize(
    ("body", "css", "told"),
    [
        ("<h1>Zażółć ꀀ</h1>", "", "no font has the character “ꀀ” (U+A000)"),
        ("<h1>A</h1>", "h1::after { content: '😀' }", "(U+1F600)"),
        ("<h1>A</h1>" + SVG.format('<title>A</title><text y="9">ꀀ</text>'), "", "(U+A000)"),
        ("<h1>A</h1>", "@page { @top-left { content: 'ꀀ' } }", "(U+A000)"),
        ("<h1>A</h1>", "h1 { colour: red }", "unknown property"),
        ("<h1>A</h1>", "@supports (display: grid) { h1 { color: red } }", "Unknown rule"),
        ("<h1>A</h1>", "h1:nope { color: red }", "nope"),
        ("<h1>A</h1><p><a href='#none'>B</a></p>", "", "No anchor #none"),
        ("<h1>A</h1><p><a href='javascript:x()'>B</a></p>", "", "javascript:"),
        ("<h1>A</h1><p><a href='file:///etc/passwd'>B</a></p>", "", "file:///etc/passwd"),
        ("<h1>A</h1><img alt='B' src='none.png'>", "", "none.png"),
        ("<h1>A</h1><img src='data:image/png;base64,AAAA' alt='B'>", "", "not a picture"),
        ("<div>" * 3000, "", "cannot be laid out"),
    ],
)
def test_no_page_rather_than_a_wrong_one(body: str, css: str, told: str) -> None:
    assert told in refused(page(body, css))


def test_a_missing_letter_fails_even_without_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOGGERS", ())
    assert "a character is missing" in refused(page("<h1>ꀀ</h1>"))


def test_every_problem_is_told_at_once() -> None:
    told = refused(page("<h1>ꀀꀁ</h1><img alt='B' src='http://example.org/'>", "h1 { x: y }"))
    for words in ("U+A000", "U+A001", "unknown property", "http://example.org/"):
        assert words in told
    assert "Failed to load" not in told


def test_a_page_needs_a_title_and_a_language() -> None:
    for missing in ('lang="en"', "<title>Sample leaflet</title>"):
        assert "no title or no language" in refused(page().replace(missing, ""))


@pytest.mark.parametrize(
    ("body", "css", "head"),
    [
        ("<img alt='B' src='http://127.0.0.1:9/a.png'>", "", ""),
        ("<img alt='B' src='a.png'>", "", "<base href='http://127.0.0.1:9/'>"),
        ("<img alt='B' src='file:///etc/passwd'>", "", ""),
        ("<object data='http://127.0.0.1:9/a.png'></object>", "", ""),
        ("<embed src='http://127.0.0.1:9/a.png'>", "", ""),
        ("<p style='background: url(http://127.0.0.1:9/a)'>B</p>", "", ""),
        ("<p>B</p>", "", "<style>@import url(http://127.0.0.1:9/a.css);</style>"),
        ("<p>B</p>", "", "<link rel=stylesheet href='http://127.0.0.1:9/a.css'>"),
        ("<p>B</p>", "", "<link rel=attachment href='file:///etc/passwd'>"),
        ("<p><a rel=attachment href='file:///etc/passwd'>B</a></p>", "", ""),
        ("<p>B</p>", "@font-face { font-family: X; src: url(http://127.0.0.1:9/a.ttf) }", ""),
        ("<p>B</p>", "p::before { content: url(http://127.0.0.1:9/a.svg) }", ""),
        ("<ul><li>B</ul>", "ul { list-style-image: url(http://127.0.0.1:9/a.svg) }", ""),
        (SVG.format("<title>B</title><image href='/etc/passwd' width='9' height='9'/>"), "", ""),
        (
            "<img alt='B' src='data:image/svg+xml,"
            + quote(SVG.format("<image href='file:///etc/passwd'/>"))
            + "'>",
            "",
            "",
        ),
        (f"<img alt='B' src='{HUGE}'>", "", ""),
    ],
)
def test_a_page_reaches_for_nothing(
    monkeypatch: pytest.MonkeyPatch, body: str, css: str, head: str
) -> None:
    called: list[Any] = []

    def connect(*arguments: Any) -> None:
        called.append(arguments)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)
    assert refused(page("<h1>A</h1>" + body, css, head))
    assert called == []


def test_pictures_of_the_folder_are_drawn_and_a_link_out_is_not(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.svg").write_text(SVG.format("<path d='M0 0h9v9z'/>"))
    (tmp_path / "b.svg").write_text(SVG.format("<path d='M0 0h9v9z'/>"))
    (tmp_path / "in" / "out.svg").symlink_to(tmp_path / "b.svg")
    address = (tmp_path / "in").as_uri()
    html = page(f"<h1>A</h1><img alt='B' src='{address}/a.svg'>")
    assert typeset(html, when=WHEN, fonts=FONTS, folders=[tmp_path / "in"]).startswith(b"%PDF")
    html = page(f"<h1>A</h1><img alt='B' src='{address}/out.svg'>")
    assert "outside" in refused(html, folders=[tmp_path / "in"])
