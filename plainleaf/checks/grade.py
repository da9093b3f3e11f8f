"""How many years of school a section asks for."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.language import Formula, Language
from plainleaf.checks.plain import Sentence, lists, spoken
from plainleaf.checks.reading import Reader, words
from plainleaf.checks.registry import Finding, Rule, Subject, rule
from plainleaf.content.base import Reading
from plainleaf.problems import Level

ADVISED: dict[Reading, float] = {"ordinary": 6, "simple": 5}
MOST: dict[Reading, float] = {"ordinary": 8, "simple": 7}
SAMPLE: dict[Formula, tuple[int, int]] = {"flesch-kincaid": (1, 30), "smog": (10, 30)}
HARDEST, SHOWN = 3, 60
WEIGHT = 5  # a long word is as hard as so many more

_NAMES: dict[Formula, str] = {"flesch-kincaid": "Flesch–Kincaid", "smog": "SMOG"}
_WHAT: dict[Reading, str] = {
    "ordinary": "this section",
    "simple": "the simple form of this section",
}
_HEADS = {"title", "name", "label", "gloss", "examples"}  # names and headings, no sentences


@rule(level=Level.ADVICE)
def reading_grade(subject: Subject) -> Iterator[Finding]:
    """Each section can be read after six years of school; more than eight is a warning.

    With the simple forms of its texts: after five, and more than seven is a warning.

    The higher of two formulas decides: for English Flesch–Kincaid, for sections of thirty words,
    and SMOG, for those of ten sentences too. Less is no sample. Names of medicines
    (`medicine.words`), titles and labels are left out. The hint names the hardest sentences. A
    language without a valid formula has no grade. Source: our rule, "reading grade by two formulas,
    drug names left out, per section: advice above 6, warning above 8".

    Good: `You may feel sleepy. Do not drive.`
    Bad: `Psychomotor impairment necessitates abstention from operating machinery.`
    """
    known = lists(subject)
    if not known or not known.formulas:
        return
    reader = Reader(known, _medicines(subject))
    advised, most = ADVISED[subject.reading], MOST[subject.reading]
    for section, sentences in _sections(subject, known).items():
        grades = _grades(reader, known, [each.text for each in sentences])
        if not grades or (worst := max(grades.values())) <= advised:
            continue
        shown = ", ".join(f"{_NAMES[formula]} {grade:.1f}" for formula, grade in grades.items())
        yield Finding(
            f"{_WHAT[subject.reading]} needs {worst:.1f} years of school, "
            f"and {advised:g} are enough: {shown}",
            (section,),
            f"The hardest: {_hardest(reader, subject, sentences)}",
            key=True,
            level=Level.WARNING if worst > most else None,
        )


def _medicines(subject: Subject) -> frozenset[str]:
    medicine = subject.handout.medicine
    named = (medicine.name, *medicine.words) if medicine else ()
    return frozenset(word.lower() for name in named for word in words(name))


def _sections(subject: Subject, known: Language) -> dict[str, list[Sentence]]:
    """The sentences of each section, as the first of the markets has them."""
    first = subject.handout.markets[0]
    found: dict[str, list[Sentence]] = {}
    for sentence in spoken(subject, known):
        *above, last = sentence.loc
        if last in ("uk", "us"):
            if last != first:
                continue
            last = above[-1]
        if last not in _HEADS:
            found.setdefault(str(sentence.loc[0]), []).append(sentence)
    return found


def _grades(reader: Reader, known: Language, texts: list[str]) -> dict[Formula, float]:
    count = sum(len(reader.words(text)) for text in texts)
    return {
        formula: reader.grade(formula, texts)
        for formula in dict.fromkeys(known.formulas)
        if len(texts) >= SAMPLE[formula][0] and count >= SAMPLE[formula][1]
    }


def _hardest(reader: Reader, subject: Subject, sentences: list[Sentence]) -> str:
    """The hardest sentences, each with its line."""

    def hard(sentence: Sentence) -> int:
        measured = reader.words(sentence.text)
        return len(measured) + WEIGHT * sum(reader.syllables(word) > 2 for word in measured)

    worst = sorted(sentences, key=hard, reverse=True)[:HARDEST]
    return "; ".join(
        f"line {subject.document.locate(each.loc).line}, “{_cut(each.text)}”" for each in worst
    )


def _cut(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= SHOWN:
        return text
    return text[:SHOWN].rsplit(None, 1)[0] + " …"


RULES: tuple[Rule[Subject], ...] = (reading_grade,)
