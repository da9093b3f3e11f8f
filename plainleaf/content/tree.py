"""What the reader makes of a YAML file: text with positions, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plainleaf.problems import Problem

LONGEST_SHOWN = 10_000


@dataclass(frozen=True)
class Position:
    """A place in a file, counted in characters from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Scalar:
    """Text exactly as the author meant it; `""` where nothing was written."""

    text: str
    position: Position


@dataclass(frozen=True)
class Entry:
    """One key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True)
class Mapping:
    """Keys and values in the order of the file; no key stands twice."""

    entries: tuple[Entry, ...]
    position: Position


@dataclass(frozen=True)
class Sequence:
    """The items of a list."""

    items: tuple[Node, ...]
    position: Position


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True)
class Document:
    """A whole file: its values, its lines for messages, its bytes for fingerprints."""

    path: str
    lines: tuple[str, ...]
    root: Node
    data: bytes

    def plain(self) -> Any:
        """The values as nested dict, list and str, for the model to validate."""
        return _plain(self.root)

    def locate(self, loc: tuple[str | int, ...], *, key: bool = False) -> Position:
        """Where the value at this path stands, or with `key` where its key stands.

        Elements that are not in the file (a missing key, a union tag) are skipped.
        """
        node, position = self.root, self.root.position
        for part in loc:
            if isinstance(node, Mapping):
                for entry in (entry for entry in node.entries if entry.key.text == str(part)):
                    node = entry.value
                    position = entry.key.position if key else node.position
            elif isinstance(node, Sequence) and part in range(len(node.items)):
                node = node.items[int(part)]
                position = node.position
        return position

    def problem(self, message: str, position: Position, **more: Any) -> Problem:
        """A problem at this place, with its source line; `more` is hint, rule and level."""
        line, column = position.line, position.column
        source = "".join(self.lines[line - 1 : line])
        source = source if len(source) <= LONGEST_SHOWN else ""
        return Problem(message, self.path, line, column, source=source, **more)


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {entry.key.text: _plain(entry.value) for entry in node.entries}
