"""Numbers, units and negations are read as a speaker reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plainleaf.content.wording.language import language, languages
from plainleaf.content.wording.numerals import chinese, decimal_of
from plainleaf.content.wording.reading import bare, figures, negations, plain, tokens, units

HERE = Path(__file__).parent
WRITTEN = json.loads((HERE / "numbers.json").read_text(encoding="utf-8"))


def values(text: str, code: str) -> list[str]:
    return [figure.value for figure in figures(text, code)]


@pytest.mark.parametrize("code", languages())
def test_every_number_up_to_a_hundred(code: str) -> None:
    assert len(WRITTEN[code]) == 101
    for number, words in enumerate(WRITTEN[code]):
        assert values(words, code) == [str(number)], words
        assert values(f"◦ {words} ◦", code) == [str(number)], words


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "one and a half tablets twice a day, at once", ["1", "0.5", "2"]),
        ("en", "no one took a hundred and five; the third took 1,162", ["105", "#3", "1162"]),
        ("en", "three quarters, a quarter, half", ["0.75", "0.25", "0.5"]),
        ("en", "{one-night} and [two](#three)", ["2"]),
        ("es", "una tableta y media dos veces al día", ["1", "0.5", "2"]),
        ("es", "un cuarto, tres cuartos, la mitad; cien", ["0.25", "0.75", "0.5", "100"]),
        ("es", "1 162; 0.5", ["1", "162", "0.5"]),
        ("es", "15\u00a0942 y 0.5", ["15942", "0.5"]),
        ("pl", "półtorej tabletki dwa razy dziennie", ["1", "0.5", "2"]),
        ("pl", "0,5 i 15\u00a0942", ["0.5", "15942"]),
        ("ar", "قرصًا ونصفًا مرتين في اليوم، خمسة وعشرين", ["0.5", "2", "25"]),
        ("ar", "٢٥ و٠٫٥ و ١٬١٦٢", ["25", "0.5", "1162"]),
        ("ar", "لستَ وحدك", []),
        ("zh", "每天两次，每次一片半", ["2", "1", "0.5"]),
        ("zh", "二十五，四分之三，百分之五", ["25", "0.75", "5"]),
        ("zh", "十分，一些，千万不要，第一", []),
        ("zh", "一百零五，三点五，两千零一十，一万二千", ["105", "3.5", "2010", "12000"]),
        ("hi", "दिन में दो बार डेढ़ गोली, १२", ["2", "1", "0.5", "12"]),
        ("ur", "دن میں دو بار ڈھائی گولی، ۱۲", ["2", "2", "0.5", "12"]),
    ],
)  # fmt: skip
def test_numbers_in_texts(code: str, text: str, expected: list[str]) -> None:
    assert values(text, code) == expected


def test_what_may_be_an_article_is_not_sure() -> None:
    assert [each.sure for each in figures("una pastilla", "es")] == [False]
    assert [each.sure for each in figures("一种药", "zh")] == [False]
    assert [each.sure for each in figures("یہ بہتر ہے", "ur")] == [False]
    assert [each.sure for each in figures("dos pastillas", "es")] == [True]


@pytest.mark.parametrize(
    ("written", "code", "value"),
    [
        ("1,162", "en", "1162"),
        ("1.162", "en", "1.162"),
        ("1.162", "pl", "1162"),
        ("0,5", "pl", "0.5"),
        ("5.0", "en", "5.0"),
        ("½", "en", "0.5"),
        ("¾", "zh", "0.75"),
        ("३.५", "hi", "3.5"),
        ("1.2.3", "en", "1.2.3"),
        ("24/7", "en", "24/7"),
    ],
)
def test_a_run_of_digits(written: str, code: str, value: str) -> None:
    assert decimal_of(written, code) == value


def test_chinese_fractions_that_are_not_exact() -> None:
    assert [value for value, *_ in chinese("三分之一和七分之二")] == ["1/3", "2/7"]


def test_words_keep_their_marks() -> None:
    assert [token.word for token in tokens("नहीं, मिली‍लीटर")] == ["नहीं", "मिली‍लीटर"]
    assert [token.word for token in tokens("don't 'stop' 20mg")] == ["don't", "stop", "mg"]


def test_signs_that_look_alike_are_compared_as_one() -> None:
    assert plain("أَبَدًا") == plain("ابدا")
    assert plain("Don’t") == "don't"
    assert plain("हज\u093cार") == plain("ह\u095bार")


def test_bare_words() -> None:
    text = r"Take **{dose.value}** of [this one](#two): \*three"
    assert bare(text).split() == ["Take", "◦", "of", "this", "one:", "*three"]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Do not stop. Never double; we don’t know without you.", [1, 1, 2]),
        ("en", "A knot. Notice it.", [0, 0]),
        ("es", "No conduzca. Nunca sin nosotros. Solo una.", [1, 2, 0]),
        ("es", "no solo eso", [0]),
        ("pl", "Nigdy nie przerywać. Niebezpieczne.", [2, 0]),
        ("ar", "لا توقفه. ولا تشرب. أخبرنا.", [1, 1, 0]),
        ("zh", "不要停药。特别小心。没有人知道。", [1, 0, 1]),
        ("hi", "मत रोकें। बिना बताए। लें।", [1, 1, 0]),
        ("ur", "نہ روکیں۔ بغیر بتائے۔ لیں۔", [1, 1, 0]),
    ],
)
def test_negations_of_each_sentence(code: str, text: str, expected: list[int]) -> None:
    assert negations(text, code) == expected


@pytest.mark.parametrize(
    ("code", "text", "measures", "times"),
    [
        ("en", "5 mL has 20 mg; 3 % of weeks", ["ml", "mg", "percent"], ["week"]),
        ("es", "20 miligramos al día, un 3 %", ["mg", "percent"], ["day"]),
        ("pl", "20 mg dziennie, przez tydzień", ["mg"], ["day", "week"]),
        ("ar", "20 ملغ في اليوم لأسبوعين", ["mg"], ["day", "week"]),
        ("zh", "今天吃 20毫克，三天", ["mg"], ["day"]),
        ("hi", "रोज़ 20 मिलीग्राम, दो हफ़्ते", ["mg"], ["day", "week"]),
        ("ur", "روزانہ 20 ملی گرام، دو ہفتے", ["mg"], ["day", "week"]),
    ],
)
def test_units(code: str, text: str, measures: list[str], times: list[str]) -> None:
    assert units(text, code, "measures") == measures
    assert units(text, code, "times") == times


@pytest.mark.parametrize("code", languages())
def test_no_word_means_two_numbers_or_two_units(code: str) -> None:
    read = language(code).reading
    for lists in (read.numbers, read.measures, read.times):
        seen: dict[str, str] = {}
        for value, words in lists.items():
            for word in words:
                assert seen.setdefault(plain(word), value) == value, word
    numbers = {plain(word) for words in read.numbers.values() for word in words}
    assert {plain(word) for word in read.perhaps} <= numbers | {"一"}
    assert not {plain(word) for word in read.negations} & numbers
