"""A translation is a draft until people have signed all of it; a broken one is refused, by line."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from plainleaf.content.approve import signed
from plainleaf.content.model import Review
from plainleaf.content.wording.catalog import Catalog
from plainleaf.content.wording.po import read
from plainleaf.content.wording.review import fingerprint
from plainleaf.content.wording.written import written
from plainleaf.leaflet import make
from plainleaf.library import Library
from plainleaf.page.setting import Setting
from plainleaf.problems import ContentError, Level
from plainleaf.ready import Checked, checked
from plainleaf.spoken import parts
from tests.hostile.given import DAY, Room

from .conftest import ROOT

NAME, CODE = "baclofen-sleep", "es"
MISSING = ("subtitle", "in_short.message")
TODAY, NEXT = datetime.date(2026, 11, 22), datetime.date(2027, 11, 22)
SIGNED = """status: approved
translator: Example Translator
translated: 2026-11-22
reviewer: Example Reviewer
role: test
date: 2026-11-22
next: 2027-11-22
fingerprint: {}
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for name in ("handouts", "styles"):
        shutil.copytree(ROOT / name, tmp_path / name)
    yield Library((tmp_path,))


def sign_source(library: Library) -> None:
    ready = checked(NAME, library, TODAY)
    review = Review(
        status="approved",
        reviewer="Example Reviewer",
        role="test",
        date=TODAY,
        next=NEXT,
        fingerprint=ready.standing.fingerprint,
    )
    library.path(NAME).write_bytes(signed(ready.loaded.document, review))


def sign_translation(library: Library) -> list[Path]:
    """Clear every mark of a second look, and sign; the files of the three parts."""
    files = []
    for part in parts(library, library.handout(NAME), CODE):
        catalog = cleared(read(part.po))
        part.po.write_bytes(written(catalog))
        part.review.write_text(SIGNED.format(fingerprint(catalog)), encoding="utf-8")
        files.append(part.po)
    return files


def cleared(catalog: Catalog) -> Catalog:
    return replace(catalog, entries=tuple(replace(entry, comments=()) for entry in catalog.entries))


def look(library: Library, today: datetime.date = TODAY) -> Checked:
    return checked(NAME, library, today, code=CODE)


def test_a_translation_is_approved_when_all_its_parts_are(library: Library) -> None:
    sign_source(library)
    draft = look(library)
    assert not draft.standing.approved
    assert draft.standing.lines[0] == draft.said.voice.plain("standing.translation")
    files = sign_translation(library)
    assert look(library).standing.approved
    assert not look(library, NEXT + datetime.timedelta(days=1)).standing.approved
    for file in files:  # one word changed in any of them
        kept = file.read_bytes()
        text = kept.decode()
        entry = next(entry for entry in read(file).entries if not entry.plural and entry.target)
        put = replace(entry, targets=(entry.target + " ",))
        catalog = read(file)
        file.write_bytes(
            written(
                replace(
                    catalog,
                    entries=tuple(
                        put if each.context == entry.context else each for each in catalog.entries
                    ),
                )
            )
        )
        assert file.read_text(encoding="utf-8") != text
        changed = look(library)
        assert not changed.standing.approved
        assert changed.standing.fingerprint != draft.standing.fingerprint
        file.write_bytes(kept)
    assert look(library).standing.approved
    files[0].with_suffix(".review.yaml").unlink()
    assert not look(library).standing.approved


def test_an_approved_translation_of_a_draft_is_a_draft(library: Library) -> None:
    sign_translation(library)
    assert not look(library).standing.approved


