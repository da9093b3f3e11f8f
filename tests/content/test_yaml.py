"""The reader keeps every scalar as written, and refuses whatever could hide or alter text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainleaf.content import yaml
from plainleaf.content.yaml import Document, Mapping, Position, Scalar, Sequence, parse, read
from plainleaf.problems import ContentError, Level, Problem

MARK = "a value cannot begin with & * or ! (anchors, aliases and tags are not allowed)"
DIRECTIVE = "directives (a line that begins with %) are not allowed"
INDENT = "this does not belong to the lines round it, or a value is missing"
BRACKET = "this list or mapping in brackets is not closed"
QUOTE = "this quotation mark is never closed"


def refused(text: str | bytes) -> list[Problem]:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    with pytest.raises(ContentError) as caught:
        parse(data, "x.yaml")
    problems = list(caught.value.problems)
    assert problems
    for problem in problems:
        assert problem.path == "x.yaml" and problem.message and problem.hint
        assert problem.level is Level.ERROR and problem.line >= 1 and problem.column >= 1
    return problems


def document(text: str) -> Document:
    return parse(text.encode(), "x.yaml")


@pytest.mark.parametrize(
    "written",
    ["010", "22:22", "NO", "no", "0.50", "3.10", "1_000", "~", "null", "0x10", "1e3", "2026-01-02",
     "=", "true", ".inf", "+44 1234", "½", "5–10 mg", "می‌خواهم", "क्‍ष", "👩‍⚕️", "a\u00a0b"],
)  # fmt: skip
def test_a_scalar_arrives_as_written(written: str) -> None:
    assert document(f"key: {written}\n").plain() == {"key": written}


def test_all_forms_of_value() -> None:
    text = 'a:\nb: ""\nc: [1, {d: e}]\nf: |\n  x\n  y\ng: >-\n  x\n  y\n"h": \'i\'\nj:\n- k\n- \n'
    assert document(text).plain() == {
        "a": "", "b": "", "c": ["1", {"d": "e"}], "f": "x\ny\n", "g": "x y", "h": "i",
        "j": ["k", ""],
    }  # fmt: skip


def test_nodes_know_their_place() -> None:
    read_ = document("a: b\nc:\n  - d\n  - {e: f}\n")
    assert isinstance(read_.root, Mapping) and read_.root.position == Position(1, 1)
    first, second = read_.root.entries
    assert first.key == Scalar("a", Position(1, 1)) and first.value == Scalar("b", Position(1, 4))
    assert isinstance(second.value, Sequence) and second.value.position == Position(3, 3)
    assert read_.lines == ("a: b", "c:", "  - d", "  - {e: f}", "")


def test_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    data = b"\xef\xbb\xbfa: b\r\nc: |\r\n  d\r\n"
    read_ = parse(data, "x.yaml")
    assert read_.plain() == {"a": "b", "c": "d\n"}
    assert read_.data == data and read_.lines[0] == "a: b"
    assert read_.locate(("a",)) == Position(1, 4)


def test_one_document_between_its_marks_is_fine() -> None:
    assert document("# note\n---\na: b\n...\n").plain() == {"a": "b"}


@pytest.mark.parametrize(
    ("loc", "value", "key"),
    [
        ((), (1, 1), (1, 1)),
        (("a",), (1, 4), (1, 1)),
        (("c",), (3, 3), (2, 1)),
        (("c", 1), (4, 5), (4, 5)),
        (("c", 1, "e"), (4, 9), (4, 6)),
        (("c", 1, "union-tag", "e"), (4, 9), (4, 6)),
        (("c", 7, "missing"), (3, 3), (2, 1)),
        (("c", -1), (3, 3), (2, 1)),
        (("c", "1"), (3, 3), (2, 1)),
        (("a", "deeper", 0), (1, 4), (1, 1)),
        (("nowhere",), (1, 1), (1, 1)),
        ((5,), (5, 4), (5, 1)),
    ],
)
def test_locate(loc: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]) -> None:
    read_ = document("a: b\nc:\n  - d\n  - {e: f}\n5: g\n")
    assert read_.locate(loc) == Position(*value)
    assert read_.locate(loc, key=True) == Position(*key)


def test_a_problem_carries_its_source_line() -> None:
    read_ = document("a: b\n")
    problem = read_.problem("no", Position(1, 4), hint="do", rule="r", level=Level.WARNING)
    assert problem == Problem("no", "x.yaml", 1, 4, Level.WARNING, "do", "r", "a: b")
    assert read_.problem("no", Position(9, 9)).source == ""


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("a: b\nc: *d\n", MARK, 2, 4),
        ("a: **bold** text\n", MARK, 1, 5),
        ("*a : b\n", MARK, 1, 1),
        ("a: &d b\n", MARK, 1, 4),
        ("a: &\n", MARK, 1, 5),
        ("a: !!python/object:os.system x\n", MARK, 1, 4),
        ("a: !x b\n", MARK, 1, 4),
        ("a: ! b\n", MARK, 1, 4),
        ("a: !e!x b\n", MARK, 1, 4),
        ("&a [b]\n", MARK, 1, 1),
        ("a: b\n<<: {c: d}\n", "merge keys (<<) are not allowed", 2, 1),
        ("a: b\n---\nc: d\n", "a second document begins here", 2, 1),
        ("a: b\n...\n---\n", "a second document begins here", 3, 1),
        ("%YAML 1.1\n---\na: b\n", DIRECTIVE, 1, 1),
        ("%YAML 9.9\n---\na: b\n", DIRECTIVE, 1, 1),
        ("# x\n%TAG ! y\n---\na: b\n", DIRECTIVE, 2, 1),
        ("%" + "9" * 9000, DIRECTIVE, 1, 1),
        ("a: b\nc: d\na: e\n", 'the key "a" is repeated: it first stands in line 1', 3, 1),
        ("x: {a: b, a: c}\n", 'the key "a" is repeated: it first stands in line 1', 1, 11),
        ("? [a]\n: b\n", "a key must be plain text", 1, 3),
        ("{a: b}: c\n", "a key must be plain text", 1, 1),
        ("", "the file is empty", 1, 1),
        ("# only a note\n", "the file is empty", 1, 1),
        ("---\n", "the file is empty", 1, 1),
        ("a:\n\tb: c\n", "a tab stands where only spaces may", 2, 1),
        ("a: b\t\n", "a tab stands where only spaces may", 1, 5),
        ("a: @b\n", "a value cannot begin with this character", 1, 4),
        ("a: b: c\n", "a colon and a space stand where no key can be", 1, 5),
        ("a: b\nccc\nd: e\n", "this line has no colon after its key", 2, 1),
        ("a: b\nc: 'd\n", QUOTE, 2, 4),
        ('a: "b\n---\n', QUOTE, 1, 4),
        ("a: | b\n  c\n", "text follows a | or >", 1, 6),
        ("a: [b\nc: d\n", BRACKET, 1, 4),
        ("a: {b: c\n", BRACKET, 1, 4),
        ("a: {fact} minutes\n", INDENT, 1, 11),
        ('a: "b" c\n', INDENT, 1, 8),
        ("a: ]\n", INDENT, 1, 4),
        ("a: - b\n", INDENT, 1, 4),
        ("a\n...\nb\n", "text stands where the file should have ended", 3, 1),
        ('a: "\\q"\n', "a backslash is followed by no known code", 1, 6),
        ('a: "\\UFFFFFFFF"\n', "a backslash is followed by no known code", 1, 1),
    ],
)  # fmt: skip
def test_refusals(text: str, message: str, line: int, column: int) -> None:
    problem = refused(text)[-1]
    assert (problem.message, problem.line, problem.column) == (message, line, column)


HIDDEN = [
    *"\0\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x80\x85\x9f\xad\u061c\u200b\u200e\u200f\u2028\u2029\u2060",
    *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)),
    *"\ufeff\ufdd0\ufffe\uffff\U0001fffe\U0010ffff\U000e0001\U000e0041\U000e0100\u3164\u180e",
]  # fmt: skip


@pytest.mark.parametrize("char", HIDDEN, ids=lambda char: f"U+{ord(char):04X}")
def test_hidden_characters_raw_and_escaped(char: str) -> None:
    said = f"the invisible U+{ord(char):04X} ("
    for text, line, column in [
        (f"a: b\nc: d{char}e\n", 2, 5),
        (f"# {char}\na: b\n", 1, 3),
        (f'a: b\nc: "d\\\\ \\U{ord(char):08X}e"\n', 2, 9),
        (f'"d\\U{ord(char):08x}": b\n', 1, 3),
    ]:
        (problem,) = refused(text)
        assert problem.message.startswith(said)
        assert (problem.line, problem.column) == (line, column)


@pytest.mark.parametrize(
    ("escape", "code"),
    [("0", 0), ("a", 7), ("e", 27), ("r", 13), ("N", 0x85), ("L", 0x2028), ("P", 0x2029),
     ("x1b", 27), ("u202E", 0x202E), ("ud800", 0xD800), ("uDFFF", 0xDFFF)],
)  # fmt: skip
def test_short_escapes_of_hidden_characters(escape: str, code: int) -> None:
    (problem,) = refused(f'a: "b\\{escape}"\n')
    assert problem.message.startswith(f"the invisible U+{code:04X} (") and problem.column == 6


def test_harmless_escapes_stay() -> None:
    assert document(r'a: "\t\n\_\u00e9 \\u202E"').plain() == {"a": "\t\n\xa0é \\u202E"}
    assert document(r"a: '\u202E'").plain() == {"a": r"\u202E"}
    assert document("a: 葛\U000e0100城").plain() == {"a": "葛\U000e0100城"}


def test_a_lone_carriage_return_is_refused() -> None:
    assert refused("a: b\rc: d\n")[0].message.startswith("the invisible U+000D (")


def test_not_utf_8() -> None:
    (problem,) = refused(b"a: b\nc: d\xe9\n")
    assert problem.message == "byte 10 is not UTF-8 text"
    assert (problem.line, problem.column) == (2, 5)
    assert refused(b"\xef\xbb\xbf\xff")[0].column == 1
    assert refused(b"a: \xed\xa0\x80\n")[0].message == "byte 4 is not UTF-8 text"
    for codec in ("utf-16", "utf-16-be"):
        data = ("\ufeff" if codec == "utf-16-be" else "") + "a: b\n"
        assert refused(data.encode(codec))[0].message == "this is UTF-16 text, not UTF-8"
    assert refused("a: b".encode("utf-16-le"))[0].message.startswith("the invisible U+0000 (")


def test_limits() -> None:
    most = "a: " + "b" * (yaml.MOST_BYTES - 3)
    assert document(most).plain() == {"a": most[3:]}
    assert refused(most + "b")[0].message == "the file is larger than 1,000,000 bytes"
    flow = "[" * 32 + "]" * 32
    assert document(flow).root.position == Position(1, 1)
    for text in (f"[{flow}]", "[" * 100_000, "- " * 40 + "a", "{a: " * 3_000):
        assert refused(text)[0].message == "this is more than 32 levels deep"
    blocks = "\n".join(" " * level + "a:" for level in range(1_400))
    deep = refused(blocks)[0]
    assert (deep.message, deep.line) == ("this is more than 32 levels deep", 33)
    many = refused("[" + "a," * 60_000 + "]")[0]
    assert many.message == "there are over 50,000 parts" and many.source == ""


def test_every_problem_is_told_up_to_a_limit() -> None:
    problems = refused("a: &x b\na: *x\n<<: c\nd: !t e\nf: 'g\n")
    assert [problem.line for problem in problems] == [1, 2, 2, 3, 4, 5]
    assert len(refused("a\u200b" * 500)) == yaml.MOST_PROBLEMS


@pytest.mark.parametrize(
    "unit",
    ["[", "{", "- ", "? ", "'", '"', "&a ", "*a ", "!a ", "a ", "a: ", "a: b\n", "...\n", "%a\n",
     "---\n", "#\n", ",", "{a: ", "-\n", "?\n", ":\n", "\\", "|\n", "a\n"],
)  # fmt: skip
def test_hostile_repetition_ends(unit: str) -> None:
    for before in ("", "a: ", "[", 'a: "'):
        only_content_errors((before + unit * (20_000 // len(unit))).encode())


def test_read(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a: b\n")
    assert read(file).plain() == {"a": "b"} and read(file).path == str(file)
    assert read(file, "shown").path == "shown"
    file.write_bytes(b"#" * (yaml.MOST_BYTES + 9))
    for path, said in [
        (file, "the file is larger than"),
        (tmp_path / "none.yaml", "the file cannot be read: No such file"),
        (tmp_path, "the file cannot be read: Is a directory"),
        (file / "b", "the file cannot be read: Not a directory"),
        (Path("\0"), "the file cannot be read: embedded null byte"),
    ]:
        with pytest.raises(ContentError) as caught:
            read(path, "shown")
        (problem,) = caught.value.problems
        assert problem.path == "shown" and problem.message.startswith(said) and problem.hint


def only_content_errors(data: bytes) -> None:
    try:
        read_ = parse(data, "x.yaml")
    except ContentError as error:
        assert error.problems and str(error)
    else:
        assert read_.root.position and read_.data == data


FRAGMENT = st.sampled_from(
    ["a", "b", "key", "010", " ", "  ", "\n", "\r\n", "\t", ":", ": ", "- ", "-", "? ", "[", "]",
     "{", "}", ",", "&a ", "*a ", "!t ", "!!str ", "!<x> ", "|", ">", "|2-\n", ">+\n", "'", '"',
     "\\", "\\x4", "\\u202E", "\\ud800", "\\UFFFFFFFF", "#", "%", "%YAML 1.1\n", "---\n", "...\n",
     "<<: ", "@", "`", "é", "\u200c", "\u202e", "\ufeff", "\U0001f600", "~"]
)  # fmt: skip


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    only_content_errors(data)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    only_content_errors(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=500)
@given(st.lists(FRAGMENT, max_size=30).map("".join))
def test_any_yaml_fragments(text: str) -> None:
    only_content_errors(text.encode())


WORD = st.text("abc 0123456789.:_-~éλ", min_size=1, max_size=12)
VALUE = st.recursive(
    WORD,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(WORD, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def written(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return f"'{value}'"


@given(VALUE)
def test_quoted_values_come_back(value: object) -> None:
    assert document(written(value)).plain() == value
