"""The style that a copy wears: a bundled one, or one of a user's own library, looked through."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from pathlib import Path

from plainleaf.content.clinic_wording import load_clinic_review
from plainleaf.library import Library, shown
from plainleaf.page.palette import FILE, Look, bundled_look, read_look
from plainleaf.page.sheets import sheet_problems
from plainleaf.problems import ContentError, Problem

REVIEW = "review.yaml"
MOST_FILES = 80
MOST_BYTES = 10_000_000

_KINDS = (".css", ".yaml", ".svg", ".png", ".jpg", ".jpeg", ".md", ".txt")


def look_of(library: Library, name: str) -> Look:
    """The look of a style. UsageError where there is none, ContentError where it may not be."""
    folder = library.style(name)
    if folder.parent == library.styles:
        return bundled_look(folder)
    problems = [*_strangers(folder)]
    if not problems:
        for path in sorted(folder.glob("*.css")):
            problems += sheet_problems(path)
    if problems:
        raise ContentError(problems)
    return replace(read_look(folder), own=True, print=_fingerprint(folder))


def signed(look: Look, today: datetime.date | None) -> bool:
    """Whether a named person reviewed this very style, and the review still holds."""
    path = look.folder / REVIEW
    review = load_clinic_review(path, shown(path))
    if today is None or review.status != "approved" or review.next is None:
        return False
    return review.fingerprint == look.print and today <= review.next


def _fingerprint(folder: Path) -> str:
    """SHA-256 of every file of a style, its review aside."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name != REVIEW:
            data = path.read_bytes()
            digest.update(f"{path.name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _strangers(folder: Path) -> list[Problem]:
    """Whatever in the folder is no file of a style."""
    if folder.is_symlink():
        hint = "Put the folder itself there."
        return [Problem("the folder of a style may be no link", shown(folder), hint=hint)]
    found, total = sorted(folder.iterdir()), 0
    if len(found) > MOST_FILES:
        said = f"a style may have at most {MOST_FILES} files"
        return [Problem(said, shown(folder), hint="Take out what no sheet names.")]
    problems = []
    for path in found:
        if path.is_symlink() or not path.is_file() or path.suffix.lower() not in _KINDS:
            said = "this is no file of a style"
            hint = f"A style has {FILE}, sheets (.css) and pictures (.svg, .png, .jpg), no links."
            problems.append(Problem(said, shown(path), hint=hint))
        else:
            total += path.stat().st_size
    if total > MOST_BYTES:
        said = f"the files of a style are larger than {MOST_BYTES // 1_000_000} MB"
        problems.append(Problem(said, shown(folder), hint="Make its pictures smaller."))
    return problems
