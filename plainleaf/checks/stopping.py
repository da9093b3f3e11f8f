"""Coming off safely, and whom to call. None of this can be waived."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainleaf.checks.plain import lists
from plainleaf.checks.registry import Finding, Loc, Rule, Subject, rule
from plainleaf.problems import Level


@rule()
def taper_safety(subject: Subject) -> Iterator[Finding]:
    """A leaflet on coming off a medicine has all that keeps its reader safe.

    Who needs a special plan; signs that ask for a call, and signs of an emergency; and, on the
    first page, not to stop suddenly, in each country. The hold rule and the go-back rule are keys
    of `tapering` that no handout can leave out. Where a leaflet is not about a
    medicine it is a warning. Source: our rule, "hold and
    go-back rule, warning signs split by urgency, … do-not-stop-suddenly".

    Good: `in_short` with `Never stop it suddenly.`, and signs under `call` and `emergency`
    Bad: `emergency: {items: [], …}`
    """
    handout = subject.handout
    if handout.tapering is None:
        return
    level = Level.ERROR if handout.kind == "medicine" else Level.WARNING
    signs, place = handout.tapering.signs, ("tapering", "signs")
    needed: tuple[tuple[object, Loc, str], ...] = (
        (
            handout.tapering.special.items,
            ("tapering", "special", "items"),
            "person who needs a special plan",
        ),
        (signs.call.items, (*place, "call", "items"), "sign that asks for a call"),
        (signs.emergency.items, (*place, "emergency", "items"), "sign of an emergency"),
    )
    for items, loc, what in needed:
        if not items:
            yield Finding(f"this names no {what}", loc, "Name at least one.", level=level)
    known = lists(subject)
    if not known or not known.suddenly:
        return
    first = [said for said in subject.texts if said.loc[0] == "in_short"]
    missing = []
    for market in handout.markets:
        told = " ".join(said.bare for said in first if said.loc[-1] not in {"uk", "us"} - {market})
        if not re.search(known.suddenly, told, re.IGNORECASE):
            missing.append(market)
    if missing:
        message = f"the first page does not say not to stop suddenly: {', '.join(missing)}"
        hint = 'Add a point to "in_short", such as: Never stop it suddenly.'
        yield Finding(message, ("in_short",), hint, key=True, level=level)


@rule()
def telephone(subject: Subject) -> Iterator[Finding]:
    """Each country of the leaflet has an emergency number.

    The first page prints it beside the red flags, over the clinic's own number.
    Source: our rule, "a telephone number".

    Good: `emergency: "999"` in handouts/markets.yaml
    Bad: `emergency: "-"`
    """
    for market in subject.handout.markets:
        emergency = getattr(subject.markets, market).emergency
        if not re.fullmatch(r"\+?[0-9][0-9 -]*", emergency):
            said = f'"{emergency}" is no emergency number: {market}'
            hint = "Mend handouts/markets.yaml: digits, with spaces or hyphens between."
            yield Finding(said, ("markets",), hint)


RULES: tuple[Rule[Subject], ...] = (taper_safety, telephone)
