"""Release, look up, withdraw: by the commands, in a library of one's own."""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plainleaf.content.ledger.mark import read_mark
from plainleaf.content.ledger.reading import Ledger, read_ledger
from plainleaf.deliver import appending
from plainleaf.deliver.offer import offered
from plainleaf.deliver.release import new_in
from plainleaf.library import Library
from plainleaf.page.codes import modules
from plainleaf.problems import ContentError
from tests.hostile.given import FILE, GOOD, Room, Said, spoilt

ROOT = Path(__file__).parents[2]
NEXT = "2999-01-01"
SHEET = re.compile(r"Still current\? Ask us: (\S+ \S+ \S+ \S+ [0-9a-f]{4} [0-9a-f]{4})")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The styles as they are now, so that no change of them comes between two commands."""
    folder = tmp_path_factory.mktemp("bundled")
    shutil.copytree(ROOT / "styles", folder / "styles")
    (folder / "handouts").mkdir()
    for file in (ROOT / "handouts").glob("markets.*"):
        shutil.copy(file, folder / "handouts")
    return folder


@pytest.fixture(autouse=True)
def still(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plainleaf.library.bundled", lambda: base)


def version(number: str, *changes: tuple[str, str]) -> str:
    return spoilt(('version: "0.1"', f'version: "{number}"'), *changes)


def approve(room: Room, text: str = GOOD) -> None:
    room.write(text)
    signed = ("--reviewer", "Ann Oe", "--role", "pharmacist", "--next", NEXT)
    assert room.run("approve", "good", *signed).code == 0


def out(room: Room) -> Said:
    """Approve what stands there, and release it."""
    approve(room)
    done = room.run("release", "good")
    assert done.code == 0, done.err
    return done


def printed(room: Room, *options: str) -> str:
    """What a print says of itself."""
    file = room.folder / "out" / "page.html"
    done = room.run("render", "good", "--format", "html", "-o", str(file), *options)
    assert done.code == 0, done.err
    text = re.sub(r"<[^>]+>", "", file.read_text(encoding="utf-8"))
    found = SHEET.search(re.sub("[\u2066-\u2069]", "", text))
    assert found
    return found[1]


def lines(room: Room) -> list[str]:
    return (room.folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()


def state(room: Room, *mark: str) -> str:
    """What the first line of `status` says, and that the exit code says the same."""
    done = room.run("status", *mark)
    first = done.out.splitlines()[0].split("  ")[1]
    assert done.code == int(first != "current"), done.out
    return first


# Release


def test_a_draft_is_not_released(room: Room) -> None:
    done = room.run("release", "good")
    assert (done.code, done.out) == (1, "")
    assert f"{FILE}:" in done.errors[0]
    assert "only what is approved can be released: Draft, written" in done.errors[0]
    assert "plainleaf approve" in done.err
    assert not (room.folder / "ledger.jsonl").exists()


def test_what_is_approved_is_released_once(room: Room) -> None:
    assert out(room).out.startswith("ledger.jsonl  good 0.1  released in en: ")
    before = lines(room)
    assert len(before) == 1
    again = room.run("release", "good")
    assert again.code == 0
    assert again.out == "ledger.jsonl  good 0.1  released already, nothing is new\n"
    assert lines(room) == before


def test_every_edition_and_style_has_a_fingerprint_of_its_own(room: Room) -> None:
    out(room)
    (copies,) = json.loads(lines(room)[0])["copies"]
    prints = copies["prints"]
    assert {"standard/clear", "large-print/clear", "booklet/clear"} <= set(prints)
    assert len(set(prints.values())) == len(prints)
    assert not any(name.startswith("review") for name in prints)
    assert read_mark(printed(room)).fingerprint == prints["standard/clear"]
    assert read_mark(printed(room, "--market", "us")).fingerprint == prints["standard/clear"]


def test_other_content_needs_another_version(room: Room) -> None:
    out(room)
    approve(room, spoilt(("title: Sleeping better", "title: Sleep well")))
    done = room.run("release", "good")
    assert done.code == 1
    assert "version 0.1 of good was released on" in done.err
    assert "with other content" in done.err
    assert "Raise the version" in done.err
    approve(room, version("0.2"))
    assert room.run("release", "good").code == 0
    approve(room, GOOD)
    done = room.run("release", "good")
    assert "version 0.2 of good was released before this one" in done.err
    assert len(lines(room)) == 2


def test_only_a_library_of_ones_own_has_a_ledger(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out(room)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    inside = ROOT / "plainleaf" / "page"
    for folder in (elsewhere, inside):
        monkeypatch.chdir(folder)
        for command in (["release", "good"], ["withdraw", "good", "--reason", "x"]):
            done = room.run(*command)
            assert (done.code, done.out) == (2, "")
            assert "this folder is no library of your own" in done.err
        assert not (folder / "ledger.jsonl").exists()


def test_the_installed_program_is_nobodys_library(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ROOT / "plainleaf" / "bundled"
    assert Library((ROOT,)).own(ROOT) == ROOT
    with pytest.raises(Exception, match="no library of your own"):
        Library((package,)).own(package)


def test_a_translation_is_released_when_it_is_approved(room: Room) -> None:
    out(room)
    assert room.run("wording", "good", "--language", "es").code == 0
    done = room.run("release", "good")
    assert done.code == 0
    assert "es is not released" in done.err
    assert room.run("release", "good", "--language", "es").code == 1
    assert room.run("release", "good", "--language", "xx").code == 2
    assert len(lines(room)) == 1


def test_a_clinics_copies_are_released_when_its_words_are_approved(room: Room) -> None:
    clinic = room.folder / "clinics" / "north"
    shutil.copytree(ROOT / "clinics" / "example", clinic)
    for path in clinic.glob("*.po"):
        path.unlink()
    text = (clinic / "clinic.yaml").read_text(encoding="utf-8").replace("id: example", "id: north")
    text = re.sub(r"^example: yes$", "example: no", text, flags=re.MULTILINE)
    (clinic / "clinic.yaml").write_text(text, encoding="utf-8")
    out(room)
    done = room.run("release", "good", "--clinic", "north", "--language", "en")
    assert done.code == 1
    assert "nobody has approved the clinic's words" in done.err
    from plainleaf.adapted import place_of

    signs = place_of(Library.here(room.folder), "north").fingerprint()
    (clinic / "review.yaml").write_text(
        "status: approved\nwriter: Bo Ek\nreviewer: Ann Oe\nrole: pharmacist\n"
        f"date: 2026-11-22\nnext: 2998-01-01\nfingerprint: {signs}\n"
    )
    assert room.run("release", "good", "--clinic", "north", "--language", "en").code == 0
    (copies,) = json.loads(lines(room)[1])["copies"]
    assert (copies["clinic"], copies["until"]) == ("north", "2998-01-01")
    theirs, ours = printed(room, "--clinic", "north"), printed(room)
    assert theirs != ours
    assert state(room, theirs) == state(room, ours) == "current"


def test_an_approved_translation_is_released_alone_and_beside_english(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole library of one's own, with the bundled handout and its translations in it."""
    for folder in ("handouts", "styles"):
        shutil.copytree(ROOT / folder, room.folder / folder, dirs_exist_ok=True)
    monkeypatch.setattr("plainleaf.library.bundled", lambda: room.folder)
    beside = room.folder / "handouts" / "baclofen-sleep"
    phrases = room.folder / "styles" / "phrases" / "es.po"
    for file in (beside / "es.po", phrases, room.folder / "handouts" / "markets.es.po"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("# DOUBLE-CHECK")]
        file.write_text("".join(kept), encoding="utf-8")
    sign = ["approve", "baclofen-sleep", "--reviewer", "Ann Oe", "--role", "pharmacist"]
    assert room.run(*sign, "--next", NEXT).code == 0
    done = room.run(*sign, "--next", "2998-01-01", "--language", "es")
    assert done.code == 0, done.err
    done = room.run("release", "baclofen-sleep")
    assert done.code == 0
    assert "released in en, es, es+en: " in done.out
    assert "review by 2998-01-01" in done.out
    assert "ar is not released: nobody has approved this translation" in done.err
    held = json.loads((room.folder / "ledger.jsonl").read_text(encoding="utf-8"))["copies"]
    signs = {each["language"]: each["prints"]["standard/clear"] for each in held}
    assert len(set(signs.values())) == 3
    file = room.folder / "out" / "es.html"
    for code in ("es", "es+en"):
        options = ["--language", code, "--format", "html", "-o", str(file)]
        assert room.run("render", "baclofen-sleep", *options).code == 0
        page = re.sub("[\u2066-\u2069]", "", file.read_text(encoding="utf-8"))
        name = f"{code} standard {signs[code][:4]} {signs[code][4:]}"
        assert f"baclofen-sleep 0.1 {name}" in re.sub(r"<[^>]+>", "", page)
        assert state(room, f"baclofen-sleep 0.1 {name}") == "current"
    reading = room.run("status", signs["es"], "--date", "2998-06-01")
    assert "current, but past its review date" in reading.out


