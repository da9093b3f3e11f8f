"""PO files: what is written is read back, by us, by Babel and by gettext; hostile ones are not."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plainleaf.content.wording import scan
from plainleaf.content.wording.catalog import DOUBLE_CHECK, Catalog, Entry
from plainleaf.content.wording.po import parse, read
from plainleaf.content.wording.written import written
from plainleaf.content.yaml import hidden
from plainleaf.problems import ContentError, Problem
from tests.content.wording.given import LANGUAGES, empty, full

HEAD = (
    'msgid ""\nmsgstr ""\n"Language: es\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
)
ONE = 'msgctxt "a.b"\nmsgid "One"\nmsgstr "Uno"\n'
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), max_size=60
).filter(lambda text: not list(hidden(text)))


def gettext(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    command = [program, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment)


def refused(text: str | bytes, code: str = "es") -> tuple[Problem, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ContentError) as raised:
        parse(data, "x/es.po", code)
    assert all(problem.path == "x/es.po" and problem.hint for problem in raised.value.problems)
    return raised.value.problems


def without_lines(catalog: Catalog) -> tuple[Entry, ...]:
    return tuple(replace(entry, line=1) for entry in (*catalog.entries, *catalog.obsolete))


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_written_is_read_back(code: str) -> None:
    catalog = full(code)
    data = written(catalog)
    back = parse(data, f"{code}.po", code)
    assert without_lines(back) == without_lines(catalog)
    assert (back.header, back.comments, back.language) == (catalog.header, catalog.comments, code)
    assert written(back) == data


@pytest.mark.parametrize("code", LANGUAGES)
def test_babel_reads_the_same(code: str) -> None:
    catalog = full(code)
    theirs = read_po(BytesIO(written(catalog)), abort_invalid=True)
    assert len(theirs) == len(catalog.entries)
    for entry in catalog.entries:
        message = theirs.get(entry.source, entry.context)
        assert message is not None and message.string == entry.target
        assert message.user_comments == list(entry.comments)


@pytest.mark.parametrize("code", LANGUAGES)
def test_gettext_finds_nothing_wrong(code: str, tmp_path: Path) -> None:
    for catalog in (full(code), empty(code)):
        file = tmp_path / f"{code}.po"
        file.write_bytes(written(catalog))
        words = ("--check", "--check-format", "--statistics", "-o", os.devnull, str(file))
        said = gettext("msgfmt", *words).stderr.strip()
        assert said in (
            "64 translated messages.",
            "0 translated messages, 64 untranslated messages.",
        )


def test_gettext_gives_back_what_it_was_given(tmp_path: Path) -> None:
    """Poedit saves with msgcat's library: marks, notes and the earlier source must come back."""
    catalog = full("pl")
    first = replace(
        catalog.entries[1],
        flags=("fuzzy",),
        previous='The "old" text\nin two lines',
        comments=("My note", DOUBLE_CHECK),
    )
    gone = Entry("gone.text", "Gone", ("Nie ma",), comments=("Kept",))
    catalog = replace(catalog, entries=(first, *catalog.entries[1:]), obsolete=(gone,))
    catalog = replace(catalog, entries=(catalog.entries[0], *catalog.entries[2:]))
    file = tmp_path / "pl.po"
    file.write_bytes(written(catalog))
    gettext("msgcat", "-o", str(tmp_path / "again.pl.po"), str(file))
    back = read(tmp_path / "again.pl.po")
    assert without_lines(back) == without_lines(catalog)
    assert back.header == catalog.header


def test_gettext_drops_flags_that_it_does_not_know(tmp_path: Path) -> None:
    """Why the mark of a second look is a comment."""
    file = tmp_path / "es.po"
    file.write_text(HEAD + "#, x-double-check\n" + ONE, encoding="utf-8")
    assert read(file).entries[0].flags == ("x-double-check",)
    gettext("msgcat", "-o", str(file), str(file))
    assert read(file).entries[0].flags == ()


def test_the_same_bytes_whatever_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    data = written(full())
    for zone in ("Pacific/Kiritimati", "America/Adak"):
        monkeypatch.setenv("TZ", zone)
        assert written(full()) == data
    assert b"2026-11-22 00:00+0000" in data and b"Babel" not in data


def test_no_flags_that_babel_guesses() -> None:
    data = written(full()).decode()
    assert "-format" not in data
    entry = Entry("a", "100 %d of {x}", ("100 %d de {x}",))
    assert b"-format" not in written(replace(full(), entries=(entry,)))
    guessed = "#, python-brace-format, fuzzy\n" + ONE
    assert parse((HEAD + guessed).encode(), "es.po", "es").entries[0].flags == ("fuzzy",)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=6), st.booleans())
