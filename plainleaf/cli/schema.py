"""`plainleaf schema`: what a handout or a clinic may hold, for editors."""

from __future__ import annotations

import click


@click.command()
@click.option("--clinic", is_flag=True, help="of a clinic.yaml instead")
def schema(clinic: bool) -> None:
    """Print the JSON Schema of a handout, for editors."""
    from plainleaf.content.clinic import Clinic
    from plainleaf.content.model import Handout
    from plainleaf.content.schema import schema_text

    click.echo(schema_text(Clinic if clinic else Handout), nl=False)
