"""Square codes: the smallest that holds the text, one path, and words for who cannot see it."""

from __future__ import annotations

import re

import pytest
import segno

from plainleaf.page.codes import QUIET, modules, qr

TEXTS = [
    "PLAINLEAF 1 BACLOFEN-SLEEP 0.1 EN CARD 3F2A9C01",
    "https://leaflets.example.org/sertraline/zh",
    "x" * 200,
]


def drawn(svg: str) -> tuple[tuple[bool, ...], ...]:
    """The modules that the path of a code covers, quiet zone included."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])  # type: ignore[index]
    (path,) = re.findall(r'<path d="([^"]+)" fill="#000"/>', svg)
    rows = [[False] * side for _ in range(side)]
    for x, y, long, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path):
        assert long == back
        for at in range(int(x), int(x) + int(long)):
            assert not rows[int(y)][at], "no module is drawn twice"
            rows[int(y)][at] = True
    return tuple(map(tuple, rows))


@pytest.mark.parametrize("text", TEXTS)
def test_the_path_is_the_code_within_its_quiet_zone(text: str) -> None:
    svg, code = str(qr(text, 16, "A code")), modules(text)
    wide = len(code) + 2 * QUIET
    empty = ((False,) * wide,) * QUIET
    rows = tuple((False,) * QUIET + row + (False,) * QUIET for row in code)
    assert drawn(svg) == empty + rows + empty
    assert svg.count("<path") == 2
    assert 'style="width:16mm;height:16mm"' in svg


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_the_smallest_of_its_error_level(text: str) -> None:
    code = segno.make(text, error="m", micro=False, boost_error=False)
    assert code.error == "M"
    assert len(modules(text)) == 17 + 4 * int(code.version)
    if int(code.version) > 1:
        with pytest.raises(segno.DataOverflowError):
            segno.make(text, error="m", micro=False, version=int(code.version) - 1)


def test_its_name_is_escaped() -> None:
    assert "<title>A &lt;b&gt; &amp; c</title>" in qr("x", 10, "A <b> & c")


def test_what_no_code_holds_is_an_error() -> None:
    with pytest.raises(ValueError, match="too large"):
        qr("x" * 5000, 10, "too long")
