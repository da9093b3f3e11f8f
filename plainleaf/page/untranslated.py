"""Marks what a draft of a translation still says in the source language."""

from __future__ import annotations

import re

from plainleaf.content.wording.apply import CLOSE, OPEN

_SKIPPED = re.compile(r"<(title|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL)
_MARK = "[EN] "
_BEGIN = f'<span class="untranslated" lang="en" dir="ltr">{_MARK}'


def mark_untranslated(html: str) -> str:
    """The page with a visible mark at each text that is not translated: [EN] and the source."""
    if OPEN not in html:
        return html
    parts, at = [], 0
    for match in _SKIPPED.finditer(html):
        parts += [_marked(html[at : match.start()]), _bare(match[0])]
        at = match.end()
    return "".join([*parts, _marked(html[at:])])


def as_printed(text: str) -> str:
    """Plain text with the mark as a reader sees it."""
    return text.replace(OPEN, _MARK).replace(CLOSE, "")


def _marked(text: str) -> str:
    return text.replace(OPEN, _BEGIN).replace(CLOSE, "</span>")


def _bare(tag: str) -> str:
    """Within a tag, a title or a style there is no room for a mark."""
    for sign in (OPEN, CLOSE):
        tag = tag.replace(sign, "").replace(f"\\{ord(sign):06x}", "")
    return tag
