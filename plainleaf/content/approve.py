"""Writes the review block into a handout's YAML; everything else stays as it was, byte for byte."""

from __future__ import annotations

import datetime
import json
import re

from plainleaf.content.model import Review
from plainleaf.content.yaml import Document, Mapping, parse
from plainleaf.problems import ContentError, Problem

_MARK = "\ufeff"  # a byte order mark, as some editors put before the first letter
_CLOSING = re.compile(r"\.\.\.(\s|$)")  # the end of a YAML document


def signed(document: Document, review: Review) -> bytes:
    """The file's bytes with its review block replaced, or added where there is none.

    ContentError where the file is not written line by line, or would not be read as it was meant.
    """
    text = document.data.decode()
    mark, text = text[: text.startswith(_MARK)], text.removeprefix(_MARK)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += newline
    closing = (number for number, line in enumerate(lines) if _CLOSING.match(line))
    start, end = _span(document, next(closing, len(lines)))
    kept = [line for line in lines[start:end] if line.lstrip().startswith("#") or not line.strip()]
    block = _block(review).replace("\n", newline)
    data = "".join([mark, *lines[:start], block, *kept, *lines[end:]]).encode()
    meant = document.plain() | parse(block.encode(), document.path).plain()
    if parse(data, document.path).plain() != meant:
        raise ContentError(_unfit(document))
    return data


def _span(document: Document, total: int) -> tuple[int, int]:
    """The lines of the review block, from and up to, counted from 0."""
    root = document.root
    if not isinstance(root, Mapping):
        raise ContentError(document.problem("the file holds no handout", root.position))
    if any(entry.key.position.column != 1 for entry in root.entries):
        raise ContentError(_unfit(document))
    places = [(entry.key.text, entry.key.position.line - 1) for entry in root.entries]
    for index, (key, line) in enumerate(places):
        if key == "review":
            return line, places[index + 1][1] if index + 1 < len(places) else total
    return total, total


def _unfit(document: Document) -> Problem:
    hint = "Start each section at the left edge, without brackets or indentation."
    place = document.root.position
    return document.problem("the sections are not at the left edge", place, hint=hint)


def _block(review: Review) -> str:
    def day(value: datetime.date | None) -> str:
        return value.isoformat() if value else '""'

    return (
        "review:\n"
        f"  status: {review.status}\n"
        f"  reviewer: {json.dumps(review.reviewer, ensure_ascii=False)}\n"
        f"  role: {json.dumps(review.role, ensure_ascii=False)}\n"
        f"  date: {day(review.date)}\n"
        f"  next: {day(review.next)}\n"
        f"  fingerprint: {review.fingerprint}\n"
    )
