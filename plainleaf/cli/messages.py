"""How the commands say what is wrong."""

from __future__ import annotations

from collections.abc import Iterable

import click

from plainleaf.problems import Problem, printed


def tell(problems: Iterable[Problem]) -> None:
    """Say problems on standard error."""
    for problem in problems:
        click.echo(printed([problem], "plain"), err=True)
