"""Plain words: short sentences that say who does what, and no word that needs a dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plainleaf.checks.language import Language, language, one_of
from plainleaf.checks.reading import sentences, words
from plainleaf.checks.registry import Finding, Loc, Rule, Subject, rule
from plainleaf.checks.words import filled
from plainleaf.problems import Level

LONG, TOO_LONG = 20, 25

_SHORTER = "Make two of it, or take words out."
_CLAUSE = re.compile(r"[,;:.!?()]|\b(?:but|and|or|if|so|because|while|when|that)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """One printed sentence, its facts put in; `raw` still has their names."""

    text: str
    raw: str
    loc: Loc

    @property
    def mark(self) -> str:
        """Words of it by which it is found in the file."""
        start = re.match(r"\{[^}]*\}|[^{\n]{1,30}", self.raw)
        return start[0].strip() if start else ""


_NOT_PROSE = ("forms", "screening", "limits")  # names, and questions to the prescriber


def spoken(subject: Subject, known: Language) -> Iterator[Sentence]:
    """Every sentence that a patient reads, names of tablets and the like apart."""
    for said in subject.texts:
        if said.loc[0] in _NOT_PROSE:
            continue
        for raw in sentences(said.marked, known):
            yield Sentence(filled(raw, subject.handout.facts), raw, said.loc)


def lists(subject: Subject) -> Language | None:
    """The word lists of the handout's language."""
    return language(subject.handout.language, subject.document.path)


@rule(level=Level.ADVICE)
def long_sentence(subject: Subject) -> Iterator[Finding]:
    """A sentence has at most twenty words; more than twenty-five is a warning.

    Who reads slowly has forgotten its beginning at its end. Source: our rule, "long sentences".

    Good: `It may help. We do not know for how long.`
    Bad: one sentence of thirty words
    """
    if not (known := lists(subject)):
        return
    for sentence in spoken(subject, known):
        count = len(words(sentence.text))
        if count > LONG:
            level = Level.WARNING if count > TOO_LONG else None
            said = f"this sentence has {count} words, and {LONG} are enough"
            yield Finding(said, sentence.loc, _SHORTER, mark=sentence.mark, level=level)


@rule(level=Level.ADVICE)
def passive_voice(subject: Subject) -> Iterator[Finding]:
    """A sentence says who does it.

    "Your dose will be changed" leaves the reader to guess by whom. Words that are read as plain
    adjectives (tired, confused) do not count. Source: our rule, "passive voice".

    Good: `We will change your dose.`
    Bad: `Your dose will be changed.`
    """
    known = lists(subject)
    if not known or not known.auxiliaries:
        return
    taken, plain = set(known.participles), set(known.adjectives)
    form = re.compile(
        rf"\b(?:{'|'.join(known.auxiliaries)})(?:\s+(?:not|never|also|often|only|\w+ly))?\s+(\w+)\b",
        re.IGNORECASE,
    )
    for sentence in spoken(subject, known):
        for match in form.finditer(sentence.raw):
            word = match[1].lower()
            if word in taken or (re.fullmatch(r"\w{2,}ed", word) and word not in plain):
                said = f'"{match[0]}" does not say who does it'
                yield Finding(said, sentence.loc, "Begin with who does it.", mark=match[0])
                break


@rule(level=Level.WARNING)
def double_negative(subject: Subject) -> Iterator[Finding]:
    """No clause has two negative words.

    Two of them are read as one, and the advice is turned round. Source: our rule, "double
    negatives".

    Good: `Take it with food.`
    Bad: `Never take it without food.`
    """
    known = lists(subject)
    if not known or not known.negatives:
        return
    negative = re.compile(rf"{one_of(known.negatives).pattern}|\w+n[’']t\b", re.IGNORECASE)
    for sentence in spoken(subject, known):
        for clause in _CLAUSE.split(sentence.raw):
            found = negative.findall(clause)
            if len(found) > 1:
                said = f'two negatives in one: "{found[0]}" and "{found[1]}"'
                hint = "Say what to do, or what is so."
                yield Finding(said, sentence.loc, hint, mark=clause.strip())
                break


@rule(level=Level.ADVICE)
def jargon(subject: Subject) -> Iterator[Finding]:
    """A hard word has a plain one in its place.

    The list is `plainleaf/checks/languages/en.yaml`, and a clinic adds to it in
    `handouts/words.en.yaml`. Names of medicines do not count, nor does a word that the leaflet
    explains in brackets, or gives in brackets after the plain one. Source: our rule, "jargon with a
    plain word offered (a word list the clinic can extend)".

    Good: `swelling`, or `oedema (swelling)`
    Bad: `oedema`
    """
    known = lists(subject)
    if not known or not known.jargon:
        return
    listed = one_of(tuple(known.jargon))
    medicine = subject.handout.medicine
    names = {word.lower() for word in (medicine.name, *medicine.words)} if medicine else set()
    read = [said for said in subject.texts if said.loc[0] not in _NOT_PROSE]
    uses = [(said, match) for said in read for match in listed.finditer(said.marked)]
    explained = {match[0].lower() for said, match in uses if _explained(said.marked, match)}
    for said, match in uses:
        word = match[0].lower()
        if word not in names and word not in explained:
            plain = known.jargon[word]
            hint = f'Write "{plain}", or explain it in brackets.'
            yield Finding(f'"{match[0]}" is a hard word', said.loc, hint, mark=match[0])


def _explained(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    return after.startswith((" (", ") ")) or (before.endswith("(") and after.startswith(")"))


RULES: tuple[Rule[Subject], ...] = (long_sentence, passive_voice, double_negative, jargon)
