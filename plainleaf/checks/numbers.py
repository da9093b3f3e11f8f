"""Numbers in sentences come from facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from plainleaf.checks.registry import Finding, Loc, Rule, Subject, rule
from plainleaf.checks.words import numbers, per_market
from plainleaf.content import prose
from plainleaf.content.model import Handout
from plainleaf.content.paces import Form


@rule()
def number_in_text(subject: Subject) -> Iterator[Finding]:
    """A digit in a printed text comes from a fact, so that no sentence has a number of its own.

    Names that are written with a digit are listed under `medicine.words`. Names of forms have their
    own rule (form-name), figures of a claim theirs (claims-printed). Addresses behind a link are
    not read. Source: design.md, "A number stands once in handout.yaml … A translation cannot change
    a number because it holds none".

    Good: `you are over {falls-age}`, with `falls-age: {value: 65, …}` under `facts`
    Bad: `you are over 65`
    """
    names = subject.handout.medicine.words if subject.handout.medicine else ()
    allowed = [name for name in names if numbers(name)]
    for said in subject.texts:
        if said.loc[0] == "forms":
            continue
        bare = said.bare
        for name in allowed:
            bare = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", bare, flags=re.IGNORECASE)
        claimed = _claimed(subject.handout, said.loc)
        for number in dict.fromkeys(numbers(bare)):
            if number not in claimed:
                yield Finding(
                    f'the number "{number}" does not come from a fact',
                    said.loc,
                    "Give it once under facts and name it here as {fact-id}; a name that has a "
                    "digit goes under medicine.words.",
                    mark=number,
                )


def _claimed(handout: Handout, loc: Loc) -> list[str]:
    """The claim's own figures, where the text is that of a claim: another rule looks at them."""
    if loc[:2] != ("claims", "items") or handout.claims is None:
        return []
    return numbers(handout.claims.items[str(loc[2])].claimed)


@rule()
def form_name(subject: Subject) -> Iterator[Finding]:
    """The name of a tablet, capsule or liquid says its strength, and no other number.

    It is what a reader holds against the box. Source: design.md, "Facts once": the strength stands
    once, as `strength:`, in mg per tablet, capsule or mL.

    Good: `{name: 5 mg tablet, strength: 5, …}`, `{name: 5 mg in 5 mL liquid, strength: 1, …}`
    Bad: `{name: 10 mg tablet, strength: 5, …}`
    """
    for id, form in subject.handout.forms.items():
        for loc, name in per_market(form.name, ("forms", id, "name")):
            bare = prose.plain(name, lambda name: "", inline=True)
            if not _says(bare, form):
                per = "mL" if form.kind == "liquid" else form.kind
                said = f'"{bare}" does not say the strength, {form.strength} mg per {per}'
                yield Finding(said, loc, "Mend the name or the strength.")


def _says(name: str, form: Form) -> bool:
    found = numbers(name)
    if not all(re.fullmatch(r"[0-9]+(\.[0-9]+)?", number) for number in found):
        return False
    if form.kind == "liquid" and len(found) == 2:
        amount, volume = map(Decimal, found)
        return volume > 0 and amount == form.strength * volume
    return len(found) == 1 and Decimal(found[0]) == form.strength


RULES: tuple[Rule[Subject], ...] = (number_in_text, form_name)