def test_a_style_of_ones_own_is_released_when_it_is_approved(room: Room) -> None:
    from plainleaf.page.worn import look_of

    own = room.folder / "styles" / "ours"
    shutil.copytree(ROOT / "styles" / "clear", own)
    approve(room)
    done = room.run("release", "good")
    assert done.code == 0
    assert "style ours is not released: nobody has approved this style" in done.err
    assert "standard/ours" not in lines(room)[0]
    signs = look_of(Library.here(room.folder), "ours").print
    (own / "review.yaml").write_text(
        "status: approved\nwriter: Bo Ek\nreviewer: Ann Oe\nrole: pharmacist\n"
        f"date: 2026-11-22\nnext: 2998-01-01\nfingerprint: {signs}\n"
    )
    assert room.run("release", "good").code == 0
    assert "standard/ours" in lines(room)[1]
    assert state(room, printed(room, "--style", "ours")) == "current"
    with (own / "1-page.css").open("a") as sheet:
        sheet.write("\n")
    assert state(room, printed(room, "--style", "ours")) == "unknown"


# Status


def test_a_print_is_current_until_a_new_version_is_released(room: Room) -> None:
    out(room)
    mark = printed(room)
    for way in (mark, read_mark(mark).fingerprint, read_mark(mark).short, read_mark(mark).code):
        assert state(room, way) == "current"
    assert state(room, *mark.split()) == "current"
    change = ("      - {cut: 5, days: 7}", "      - {cut: 5, days: 14}")
    approve(room, version("0.2", change))
    assert state(room, mark) == "current"  # nobody gave out the new one yet
    assert room.run("release", "good").code == 0
    assert state(room, mark) == "superseded"
    done = room.run("status", mark)
    assert "Version 0.2 took its place on" in done.out
    assert "changed in doses, paces.slow: was " in done.out
    assert "cut 5, 14 days" in done.out
    assert state(room, printed(room)) == "current"


