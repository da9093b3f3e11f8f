"""Plural forms are computed from a strict grammar, and are nobody's code."""

from __future__ import annotations

from gettext import c2py

import pytest
from babel.messages.plurals import PLURALS
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.content.wording.plural import LONGEST, PluralError, forms, same

KNOWN = sorted(
    {f"nplurals={many}; plural={rule};" for many, rule in PLURALS.values() if len(rule) < 200}
)


@pytest.mark.parametrize("header", KNOWN)
def test_every_known_rule_gives_what_gettext_gives(header: str) -> None:
    count, form = forms(header)
    theirs = c2py(header.partition("plural=")[2].rstrip(";"))
    assert [form(number) for number in range(300)] == [theirs(number) for number in range(300)]
    assert count == int(header[9])


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nplurals=2",
        "nplurals=0; plural=0;",
        "nplurals=9; plural=n;",
        "nplurals=2; plural=;",
        "nplurals=2; plural=n?1;",
        "nplurals=2; plural=n:1;",
        "nplurals=2; plural=(n;",
        "nplurals=2; plural=n);",
        "nplurals=2; plural=n n;",
        "nplurals=2; plural=n%0;",
        "nplurals=2; plural=n%n;",
        "nplurals=2; plural=n%;",
        "nplurals=2; plural=n**9;",
        "nplurals=2; plural=9999999999;",
        "nplurals=2; plural=n==1==1;",
        "nplurals=2; plural=__import__('os').system('true');",
        "nplurals=2; plural=(lambda: n)();",
        "nplurals=2; plural=९;",
        "nplurals=2; plural=" + "(" * 100 + "n" + ")" * 100,
        "nplurals=2; plural=" + "n?" * 120 + "n",
        "nplurals=2; plural=n" + " " * LONGEST,
    ],
)
def test_everything_else_is_refused(header: str) -> None:
    with pytest.raises(PluralError):
        forms(header)


@given(st.text("n0123456789%?:()=!<>&| ", max_size=80))
def test_nothing_crashes_it(text: str) -> None:
    try:
        _, form = forms(f"nplurals=3; plural={text};")
    except PluralError:
        return
    assert all(isinstance(form(number), int) for number in range(20))


def test_two_ways_to_write_the_same_rule() -> None:
    known = "nplurals=2; plural=(n != 1);"
    assert same("nplurals=2; plural=n!=1;", known)
    assert same("nplurals=2; plural=n == 1 ? 0 : 1;", known)
    assert not same("nplurals=2; plural=n > 1;", known)
    assert not same("nplurals=3; plural=n != 1;", known)
