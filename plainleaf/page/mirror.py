"""A style sheet for right-to-left pages: the same sheet with its sides exchanged.

So a style is written once, and a clinic's own is mirrored like ours.
"""

from __future__ import annotations

import re

# What is left alone: comments, strings and addresses (a picture keeps its sides).
_STRING = r"\"[^\"]*\"|'[^']*'"
_KEPT = re.compile(rf"/\*.*?\*/|url\((?:{_STRING}|[^)\"']*)\)|{_STRING}", re.DOTALL)
_SIDE = re.compile(r"(?<![\w])((?:[a-z]+-)*)(left|right)(?![\w])")
_FOUR = re.compile(r"(?<![\w-])(margin|padding|inset|border-(?:width|color|style)):([^;{}]*)")
_MARGIN_BOX = re.compile(r"\s*@[a-z]+(?:-[a-z]+)*\s*")  # @bottom-left; other rules have no sides
_VALUE = re.compile(r"(?:[^\s()]+|\([^()]*\))+")
_OTHER = {"left": "right", "right": "left"}


def mirrored(css: str) -> str:
    """Left for right and right for left, in names and values; four-sided values turned round."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\0{len(kept) - 1}\0"

    parts = re.split(r"([{};])", _KEPT.sub(keep, css))
    after = [*parts[1:], ""]
    text = "".join(
        part if sign == "{" and not _MARGIN_BOX.fullmatch(part) else _exchanged(part)
        for part, sign in zip(parts, after, strict=True)
    )
    return re.sub(r"\0(\d+)\0", lambda match: kept[int(match[1])], text)


def _exchanged(text: str) -> str:
    text = _SIDE.sub(lambda match: match[1] + _OTHER[match[2]], text)
    return _FOUR.sub(_turned, text)


def _turned(match: re.Match[str]) -> str:
    values = _VALUE.findall(match[2])
    if len(values) != 4:
        return match[0]
    top, right, bottom, left = values
    tail = match[2][len(match[2].rstrip()) :]
    return f"{match[1]}: {top} {left} {bottom} {right}{tail}"
