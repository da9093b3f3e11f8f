"""A ledger tells what a print is worth, and notices when a line of it was changed."""

from __future__ import annotations

import datetime
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.content.ledger.changes import Change, changes, said_of, words_of
from plainleaf.content.ledger.entries import (
    FIRST,
    Copies,
    Release,
    Withdrawal,
    canonical,
    order,
    seal_of,
    sealed,
)
from plainleaf.content.ledger.mark import Mark, read_mark
from plainleaf.content.ledger.reading import (
    LONGEST_LINE,
    MOST_BYTES,
    Ledger,
    parse_ledger,
    read_ledger,
)
from plainleaf.content.ledger.status import Status, status
from plainleaf.content.load import load_handout, load_markets
from plainleaf.content.model import Handout
from plainleaf.problems import ContentError, UsageError
from tests.hostile.given import spoilt

ROOT = Path(__file__).parents[2]
MARKETS = load_markets(ROOT / "handouts" / "markets.yaml").model
DAY, NEXT = datetime.date(2026, 11, 22), datetime.date(2027, 11, 22)
LATER = datetime.date(2027, 1, 5)
NAMED = {"handout": "good", "version": "0.1", "language": "en", "edition": "standard"}
MARK = Mark("3f2a9c01", **NAMED)
SAID: Any = {"doses": {"paces.slow": "cut 5"}, "red-flags": {"fit": "A fit"}, "taper": {}}


def copies(signs: str = "3f2a9c01", **more: Any) -> Copies:
    held = {"until": NEXT, "content": "a" * 64, "prints": {"standard/clear": signs}}
    words = dict.fromkeys(("doses", "red-flags", "taper"), "c" * 64)
    return Copies(**{"language": "en", "words": words, **held, **more})


def release(version: str = "0.1", *each: Copies, date: datetime.date = DAY, **more: Any) -> Release:
    held = {"content": "b" * 64, "said": SAID, "copies": each or (copies(),), **more}
    return Release(date=date, handout="good", version=version, **held)


def withdrawal(version: str = "0.1") -> Withdrawal:
    return Withdrawal(date=LATER, handout="good", version=version, reason="a wrong dose")


def written(*entries: Release | Withdrawal) -> bytes:
    """The bytes of a ledger with these entries."""
    lines, seal = [], FIRST
    for entry in entries:
        line, seal = sealed(entry, seal)
        lines.append(line)
    return b"".join(lines)


def ledger(*entries: Release | Withdrawal) -> Ledger:
    return parse_ledger(written(*entries), "ledger.jsonl")


def look(*entries: Release | Withdrawal, mark: Mark = MARK, today: datetime.date = DAY) -> Status:
    """The one print that is found."""
    (found,) = status(ledger(*entries), mark, today)
    return found


# What a print says of itself


def test_a_mark_is_read_back_from_its_words_and_from_its_code() -> None:
    assert MARK.text == "good 0.1 en standard 3f2a 9c01"
    assert MARK.code == "PLAINLEAF 1 GOOD 0.1 EN STANDARD 3F2A9C01"
    assert read_mark(MARK.text) == read_mark(MARK.code) == MARK


def test_a_code_has_only_signs_that_make_a_small_one() -> None:
    mark = Mark("3f2a9c01", "a-leaflet", "0.10.2", "es+en", "large-print-simple")
    assert re.fullmatch(r"[0-9A-Z $%*+./:-]+", mark.code)
    assert read_mark(mark.code) == mark


@pytest.mark.parametrize("text", ["3f2a9c01", "3F2A 9C01", " 3f2a-9c01\n", "3F2a9C01"])
def test_a_fingerprint_is_read_however_it_is_typed(text: str) -> None:
    assert read_mark(text) == Mark("3f2a9c01")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3f2a9c0",
        "3f2a9c012",
        "3f2a9g01",
        "PLAINLEAF 2 GOOD 0.1 EN STANDARD 3F2A9C01",
        "٣f2a9c01",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no fingerprint"):
        read_mark(text)


# Lines and their seals


def test_what_is_written_is_read() -> None:
    entries = release(), withdrawal(), release("0.2")
    found = ledger(*entries)
    assert [each.model_copy(update={"before": FIRST}) for each in found.entries] == list(entries)
    assert found.entries[1].before == sealed(entries[0], FIRST)[1]
    assert ledger().entries == ()