def test_a_print_past_its_review_is_told(room: Room) -> None:
    out(room)
    mark = printed(room)
    done = room.run("status", mark, "--date", "2999-01-02")
    assert done.code == 1
    assert "current, but past its review date" in done.out
    assert room.run("status", mark, "--date", NEXT).code == 0


def test_an_unknown_print_is_no_current_one(room: Room) -> None:
    mark = printed(room)
    assert state(room, mark) == "unknown"
    assert "There is no ledger in" in room.run("status", mark).out
    assert room.run("status", "xyz").code == 2


def test_status_for_other_programs(room: Room) -> None:
    out(room)
    mark = printed(room)
    done = room.run("status", mark, "--format", "json")
    (found,) = json.loads(done.out)
    assert (found["state"], found["handout"], found["version"]) == ("current", "good", "0.1")
    assert (found["edition"], found["style"], found["review_by"]) == ("standard", "clear", NEXT)
    assert (found["withdrawn"], found["superseded_by"], found["changes"]) == (None, None, [])
    page = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    assert [key for key in found if f"`{key}`" not in page] == []


def test_a_ledger_says_nothing_to_a_terminal_but_words(room: Room) -> None:
    out(room)
    mark = printed(room)
    done = room.run("withdraw", "good", "--reason", "a\x1b[2Jb")
    assert done.code == 2
    assert "\x1b" not in room.run("status", mark).out


