"""HTML in, PDF/UA-1 and PDF/A-3a out: the same bytes from the same words on every machine."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from plainleaf.page.accessible import LinkWords, finish
from plainleaf.page.actual import write_words
from plainleaf.page.fetch import Fetcher
from plainleaf.page.fonts import use_bundled_fonts
from plainleaf.page.joined import as_drawn
from plainleaf.page.letters import name_letters
from plainleaf.page.lines import remembered_lines, uncollected
from plainleaf.page.mirror import mirrored
from plainleaf.page.structure import carry_attributes
from plainleaf.problems import ContentError, MachineError, Problem

GENERATOR = "Plainleaf"
VARIANT = "pdf/a-3a"

_LOGGERS = ("weasyprint", "fontTools")
_MISSING = re.compile(r'\.notdef glyph.*"(.*)" \((U\+[0-9A-F]+)\)', re.DOTALL)
_DRAFT_PAGE = """html, body {{ background: none !important }}
@page {{ background: url("data:image/svg+xml,\
%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 210 297'%3E\
%3Ctext x='105' y='{foot}' transform='rotate(-55 105 148.5)' text-anchor='middle' \
font-family='Inter' font-weight='700' font-size='{size}' \
fill='none' stroke='%23C4CDD1' stroke-width='.5'%3E{word}%3C/text%3E%3C/svg%3E") \
center / 100% 100% no-repeat !important }}"""
# WeasyPrint's raster pictures must not be smoothed in PDF/A.
_ALWAYS = "img { image-rendering: crisp-edges }"


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF. `relationship` is PDF's word: Source, Data."""

    name: str
    data: bytes
    description: str
    relationship: str = "Source"


@dataclass
class _Press:
    """WeasyPrint, with what may be kept from page to page. One page at a time."""

    weasyprint: ModuleType
    fonts: Any
    lock: threading.Lock = field(default_factory=threading.Lock)
    sheets: dict[bytes, tuple[Any, Any]] = field(default_factory=dict)


def typeset(
    html: str,
    *,
    when: datetime,
    fonts: Path,
    css: Sequence[Path] = (),
    folders: Sequence[Path] = (),
    attachments: Sequence[Attachment] = (),
    draft: str = "",
    words: LinkWords | None = None,
    source: str = "",
    zoom: float = 1,
) -> bytes:
    """Lay out one part of a leaflet; its `<title>` and `lang` become the PDF's.

    `css` ranks below any `<style>` of the page, and is mirrored for a right-to-left one. `folders`
    are all the page may open. `draft` is a word to stand behind every page. `source` is
    the path that problems are told about, `zoom` how much larger than laid out to print. Raises
    ContentError for anything WeasyPrint so much as warns of, MachineError without Pango.
    """
    press = _press(fonts.resolve())
    fetcher = Fetcher(folders)
    stamp = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    with press.lock, uncollected(), _telling(fetcher, source) as told:
        with remembered_lines():
            document = _lay_out(press, html, css, draft, fetcher, told)
        metadata = document.metadata
        if not metadata.title or not metadata.lang:
            raise ContentError(Problem("the page has no title or no language"))
        metadata.created = metadata.modified = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
        metadata.generator = GENERATOR
        data: bytes = document.write_pdf(
            zoom=zoom,
            pdf_variant=VARIANT,
            uncompressed_pdf=True,  # `finish` compresses, once
            attachments=[
                press.weasyprint.Attachment(
                    string=attachment.data,
                    name=attachment.name,
                    description=attachment.description,
                    created=stamp,
                    modified=stamp,
                )
                for attachment in sorted(attachments, key=lambda attachment: attachment.name)
            ],
        )
        del document, metadata  # the largest thing in memory
        if told or fetcher.refusals:
            raise ContentError(())  # what was told is added on the way out
        return finish(
            data,
            draft=draft,
            words=words,
            relationships={attachment.name: attachment.relationship for attachment in attachments},
            zoom=zoom,
        )