def test_any_text_comes_back(texts: list[tuple[str, str, str]], fuzzy: bool) -> None:
    entries = tuple(
        Entry(
            f"a.{place}",
            source + "x",
            (target,),
            flags=("fuzzy",) if fuzzy else (),
            previous=previous,
        )
        for place, (source, target, previous) in enumerate(texts)
    )
    catalog = replace(full(), entries=entries)
    assert without_lines(parse(written(catalog), "es.po", "es")) == without_lines(catalog)


def test_lines_are_those_of_the_translation() -> None:
    catalog = parse((HEAD + "# Note\n#. About it\n#: a.b\n" + ONE).encode(), "es.po", "es")
    (entry,) = catalog.entries
    assert catalog.lines[entry.line - 1] == 'msgstr "Uno"'
    problem = catalog.problem("wrong", entry)
    assert (problem.path, problem.line, problem.source) == ("es.po", entry.line, 'msgstr "Uno"')


def test_what_other_tools_write_is_understood() -> None:
    text = (
        "\ufeff# Translator's head\n" + HEAD.replace("\n", "\r\n")
        + "#= fuzzy\n#| msgctxt \"a\"\n#| msgid \"\"\n#| \"Old \"\n#| \"text\"\n"
        + 'msgctxt "a"\nmsgid ""\n"One "\n"two"\nmsgstr ""\n"Uno\\n"\n"\\"dos\\"\\t\\\\"\n'
        + '#~| msgid "older"\n#~ msgctxt "b"\n#~ msgid "Gone"\n#~ msgstr "Nada"\n'
    )  # fmt: skip
    catalog = parse(text.encode(), "es.po", "es")
    (entry,) = catalog.entries
    assert (entry.source, entry.target) == ("One two", 'Uno\n"dos"\t\\')
    assert (entry.previous, entry.fuzzy) == ("Old text", True)
    assert [(gone.context, gone.target) for gone in catalog.obsolete] == [("b", "Nada")]
    assert catalog.comments == ("Translator's head",)


def test_plural_entries() -> None:
    forms = "".join(f'msgstr[{form}] "{form} cosas"\n' for form in range(2))
    text = HEAD + 'msgctxt "a"\nmsgid "{n} thing"\nmsgid_plural "{n} things"\n' + forms
    catalog = parse(text.encode(), "es.po", "es")
    (entry,) = catalog.entries
    assert (entry.plural, entry.targets) == ("{n} things", ("0 cosas", "1 cosas"))
    assert without_lines(parse(written(catalog), "es.po", "es")) == without_lines(catalog)
    half = replace(entry, targets=("0 cosas", ""))
    assert half.missing and not entry.missing