def refused(data: bytes, line: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_ledger(data, "ledger.jsonl")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("ledger.jsonl", line)
    assert said in problem.message
    assert problem.hint


def test_a_changed_letter_is_noticed_wherever_it_stands() -> None:
    data = written(release(), withdrawal())
    first = data.index(b"\n")
    for at in [*range(0, first, 97), first + 20, data.index(b"wrong"), len(data) - 10]:
        changed = bytearray(data)
        changed[at] = changed[at] ^ 1
        line = 1 + data[:at].count(b"\n")
        with pytest.raises(ContentError) as caught:
            parse_ledger(bytes(changed), "ledger.jsonl")
        assert caught.value.problems[0].line == line


def test_a_line_that_is_gone_or_moved_or_put_in_is_noticed() -> None:
    one, two, three = written(release(), withdrawal(), release("0.2")).splitlines(keepends=True)
    said = "a line of the ledger before this one is gone, changed, or new"
    refused(one + three, 2, said)
    refused(two + three, 1, said)
    refused(two + one + three, 1, said)
    refused(one + one + two + three, 2, said)


def test_a_changed_line_with_a_new_seal_breaks_the_chain_behind_it() -> None:
    one, two = written(withdrawal(), release("0.2")).splitlines(keepends=True)
    held = json.loads(one)
    del held["seal"]
    held["reason"] = "no reason at all"
    forged = canonical(held | {"seal": seal_of(held)}) + b"\n"
    assert len(parse_ledger(forged, "x").entries) == 1
    refused(forged + two, 2, "before this one")


def test_a_line_that_breaks_off_is_told() -> None:
    data = written(release(), withdrawal())
    refused(data[:-1], 2, "the ledger breaks off in this line")
    refused(data[:-40], 2, "the ledger breaks off in this line")


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"\xff\xfe",
        b'{"seal":1}',
        b'{"seal":"x","seal":"x"}',
        b'{"seal":"x","a":NaN}',
        b'{"seal":"\\ud800"}',
        b"[" * 100_000,
        b'{"seal":"x","a":' + b"9" * 10_000 + b"}",
        b'{"seal":"' + b"x" * LONGEST_LINE + b'"}',
    ],
    ids=range(12),
)
def test_a_line_that_is_no_entry_is_told(line: bytes) -> None:
    refused(written(release()) + line + b"\n", 2, "this line is no entry of a ledger")


def test_the_same_words_written_in_another_way_are_noticed() -> None:
    (line,) = written(withdrawal()).splitlines()
    refused(json.dumps(json.loads(line)).encode() + b"\n", 1, "has been changed")


@pytest.mark.parametrize("change", [{"kind": "party"}, {"more": 1}, {"version": "new"}])
def test_a_sealed_line_of_another_kind_is_told(change: dict[str, Any]) -> None:
    held = withdrawal().model_dump(mode="json") | change
    refused(canonical(held | {"seal": seal_of(held)}) + b"\n", 1, "holds something unknown")


def test_a_huge_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES * 100)
    with pytest.raises(ContentError, match="larger than 50,000,000 bytes"):
        read_ledger(path, "ledger.jsonl")


def test_a_ledger_that_is_no_file_is_refused(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(written(release()))
    (tmp_path / "link").symlink_to(there)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "dangling", "folder", "pipe"):
        with pytest.raises(ContentError, match="the ledger is no plain file"):
            read_ledger(tmp_path / name, name)
    assert read_ledger(tmp_path / "nothing", "nothing") == Ledger("nothing")


@given(st.lists(st.integers(0, 10**30), min_size=2, max_size=3))
def test_versions_are_in_the_order_of_their_numbers(numbers: list[int]) -> None:
    one, other = ".".join(map(str, numbers)), ".".join(map(str, [*numbers[:-1], numbers[-1] + 1]))
    assert order(one) < order(other)
    assert order("0.9") < order("0.10")
    assert order("1.0") == order("1.0.0") == order("01.0")
    assert order("9" * 9000 + ".0") < order("1" + "0" * 9000 + ".0")


# What a print is worth


def test_the_last_release_is_current() -> None:
    found = look(release())
    assert (found.state, found.past_review, found.holds) == ("current", False, True)
    assert (found.mark, found.style, found.released, found.until) == (MARK, "clear", DAY, NEXT)


