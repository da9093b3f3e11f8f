"""Sentences, syllables and grades, held against counts made by hand; the lists of a language."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf.checks.language import Language, language
from plainleaf.checks.reading import Reader, sentences, words
from plainleaf.problems import ContentError
from tests.checks.given import ROOT

FILE = str(ROOT / "handouts/good/handout.yaml")
COUNTED = {
    1: "sleep make makes used stopped stiff lips blue breathe through thoughts helped asked walked "
    "cause caused half don't health drugs felt brain given's size box eyes clothes friend",
    2: "tablet fever doses changes needed little handled safely treatment sudden confused liver "
    "kidney drowsy people children patient special partial million asthma being going doing seeing "
    "drying dizzy headache alone awake because tired heartburn question doesn't couldn't licensed "
    "long-term minute minutes create moved",
    3: "medicine video violent medium usual museum suddenly prescriber hospital alcohol confusion "
    "opioid pregnancy ulcerous allergy reaction serious family average off-label several improving "
    "breastfeeding unlicensed quietly's separate evidence poisonous operate",
    4: "insomnia anxiety emergency experience diabetes porphyria dialysis continuous creatinine "
    "intravenous unprotected operation",
    5: "metabolism university hallucination communicated manufacturer disability",
}


def english() -> Language:
    known = language("en", FILE)
    assert known
    return known


def test_nearly_every_word_is_counted_rightly() -> None:
    reader = Reader(english())
    listed = [(word, count) for count, text in COUNTED.items() for word in text.split()]
    wrong = [(word, reader.syllables(word)) for word, n in listed if reader.syllables(word) != n]
    assert len(wrong) <= len(listed) * 0.04, wrong


def test_sentences_end_where_they_end() -> None:
    known = english()
    assert sentences("It helps. Does it? Yes! “Good.” One more", known) == [
        "It helps.", "Does it?", "Yes!", "“Good.”", "One more",
    ]  # fmt: skip
    assert sentences("Ask Dr. Doe, e.g. by telephone. Take 0.5 mg.", known) == [
        "Ask Dr. Doe, e.g. by telephone.", "Take 0.5 mg.",
    ]  # fmt: skip
    assert sentences("", known) == []


def test_words_are_counted_as_a_reader_does() -> None:
    assert words("Don’t take 1,162 long-term pills (yet).") == [
        "Don’t", "take", "1,162", "long-term", "pills", "yet",
    ]  # fmt: skip


def test_grades_are_those_of_the_formulas() -> None:
    reader = Reader(english())
    easy = ["The cat sat on the mat."]
    assert reader.grade("flesch-kincaid", easy) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert reader.grade("smog", easy) == pytest.approx(3.1291)
    hard = ["Insomnia may improve.", "It may not."]  # 10 syllables
    assert reader.grade("flesch-kincaid", hard) == pytest.approx(0.39 * 3 + 11.8 * 10 / 6 - 15.59)
    assert reader.grade("smog", hard) == pytest.approx(3.1291 + 1.0430 * 15**0.5)
    assert reader.grade("smog", []) == 0


def test_names_are_left_out() -> None:
    reader = Reader(english(), frozenset({"insomnia"}))
    assert reader.words("Insomnia’s end, and insomnia.") == ["end", "and"]


def test_a_language_without_lists_has_no_rules() -> None:
    assert language("fi", FILE) is None


def test_a_clinic_adds_words(tmp_path: Path) -> None:
    own = tmp_path / "handouts" / "words.en.yaml"
    handout = str(own.parent / "good" / "handout.yaml")
    own.parent.mkdir()
    assert language("en", handout) == english()
    own.write_text("jargon: {review: check-up, oral: taken}\nformulas: []\n", encoding="utf-8")
    both = language("en", handout)
    assert both and both.jargon["review"] == "check-up" and both.jargon["oral"] == "taken"
    assert both.jargon["oedema"] == "swelling" and both.formulas == english().formulas
    own.write_text("jargons: {}\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        language("en", handout)
    assert caught.value.problems[0].path == str(own)
