"""The first page: one message, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainleaf.checks.language import Language, one_of
from plainleaf.checks.plain import lists
from plainleaf.checks.reading import sentences
from plainleaf.checks.registry import Finding, Loc, Rule, Subject, rule
from plainleaf.checks.words import Said, filled, per_market
from plainleaf.problems import Level

LINE = 65  # characters
MOST_LINES, MOST_SENTENCES = 3, 2
STEPS = 3


@rule(waivable=True)
def one_message(subject: Subject) -> Iterator[Finding]:
    """The first section begins with one main message, and nothing says more before it.

    The message is one sentence or two, and no longer than three lines of 65 characters; the
    subtitle above it is one line. Source: our rule, "one main message, in the first section, on the
    first page" (that it is on the first page is seen there, by red-flags-first-page).

    Good: `message: It may help for a night, but we found no good study over weeks.`
    Bad: a message of five sentences
    """
    if not (known := lists(subject)):
        return
    for loc, text in per_market(subject.handout.in_short.message, ("in_short", "message")):
        shown = filled(Said(text, loc).marked, subject.handout.facts)
        count = len(sentences(shown, known))
        if count > MOST_SENTENCES or len(shown) > LINE * MOST_LINES:
            said = f"the main message has {count} sentences and {len(shown)} characters"
            hint = f"Say one thing, in {LINE * MOST_LINES} characters; the points below say more."
            yield Finding(said, loc, hint)
    for loc, text in per_market(subject.handout.subtitle, ("subtitle",)):
        shown = filled(Said(text, loc).marked, subject.handout.facts)
        if len(shown) > LINE or len(sentences(shown, known)) > 1:
            said = f"the subtitle, of {len(shown)} characters, comes before the main message"
            yield Finding(said, loc, f"Make it one line, of at most {LINE} characters.")


@rule(waivable=True)
def explicit_action(subject: Subject) -> Iterator[Finding]:
    """The first section tells the reader to do something, or not to.

    At least one of its points has a sentence that begins with a verb of doing ("Call us", "Do not
    drive", "Never stop it suddenly"). Source: our rule, "an explicit action".

    Good: `lead: Never stop it suddenly.`
    Bad: points that only describe the medicine
    """
    known = lists(subject)
    if not known or not known.actions:
        return
    for id, point in subject.handout.in_short.points.items():
        for field in ("lead", "text"):
            loc: Loc = ("in_short", "points", id, field)
            for _, text in per_market(getattr(point, field), loc):
                if any(_acts(each, known) for each in sentences(Said(text, loc).marked, known)):
                    return
    said = "no point of the first section tells the reader what to do"
    hint = 'Begin one with what to do: "Call us if …", "Do not …".'
    yield Finding(said, ("in_short", "points"), hint, key=True)


@rule(level=Level.ADVICE)
def numbered_steps(subject: Subject) -> Iterator[Finding]:
    """What is done in steps is written as steps, one entry each, and not in running text.

    A text with three sentences that tell the reader to do something, and a word of order among them
    ("first", "then"), is a procedure. Source: our rule, "numbered steps for a procedure".

    Good: an entry each for `Shake the bottle.`, `Fill the syringe.`, `Swallow it.`
    Bad: `Shake the bottle. Then fill the syringe. Swallow it.`
    """
    known = lists(subject)
    if not known or not known.actions or not known.sequence:
        return
    order = one_of(known.sequence)
    for said in subject.texts:
        found = [each for each in sentences(said.marked, known) if _acts(each, known)]
        if len(found) >= STEPS and any(order.search(each) for each in found[1:]):
            message = f"{len(found)} steps stand in one text"
            yield Finding(message, said.loc, "Write each step as an entry of its own.")


def _acts(sentence: str, known: Language) -> bool:
    """Whether a sentence begins with a verb that tells the reader to do something."""
    bare = re.sub(r"^\W+", "", sentence)
    if opening := one_of(known.polite).match(bare) if known.polite else None:
        bare = re.sub(r"^\W+", "", bare[opening.end() :]) or bare
    return bool(one_of(known.actions).match(bare))


RULES: tuple[Rule[Subject], ...] = (one_message, explicit_action, numbered_steps)
