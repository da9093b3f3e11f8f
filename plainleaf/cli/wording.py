"""`plainleaf wording`: creates and refreshes translation files."""

from __future__ import annotations

from pathlib import Path

import click

from plainleaf.cli.messages import tell


@click.command()
@click.argument("handout")
@click.option("--language", "code", required=True, help="the language, such as es")
def wording(handout: str, code: str) -> None:
    """Create or refresh a language's PO files: handout, fixed phrases, countries."""
    from plainleaf.content.wording.examine import examine
    from plainleaf.content.wording.po import read
    from plainleaf.content.wording.refresh import refresh
    from plainleaf.content.wording.review import load_exemptions
    from plainleaf.content.wording.written import written
    from plainleaf.library import Library, shown
    from plainleaf.page.output import write
    from plainleaf.spoken import parts

    library = Library.here(Path.cwd())
    loaded = library.handout(handout)
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
