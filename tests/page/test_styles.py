"""Both styles, and one of a clinic's own: they keep the rules of the page, or are not printed."""

from __future__ import annotations

import base64
import datetime
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plainleaf.checks import rules
from plainleaf.cli import main
from plainleaf.content.clinic import Letterhead, contrast
from plainleaf.content.wording.phrases import Voice
from plainleaf.leaflet import Leaflet, in_style, make
from plainleaf.library import Library
from plainleaf.page.colour import follow, ratio, readable
from plainleaf.page.compose import compose
from plainleaf.page.palette import bundled_look, read_look
from plainleaf.page.setting import Setting
from plainleaf.page.signs import signs
from plainleaf.page.worn import look_of, signed
from plainleaf.problems import ContentError, UsageError
from plainleaf.ready import Checked, Source, in_words, source

from .conftest import ROOT

STYLES = ROOT / "styles"
DAY = datetime.date(2026, 11, 22)
LIBRARY = Library((ROOT,))
CLEAR, WARM = bundled_look(STYLES / "clear"), bundled_look(STYLES / "warm")
FAMILY = {
    colour
    for name, colour in WARM.colours.model_dump().items()
    if name not in ("alarm", "badge", "badge_alarm")
}


@pytest.fixture(scope="module")
def written() -> Callable[[str], Source]:
    """A bundled handout, read and checked once."""
    kept: dict[str, Source] = {}

    def read(name: str) -> Source:
        if name not in kept:
            kept[name] = source(name, LIBRARY, DAY)
        return kept[name]

    return read


