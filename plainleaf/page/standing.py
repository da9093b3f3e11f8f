"""Where a leaflet stands: the fingerprint of what was reviewed, and whether the review holds."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plainleaf.content.model import Handout, Markets
from plainleaf.content.wording.phrases import Voice
from plainleaf.page.compose import compose
from plainleaf.page.setting import Setting


@dataclass(frozen=True)
class Standing:
    """Approved or a draft, the two short lines of the footer, the content's fingerprint, and a
    sentence for the last page: it names the reviewer, however long the name. `print` is the
    fingerprint of one print of it; the content's own stands for it where there is none."""

    approved: bool
    lines: tuple[str, str]
    fingerprint: str
    signed: str = ""
    print: str = ""

    @property
    def short(self) -> str:
        """The fingerprint as it is printed: eight signs in two groups."""
        signs = self.print or self.fingerprint
        return f"{signs[:4]} {signs[4:8]}"


_BLANK = Standing(True, ("", ""), "")


def fingerprint(handout: Handout, markets: Markets, styles: Path) -> str:
    """SHA-256 of the words, facts, wording and style a reviewer sees: all but the review block.

    The composed pages are part of it, so a change of drawing code counts too; order counts."""
    bare = handout.model_dump(mode="json", exclude={"review"})
    digest = hashlib.sha256()
    digest.update(json.dumps([bare, markets.model_dump(mode="json")]).encode())
    for market in handout.markets:
        setting = Setting(market=market)
        digest.update(compose(handout, markets, setting, _BLANK, styles).encode())
    digest.update(_style(styles))
    return digest.hexdigest()


@cache
def _style(styles: Path) -> bytes:
    """The bytes of everything that shapes a copy: templates, sheets of each form, fonts, icons."""
    files = {*styles.glob("*/*.css"), *styles.glob("*.jinja"), *styles.glob("blocks/*.jinja")}
    files |= set(styles.glob("*/style.yaml"))
    files |= set((styles / "fonts").glob("*.?tf"))
    files |= set((styles / "icons").rglob("*.svg"))
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(styles).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()


def of_print(content: str, language: str, setting: Setting, styles: Path) -> str:
    """SHA-256 of one print: content with its wording, language, edition, reading level and style.

    The same on each paper, in each country and form; of the reviewer's edition, the content's."""
    if setting.edition == "review":
        return content
    digest = hashlib.sha256()
    digest.update(f"{content} {language} {setting.kind} {setting.style}".encode())
    folder = styles / setting.style
    for path in sorted([*folder.glob("*.css"), *folder.glob("style.yaml")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def standing(handout: Handout, print_now: str, today: datetime.date, voice: Voice) -> Standing:
    """Approved only by a named person, for this very content, and until the next review."""
    review, t = handout.review, voice.plain
    if review.status != "approved" or not (review.date and review.next):
        draft = t("standing.draft", date=voice.date(handout.written))
        lines = (draft, t("standing.not-reviewed"))
        return Standing(False, lines, print_now, t("standing.nobody"))
    reviewed = t("standing.reviewed", date=voice.date(review.date))
    signed = t("standing.signed", reviewer=review.reviewer, role=review.role)
    if review.fingerprint != print_now:
        lines, signed = (
            (t("standing.changed"), reviewed),
            f"{signed} {t('standing.signed-changed')}",
        )
        return Standing(False, lines, print_now, signed)
    if today > review.next:
        lines = (t("standing.ran-out", date=voice.date(review.next)), reviewed)
        return Standing(False, lines, print_now, signed)
    until = t("standing.review-by", date=voice.date(review.next))
    return Standing(True, (reviewed, until), print_now, signed)
