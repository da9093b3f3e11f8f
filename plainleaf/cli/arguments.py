"""Arguments that several commands take."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from typing import Any

import click

from plainleaf.problems import one_line

HANDOUTS = click.argument("handouts", nargs=-1, metavar="[HANDOUT]…")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Day(click.ParamType[datetime.date]):
    """A date written year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if _DATE.fullmatch(value):
            with suppress(ValueError):
                return datetime.date.fromisoformat(value)
        self.fail(f'"{one_line(value[:40])}" is no date: write it as 2026-11-22', param, ctx)
