"""Every fixed phrase of Hindi, Urdu and Arabic can be taken from the PDF as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from plainleaf.checks.pdf import squeezed
from plainleaf.content.wording.language import language
from plainleaf.content.wording.po import read
from plainleaf.page.actual import needs_words
from plainleaf.page.typeset import typeset

from .conftest import FONTS, ROOT, WHEN, page

CODES = ("hi", "ur", "ar")
STYLE = 'body { font-family: Inter, "Noto Sans Devanagari", "Noto Sans Arabic" }'
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]{2,}")
_MARKS = dict.fromkeys((0x640, 0x670, *range(0x64B, 0x660)))


def phrases(code: str) -> list[str]:
    entries = read(ROOT / "styles" / "phrases" / f"{code}.po").entries
    return [target for entry in entries for target in entry.targets]


def printed(texts: list[str], code: str) -> bytes:
    """A page of these texts; typeset refuses a letter that no font has."""
    body = f"<h1>{language(code).name}</h1>" + "".join(f"<p>{escape(text)}</p>" for text in texts)
    way = f'<html lang="{code}" dir="{language(code).direction}"'
    html = page(body, STYLE).replace('<html lang="en"', way, 1)
    return typeset(html, when=WHEN, fonts=FONTS)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("shaping")
    made = {code: folder / f"{code}.pdf" for code in CODES}
    for code, file in made.items():
        file.write_bytes(printed(phrases(code), code))
    return made


def test_the_pages_are_valid(files: dict[str, Path], verapdf: Callable[..., None]) -> None:
    verapdf(*(file.read_bytes() for file in files.values()))


def test_poppler_takes_hindi_out_as_it_was_written(
    files: dict[str, Path], run: Callable[..., str]
) -> None:
    taken, texts = squeezed(run("pdftotext", "-raw", files["hi"], "-")), phrases("hi")
    assert len(texts) > 140
    assert [text for text in texts if squeezed(text) not in taken] == []


def test_pdfium_takes_hindi_out_as_it_was_written(files: dict[str, Path]) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(files["hi"])
    taken = squeezed("".join(page.get_textpage().get_text_bounded() for page in document))
    assert [text for text in phrases("hi") if squeezed(text) not in taken] == []


@pytest.mark.parametrize("code", ["ur", "ar"])
def test_words_of_joined_scripts_keep_their_letters(
    files: dict[str, Path], run: Callable[..., str], code: str
) -> None:
    """Marks aside. MuPDF gives a line as drawn, so that each word is compared from its end."""
    words = {
        squeezed(word) for text in phrases(code) for word in _ARABIC.findall(text.translate(_MARKS))
    }
    assert len(words) > 150
    turned = squeezed(run("mutool", "draw", "-F", "txt", "-o", "-", files[code]))[::-1]
    assert [word for word in words if word not in turned] == []


def test_words_stand_beside_the_glyphs_of_devanagari_alone() -> None:
    texts = {"en": "Sueño", "zh": "巴氯芬", "ar": "الباكلوفين"}
    assert not any(b"ActualText" in raw(printed([text], code)) for code, text in texts.items())
    assert raw(printed(["मसौदा", "10 mg"], "hi")).count(b"/ActualText") == 1
    assert "मसौदा".encode("utf-16-be").hex().upper().encode() in raw(printed(["मसौदा"], "hi"))


def test_text_of_two_directions_keeps_its_glyphs() -> None:
    assert needs_words("10 mg की गोली")
    assert not needs_words("10 mg")
    assert not needs_words("मसौदा مسودہ")


def raw(data: bytes) -> bytes:
    """What is drawn on every page."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return b"".join(sheet.Contents.read_bytes() for sheet in pdf.pages)
