"""What a release says of doses, red flags and coming off, and what changed between two."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel

from plainleaf.content import prose
from plainleaf.content.facts import Fact
from plainleaf.content.ledger.entries import Area
from plainleaf.content.model import Handout, Markets
from plainleaf.content.paces import Form, Pace
from plainleaf.content.tapering import Tapering
from plainleaf.content.walk import groups, per_market, texts

AREAS: tuple[Area, ...] = get_args(Area)
Said = dict[Area, dict[str, str]]
_DOSES = ("mg", "mg-per-day", "mg-in-5-ml")


@dataclass(frozen=True)
class Change:
    """One thing that is new, gone, or said in another way."""

    area: Area
    kind: Literal["added", "removed", "changed"]
    name: str
    before: str = ""
    after: str = ""


def said_of(handout: Handout, markets: Markets) -> Said:
    """Every text and number of the three areas by its place, facts put in; both countries."""
    parts = {
        "red_flags": handout.red_flags,
        "side_effects.emergency": handout.side_effects and handout.side_effects.emergency,
    }
    flags = dict(_worded(parts, handout))
    for market, info in markets:
        flags |= {f"emergency.{market}": info.emergency, f"urgent.{market}": info.urgent}
    taper = dict(_worded({"tapering": handout.tapering}, handout))
    if handout.tapering:
        taper |= _chosen(handout.tapering)
    return {"doses": dict(_doses(handout)), "red-flags": flags, "taper": taper}


def words_of(handout: Handout, markets: Markets) -> dict[Area, str]:
    """SHA-256 of each area, as the handout's language says it."""
    held = said_of(handout, markets)
    return {
        area: hashlib.sha256(json.dumps(held[area], sort_keys=True).encode()).hexdigest()
        for area in AREAS
    }


def changes(
    before: Mapping[Area, dict[str, str]], after: Mapping[Area, dict[str, str]]
) -> list[Change]:
    """What is different between two releases, area by area, in the order of the handout."""
    found: list[Change] = []
    for area in AREAS:
        old, new = before.get(area, {}), after.get(area, {})
        for name in dict.fromkeys((*old, *new)):
            was, now = old.get(name, ""), new.get(name, "")
            if name not in new:
                found.append(Change(area, "removed", name, before=was))
            elif name not in old:
                found.append(Change(area, "added", name, after=now))
            elif was != now:
                found.append(Change(area, "changed", name, was, now))
    return found


def _doses(handout: Handout) -> Iterator[tuple[str, str]]:
    parts = {"forms": handout.forms, "paces": handout.paces}
    parts |= {"screening": handout.screening, "limits": handout.limits}
    yield from _worded(parts, handout)
    for id, form in handout.forms.items():
        yield f"forms.{id}", _form(form)
    for id, pace in handout.paces.items():
        yield f"paces.{id}", _pace(pace)
    for id, limit in handout.limits.items():
        named = f"at most {limit.at_most}" if limit.at_most else f"at least {limit.at_least}"
        yield f"limits.{id}", f"{limit.measure}: {named}"
    for id in sorted(_used(handout)):
        fact = handout.facts[id]
        yield f"facts.{id}", f"{fact.what}: {fact.phrase()}"


def _used(handout: Handout) -> set[str]:
    """The facts that tell of a dose, or that the red flags, the taper and its limits draw."""
    parts = (handout.red_flags, handout.tapering, handout.screening, handout.limits)
    found = {id for id, fact in handout.facts.items() if fact.unit in _DOSES}
    for _, text in (each for part in parts for each in _written(part, ())):
        found |= {name.partition(".")[0] for name in prose.placeholders(text)}
    for limit in handout.limits.values():
        found |= {id for id in (limit.at_most, limit.at_least) if id}
    return found & set(handout.facts)


def _written(value: Any, loc: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for place, group in groups(value, loc):
        yield from texts(group, place)


def _worded(parts: Mapping[str, Any], handout: Handout) -> Iterator[tuple[str, str]]:
    """Each text below the parts with its facts, named by its place."""

    def fill(name: str) -> str:
        id, _, part = name.partition(".")
        fact: Fact | None = handout.facts.get(id)
        return fact.phrase(part) if fact else f"{{{name}}}"

    for key, part in parts.items():
        for loc, text in _written(part, (key,)):
            yield ".".join(map(str, loc)), prose.plain(text, fill, inline=True)


def _chosen(tapering: Tapering) -> dict[str, str]:
    """What the section says without a text: the example's plan, and which red flags it names."""
    held = {"tapering.signs.emergency.items": ", ".join(tapering.signs.emergency.items)}
    if example := tapering.example:
        forms = _each(example.forms)
        dose = f"{example.dose} {example.unit}, {example.time}, pace {example.pace}, {forms}"
        held["tapering.example"] = dose
    return held


def _form(form: Form) -> str:
    parts = [f"{form.kind} of {form.strength} mg", f"smallest {_each(form.smallest)}"]
    if form.syringe:
        parts.append(f"syringe of {form.syringe.capacity} mL with a mark each {form.syringe.mark}")
    return f"{', '.join(parts)}, in {', '.join(form.markets)}"


def _pace(pace: Pace) -> str:
    """The whole rule in one line: "up to 30 cut 5, 7 days"."""
    parts: list[str] = [pace.rule]
    for band in pace.bands:
        reach = f"up to {band.up_to} " if band.up_to is not None else ""
        parts.append(f"{reach}cut {band.cut}, {band.days} days")
    for listed in pace.lists:
        steps = ", ".join(f"{step.dose} for {step.days} days" for step in listed.steps)
        parts.append(f"from {listed.start}: {steps}")
    parts += [f"stops from {pace.stop_from}"] if pace.stop_from is not None else []
    parts += [f"half-maximal {pace.half}"] if pace.half is not None else []
    parts.append(f"largest cut {pace.largest_cut}, shortest step {pace.shortest_step} days")
    return "; ".join(parts)


def _each(value: Any) -> str:
    """A value, or each country's own."""

    def one(held: Any) -> str:
        return ", ".join(map(str, held)) if isinstance(held, tuple) else str(held)

    if isinstance(value, BaseModel):
        return "; ".join(f"{loc[-1]} {one(held)}" for loc, held in per_market(value, ()))
    return one(value)