def test_a_print_past_its_review_does_not_hold() -> None:
    assert look(release(), today=NEXT).holds
    found = look(release(), today=NEXT + datetime.timedelta(days=1))
    assert (found.state, found.past_review, found.holds) == ("current", True, False)


def test_a_newer_version_supersedes_and_says_what_changed() -> None:
    said = {
        "doses": {"paces.slow": "cut 10"},
        "red-flags": {},
        "taper": {"tapering.lead": "Never all at once."},
    }
    new = release("0.2", copies("00000000"), date=LATER, said=said)
    found = look(release(), new)
    assert (found.state, found.holds) == ("superseded", False)
    assert found.by is not None
    assert (found.by.version, found.by.date) == ("0.2", LATER)
    assert found.changes == (
        Change("doses", "changed", "paces.slow", "cut 5", "cut 10"),
        Change("red-flags", "removed", "fit", before="A fit"),
        Change("taper", "added", "tapering.lead", after="Never all at once."),
    )


def test_a_version_that_is_not_in_the_language_supersedes_all_the_same() -> None:
    mark = Mark("3f2a9c01", **(NAMED | {"language": "es"}))
    old = look(release("0.1", copies(language="es")), release("0.2", copies("00000000")), mark=mark)
    assert (old.state, old.in_this_language) == ("superseded", False)
    both = release("0.2", copies("00000000", language="es"))
    assert look(release("0.1", copies(language="es")), both, mark=mark).in_this_language


def test_new_words_of_a_translation_supersede_its_earlier_print() -> None:
    words = {"doses": "c" * 64, "red-flags": "d" * 64, "taper": "c" * 64}
    again = release("0.1", copies("00000000", words=words), date=LATER)
    other = release("0.1", copies("11111111", language="es"))
    found = look(release(), other, again)
    assert (found.state, found.same_version, found.reworded) == ("superseded", True, ("red-flags",))
    assert look(release(), other).state == "current"
    assert look(release(), release("0.1", copies("00000000", clinic="north"))).state == "current"


def test_a_longer_review_of_the_same_words_counts() -> None:
    longer = datetime.date(2028, 11, 22)
    found = look(release(), release("0.1", copies(until=longer), date=LATER))
    assert (found.state, found.until, found.released) == ("current", longer, DAY)


def test_a_withdrawal_reaches_its_version_and_those_before() -> None:
    both: tuple[list[Release | Withdrawal], ...] = (
        [release(), withdrawal()],
        [release(), withdrawal("0.2")],
        [release(), release("0.2", copies("00000000")), withdrawal("0.2")],
        [release(), withdrawal(), release("0.2", copies("00000000"))],
    )
    for entries in both:
        found = look(*entries)
        assert (found.state, found.holds) == ("withdrawn", False)
        assert found.withdrawal is not None
        assert found.withdrawal.reason == "a wrong dose"
    assert look(release("0.2"), withdrawal("0.1"), mark=Mark("3f2a9c01")).state == "current"


def test_what_took_the_place_of_a_withdrawn_print_is_named() -> None:
    found = look(release(), withdrawal(), release("0.2", copies("00000000")))
    assert found.by is not None
    assert found.by.version == "0.2"


def test_the_successor_is_one_that_was_not_withdrawn_itself() -> None:
    two, three = release("0.2", copies("00000000")), release("0.3", copies("11111111"))
    found = look(release(), two, withdrawal("0.2"), three)
    assert found.by is not None
    assert found.by.version == "0.3"


def test_an_unknown_print_of_a_withdrawn_version_is_withdrawn() -> None:
    other = Mark("00000000", **NAMED)
    assert look(release(), mark=other).state == "unknown"
    assert look(release(), withdrawal(), mark=other).state == "withdrawn"
    assert look(release(), withdrawal(), mark=Mark("00000000")).state == "unknown"


def test_two_prints_with_one_fingerprint_are_both_told() -> None:
    other = Release.model_validate(release().model_dump() | {"handout": "other"})
    both = ledger(release(), other, withdrawal())
    found = status(both, Mark("3f2a9c01"), DAY)
    assert {(each.mark.handout, each.state) for each in found} == {
        ("good", "withdrawn"),
        ("other", "current"),
    }
    assert [each.mark.handout for each in status(both, MARK, DAY)] == ["good"]


