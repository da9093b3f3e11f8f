"""CUPS, by its own programs: what it answers, and a leaflet handed to it.

A leaflet reaches `lp` on standard input, under one title for all: nothing personal has a name.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence

from plainleaf.problems import ContentError, MachineError, Problem, one_line

TITLE = "Leaflet"  # of every job: anybody may see the queue
_QUERY, _SEND = 30, 120  # seconds


def send(data: bytes, printer: str, options: Sequence[str]) -> str:
    """Hand a PDF to CUPS; the id of the job, such as Ward-12. ContentError where it is refused."""
    done = _done(("lp", *options), data, _SEND)
    job = re.search(r"request id is (\S+-\d+)", done.stdout.decode("utf-8", "replace"))
    if done.returncode or job is None:
        why = one_line(done.stderr.decode("utf-8", "replace").strip())[:200]
        raise ContentError(
            Problem(
                f'printer "{printer}" did not take the leaflet: {why}',
                hint="lpstat -t says how it is.",
            )
        )
    return job[1]


def answer(*argv: str) -> str:
    """What a program of CUPS answers; its complaints are left out."""
    return _done(argv, b"", _QUERY).stdout.decode("utf-8", "replace")


def _done(argv: Sequence[str], data: bytes, seconds: int) -> subprocess.CompletedProcess[bytes]:
    """A program of CUPS, run in English. MachineError where it is missing or silent."""
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    try:
        return subprocess.run(
            argv, input=data, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except FileNotFoundError:
        hint = "On Debian, as root: apt-get install -y cups-client"
        raise MachineError(Problem(f"the program {argv[0]} is missing", hint=hint)) from None
    except subprocess.TimeoutExpired:
        said = f"CUPS did not answer {argv[0]} within {seconds} seconds"
        hint = "lpstat -o lists what it took: look there before you send it again."
        raise MachineError(Problem(said, hint=hint)) from None
