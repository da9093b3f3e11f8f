"""Plural forms of PO files: read by a strict grammar, computed here, never run as code."""

from __future__ import annotations

import re
from collections.abc import Callable

LONGEST = 300
_SHAPE = re.compile(r"\s*nplurals\s*=\s*([1-6])\s*;\s*plural\s*=([^;]*);?\s*", re.ASCII)
_TOKEN = re.compile(r"\s*(\d{1,6}|n|\|\||&&|==|!=|<=|>=|[<>%?:()])", re.ASCII)
_Count = Callable[[int], int]
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
}


class PluralError(ValueError):
    """The header's plural forms cannot be read; the message is for a person."""


def forms(header: str) -> tuple[int, _Count]:
    """How many forms there are, and which one (from 0) a whole number takes. PluralError."""
    found = _SHAPE.fullmatch(header[:LONGEST])
    if found is None or len(header) > LONGEST:
        raise PluralError("the plural forms are not written as in a PO file")
    reader = _Reader(_tokens(found[2]))
    count = reader.choice()
    if reader.tokens:
        raise PluralError(f'the plural forms have "{reader.tokens[0]}" where they should end')
    return int(found[1]), count


def same(header: str, known: str) -> bool:
    """Whether two headers give every number up to 1,000 the same form. PluralError."""
    (many, form), (most, right) = forms(header), forms(known)
    return many == most and all(form(number) == right(number) for number in range(1001))


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise PluralError(f'the plural forms have "{text[at]}", which no plural rule needs')
        found.append(match[1])
        at = match.end()
    return found


class _Reader:
    """Takes the tokens of a C expression apart, the loosest sign first."""

    def __init__(self, tokens: list[str]):
        self.tokens = tokens
        self.depth = 0

    def choice(self) -> _Count:
        test = self.either()
        if not self.next("?"):
            return test
        first = self.choice()
        self.need(":")
        second = self.choice()
        return lambda n: first(n) if test(n) else second(n)

    def either(self) -> _Count:
        left = self.both()
        while self.next("||"):
            left = _joined(left, self.both(), any)
        return left

    def both(self) -> _Count:
        left = self.compared()
        while self.next("&&"):
            left = _joined(left, self.compared(), all)
        return left

    def compared(self) -> _Count:
        left = self.rest()
        if self.tokens and self.tokens[0] in _COMPARE:
            sign, right = _COMPARE[self.tokens.pop(0)], self.rest()
            return lambda n: int(sign(left(n), right(n)))
        return left

    def rest(self) -> _Count:
        left = self.value()
        if not self.next("%"):
            return left
        by = self.tokens.pop(0) if self.tokens else ""
        if not by.isdigit() or int(by) == 0:
            raise PluralError("the plural forms divide by something that is no plain number")
        return lambda n: left(n) % int(by)

    def value(self) -> _Count:
        word = self.tokens.pop(0) if self.tokens else ""
        if word == "n":
            return lambda n: n
        if word.isdigit():
            return lambda n: int(word)
        if word != "(" or self.depth > 20:
            raise PluralError("the plural forms break off, or have a sign where a number should be")
        self.depth += 1
        inner = self.choice()
        self.need(")")
        self.depth -= 1
        return inner

    def next(self, sign: str) -> bool:
        return bool(self.tokens) and self.tokens[0] == sign and bool(self.tokens.pop(0))

    def need(self, sign: str) -> None:
        if not self.next(sign):
            raise PluralError(f'the plural forms lack a "{sign}"')


def _joined(left: _Count, right: _Count, how: Callable[[tuple[int, int]], bool]) -> _Count:
    return lambda n: int(how((left(n), right(n))))
