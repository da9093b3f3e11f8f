"""One leaflet: composed, typeset, and checked as it will be printed."""

from __future__ import annotations

import datetime
import hashlib
from contextlib import nullcontext
from dataclasses import dataclass, replace

from plainleaf.checks import Printed, check_printed
from plainleaf.checks.told import lost
from plainleaf.content.load import Loaded
from plainleaf.content.model import for_market, for_reading
from plainleaf.library import Library
from plainleaf.page.bilingual import side_by_side
from plainleaf.page.booklet import impose
from plainleaf.page.cards import OwnDose, uncarded
from plainleaf.page.compose import compose
from plainleaf.page.mirror import mirrored
from plainleaf.page.own import OwnPlan
from plainleaf.page.owned import owned
from plainleaf.page.palette import Look
from plainleaf.page.plain_text import plain_text
from plainleaf.page.screen import screen_form
from plainleaf.page.setting import Setting, style_sheets
from plainleaf.page.standing import Standing, of_print
from plainleaf.page.worn import look_of, signed
from plainleaf.problems import ContentError, Problem, UsageError
from plainleaf.ready import Checked, stop
from plainleaf.taper.patient import PatientFile, quoting_nothing


@dataclass(frozen=True)
class Person:
    """Whose copy it is, and the day: a plan that starts before it is refused."""

    given: Loaded[PatientFile]
    today: datetime.date


@dataclass(frozen=True)
class Leaflet:
    """A finished file: its bytes, its pages (none for HTML), what the checks had to say, and
    whether it was approved as it stands. A booklet has its `linear` pages beside it, tagged."""

    data: bytes
    pages: int
    problems: tuple[Problem, ...]
    approved: bool = False
    linear: Leaflet | None = None


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
    if setting.reading == "simple" and for_reading(handout, "simple") is handout:
        raise ContentError(
            document.problem(
                "no text of the handout has a simple form",
                document.locate(()),
                hint="Leave out --reading; docs/write-a-handout.md says how to write one.",
            )
        )
    if setting.edition == "card" and (missing := uncarded(handout)):
        raise ContentError(
            document.problem(
                f"a card needs what the handout does not have: {', '.join(missing)}",
                document.locate(()),
                hint="Add it to the file; docs/write-a-handout.md says how.",
            )
        )
    if ready.beside and (setting.edition != "standard" or setting.form == "text"):
        said = "two languages stand beside each other in the standard leaflet alone"
        raise UsageError(Problem(said, hint="Leave out --edition and --format text."))
    setting = replace(setting, languages=ready.languages if ready.beside else "")
    look = look_of(library, setting.style)
    ready = as_print(ready, look, setting)
    html = _composed(ready, library, setting, person, look)
    if ready.beside:
        other = replace(ready.beside, standing=_signed(ready))
        html = side_by_side(html, _composed(other, library, setting, person, look))
    if setting.form == "html":
        return Leaflet(_self_contained(html, library, look).encode(), 0, ready.problems)
    if setting.form == "text":
        return Leaflet(_as_text(ready, html, person).encode(), 0, ready.problems)
    if person is None:
        data, printed = _printed(ready, library, setting, html, look)
    else:
        with quoting_nothing(person.given.model):
            data, printed = _printed(ready, library, setting, html, look, own=True)
    approved = ready.standing.approved
    linear = Leaflet(data, _pages(data), (*ready.problems, *printed), approved)
    if setting.edition != "booklet":
        return linear
    rtl = ready.said.voice.direction == "rtl"
    data = impose(data, setting.paper, rtl=rtl, draft=not approved)
    return replace(linear, data=data, pages=_pages(data), linear=linear)


def _composed(
    ready: Checked, library: Library, setting: Setting, person: Person | None, look: Look
) -> str:
    handout, voice = ready.said.handout, ready.said.voice
    own: OwnPlan | OwnDose | None = None
    if person is not None:
        settled = for_market(handout, setting.market, setting.reading)
        own = owned(person.given, settled, setting, person.today, voice, library.fonts)
    return compose(
        handout,
        ready.said.markets,
        replace(setting, form="html") if setting.form == "text" else setting,
        ready.standing,
        library.styles,
        own,
        voice,
        ready.said.letterhead,
        look,
    )


