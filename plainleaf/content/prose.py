"""The Markdown that authors may write, as safe HTML or bare text.

Facts are put in after parsing, so a value can neither be read as Markdown nor change a
number: every letter and digit that goes in must come out, or nothing does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from plainleaf.content.isolate import isolated

LONGEST = 50_000

_FACT = re.compile(r"(?<!\{)\{([a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)?)\}(?!\})")
_HOST = r"(?:[a-z0-9-]+\.)+[a-z0-9-]+"
_TAIL = r"(?:[\w.~!$&'()*+,;=:@/?#-]|%[0-9a-f]{2})*"
_TARGET = re.compile(
    rf"https://{_HOST}(?::[0-9]{{1,5}})?(?:[/?#]{_TAIL})?"
    rf"|mailto:[\w.+-]+@{_HOST}(?:\?{_TAIL})?"
    r"|tel:\+?[0-9]+(?:-[0-9]+)*"
    r"|#[a-z0-9]+(?:-[a-z0-9]+)*",
    re.ASCII | re.IGNORECASE,
)
_TAGS = {"paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li"}


class ProseError(ValueError):
    """A text cannot be printed as it is written; the message is for a person."""


@dataclass(frozen=True)
class _Piece:
    """One step through a parsed text: `name` is a tag or a fact, `text` what was written."""

    kind: str  # text, fact, open, close, space
    name: str = ""
    text: str = ""
    href: str = ""


def check(text: str, *, inline: bool) -> None:
    """Raise ProseError if the text holds anything that may not be printed."""
    _pieces(text, inline)


def placeholders(text: str, *, inline: bool = True) -> tuple[str, ...]:
    """The facts a text names, in its order, repeats included. Raises ProseError."""
    return tuple(piece.name for piece in _pieces(text, inline) if piece.kind == "fact")


def inline(text: str, fill: Callable[[str], str]) -> Markup:
    """One line of text as HTML; list markers are literal. Raises ProseError."""
    return _html(_filled(_pieces(text, True), fill))


def blocks(text: str, fill: Callable[[str], str]) -> Markup:
    """Paragraphs and lists as HTML. Raises ProseError."""
    return _html(_filled(_pieces(text, False), fill))


def plain(text: str, fill: Callable[[str], str], *, inline: bool = False) -> str:
    """The words alone: a blank line between paragraphs, a line and its marker for each item."""
    return _bare(_filled(_pieces(text, inline), fill))


class _Reader(MarkdownIt):
    """Leaves every link target as written, so that ours is the only judgement of it."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url


@cache
def _reader() -> MarkdownIt:
    rules = ["emphasis", "link", "image", "list", "escape", "newline"]
    # Without text_join an escaped brace stays apart, and can begin no placeholder.
    return _Reader("zero", {"html": False}).enable(rules).disable("text_join")


def _pieces(text: str, inline: bool) -> list[_Piece]:
    if len(text) > LONGEST:
        raise ProseError(f"the text is longer than {LONGEST:,} characters: split it")
    text = text.strip(" \t\r\n")
    tokens = _reader().parseInline(text) if inline else _reader().parse(text)
    pieces = list(_walk(tokens))
    _check_links(pieces)
    if _kept(text) != _kept("".join(piece.text for piece in pieces)):
        raise ProseError("Markdown would drop or change some of this text: write it more simply")
    return pieces


def _walk(tokens: list[Token]) -> Iterator[_Piece]:
    numbered: list[bool] = []
    number = paragraphs = 0
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.type.endswith("list_open"):
            if numbered:
                raise ProseError("a list inside a list is hard to follow: make it one list")
            if token.markup == "+":
                raise ProseError('"+" would become a bullet: write "-", or "\\+" for a plus sign')
            numbered.append(kind == "ordered_list")
            number = 0
        elif token.type.endswith("list_close"):
            numbered.pop()
        elif token.type == "list_item_open":
            paragraphs, number = 0, number + 1
            if numbered[-1] and token.info != str(number):
                raise ProseError(_misnumbered(token.info, number))
        elif token.type == "list_item_close" and paragraphs != 1:
            raise ProseError("a list item must hold one paragraph: no more, and not nothing")
        elif token.type == "paragraph_open":
            paragraphs += 1
        if token.type == "inline":
            yield from _inline(token.children or [])
        elif kind != "paragraph" or not numbered:
            opens = token.nesting > 0
            marker = (
                (f"{number}." if numbered[-1] else "•") if opens and kind == "list_item" else ""
            )
            yield _Piece("open" if opens else "close", _TAGS[kind], marker)