@pytest.fixture(scope="module")
def omeprazole(written: Callable[[str], Source]) -> Checked:
    return in_words(written("omeprazole"), LIBRARY, DAY)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the warm style, as a style called mine in a library of its own."""
    folder = tmp_path / "styles" / "mine"
    shutil.copytree(STYLES / "warm", folder)
    return folder


def library(folder: Path) -> Library:
    return Library((folder.parents[1], ROOT))


def messages(error: ContentError) -> str:
    return "\n".join(problem.message for problem in error.problems)


COPIES = [
    ("baclofen-sleep", "en", "a4"),
    ("baclofen-sleep", "en", "letter"),
    ("baclofen-sleep", "ar", "a4"),
    ("baclofen-sleep", "ar", "letter"),
    ("sertraline", "en", "a4"),
    ("sertraline", "en", "letter"),
    ("omeprazole", "en", "a4"),
    ("omeprazole", "en", "letter"),
]


@pytest.fixture(scope="module")
def warm(written: Callable[[str], Source]) -> Callable[..., Leaflet]:
    """A bundled leaflet in warm; `make` runs every rule of the printed page over it."""
    kept: dict[tuple[Any, ...], Leaflet] = {}

    def made(name: str, code: str, paper: Any) -> Leaflet:
        key = name, code, paper
        if key not in kept:
            ready = in_words(written(name), LIBRARY, DAY, code=code)
            market: Any = "us" if paper == "letter" else "uk"
            kept[key] = make(ready, LIBRARY, Setting(market, paper, style="warm"))
        return kept[key]

    return made


@pytest.mark.parametrize(("name", "code", "paper"), COPIES)
def test_warm_keeps_every_rule_of_the_page(
    warm: Callable[..., Leaflet], name: str, code: str, paper: str
) -> None:
    leaflet = warm(name, code, paper)
    told = {problem.rule for problem in leaflet.problems}
    assert told & {rule.name for rule in rules() if rule.stage == "printed"} <= {"page-gap"}


def test_warm_is_accessible_and_archivable(
    warm: Callable[..., Leaflet], verapdf: Callable[..., None]
) -> None:
    verapdf(warm("baclofen-sleep", "en", "a4").data, warm("baclofen-sleep", "ar", "letter").data)


def test_a_clinics_letterhead_stands_in_warm(written: Callable[[str], Source]) -> None:
    ready = in_words(written("baclofen-sleep"), LIBRARY, DAY, clinic="example")
    leaflet = make(ready, LIBRARY, Setting(style="warm"))
    assert leaflet.pages <= 9


def test_the_review_edition_stands_in_warm(omeprazole: Checked) -> None:
    assert make(omeprazole, LIBRARY, Setting(edition="review", style="warm")).pages


# Colours.


def decoded(html: str) -> str:
    """The page with its pictures read: what is in base64 says its colours too."""
    found = re.findall(r"base64,([A-Za-z0-9+/=]+)", html)
    pictures = [base64.b64decode(data).decode("utf-8", "replace") for data in found]
    return "\n".join([html, *pictures]).upper()


def clinic(accent: str) -> Letterhead:
    return Letterhead(
        "x", "Clinic", (), "01632 960 123", "", "Always", accent, notes={}, written=DAY
    )


def page(ready: Checked, style: str, accent: str) -> str:
    standing = ready.standing
    setting = Setting(style=style)
    said = ready.said
    return compose(
        said.handout, said.markets, setting, standing, STYLES, None, said.voice, clinic(accent)
    )


def test_figures_have_the_colours_of_the_style(omeprazole: Checked) -> None:
    said = omeprazole.said
    html = compose(said.handout, said.markets, Setting(style="warm"), omeprazole.standing, STYLES)
    assert WARM.colours.mid in html
    for colour in (CLEAR.colours.accent, CLEAR.colours.ink, CLEAR.colours.outline):
        assert colour.upper() not in decoded(html)


@pytest.mark.parametrize("accent", ["#00703c", "#1D3F8A", "#767676", "#8A4B00"])
def test_no_plum_is_left_under_a_clinics_accent(omeprazole: Checked, accent: str) -> None:
    text = decoded(page(omeprazole, "warm", accent))
    assert accent.upper() in text
    assert not [colour for colour in FAMILY if colour in text]


def test_no_teal_is_left_in_clear(omeprazole: Checked) -> None:
    """The key of the strips is drawn as the strips are."""
    text = decoded(page(omeprazole, "clear", "#5b2a6e"))
    assert CLEAR.colours.accent not in text
    assert "#5B2A6E" in decoded(signs(CLEAR.in_accent("#5b2a6e").inks)["at-least"])


def test_sheets_hold_no_colour_of_their_own() -> None:
    """White, black, and the darker grey of translations aside."""
    for sheet in [*STYLES.glob("clear/*.css"), *STYLES.glob("warm/*.css")]:
        found = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*})", sheet.read_text(encoding="utf-8"))
        assert {colour.lower() for colour in found} <= {"#fff", "#000", "#3f4a52"}


@pytest.mark.parametrize("accent", ["#00703C", "#1D3F8A", "#767676", "#000000", "#8A4B00"])
def test_an_accent_keeps_what_can_be_read(accent: str) -> None:
    colours = WARM.in_accent(accent).colours
    deep = WARM.in_accent(accent).deep
    assert contrast(colours.ink) > 12
    assert ratio(colours.grey, colours.pale) >= 4.5
    assert ratio(deep, colours.tint) >= 4.5
    assert ratio(deep, colours.pale) >= 4.5
    assert colours.alarm == WARM.colours.alarm


def test_a_pale_accent_passes_the_printed_page(
    omeprazole: Checked, written: Callable[[str], Source]
) -> None:
    """The palest accent that a clinic may have: its words on a tint are darkened."""
    head = replace(clinic("#767676"), hours="Monday to Friday")
    ready = replace(omeprazole, said=replace(omeprazole.said, letterhead=head))
    assert make(ready, LIBRARY, Setting(style="warm")).pages


def test_colours_that_follow() -> None:
    old = WARM.colours.accent
    assert follow(WARM.colours.tint, old, old) == WARM.colours.tint
    assert follow(WARM.colours.ink, old, old, text=True) == WARM.colours.ink
    grey = follow(WARM.colours.tint, old, "#444444")
    assert len({grey[1:3], grey[3:5], grey[5:7]}) == 1
    assert readable("#5B2358", "#FFFFFF") == "#5B2358"
    assert ratio(readable("#C08040", "#F7F0F5"), "#F7F0F5") >= 4.6


# Whose style it is.


def test_a_style_of_ones_own_comes_first(own: Path, tmp_path: Path) -> None:
    mine = library(own)
    assert mine.styles_known() == ["clear", "mine", "warm"]
    assert mine.own_styles() == ["mine"]
    assert mine.style("mine") == own
    shutil.copytree(own, tmp_path / "styles" / "clear")
    assert mine.style("clear") == tmp_path / "styles" / "clear"
    assert Library.here(tmp_path).roots == (tmp_path, ROOT)


@pytest.mark.parametrize("name", ["mien", "../mine", "", "/etc", "blocks"])
def test_an_unknown_style_names_the_nearest(own: Path, name: str) -> None:
    with pytest.raises(UsageError) as error:
        library(own).style(name)
    assert 'did you mean "mine"?' in str(error.value) or name != "mien"
    assert "There are: clear, mine, warm" in str(error.value)


def test_the_command_line_takes_a_style(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(own.parents[1])
    assert main(["render", "omeprazole", "--style", "mien"]) == 2
    assert main(["check", "omeprazole", "--style", "mien"]) == 2
    assert main(["render", "omeprazole", "--style", "mine", "-o", "out"]) == 0
    assert (own.parents[1] / "out" / "omeprazole.en.mine.pdf").is_file()
    capsys.readouterr()
    assert main(["check", "omeprazole", "--content", "--style", "mine"]) == 0
    printed = capsys.readouterr().out
    assert printed == f"styles/mine  fingerprint {look_of(library(own), 'mine').print}\n"


def test_an_own_style_is_held_to_the_rules_of_the_page(own: Path, omeprazole: Checked) -> None:
    with (own / "9-more.css").open("w", encoding="utf-8") as file:
        file.write(".bullets { display: none }\n")
    with pytest.raises(ContentError) as error:
        make(omeprazole, library(own), Setting(style="mine"))
    rules = {problem.rule for problem in error.value.problems}
    assert {"text-lost", "red-flags-first-page"} <= rules


def test_a_screen_gets_no_sheet_that_nobody_looks_at(own: Path, omeprazole: Checked) -> None:
    (own / "screen.css").write_text("main { display: none }\n", encoding="utf-8")
    leaflet = make(omeprazole, library(own), Setting(form="html", style="mine"))
    assert b"main { display: none }" not in leaflet.data
    assert WARM.colours.accent.encode() in leaflet.data


# What is approved is not what another style prints.


def test_an_approved_leaflet_is_a_draft_in_a_style_nobody_reviewed(
    own: Path, omeprazole: Checked
) -> None:
    approved = replace(omeprazole, standing=replace(omeprazole.standing, approved=True))
    mine = look_of(library(own), "mine")
    shown = in_style(approved, mine).standing
    assert not shown.approved
    assert shown.lines[0] == "Draft: nobody has reviewed this style"
    assert shown.fingerprint != approved.standing.fingerprint
    assert in_style(approved, WARM) == approved


def test_a_style_is_signed_as_it_is(own: Path, omeprazole: Checked) -> None:
    approved = replace(omeprazole, standing=replace(omeprazole.standing, approved=True))
    mine = look_of(library(own), "mine")
    review = (
        "status: approved\nwriter: Ann Oe\nreviewer: Ben Ka\nrole: nurse\n"
        f'date: 2026-11-22\nnext: 2027-11-22\nfingerprint: "{mine.print}"\n'
    )
    (own / "review.yaml").write_text(review, encoding="utf-8")
    now = look_of(library(own), "mine")
    assert now.print == mine.print
    assert in_style(approved, now).standing.approved
    assert signed(now, datetime.date(2027, 11, 22))
    assert not signed(now, datetime.date(2027, 11, 23))
    assert not signed(now, None)
    with (own / "2-type.css").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert not in_style(approved, look_of(library(own), "mine")).standing.approved


def test_the_fingerprint_is_of_every_file(own: Path) -> None:
    prints = [look_of(library(own), "mine").print]
    for name in ("style.yaml", "3-blocks.css"):
        with (own / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        prints.append(look_of(library(own), "mine").print)
    (own / "dot.svg").write_text("<svg/>", encoding="utf-8")
    prints.append(look_of(library(own), "mine").print)
    assert len(set(prints)) == 4


# What a style may not say.

HOSTILE = {
    "a file of the machine": (
        '.x { background: url("file:///etc/passwd") }',
        "pictures of its own",
    ),
    "an absolute path": (".x { background: url(/etc/passwd) }", "pictures of its own folder"),
    "a way out": ('.x { background: url("../clear/x.svg") }', "pictures of its own folder"),
    "a network": (".x { background: url(https://example.org/x.png) }", "pictures of its own"),
    "no scheme": ('.x { list-style-image: url("//example.org/x.png") }', "pictures of its own"),
    "a picture by another name": ('.x { background: image-set("http://e.org/x") }', "of its own"),
    "an address in a variable": (".x { --a: url(http://example.org) }", "pictures of its own"),
    "an address in an at-rule": (
        "@page { @top-left { background: url(http://example.org/x) } }",
        "pictures of its own",
    ),
    "a page as data": (".x { background: url('data:text/html,x') }", "pictures of its own"),
    "a picture that is not there": (".x { background: url(no.png) }", "there is no picture"),
    "an import": ('@import "other.css";', "@import has no place"),
    "an import in disguise": ('@\\69mport url("x.css");', "@import has no place"),
    "an import within": ('@media print { @import "x.css"; }', "@import has no place"),
    "a font": ("@font-face { font-family: Inter; src: url(x.otf) }", "@font-face has no place"),
    "words": ('.message::after { content: "Take 500 mg" }', "a style adds no words"),
    "words in a variable": ('.x { --a: "Take it" }', "a style adds no words"),
    "words on the foot": (
        '@page { @bottom-center { content: "Approved" } }',
        "a style adds no words",
    ),
    "words for the bookmarks": ('h2 { bookmark-label: "Safe" }', "a style adds no words"),
    "words of a counter": ('@counter-style a { symbols: "x" "y" }', "a style adds no words"),
    "words within a function": (".x { content: counters(a, 'mg') }", "a style adds no words"),
    "variables that grow": (".x { --a: 1px; --b: var(--a) var(--a) }", "more than one other"),
    "a bracket too many": (".x { color: red } }", "the style sheet is broken"),
    "a broken address": (".x { background: url(a(b) }", "the style sheet is broken"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_sheet_says_how_things_look_and_nothing_else(own: Path, case: str) -> None:
    css, said = HOSTILE[case]
    (own / "9-more.css").write_text(f"/* Ours. */\n{css}\n", encoding="utf-8")
    with pytest.raises(ContentError) as error:
        look_of(library(own), "mine")
    assert said in messages(error.value)
    (problem, *_) = error.value.problems
    assert problem.path.endswith("9-more.css")
    assert problem.line == 2
    assert problem.hint


HARMLESS = (
    '.x { background: url("dot.svg"); font-family: "Noto Sans", Inter; content: "· " }',
    "a[href^='#'], [data-tab=\"x\"], p:is([lang='en']) { color: var(--accent) }",
    ".tab::before { content: attr(data-tab) } @page { @top-left { content: counter(page) } }",
    '.x { font-feature-settings: "cv05"; background: url("data:image/png;base64,AA") }',
    "@media print { .a { color: #123456 } } .x { --a: calc(var(--b) * 2) }",
)


def test_a_sheet_may_say_how_things_look(own: Path) -> None:
    (own / "dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (own / "9-more.css").write_text("\n".join(HARMLESS), encoding="utf-8")
    assert look_of(library(own), "mine").own


def test_a_huge_sheet_is_not_read(own: Path) -> None:
    with (own / "9-more.css").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(ContentError, match="larger than 10 MB"):
        look_of(library(own), "mine")
    with (own / "9-more.css").open("wb") as file:
        file.truncate(300_000)
    with pytest.raises(ContentError, match="larger than 200 kB"):
        look_of(library(own), "mine")


def test_no_link_and_no_stranger_is_a_part_of_a_style(own: Path, tmp_path: Path) -> None:
    outside = tmp_path / "secret.css"
    outside.write_text("p { color: red }", encoding="utf-8")
    (own / "9-more.css").symlink_to(outside)
    (own / "run.py").write_text("", encoding="utf-8")
    (own / "deeper").mkdir()
    with pytest.raises(ContentError) as error:
        look_of(library(own), "mine")
    named = {Path(problem.path).name for problem in error.value.problems}
    assert named == {"9-more.css", "run.py", "deeper"}
    assert messages(error.value).count("this is no file of a style") == 3
    (tmp_path / "styles" / "linked").symlink_to(STYLES / "warm")
    with pytest.raises(ContentError, match="may be no link"):
        look_of(library(own), "linked")


def test_a_picture_that_reaches_out_is_refused(own: Path, omeprazole: Checked) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://example.org/x"/></svg>'
    (own / "dot.svg").write_text(picture, encoding="utf-8")
    (own / "9-more.css").write_text(".message { background: url(dot.svg) }", encoding="utf-8")
    with pytest.raises(ContentError, match="reaches for another file"):
        make(omeprazole, library(own), Setting(style="mine"))


COLOURS = {
    "a pale accent": ('accent: "#5B2358"', 'accent: "#C0A0C0"', "is too pale"),
    "no colour": ('tint: "#E6D3E2"', "tint: red", "should be a colour"),
    "a strange key": ("icons: filled", "icon: filled", 'did you mean "icons"?'),
    "a strange value": ("icons: filled", "icons: round", "should be one of 'line', 'filled'"),
    "nothing": ('  mid: "#96688F"\n', "", '"mid" is missing in colours'),
}


@pytest.mark.parametrize("case", COLOURS)
def test_the_file_of_colours_is_read_strictly(own: Path, case: str) -> None:
    old, new, said = COLOURS[case]
    text = (own / "style.yaml").read_text(encoding="utf-8")
    assert old in text
    (own / "style.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_look(own)
    assert said in messages(error.value)
    assert "write-a-handout" not in str(error.value)


def test_every_tab_has_its_word() -> None:
    voice = Voice(STYLES / "phrases")
    for tab in ("short", "you", "evidence", "effects", "taper", "more", "plan"):
        assert voice.plain(f"tab.{tab}")
