"""A person approves a leaflet, and it is one until anything changes."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest

from plainleaf.library import Library
from plainleaf.page import typeset
from plainleaf.page.screen import POLICY
from plainleaf.page.setting import Setting
from plainleaf.page.standing import standing
from plainleaf.problems import ContentError
from plainleaf.ready import Checked, checked
from tests.hostile.given import FILE, GOOD, OLD, SMALL, Room, Said, spoilt

NEXT = "2099-01-01"
DRAFT = '<p class="draft-banner">'


def sign(room: Room) -> Said:
    return room.run(
        "approve", "good", "--reviewer", "Ann Oe", "--role", "pharmacist", "--next", NEXT
    )


def html(room: Room, *options: str) -> str:
    """The leaflet as HTML, printed today."""
    done = room.run("render", "good", "--format", "html", "-o", "new", *options)
    assert done.code == 0, done.err
    return (room.folder / "new" / "good.en.html").read_text(encoding="utf-8")


def pdf_says(room: Room, monkeypatch: pytest.MonkeyPatch, *options: str) -> list[str]:
    """What each PDF was asked to say behind every page."""
    asked: list[str] = []
    real = typeset.typeset

    def watched(page: str, *, draft: str = "", **more: object) -> bytes:
        asked.append(draft)
        return real(page, draft=draft, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(typeset, "typeset", watched)
    done = room.run("render", "good", *options)
    assert done.code == 0, done.err
    return asked


def test_a_draft_says_so(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.write(SMALL)
    assert DRAFT in html(room)
    assert pdf_says(room, monkeypatch) == ["DRAFT"]


def test_an_approved_leaflet_says_who_and_until_when(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.write(SMALL)
    done = sign(room)
    assert (done.code, done.err) == (0, "")
    today = datetime.date.today()
    said = rf"{FILE}  approved by Ann Oe, pharmacist, until {NEXT}  fingerprint \w{{4}} \w{{4}}\n"
    assert re.fullmatch(said, done.out)
    page = html(room)
    assert DRAFT not in page
    assert "by Ann Oe, pharmacist" in page
    assert f"Reviewed {today.day} " in page
    assert "Review by 1 January 2099" in page
    assert pdf_says(room, monkeypatch) == [""]
    assert room.old.read_bytes() != OLD


def test_the_fingerprint_holds(room: Room) -> None:
    shown = re.findall(r"fingerprint (\w{4} \w{4})", sign(room).out)
    assert shown
    page = html(room)
    assert "Reviewed 22 November 2026" in page and "DRAFT" not in page
    done = room.run("check", "good", "--content")
    assert (done.code, done.out) == (0, "")
    assert "DRAFT" not in done.err


def test_approval_writes_the_block_alone(room: Room) -> None:
    assert sign(room).code == 0
    written = room.file.read_text(encoding="utf-8")
    before, block = written.split("review:\n")
    assert before == GOOD.split("review:\n")[0]
    lines = [line.split(": ") for line in block.splitlines()]
    assert [key.strip() for key, _ in lines] == [
        "status", "reviewer", "role", "date", "next", "fingerprint",
    ]  # fmt: skip
    values = dict((key.strip(), value) for key, value in lines)
    assert values["status"] == "approved"
    assert re.fullmatch("[0-9a-f]{64}", values["fingerprint"])


def test_signing_twice_changes_nothing_more(room: Room) -> None:
    assert sign(room).code == 0
    once = room.file.read_bytes()
    assert sign(room).code == 0
    assert room.file.read_bytes() == once


CHANGES = {
    "words": ("lead: Keep a time.", "lead: Keep your time."),
    "a number": ("value: 1162", "value: 1163"),
    "a forged fingerprint": ("fingerprint: ", "fingerprint: 0"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_makes_it_a_draft_again(
    room: Room, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    room.write(SMALL)
    assert sign(room).code == 0
    room.write(spoilt(CHANGES[change], text=room.file.read_text(encoding="utf-8")))
    assert "Draft: changed since its review" in html(room)
    assert pdf_says(room, monkeypatch) == ["DRAFT"]
    done = room.run("check", "good", "--content")
    assert done.code == 0
    assert "the leaflet was changed after its review: DRAFT is printed" in done.err


def test_wording_of_a_country_makes_it_a_draft_again(room: Room) -> None:
    assert sign(room).code == 0
    markets = Path(__file__).parents[1] / "handouts" / "markets.yaml"
    own = room.file.parents[1] / "markets.yaml"
    own.write_bytes(markets.read_bytes())
    assert DRAFT not in html(room)
    own.write_bytes(markets.read_bytes().replace(b"NHS 111", b"NHS 112"))
    assert "Draft: changed since its review" in html(room)


def test_after_its_day_it_is_a_draft(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.write(SMALL)
    assert sign(room).code == 0
    assert DRAFT not in html(room, "--date", NEXT)
    assert "its review ran out on 1 January 2099" in html(room, "--date", "2099-01-02")
    assert pdf_says(room, monkeypatch, "--date", "2099-01-02") == ["DRAFT"]


def test_a_draft_may_be_asked_for(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.write(SMALL)
    assert sign(room).code == 0
    assert "Draft, printed on request" in html(room, "--draft")
    assert pdf_says(room, monkeypatch, "--draft") == ["DRAFT"]


def test_what_is_wrong_is_not_approved(room: Room) -> None:
    room.write(spoilt(("{study-people}", "{study-peple}")))
    before = room.file.read_bytes()
    done = sign(room)
    assert (done.code, done.out) == (1, "")
    assert "there is no fact" in done.err
    assert room.file.read_bytes() == before


def ready(room: Room) -> tuple[Checked, Library]:
    library = Library.here(room.folder)
    return checked("good", library, datetime.date(2026, 11, 22)), library


def test_what_was_checked_is_handed_on(room: Room) -> None:
    found, library = ready(room)
    assert found.loaded.model.id == "good"
    assert found.loaded.document.data == GOOD.encode()
    assert found.said.markets == library.markets()
    assert "review-unsigned" in [problem.rule for problem in found.problems]
    print_now = found.standing.fingerprint
    assert found.standing == standing(
        found.loaded.model, print_now, datetime.date(2026, 11, 22), found.said.voice
    )


def test_an_approved_copy_that_says_draft_is_no_copy(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plainleaf.leaflet import make

    room.write(SMALL)
    found, library = ready(room)
    real = typeset.typeset

    def stamped(page: str, *, draft: str = "", **more: object) -> bytes:
        return real(page, draft="" if draft else "DRAFT", **more)  # type: ignore[arg-type]

    monkeypatch.setattr(typeset, "typeset", stamped)
    with pytest.raises(ContentError, match=r"DRAFT is not on page 1 of a draft"):
        make(found, library, Setting())
    approved = replace(found, standing=replace(found.standing, approved=True))
    with pytest.raises(ContentError, match="page 1 of an approved copy says DRAFT"):
        make(approved, library, Setting())


def test_the_html_form_needs_nothing_beside_it(room: Room) -> None:
    page = html(room)
    assert page.count(POLICY) == 1
    page = page.replace(POLICY, "")  # it names what may be loaded: nothing
    addresses = re.findall(r"""(?:src|url\(|@import)\s*=?\s*["']?([^"')\s>]+)""", page)
    assert addresses
    assert all(address.startswith("data:") for address in addresses)
    assert "<link" not in page
    assert "<script" not in page
