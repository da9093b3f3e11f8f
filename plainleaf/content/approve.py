"""Writes the review block into a handout's YAML; everything else stays as it was, byte for byte."""

from __future__ import annotations

import datetime
import json

from plainleaf.content.model import Review
from plainleaf.content.yaml import Document, Mapping
from plainleaf.problems import ContentError


def signed(document: Document, review: Review) -> bytes:
    """The file's bytes with its review block replaced, or added where there is none."""
    text = document.data.decode("utf-8-sig")
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    start, end = _span(document, len(lines))
    kept = [line for line in lines[start:end] if line.lstrip().startswith("#") or not line.strip()]
    return "".join([*lines[:start], _block(review), *kept, *lines[end:]]).encode()


def _span(document: Document, total: int) -> tuple[int, int]:
    """The lines of the review block, from and up to, counted from 0."""
    root = document.root
    if not isinstance(root, Mapping):
        raise ContentError(document.problem("the file holds no handout", root.position))
    if any(entry.key.position.column != 1 for entry in root.entries):
        place = root.entries[0].key.position
        hint = "Start each section at the left edge, without brackets or indentation."
        raise ContentError(
            document.problem("the sections are not at the left edge", place, hint=hint)
        )
    places = [(entry.key.text, entry.key.position.line - 1) for entry in root.entries]
    for index, (key, line) in enumerate(places):
        if key == "review":
            return line, places[index + 1][1] if index + 1 < len(places) else total
    return total, total


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
