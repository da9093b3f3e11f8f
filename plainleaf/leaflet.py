"""One leaflet: composed, typeset, and checked as it will be printed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from plainleaf.checks import Printed, check_printed
from plainleaf.content.load import Loaded
from plainleaf.content.model import for_market
from plainleaf.library import Library
from plainleaf.page.compose import compose
from plainleaf.page.fonts import not_covered
from plainleaf.page.mirror import mirrored
from plainleaf.page.own import OwnPlan, own_words
from plainleaf.page.setting import Setting, style_sheets
from plainleaf.problems import ContentError, Problem
from plainleaf.ready import Checked, stop
from plainleaf.taper.own import own_plan
from plainleaf.taper.patient import PatientFile, quoting_nothing


@dataclass(frozen=True)
class Person:
    """Whose copy it is, and the day: a plan that starts before it is refused."""

    given: Loaded[PatientFile]
    today: datetime.date


@dataclass(frozen=True)
class Leaflet:
    """A finished file: its bytes, its pages (none for HTML), and what the checks had to say."""

    data: bytes
    pages: int
    problems: tuple[Problem, ...]


def make(
    ready: Checked, library: Library, setting: Setting, person: Person | None = None
) -> Leaflet:
    """One leaflet in one setting, checked as it will be printed; a person's own plan in it."""
    handout, document = ready.said.handout, ready.loaded.document
    if setting.market not in handout.markets:
        known = ", ".join(handout.markets)
        raise ContentError(
            document.problem(
                f'the handout is not for market "{setting.market}"',
                document.locate(("markets",)),
                hint=f"It has: {known}. Choose one with --market.",
            )
        )
    own = _own(ready, library, setting, person) if person else None
    html = compose(
        handout,
        ready.said.markets,
        setting,
        ready.standing,
        library.styles,
        own,
        ready.said.voice,
        ready.said.letterhead,
    )
    if setting.form == "html":
        return Leaflet(_self_contained(html, library, setting).encode(), 0, ready.problems)
    if person is None:
        data, printed = _printed(ready, library, setting, html)
    else:
        with quoting_nothing(person.given.model):
            data, printed = _printed(ready, library, setting, html, own=True)
    return Leaflet(data, _pages(data), (*ready.problems, *printed))


def _printed(
    ready: Checked, library: Library, setting: Setting, html: str, own: bool = False
) -> tuple[bytes, list[Problem]]:
    """The PDF, and what the checks of the printed page say of it."""
    handout = ready.said.handout
    draft = ready.said.voice.plain("page.own-draft" if own else "page.draft")
    data = _typeset(ready, library, setting, html, draft)
    printed = check_printed(
        Printed(
            pdf=data,
            html=html,
            handout=for_market(handout, setting.market),
            document=ready.loaded.document,
            setting=setting,
            market=getattr(ready.said.markets, setting.market),
            approved=ready.standing.approved,
            fonts=library.fonts,
            draft=draft,
            own=own,
            clinic=ready.said.letterhead is not None,
            voice=ready.said.voice,
        )
    )
    stop(printed)
    return data, printed


def _own(ready: Checked, library: Library, setting: Setting, person: Person) -> OwnPlan:
    """The person's plan, proved, in words that the fonts can draw."""
    handout = for_market(ready.said.handout, setting.market)
    patient, document = person.given.model, person.given.document
    plan, dose = own_plan(person.given, handout, setting.market, person.today)
    for key in ("name", "prescriber", "notes"):
        if not_covered(getattr(patient, key) or "", library.fonts):
            place = document.locate((key,))
            raise ContentError(
                Problem(
                    f"{key}: holds a character that no bundled font can print",
                    document.path,
                    place.line,
                    place.column,
                    hint="Write it in the letters of the leaflet.",
                )
            )
    return own_words(plan, dose, patient, handout, setting.market, person.today, ready.said.voice)


def _typeset(ready: Checked, library: Library, setting: Setting, html: str, draft: str) -> bytes:
    from plainleaf.page.accessible import LinkWords
    from plainleaf.page.typeset import Attachment, typeset

    handout, document = ready.loaded.model, ready.loaded.document
    say = ready.said.voice.plain
    written = datetime.datetime.combine(handout.written, datetime.time(), datetime.UTC)
    source = Attachment(
        f"{handout.id}.yaml", document.data, "The leaflet's words, facts and sources", "Source"
    )
    return typeset(
        html,
        when=written,
        fonts=library.fonts,
        css=style_sheets(library.styles, setting),
        folders=[library.styles],
        attachments=[source],
        draft="" if ready.standing.approved else draft,
        words=LinkWords(say("link.web-page"), say("link.page")),
        source=document.path,
    )


def _self_contained(html: str, library: Library, setting: Setting) -> str:
    sheets = [path.read_text(encoding="utf-8") for path in style_sheets(library.styles, setting)]
    if 'dir="rtl"' in html[:500]:
        sheets = [mirrored(sheet) for sheet in sheets]
    head, mark, rest = html.partition("</head>")
    return f"{head}<style>\n{''.join(sheets)}</style>\n{mark}{rest}"


def _pages(data: bytes) -> int:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
