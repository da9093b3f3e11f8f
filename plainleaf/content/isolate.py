"""The one filter by which numbers, units, telephone numbers and addresses keep their order.

Without it "5–10 mg" prints as "mg 10–5" inside Arabic.
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

# Figures and Latin words with what stands between them: 10 mg, 01632 960 123, CBT-I, nhs.uk.
_RUN = re.compile(
    r"[+(]?[0-9A-Za-zµ](?:[0-9A-Za-zµ.,:/%+'’()_@-]|[ \u00a0–](?=[0-9A-Za-zµ(]))*[%)]?|[0-9]"
)
_DIGITS = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")
_ENDS = ".,:/'’_-( "  # of the sentence round the run
_ONE = Markup('<span class="fact" dir="ltr">{}</span>')


def isolated(text: str) -> Markup:
    """The text as HTML, kept in its own order inside text of either direction.

    Words of a right-to-left script stay outside: only the runs between them are isolated.
    """
    if not right_to_left(text):
        return _ONE.format(text)
    return _wrapped(text, _RUN)


def isolated_digits(text: str) -> Markup:
    """A sentence as HTML, with each number in it isolated."""
    return _wrapped(text, _RUN if right_to_left(text) else _DIGITS)


def right_to_left(text: str) -> bool:
    """Whether there is a letter of a right-to-left script in the text."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def _wrapped(text: str, runs: re.Pattern[str]) -> Markup:
    parts, at = [], 0
    for match in runs.finditer(text):
        run = match[0].rstrip(_ENDS)
        parts += [escape(text[at : match.start()]), _ONE.format(run)]
        at = match.start() + len(run)
    return Markup("").join([*parts, escape(text[at:])])
