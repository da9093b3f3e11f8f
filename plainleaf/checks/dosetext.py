"""Doses are written so that nobody misreads them. None of this can be waived."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from plainleaf.checks.plain import lists
from plainleaf.checks.registry import Finding, Loc, Rule, Subject, rule
from plainleaf.checks.words import Said, filled, per_market
from plainleaf.content.base import Market
from plainleaf.content.model import Handout

_UNIT = r"(?:mg|mL|ml|g|kg|L|micrograms?|mcg|ng|units?|mmol|hours?|days?|weeks?|minutes?|per cent)"
_WRONG = (
    (r"(?<![\d.,])\.\d+", "has no zero before its point", "Write 0.5, not .5: the point is lost."),
    (
        rf"(?<![\d.,])\d+\.(?:0+(?![\d.]*\d)|\d*0(?=\s?{_UNIT}\b))",
        "ends in a zero",
        "Write 5, not 5.0: it is read as 50.",
    ),
    (rf"\d(?:{_UNIT})\b", "has no space before its unit", "Write 5 mg, not 5mg."),
    (r"[<>≤≥@]\s?\d|\d\s?@", "can be read as a figure", "Write more than, less than, at."),
    (r"\d\s?[Uu]\b", "can be read as a zero", "Write units."),
    (r"[<>≤≥@]\s?\d|\d\s?@", "can be read as a figure", "Write more than, less than, at."),
    (r"\d\s?[Uu]\b", "can be read as a zero", "Write units."),
    (r"\b(?:mg|mL)\.(?=\s+[a-z\d])", "has a full stop after its unit", "Write mg, not mg."),
)
_ADDRESS = re.compile(r"\S+@\S+\.\S+")
_ADDRESS = re.compile(r"\S+@\S+\.\S+")
_PER_VOLUME = "mg-in-5-ml"


@rule()
def dose_text(subject: Subject) -> Iterator[Finding]:
    """No dose is written in a way that has been misread.

    A zero before the point, none after the last figure, a space before the unit, and none of the
    short forms that ISMP lists as error-prone (q.d., U, µg, cc, @, and the like; they stand in
    `plainleaf/checks/languages/en.yaml`). Texts are read with their facts put in, and so is what is
    told about a fact. Source: our rule, "dose text: leading zero, no trailing
    zero, space before the unit, no q.d. or other error-prone abbreviations (ISMP)".

    Good: `0.5 mg`, `5 mg once a day`, `10 micrograms`
    Bad: `.5 mg`, `5.0 mg`, `5mg`, `5 mg q.d.`, `10 µg`
    """
    known = lists(subject)
    prone = known.error_prone if known else {}
    short = {form: plain for plain, forms in prone.items() for form in forms}
    listed = _listed(short)
    for loc, text in _printed(subject):
        shown = text.replace("\u00a0", " ")
        for pattern, wrong, hint in _WRONG:
            if match := re.search(pattern, shown):
                yield Finding(f'"{match[0]}" {wrong}', loc, hint, mark=match[0])
        if listed and (match := listed.search(_ADDRESS.sub("", shown))):
            said = f'"{match[0].strip()}" has been misread'
            yield Finding(said, loc, f'Write "{short[match[0]]}".', mark=match[0])


def _printed(subject: Subject) -> Iterator[tuple[Loc, str]]:
    """Every text with its facts put in, and what is told about a fact beside its picture."""
    for said in subject.texts:
        yield said.loc, filled(said.marked, subject.handout.facts)
    for id, fact in subject.handout.facts.items():
        for field in ("what", "who", "time", "arm", "versus_what"):
            if text := getattr(fact, field):
                yield ("facts", id, field), text


def _listed(short: dict[str, str]) -> re.Pattern[str] | None:
    if not short:
        return None
    signs = "|".join(re.escape(form) for form in short if not form[0].isalpha())
    longest = sorted((form for form in short if form[0].isalpha()), key=len, reverse=True)
    letters = "|".join(map(re.escape, longest))
    return re.compile(rf"{signs}|(?<![^\W\d])(?<!\.)(?:{letters})(?!\w)")


@rule()
def liquid_dose(subject: Subject) -> Iterator[Finding]:
    """A dose of a liquid is said in mg and in mL, beside the strength on the bottle.

    Bottles of one medicine differ in strength. A leaflet with a liquid form has a block
    `tapering.liquid` that says so, with the strength of each form that is sold there as a fact in
    mg-in-5-ml; and no text that gives an amount in mL leaves out the mg. Source:
    our rule, "mg and mL together for liquids with the bottle's strength".

    Good: `Check the bottle: {liquid}. Your dose must be in mg and in mL.`
    Bad: `Take one spoon.`, or `Take {volume} mL.`
    """
    handout = subject.handout
    for said in subject.texts:
        shown = filled(said.marked, handout.facts)
        if re.search(r"\d\s*mL\b", shown) and not re.search(r"\bmg\b", shown):
            yield Finding("this says mL without mg", said.loc, "Give the dose in mg and in mL.")
    if handout.tapering is None:
        return
    for market in handout.markets:
        liquids = {
            id: form
            for id, form in handout.forms.items()
            if form.kind == "liquid" and market in form.markets
        }
        if liquids:
            yield from _bottle(handout, market, [form.strength * 5 for form in liquids.values()])


def _bottle(handout: Handout, market: Market, strengths: list[Decimal]) -> Iterator[Finding]:
    assert handout.tapering is not None
    hint = "Name each bottle's strength as a fact in mg-in-5-ml, and say: in mg and in mL."
    if handout.tapering.liquid is None:
        lacks = f"a liquid is sold there, and nothing tells how to take it: {market}"
        yield Finding(lacks, ("tapering",), 'Add "liquid:" with its strengths.', key=True)
        return
    place: Loc = ("tapering", "liquid", "text")
    for loc, text in per_market(handout.tapering.liquid.text, place):
        if loc[-1] in ("uk", "us") and loc[-1] != market:
            continue
        said = Said(text, loc)
        values = [
            fact.value
            for name in said.names
            if (fact := handout.facts.get(name.partition(".")[0])) and fact.unit == _PER_VOLUME
        ]
        if missing := [each for each in strengths if each not in values]:
            yield Finding(f"a strength is not said: {missing[0]} mg in 5 mL", loc, hint)
        if not all(re.search(rf"\b{unit}\b", said.bare) for unit in ("mg", "mL")):
            yield Finding("this does not say that the dose is in mg and in mL", loc, hint)


RULES: tuple[Rule[Subject], ...] = (dose_text, liquid_dose)