# Withdraw


def withdraw(room: Room, *options: str) -> Said:
    return room.run("withdraw", "good", "--reason", "The dose was wrong.", *options)


def test_a_withdrawn_version_is_never_printed_again(room: Room) -> None:
    out(room)
    mark = printed(room)
    done = withdraw(room)
    assert done.code == 0
    assert "good 0.1 and every version before it withdrawn: The dose was wrong." in done.out
    assert state(room, mark) == "withdrawn"
    commands = (
        ["render", "good"],
        ["render", "good", "--draft"],
        ["render", "good", "--edition", "review"],
        ["render", "good", "--format", "html"],
        ["render", FILE],
        ["check", "good"],
        ["check", "good", "--content"],
        ["taper", "good", "--dose", "20 mg/day", "--pace", "slow", "--forms", "tablet-10mg"],
        ["release", "good"],
    )
    for command in commands:
        done = room.run(*command)
        assert (done.code, done.out) == (1, ""), command
        (error,) = done.errors
        assert error.startswith(f"{FILE}:4:10: error: version 0.1 of good was withdrawn on ")
        assert error.endswith(": The dose was wrong.")
        assert "raise its version" in done.err
    assert room.unhurt() or (room.old.parent / "page.html").exists()
    assert withdraw(room).out == "ledger.jsonl  good: withdrawn already, nothing is new\n"
    assert len(lines(room)) == 2


