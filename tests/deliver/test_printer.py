"""What is printed is what was approved, as the edition needs it, and says nothing of the person.

The printers are real ones: CUPS and ippeveprinter, in a room of their own."""

from __future__ import annotations

import io
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops, ImageFilter

from plainleaf.cli import main
from plainleaf.deliver import cups
from plainleaf.deliver.cups import TITLE, send
from plainleaf.deliver.printer import Printer, described, ordered, printer
from plainleaf.page.setting import Edition, Setting
from plainleaf.problems import MachineError, PlainleafError, UsageError
from tests.taper.test_patient_file import written

from .ipp import NotHere, Received, Room, print_room, until

ROOT = Path(__file__).parents[2]
A4, LETTER = "iso_a4_210x297mm", "na_letter_8.5x11in"
PRIVATE = ["Quillon", "Zephyrine", "Ottokar", "Xanthippe", "Parrot"]
WHO: dict[str, Any] = {
    "name": "Quillon Zephyrine",
    "prescriber": "Dr Ottokar",
    "notes": "Parrot called Xanthippe",
}
SIGN = ["--reviewer", "Test Reviewer", "--role", "tester", "--next", "2999-01-01"]


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    """The print room. Without one, tests are left out with the reason; never on CI."""
    try:
        with print_room() as opened:
            yield opened
    except NotHere as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@dataclass(frozen=True)
class Desk:
    """A clinic's folder with one approved handout, where commands run in processes of their own."""

    folder: Path
    room: Room

    def run(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "plainleaf", *arguments],
            cwd=self.folder,
            env=self.room.environment | {"PYTHONPATH": str(ROOT), **extra},
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    def print(self, *arguments: str, **extra: str) -> str:
        done = self.run("print", "baclofen-sleep", *arguments, **extra)
        assert not done.returncode, done.stderr
        return done.stdout + done.stderr

    def rendered(self, *arguments: str) -> bytes:
        """The same copy as a file: the same words give the same bytes."""
        target = self.folder / f"copy{''.join(arguments)}.pdf"
        if not target.exists():
            done = self.run("render", "baclofen-sleep", "-o", str(target), *arguments)
            assert not done.returncode, done.stderr
        return target.read_bytes()