BOMB = HEAD + "".join(f'msgctxt "a.{at}"\nmsgid "x"\nmsgstr "y"\n' for at in range(5_001))
HOSTILE = {
    "no text": ("", 1, "the file has no header"),
    "no header": (ONE, 1, "the file has no header"),
    "other bytes": (HEAD.encode() + b'msgid "\xe9"\n', 8, "is not UTF-8 text"),
    "other charset": (HEAD.replace("UTF-8", "ISO-8859-2"), 2, 'charset "iso-8859-2", and must'),
    "no charset": (HEAD.replace("charset=UTF-8", ""), 2, 'charset "", and must'),
    "other language": (HEAD.replace("Language: es", "Language: pl"), 2, 'Language "pl", and the'),
    "no language": (HEAD.replace('"Language: es\\n"\n', ""), 2, 'Language "", and the file is'),
    "no field": (HEAD.replace("MIME-Version: 1.0", "MIME"), 2, 'has "MIME", which is no field'),
    "code as plural": (
        HEAD.replace('"MIME', '"Plural-Forms: nplurals=2; plural=exit();\\n"\n"MIME'),
        2,
        'the plural forms have "e", which no plural rule needs',
    ),
    "other plural": (
        HEAD.replace('"MIME', '"Plural-Forms: nplurals=2; plural=n>1;\\n"\n"MIME'),
        2,
        "these are not the plural forms of Spanish",
    ),
    "twice": (HEAD + ONE + "\n" + ONE, 14, '"a.b" is repeated: it first stands in line 10'),
    "no context": (HEAD + 'msgid "One"\nmsgstr "Uno"\n', 9, "the entry has no msgctxt"),
    "no translation": (HEAD + 'msgctxt "a"\nmsgid "One"\n', 9, "the entry has no msgstr"),
    "no source": (HEAD + 'msgctxt "a"\nmsgstr "Uno"\n', 9, "the entry has no msgid"),
    "two translations": (HEAD + ONE + 'msgstr "Dos"\n', 11, "a second msgstr in one entry"),
    "open quote": (HEAD + ONE.replace('Uno"', "Uno"), 10, "the quotation marks of this text do"),
    "inner quote": (HEAD + ONE.replace("Uno", 'U"no'), 10, "the quotation marks of this text do"),
    "loose text": (HEAD + '"Uno"\n' + ONE, 8, "this text belongs to no entry"),
    "no keyword": (HEAD + "msgfoo 3\n" + ONE, 8, "this line is not part of a PO file"),
    "yaml": (HEAD + "a: b\n", 8, "this line is not part of a PO file"),
    "inner comment": (HEAD + ONE.replace("msgid", "# x\nmsgid"), 9, "a comment stands inside an"),
    "code": (HEAD + ONE.replace("Uno", "\\x41"), 10, "a backslash is followed by no known code"),
    "bidi": (HEAD + ONE.replace("Uno", "U\u202eno"), 10, "the invisible U+202E (right-to-left"),
    "isolate": (HEAD + ONE.replace("Uno", "U\u2067no"), 10, "the invisible U+2067 (right-to-left"),
    "null": (HEAD + ONE.replace("Uno", "U\0no"), 10, "the invisible U+0000 (a control character)"),
    "zero width": (HEAD + ONE.replace("Uno", "U\u200bno"), 10, "the invisible U+200B (zero width"),
    "one form": (
        HEAD + 'msgctxt "a"\nmsgid "x"\nmsgid_plural "y"\nmsgstr[0] "z"\n',
        11,
        "the entry has 1 translations, and needs 2",
    ),
    "forms of one": (
        HEAD + 'msgctxt "a"\nmsgid "x"\nmsgstr[0] "y"\nmsgstr[1] "z"\n',
        10,
        "the entry has 2 translations, and needs 1",
    ),
    "long text": (HEAD + ONE.replace("Uno", "U" * 20_001), 10, "the text is longer than 20,000"),
    "too large": ("#" * (scan.MOST_BYTES + 1), 1, "the file is larger than 2,000,000 bytes"),
    "too many": (BOMB, 15_007, "there are over 5,000 entries"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused_at_their_line(
    text: str | bytes, line: int, message: str
) -> None:
    problems = refused(text)
    assert any(message in problem.message and problem.line == line for problem in problems), (
        problems
    )


def test_every_problem_in_one_pass() -> None:
    two = ONE.replace("Uno", 'U"no') + "\n" + ONE.replace("Uno", "\\q").replace("a.b", "c")
    assert [problem.line for problem in refused(HEAD + two)] == [10, 14]
    said = [
        problem.message for problem in refused(HEAD.replace("es", "pl", 1) + 'msgid "x"\nmsgstr ""')
    ]
    assert len(said) == 2 and "Language" in said[0] and "no msgctxt" in said[1]
    assert len(refused(HEAD + 'msgid "x\n' * 500)) == scan.MOST_PROBLEMS


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    raw = written(full())[:4_000]
    at = data.draw(st.integers(0, len(raw) - 1))
    many = data.draw(st.integers(0, 40))
    new = data.draw(
        st.one_of(st.binary(max_size=20), st.just(b'"'), st.just(b"\\"), st.just(b"\n"))
    )
    try:
        parse(raw[:at] + new + raw[at + many :], "es.po", "es")
    except ContentError as error:
        assert all(problem.path == "es.po" and problem.line > 0 for problem in error.problems)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for data in (raw, HEAD.encode() + raw):
        try:
            parse(data, "es.po", "es")
        except ContentError as error:
            assert error.problems


def test_a_file_that_is_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "es.po")
    for path in (tmp_path / "es.po", tmp_path, tmp_path / "pl.po", Path(os.devnull)):
        with pytest.raises(ContentError, match="cannot be read"):
            read(path)


def test_the_name_says_the_language(tmp_path: Path) -> None:
    for name in ("es.po", "wording.es.po", "markets.es.po"):
        (tmp_path / name).write_bytes(written(full("es")))
        assert read(tmp_path / name, "shown.po").path == "shown.po"
    (tmp_path / "pl.po").write_bytes(written(full("es")))
    with pytest.raises(ContentError, match='says Language "es", and the file is for "pl"'):
        read(tmp_path / "pl.po")
    (tmp_path / "xx.po").write_bytes(written(full("es")))
    with pytest.raises(Exception, match='no words for the language "xx"'):
        read(tmp_path / "xx.po")
