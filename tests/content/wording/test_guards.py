"""Each guard fires where one thing is wrong, and is quiet where a speaker sees nothing wrong."""

from __future__ import annotations

import pytest

from plainleaf.content.wording.guards import guard
from plainleaf.content.wording.review import Exemption
from plainleaf.content.wording.units import Unit
from plainleaf.problems import Level
from tests.content.wording.given import LANGUAGES, by_context, targets

ORDERED = {  # what Chinese tells in another order, by context
    "zh": {"in_short.message", "evidence.questions.longer.answer", "tips.items.step.text"}
}


def unit(text: str, *, locked: bool = False, prose: bool = True) -> Unit:
    return Unit("a.b", text, ("a", "b"), "", locked, "text", prose)


def names(source: str, target: str, code: str = "es", **how: bool) -> set[str]:
    return {doubt.guard for doubt in guard(unit(source, **how), target, code)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sound_translation_is_left_alone(code: str) -> None:
    for context, target in targets(code).items():
        found = guard(by_context()[context], target, code)
        allowed = {"order"} if context in ORDERED.get(code, ()) else set()
        assert {doubt.guard for doubt in found} == allowed, (context, found)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Take {dose} now", "Tome ahora"),
        ("Take {dose} now", "Tome {dosis} ahora"),
        ("Take {dose} now", "Tome {dose} y {dose} ahora"),
        ("Take {dose.low} now", "Tome {dose.high} ahora"),
        ("Take {dose} now", "Tome {dose} ahora {"),
        ("Take {dose} now", "Tome { dose } ahora"),
        ("Take {dose} now", "Tome ｛dose｝ ahora"),
        ("Take it now", "Tome {dose} ahora"),
    ],
)
def test_placeholders(source: str, target: str) -> None:
    found = [doubt for doubt in guard(unit(source), target, "es") if doubt.guard == "placeholders"]
    assert found and all(doubt.level is Level.ERROR for doubt in found)


def test_placeholders_in_another_order() -> None:
    source, target = "From {low} to {high} a day", "De {high} a {low} al día"
    (doubt,) = guard(unit(source), target, "es")
    assert (doubt.guard, doubt.level) == ("order", Level.ERROR)
    assert "{low} {high}" in doubt.hint


@pytest.mark.parametrize(
    ("source", "target", "code", "said"),
    [
        ("Wait three days.", "Espere cuatro días.", "es", {"3", "4"}),
        ("Wait three days.", "Espere unos días.", "es", {"3"}),
        ("Wait some days.", "Espere 3 días.", "es", {"3"}),
        ("Wait 3 days.", "Espere ٤ días.", "es", {"3", "4"}),
        ("Wait 3 days.", "انتظر ٤ أيام.", "ar", {"3", "4"}),
        ("Wait three days.", "Poczekać cztery dni.", "pl", {"3", "4"}),
        ("Wait two days.", "انتظر ثلاثة أيام.", "ar", {"2", "3"}),
        ("Wait three days.", "请等四天。", "zh", {"3", "4"}),
        ("Wait three days.", "चार दिन रुकें।", "hi", {"3", "4"}),
        ("Wait three days.", "چار دن رکیں۔", "ur", {"3", "4"}),
        ("Take half of it.", "Tómelo entero.", "es", {"0.5"}),
        ("Take it twice a day.", "Tómelo cada día.", "es", {"2"}),
        ("It has 5 mg.", "Tiene 5.0 mg.", "es", {"5", "5.0"}),
        ("Take it once.", "Tome once.", "es", {"1", "11"}),
        ("The third dose.", "La cuarta dosis.", "es", {"3 in order", "4 in order"}),
    ],
)
def test_numbers(source: str, target: str, code: str, said: set[str]) -> None:
    found = [doubt for doubt in guard(unit(source), target, code) if doubt.guard == "numbers"]
    assert all(doubt.level is Level.ERROR for doubt in found)
    told = {doubt.message.partition("number ")[2].partition(",")[0] for doubt in found}
    assert told == said


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("A tablet with water.", "Una tableta con agua.", "es"),
        ("One tablet, 1,162 people", "Una tableta, 1162 personas", "es"),
        ("One and a half", "Półtora", "pl"),
        ("Half past; 0.5", "Połowa; 0,5", "pl"),
        ("25 of 100", "٢٥ من ١٠٠", "ar"),
        ("twenty-five", "خمسة وعشرون", "ar"),
        ("two weeks", "أسبوعين", "ar"),
        ("25 of 100", "一百中二十五", "zh"),
        ("another way", "drugi sposób", "pl"),
        ("some medicine", "一种药", "zh"),
        ("better", "بہتر", "ur"),
        ("call us at once", "llámenos enseguida", "es"),
    ],
)
def test_numbers_that_are_the_same(source: str, target: str, code: str) -> None:
    assert "numbers" not in names(source, target, code)


