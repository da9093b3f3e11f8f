"""Evidence says how sure it is, and claims from the press do not spread what is unfounded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainleaf.checks.registry import Finding, Loc, Rule, Subject, rule
from plainleaf.checks.words import numbers, per_market
from plainleaf.content import prose
from plainleaf.content.facts import Fact
from plainleaf.content.sections import Claim, Question

MOST_PRINTED = 6

_FIGURE = "Say it without the figure; a true number is a fact, and drawn as {fact-id}."
_WORDS = {
    "moderate": r"\bprobably\b",
    "low": r"\bmay\b",
    "very-low": r"\bvery uncertain\b",
    "none": r"\bnobody has tested\b",
}
_SAID = {
    "moderate": "probably",
    "low": "may",
    "very-low": "very uncertain",
    "none": "nobody has tested",
}


@rule()
def claim_without_certainty(subject: Subject) -> Iterator[Finding]:
    """Every question put to the evidence says how sure its answer is.

    Source: design.md, "evidence (question, answer, certainty, …)".

    Good: `faster: {question: …, certainty: very-low, answer: …}`
    Bad: `faster: {question: …, answer: …}`
    """
    for loc, question in _questions(subject):
        if question.certainty is None:
            hint = 'Add "certainty: high", moderate, low, very-low or none.'
            yield Finding("this answer does not say how certain it is", loc, hint, key=True)


@rule()
def certainty_words(subject: Subject) -> Iterator[Finding]:
    """The words of an answer match its certainty.

    High: none of the words below. Moderate: "probably". Low: "may". Very low: "very uncertain".
    None: "nobody has tested". An answer of low certainty or less does not say "probably". Source:
    design.md, "certainty in words that match its grade".

    Good: `certainty: low` and `answer: It may, for one night.`
    Bad: `certainty: low` and `answer: It does, for one night.`
    """
    for loc, question in _questions(subject):
        if question.certainty is None:
            continue
        grade = question.certainty
        answers = f"an answer of {'no' if grade == 'none' else grade} certainty"
        for at, answer in per_market(question.answer, (*loc, "answer")):
            bare = prose.plain(answer, lambda name: "", inline=True)
            said = {word for word, like in _WORDS.items() if re.search(like, bare, re.IGNORECASE)}
            hint = "docs/errors.md has the words of each grade. Change the words, or the grade."
            if grade in _WORDS and grade not in said:
                yield Finding(f'{answers} must say "{_SAID[grade]}"', at, hint)
            wrong = said if grade == "high" else said & {"moderate"} - {grade}
            for word in [word for word in _SAID if word in wrong]:
                yield Finding(f'{answers} does not say "{_SAID[word]}"', at, hint)


@rule()
def claims_printed(subject: Subject) -> Iterator[Finding]:
    """At most six claims are printed, and none with a figure that was made up.

    A claim's figure is not repeated in what is printed of it; if it is true it is a fact, and drawn
    as one. Of a claim whose source was not found, no figure is printed even so. Source: our rule,
    "at most six of them are printed, the finding first, the unfounded figure itself never".

    Good: `claimed: asleep 17 minutes sooner`, `print: {said: You fall asleep sooner., …}`
    Bad: `claimed: asleep 17 minutes sooner`, `print: {said: You fall asleep 17 minutes sooner., …}`
    """
    claims = subject.handout.claims
    printed = [(id, claim) for id, claim in claims.items.items() if claim.print] if claims else []
    for id, _ in printed[MOST_PRINTED:]:
        said = f"{len(printed)} claims are printed, and at most {MOST_PRINTED} may be"
        hint = 'Take "print:" out of the least useful ones; they stay in the file.'
        yield Finding(said, ("claims", "items", id, "print"), hint, key=True)
    for id, claim in printed:
        yield from _figures(id, claim, subject.handout.facts)


def _figures(id: str, claim: Claim, facts: dict[str, Fact]) -> Iterator[Finding]:
    assert claim.print is not None
    claimed = set(numbers(claim.claimed))
    for field in ("finding", "said"):
        place: Loc = ("claims", "items", id, "print", field)
        for loc, text in per_market(getattr(claim.print, field), place):
            bare = prose.plain(text, lambda name: "", inline=True)
            shown = [(number, number) for number in numbers(bare)]
            if claim.status == "not-found":
                for name in prose.placeholders(text):
                    shown += [(number, f"{{{name}}}") for number in numbers(_words(name, facts))]
            for number, mark in dict.fromkeys(shown):
                if number in claimed:
                    said = f'the claim\'s own figure "{number}" would be printed'
                    yield Finding(said, loc, _FIGURE, mark=mark)


def _words(name: str, facts: dict[str, Fact]) -> str:
    fact, _, field = name.partition(".")
    try:
        return facts[fact].phrase(field)
    except KeyError:
        return ""


def _questions(subject: Subject) -> Iterator[tuple[Loc, Question]]:
    evidence = subject.handout.evidence
    for key, question in evidence.questions.items() if evidence else ():
        yield ("evidence", "questions", key), question


RULES: tuple[Rule[Subject], ...] = (claim_without_certainty, certainty_words, claims_printed)
