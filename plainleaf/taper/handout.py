"""A handout's forms and paces as the dose engine takes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from plainleaf.content import prose
from plainleaf.content.base import Market
from plainleaf.content.model import Handout
from plainleaf.content.paces import Band, Form, Listed, Pace
from plainleaf.taper import model as taper


def forms_of(handout: Handout, market: Market) -> tuple[taper.Form, ...]:
    """The forms sold in the market. The handout is settled for it."""
    return tuple(form_of(id, form) for id, form in handout.forms.items() if market in form.markets)


def paces_of(handout: Handout) -> tuple[taper.Pace, ...]:
    """The paces of the handout."""
    return tuple(pace_of(id, pace) for id, pace in handout.paces.items())


def unit_of(handout: Handout) -> str:
    """The unit in which the handout's plans count."""
    example = handout.tapering.example if handout.tapering else None
    return example.unit if example else "mg"


def once_of(handout: Handout) -> str:
    """The time of a dose that is taken once a day: that of the example."""
    example = handout.tapering.example if handout.tapering else None
    return example.time if example else "night"


def said(handout: Handout, text: object) -> str:
    """The plain words of one of the handout's lines, with its facts. KeyError for unknown facts."""

    def fill(name: str) -> str:
        if name == "emergency":
            return "the emergency number"
        fact, _, field = name.partition(".")
        return handout.facts[fact].phrase(field)

    return prose.plain(str(text), fill, inline=True).replace("\u00a0", " ")


def form_of(id: str, form: Form) -> taper.Form:
    """One form; `smallest` and `pack` are settled for one market."""
    assert isinstance(form.smallest, Decimal)
    assert form.pack is None or isinstance(form.pack, Decimal)
    syringe = form.syringe
    return taper.Form(
        id=id,
        kind=taper.Kind(form.kind),
        strength=form.strength,
        smallest=form.smallest,
        pack=form.pack,
        syringe=taper.Syringe(syringe.name, syringe.mark, syringe.capacity) if syringe else None,
        name=str(form.name),
    )


def pace_of(id: str, pace: Pace) -> taper.Pace:
    """One pace, with its source (our own note where it was read nowhere) and its level."""
    about: dict[str, Any] = {
        "id": id,
        "largest_cut": pace.largest_cut,
        "shortest": pace.shortest_step,
        "source": pace.source or pace.note,
        "level": str(pace.level),
    }
    lists, bands = tuple(map(_listed, pace.lists)), tuple(map(_band, pace.bands))
    if pace.rule == "list":
        return taper.ListPace(lists=lists, **about)
    if pace.rule == "fixed":
        return taper.FixedPace(bands=bands, lists=lists, **about)
    if pace.rule == "percent":
        assert pace.stop_from is not None and pace.stop_source is not None
        return taper.PercentPace(
            bands=bands, stop_from=pace.stop_from, stop_source=pace.stop_source, **about
        )
    assert pace.half is not None and pace.half_source is not None
    return taper.EffectPace(
        half=pace.half,
        half_source=pace.half_source,
        cut=bands[0].cut,
        days=bands[0].days,
        **about,
    )


def _band(band: Band) -> taper.Band:
    return taper.Band(band.cut, band.days, band.up_to)


def _listed(listed: Listed) -> taper.StepList:
    steps = tuple(taper.ListStep(step.dose, step.cut, step.days) for step in listed.steps)
    return taper.StepList(listed.start, steps)
