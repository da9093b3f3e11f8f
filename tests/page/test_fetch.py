"""What a page may open, and above all what it may not."""

from __future__ import annotations

import base64
import io
import os
import struct
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from plainleaf.page import fetch
from plainleaf.page.fetch import Fetcher, Refused, check_svg

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def png(width: int, height: int) -> bytes:
    """A PNG whose header promises so many pixels and holds none."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def picture(kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(file, kind)
    return file.getvalue()


def as_data(data: bytes, media_type: str = "image/png") -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "handout"
    folder.mkdir()
    (folder / "picture.png").write_bytes(picture())
    (folder / "page.css").write_text("p { color: red }")
    (tmp_path / "secret.png").write_bytes(picture())
    return folder


@pytest.mark.parametrize(
    ("url", "media_type"),
    [
        (as_data(picture()), "image/png"),
        (as_data(picture("JPEG")), "image/jpeg"),
        (as_data(picture("GIF")), "image/gif"),
        ("data:image/svg+xml," + quote(SVG.format("<path d='M0 0h1'/>")), "image/svg+xml"),
        ("data:text/css,p%7Bcolor:red%7D", "text/css"),
    ],
)
def test_data_addresses_are_opened(url: str, media_type: str) -> None:
    response = Fetcher()(url)
    assert response.content_type == media_type
    assert response.read()


def test_a_picture_of_the_folder_is_opened_and_not_opened_twice(folder: Path) -> None:
    response = Fetcher([folder])((folder / "picture.png").as_uri())
    assert response.read() == picture()
    assert response.path is None  # a path would have WeasyPrint read the file again


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "link.png").symlink_to(folder / "picture.png")
    assert Fetcher([folder])((folder / "link.png").as_uri()).read() == picture()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.png",
        "https://example.org/a.png",
        "ftp://example.org/a.png",
        "HTTP://example.org/a.png",
        "file:///etc/passwd",
        "file://server/share/a.png",
        "file:///dev/zero",
        "jar:file:///a!/b",
        "data:image/png",
        "data:image/png;base64,@@@",
        "data:text/plain,hello",
        "page.png",
    ],
)
def test_anything_else_is_refused_and_remembered(folder: Path, url: str) -> None:
    fetcher = Fetcher([folder])
    with pytest.raises(Refused):
        fetcher(url)
    assert len(fetcher.refusals) == 1
    assert url in fetcher.refusals[0]


@pytest.mark.parametrize("way", ["/../secret.png", "/%2e%2e/secret.png", "/sub/../../secret.png"])
def test_no_way_up(folder: Path, way: str) -> None:
    fetcher = Fetcher([folder])
    with pytest.raises(Refused, match="leads out of its folder"):
        fetcher(folder.as_uri() + way)


def test_a_symbolic_link_does_not_lead_out(folder: Path) -> None:
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    with pytest.raises(Refused, match="outside"):
        Fetcher([folder])((folder / "link.png").as_uri())


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.png")
    with pytest.raises(Refused, match="not an ordinary file"):
        Fetcher([folder])((folder / "pipe.png").as_uri())


def test_a_folder_and_a_missing_file_are_refused(folder: Path) -> None:
    fetcher = Fetcher([folder])
    for url in (folder.as_uri(), (folder / "none.png").as_uri()):
        with pytest.raises(Refused):
            fetcher(url)
    assert len(fetcher.refusals) == 2


def test_files_have_a_limit_and_fonts_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 10)
    monkeypatch.setattr(fetch, "MOST_FONT_BYTES", 1000)
    (folder / "font.ttf").write_bytes(b"x" * 1000)
    assert len(Fetcher([folder])((folder / "font.ttf").as_uri()).read()) == 1000
    (folder / "font.ttf").write_bytes(b"x" * 1001)
    for name in ("picture.png", "font.ttf"):
        with pytest.raises(Refused, match="larger than"):
            Fetcher([folder])((folder / name).as_uri())
    with pytest.raises(Refused, match="too large"):
        Fetcher()(as_data(picture()))


def test_the_number_of_files_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_FILES", 2)
    fetcher = Fetcher()
    fetcher(as_data(picture()))
    fetcher(as_data(picture()))
    with pytest.raises(Refused, match="more than 2 files"):
        fetcher(as_data(picture()))


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (8_000, 5_001)])
def test_too_many_pixels_are_refused_by_the_header(width: int, height: int) -> None:
    with pytest.raises(Refused, match="too many pixels"):
        Fetcher()(as_data(png(width, height)))


def test_pixels_up_to_the_limit_are_taken() -> None:
    assert Fetcher()(as_data(png(8_000, 5_000))).content_type == "image/png"


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "PPM"])
def test_rare_kinds_of_picture_are_refused(kind: str) -> None:
    with pytest.raises(Refused, match="not a picture"):
        Fetcher()(as_data(picture(kind)))


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="/etc/passwd"/>',
        '<image xlink:href="http://example.org/a.png"/>',
        '<use href="other.svg#part"/>',
        "<style>@import 'a.css';</style>",
        "<style>path { fill: url(a.svg#g) }</style>",
        r"<style>path { fill: u\72l(a.svg#g) }</style>",
        "<path fill=\"url('a.svg#g')\"/>",
        '<path style="fill: URL( http://example.org/ )"/>',
        '<g xml:base="file:///"/>',
        "<script/>",
        "<foreignObject/>",
        '<path onload="x()"/>',
        "<path",
    ],
)
def test_a_drawing_reaches_for_nothing(inside: str) -> None:
    with pytest.raises(Refused):
        check_svg(SVG.format(inside).encode())


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format(""),
        '<?xml-stylesheet href="a.css"?>' + SVG.format(""),
        '<?xml version="1.0" encoding="utf-7"?>' + SVG.format(""),
    ],
)
def test_a_drawing_declares_nothing(text: str) -> None:
    with pytest.raises(Refused, match="DOCTYPE"):
        check_svg(text.encode())


def test_a_drawing_in_another_encoding_is_refused() -> None:
    with pytest.raises(Refused, match="UTF-8"):
        check_svg(SVG.format("").encode("utf-16"))


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><linearGradient id="g"/></defs><path fill="url(#g)"/><use href="#g"/>',
        "<style>path { fill: url('#g') }</style>",
        '<image href="data:image/png;base64,AAAA"/>',
        "<title>5 in 100 people</title>",
    ],
)
def test_a_drawing_may_use_its_own_parts(inside: str) -> None:
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n' + SVG.format(inside)
    check_svg(declared.encode())
    assert Fetcher()(as_data(declared.encode(), "image/svg+xml")).content_type == "image/svg+xml"
