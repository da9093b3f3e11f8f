"""Styles and pictures that reach for what they may not have, and letters that no font has."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from plainleaf import library, ready

from .given import DAY, FILE, OLD, SMALL, Room, Said, spoilt

STYLES = Path(__file__).parents[2] / "styles"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
TITLE = "title: Sleeping better"
MESSAGE = "message: Going to bed at the same time each day helps many people."


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds no pixel."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@pytest.fixture
def styles(room: Room, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the styles, to be spoilt, that the commands take for the bundled ones."""
    base = room.folder / "base"
    shutil.copytree(STYLES, base / "styles", ignore=shutil.ignore_patterns("fonts"))
    (base / "styles" / "fonts").symlink_to(STYLES / "fonts")
    (base / "handouts").mkdir()
    shutil.copy(STYLES.parent / "handouts" / "markets.yaml", base / "handouts")
    monkeypatch.setattr(library, "bundled", lambda: base)
    return base / "styles"


def refused(room: Room, *told: str, text: str = SMALL) -> Said:
    """What is said of a leaflet that cannot be printed."""
    room.write(text)
    done = room.render()
    assert (done.code, done.out) == (1, "")
    assert done.errors
    assert all(error.startswith(f"{FILE}:1:1: error: ") for error in done.errors)
    for words in told:
        assert words in done.err
    assert room.unhurt()
    return done


OUTSIDE = "only files of the leaflet's own folders may be used, no network"
ADDRESSES = {
    "http://127.0.0.1:9/a.png": OUTSIDE,
    "https://example.org/a.png": OUTSIDE,
    "ftp://127.0.0.1/a.png": OUTSIDE,
    "file:///etc/passwd": "lies outside the leaflet's own folders",
    "{}/../../secret.svg": "leads out of its folder",
    "{}/clear/none.svg": "no such file",
    "{}/clear/out.svg": "lies outside the leaflet's own folders",
    "{}/clear/huge.png": "has too many pixels",
    "{}/clear/reach.svg": "is an SVG file that reaches for another file",
    "{}/clear/script.svg": "is an SVG file with a <script>",
    "{}/clear/bomb.svg": "is an SVG file with a DOCTYPE, an entity, or a style sheet of its own",
    "{}/clear/words.svg": "is not an SVG file",
    "data:image/svg+xml,%3Csvg onload='x()'/%3E": "is an SVG file that reaches for another file",
}


def test_a_style_sheet_that_reaches_too_far(room: Room, styles: Path) -> None:
    clear = styles / "clear"
    (room.folder / "secret.svg").write_text(SVG.format("<path d='M0 0h9v9z'/>"))
    (clear / "out.svg").symlink_to(room.folder / "secret.svg")
    (clear / "huge.png").write_bytes(png(30_000, 30_000))
    (clear / "reach.svg").write_text(SVG.format('<image href="file:///etc/passwd"/>'))
    (clear / "script.svg").write_text(SVG.format("<script>x()</script>"))
    (clear / "bomb.svg").write_text('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"))
    (clear / "words.svg").write_text("<root:x:0:0:root")
    asked = {address.format(styles.as_uri()): told for address, told in ADDRESSES.items()}
    pictures = ", ".join(f'url("{address}")' for address in asked)
    (clear / "5-more.css").write_text(f"h1 {{ background: {pictures} }}\n")
    done = refused(room)
    for address, told in asked.items():
        shown = address if len(address) <= 100 else address[:97] + "…"
        assert any(f"error: {shown}: {told}" in error for error in done.errors), address


@pytest.mark.parametrize(
    ("drawing", "told"),
    [
        ('<image href="file:///etc/passwd" width="9" height="9"/>', "reaches for another file"),
        ('<use href="http://127.0.0.1:9/a.svg#a"/>', "reaches for another file"),
        ("<style>@import url(http://127.0.0.1:9/a.css);</style>", "reaches for another file"),
    ],
)
def test_an_icon_that_reaches_for_a_file(room: Room, styles: Path, drawing: str, told: str) -> None:
    (styles / "icons" / "moon.svg").write_text(SVG.format(drawing))
    refused(room, told)


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("h1 { colour: red }", "unknown property"),
        ("@import url(http://127.0.0.1:9/a.css);", "http://127.0.0.1:9/a.css"),
    ],
)
def test_a_style_sheet_that_is_wrong(room: Room, styles: Path, sheet: str, told: str) -> None:
    (styles / "clear" / "0-first.css").write_text(sheet)
    refused(room, told)


def test_a_letter_that_no_font_has_is_named(room: Room) -> None:
    changes = (TITLE, f"{TITLE} ꧅"), (MESSAGE, f"{MESSAGE} ꀀ 😴"), ("lead: Keep", "lead: 𓀀 Keep")
    done = refused(room, text=spoilt(*changes, text=SMALL))
    for char in "꧅ꀀ😴𓀀":
        told = f"no font has the character “{char}” (U+{ord(char):04X})"
        assert f"{FILE}:1:1: error: {told}" in done.errors


@pytest.fixture
def unruled(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule stands before the page: it must hold by itself."""
    monkeypatch.setattr(ready, "check_content", lambda subject: [])


@pytest.mark.usefixtures("unruled")
def test_html_and_jinja_in_prose_are_printed_as_they_stand(room: Room) -> None:
    payload = r"<b>x</b> <script>x()</script> {{ 7*7 }} \{\{ h.id \}\} {% raw %} &lt; &amp;"
    room.write(
        spoilt(
            (MESSAGE, f"message: '{payload}'"), (TITLE, "title: <img src=x> </title>"), text=SMALL
        )
    )
    done = room.run("render", "good", "--date", DAY, "-o", "new")
    assert (done.code, done.errors) == (0, [])
    words = subprocess.run(
        ["pdftotext", "-raw", room.folder / "new" / "good.en.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    flat = "".join(words.split())
    assert "".join(payload.replace("\\", "").split()) in flat
    assert "<imgsrc=x></title>" in flat
    assert room.old.read_bytes() == OLD


@pytest.mark.usefixtures("unruled")
def test_html_in_prose_is_no_html_in_the_html_form(room: Room) -> None:
    room.write(spoilt((MESSAGE, "message: <script>x()</script>"), (TITLE, "title: a</title><p>b")))
    done = room.run("render", "good", "--date", DAY, "--format", "html", "-o", "new")
    assert done.code == 0
    html = (room.folder / "new" / "good.en.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;x()&lt;/script&gt;" in html
    assert "</title><p>" not in html
