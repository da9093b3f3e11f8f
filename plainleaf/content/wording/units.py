"""Every text that a reader of a leaflet sees, as one unit each for a translator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from plainleaf.content import prose
from plainleaf.content.base import Market, Reading
from plainleaf.content.facts import Fact
from plainleaf.content.model import Handout, Markets
from plainleaf.content.sections import Effect, FactBox, Question
from plainleaf.content.walk import Loc, groups, texts
from plainleaf.content.wording.phrases import Phrase

Kind = Literal["text", "red-flag", "dose", "taper", "title"]
UNPRINTED = ("screening", "limits")  # asked of the prescriber; no reader sees them
OF_STAFF = ("card", "staff")  # for whoever treats the reader where the leaflet is given
EMERGENCY = "emergency"

_RULES = ("lead", "words", "example", "hold", "go_back", "special", "signs", "liquid")
_DOSES = ("mg", "mg-per-day", "mg-in-5-ml")
_SECOND = "A second person must check it."
_MARKETS = {"uk": "the United Kingdom", "us": "the United States"}
_WARNING = {
    "red-flag": f"Red flag. {_SECOND}",
    "dose": f"Dose. {_SECOND}",
    "taper": f"Rule of coming off. {_SECOND}",
}
_CARE = f"Who must take care. {_SECOND}"
_NAME = f"Name of a medicine. {_SECOND}"
_FIRST = ("title", "lead", "label", "name", "question")  # before the words they head
# What a text is to the page, by its key; of a list of texts under ids, by the key of the list.
_SAYS = {
    "answer": "The answer to a question.",
    "arm": "What the people counted were given; stands at a bar.",
    "examples": "Examples, in brackets after a name.",
    "finding": "What was found; stands before the claim.",
    "found": "What the studies found; stands in a table.",
    "gloss": "A few words of explanation under a name.",
    "items": "One entry of a list.",
    "label": "A heading in the margin.",
    "lasts": "How long it lasts, in brackets after a name.",
    "lead": "The line under a heading, or the bold words before a text.",
    "message": "The one main message, on the first page.",
    "name": "A name, in a table or a list.",
    "question": "A question that people ask.",
    "said": "A claim from the press, in our words; stands after what was found.",
    "say": "What to say on the telephone.",
    "signs": "A sign of an emergency, one entry of a list.",
    "subtitle": "The line under the title.",
    "time": "Over what time it was counted; stands below a picture.",
    "title": "A heading.",
    "urgent": "Whom to ask when the clinic is closed.",
    "warning": "What all must know at once, on a card for the wallet of the patient.",
    "versus_what": "What it was compared with; stands at a bar.",
    "what": "What was counted, as in: 63 in 100 drowsy. Stands at a picture.",
    "who": "Who was counted, after their number, as in: 175 people. Stands below a picture.",
}


@dataclass(frozen=True)
class Unit:
    """One text. `context` is its path joined by dots; `prose` says whether Markdown is read in it.

    What is `locked` is double-checked by a second person, and no clinic may reword it. `plural` is
    the text for many, where a number chooses. `language` is that of the text.
    """

    context: str
    text: str
    path: tuple[str, ...]
    note: str
    locked: bool
    kind: Kind
    prose: bool = True
    plural: str = ""
    language: str = "en"


def units(handout: Handout) -> tuple[Unit, ...]:
    """Every text of the handout that is printed, on paper or in the HTML form, in its order."""
    return tuple(_units(handout))


def market_units(markets: Markets) -> tuple[Unit, ...]:
    """The texts of handouts/markets.yaml, which have translation files of their own."""
    found = []
    for market in get_args(Market):
        info = getattr(markets, market)
        held = {
            (market, "name"): info.name,
            (market, "urgent"): info.urgent,
            (market, "report", "text"): info.report.text,
            (market, "report", "label"): info.report.label,
        }
        for path, text in held.items():
            says = {"name": "The name of the country.", "label": "The words of a link: an address."}
            note = says.get(path[-1], _SAYS.get(path[-1], "A sentence."))
            note += f"\nFor {_MARKETS[market]} alone."
            found.append(Unit(".".join(path), text, path, note, False, "text", prose=False))
    return tuple(found)


def phrase_units(phrases: Mapping[str, Phrase]) -> tuple[Unit, ...]:
    """The fixed phrases of the templates, which have translation files of their own."""
    found = []
    for id, phrase in phrases.items():
        notes = [phrase.note or "A phrase that is the same in every leaflet."]
        notes += [_SECOND] if phrase.locked else []
        text, many = phrase.text or phrase.one or "", phrase.other or ""
        note, path = "\n".join(notes), tuple(id.split("."))
        found.append(Unit(id, text, path, note, phrase.locked, "text", False, many))
    return tuple(found)


def _units(handout: Handout) -> Iterator[Unit]:
    if handout.medicine:
        note = "The name of the medicine, as the leaflet in the box writes it.\n" + _NAME
        path: tuple[str, ...] = ("medicine", "name")
        yield Unit("medicine.name", handout.medicine.name, path, note, True, "text", prose=False)
    for loc, group in groups(handout):
        if loc[:2] == OF_STAFF or (loc[:1] and loc[0] in UNPRINTED):
            continue
        found = sorted(texts(group, loc), key=lambda each: _key(_path(each[0])) not in _FIRST)
        for at, text in found:
            yield _unit(handout, _path(at), text)
    for id, form in handout.forms.items():
        if form.syringe is not None:
            path = ("forms", id, "syringe", "name")
            note = f"The syringe that the liquid is measured with.\n{_WARNING['dose']}"
            text = form.syringe.name
            yield Unit(".".join(path), text, path, note, True, "dose", prose=False)
    yield from _fact_units(handout)


def _unit(handout: Handout, path: tuple[str, ...], text: str) -> Unit:
    kind = _kind(handout, path, text)
    locked = kind in _WARNING or path[0] == "who_should_not"
    notes = [_SAYS.get(_key(path), "A sentence.")]
    if path[-1] in _MARKETS:
        notes.append(f"For {_MARKETS[path[-1]]} alone.")
    if "simple" in path[-2:]:
        notes.append("For people who read little: short words, short sentences, the same meaning.")
    notes += _placeholders(handout, text)
    if "](#" in text:
        notes.append("Words in [ ] lead to a section: keep the (#…) behind them as it is.")
    if locked:
        notes.append(_WARNING.get(kind, _CARE))
    context = ".".join(_without(path, ("ordinary",)))  # stays when a simple form is added
    return Unit(context, text, path, "\n".join(notes), locked, kind)


def _path(loc: Loc) -> tuple[str, ...]:
    return tuple(map(str, loc))


def _key(path: tuple[str, ...]) -> str:
    """The key that says what a text is: no market or reading level, no id in a list of texts."""
    keys = _without(path, (*_MARKETS, *get_args(Reading)))
    return keys[-1] if keys[-1] in _SAYS or len(keys) < 2 else keys[-2]


def _without(path: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """The path without these at its end, where a text varies."""
    return (*path[:-2], *(part for part in path[-2:] if part not in names))


def _kind(handout: Handout, path: tuple[str, ...], text: str) -> Kind:
    if path[0] in ("red_flags", "card") or path[:3] == ("tapering", "signs", "emergency"):
        return "red-flag"
    if path[0] == "paces" or (path[0] == "tapering" and path[1] in _RULES):
        return "taper"
    if path[0] == "forms" or any(_is_dose(handout, name) for name in prose.placeholders(text)):
        return "dose"
    return "title" if _key(path) in ("title", "subtitle") else "text"


def _is_dose(handout: Handout, name: str) -> bool:
    id, _, field = name.partition(".")
    fact = handout.facts.get(id)
    return fact is not None and (field == "dose" or (fact.unit in _DOSES and field != "people"))


def _placeholders(handout: Handout, text: str) -> Iterator[str]:
    """What each placeholder of a text holds, as the source language prints it."""
    for name in dict.fromkeys(prose.placeholders(text)):
        if name == EMERGENCY:
            yield "{emergency}: the emergency number of the country"
            continue
        id, _, field = name.partition(".")
        try:
            held = handout.facts[id].phrase(field).replace("\u00a0", " ")
        except KeyError:  # the checks of the handout say so
            continue
        yield f"{{{name}}}: {held}"


def _fact_units(handout: Handout) -> Iterator[Unit]:
    for id, fields in _pictured(handout).items():
        for field in fields:
            text = getattr(handout.facts[id], field)
            if text is None:
                continue
            path = ("facts", id, field)
            counted = re.search(r"\d", text) is not None
            note = _SAYS[field] + (f"\n{_WARNING['dose']}" if counted else "")
            kind: Kind = "dose" if counted else "text"
            yield Unit(".".join(path), text, path, note, counted, kind, prose=False)


def _pictured(handout: Handout) -> dict[str, tuple[str, ...]]:
    """The facts that a picture draws, and which of their words stand at it."""
    whole, people = ("what", "who", "time", "arm", "versus_what"), ("what", "who", "time")
    found: dict[str, dict[str, None]] = {}

    def draws(id: str | None, fields: tuple[str, ...]) -> None:
        if id in handout.facts:
            found.setdefault(str(id), {}).update(dict.fromkeys(fields))

    def counts(fact: Fact | None) -> bool:
        return fact is not None and fact.unit == "in-100"

    for _, group in groups(handout):
        if isinstance(group, Question):
            for id in group.bars:
                draws(id, whole)
            draws(group.people, (*people, "versus_what"))
        elif isinstance(group, FactBox):
            for id in (*group.benefits, *group.harms):
                arrays = counts(handout.facts.get(id))
                draws(id, (*people, "versus_what") if arrays else whole)
        elif isinstance(group, Effect):
            fact = handout.facts.get(group.fact)
            if fact is not None and fact.versus is not None:
                draws(group.fact, ("versus_what",))
    return {id: tuple(fields) for id, fields in found.items()}
