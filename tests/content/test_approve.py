"""Approval writes one block and keeps every other byte."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.content.approve import signed
from plainleaf.content.model import Review
from plainleaf.content.yaml import parse
from plainleaf.problems import ContentError

TODAY, NEXT = datetime.date(2026, 11, 22), datetime.date(2027, 11, 22)
BLOCK = (
    "review:\n  status: approved\n  reviewer: {}\n  role: {}\n"
    "  date: 2026-11-22\n  next: 2027-11-22\n  fingerprint: abc\n"
)
WRITTEN = BLOCK.format('"Ann Oe"', '"pharmacist"')


def review(reviewer: str = "Ann Oe", role: str = "pharmacist") -> Review:
    return Review(
        status="approved",
        reviewer=reviewer,
        role=role,
        date=TODAY,
        next=NEXT,
        fingerprint="abc",
    )


def sign(text: str | bytes) -> str:
    data = text.encode() if isinstance(text, str) else text
    return signed(parse(data, "handout.yaml"), review()).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: a\nreview:\n  status: draft\n", f"id: a\n{WRITTEN}"),
        ("id: a\nreview: {status: draft}\n", f"id: a\n{WRITTEN}"),
        ("id: a\nreview: {status: draft}", f"id: a\n{WRITTEN}"),
        ("id: a\n", f"id: a\n{WRITTEN}"),
        ("id: a", f"id: a\n{WRITTEN}"),
        ("review:\n  status: draft\nid: a\n", f"{WRITTEN}id: a\n"),
        ("id: a\n# why\nreview:\n  status: draft\n", f"id: a\n# why\n{WRITTEN}"),
        (
            "review:\n  # a note\n  status: draft\n\n# what follows\nid: a\n",
            f"{WRITTEN}  # a note\n\n# what follows\nid: a\n",
        ),
        ("id: a\nreview:\n  status: draft\n\n# the end", f"id: a\n{WRITTEN}\n# the end\n"),
        ('id: a\n"review":\n  status: draft\n', f"id: a\n{WRITTEN}"),
        ("---\nid: a\nreview: {status: draft}\n", f"---\nid: a\n{WRITTEN}"),
        (f"id: a\n{WRITTEN}", f"id: a\n{WRITTEN}"),
        ("\ufeffid: a\nreview: {status: draft}\n", f"\ufeffid: a\n{WRITTEN}"),
        ("id: a\nreview: {status: draft}\n...\n", f"id: a\n{WRITTEN}...\n"),
        ("id: a\n...\n", f"id: a\n{WRITTEN}...\n"),
    ],
)
def test_only_the_block_is_written(before: str, after: str) -> None:
    assert sign(before) == after


def test_line_ends_stay_as_they_were() -> None:
    text = "id: a\r\n# why\r\nreview:\r\n  status: draft\r\n# end\r\nkind: b\r\n"
    written = WRITTEN.replace("\n", "\r\n")
    assert sign(text) == f"id: a\r\n# why\r\n{written}# end\r\nkind: b\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "{id: a, review: {status: draft}}\n",
        "{\nid: a,\nreview: {status: draft}\n}\n",
        "  id: a\n  review: {status: draft}\n",
        "? id\n: a\n",
        "- id\n",
    ],
)
def test_a_file_that_cannot_be_signed_line_by_line_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        sign(text)


@pytest.mark.parametrize("name", ['Ann "Al" Oe', "O\\Neill", "A: {b} # c", "Zoë Ångström", "- no"])
def test_any_name_is_written_so_that_it_is_read_again(name: str) -> None:
    data = signed(parse(b"id: a\n", "handout.yaml"), review(name, name))
    written = parse(data, "handout.yaml").plain()["review"]
    assert (written["reviewer"], written["role"]) == (name, name)


def test_a_name_that_cannot_be_read_again_is_refused() -> None:
    with pytest.raises(ContentError):
        signed(parse(b"id: a\n", "handout.yaml"), review("Ann\u3164Oe"))


LINES = st.sampled_from(["# a comment", "", "  # deeper", "#", "# review:", "# ünïcode"])
GAPS = st.lists(LINES, max_size=4)


@given(
    GAPS,
    GAPS,
    GAPS,
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from(["review: {status: draft}", "review:\n  status: draft", "review:", ""]),
    st.permutations([0, 1, 2]),
)
def test_every_other_byte_stays(
    first: list[str],
    second: list[str],
    third: list[str],
    end: str,
    last: bool,
    block: str,
    order: list[int],
) -> None:
    parts = ["id: a  # the id", "facts:\n  x: {value: 010}\n  # inner\n  y: 1", block]
    lines: list[str] = []
    for place, gap in zip(order, (first, second, third), strict=True):
        lines += [*parts[place].split("\n"), *gap]
    text = end.join(lines) + (end if last else "")
    data = signed(parse(text.encode(), "handout.yaml"), review())
    after = data.decode()
    old, new = parse(text.encode(), "x").plain(), parse(data, "x").plain()
    assert new.pop("review")["reviewer"] == "Ann Oe"
    old.pop("review", None)
    assert new == old
    written = WRITTEN.replace("\n", end)
    assert after.count(written) == 1
    kept = [line for line in lines if not re.match(r"review:|  status: draft", line)]
    rest = after.replace(written, "").split(end)
    assert [line for line in rest if line] == [line for line in kept if line]
    assert signed(parse(data, "handout.yaml"), review()) == data
