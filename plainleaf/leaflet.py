"""The main job as a list of stages: read, check, compose, typeset, check again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from plainleaf.checks import Printed, Subject, check_content, check_printed
from plainleaf.content.load import Loaded, nearest
from plainleaf.content.model import Handout, Markets, for_market
from plainleaf.library import Library
from plainleaf.page.compose import Setting, compose, style_sheets
from plainleaf.page.standing import Standing, fingerprint, standing
from plainleaf.problems import ContentError, Level, Problem

DRAFT = "DRAFT"


@dataclass(frozen=True)
class Checked:
    """A handout whose words and facts hold, and where it stands today."""

    loaded: Loaded[Handout]
    markets: Markets
    standing: Standing
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Leaflet:
    """A finished file: its bytes, its pages (none for HTML), and what the checks had to say."""

    data: bytes
    pages: int
    problems: tuple[Problem, ...]


def checked(name: str, library: Library, today: datetime.date, draft: bool = False) -> Checked:
    """Read a handout and run every rule over its content. ContentError holds every error."""
    loaded, markets = library.handout(name), library.markets()
    subject = Subject(loaded.model, loaded.document, markets, today)
    problems = [*check_content(subject), *_icon_missing(loaded, library)]
    stop(problems)
    print_now = fingerprint(loaded.model, markets, library.styles)
    if loaded.model.review.status == "approved":
        problems = check_content(replace(subject, fingerprint=print_now))
    stands = standing(loaded.model, print_now, today)
    if draft and stands.approved:
        stands = replace(
            stands, approved=False, lines=("Draft, printed on request", stands.lines[0])
        )
    return Checked(loaded, markets, stands, tuple(problems))


def make(ready: Checked, library: Library, setting: Setting) -> Leaflet:
    """One leaflet in one setting, checked as it will be printed."""
    handout, document = ready.loaded.model, ready.loaded.document
    if setting.market not in handout.markets:
        known = ", ".join(handout.markets)
        raise ContentError(
            document.problem(
                f'the handout is not for market "{setting.market}"',
                document.locate(("markets",)),
                hint=f"It has: {known}. Choose one with --market.",
            )
        )
    html = compose(handout, ready.markets, setting, ready.standing, library.styles)
    if setting.form == "html":
        return Leaflet(_self_contained(html, library, setting).encode(), 0, ready.problems)
    data = _typeset(ready, library, setting, html)
    printed = check_printed(
        Printed(
            pdf=data,
            html=html,
            handout=for_market(handout, setting.market),
            document=document,
            setting=setting,
            market=getattr(ready.markets, setting.market),
            approved=ready.standing.approved,
            fonts=library.fonts,
            draft=DRAFT,
        )
    )
    stop(printed)
    return Leaflet(data, _pages(data), (*ready.problems, *printed))


def stop(problems: list[Problem]) -> None:
    """Raise every problem when one of them is an error."""
    if any(problem.level is Level.ERROR for problem in problems):
        raise ContentError(problems)


def _icon_missing(loaded: Loaded[Handout], library: Library) -> list[Problem]:
    icon, folder = loaded.model.icon, library.styles / "icons"
    if icon is None or (folder / f"{icon}.svg").is_file():
        return []
    known = sorted(path.stem for path in folder.glob("*.svg"))
    near = nearest(icon, known)
    said = f'there is no icon "{icon}"' + (f', did you mean "{near}"?' if near else "")
    place = loaded.document.locate(("icon",))
    return [loaded.document.problem(said, place, hint=f"There are: {', '.join(known)}.")]


def _typeset(ready: Checked, library: Library, setting: Setting, html: str) -> bytes:
    from plainleaf.page.typeset import Attachment, typeset

    handout, document = ready.loaded.model, ready.loaded.document
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
        draft="" if ready.standing.approved else DRAFT,
        source=document.path,
    )


def _self_contained(html: str, library: Library, setting: Setting) -> str:
    sheets = [path.read_text(encoding="utf-8") for path in style_sheets(library.styles, setting)]
    head, mark, rest = html.partition("</head>")
    return f"{head}<style>\n{''.join(sheets)}</style>\n{mark}{rest}"


def _pages(data: bytes) -> int:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
