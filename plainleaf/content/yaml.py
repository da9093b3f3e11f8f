"""A YAML file as it was written: every scalar stays text, every value knows its line.

Ordinary YAML loading changes doses (`010` is 8, `22:22` is 1342), so only the events of
PyYAML's pure-Python parser are read, and whatever could hide or alter text is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import yaml

from plainleaf.content.tree import (
    Document,
    Entry,
    Mapping,
    Node,
    Position,
    Scalar,
    Sequence,
)
from plainleaf.problems import ContentError, Problem

__all__ = [
    "Document",
    "Entry",
    "Mapping",
    "Node",
    "Position",
    "Scalar",
    "Sequence",
    "parse",
    "read",
]

MOST_BYTES = 1_000_000
MOST_EVENTS = 50_000
MOST_LEVELS = 32
MOST_PROBLEMS = 50

_INDENT = "check the indentation; text that holds : # { or quotation marks goes in quotes"
_QUOTE = "put the whole text in quotes"
_MARK = "a value cannot begin with & * or ! (anchors, aliases and tags are not allowed)", _QUOTE
_ESCAPED = "a backslash is followed by no known code", "write two backslashes for one"
# What PyYAML says, as a pattern over its context and problem; then what a person is told.
_PLAIN_WORDS = (
    ("scanning an a|(scanning|parsing) a tag|tag handle", *_MARK),
    ("directive", "directives (a line that begins with %) are not allowed", "remove the line"),
    (r"'\\t'", "a tab stands where only spaces may", "use spaces instead"),
    ("cannot start any token", "a value cannot begin with this character", _QUOTE),
    ("mapping values are not", "a colon and a space stand where no key can be", _INDENT),
    ("expected ':'", "this line has no colon after its key", _INDENT),
    ("end of stream|document sep", "this quotation mark is never closed", "close it"),
    ("block scalar", "text follows a | or >", "begin the text on the next line"),
    ("escape", *_ESCAPED),
    ("',' or", "this list or mapping in brackets is not closed", "add a comma or a bracket"),
    ("<document start>", "text stands where the file should have ended", _INDENT),
    ("", "this does not belong to the lines round it, or a value is missing", _INDENT),
)
# Whatever is invisible or steers the text round it. Tab, line end, the joiners U+200C and
# U+200D and the variants of an ideograph stay: they belong to words.
_HIDDEN = re.compile(
    r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
    r"\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    r"\U000e01f0-\U000e0fff"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 1 << 20, 1 << 16))
    + r"\U0010fffe\U0010ffff]|\r(?!\n)"
    r"|(?<![\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"
)
_ESCAPE = re.compile(r"\\(?:x(..)|u(.{4})|U(.{8})|(.))", re.DOTALL)


def read(path: Path, shown: str | None = None) -> Document:
    """Read one file; `shown` is the path that messages name. Raises ContentError."""
    name = str(path) if shown is None else shown
    try:
        with path.open("rb") as file:
            return parse(file.read(MOST_BYTES + 1), name)
    except (OSError, ValueError) as error:
        said = f"the file cannot be read: {getattr(error, 'strerror', None) or error}"
        hint = "check its name, and that you may read it"
        raise ContentError(Problem(said, name, hint=hint)) from None


def parse(data: bytes, path: str) -> Document:
    """Read the bytes of one file; `path` is what messages name. Raises ContentError."""
    return _Builder(data, path).document()


def hidden(text: str) -> Iterator[tuple[int, str, str]]:
    """Where a text has a character that is invisible or steers the text round it, its code in
    hexadecimal, and its name."""
    for match in _HIDDEN.finditer(text):
        yield match.start(), *_named(match[0])


def _named(char: str) -> tuple[str, str]:
    return f"{ord(char):04X}", unicodedata.name(char, "a control character").lower()


def _at(mark: Any) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def _position(text: str, index: int) -> Position:
    return Position(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


class _Loader(yaml.SafeLoader):
    def fetch_directive(self) -> None:
        raise yaml.MarkedYAMLError(problem="directive", problem_mark=self.get_mark())


class _Builder:
    """Turns the bytes of one file into nodes, and gathers every problem on the way."""

    def __init__(self, data: bytes, path: str):
        self.problems: list[Problem] = []
        self.text = data[:MOST_BYTES].decode("utf-8-sig", "replace")
        lines = tuple(line.removesuffix("\r") for line in self.text.split("\n"))
        self.file = Document(path, lines, Scalar("", Position(1, 1)), data)
        self.events = self._events()

    def document(self) -> Document:
        """The whole file; raises every problem of it as one ContentError."""
        self._check_bytes(self.file.data)
        for match in _HIDDEN.finditer(self.text):
            self._hidden(match[0], match.start())
        root = None if self.problems else self._root()
        if root is None or self.problems:
            raise ContentError(self.problems)
        return replace(self.file, root=root)

    def _check_bytes(self, data: bytes) -> None:
        if len(data) > MOST_BYTES:
            self._stop(Position(1, 1), f"the file is larger than {MOST_BYTES:,} bytes", "split it")
        try:
            data.decode()
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8-sig")
            said = f"byte {error.start + 1} is not UTF-8 text"
            if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                said = "this is UTF-16 text, not UTF-8"
            self._stop(_position(before, len(before)), said, "save the file as UTF-8")

    def _root(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root:
                    self._stop(
                        _at(event.start_mark), "a second document begins here", "keep one in a file"
                    )
                root = self._node(next(self.events), 0)
        if root is None or (isinstance(root, Scalar) and not root.text):
            self._stop(Position(1, 1), "the file is empty", "write a line such as `key: value`")
        return root

    def _events(self) -> Iterator[yaml.Event]:
        place = Position(1, 1)
        try:
            for count, event in enumerate(yaml.parse(self.text, Loader=_Loader)):
                place = _at(event.start_mark)
                if count >= MOST_EVENTS:
                    self._stop(place, f"there are over {MOST_EVENTS:,} parts", "split the file")
                yield event
        except (ValueError, OverflowError):  # PyYAML on "\UFFFFFFFF"
            self._stop(place, *_ESCAPED)
        except yaml.MarkedYAMLError as error:
            said = f"{error.context} {error.problem}"
            begun = error.context_mark if re.search("unexpected|expected '[:,]'", said) else None
            message, hint = next(words for sign, *words in _PLAIN_WORDS if re.search(sign, said))
            self._stop(_at(begun or error.problem_mark), message, hint)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = _at(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self._note(place, *_MARK)
            return Scalar(f"*{event.anchor}", place)
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        if event.anchor is not None or event.tag is not None:
            self._note(place, *_MARK)
        if isinstance(event, yaml.ScalarEvent):
            self._check_escapes(event)
            return Scalar(event.value, place)
        if depth >= MOST_LEVELS:
            self._stop(place, f"this is more than {MOST_LEVELS} levels deep", "make it flatter")
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(tuple(self._entries(depth + 1)), place)
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), place)

    def _entries(self, depth: int) -> Iterator[Entry]:
        lines: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place = _at(event.start_mark)
            if isinstance(event, yaml.CollectionStartEvent):
                self._stop(place, "a key must be plain text", "write the key as one word")
            key = self._node(event, depth)
            assert isinstance(key, Scalar)
            if key.text == "<<":
                self._note(place, "merge keys (<<) are not allowed", "write the keys out")
            elif key.text in lines:
                said = f'the key "{key.text}" is repeated: it first stands in line '
                self._note(place, f"{said}{lines[key.text]}", "keep one of the two")
            lines.setdefault(key.text, place.line)
            yield Entry(key, self._node(next(self.events), depth))

    def _check_escapes(self, event: yaml.ScalarEvent) -> None:
        start, end = event.start_mark, event.end_mark
        if event.style != '"' or start is None or end is None:
            return
        for match in _ESCAPE.finditer(self.text, start.index, end.index):
            code = match[1] or match[2] or match[3]
            char = chr(int(code, 16)) if code else _Loader.ESCAPE_REPLACEMENTS.get(match[4], "")
            if _HIDDEN.search(char):
                self._hidden(char, match.start())

    def _hidden(self, char: str, index: int) -> None:
        code, name = _named(char)
        said = f"the invisible U+{code} ({name}) is not allowed"
        self._note(_position(self.text, index), said, "delete it, or retype the text round it")

    def _note(self, place: Position, message: str, hint: str) -> None:
        self.problems.append(self.file.problem(message, place, hint=hint))
        if len(self.problems) >= MOST_PROBLEMS:
            raise ContentError(self.problems)

    def _stop(self, place: Position, message: str, hint: str) -> NoReturn:
        self._note(place, message, hint)
        raise ContentError(self.problems)