@cache
def _press(fonts: Path) -> _Press:
    """WeasyPrint with the bundled fonts alone. Raises MachineError where Pango is missing."""
    use_bundled_fonts(fonts)
    remedy = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    try:
        import weasyprint
        from weasyprint.text.ffi import harfbuzz_subset
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        message = "a page cannot be laid out without Pango"
        raise MachineError(Problem(message, hint=remedy)) from error
    if not harfbuzz_subset:
        raise MachineError(Problem("HarfBuzz's subsetter is missing", hint=remedy))
    carry_attributes()
    name_letters()
    write_words()
    return _Press(weasyprint, FontConfiguration())


def _lay_out(
    press: _Press, html: str, css: Sequence[Path], draft: str, fetcher: Fetcher, told: list[str]
) -> Any:
    """The laid-out document. Style sheets are parsed once for the life of the process."""
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    mirror = re.search(r"<html[^>]*\sdir=\"rtl\"", html[:500]) is not None
    texts = [_ALWAYS, *(_sheet(path, mirror) for path in css)]
    if draft:
        size = round(350 / max(4, len(draft)), 1)  # mm: five letters fill the diagonal
        foot = round(148.5 + 0.35 * size, 1)
        texts.append(_DRAFT_PAGE.format(word=quote(escape(as_drawn(draft))), size=size, foot=foot))
    bases = ["", *(path.resolve().as_uri() for path in css), ""]
    # What these bring in would stay for the next page, or change without our noticing.
    passing = any(
        word in text.lower() for text in (html, *texts) for word in ("@font-face", "@import")
    )
    fonts = FontConfiguration() if passing else press.fonts
    key = sha256("\0".join(bases + texts).encode()).digest()
    if passing or key not in press.sheets:
        counters = CounterStyle()
        sheets = [
            press.weasyprint.CSS(
                string=text,
                base_url=base or None,
                url_fetcher=fetcher,
                font_config=fonts,
                counter_style=counters,
            )
            for text, base in zip(texts, bases, strict=False)
        ]
    else:
        sheets, counters = press.sheets[key]
    if not passing and not told and not fetcher.refusals:
        press.sheets[key] = sheets, counters
    page = press.weasyprint.HTML(string=html, url_fetcher=fetcher)
    return page.render(
        font_config=fonts,
        counter_style=CounterStyle(counters),
        stylesheets=sheets,
        pdf_variant=VARIANT,
    )


def _sheet(path: Path, mirror: bool) -> str:
    try:
        text = path.read_text(encoding="utf-8")
        return mirrored(text) if mirror else text
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(Problem("the style sheet cannot be read", str(path))) from error


class _Log(logging.Handler):
    """Keeps what WeasyPrint warns of: to it a missing letter is a warning, to us a failed page."""

    def __init__(self, told: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.told = told

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        missing = _MISSING.search(message)
        if missing:
            message = f"no font has the character “{missing[1]}” ({missing[2]})"
        if message not in self.told:
            self.told.append(message)


@contextmanager
def _telling(fetcher: Fetcher, source: str) -> Iterator[list[str]]:
    """Turn every warning, refusal and failure of a layout into one ContentError."""
    told: list[str] = []
    log = _Log(told)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(log)
        logger.setLevel(logging.WARNING)
    problems: list[Problem] = []
    cause: BaseException | None = None
    try:
        yield told
    except ContentError as error:
        problems = [replace(problem, path=problem.path or source) for problem in error.problems]
        cause = error
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "FatalURLFetchingError":
            raise
        message = f"the page cannot be laid out: {type(error).__name__}: {error}"
        problems, cause = [Problem(message, source)], error
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(log)
            logger.setLevel(level)
    # A refused file is told once, not again as the picture that failed to load.
    if fetcher.refusals:
        told = [line for line in told if not line.startswith("Failed to load")]
    first = [Problem(line, source) for line in dict.fromkeys([*fetcher.refusals, *told])]
    if first or problems:
        raise ContentError(first + problems) from cause
