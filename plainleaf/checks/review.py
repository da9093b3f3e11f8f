"""Who answers for the leaflet. A review that does not hold stops nothing: the copy says DRAFT."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from plainleaf.checks.registry import Finding, Rule, Subject, rule
from plainleaf.problems import Level

_HINT = "A person reviews it, then runs plainleaf approve."


@rule(level=Level.WARNING, waivable=False)
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


@rule(level=Level.WARNING, waivable=False)
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


@rule(level=Level.WARNING, waivable=False)
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


@rule()
def dates(subject: Subject) -> Iterator[Finding]:
    """Written, reviewed and next review follow each other, and only the last lies ahead.

    A date of the future in the footer makes an old leaflet look new. `written` may be a day ahead,
    for it is tomorrow somewhere. Past its `next` date a leaflet prints DRAFT (review-expired).
    Source: our rule, "dates: version, reviewed, next review".

    Good: `written: 2026-11-22`, `date: 2026-11-30`, `next: 2027-11-30`
    Bad: `date: 2026-11-30`, `next: 2026-11-30`
    """
    handout, review = subject.handout, subject.handout.review
    if handout.written > subject.today + timedelta(days=1):
        said = f"{handout.written} lies in the future"
        yield Finding(said, ("written",), "Write the day on which it was written.")
    if review.date is None:
        return
    if review.date > subject.today:
        said = f"{review.date} lies in the future"
        yield Finding(said, ("review", "date"), "plainleaf approve writes the day of the review.")
    if review.date < handout.written:
        said = f"it was reviewed on {review.date}, before it was written on {handout.written}"
        yield Finding(said, ("review", "date"), "Mend one of the two, or review it again.")
    if review.next is not None and review.next <= review.date:
        said = f"the next review, {review.next}, is not after the last, {review.date}"
        yield Finding(said, ("review", "next"), "Give a day after the review.")


RULES: tuple[Rule[Subject], ...] = (review_unsigned, review_expired, review_changed, dates)