@pytest.mark.parametrize("code", ["es", "ar"])
def test_the_word_draft_of_its_language_stands_on_each_page(code: str) -> None:
    from plainleaf.checks.pdf import sheets, squeezed
    from plainleaf.page.joined import as_drawn

    library = Library((ROOT,))
    ready = checked(NAME, library, TODAY, code=code)
    leaflet = make(ready, library, Setting())
    word = {"es": "BORRADOR", "ar": "مسودة"}[code]
    assert ready.said.voice.plain("page.draft") == word
    drawn = [
        "".join(run.text for run in sheet.drawn.runs if run.nested)
        for sheet in sheets(leaflet.data)
    ]
    assert len(drawn) == leaflet.pages
    forms = (squeezed(word), squeezed(as_drawn(word)))
    assert [text for text in drawn if not any(form in text for form in forms)] == []


def test_what_is_not_translated_is_refused_and_marked_in_a_draft(library: Library) -> None:
    file = parts(library, library.handout(NAME), CODE)[0].po
    catalog = read(file)
    empty, fuzzy = (entry for entry in catalog.entries if entry.context in MISSING)
    spoilt = {
        empty.context: replace(empty, targets=("",)),
        fuzzy.context: replace(fuzzy, flags=("fuzzy",)),
    }
    entries = tuple(spoilt.get(entry.context, entry) for entry in catalog.entries)
    file.write_bytes(written(replace(catalog, entries=entries)))
    with pytest.raises(ContentError) as refused:
        look(library)
    errors = [each for each in refused.value.problems if each.level is Level.ERROR]
    lines = {entry.context: entry.line for entry in read(file).entries}
    assert {each.line for each in errors} == {lines[name] for name in MISSING}
    assert [each.message for each in errors] == [
        f'"{empty.context}" is not translated',
        f'"{fuzzy.context}" is fuzzy',
    ]
    ready = checked(NAME, library, TODAY, draft=True, code=CODE)
    html = make(ready, library, Setting(form="html")).data.decode()
    for entry in (empty, fuzzy):
        assert f'<span class="untranslated" lang="en" dir="ltr">[EN] {entry.source}' in html
    assert html.count('class="untranslated"') >= 2 and not set(html) & set("⟦⟧")
    assert not ready.standing.approved


BROKEN = {
    "another charset": ("charset=UTF-8", "charset=latin-1", "charset"),
    "no quote at the end": ('msgctxt "title"', 'msgctxt "title', "quot"),
    "a placeholder turned round": (
        "{egfr-limit}",
        "{egfr-limti}",
        "has other placeholders",
    ),
    "a hidden sign": ('msgstr "Baclofeno para', 'msgstr "Baclofeno\u202e para', "U+202E"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_by_line(room: Room, case: str) -> None:
    old, new, said = BROKEN[case]
    folder = room.folder / "handouts"
    shutil.copytree(ROOT / "handouts", folder, dirs_exist_ok=True)
    file = folder / NAME / "es.po"
    text = file.read_text(encoding="utf-8")
    assert old in text
    before, _, after = text.rpartition(old)
    file.write_text(before + new + after, encoding="utf-8")
    done = room.run("render", NAME, "--language", CODE, "--date", DAY)
    assert (done.code, done.out) == (1, "")
    assert done.errors, done.err
    for line in done.errors:
        path, at, _ = line.split(":", 2)
        assert path == f"handouts/{NAME}/es.po" and int(at) > 0
    assert said in done.err and "Traceback" not in done.err
    assert room.unhurt()


def test_two_languages_are_approved_when_both_are(library: Library) -> None:
    sign_source(library)
    one = checked(NAME, library, TODAY, code=f"en+{CODE}")
    assert not one.standing.approved  # English is, and its translation is not
    page = make(one, library, Setting(form="html")).data.decode()
    assert "Reviewed 22 November 2026" in page and "nobody has reviewed this translation" in page
    other = make(checked(NAME, library, TODAY, code=f"{CODE}+en"), library, Setting(form="html"))
    assert "nobody has reviewed this translation" in other.data.decode()
    sign_translation(library)
    both = checked(NAME, library, TODAY, code=f"{CODE}+en")
    assert both.standing.approved
    page = make(both, library, Setting(form="html")).data.decode()
    assert 'class="draft-banner"' not in page
