"""What no machine can judge: questions that a person answers, kept beside the handout."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import ValidationError, model_validator
from pydantic_core import PydanticCustomError

from plainleaf.checks.registry import Finding, Rule, Subject, rule
from plainleaf.content import yaml
from plainleaf.content.base import Base, Date, Id, Plain
from plainleaf.content.load import nearest
from plainleaf.content.yaml import Document
from plainleaf.problems import ContentError, Level

FILE = "checklist.yaml"
Instrument = Literal["PEMAT-P", "CCI", "PEMAT-P and CCI"]


class Item(Base):
    """One question, in our words, and the instrument that asks it; the answer is a person's."""

    question: Plain
    asked_by: Instrument
    answer: Literal["yes", "no", "na", "unanswered"] = "unanswered"
    by: Plain | None = None
    date: Date | None = None
    note: Plain | None = None

    @model_validator(mode="after")
    def _signed(self) -> Item:
        if self.answer != "unanswered" and not (self.by and self.date):
            said = 'has an answer, and so needs "by" (who answered) and "date"'
            raise PydanticCustomError("plainleaf", "{reason}", {"reason": said})
        return self


class Checklist(Base):
    """checklist.yaml, beside handout.yaml."""

    items: dict[Id, Item]


@rule(level=Level.ADVICE)
def judgement(subject: Subject) -> Iterator[Finding]:
    """A person has answered what no machine can judge, and answered yes.

    The questions are those of PEMAT-P and of CDC's Clear Communication Index that ask for
    judgement, in our own words, in `checklist.yaml` beside the handout. Plainleaf answers none of
    them: told are those without an answer, and those answered with no. Source: our rule, "a
    checklist file stored with the handout, filled in by a person, printed by check, never passed by
    itself".

    Good: `answer: yes`, with `by:` and `date:` of who read the leaflet
    Bad: no `checklist.yaml`, or `answer: unanswered`
    """
    path = Path(subject.document.path).parent / FILE
    asked = questions()
    if not path.is_file():
        said = f"nobody has answered the {len(asked)} questions that ask for judgement"
        yield Finding(said, (), f"A person answers them in {FILE}, beside the handout.")
        return
    document = _document(str(path), path.read_bytes())
    try:
        given = Checklist.model_validate(document.plain()).items
    except ValidationError as error:
        for each in error.errors(include_url=False):
            said = f"{'.'.join(map(str, each['loc']))}: {each['msg']}"
            loc = tuple(each["loc"])
            yield Finding(said, loc, _FORM, document=document, level=Level.ERROR)
        return
    yield from _wrong(given, asked, document, subject)
    missing = [id for id in asked if id not in given or given[id].answer == "unanswered"]
    if missing:
        said = f"{len(missing)} of {len(asked)} questions have no answer"
        hint = f"A person answers them; the first is: {asked[missing[0]].question}"
        yield Finding(said, ("items", missing[0]), hint, key=True, document=document)
    for id, item in given.items():
        if item.answer == "no":
            hint = item.note or "Mend the leaflet, and answer again."
            said = f"{item.by} answered no: {item.question}"
            yield Finding(said, ("items", id, "answer"), hint, document=document)


_FORM = "An item has question, asked_by, answer (yes, no, na or unanswered), by and date."


def _wrong(
    given: dict[str, Item], asked: dict[str, Item], document: Document, subject: Subject
) -> Iterator[Finding]:
    """Questions that were changed or made up, and answers from the future: these are errors."""
    for id, item in given.items():
        said = hint = ""
        if id not in asked:
            near = nearest(id, list(asked))
            said = f'there is no question "{id}"' + (f', did you mean "{near}"?' if near else "")
            hint = "Take it out, or mend its name."
        elif item.question != asked[id].question:
            said, hint = "this is not the question", f"It is: {asked[id].question}"
        elif item.date is not None and item.date > subject.today:
            said, hint = f"it was answered on {item.date}, in the future", "Mend the date."
        if said:
            yield Finding(said, ("items", id), hint, True, document=document, level=Level.ERROR)


@lru_cache(maxsize=64)
def _document(path: str, data: bytes) -> Document:
    """The file as it is; the same bytes are read once."""
    return yaml.parse(data, path)


@cache
def questions() -> dict[str, Item]:
    """The questions of a checklist, by id, in their order."""
    path = Path(__file__).parent / FILE
    document = yaml.parse(path.read_bytes(), FILE)
    try:
        return Checklist.model_validate(document.plain()).items
    except ValidationError as error:  # a fault in Plainleaf itself
        raise ContentError(document.problem(str(error), document.locate(()))) from None


RULES: tuple[Rule[Subject], ...] = (judgement,)
