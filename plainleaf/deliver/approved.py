"""What may leave for patients: an approved leaflet, within the dates of its review."""

from __future__ import annotations

import datetime

from plainleaf.problems import Problem
from plainleaf.ready import Checked


def why_draft(ready: Checked, today: datetime.date) -> Problem:
    """Why a leaflet, ready in its style, is no more than a draft, and who can change that."""
    handout, document = ready.loaded.model, ready.loaded.document
    id, review = handout.id, handout.review
    place = document.locate(("review",))
    read = f"plainleaf render {id} --edition review"
    sign = f"Its reviewer reads what {read} makes, then runs plainleaf approve {id}."
    if review.status != "approved":
        return document.problem("not approved, so it is not printed", place, hint=sign)
    if ready.standing.lines[0] == ready.said.voice.plain("standing.changed"):
        said = "it has changed since it was approved, so it is not printed"
        return document.problem(said, place, hint=sign)
    if review.next is not None and today > review.next:
        said = f"its review ran out on {review.next}, so it is not printed"
        return document.problem(said, place, hint=sign)
    parts = [ready] if ready.beside is None else [ready, ready.beside]
    for code in (part.said.voice.code for part in parts if not part.said.approved):
        said = f"its translation ({code}) is not approved, so it is not printed"
        hint = f"Its reviewer runs plainleaf approve {id} --language {code}; docs/translate.md."
        return Problem(said, document.path, hint=hint)
    if not all(part.said.clinic_approved for part in parts):
        said = "the clinic's own words are not approved, so it is not printed"
        hint = "Their reviewer signs the clinic's review.yaml, as docs/clinic.md says."
        return Problem(said, document.path, hint=hint)
    said = "its style is not approved, so it is not printed"
    return Problem(said, document.path, hint="Its reviewer signs the review.yaml of its folder.")