@pytest.fixture(scope="module")
def desk(room: Room, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("clinic")
    shutil.copytree(ROOT / "handouts/baclofen-sleep", folder / "handouts/baclofen-sleep")
    made = Desk(folder, room)
    done = made.run("approve", "baclofen-sleep", *SIGN)
    assert not done.returncode, done.stderr
    return made


def turns(one: bytes, other: bytes, last_first: bool = False) -> set[int]:
    """How far the pages of the second PDF are turned, all alike, to show those of the first.

    Empty where they show another thing, or not all are turned alike. CUPS's filters write a file
    anew, and may lay a wide page on a tall sheet."""
    first, second = list(pypdfium2.PdfDocument(one)), list(pypdfium2.PdfDocument(other))
    if last_first:
        second.reverse()
    if [signs_on(page) for page in first] != [signs_on(page) for page in second]:
        return set()
    found = [matching(left, right) for left, right in zip(first, second, strict=True)]
    return set.intersection(*found)


def signs_on(page: Any) -> list[str]:
    """The letters of a page, whichever way it lies, sorted."""
    return sorted("".join(page.get_textpage().get_text_range().split()))


def matching(left: Any, right: Any) -> set[int]:
    """The turns by which the second page looks as the first, but for half a point at the edges."""
    pages = [page.render(scale=1).to_pil().convert("L") for page in (left, right)]
    one, other = (picture.filter(ImageFilter.GaussianBlur(1.5)) for picture in pages)
    found = set()
    for turn in (0, 90, 180, 270):
        turned = other.rotate(turn, expand=True)
        if turned.size == one.size:
            different = ImageChops.difference(one, turned).histogram()
            if sum(different[64:]) * 1000 <= one.width * one.height:
                found.add(turn)
    return found


# What arrives


def test_a_printer_that_takes_pdf_gets_the_very_bytes(desk: Desk) -> None:
    said = desk.print("--printer", "Plain", "--copies", "3")
    got = desk.room.received("Ward")
    assert got.data == desk.rendered()
    told = {
        "job-name": TITLE,
        "copies": "3",
        "sides": "two-sided-long-edge",
        "media": A4,
        "print-scaling": "none",
        "number-up": "1",
        "multiple-document-handling": "separate-documents-collated-copies",
    }
    assert told.items() <= dict(got.attributes).items()
    assert "does not say whether it prints on both sides" in said
    pages = len(pikepdf.open(io.BytesIO(got.data)).pages)
    assert f"baclofen-sleep  en standard  job Plain-1  3 × {pages} pages, a4, both sides" in said


def size_of(got: Received) -> str:
    return got.attributes["media-col"].partition("}")[0].partition("media-size={")[2]


def test_a_driverless_printer_gets_the_same_pages(desk: Desk) -> None:
    desk.print("--printer", "Ward", "--copies", "2")
    got = desk.room.received("Ward")
    assert turns(desk.rendered(), got.data) == {0}
    told = {"job-name": TITLE, "copies": "2", "sides": "two-sided-long-edge"}
    assert told.items() <= dict(got.attributes).items()
    assert got.attributes["multiple-document-handling"].endswith("-collated-copies")
    assert size_of(got) == "x-dimension=21000 y-dimension=29700"


def test_letter_in_grey_on_one_side(desk: Desk) -> None:
    options = ["--paper", "letter", "--market", "uk"]
    desk.print("--printer", "Colour", "--grey", "--duplex", "off", *options)
    got = desk.room.received("Colour")
    assert turns(desk.rendered(*options), got.data, last_first=True) == {0}
    told = {"print-color-mode": "monochrome", "sides": "one-sided", "output-bin": "face-up"}
    assert told.items() <= dict(got.attributes).items()
    assert got.attributes.get("copies", "1") == "1"
    assert size_of(got) == "x-dimension=21590 y-dimension=27940"


@pytest.mark.parametrize(
    ("edition", "sides"),
    [
        ("large-print", "two-sided-long-edge"),
        ("booklet", "two-sided-short-edge"),
        ("summary", "two-sided-long-edge"),
        ("card", "one-sided"),
    ],
)
def test_each_edition_lies_on_its_sheets(desk: Desk, edition: str, sides: str) -> None:
    name = "Colour" if edition == "summary" else "Ward"
    desk.print("--printer", name, "--edition", edition)
    got = desk.room.received(name)
    assert got.attributes["sides"] == sides
    assert name == "Ward" or got.attributes["print-color-mode"] == "color"
    if edition in ("booklet", "card"):  # those that must be whole to the millimetre
        assert len(turns(desk.rendered("--edition", edition), got.data)) == 1


# The person


def test_nothing_that_printing_leaves_behind_knows_the_person(desk: Desk, tmp_path: Path) -> None:
    """Not a name, a title, an argument, a log, or a file of CUPS, while it waits or after.

    Here CUPS is told to keep nothing, as docs/print.md advises."""
    desk.room.configure("PreserveJobFiles No\n")
    for name in ("tmp", "bin"):
        (tmp_path / name).mkdir()
    given = written(tmp_path, **WHO)
    seen = tmp_path / "seen.txt"
    for name in ("lp", "lpstat", "cancel", "lpoptions"):
        real = shutil.which(name, path=desk.room.environment["PATH"])
        script = tmp_path / "bin" / name
        script.write_text(f'#!/bin/sh\n{{ echo "$0" "$@"; env; }} >>"{seen}"\nexec {real} "$@"\n')
        script.chmod(0o755)
    path = f"{tmp_path / 'bin'}:{desk.room.environment['PATH']}"
    before = {file for file in desk.folder.rglob("*") if file.is_file()}
    desk.room.ask("cupsdisable", "Ward")
    arguments = ["--printer", "Ward", "--patient", str(given)]
    said = desk.print(*arguments, PATH=path, TMPDIR=str(tmp_path / "tmp"))
    spool = desk.room.folder / "spool"
    (job,) = [word for word in said.split() if word.startswith("Ward-")][:1]
    number = job.removeprefix("Ward-").rjust(5, "0")
    assert "is stopped: what is sent waits" in said
    assert f"job {job} still waits, and CUPS holds a patient's page" in said

    # While it waits, one file holds the page, and only CUPS reads it.
    page = spool / f"d{number}-001"
    assert page.read_bytes().startswith(b"%PDF")
    assert not stat.S_IMODE(page.stat().st_mode) & stat.S_IRWXO
    assert not stat.S_IMODE(spool.stat().st_mode) & stat.S_IRWXO
    until((spool / f"c{number}").exists, "CUPS noted no job")
    tell_nothing(desk, [said, seen.read_text()])
    assert_nothing_named(desk.room.folder, [page])
    assert_nothing_named(tmp_path / "tmp", [])

    desk.room.ask("cupsenable", "Ward")
    got = desk.room.received("Ward")
    assert PRIVATE[0] in text_of(got.data)
    assert got.attributes["job-name"] == TITLE
    assert not [word for word in PRIVATE if word in str(got.attributes)]
    until(lambda: not page.exists(), "the page is still there")
    assert before == {file for file in desk.folder.rglob("*") if file.is_file()}
    assert_nothing_named(desk.room.folder, [])
    assert "Quillon Zephyrine" in given.read_text(), "what was looked for can be found"
    desk.room.configure("")


def test_a_persons_page_is_taken_out_of_cups_once_it_is_printed(desk: Desk, tmp_path: Path) -> None:
    said = desk.print("--printer", "Ward", "--patient", str(written(tmp_path, **WHO)))
    got = desk.room.received("Ward")
    assert PRIVATE[0] in text_of(got.data)
    assert "warning" not in said
    job = next(word for word in said.split() if word.startswith("Ward-"))
    number = job.removeprefix("Ward-").rjust(5, "0")
    assert not list((desk.room.folder / "spool").glob(f"?{number}*"))
    assert_nothing_named(desk.room.folder, [])


def text_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def tell_nothing(desk: Desk, told: list[str]) -> None:
    for text in [*told, desk.room.said("Ward"), desk.room.ask("lpstat", "-l", "-W", "all", "-o")]:
        assert not [word for word in PRIVATE if word in text]


def assert_nothing_named(folder: Path, pages: list[Path]) -> None:
    """No name or file in the folder holds the person; PDFs there, but for `pages` and what the
    printers got, are those of leaflets for everybody."""
    for path in folder.rglob("*"):
        held = str(path.relative_to(folder)).encode()
        if path.is_file() and path not in pages and "got" not in path.parts:
            data = path.read_bytes()
            held += data
            if data.startswith(b"%PDF"):
                held += text_of(data).encode()
        for word in PRIVATE:
            assert word.encode() not in held, path
            assert word.encode("utf-16-be") not in held, path


# Refusals, with nothing sent


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--printer", "War"], 2, 'no printer "War", did you mean "Ward"?'),
        ([], 2, "Ward (the default)"),
        (["--printer", "Ward", "--edition", "review"], 2, "not for patients"),
        (["--printer", "Ward", "--date", "2020-01-01"], 2, "--date cannot lie before today"),
        (["--printer", "Ward", "--copies", "0"], 2, "--copies"),
        (["--printer", "Desk", "--edition", "booklet"], 2, "prints on one side only"),
        (["--printer", "Desk", "--duplex", "long"], 2, "prints on one side only"),
        (["--printer", "Ward", "--edition", "booklet", "--duplex", "long"], 2, "the short edge"),
        (["--printer", "Ward", "--edition", "booklet", "--duplex", "off"], 2, "the short edge"),
        (["--printer", "Ward", "--edition", "card", "--duplex", "long"], 2, "on one side"),
    ],
)
def test_what_cannot_be_printed_is_said(
    desk: Desk, arguments: list[str], code: int, told: str
) -> None:
    done = desk.run("print", "baclofen-sleep", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert desk.room.nothing_more("Ward")
    assert desk.room.nothing_more("Desk")


def test_a_printer_of_one_side_prints_on_one_side_and_says_so(desk: Desk) -> None:
    said = desk.print("--printer", "Desk")
    assert 'warning: printer "Desk" prints on one side only' in said
    assert ", one side" in said
    assert desk.room.received("Desk").attributes["sides"] == "one-sided"


def test_a_printer_that_takes_no_jobs_is_said(desk: Desk) -> None:
    desk.room.ask("cupsreject", "Desk")
    done = desk.run("print", "baclofen-sleep", "--printer", "Desk")
    desk.room.ask("cupsaccept", "Desk")
    assert done.returncode == 3
    assert "takes no jobs now" in done.stderr
    assert desk.room.nothing_more("Desk")


def test_printers_are_listed(desk: Desk) -> None:
    done = desk.run("print")
    assert done.stdout.splitlines() == ["Colour", "Desk", "Plain", "Ward  default"]
    assert not done.returncode


def test_without_cups_it_says_what_to_do(desk: Desk) -> None:
    done = desk.run("print", CUPS_SERVER=str(desk.folder / "nothing"))
    assert (done.returncode, done.stdout) == (3, "")
    assert "CUPS is not running" in done.stderr
    (desk.folder / "empty").mkdir(exist_ok=True)
    done = desk.run("print", PATH=str(desk.folder / "empty"))
    assert done.returncode == 3
    assert "the program lpstat is missing" in done.stderr
    assert "apt-get install -y cups-client" in done.stderr


def not_printed(desk: Desk, *arguments: str) -> str:
    """What is said where the leaflet is refused, with the remedy, and nothing is sent."""
    done = desk.run("print", "baclofen-sleep", "--printer", "Ward", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "so it is not printed" in done.stderr
    assert "plainleaf approve baclofen-sleep" in done.stderr
    assert desk.room.nothing_more("Ward")
    return done.stderr


def test_a_review_that_has_run_out_prints_nothing(desk: Desk) -> None:
    assert "its review ran out on 2999-01-01" in not_printed(desk, "--date", "2999-01-02")


@pytest.mark.parametrize(
    ("line", "instead", "told"),
    [
        ("status: .*", "status: draft", "not approved"),
        ("fingerprint: .*", f"fingerprint: {'0' * 64!r}", "changed since it was approved"),
    ],
)
def test_a_leaflet_that_is_not_approved_is_not_printed(
    desk: Desk, line: str, instead: str, told: str
) -> None:
    file = desk.folder / "handouts/baclofen-sleep/handout.yaml"
    kept = file.read_text(encoding="utf-8")
    head, mark, block = kept.partition("\nreview:\n")
    changed, count = re.subn(line, instead.replace("'", '"'), block)
    assert count == 1
    file.write_text(head + mark + changed, encoding="utf-8")
    try:
        assert told in not_printed(desk)
    finally:
        file.write_text(kept, encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--language", "es"], "its translation (es) is not approved"),
        (["--language", "en+es"], "its translation (es) is not approved"),
        (["--clinic", "example"], "the clinic's own words are not approved"),
    ],
)
def test_every_part_must_be_approved(desk: Desk, options: list[str], told: str) -> None:
    done = desk.run("print", "baclofen-sleep", "--printer", "Ward", *options)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{told}, so it is not printed" in done.stderr
    assert desk.room.nothing_more("Ward")


def test_a_style_of_ones_own_must_be_approved(desk: Desk) -> None:
    mine = desk.folder / "styles" / "mine"
    shutil.copytree(ROOT / "styles" / "clear", mine)
    done = desk.run("print", "baclofen-sleep", "--printer", "Ward", "--style", "mine")
    shutil.rmtree(mine.parent)
    assert (done.returncode, done.stdout) == (1, "")
    assert "its style is not approved, so it is not printed" in done.stderr
    assert desk.room.nothing_more("Ward")


def test_one_that_fails_keeps_all_from_the_printer(desk: Desk) -> None:
    done = desk.run(
        "print", "baclofen-sleep", str(ROOT / "handouts/sertraline"), "--printer", "Ward"
    )
    assert done.returncode == 1
    assert "not approved" in done.stderr
    assert desk.room.nothing_more("Ward")


# What is asked of lp


def test_every_edition_for_patients_has_its_sides() -> None:
    for edition in set(get_args(Edition)) - {"review"}:
        order, _ = ordered(Printer("P", True), Setting(edition=edition), 1, None, False)
        assert "-t" in order.options
        assert TITLE in order.options


def test_a_printer_without_the_paper_is_refused() -> None:
    us = Printer("P", True, ("Letter", "Letter.Borderless", "Legal"))
    with pytest.raises(UsageError, match="has no A4 paper"):
        ordered(us, Setting(paper="a4"), 1, None, False)
    for names in (("A4", "A5"), ("A4.Borderless",), ("iso_a4_210x297mm",)):
        ordered(Printer("P", True, names), Setting(paper="a4"), 1, None, False)
    with pytest.raises(UsageError, match="has no Letter paper"):
        ordered(Printer("P", True, ("A4", "LetterSmall")), Setting(paper="letter"), 1, None, False)


def test_what_lpoptions_says_is_read_with_care() -> None:
    said = "printer-info='a printer-type=16' printer-is-accepting-jobs=true printer-type=4 "
    assert described("P", said, "").duplex is False
    assert described("P", "printer-info='open printer-type=16", "").duplex is None
    assert described("P", "", "").duplex is None
    assert described("P", "printer-state=5 printer-type=16", "") == Printer("P", True, stopped=True)
    assert not described("P", "printer-is-accepting-jobs=false", "").accepts


FAKES = {
    "lpstat": 'case "$1" in -r) echo "scheduler is running";; -e) echo P;; *) exit 0;; esac',
    "lpoptions": 'echo "printer-type=16"',
}


@pytest.mark.parametrize(
    ("script", "kind", "told"),
    [
        ('cat >/dev/null; echo "lp: Bad \033[31m day." >&2; exit 1', PlainleafError, r"Bad \\x1b"),
        ("cat >/dev/null; echo no id", PlainleafError, "did not take the leaflet"),
        ("exec sleep 5", MachineError, "did not answer lp within 1 seconds"),
    ],
)
def test_an_lp_that_fails_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    kind: type[PlainleafError],
    told: str,
) -> None:
    for name, body in {**FAKES, "lp": script}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(cups, "_SEND", 1)
    order, warnings = ordered(printer("P"), Setting(), 1, None, False)
    assert warnings == ()
    with pytest.raises(kind, match=told):
        send(b"%PDF", "P", order.options)


def test_a_handout_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", "--printer", "P"]) == 2
    assert "no HANDOUT is named" in capsys.readouterr().err
