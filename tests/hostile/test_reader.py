"""Files that hide or alter text, or are no text at all: refused at their place, nothing written."""

from __future__ import annotations

import pytest

from .given import FILE, GOOD, HERE, Room, caret, spoilt

MARK = "a value cannot begin with & * or ! (anchors, aliases and tags are not allowed)"
DEEP = "this is more than 32 levels deep"
TITLE = "title: Sleeping better"
END = "review:\n  status: draft\n"

# What stands in the good handout, what is put there (the caret is expected at ‸), what is said.
CASES = {
    "alias": (TITLE, "title: ‸*x", MARK),
    "anchor": (TITLE, "title: ‸&x Sleeping better", MARK),
    "tag": (TITLE, "title: ‸!!python/object/apply:os.system [ls]", MARK),
    "tag of one's own": (TITLE, "title: ‸!secret Sleeping better", MARK),
    "merge key": (
        "  name: samplin",
        "  ‸<<: {name: other}\n  name: samplin",
        "merge keys (<<) are not allowed",
    ),
    "second document": (END, END + "‸---\nid: two\n", "a second document begins here"),
    "directive": (
        "# yaml-language-server",
        "‸%YAML 1.1\n---\n# yaml-language-server",
        "directives (a line that begins with %) are not allowed",
    ),
    "repeated key": (
        TITLE,
        TITLE + "\n‸title: Sleeping worse",
        'the key "title" is repeated: it first stands in line 8',
    ),
    "repeated key in brackets": (
        "{name: Tired,",
        "{name: Tired, ‸name: Not tired,",
        'the key "name" is repeated: it first stands in line 53',
    ),
    "bidi, raw": (
        TITLE,
        TITLE + " ‸\u202eyad yreve",
        "the invisible U+202E (right-to-left override) is not allowed",
    ),
    "bidi, escaped": (
        TITLE,
        'title: "Sleeping ‸\\u202ebetter"',
        "the invisible U+202E (right-to-left override) is not allowed",
    ),
    "control character, raw": (
        TITLE,
        TITLE + "‸\x1b[2J",
        "the invisible U+001B (a control character) is not allowed",
    ),
    "control character, escaped": (
        TITLE,
        'title: "Sleeping ‸\\abetter"',
        "the invisible U+0007 (a control character) is not allowed",
    ),
    "zero-width space in a dose": (
        "value: 1162",
        "value: 1‸\u200b162",
        "the invisible U+200B (zero width space) is not allowed",
    ),
    "unknown escape": (TITLE, 'title: "Sleeping \\‸q"', "a backslash is followed by no known code"),
    "quotation mark never closed": (
        "extent: summary",
        'extent: ‸"summary',
        "this quotation mark is never closed",
    ),
    "33 levels": (TITLE, f"title: {'[' * 31}‸{'[' * 9}{']' * 40}", DEEP),
    "3,000 nested blocks": (TITLE, f"title:\n  {'- ' * 31}‸{'- ' * 2_969}x", DEEP),
    "100,000 brackets": (TITLE, f"title: {'[' * 31}‸{'[' * 99_969}", DEEP),
}


@pytest.mark.parametrize("case", CASES)
def test_refused_at_its_place(room: Room, case: str) -> None:
    old, new, said = CASES[case]
    text, line, column = caret(spoilt((old, new)))
    room.write(text)
    done = room.render()
    assert (done.code, done.out) == (1, "")
    assert done.errors == [f"{FILE}:{line}:{column}: error: {said}"]
    assert [line.strip() for line in done.err.splitlines()].count("^") == (len(text) < 20_000)
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err
    assert room.unhurt()


FILES = {
    "empty": (b"", 1, 1, "the file is empty"),
    "comments alone": (b"# id: good\n", 1, 1, "the file is empty"),
    "not UTF-8": (
        GOOD.encode().replace(b"better", b"b\xe9tter", 1),
        8,
        18,
        "byte 248 is not UTF-8 text",
    ),
    "UTF-16": (GOOD.encode("utf-16"), 1, 1, "this is UTF-16 text, not UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(90), 1, 1, "byte 1 is not UTF-8 text"),
    "over a megabyte": (
        GOOD.encode() + b"# " + b"x" * 1_000_000,
        1,
        1,
        "the file is larger than 1,000,000 bytes",
    ),
    "50,001 parts": (
        GOOD.replace("markets: [uk, us]\n", f"markets: [{'uk,' * 50_000} us]\n", 1).encode(),
        13,
        149_933,
        "there are over 50,000 parts",
    ),
    "a list, not a handout": (b"- good\n", 1, 1, "the file: should be a group of keys and values"),
    "a word, not a handout": (b"good\n", 1, 1, "the file: should be a group of keys and values"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_handout(room: Room, case: str) -> None:
    data, line, column, said = FILES[case]
    room.write(data)
    done = room.render()
    assert (done.code, done.out) == (1, "")
    assert done.errors == [f"{FILE}:{line}:{column}: error: {said}"]
    assert len(done.err) < 2_000
    assert room.unhurt()


def test_every_hidden_sign_is_told_at_once(room: Room) -> None:
    room.write(spoilt((TITLE, f"{TITLE}\u200b"), ("text: Rest.", "text: Rest\u2066.")))
    done = room.render()
    assert [error.split(" (")[0][-6:] for error in done.errors] == ["U+200B", "U+2066"]
    assert room.unhurt()


def test_a_byte_order_mark_is_no_fault(room: Room) -> None:
    room.write(b"\xef\xbb\xbf" + GOOD.encode())
    assert room.run("check", "--content", "good", "--date", "2026-11-22").code == 0


def test_the_mark_of_a_case_stands_in_no_payload() -> None:
    assert HERE not in GOOD
