"""Authors' Markdown becomes safe HTML, and no letter or digit is lost or invented on the way."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from plainleaf.content import prose
from plainleaf.content.isolate import isolated
from plainleaf.content.prose import ProseError, blocks, check, inline, placeholders, plain

FACTS = {
    "sleep": "386 minutes",
    "dose.low": "5–10 mg",
    "sly": "*2* <b>7</b> {sleep} [x](https://a.b) & \"'",
    "none": "",
}
SLEEP = '<span class="fact" dir="ltr">386 minutes</span>'
fill = FACTS.__getitem__


@pytest.mark.parametrize(
    ("text", "html", "words"),
    [
        ("", "", ""),
        ("Do **not** stop.", "Do <strong>not</strong> stop.", "Do not stop."),
        ("Sleep {sleep}.", f"Sleep {SLEEP}.", "Sleep 386 minutes."),
        ("**{sleep}**", f"<strong>{SLEEP}</strong>", "386 minutes"),
        ("5\u00a0mg\u202fx", "5\u00a0mg\u202fx", "5\u00a0mg\u202fx"),
        ("a\nb  \nc\\\nd\n\ne\n", "a b c d e", "a b c d e"),
        ("2026. Then stop", "2026. Then stop", "2026. Then stop"),
        ("- a\n+ b\n1. c", "- a + b 1. c", "- a + b 1. c"),
        ("5 * 3 = 15, a_b_c", "5 * 3 = 15, a_b_c", "5 * 3 = 15, a_b_c"),
        (r"\*x\* \{sleep} 2026\.", "*x* {sleep} 2026.", "*x* {sleep} 2026."),
        ("{{ x }} {% y %} {{sleep}}", "{{ x }} {% y %} {{sleep}}", "{{ x }} {% y %} {{sleep}}"),
        ("{Sleep} {a_b} {} {-a} {a.b.c}", "{Sleep} {a_b} {} {-a} {a.b.c}", None),
        ("<b>x</b> &lt; &#49;", "&lt;b&gt;x&lt;/b&gt; &amp;lt; &amp;#49;", "<b>x</b> &lt; &#49;"),
        ("# a > b `c` |d|", "# a &gt; b `c` |d|", "# a > b `c` |d|"),
        ("<https://a.b> https://a.b", "&lt;https://a.b&gt; https://a.b", None),
    ],
)
def test_inline(text: str, html: str, words: str | None) -> None:
    assert inline(text, fill) == html
    assert isinstance(inline(text, fill), Markup)
    assert plain(text, fill, inline=True) == (text if words is None else words)
    check(text, inline=True)


@pytest.mark.parametrize(
    ("text", "html", "words"),
    [
        ("", "", ""),
        ("a\nb\n\nc", "<p>a b</p><p>c</p>", "a b\n\nc"),
        ("- a\n- **b**", "<ul><li>a</li><li><strong>b</strong></li></ul>", "• a\n• b"),
        ("* a\n\n* b\n\nc", "<ul><li>a</li><li>b</li></ul><p>c</p>", "• a\n• b\n\nc"),
        ("1. {sleep}\n2. b", f"<ol><li>{SLEEP}</li><li>b</li></ol>", "1. 386 minutes\n2. b"),
        ("a:\n- b\n  c", "<p>a:</p><ul><li>b c</li></ul>", "a:\n\n• b c"),
        ("on\n2026. Stop", "<p>on 2026. Stop</p>", "on 2026. Stop"),
        ("2026\\. Stop", "<p>2026. Stop</p>", "2026. Stop"),
        ("    a", "<p>a</p>", "a"),
        ("# a", "<p># a</p>", "# a"),
        ("> 10 mg", "<p>&gt; 10 mg</p>", "> 10 mg"),
        ("a\n---\nb", "<p>a --- b</p>", "a --- b"),
        ("```\na\n```", "<p>``` a ```</p>", "``` a ```"),
        ("<div>\n\n</div>", "<p>&lt;div&gt;</p><p>&lt;/div&gt;</p>", "<div>\n\n</div>"),
        ("[a]: https://a.b", "<p>[a]: https://a.b</p>", "[a]: https://a.b"),
    ],
)
def test_blocks(text: str, html: str, words: str) -> None:
    assert blocks(text, fill) == html
    assert plain(text, fill) == words
    check(text, inline=False)


ITALICS = "italics are hard to read; use ** for bold"
LINK = 'this link cannot be read: write it as "[words](https://example.org)"'
OPEN = '"**" opens bold and nothing closes it: put "**" directly round the words'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a *b* c", f'{ITALICS}, or write "\\*" for the sign itself'),
        ("a _b_ c", f'{ITALICS}, or write "\\_" for the sign itself'),
        ("***b***", f'{ITALICS}, or write "\\*" for the sign itself'),
        ("2*3*4", f'{ITALICS}, or write "\\*" for the sign itself'),
        ("__b__", 'use ** for bold, or write "\\_" for a line to write on'),
        ("**b", OPEN),
        ("** b **", OPEN),
        ("![a](https://a.b)", "a picture cannot stand in a text: put it in a block of its own"),
        ("[](https://a.b)", "a link has no words: write what it leads to between [ and ]"),
        ("[ \u00a0](https://a.b)", "a link has no words: write what it leads to between [ and ]"),
        ("[**a**](https://a.b)", "a link holds plain text only: put the ** round the whole link"),
        ('[a](https://a.b "t")', "a link takes no title: leave out the words in quotation marks"),
        ("[a](b c)", LINK),
        ("[a](https://a.b\x07)", LINK),
        ("[a](java\tscript:b)", LINK),
        ("[a [b](https://a.b)](https://c.d)", LINK),
        ("[a](https://a.b/?c&amp;d)", ("Markdown would drop or change some of this text: "
         "write it more simply")),
        ("a" * 50_001, "the text is longer than 50,000 characters: split it"),
    ],
)  # fmt: skip
def test_refusals(text: str, message: str) -> None:
    for call in (
        lambda: check(text, inline=True),
        lambda: check(text, inline=False),
        lambda: inline(text, fill),
        lambda: blocks(text, fill),
        lambda: plain(text, fill),
        lambda: placeholders(text),
    ):
        with pytest.raises(ProseError) as caught:
            call()
        assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026. Then", ('"2026." would begin a numbered list: write "2026\\.", or begin the list '
         "with 1")),
        ("0. a", '"0." would begin a numbered list: write "0\\.", or begin the list with 1'),
        ("01. a", '"01." would begin a numbered list: write "01\\.", or begin the list with 1'),
        ("1. a\n3. b", "a numbered list must count 1, 2, 3: number 2 is written 3"),
        ("1. a\n1. b", "a numbered list must count 1, 2, 3: number 2 is written 1"),
        ("- a\n  - b", "a list inside a list is hard to follow: make it one list"),
        ("- - a", "a list inside a list is hard to follow: make it one list"),
        ("- a\n\n  b", "a list item must hold one paragraph: no more, and not nothing"),
        ("- a\n-\n- b", "a list item must hold one paragraph: no more, and not nothing"),
        ("+ 5 mg", '"+" would become a bullet: write "-", or "\\+" for a plus sign'),
    ],
)  # fmt: skip
def test_refusals_in_blocks(text: str, message: str) -> None:
    for call in (lambda: blocks(text, fill), lambda: check(text, inline=False)):
        with pytest.raises(ProseError) as caught:
            call()
        assert str(caught.value) == message
    check(text, inline=True)


@pytest.mark.parametrize(
    "target",
    ["https://a.b", "https://www.nhs.uk/x/?y=1&z=%20#w", "HTTPS://A.b:443/", "#side-effects",
     "mailto:a.b+c@d.org", "mailto:a@b.c?subject=x", "tel:111", "tel:+44-1234-567890"],
)  # fmt: skip
def test_links(target: str) -> None:
    href = target.replace("&", "&amp;")
    assert inline(f"[a]({target})", fill) == f'<a href="{href}">a</a>'
    assert plain(f"b [a]({target}).", fill) == "b a."
    assert inline(f"**[{{sleep}}]({target})**", fill) == (
        f'<strong><a href="{href}">{SLEEP}</a></strong>'
    )


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///etc/passwd", "vbscript:x",
     "http://a.b", "ftp://a.b", "//a.b", "/a", "a", "../a", "?a", "", "#", "#A b", "#-", "https:",
     "https://", "https:a.b", "https:///a.b", "https://a", "https://u:p@a.b", "https://a.b\\@c.d",
     "https://a.b/{sleep}", "https://a.b/<x>", 'https://a.b/"x', "https://a.b/%zz",
     "https://аpple.com", "tel:", "tel:abc", "tel:1;x", "mailto:", "mailto:a", "mailto:a@b",
     "java&#115;cript:x", "&#104;ttps://a.b", "https&colon;//a.b", "\\#x\\"],
)  # fmt: skip
def test_other_links_are_refused(target: str) -> None:
    for form in ("[a]({})", "[a](<{}>)"):
        with pytest.raises(ProseError):
            inline(form.format(target), fill)


def test_placeholders() -> None:
    text = "{b} {a-1.x} {b} \\{c} {{d}} [{e}](https://a.b) {F} {g }"
    assert placeholders(text) == ("b", "a-1.x", "b", "e")
    assert placeholders("- {a}\n- {b}", inline=False) == ("a", "b")


def test_a_filled_value_is_never_read_again() -> None:
    html = inline("a {sly} b", fill)
    assert html == f"a {isolated(FACTS['sly'])} b"
    assert "<b>" not in html and "<a" not in html and "<strong>" not in html
    assert plain("a {sly} b", fill) == f"a {FACTS['sly']} b"


def test_an_unknown_fact_is_a_key_error() -> None:
    for call in (inline, blocks, plain):
        with pytest.raises(KeyError):
            call("{unknown}", fill)


def test_a_link_that_a_fact_leaves_empty_is_refused() -> None:
    with pytest.raises(ProseError, match="a link has no words"):
        inline("[{none}](https://a.b)", fill)


def test_isolated_escapes() -> None:
    assert isolated('<5 & "6"') == ('<span class="fact" dir="ltr">&lt;5 &amp; &#34;6&#34;</span>')


PIECE = st.sampled_from(
    ["a", "é", "1", "2", "2026", "٣", "½", " ", "  ", "\n", "\n\n", "\t", "*", "**", "_", "__",
     "- ", "+ ", "1. ", "2. ", "3) ", "14. ", "[", "](", "]", ")", "(", "https://a1.b", "#x-2",
     "javascript:3", "!", "\\", "`", "<b>", "</p>", "&#49;", "&amp;", "\"", "'", "{sleep}", "{",
     "}", "{sly}", "{dose.low}", "\u00a0", "# ", "> ", "---", "|", "    ", "\0", "~~"]
)  # fmt: skip
TEXT = st.lists(PIECE, max_size=25).map("".join) | st.text(max_size=80)
TAG = re.compile(r"<[^>]*>")
ALLOWED = re.compile(
    r"</?(p|ul|ol|li|strong)>|</(a|span)>"
    r'|<span class="fact" dir="ltr">|<a href="(https://|mailto:|tel:|#)[^"<>]*">'
)


def known(name: str) -> str:
    return FACTS.get(name, "409 " + name)


def digits(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) == "Nd")


@settings(max_examples=500)
@given(TEXT, st.booleans())
def test_only_allowed_tags_and_the_same_digits(text: str, block: bool) -> None:
    try:
        html = (blocks if block else inline)(text, lambda name: f"\uf8ff{name}\uf8ff")
    except ProseError:
        return
    tags = TAG.findall(html)
    assert all(ALLOWED.fullmatch(tag) for tag in tags)
    if not block:
        assert not {"<p>", "<ul>", "<ol>", "<li>"} & set(tags)
    assert "<p>" not in "".join(re.findall(r"<li>.*?</li>", html))
    words = unescape(TAG.sub("", html))
    if "[" not in text:
        numbered = len(re.findall(r"<li>", html)) and "<ol>" in html
        assert numbered or digits(words) == digits(text)


@given(TEXT, st.booleans())
def test_html_and_plain_say_the_same(text: str, block: bool) -> None:
    try:
        html = (blocks if block else inline)(text, known)
        words = plain(text, known, inline=not block)
    except ProseError:
        return
    if "<ol>" not in html:
        assert digits(unescape(TAG.sub("", html))) == digits(words)
    names = placeholders(text, inline=not block)
    assert html.count('class="fact"') == len(names)
    assert all(known(name) in words for name in names)


@given(st.lists(st.text("ab1 29.", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_a_well_numbered_list_keeps_every_digit(items: list[str]) -> None:
    items = [f"x{item}" for item in items]
    text = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    assert plain(text, fill) == text
    assert blocks(text, fill) == "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"


@given(st.text(max_size=60))
def test_check_agrees_with_inline(text: str) -> None:
    try:
        check(text, inline=True)
    except ProseError:
        with pytest.raises(ProseError):
            inline(text, known)
    else:
        inline(text, known)


def test_a_parser_that_loses_text_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def lossy(tokens: object) -> object:
        yield prose._Piece("text", text="take")

    monkeypatch.setattr(prose, "_walk", lossy)
    with pytest.raises(ProseError, match="would drop or change"):
        inline("take 5", fill)
