"""What CUPS keeps of a patient's copy once it is printed: nothing.

By CUPS's library, for its programs cannot do it: `cancel -x` 2.4 asks for it by a wrong name, and
`lpstat` does not say how a job ended."""

from __future__ import annotations

import ctypes
import time
from ctypes.util import find_library
from typing import Any

from plainleaf.problems import ContentError, Level, Problem

_ALL = -1  # CUPS_WHICHJOBS_ALL
_CANCELED, _ABORTED, _COMPLETED = 7, 8, 9  # ipp_jstate_t; what waits has less
_IPP_OK = 0xFF  # the last of the answers of IPP that mean success


class _Job(ctypes.Structure):
    """cups_job_t of cups/cups.h."""

    _fields_ = (
        ("id", ctypes.c_int),
        ("dest", ctypes.c_char_p),
        ("title", ctypes.c_char_p),
        ("user", ctypes.c_char_p),
        ("format", ctypes.c_char_p),
        ("state", ctypes.c_int),
        ("size", ctypes.c_int),
        ("priority", ctypes.c_int),
        ("completed_time", ctypes.c_long),
        ("creation_time", ctypes.c_long),
        ("processing_time", ctypes.c_long),
    )


def clear(job: str, printer: str, tries: int = 120, pause: float = 0.5) -> Problem | None:
    """Have CUPS delete what it keeps of a job, once it is over; what to say where it does not.

    CUPS keeps a job's pages for a day if nobody told it otherwise. Waits `tries` × `pause` seconds;
    ContentError where the job ended unprinted."""
    number, name = int(job.rpartition("-")[2]), printer.encode()
    try:
        cups = ctypes.CDLL(find_library("cups"))
        refuse = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_char_p)(lambda _: None)
        cups.cupsSetPasswordCB(refuse)  # it would ask at the terminal, and wait
        for turn in range(tries):
            if turn:
                time.sleep(pause)
            state = _state(cups, name, number)
            if state >= _CANCELED:
                done = cups.cupsCancelJob2(None, name, number, 1) <= _IPP_OK
                if state != _COMPLETED:
                    said = f'printer "{printer}" ended job {job} without printing it'
                    hint = "Look at its display, then send it again."
                    raise ContentError(Problem(said, hint=hint))
                return None if done else _kept(job, "is printed")
    except (OSError, AttributeError):  # no library of CUPS, or one without these functions
        return _kept(job, "is sent")
    return _kept(job, "still waits")


def _state(cups: Any, printer: bytes, number: int) -> int:
    """What became of a job: a state of IPP; 0 where CUPS does not know it."""
    jobs = ctypes.POINTER(_Job)()
    count = cups.cupsGetJobs2(None, ctypes.byref(jobs), printer, 0, _ALL)
    found = [jobs[at].state for at in range(count) if jobs[at].id == number]
    if count > 0:
        cups.cupsFreeJobs(count, jobs)
    return found[0] if found else 0


def _kept(job: str, how: str) -> Problem:
    message = f"job {job} {how}, and CUPS holds a patient's page"
    hint = "docs/print.md says how CUPS keeps nothing of what it printed."
    return Problem(message, level=Level.WARNING, hint=hint)
