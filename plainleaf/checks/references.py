"""What one place names, another has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from plainleaf.checks.registry import Finding, Loc, Rule, Subject, rule
from plainleaf.checks.words import per_market
from plainleaf.content.load import nearest
from plainleaf.content.model import Handout

_LINK = re.compile(r"\]\(#([^)\s]*)\)")
_NO_PLACE = ("medicine", "review", "card")
# The blocks of tapering that have an anchor of their own; the test holds them against the page.
_TAPERING = ("plans", "hold", "special-plan", "your-plan", "signs")


@rule()
def reference_unknown(subject: Subject) -> Iterator[Finding]:
    """What is named elsewhere in the file is there.

    Pictures and side effects name facts; the emergency signs of tapering name red flags, so that
    both say the same; the example names a pace and forms; a link within the leaflet names a section
    that it has. Source: design.md, "Facts once, words many times".

    Good: `bars: [finnimore-sleep]`, with `finnimore-sleep: {…}` under `facts`
    Bad: `bars: [finimore-sleep]`, or `[Tips](#tipps)`
    """
    handout = subject.handout
    for use in subject.drawn:
        if not use.mark:
            yield from _known("fact", use.fact, handout.facts, use.loc)
    if handout.tapering:
        signs = handout.red_flags.signs if handout.red_flags else {}
        for place, id in enumerate(handout.tapering.signs.emergency.items):
            loc: Loc = ("tapering", "signs", "emergency", "items", place)
            yield from _known("red flag", id, signs, loc)
    if handout.tapering and (example := handout.tapering.example):
        yield from _known("pace", example.pace, handout.paces, ("tapering", "example", "pace"))
        for loc, forms in per_market(example.forms, ("tapering", "example", "forms")):
            for place, id in enumerate(forms):
                yield from _known("form", id, handout.forms, (*loc, place))
    places = anchors(handout)
    for said in subject.texts:
        for link in _LINK.finditer(said.text):
            yield from _known("section", link[1], places, said.loc, f"#{link[1]}")


def anchors(handout: Handout) -> list[str]:
    """The ids a link may lead to: the sections that the handout has, and some of their blocks."""
    found = [
        name.replace("_", "-")
        for name in type(handout).model_fields
        if isinstance(getattr(handout, name), BaseModel) and name not in _NO_PLACE
    ]
    if handout.evidence:
        questions = handout.evidence.questions.items()
        found += [f"evidence-{key}" for key, question in questions if question.on_paper]
    if handout.tapering:
        found += [*_TAPERING, *(["liquid"] if handout.tapering.liquid else [])]
    return found


def _known(kind: str, id: str, known: Iterable[str], loc: Loc, mark: str = "") -> Iterator[Finding]:
    if id in known:
        return
    near = nearest(id, list(known))
    said = f'there is no {kind} "{id}"' + (f', did you mean "{near}"?' if near else "")
    yield Finding(said, loc, f"There are: {', '.join(known) or 'none'}.", mark=mark)


RULES: tuple[Rule[Subject], ...] = (reference_unknown,)