def test_a_code_that_does_not_agree_with_the_ledger_is_unknown() -> None:
    found = look(release(), mark=Mark("3f2a9c01", **(NAMED | {"edition": "card"})))
    assert (found.state, found.elsewhere) == ("unknown", True)


# What changed


def handout(tmp_path: Path, *changed: tuple[str, str]) -> Handout:
    path = tmp_path / "handout.yaml"
    path.write_text(spoilt(*changed), encoding="utf-8")
    return load_handout(path).model


CHANGES = {
    "a pace": (
        ("      - {cut: 5, days: 7}", "      - {cut: 5, days: 14}"),
        ("doses", "paces.slow", "cut 5, 14 days"),
    ),
    "a form": (
        ("    smallest: 0.5", "    smallest: 1"),
        ("doses", "forms.tablet-10mg", "smallest 1,"),
    ),
    "a red flag": (
        ("fit: A fit (seizure)", "fit: A fit"),
        ("red-flags", "red_flags.signs.fit", "A fit"),
    ),
    "a rule": (
        ("text: Stay on the step.", "text: Stay a week."),
        ("taper", "tapering.hold.text", "Stay a week."),
    ),
    "the example": (
        ("    dose: 20\n", "    dose: 10\n"),
        ("taper", "tapering.example", "10 mg, night, pace slow, tablet-10mg"),
    ),
    "what to do in an emergency": (
        ("text: Take the box with you.", "text: Take it all."),
        ("red-flags", "side_effects.emergency.advice.text", "Take it all."),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_matters_is_named(tmp_path: Path, change: str) -> None:
    spoil, (area, name, after) = CHANGES[change]
    before = said_of(handout(tmp_path), MARKETS)
    (found,) = changes(before, said_of(handout(tmp_path, spoil), MARKETS))
    assert (found.area, found.kind, found.name) == (area, "changed", name)
    assert after in found.after
    assert found.before != found.after


def test_a_fact_of_a_dose_is_named_where_it_stands(tmp_path: Path) -> None:
    fact = "\n  most: {what: most a day, value: 80, unit: mg-per-day, source: study, level: V}\n"
    tapering = ("lead: Never all at once.", "lead: From {most}.")
    old = ("\n  tired: {what", f"{fact}  tired: {{what")
    new = (old[0], old[1].replace("80", "60"))
    first, second = handout(tmp_path, tapering, old), handout(tmp_path, tapering, new)
    found = changes(said_of(first, MARKETS), said_of(second, MARKETS))
    assert [(each.area, each.name) for each in found] == [
        ("doses", "facts.most"),
        ("taper", "tapering.lead"),
    ]
    assert found[1].after == "From 60\u00a0mg\u00a0a\u00a0day."


def test_what_tells_of_no_dose_flag_or_taper_is_not_listed(tmp_path: Path) -> None:
    old, new = handout(tmp_path), handout(tmp_path, ("title: Sleeping better", "title: Sleep"))
    assert changes(said_of(old, MARKETS), said_of(new, MARKETS)) == []
    assert words_of(old, MARKETS) == words_of(new, MARKETS)


def test_an_emergency_number_is_a_red_flag(tmp_path: Path) -> None:
    uk = MARKETS.uk.model_copy(update={"emergency": "112"})
    other = MARKETS.model_copy(update={"uk": uk})
    same = handout(tmp_path)
    (found,) = changes(said_of(same, MARKETS), said_of(same, other))
    assert found == Change("red-flags", "changed", "emergency.uk", "999", "112")
    assert words_of(same, MARKETS)["doses"] == words_of(same, other)["doses"]
    assert words_of(same, MARKETS)["red-flags"] != words_of(same, other)["red-flags"]


@pytest.mark.parametrize("id", ["baclofen-sleep", "sertraline", "omeprazole"])
def test_the_bundled_handouts_are_told_apart_by_every_text_of_their_taper(id: str) -> None:
    model = load_handout(ROOT / "handouts" / id / "handout.yaml").model
    said = said_of(model, MARKETS)
    assert all(said[area] for area in ("red-flags", "taper"))
    assert all(f"paces.{pace}" in said["doses"] for pace in model.paces)
    assert all(f"forms.{form}" in said["doses"] for form in model.forms)
    assert "{" not in re.sub(r"\{emergency\}", "", json.dumps(list(said["taper"].values())))
