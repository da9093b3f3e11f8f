"""The commands: the only room that prints, exits or reads the clock."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from plainleaf import __version__
from plainleaf.cli import (
    approve,
    check,
    proof,
    release,
    render,
    schema,
    status,
    taper,
    withdraw,
    wording,
)
from plainleaf.cli import print as printing
from plainleaf.cli.messages import tell
from plainleaf.problems import ExitCode, PlainleafError, Problem

__all__ = ["commands", "main", "run"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def commands() -> None:
    """Printable patient leaflets from YAML: honest, proved, readable, accessible."""


for _command in (
    render.render,
    check.check,
    taper.taper,
    wording.wording,
    approve.approve,
    printing.print_,
    proof.proof,
    release.release,
    status.status,
    withdraw.withdraw,
    schema.schema,
):
    commands.add_command(_command)


def main(argv: list[str] | None = None) -> int:
    """Run a command and give its exit code; problems go to standard error."""
    try:
        result = commands.main(argv, prog_name="plainleaf", standalone_mode=False)
        return result if isinstance(result, int) else ExitCode.DONE
    except PlainleafError as error:
        tell(error.problems)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except OSError as error:  # a name that is too long
        path = str(error.filename or "")
        tell([Problem(f"cannot read or write: {error.strerror or error}", path)])
        return ExitCode.CONTENT
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return ExitCode.INTERRUPTED


def run() -> NoReturn:
    """The entry point of the `plainleaf` command."""
    sys.exit(main())