def test_one_more_one_is_a_warning_for_it_may_be_an_article() -> None:
    for source, target, code in (
        ("one night", "una noche y una tarde", "es"),
        ("for a night", "لليلة واحدة", "ar"),
    ):
        (doubt,) = guard(unit(source), target, code)
        assert (doubt.guard, doubt.level) == ("numbers", Level.WARNING)
    (doubt,) = guard(unit("one night"), "de noche", "es")
    assert (doubt.guard, doubt.level) == ("numbers", Level.ERROR)


def test_numbers_in_another_order() -> None:
    assert "order" in names("2 tablets, 3 times", "3 veces, 2 tabletas")
    assert "order" not in names("2 tablets, 3 times", "2 tabletas, 3 veces")


@pytest.mark.parametrize(
    ("source", "target", "code", "level"),
    [
        ("It has 5 mg.", "Tiene 5 g.", "es", Level.ERROR),
        ("It has 5 mg.", "Tiene 5 microgramos.", "es", Level.ERROR),
        ("It has 5 mg in 5 mL.", "Tiene 5 mg en 5 mg.", "es", Level.ERROR),
        ("It has 5 mg.", "Ma 5 gramów.", "pl", Level.ERROR),
        ("It has 5 mg.", "فيه 5 غرام.", "ar", Level.ERROR),
        ("It has 5 mg.", "含 5 克。", "zh", Level.ERROR),
        ("It has 5 per cent.", "Tiene 5 partes.", "es", Level.ERROR),
        ("Wait two weeks.", "Espere dos meses.", "es", Level.ERROR),
        ("Wait two weeks.", "Espere dos años.", "es", Level.ERROR),
        ("Wait two weeks.", "انتظر شهرين.", "ar", Level.ERROR),
        ("Wait two weeks.", "请等两个月。", "zh", Level.ERROR),
        ("Wait two weeks.", "Espere dos.", "es", Level.WARNING),
        ("Wait a while.", "Espere semanas.", "es", Level.WARNING),
    ],
)
def test_units(source: str, target: str, code: str, level: Level) -> None:
    found = [doubt for doubt in guard(unit(source), target, code) if doubt.guard == "units"]
    assert found and all(doubt.level is level for doubt in found)


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("5 mg a day, 3 %", "5 miligramos al día, 3 por ciento", "es"),
        ("you are 65 or older", "tiene 65 años o más", "es"),
        ("you are 65 or older", "ma Pan 65 lat lub więcej", "pl"),
        ("over two weeks", "przez dwa tygodnie", "pl"),
    ],
)
def test_units_that_are_the_same(source: str, target: str, code: str) -> None:
    assert "units" not in names(source, target, code)


@pytest.mark.parametrize(
    ("source", "target", "code", "fires"),
    [
        ("Do not stop.", "Deje de tomarlo.", "es", True),
        ("Stop it.", "No lo tome.", "es", True),
        ("Never stop. Call us.", "Deje de tomarlo. No llame.", "es", True),
        ("Never alone, and not at once.", "Nunca a solas, y de golpe.", "es", True),
        ("Drink without food, not before.", "Beba sin comida, antes.", "es", True),
        ("Do not stop.", "Nunca deje de tomarlo.", "es", False),
        ("Nobody knows.", "Nikt nie wie.", "pl", False),
        ("Do not stop.", "Przerwać.", "pl", True),
        ("Do not stop.", "توقف.", "ar", True),
        ("Do not stop.", "请停药。", "zh", True),
        ("Take great care.", "请特别小心。", "zh", False),
        ("Do not stop.", "रोकें।", "hi", True),
        ("Do not stop.", "روکیں۔", "ur", True),
        ("Do not stop.", "نہ روکیں۔", "ur", False),
    ],
)
def test_negations(source: str, target: str, code: str, fires: bool) -> None:
    assert ("negation" in names(source, target, code)) is fires


def test_a_lost_negation_is_an_error_where_a_text_is_locked() -> None:
    for locked, level in ((True, Level.ERROR), (False, Level.WARNING)):
        (doubt,) = guard(unit("Do not stop it.", locked=locked), "Deje de tomarlo.", "es")
        assert (doubt.guard, doubt.level) == ("negation", level)


@pytest.mark.parametrize(
    ("source", "target", "fires"),
    [
        ("**Never** alone", "Nunca a solas", True),
        ("Never alone", "**Nunca** a solas", True),
        ("See [Stopping](#tapering)", "Vea [Cómo dejarlo](#tips)", True),
        ("See [Stopping](#tapering)", "Vea Cómo dejarlo", True),
        ("See [Stopping](#tapering)", "Vea [Cómo dejarlo] (#tapering)", True),
        ("Never alone", "Nunca *a solas*", True),
        ("Never alone", "![Nunca](a.png) a solas", True),
        ("See **[Stopping](#tapering)**", "Vea **[Cómo dejarlo](#tapering)**", False),
        ("one \\* sign", "un signo \\*", False),
    ],
)
def test_markdown(source: str, target: str, fires: bool) -> None:
    assert ("markdown" in names(source, target)) is fires


