"""`plainleaf wording`: creates and refreshes translation files, and a clinic's wording."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import click

from plainleaf.cli.messages import tell
from plainleaf.problems import Problem, UsageError

_COLUMN = 46


@click.command()
@click.argument("handout")
@click.option("--language", "code", help="the language, such as es; of a clinic en when not said")
@click.option("--clinic", metavar="ID", help="the clinic whose own wording it is")
@click.option("--diff", is_flag=True, help="list the leaflet's words beside the clinic's")
def wording(handout: str, code: str | None, clinic: str | None, diff: bool) -> None:
    """Create or refresh PO files: of a language, or of a clinic's own wording."""
    from plainleaf.library import Library

    library = Library.here(Path.cwd())
    loaded = library.handout(handout)
    if clinic is not None:
        _clinic(library, loaded, clinic, code or "en", diff)
    elif code is None or diff:
        said = "there is no wording to compare" if diff else "no language given"
        hint = "Name a clinic with --clinic." if diff else "Add --language es, or another."
        raise UsageError(Problem(said, hint=hint))
    else:
        _translation(library, loaded, code)


def _translation(library: Any, loaded: Any, code: str) -> None:
    from plainleaf.content.wording.examine import examine
    from plainleaf.content.wording.po import read
    from plainleaf.content.wording.refresh import refresh
    from plainleaf.content.wording.review import load_exemptions
    from plainleaf.content.wording.written import written
    from plainleaf.library import shown
    from plainleaf.page.output import write
    from plainleaf.spoken import parts

    day = loaded.model.written
    for part in parts(library, loaded, code):
        old = read(part.po, shown(part.po)) if part.po.is_file() else None
        catalog, counts = refresh(part.units, old, code, project=part.project, day=day)
        data = written(catalog)
        if old is None or part.po.read_bytes() != data:
            write(part.po, data)
        made = read(part.po, shown(part.po))
        tell(examine(part.units, made, load_exemptions(part.exceptions, shown(part.exceptions))))
        click.echo(
            f"{shown(part.po)}  {len(part.units)} entries: {counts.new} new, {counts.changed} "
            f"changed, {counts.gone} gone; {counts.missing} missing, {counts.fuzzy} fuzzy, "
            f"{counts.unchecked} to double-check"
        )


def _clinic(library: Any, loaded: Any, id: str, code: str, diff: bool) -> None:
    from plainleaf.adapted import free_units, in_language, place_of, worded
    from plainleaf.checks.registry import Subject
    from plainleaf.content.clinic_wording import refreshed, reworded
    from plainleaf.content.wording.po import read
    from plainleaf.content.wording.units import units
    from plainleaf.content.wording.written import written
    from plainleaf.library import shown
    from plainleaf.page.output import write

    place = place_of(library, id)
    handout, said = loaded.model, in_language(library, loaded, code)
    free, po = free_units(said, handout), place.po(code)
    old = read(po, shown(po)) if po.is_file() else None
    catalog, counts = refreshed(free, old, handout.id, place.loaded.model, code)
    data = written(catalog)
    if not diff and (old is None or po.read_bytes() != data):
        write(po, data)
    now = read(po, shown(po)) if po.is_file() else catalog
    texts, problems = reworded(handout.id, units(said), free, now)
    subject = Subject(said, loaded.document, library.markets(), handout.written)
    tell([*problems, *worded(subject, texts, now)])
    if diff:
        for unit in free:
            if unit.path in texts:
                click.echo(beside(unit.context, unit.text, texts[unit.path]))
    click.echo(
        f"{shown(po)}  {len(free)} sentences may be reworded: {len(texts)} reworded; {counts.new} "
        f"new, {counts.changed} changed, {counts.gone} gone, {counts.fuzzy} stale"
    )
    click.echo(f"fingerprint for {shown(place.review)}: {place.fingerprint()}")


def beside(context: str, ours: str, theirs: str) -> str:
    """The leaflet's sentence on the left, the clinic's on the right, under its name."""
    left, right = textwrap.wrap(ours, _COLUMN), textwrap.wrap(theirs, _COLUMN)
    height = max(len(left), len(right))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    rows = (f"{one:<{_COLUMN}} | {other}".rstrip() for one, other in zip(left, right, strict=True))
    return "\n".join([context, *rows, ""])
