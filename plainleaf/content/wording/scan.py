"""The lines of a PO file, read strictly: what other readers mend or drop is a problem here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

from plainleaf.content.yaml import hidden
from plainleaf.problems import ContentError, Problem

MOST_BYTES = 2_000_000
MOST_ENTRIES = 5_000
LONGEST = 20_000
MOST_PROBLEMS = 50

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-5]\])?)[ \t]+(.*)", re.DOTALL)
_CODES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_ORDER = ("msgctxt", "msgid", "msgid_plural", "msgstr")
_QUOTES = "Put each text between two quotation marks, and a backslash before one inside it."
_POEDIT = "Open the file in Poedit, or save it again as your translation tool does."


@dataclass
class Draft:
    """One entry while it is read: its texts by keyword, each with its line, and its comments."""

    obsolete: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    previous: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def line(self) -> int:
        """Where its translation stands, or where it begins."""
        return self.lines.get("msgstr") or self.lines.get("msgstr[0]") or min(self.lines.values())


class Scanner:
    """Takes a file apart line by line, and gathers every problem on the way."""

    def __init__(self, data: bytes, path: str):
        self.path = path
        self.problems: list[Problem] = []
        self.entries: list[Draft] = []
        self.draft = Draft()
        self.last: dict[str, str] | None = None
        self.keyword = ""
        self.lines: list[str] = []
        self.lines = self._decoded(data)

    def scan(self) -> list[Draft]:
        """Every entry in the order of the file; ContentError with every problem of it."""
        for number, line in enumerate(self.lines, start=1):
            self._line(line.strip(" \t"), number)
        self._close()
        if self.problems:
            raise ContentError(self.problems)
        return self.entries

    def note(self, line: int, message: str, hint: str) -> None:
        """Remember a problem; raise them all when there are too many to read."""
        source = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        source = source if len(source) <= LONGEST else ""
        self.problems.append(Problem(message, self.path, line, source=source, hint=hint))
        if len(self.problems) >= MOST_PROBLEMS:
            raise ContentError(self.problems)

    def _stop(self, line: int, message: str, hint: str) -> NoReturn:
        self.note(line, message, hint)
        raise ContentError(self.problems)

    def _decoded(self, data: bytes) -> list[str]:
        if len(data) > MOST_BYTES:
            said = f"the file is larger than {MOST_BYTES:,} bytes"
            self._stop(1, said, "A leaflet's translation is far smaller: look what is in it.")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            at = data.count(b"\n", 0, error.start) + 1
            said = f"byte {error.start + 1} is not UTF-8 text"
            self._stop(at, said, "Save the file as UTF-8.")
        self.lines = [line.removesuffix("\r") for line in text.split("\n")]
        for number, line in enumerate(self.lines, start=1):
            for _, code, name in hidden(line):
                said = f"the invisible U+{code} ({name}) is not allowed"
                self.note(number, said, "Delete it, or type the text round it again.")
        if self.problems:
            raise ContentError(self.problems)
        return self.lines

    def _line(self, line: str, number: int) -> None:
        if not line:
            if self.draft.texts:
                self._close()
            return
        obsolete = line.startswith("#~")
        if obsolete:
            line = line[2:].strip(" \t")
            if line.startswith("|"):
                return
        if line.startswith("#"):
            self._comment(line, number)
        elif line.startswith('"'):
            self._string(line, number)
        else:
            self._keyword(line, number, obsolete)

    def _comment(self, line: str, number: int) -> None:
        if any(keyword.startswith("msgstr") for keyword in self.draft.texts):
            self._close()
        elif self.draft.texts:
            self.note(number, "a comment stands inside an entry", "Move it above the entry.")
            return
        sign, text = line[1:2], line[2:].strip()
        if sign in (",", "="):
            self.draft.flags += [flag for each in text.split(",") if (flag := each.strip())]
        elif sign == ".":
            self.draft.notes.append(text)
        elif sign == "|":
            self.last, self.keyword = self.draft.previous, self.keyword
            if text.startswith('"'):
                self._string(text, number)
            elif match := _KEYWORD.fullmatch(text):
                self.keyword = match[1]
                self.draft.previous[match[1]] = ""
                self._string(match[2], number)
        elif sign != ":":
            self.draft.comments.append(line[1:].strip())

    def _keyword(self, line: str, number: int, obsolete: bool) -> None:
        match = _KEYWORD.fullmatch(line)
        if match is None:
            self.note(number, "this line is not part of a PO file", _POEDIT)
            return
        keyword = match[1]
        place = _ORDER.index(keyword.partition("[")[0])
        done = max((_ORDER.index(each.partition("[")[0]) for each in self.draft.texts), default=-1)
        if place < done or (place == done and place < 3 and keyword in self.draft.texts):
            self._close()
        if keyword in self.draft.texts:
            self.note(number, f"a second {keyword} in one entry", "Keep one of the two.")
        self.draft.obsolete = obsolete
        self.draft.texts[keyword], self.draft.lines[keyword] = "", number
        self.last, self.keyword = self.draft.texts, keyword
        self._string(match[2], number)

    def _string(self, text: str, number: int) -> None:
        match = _STRING.fullmatch(text.strip(" \t"))
        if match is None:
            self.note(number, "the quotation marks of this text do not match", _QUOTES)
        elif self.last is None:
            self.note(number, "this text belongs to no entry", _POEDIT)
        else:
            if any(code not in _CODES for code in re.findall(r"\\(.)", match[1])):
                self.note(number, "a backslash is followed by no known code", _QUOTES)
            held = re.sub(r"\\(.)", lambda code: _CODES.get(code[1], code[0]), match[1])
            self.last[self.keyword] += held
            if len(self.last[self.keyword]) > LONGEST:
                said = f"the text is longer than {LONGEST:,} characters"
                self._stop(number, said, "Split the text in the handout.")

    def _close(self) -> None:
        """The entry ends here: it must have a text and a translation."""
        draft, self.draft, self.last = self.draft, Draft(), None
        if not draft.texts:
            return
        if "msgid" not in draft.texts or not any(key.startswith("msgstr") for key in draft.texts):
            missing = "msgstr" if "msgid" in draft.texts else "msgid"
            self.note(max(draft.lines.values()), f"the entry has no {missing}", _POEDIT)
            return
        self.entries.append(draft)
        if len(self.entries) > MOST_ENTRIES:
            self._stop(
                draft.line, f"there are over {MOST_ENTRIES:,} entries", "Look what is in it."
            )
