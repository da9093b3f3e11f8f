"""A logo is somebody's file: it is made again from what may be printed, or refused."""

from __future__ import annotations

import base64
import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageFile, PngImagePlugin

from plainleaf.content.clinic import load_clinic
from plainleaf.content.logo import BOX, MOST_BYTES, MOST_SHARP, Logo, read_logo
from plainleaf.content.vector import MOST_BYTES as MOST_SVG_BYTES
from plainleaf.content.vector import MOST_ELEMENTS, NotPrintable, drawing
from plainleaf.page.fetch import check_svg
from plainleaf.problems import ContentError

CLINIC = """id: mine
name: My Clinic
written: 2026-11-22
telephones: {questions: 01632 960 123}
hours: {en: "Monday to Friday, 9 to 5"}
logo: LOGO
"""
BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))


def svg(body: str, head: str = 'viewBox="0 0 40 20"', before: str = "") -> bytes:
    links = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {links} {head}>{body}</svg>".encode()


def picture(
    mode: str = "RGB", size: tuple[int, int] = (600, 300), colour: object = 0
) -> Image.Image:
    return Image.new(mode, size, colour)  # type: ignore[arg-type]


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **more)
    return data.getvalue()


def read(folder: Path, name: str, data: bytes) -> Logo:
    (folder / name).write_bytes(data)
    return read_logo(folder / name)


def pixel(logo: Logo, at: tuple[int, int] = (5, 5)) -> tuple[int, ...]:
    found = Image.open(io.BytesIO(logo.data)).convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return found