def test_no_other_folder_gets_round_a_withdrawal(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out(room)
    withdraw(room)
    elsewhere = tmp_path.with_name(f"{tmp_path.name}-elsewhere")
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    done = room.run("render", str(room.file))
    assert done.code == 1
    assert "was withdrawn on" in done.err


def test_a_newer_version_prints_when_it_is_released(room: Room) -> None:
    out(room)
    withdraw(room)
    room.write(version("0.2"))
    printed(room)  # a draft says so on every page
    approve(room, version("0.2"))
    done = room.render("--format", "html")
    assert done.code == 1
    assert "version 0.1 of good was withdrawn, and this one is not released" in done.err
    assert "plainleaf release good" in done.err
    assert room.run("check", "good", "--content").code == 1
    printed(room, "--draft")
    assert room.run("release", "good").code == 0
    assert state(room, printed(room)) == "current"
    assert room.run("check", "good", "--content").code == 0


def test_withdrawing_works_when_the_handout_is_gone_or_broken(room: Room) -> None:
    out(room)
    room.write("id: [good\n")
    assert withdraw(room).code == 0
    shutil.rmtree(room.file.parent)
    assert withdraw(room, "--version", "0.1").out.endswith("nothing is new\n")
    assert room.run("withdraw", "god", "--reason", "x").code == 2


def test_what_was_never_released_can_be_withdrawn_too(room: Room) -> None:
    assert withdraw(room).code == 0
    assert room.render().code == 1


def test_the_version_that_was_given_out_is_the_one_withdrawn(room: Room) -> None:
    out(room)
    room.write(version("0.2"))
    assert "good 0.1 and every version" in withdraw(room).out
    printed(room)


@pytest.mark.parametrize("options", [["--version", "9.9"], ["--version", "0.10"]])
def test_a_version_that_there_is_not_is_refused(room: Room, options: list[str]) -> None:
    out(room)
    done = withdraw(room, *options)
    assert done.code == 1
    assert f'there is no version "{options[1]}" of good' in done.err
    assert "0.1" in done.err


@pytest.mark.parametrize("reason", ["", " ", "a\nb", "x" * 301, "\u202etxt"])
def test_a_reason_is_one_line(room: Room, reason: str) -> None:
    done = room.run("withdraw", "good", "--reason", reason)
    assert done.code == 2
    assert "--reason should be one line" in done.err
    assert withdraw(room, "--version", "new").code == 2


# A ledger that was changed, and many hands


def test_a_changed_ledger_stops_everything(room: Room) -> None:
    out(room)
    mark = printed(room)
    path = room.folder / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"version":"0.1"', b'"version":"0.3"'))
    kept = path.read_bytes()
    for command in (
        ["status", mark],
        ["release", "good"],
        ["withdraw", "good", "--reason", "x"],
        ["render", "good"],
        ["check", "good", "--content"],
    ):
        done = room.run(*command)
        assert done.code == 1, command
        assert "ledger.jsonl:1:1: error: this line of the ledger has been changed" in done.err
        assert "Put back the last good copy" in done.err
    assert path.read_bytes() == kept


def test_a_link_is_never_written_through(room: Room, tmp_path: Path) -> None:
    approve(room)
    other = tmp_path / "somebody-elses"
    other.write_bytes(b"")
    (room.folder / "ledger.jsonl").symlink_to(other)
    done = room.run("release", "good")
    assert done.code == 1
    assert "the ledger is no plain file" in done.err
    assert other.read_bytes() == b""


MANY = """
import sys, datetime
from pathlib import Path
from plainleaf.content.ledger.entries import Withdrawal
from plainleaf.deliver.appending import append
day = datetime.date(2026, 11, 22)
for number in range(50):
    entry = Withdrawal(date=day, handout=sys.argv[1], version=f"0.{number}", reason="a race")
    append(Path("ledger.jsonl"), "ledger.jsonl", lambda ledger: entry)
"""


def test_two_can_append_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    command = [sys.executable, "-c", MANY]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    running = [subprocess.Popen([*command, name], env=environment) for name in ("one", "other")]
    assert [process.wait() for process in running] == [0, 0]
    found = read_ledger(tmp_path / "ledger.jsonl", "ledger.jsonl")
    for name in ("one", "other"):
        versions = [entry.version for entry in found.entries if entry.handout == name]
        assert versions == [f"0.{number}" for number in range(50)]


def test_a_writer_waits_and_then_says_so(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    out(room)
    monkeypatch.setattr(appending, "PATIENCE", 2)
    with (room.folder / "ledger.jsonl").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        done = withdraw(room)
    assert done.code == 1
    assert "another program is writing the ledger" in done.err
    assert withdraw(room).code == 0


def test_a_full_disk_leaves_the_ledger_as_it_was(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    out(room)
    before, write = lines(room), os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:20]))
    done = withdraw(room)
    assert done.code == 1
    assert "the ledger cannot be written: no room is left" in done.err
    monkeypatch.undo()
    assert lines(room) == before