def in_style(ready: Checked, look: Look) -> Checked:
    """The same in a style: in a user's own, of another fingerprint, and a draft unless a named
    person reviewed that style as it is now."""
    if not look.own:
        return ready
    stands = ready.standing
    both = hashlib.sha256(f"{stands.fingerprint} {look.print}".encode()).hexdigest()
    stands = replace(stands, fingerprint=both)
    if stands.approved and not signed(look, ready.day):
        lines = (ready.said.voice.plain("standing.style"), stands.lines[0])
        stands = replace(stands, approved=False, lines=lines)
    beside = in_style(ready.beside, look) if ready.beside else None
    return replace(ready, standing=stands, beside=beside)


def _signed(ready: Checked) -> Standing:
    """Where the leaflet stands, in the words of the second language."""
    assert ready.beside
    stands, other = ready.standing, ready.beside.standing
    lines = other.lines
    if other.approved and not stands.approved:
        lines = (ready.beside.said.voice.plain("standing.translation"), lines[0])
    return replace(stands, lines=lines, signed=other.signed)


def as_print(ready: Checked, look: Look, setting: Setting) -> Checked:
    """The same in a style, and with the fingerprint of this very print."""
    ready = in_style(ready, look)
    stands = ready.standing
    print_now = of_print(stands.fingerprint, ready.languages, setting, look.folder.parent)
    return replace(ready, standing=replace(stands, print=print_now))


def _printed(
    ready: Checked, library: Library, setting: Setting, html: str, look: Look, own: bool = False
) -> tuple[bytes, list[Problem]]:
    """The PDF, and what the checks of the printed page say of it."""
    handout = ready.said.handout
    draft = ready.said.voice.plain("page.own-draft" if own else "page.draft")
    data = _typeset(ready, library, setting, html, draft, look)
    printed = check_printed(
        Printed(
            pdf=data,
            html=html,
            handout=for_market(handout, setting.market, setting.reading),
            document=ready.loaded.document,
            setting=setting,
            market=getattr(ready.said.markets, setting.market),
            approved=ready.standing.approved,
            fonts=library.fonts,
            draft=draft,
            own=own,
            clinic=ready.said.letterhead,
            voice=ready.said.voice,
        )
    )
    stop(printed)
    return data, printed


def _typeset(
    ready: Checked, library: Library, setting: Setting, html: str, draft: str, look: Look
) -> bytes:
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
        css=style_sheets(look.folder.parent, setting),
        folders=[look.folder],
        attachments=[source],
        draft="" if ready.standing.approved else draft,
        words=LinkWords(say("link.web-page"), say("link.page")),
        source=document.path,
        zoom=setting.zoom,
    )


def _as_text(ready: Checked, html: str, person: Person | None) -> str:
    """The page as plain text: not a word of it may be lost."""
    text, document = plain_text(html, ready.said.voice.signs), ready.loaded.document
    missing = [
        Problem(f"a text of the page is not in its plain text: {each}", document.path, hint=_LOST)
        for each in lost(html, text)
    ]
    with quoting_nothing(person.given.model) if person else nullcontext():
        stop(missing)
    return text


_LOST = "Look for a tag that the other templates do not use, or report it."


def _self_contained(html: str, library: Library, look: Look) -> str:
    """With bundled sheets alone: no rule looks at what a sheet does on a screen."""
    style = Setting(form="html", style=look.folder.name)
    sheets = [path.read_text(encoding="utf-8") for path in style_sheets(library.styles, style)]
    if 'dir="rtl"' in html[:500]:
        sheets = [mirrored(sheet) for sheet in sheets]
    return screen_form(html, "".join(sheets))


def _pages(data: bytes) -> int:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