def header(width: int, height: int) -> bytes:
    """A PNG that says it is this large, and has next to nothing in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + body + chunk(b"IEND", b"")


RECT = '<rect width="9" height="9"/>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (svg(f"<script>alert(1)</script>{RECT}"), "has a <script>"),
        (svg(f"<foreignObject><b/></foreignObject>{RECT}"), "has a <foreignObject>"),
        (svg('<image href="file:///etc/passwd" width="9" height="9"/>'), "has a <image>"),
        (svg('<image href="data:image/png;base64,AAAA" width="9" height="9"/>'), "has a <image>"),
        (svg('<text y="9">Clinic</text>'), "has a <text>"),
        (svg(f'<g id="a">{RECT}</g><use xlink:href="#a"/>'), "has a <use>"),
        (svg(f'<a xlink:href="https://example.org">{RECT}</a>'), "has a <a>"),
        (svg(f'<animate attributeName="x"/>{RECT}'), "has a <animate>"),
        (svg(f'<filter id="f"/>{RECT}'), "has a <filter>"),
        (svg(f'<linearGradient id="f"/>{RECT}'), "has a <linearGradient>"),
        (svg(f'<pattern id="p">{RECT}</pattern>'), "has a <pattern>"),
        (svg(f"<svg>{RECT}</svg>"), "has a <svg>"),
        (svg('<rect onload="x()" width="9" height="9"/>'), "has onload"),
        (svg('<rect filter="url(#f)" width="9" height="9"/>'), "has filter"),
        (svg('<rect style="mask:url(#f)" width="9" height="9"/>'), "has mask"),
        (svg('<rect fill="url(https://example.org/a)" width="9" height="9"/>'), "value of fill"),
        (svg('<rect fill="url(#g)" width="9" height="9"/>'), "more than plain colours"),
        (svg('<rect fill="&#92;75rl(#g)" width="9" height="9"/>'), "value of fill"),
        (svg('<rect style="fill:#000 !important" width="9" height="9"/>'), "value of fill"),
        (svg('<rect width="9e99" height="9"/>'), "value of width"),
        (svg('<rect width="123456789" height="9"/>'), "value of width"),
        (svg(f"<style>@import url(a.css);</style>{RECT}"), "style sheet of the drawing"),
        (svg(f"<style>g > rect {{ fill: red }}</style>{RECT}"), "style sheet of the drawing"),
        (svg(RECT, before="<!DOCTYPE svg [<!ENTITY a 'b'>]>"), "has a DOCTYPE"),
        (svg(f"&a8;{RECT}", before=f"<!DOCTYPE svg [{BOMB}]>"), "has a DOCTYPE"),
        (svg(RECT, before='<?xml-stylesheet href="a.css"?>'), "has a DOCTYPE"),
        (svg(RECT, before='<?xml version="1.0" encoding="utf-16"?>'), "in UTF-8"),
        (svg(RECT).decode().encode("utf-16"), "in UTF-8"),
        (svg("<g>" * 30 + RECT + "</g>" * 30), "within each other"),
        (svg(RECT * (MOST_ELEMENTS + 1)), "within each other"),
        (svg(f"<!--{'x' * MOST_SVG_BYTES}-->{RECT}"), "is larger than 300 kB"),
        (svg(RECT, head=""), "how large it is"),
        (svg(RECT, head='width="100%" height="100%"'), "how large it is"),
        (svg(RECT, head='viewBox="0 0 -4 9"'), "how large it is"),
        (svg(RECT, head='viewBox="0 0 nan 9"'), "how large it is"),
        (svg(RECT, head='viewBox="0 0 400 9"'), "too wide or too tall"),
        (svg("<title>Nothing</title>"), "no shape"),
        (svg('<rect clip-path="url(#c)" width="9" height="9"/>'), "not in it"),
        (svg(f'<clipPath id="c"><g>{RECT}</g></clipPath>{RECT}'), "too many ways"),
        (svg(f'<clipPath id="c">{RECT * 21}</clipPath>{RECT}'), "too many ways"),
        (svg(f'<g id="a">{RECT}</g><g id="a">{RECT}</g>'), "a name twice"),
        (b"<html><body>Hello</body></html>", "cannot be read as SVG"),
        (b"<svg", "cannot be read as SVG"),
        (b"", "cannot be read as SVG"),
    ],
)
def test_a_drawing_that_is_more_than_shapes(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(NotPrintable, match=said) as caught:
        read(tmp_path, "logo.svg", data)
    assert caught.value.hint


def test_a_drawing_is_written_again_without_what_is_not_drawn(tmp_path: Path) -> None:
    body = (
        "<!-- made by a person --><title>Me</title><metadata><b>secret</b></metadata>"
        "<defs><style>/* a */ .a, .b{fill:#5b2a6e;stroke-width:2px} .b{opacity:.5}</style>"
        '<clipPath id="cut"><circle cx="9" cy="9" r="4"/></clipPath></defs>'
        '<path class="a b" d="M0 0h9v9z" data-name="x" style="font-family:Foo;stroke:none"/>'
        '<g clip-path="url(#cut)" transform="translate(1 2)"><rect width="9" height="9"/></g>'
    )
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    logo = read(tmp_path, "logo.svg", svg(body, before=f'<?xml version="1.0"?>{doctype}'))
    text = logo.data.decode()
    assert not any(word in text for word in ("person", "Me", "secret", "class", "style", "data-"))
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert (
        '<path d="M0 0h9v9z" fill="#5b2a6e" stroke-width="2px" opacity=".5" stroke="none">' in text
    )
    assert '<g clip-path="url(#cut)" transform="translate(1 2)">' in text
    assert (logo.width, logo.height, logo.dots, logo.pale) == (30, 15, None, False)
    check_svg(logo.data)
    assert base64.b64decode(logo.uri.partition(",")[2]) == logo.data


def test_a_drawing_cannot_leave_its_box() -> None:
    text, _, _ = drawing(svg('<rect x="-999" y="-999" width="9999" height="9999"/>'))
    assert '<clipPath id="-frame"><rect x="0" y="0" width="40" height="20"/></clipPath>' in text
    assert text.index('<g clip-path="url(#-frame)">') < text.index("-999")


def test_a_pale_logo_is_known_for_one(tmp_path: Path) -> None:
    assert read(tmp_path, "a.svg", svg('<rect fill="#ffffee" width="9" height="9"/>')).pale
    assert read(tmp_path, "a.svg", svg('<g fill="white"><path d="M0 0h9"/></g>')).pale
    assert not read(
        tmp_path, "a.svg", svg('<g fill="white" stroke="#000"><path d="M0 0h9"/></g>')
    ).pale
    assert read(tmp_path, "a.png", saved(picture(colour=(255, 255, 200)), "PNG")).pale
    assert not read(tmp_path, "a.png", saved(picture(colour=(0, 90, 200)), "PNG")).pale


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("logo.png", saved(picture(), "JPEG"), "is called PNG, and is none"),
        ("logo.jpg", saved(picture(), "PNG"), "is called JPEG, and is none"),
        ("logo.png", svg(RECT), "is called PNG, and is none"),
        ("logo.svg", saved(picture(), "PNG"), "in UTF-8"),
        ("logo.gif", saved(picture(), "GIF"), "is no .png, .svg or .jpg"),
        ("logo", saved(picture(), "PNG"), "is no .png, .svg or .jpg"),
        ("logo.png", header(100_000, 100_000), "too many pixels"),
        ("logo.png", header(9_000, 10), "too many pixels"),
        ("logo.png", header(2_000, 1_000), "cannot be read as PNG"),
        ("logo.png", saved(picture(), "PNG")[:60], "cannot be read as PNG"),
        ("logo.jpg", saved(picture(), "JPEG")[:300], "cannot be read as JPEG"),
        ("logo.jpg", b"\xff\xd8\xff" + b"a" * 50, "cannot be read as JPEG"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"a" * MOST_BYTES, "is larger than 1000 kB"),
        ("logo.png", saved(picture(size=(900, 100)), "PNG"), "too wide or too tall"),
        ("logo.png", saved(picture(size=(100, 201)), "PNG"), "too wide or too tall"),
        (
            "logo.png",
            saved(picture(), "PNG", save_all=True, append_images=[picture(colour=(9, 9, 9))]),
            "the logo moves",
        ),
    ],
)
def test_a_picture_that_is_not_what_it_says(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # as WeasyPrint leaves it
    with pytest.raises(NotPrintable, match=said):
        read(tmp_path, name, data)
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_only_an_ordinary_file_of_the_folder_is_opened(tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(saved(picture(), "PNG"))
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "link.png").symlink_to(outside)
    (folder / "folder.png").mkdir()
    os.mkfifo(folder / "pipe.png")
    for name, said in (
        ("link.png", 'there is no logo "link.png"'),
        ("folder.png", "there is no logo|not an ordinary file"),
        ("pipe.png", "not an ordinary file"),
        ("gone.png", 'there is no logo "gone.png"'),
    ):
        (folder / "clinic.yaml").write_text(CLINIC.replace("LOGO", name), encoding="utf-8")
        with pytest.raises(ContentError, match=said) as caught:
            load_clinic(folder / "clinic.yaml")
        assert [problem.line for problem in caught.value.problems] == [6]
    (folder / "clinic.yaml").write_text(CLINIC.replace("LOGO", "../outside.png"), encoding="utf-8")
    with pytest.raises(ContentError, match="should be a file's name"):
        load_clinic(folder / "clinic.yaml")


def test_nothing_of_the_file_but_its_pixels_is_kept(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "at home, 51.5 N", 6  # a description; lies on its side
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "secret")
    image = picture(size=(300, 600), colour=(200, 0, 0))
    turned = read(tmp_path, "a.jpg", saved(image, "JPEG", exif=exif, comment=b"secret"))
    noted = read(
        tmp_path, "a.png", saved(image, "PNG", pnginfo=note, dpi=(72, 72), icc_profile=b"secret")
    )
    for logo in (turned, noted):
        kept = Image.open(io.BytesIO(logo.data))
        assert b"secret" not in logo.data and b"at home" not in logo.data
        assert (kept.format, kept.info, len(kept.getexif())) == ("PNG", {}, 0)
    assert turned.width > turned.height and noted.width < noted.height


def test_every_kind_of_pixel_becomes_ink_on_white(tmp_path: Path) -> None:
    clear = picture("RGBA", colour=(0, 0, 0, 0))
    clear.paste((20, 20, 20, 255), (0, 0, 300, 300))
    logo = read(tmp_path, "a.png", saved(clear, "PNG"))
    assert (pixel(logo), pixel(logo, (500, 200))) == ((20, 20, 20), (255, 255, 255))
    ink = pixel(read(tmp_path, "a.jpg", saved(picture("CMYK", colour=(255, 0, 255, 0)), "JPEG")))
    assert ink[1] > 240 and max(ink[0], ink[2]) < 20
    deep = Image.new("I;16", (600, 300), 0x8000)
    assert pixel(read(tmp_path, "a.png", saved(deep, "PNG"))) == (128, 128, 128)
    for mode in ("1", "L", "P"):
        assert max(pixel(read(tmp_path, "a.png", saved(picture(mode), "PNG")))) == 0
    grey = saved(picture("LA", colour=(0, 128)), "PNG")
    assert pixel(read(tmp_path, "a.png", grey)) == (127, 127, 127)


def test_it_fits_its_box_and_is_no_finer_than_can_be_printed(tmp_path: Path) -> None:
    for size in ((4000, 1000), (1000, 2000), (800, 100), (30, 60)):
        logo = read(tmp_path, "a.png", saved(picture(size=size), "PNG"))
        assert logo.width <= BOX[0] and logo.height <= BOX[1]
        assert logo.width == BOX[0] or logo.height == BOX[1]
        assert logo.dots == round(size[0] / logo.width * 25.4)
        kept = Image.open(io.BytesIO(logo.data))
        assert kept.width / logo.width * 25.4 <= MOST_SHARP * 1.02
        assert kept.width <= size[0]


@given(st.binary(max_size=400))
@example(b"\x89PNG\r\n\x1a\n")
@example(b"<svg><svg>")
def test_whatever_it_holds_it_is_a_logo_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp()
    for name, start in (
        ("fuzz.png", b"\x89PNG\r\n\x1a\n"),
        ("fuzz.jpg", b"\xff\xd8\xff"),
        ("fuzz.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'),
    ):
        for whole in (data, start + data):
            try:
                assert read(folder, name, whole).data
            except NotPrintable as refused:
                assert str(refused) and refused.hint
