"""What a clinic's files may say, and what they may not."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from plainleaf.content.clinic import contrast, letterhead, load_clinic
from plainleaf.content.clinic_wording import clinic_fingerprint, refreshed, rewordable, reworded
from plainleaf.content.clinic_words import listed, says_of_dose
from plainleaf.content.load import load_handout
from plainleaf.content.wording.catalog import Catalog, Entry
from plainleaf.content.wording.language import languages
from plainleaf.content.wording.units import Unit, units
from plainleaf.problems import ContentError

ROOT = Path(__file__).parents[2]
GOOD = """id: mine
name: My Clinic
written: 2026-11-22
telephones: {questions: 01632 960 123}
hours: {en: "Monday to Friday, 9 to 5"}
accent: "#5b2a6e"
roles: {nurse: {en: our nurse}}
notes:
  tips: {en: "Bring your questions to {nurse}."}
"""
LONG = "Very Long Example Street"
UNITS = (
    Unit("a", "It may help {fact-a} people sleep.", ("a",), "", False, "text"),
    Unit("b", "It is never quickly proved.", ("b",), "", False, "text"),
    Unit("c", "Take {dose}.", ("c",), "", True, "dose"),
)


def write(folder: Path, text: str) -> Path:
    path = folder / "mine" / "clinic.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_clinic_is_read(tmp_path: Path) -> None:
    head = letterhead(load_clinic(write(tmp_path, GOOD)), "en")
    assert head.questions == "01632 960 123"
    assert head.notes == {"tips": "Bring your questions to our nurse."}
    times = GOOD.replace("9 to 5", "8.30-17.30, Saturday 9:00-12:00")
    assert "17.30" in letterhead(load_clinic(write(tmp_path, times)), "en").hours


@pytest.mark.parametrize(
    ("old", "new", "said", "line"),
    [
        ("Bring your questions to {nurse}.", "Take it later.", "could change what", 9),
        ("Bring your questions to {nurse}.", "Wait two days.", "could change what", 9),
        ("Bring your questions to {nurse}.", "Call 01632 960 999.", "a telephone number", 9),
        ("{nurse}", "{fact-a}", "is no role", 9),
        ("9 to 5", "take 5 mg", "could change what", 5),
        ("9 to 5", "01.63.29.60.12", "a telephone number", 5),
        ("9 to 5", "9 to 5, 01632 960 999", "a telephone number", 5),
        ("01632 960 123", "call us", "should be a telephone number", 4),
        ("#5b2a6e", "#ffcc00", "is too pale", 6),
        ("id: mine", "id: other", "the folder is called", 1),
        ("roles:", "logo: logo.svg\nroles:", "there is no logo", 7),
        ("9 to 5", f"{'9 to 5, ' * 10}", "is longer than 80", 5),
        ("our nurse", f"our {'good ' * 12}nurse", "is longer than 60", 7),
        ("telephones:", f"address: {[LONG] * 5}\ntelephones:", "is longer than 100", 4),
        ("telephones:", "address: [Take 5 mg]\ntelephones:", "could change what", 4),
        ("tips:", "cover:", "", 9),
    ],
)
def test_what_it_may_not_say(tmp_path: Path, old: str, new: str, said: str, line: int) -> None:
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ContentError) as caught:
        load_clinic(path)
    assert any(said in each.message and each.line == line for each in caught.value.problems)


def test_a_text_that_is_missing_in_a_language_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"hours.*es"):
        letterhead(load_clinic(write(tmp_path, GOOD)), "es")


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


def says(context: str, source: str, target: str, *flags: str) -> tuple[dict[str, str], str]:
    entry = Entry(f"h/{context}", source, (target,), flags=flags, line=7)
    catalog = Catalog("en", (entry,), path="clinics/mine/wording.en.po")
    texts, problems = reworded("h", UNITS, rewordable("h", UNITS, UNITS), catalog)
    assert all(problem.line == 7 for problem in problems)
    return {path[0]: text for path, text in texts.items()}, " ".join(
        problem.message for problem in problems
    )


def test_a_sentence_is_reworded() -> None:
    new = "It may help {fact-a} people to sleep."
    assert says("a", UNITS[0].text, new) == ({"a": new}, "")
    assert says("a", UNITS[0].text, "") == ({}, "")


@pytest.mark.parametrize(
    ("context", "new", "said"),
    [
        ("a", "It may help people sleep.", "placeholder"),
        ("a", "It will help {fact-a} people sleep.", 'the words for "may"'),
        ("a", "It may help {fact-a} of 30 people sleep.", "number 30"),
        ("a", "It may not help {fact-a} people sleep.", "not, never or without"),
        ("a", "Take it: it may help {fact-a} people sleep.", 'a word for "take"'),
        ("b", "It is quickly proved.", "not, never or without"),
        ("b", "It is never suddenly proved.", 'the words for "sudden"'),
        ("c", "Swallow {dose}.", "is locked"),
        ("d", "Anything.", "there is no text"),
    ],
)
def test_what_no_clinic_may_change(context: str, new: str, said: str) -> None:
    source = {unit.context: unit.text for unit in UNITS}.get(context, "Gone.")
    texts, told = says(context, source, new)
    assert texts == {} and said in told


def test_a_changed_sentence_makes_it_stale() -> None:
    assert "is stale" in says("b", "It is never proved.", "Nobody ever proved it.")[1]
    assert "is stale" in says("b", UNITS[1].text, "It is never proved fast.", "fuzzy")[1]


STOPS = (
    Unit("tips.items.a.lead", "Do not run out.", ("tips", "items", "a", "lead"), "", False, "text"),
    Unit("tips.items.a.text", "Ask us.", ("tips", "items", "a", "text"), "", False, "text"),
    Unit("tips.items.b.text", "Keep it dry.", ("tips", "items", "b", "text"), "", False, "text"),
    Unit(
        "in_short.points.c.text",
        "In steps. See [how](#tapering).",
        ("in_short", "points", "c", "text"),
        "",
        False,
        "text",
    ),
    Unit("tips.title", "When to stop", ("tips", "title"), "", False, "title"),
    Unit("questions.title", "Questions", ("questions", "title"), "", False, "title"),
)


def test_what_tells_how_to_stop_is_locked_wherever_it_stands() -> None:
    spanish = tuple(replace(unit, text="Hola.", language="es") for unit in STOPS)
    for spoken in (STOPS, spanish):
        free = {unit.context for unit in rewordable("h", spoken, STOPS)}
        assert free == {"h/tips.items.b.text", "h/questions.title"}


@pytest.mark.parametrize("name", ["baclofen-sleep", "sertraline", "omeprazole"])
def test_no_sentence_of_our_leaflets_on_stopping_is_free(name: str) -> None:
    handout = load_handout(ROOT / "handouts" / name / "handout.yaml").model
    every = units(handout)
    free = rewordable(name, every, every)
    assert len(free) > 40
    for unit in free:
        assert not re.search(r"\bstop|suddenly|#tapering|\btaper|[Cc]om(e|ing) off", unit.text), (
            unit
        )


@pytest.mark.parametrize("code", sorted(set(languages())))
def test_each_language_has_its_words_of_stopping_and_starting(code: str) -> None:
    assert listed(code)
    assert says_of_dose("10 mg", code, "notes")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("es", "Suspenda el medicamento."),
        ("pl", "Odstaw lek."),
        ("ar", "أوقف الدواء."),
        ("zh", "请停药。"),
        ("hi", "दवा बंद न करें।"),
        ("hi", "अपनी खुराक पूछें।"),
        ("ur", "دوا بند نہ کریں۔"),
        ("ur", "اپنی خوراک پوچھیں۔"),
    ],
)
def test_a_note_in_any_language_tells_nobody_to_stop(tmp_path: Path, code: str, text: str) -> None:
    note = GOOD.replace(
        'tips: {en: "Bring your questions to {nurse}."}', f'tips: {{{code}: "{text}"}}'
    )
    with pytest.raises(ContentError, match=rf"notes.tips.{code}: .* could change what"):
        load_clinic(write(tmp_path, note))


def test_roles_and_hours_are_said_in_each_language(tmp_path: Path) -> None:
    text = GOOD.replace("{en: our nurse}", "{en: our nurse, es: nuestra enfermera, ar: ممرضتنا}")
    text = text.replace('hours: {en: "', 'hours: {es: lunes, ar: الاثنين, en: "')
    text = text.replace(
        'tips: {en: "', 'tips: {es: "Pregunte a {nurse}.", ar: "اسألوا {nurse}.", en: "'
    )
    loaded = load_clinic(write(tmp_path, text))
    said = {code: letterhead(loaded, code) for code in ("en", "es", "ar")}
    assert [each.hours for each in said.values()] == [
        "Monday to Friday, 9 to 5",
        "lunes",
        "الاثنين",
    ]
    assert said["es"].notes["tips"] == "Pregunte a nuestra enfermera."
    assert said["ar"].notes["tips"] == "اسألوا ممرضتنا."


def test_the_fingerprint_covers_file_logo_and_words(tmp_path: Path) -> None:
    clinic = load_clinic(write(tmp_path, GOOD)).model
    other = load_clinic(write(tmp_path, GOOD.replace("our nurse", "our sister"))).model
    words = Catalog("en", (Entry("h/a", "One.", ("Two.",)),))
    empty = Catalog("en", (Entry("h/a", "One.", ("",)),))
    prints = [
        clinic_fingerprint(clinic, []),
        clinic_fingerprint(other, []),
        clinic_fingerprint(clinic, [words]),
        clinic_fingerprint(clinic, [], b"logo"),
        clinic_fingerprint(clinic, [], b"another logo"),
    ]
    assert len(set(prints)) == len(prints)
    assert clinic_fingerprint(clinic, [empty]) == clinic_fingerprint(clinic, [Catalog("en", ())])


def test_one_file_holds_the_words_for_several_handouts(tmp_path: Path) -> None:
    clinic = load_clinic(write(tmp_path, GOOD)).model
    first, second = rewordable("one", UNITS, UNITS), rewordable("two", UNITS, UNITS)
    made, counts = refreshed(first, None, "one", clinic, "en")
    assert counts.new == len(first) == 2
    filled = replace(
        made, entries=(replace(made.entries[0], targets=("Mine.",)), *made.entries[1:])
    )
    both, counts = refreshed(second, filled, "two", clinic, "en")
    assert counts.new == 2 and counts.gone == 0
    assert [entry.context for entry in both.entries] == ["one/a", "one/b", "two/a", "two/b"]
    assert both.entries[0].target == "Mine."
    changed = (replace(first[0], text="Another sentence of {fact-a} people."), first[1])
    again, counts = refreshed(changed, both, "one", clinic, "en")
    assert (counts.changed, counts.gone) == (1, 0)
    assert again.entries[0].fuzzy and [each.context for each in again.entries[2:]] == [
        "two/a",
        "two/b",
    ]
