"""Who answers for the leaflet. None of these stops a render: the copy says DRAFT instead."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.registry import Finding, Rule, Subject, rule
from plainleaf.problems import Level

_HINT = "A person reviews it, then runs plainleaf approve."


@rule(level=Level.WARNING)
def review_unsigned(subject: Subject) -> Iterator[Finding]:
    """A named reviewer has approved the leaflet; until then DRAFT is printed across every page.

    Source: design.md, "A handout with review.status other than approved by a named reviewer with a
    date … prints with DRAFT across every page".

    Good: a review block written by `plainleaf approve`
    Bad: `review: {status: draft}`
    """
    if subject.handout.review.status != "approved":
        said = "nobody has approved this leaflet: DRAFT is printed across every page"
        yield Finding(said, ("review", "status"), _HINT)


@rule(level=Level.WARNING)
def review_expired(subject: Subject) -> Iterator[Finding]:
    """A review holds until its `next` date; after that day the leaflet is a draft again.

    Source: design.md, "or past its review.next".

    Good: `next: 2027-11-22`, printed on or before that day
    Bad: `next: 2027-11-22`, printed on the day after
    """
    review = subject.handout.review
    if review.status == "approved" and review.next and subject.today > review.next:
        said = f"the review ran out on {review.next}: DRAFT is printed across every page"
        yield Finding(said, ("review", "next"), _HINT)


@rule(level=Level.WARNING)
def review_changed(subject: Subject) -> Iterator[Finding]:
    """What is printed is what was reviewed: any change since makes the leaflet a draft again.

    Source: design.md, "The review block holds the fingerprint of what was reviewed, so any later
    change prints DRAFT again".

    Good: a change to the words, then `plainleaf approve` by a person who has read it
    Bad: a change to the words after the approval
    """
    review = subject.handout.review
    changed = subject.fingerprint is not None and review.fingerprint != subject.fingerprint
    if review.status == "approved" and changed:
        said = "the leaflet was changed after its review: DRAFT is printed across every page"
        yield Finding(said, ("review", "fingerprint"), _HINT)


RULES: tuple[Rule[Subject], ...] = (review_unsigned, review_expired, review_changed)
