"""Printers: which there are, what they can do, and how an edition goes onto the paper of one."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import Literal

from plainleaf.content.load import nearest
from plainleaf.deliver.cups import TITLE, answer
from plainleaf.page.setting import Paper, Setting
from plainleaf.problems import Level, MachineError, Problem, UsageError

Duplex = Literal["long", "short", "off"]

_SIDES = {"long": "two-sided-long-edge", "short": "two-sided-short-edge", "off": "one-sided"}
_COLLATED = "separate-documents-collated-copies"
# The names of IPP; and those that drivers have, with more after a point: A4.Borderless.
_MEDIA = {"a4": "iso_a4_210x297mm", "letter": "na_letter_8.5x11in"}
_PAPERS = {"a4": "A4", "letter": "Letter"}

# How an edition lies on its sheets; and those that lie in no other way.
_EDITIONS: dict[str, Duplex] = {
    "standard": "long",
    "large-print": "long",
    "summary": "long",
    "booklet": "short",
    "card": "off",
}
_FIXED = {
    "booklet": "on both sides, turned on the short edge",
    "card": "on one side",
}

_TYPE_DUPLEX = 0x10  # CUPS_PRINTER_DUPLEX of the attribute printer-type
_STOPPED = "5"  # IPP_PSTATE_STOPPED of the attribute printer-state


@dataclass(frozen=True)
class Printer:
    """A queue of CUPS. None, and no papers: it does not say."""

    name: str
    duplex: bool | None = None
    papers: tuple[str, ...] = ()
    accepts: bool = True
    stopped: bool = False


@dataclass(frozen=True)
class Order:
    """How a leaflet is to be printed."""

    printer: Printer
    sides: Duplex
    paper: Paper
    copies: int = 1
    grey: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """The arguments of `lp`. Pages keep their size: 12 point must stay 12 point."""
        chosen = {
            "document-format": "application/pdf",
            "sides": _SIDES[self.sides],
            "media": _MEDIA[self.paper],
            "print-scaling": "none",
            "number-up": "1",
            "multiple-document-handling": _COLLATED,
        }
        chosen |= {"print-color-mode": "monochrome"} if self.grey else {}
        options = [word for key, value in chosen.items() for word in ("-o", f"{key}={value}")]
        return ("-d", self.printer.name, "-n", str(self.copies), "-t", TITLE, *options)


def printers() -> tuple[tuple[str, ...], str | None]:
    """The names of all printers, and the default's. MachineError where there is none."""
    if "not running" in answer("lpstat", "-r"):
        raise MachineError(
            Problem("CUPS is not running", hint="As root: systemctl start cups. lpstat -r asks it.")
        )
    names = tuple(answer("lpstat", "-e").split())
    if not names:
        raise MachineError(
            Problem(
                "there is no printer",
                hint="Add one in the printer settings of the system, or with lpadmin.",
            )
        )
    default = re.search(r"system default destination: (\S+)", answer("lpstat", "-d"))
    return names, default[1] if default else None


def printer(name: str | None) -> Printer:
    """A printer and what it can do. UsageError names those there are, and the nearest."""
    names, default = printers()
    listed = ", ".join(f"{one} (the default)" if one == default else one for one in names)
    if name is None:
        hint = f"Add --printer {default or names[0]}, or another. There are: {listed}."
        raise UsageError(Problem("no printer is named", hint=hint))
    if name not in names:
        near = nearest(name, list(names))
        said = f'there is no printer "{name}"' + (f', did you mean "{near}"?' if near else "")
        raise UsageError(Problem(said, hint=f"There are: {listed}."))
    return described(name, answer("lpoptions", "-p", name), answer("lpoptions", "-p", name, "-l"))


def described(name: str, attributes: str, choices: str) -> Printer:
    """A printer from what `lpoptions -p` says of it, and `lpoptions -l` of its choices."""
    try:
        words = dict(word.partition("=")[::2] for word in shlex.split(attributes))
    except ValueError:  # a quote left open in somebody's description
        words = {}
    kind, raw = words.get("printer-type", ""), "Raw" in words.get("printer-make-and-model", "")
    known = kind.isdecimal() and not raw
    sizes = re.search(r"^(?:PageSize|media)/[^:]*: (.+)$", choices, re.MULTILINE)
    return Printer(
        name,
        bool(int(kind) & _TYPE_DUPLEX) if known else None,
        tuple(sizes[1].replace("*", "").split()) if sizes else (),
        words.get("printer-is-accepting-jobs") != "false",
        words.get("printer-state") == _STOPPED,
    )


def ordered(
    to: Printer, setting: Setting, copies: int, duplex: Duplex | None, grey: bool
) -> tuple[Order, tuple[Problem, ...]]:
    """The order that fits edition, paper and printer, and warnings. UsageError where none does."""
    edition = setting.edition
    if edition not in _EDITIONS:
        said = f"the edition {edition} is not for patients, so it is not printed from here"
        hint = "Make it with plainleaf render, and print the file from your viewer."
        raise UsageError(Problem(said, hint=hint))
    usual = _EDITIONS[edition]
    if edition in _FIXED and duplex not in (None, usual):
        said = f"the edition {edition} is printed {_FIXED[edition]}"
        raise UsageError(Problem(said, hint="Leave out --duplex."))
    _has_paper(to, setting.paper)
    if not to.accepts:
        said = f'printer "{to.name}" takes no jobs now'
        raise MachineError(Problem(said, hint=f"As root: cupsaccept {to.name}"))
    sides, warnings = duplex or usual, []
    if sides != "off" and to.duplex is False:
        said = f'printer "{to.name}" prints on one side only'
        if edition in _FIXED or duplex:
            other = "another edition" if edition in _FIXED else "--duplex off"
            raise UsageError(Problem(said, hint=f"Choose another printer, or {other}."))
        sides = "off"
        warnings.append(_warning(said, "Each page has a sheet of its own. Keep them together."))
    elif sides != "off" and to.duplex is None:
        said = f'printer "{to.name}" does not say whether it prints on both sides'
        warnings.append(_warning(said, "Look at the first copy before you give it away."))
    if to.stopped:
        said = f'printer "{to.name}" is stopped: what is sent waits'
        warnings.append(_warning(said, f"To start it, as root: cupsenable {to.name}"))
    return Order(to, sides, setting.paper, copies, grey), tuple(warnings)


def _has_paper(to: Printer, paper: Paper) -> None:
    names = {re.split(r"_\d|\.", one.lower().removeprefix("iso_"))[0] for one in to.papers}
    if to.papers and not names & {paper, f"na_{paper}"}:
        said = f'printer "{to.name}" has no {_PAPERS[paper]} paper'
        other = "letter" if paper == "a4" else "a4"
        hint = f"It has: {', '.join(to.papers)}. Choose --paper {other}, or another printer."
        raise UsageError(Problem(said, hint=hint))


def _warning(said: str, hint: str) -> Problem:
    return Problem(said, level=Level.WARNING, hint=hint)