def test_plain_texts_are_not_read_as_markdown() -> None:
    assert names("a * b * c words", "a * b * c palabras", prose=False) == set()


@pytest.mark.parametrize(
    ("target", "code", "fires"),
    [
        ("Ćwiczenia są dobre", "pl", False),
        ("Ejercicio сon calma", "es", True),  # a Cyrillic es
        ("Exercise is good", "ar", True),
        ("التمرين مفيد", "ar", False),
        ("التمرین مفید", "ar", True),  # the Persian yeh
        ("ورزش مفيد ہے", "ur", True),  # the Arabic yeh
        ("ورزش مفید ہے", "ur", False),
        ("運動很好", "zh", True),  # traditional letters
        ("运动很好", "zh", False),
        ("व्यायाम अच्छा है", "hi", False),
        ("व्यायाम اچھا है", "hi", True),
    ],
)
def test_letters(target: str, code: str, fires: bool) -> None:
    assert ("script" in names("Walking helps people", target, code)) is fires


def test_names_may_stay_as_they_are() -> None:
    assert "script" not in names("CBT-I is best", "CBT-I هو الأفضل", "ar")
    assert names("CBT-I", "CBT-I", "ar") == set()
    assert names("www.example.org", "www.example.org", "zh", prose=False) == set()


@pytest.mark.parametrize(
    ("source", "target", "code", "level"),
    [
        ("Call us when you are ill.", "Call us when you are ill.", "es", Level.ERROR),
        ("Call us when you are ill.", "Llame when you are ill ahora.", "es", Level.ERROR),
        (
            "Small white round tablets here",
            "Tabletas: small white round tablets",
            "es",
            Level.ERROR,
        ),
        ("Take it with the food.", "Take with the food.", "pl", Level.ERROR),
        ("samplin", "samplin", "es", Level.WARNING),
        ("Coming off", "Coming off", "pl", Level.WARNING),
    ],
)
def test_what_was_left_in_english(source: str, target: str, code: str, level: Level) -> None:
    found = [doubt for doubt in guard(unit(source), target, code) if doubt.guard == "source-left"]
    assert [doubt.level for doubt in found] == [level]


def test_words_that_two_languages_share_are_not_english() -> None:
    assert "source-left" not in names("Do not do it", "To nie to, co by do nas", "pl")


@pytest.mark.parametrize(
    ("target", "code", "fires"),
    [
        ("Estreñimiento", "es", False),
        ("Constipado", "es", True),
        ("10 mcg", "pl", True),
        ("毒品", "zh", True),
        ("مخدرات", "ar", True),
        ("المخدرات", "ar", True),
    ],
)
def test_words_that_mislead(target: str, code: str, fires: bool) -> None:
    assert ("forbidden" in names("Blocked", target, code)) is fires


@pytest.mark.parametrize(
    ("target", "code", "fires"),
    [
        ("Tómelo\u200b ahora", "es", True),
        ("Tómelo\u202e ahora", "es", True),
        ("Tómelo\u2066 ahora", "es", True),
        ("Tómelo\xad ahora", "es", True),
        ("Tóme\u200dlo ahora", "es", True),
        ("मिली\u200dलीटर", "hi", False),
        ("मिली\u200d लीटर", "hi", True),
        ("می\u200cخواہم", "ur", False),
        ("خذ\u200f الآن", "ar", True),
    ],
)
def test_signs_that_nobody_sees(target: str, code: str, fires: bool) -> None:
    assert ("hidden" in names("Take it now", target, code)) is fires


def test_a_text_that_is_far_too_long_or_short() -> None:
    source = "Ask your pharmacist about every other medicine."
    assert "length" in names(source, "Pregunte.")
    assert "length" in names(source, "Pregunte a su farmacéutico por los otros medicamentos " * 3)
    assert "length" not in names(source, "Pregunte a su farmacéutico por los otros medicamentos.")
    assert "length" not in names("Stop", "Deje de tomar este medicamento")


def test_an_exemption_allows_what_it_names_and_nothing_else() -> None:
    source, target = unit("One must stay cold; take two."), "Debe quedar frío; tome tres."
    numbers = Exemption(reason="pronoun", numbers=("1",))
    assert {doubt.message.split("number ")[1][0] for doubt in guard(source, target, "es")} == set(
        "123"
    )
    left = guard(source, target, "es", numbers)
    assert {doubt.message.split("number ")[1][0] for doubt in left} == set("23")
    order = Exemption(reason="order", guards=("order",))
    assert guard(unit("{a} of {b}"), "{b} y {a}", "es", order) == []
    assert [each.guard for each in guard(unit("{a} of {b}"), "{b} y {c}", "es", order)]
