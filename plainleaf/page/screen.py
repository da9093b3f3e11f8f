"""The HTML form: one file that needs nothing else, for any screen and a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup

from plainleaf.content.isolate import isolated
from plainleaf.page.markup import Element, parsed

# Nothing is loaded and nothing runs: styles of the page itself, and pictures within it.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
_UNHEARD = Markup(' aria-hidden="true"')
_DIALLED = re.compile(r"\+?[0-9][0-9 -]*|\([0-9]+\)[0-9 -]+")
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
_SCOPES = {"col": "columnheader", "row": "rowheader"}


def helpers(form: str) -> dict[str, Any]:
    """What templates say of a screen: `unheard` on what a picture beside it says, `seen` round a
    picture whose words stand beside it, `dial` round a number to call. On paper they do nothing."""
    if form == "pdf":
        return {"unheard": "", "seen": lambda picture: picture, "dial": isolated}
    return {"unheard": _UNHEARD, "seen": _seen, "dial": _dial}


def screen_form(html: str, css: str, policy: str = POLICY) -> str:
    """A composed page of form html with its style in it; tables keep their roles where a narrow
    screen stacks them, and each cell has the words of its column."""
    style = f"<style>\n{css}</style>\n"
    guard = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    head, mark, rest = html.replace("<head>\n", f"<head>\n{guard}", 1).partition("</head>")
    rest = rest.replace("<svg xmlns", '<svg role="img" xmlns')
    return f"{head}{style}{mark}{''.join(_with_roles(rest))}"


def _heard(cell: Element) -> str:
    """The words of a column's head; of two languages, one after the other."""
    kids = [kid for kid in cell.kids if isinstance(kid, str) or not kid.unheard]
    both = [span for span in cell.each("span") if span.has("one") or span.has("other")]
    told = (
        [span.said for span in both]
        if both
        else ["".join(kid if isinstance(kid, str) else kid.said for kid in kids)]
    )
    return " / ".join(" ".join(words.split()) for words in told)


def _seen(picture: Markup) -> Markup:
    return Markup(str(picture).replace("<svg ", f"<svg{_UNHEARD} ", 1))


def _dial(number: str) -> Markup:
    """A link that calls a number written in digits alone: none where a digit must be left out."""
    shown = isolated(number)
    if not _DIALLED.fullmatch(number):
        return shown
    digits = re.sub("[^0-9+]", "", number)
    return Markup('<a class="dial" href="tel:{}">{}</a>').format(digits, shown)


def _with_roles(html: str) -> Iterator[str]:
    """The page with roles and labels in its tables."""
    at = 0
    for match in re.finditer(r"<table\b.*?</table\s*>", html, re.DOTALL):
        yield html[at : match.start()]
        yield from _Table(match[0]).told()
        at = match.end()
    yield html[at:]


@dataclass
class _Table(HTMLParser):
    html: str
    parts: list[str] = field(default_factory=list)
    column: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)
        tree = parsed(self.html)
        head = next(tree.each("thead"), None)
        cells = [kid for row in head.each("tr") for kid in row.kids] if head else []
        self.heads = [_heard(each) for each in cells if isinstance(each, Element)]

    def told(self) -> Iterator[str]:
        self.feed(self.html)
        self.close()
        yield from self.parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        held = dict(attrs)
        role = _ROLES.get(tag) or (_SCOPES.get(held.get("scope") or "row") if tag == "th" else None)
        more = f' role="{role}"' if role else ""
        self.column = 0 if tag == "tr" else self.column
        if tag in ("th", "td"):
            label = self.heads[self.column] if self.column < len(self.heads) else ""
            more += f' data-label="{escape(label)}"' if tag == "td" and label else ""
            self.column += 1
        self.parts.append(f"{raw[:-1]}{more}>" if more else raw)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")