def _misnumbered(info: str, number: int) -> str:
    if number == 1:
        return f'"{info}." would begin a numbered list: write "{info}\\.", or begin the list with 1'
    return f"a numbered list must count 1, 2, 3: number {number} is written {info}"


def _inline(tokens: list[Token]) -> Iterator[_Piece]:
    target = last = ""
    for token in tokens:
        if token.type == "text":
            yield from _text(token.content)
        elif token.type == "text_special":
            yield _Piece("text", text=token.content)
        elif token.type in ("softbreak", "hardbreak"):
            if last not in ("softbreak", "hardbreak"):
                yield _Piece("space", text=" ")
        elif token.type == "link_open":
            target = _target(token)
            yield _Piece("open", "a", href=target)
        elif token.type == "link_close":
            yield _Piece("close", "a", target)
            target = ""
        elif token.type in ("strong_open", "strong_close") and token.markup == "**":
            if target:
                raise ProseError("a link holds plain text only: put the ** round the whole link")
            yield _Piece("open" if token.nesting > 0 else "close", "strong")
        elif token.type == "image":
            raise ProseError("a picture cannot stand in a text: put it in a block of its own")
        elif token.markup == "__":
            raise ProseError('use ** for bold, or write "\\_" for a line to write on')
        else:
            said = "italics are hard to read; use ** for bold"
            raise ProseError(f'{said}, or write "\\{token.markup}" for the sign itself')
        last = token.type


def _text(text: str) -> Iterator[_Piece]:
    if "](" in text:
        raise ProseError('this link cannot be read: write it as "[words](https://example.org)"')
    if "**" in text:
        raise ProseError('"**" opens bold and nothing closes it: put "**" directly round the words')
    for number, part in enumerate(_FACT.split(text)):
        if number % 2:
            yield _Piece("fact", part, f"{{{part}}}")
        elif part:
            yield _Piece("text", text=part)


def _target(token: Token) -> str:
    target = str(token.attrs["href"])
    if "title" in token.attrs:
        raise ProseError("a link takes no title: leave out the words in quotation marks")
    if not _TARGET.fullmatch(target):
        raise ProseError(
            f'a link cannot lead to "{target}": use https:, mailto:, tel: or #the-id-of-a-section'
        )
    return target


def _filled(pieces: list[_Piece], fill: Callable[[str], str]) -> list[_Piece]:
    filled = [
        replace(piece, text=fill(piece.name)) if piece.kind == "fact" else piece for piece in pieces
    ]
    _check_links(filled)
    return filled


def _check_links(pieces: list[_Piece]) -> None:
    words = "x"
    for piece in pieces:
        if piece.kind == "open" and piece.name == "a":
            words = ""
        elif piece.kind == "close" and piece.name == "a":
            if not _kept(words):
                raise ProseError("a link has no words: write what it leads to between [ and ]")
        elif piece.kind in ("text", "fact"):
            words += piece.text


def _html(pieces: list[_Piece]) -> Markup:
    html = Markup("")
    for piece in pieces:
        if piece.kind == "fact":
            html += isolated(piece.text)
        elif piece.kind in ("text", "space"):
            html += piece.text
        elif piece.href:
            html += Markup('<a href="{}">').format(piece.href)
        else:
            html += Markup("<{}>" if piece.kind == "open" else "</{}>").format(piece.name)
    words = "".join(piece.text for piece in pieces if piece.kind in ("text", "fact"))
    if _kept(html.striptags()) != _kept(words):
        raise ProseError("some of this text would be lost on the page: write it more simply")
    return html


def _bare(pieces: list[_Piece]) -> str:
    ends = {"p": "\n\n", "li": "\n", "ul": "\n", "ol": "\n"}
    text = ""
    for piece in pieces:
        if piece.kind in ("text", "fact", "space"):
            text += piece.text
        elif piece.kind == "open" and piece.name == "li":
            text += f"{piece.text} "
        elif piece.kind == "close":
            text += ends.get(piece.name, "")
    return text.rstrip("\n")


def _kept(text: str) -> str:
    return "".join(filter(str.isalnum, text))
