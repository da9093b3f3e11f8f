"""What a style of a user's own may say in its sheets: how things look, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from plainleaf.library import shown
from plainleaf.problems import Problem

MOST_SHEET_BYTES = 200_000

_Fault = tuple[Any, str, str]  # the token at fault, what is wrong, what to do

_UNCLOSED = "Look for a bracket or a quotation mark that is not closed."
_BRING_IN = ("import", "font-face", "namespace")
_ADDRESSES = ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade")
_PICTURE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_DATA = re.compile(r"data:image/(svg\+xml|png|jpeg|gif|webp)[;,]", re.IGNORECASE)
# What may hold a text in quotation marks that has letters: names of fonts and their features.
_NAMING = re.compile(r"font(-family|-feature-settings|-variation-settings|-language-override)?")


def sheet_problems(path: Path) -> list[Problem]:
    """What stands against one sheet of a user's own style, each with its line."""
    import tinycss2

    name = shown(path)
    if path.stat().st_size > MOST_SHEET_BYTES:
        said = f"the style sheet is larger than {MOST_SHEET_BYTES // 1000} kB"
        return [Problem(said, name, hint="Keep pictures in files of their own.")]
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return [Problem("the style sheet cannot be read", name, hint="Save it as UTF-8.")]
    nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    lines = text.splitlines()
    return [
        Problem(
            said,
            name,
            token.source_line,
            token.source_column,
            hint=hint,
            source=_line(lines, token.source_line),
        )
        for token, said, hint in _faults(nodes, path.parent)
    ]


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _faults(nodes: Sequence[Any], folder: Path) -> Iterator[_Fault]:
    for node in nodes:
        if node.type == "error":
            said = f"the style sheet is broken: {node.message}"
            yield node, said, _UNCLOSED
        elif node.type == "at-rule":
            yield from _brought_in(node, node.lower_at_keyword)
            yield from _inside(node.prelude, folder, strings=True)
            yield from _inside(node.content or (), folder)
        elif node.type == "qualified-rule":
            yield from _inside(node.prelude, folder, strings=True)
            yield from _inside(node.content, folder)


def _brought_in(token: Any, name: str) -> Iterator[_Fault]:
    if name in _BRING_IN:
        said = f"@{name} has no place in a style of your own"
        yield token, said, "Write the rules into the sheet; the fonts are the bundled ones."


def _inside(tokens: Sequence[Any], folder: Path, strings: bool = False) -> Iterator[_Fault]:
    """The faults within a block. `strings` says that words in quotation marks may stand here."""
    prop, used = "", 0
    for at, token in enumerate(tokens):
        kind = token.type
        if kind == "error":
            said = f"the style sheet is broken: {token.message}"
            yield token, said, _UNCLOSED
        elif kind == "at-keyword":
            yield from _brought_in(token, token.lower_value)
        elif kind == "literal" and token.value == ";":
            prop, used = "", 0
        elif kind == "ident" and not prop and _colon_follows(tokens, at):
            prop = token.lower_value
        elif kind == "url":
            yield from _address(token, token.value, folder)
        elif kind == "string" and not strings and not _NAMING.fullmatch(prop):
            if any(map(str.isalnum, token.value)):
                said = f'a style adds no words: "{token.value[:40]}"'
                yield token, said, "What a leaflet says stands in its handout."
        elif kind == "function":
            used += token.lower_name == "var"
            if prop.startswith("--") and used > 1:
                said = "a variable is made of more than one other"
                yield token, said, "Write its value out."
            yield from _function(token, folder)
        elif kind.endswith("block"):
            yield from _inside(token.content, folder, strings or kind == "[] block")
            if kind == "{} block":
                prop, used = "", 0


def _function(token: Any, folder: Path) -> Iterator[_Fault]:
    for each in token.arguments:
        if each.type == "string" and token.lower_name in _ADDRESSES:
            yield from _address(each, each.value, folder)
    rest = [each for each in token.arguments if each.type != "string"]
    words = [each for each in token.arguments if each.type == "string"]
    yield from _inside(rest, folder)
    if token.lower_name not in _ADDRESSES:
        yield from _inside(words, folder)


def _colon_follows(tokens: Sequence[Any], at: int) -> bool:
    rest = (token for token in tokens[at + 1 :] if token.type not in ("whitespace", "comment"))
    following = next(rest, None)
    return following is not None and following.type == "literal" and following.value == ":"


def _address(token: Any, address: str, folder: Path) -> Iterator[_Fault]:
    if _DATA.match(address):
        return
    if not _PICTURE.fullmatch(address):
        said = f'a style may use the pictures of its own folder alone, not "{address[:60]}"'
        yield token, said, 'Put the picture beside the sheet: url("its-name.svg").'
    elif not (folder / address).is_file():
        said = f'there is no picture "{address}" beside the sheet'
        yield token, said, "Mend its name, or put the file there."