def test_nothing_of_a_refused_release_stays(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"

    def refuse(ledger: Ledger) -> None:
        assert ledger.entries == ()
        raise ContentError(())

    with pytest.raises(ContentError):
        appending.append(path, "ledger.jsonl", refuse)
    assert list(tmp_path.iterdir()) == []


def test_a_release_that_came_in_between_is_seen(room: Room) -> None:
    """What `new_in` decides, it decides on the ledger as it stands under the lock."""
    approve(room)
    day = datetime.date(2026, 11, 22)
    library = Library.here(room.folder)
    found = offered("good", library, day).release
    path = room.folder / "ledger.jsonl"
    assert appending.append(path, "x", lambda ledger: new_in(ledger, found)) is not None
    assert appending.append(path, "x", lambda ledger: new_in(ledger, found)) is None


# The code on the page


def test_the_code_on_the_page_is_that_of_the_print(room: Room) -> None:
    mark = read_mark(printed(room))
    page = (room.folder / "out" / "page.html").read_text(encoding="utf-8")
    (code,) = re.findall(r'<svg[^>]*class="qr".*?</svg>', page, re.DOTALL)
    assert f"<title>A code that says: {mark.text}</title>" in code
    assert _drawn(code) == modules(mark.code)


def test_a_patients_copy_says_the_same_as_the_leaflet(room: Room) -> None:
    """Its mark comes from what everybody gets: nothing of the person goes into it."""
    patient = room.folder / "who.yaml"
    patient.write_text(
        "handout: good\nname: Quilla Testperson\ndose: 20 mg/day\npace: slow\n"
        "forms: [tablet-10mg]\nstart: 2999-01-07\n"
    )
    out(room)
    signed = printed(room)
    folder = room.folder / "copies"
    done = room.run("render", "good", "--patient", str(patient), "--format", "html", "-o", "copies")
    assert done.code == 0, done.err
    (file,) = folder.iterdir()
    page = file.read_text(encoding="utf-8")
    assert "Quilla Testperson" in page
    (code,) = re.findall(r'<svg[^>]*class="qr".*?</svg>', page, re.DOTALL)
    mark = read_mark(signed)
    assert _drawn(code) == modules(mark.code)
    assert mark.short in re.sub(r"<[^>]+>", "", page.partition('class="prints"')[2])
    assert "Quilla" not in (room.folder / "ledger.jsonl").read_text(encoding="utf-8")


def test_the_code_on_the_printed_page_can_be_read(room: Room) -> None:
    """Read from the paper: the page as a picture, at the resolution of an old office laser."""
    import pypdfium2

    mark = read_mark(printed(room))
    assert room.render("-o", "page.pdf").code == 0
    pdf = pypdfium2.PdfDocument(room.folder / "page.pdf")
    rows = modules(mark.code)
    pictures = [page.render(scale=300 / 72).to_pil().convert("L") for page in pdf]
    pdf.close()
    assert any(_found(picture, rows) for picture in pictures)


def _drawn(svg: str) -> tuple[tuple[bool, ...], ...]:
    """The modules that the path of a code draws, without its quiet zone."""
    side = int(re.findall(r'viewBox="0 0 (\d+) ', svg)[0])
    dark = {
        (int(y), int(x) + step)
        for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg)
        for step in range(int(run))
    }
    inner = range(4, side - 4)
    return tuple(tuple((y, x) in dark for x in inner) for y in inner)


def _found(picture: object, rows: tuple[tuple[bool, ...], ...]) -> bool:
    """Whether the code stands somewhere on the page: its three finders first, then every module."""
    from PIL import Image

    assert isinstance(picture, Image.Image)
    step = 15 / (len(rows) + 8) * 300 / 25.4  # pixels a module
    pixels = picture.load()
    assert pixels is not None
    width, height = picture.size
    reach = int(step * len(rows))

    def dark(x: float, y: float) -> bool:
        value = pixels[int(x), int(y)]
        assert isinstance(value, int)
        return value < 128

    def at(left: int, top: int) -> bool:
        return all(
            dark(left + (x + 0.5) * step, top + (y + 0.5) * step) is cell
            for y, row in enumerate(rows)
            for x, cell in enumerate(row)
        )

    return any(
        at(left, top)
        for top in range(0, height - reach - 1, 2)
        for left in range(0, min(width, width // 3) - reach - 1, 2)
        if dark(left + step / 2, top + step / 2) and not dark(left + 1.5 * step, top + 1.5 * step)
    )
