"""`plainleaf schema`: what a handout may hold, for editors."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a handout, for editors."""
    from plainleaf.content.schema import schema_text

    click.echo(schema_text(), nl=False)
