"""Finds the pace and forms a person named. None is chosen for them: UsageError lists all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from plainleaf.problems import Problem, UsageError
from plainleaf.taper.model import Form, Pace


def choose_pace(paces: Sequence[Pace], name: str | None) -> Pace:
    """The pace of that id; UsageError names those there are."""
    for pace in paces:
        if pace.id == name:
            return pace
    raise UsageError(_missing("pace", name, [pace.id for pace in paces]))


def choose_forms(forms: Sequence[Form], ids: Iterable[str]) -> tuple[Form, ...]:
    """The forms of those ids, in the order named; UsageError names those there are."""
    known, wanted = {form.id: form for form in forms}, list(ids)
    problems = [_missing("form", name, list(known)) for name in wanted if name not in known]
    if not wanted:
        problems = [_missing("form", None, list(known))]
    if problems:
        raise UsageError(problems)
    return tuple(known[name] for name in wanted)


def _missing(what: str, name: str | None, known: list[str]) -> Problem:
    near = get_close_matches(name or "", known, n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    return Problem(
        f"no {what} called {name[:40]!r}" if name else f"no {what} chosen",
        hint=f"{meant}there are: {', '.join(known)}",
    )
