"""Reads worked.yaml into requests. Every scalar is text until it becomes an exact decimal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from plainleaf.taper import by_time, evenly
from plainleaf.taper.model import (
    Band,
    EffectPace,
    FixedPace,
    Form,
    Intake,
    Kind,
    ListPace,
    ListStep,
    Pace,
    PercentPace,
    Request,
    StepList,
    Syringe,
)

Row = Mapping[str, Any]
TABLE: Row = yaml.load(
    Path(__file__).with_name("worked.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


def form(row: Row) -> Form:
    syringe = row.get("syringe")
    return Form(
        id=row["id"],
        kind=Kind(row["kind"]),
        strength=Decimal(row["strength"]),
        smallest=Decimal(row.get("smallest", "1")),
        pack=Decimal(row["pack"]) if "pack" in row else None,
        syringe=Syringe(syringe["name"], Decimal(syringe["mark"]), Decimal(syringe["capacity"]))
        if syringe
        else None,
        name=row.get("name", ""),
    )


def steps(text: str) -> list[tuple[Decimal, int]]:
    """ "15x7 10x7" as doses and days."""
    pairs = (one.split("x") for one in text.split())
    return [(Decimal(dose), int(days)) for dose, days in pairs]


def _list(start: str, text: str) -> StepList:
    rows, before = [], Decimal(start)
    for dose, days in [*steps(text), (Decimal(0), 0)]:
        rows.append(ListStep(dose, before - dose, days))
        before = dose
    return StepList(Decimal(start), tuple(rows))


def _bands(text: str) -> tuple[Band, ...]:
    found = re.findall(r"([0-9.]+)x([0-9]+)(?: to ([0-9.]+))?", text)
    return tuple(Band(Decimal(c), int(n), Decimal(to) if to else None) for c, n, to in found)


def pace(name: str, row: Row) -> Pace:
    said: dict[str, Any] = {
        "id": name,
        "largest_cut": Decimal(row["largest"]),
        "shortest": int(row["shortest"]),
        "source": row.get("source", "worked by hand"),
        "level": "convention",
    }
    lists = tuple(_list(start, text) for start, text in row.get("lists", {}).items())
    if "fixed" in row:
        return FixedPace(**said, bands=_bands(row["fixed"]), lists=lists)
    if "percent" in row:
        stop = Decimal(row["stop_from"])
        bands = _bands(row["percent"])
        return PercentPace(**said, bands=bands, stop_from=stop, stop_source="worked by hand")
    if "effect" in row:
        (band,) = _bands(row["effect"])
        half = Decimal(row["half"])
        return EffectPace(
            **said, half=half, half_source="worked by hand", cut=band.cut, days=band.days
        )
    return ListPace(**said, lists=lists)


FORMS = {name: form(row) for name, row in TABLE["forms"].items()}
PACES = {name: pace(name, row) for name, row in TABLE["paces"].items()}


def request(row: Row) -> Request:
    if "evenly" in row:
        total, times = row["evenly"]
        dose = evenly(Decimal(total), int(times), "mg")
    else:
        dose = by_time({time: Decimal(value) for time, value in row["dose"].items()})
    return Request(
        handout="example",
        unit="mg",
        dose=dose,
        forms=tuple(FORMS[name] for name in row["forms"]),
        pace=PACES[row["pace"]],
        start=date.fromisoformat(row["start"]) if "start" in row else None,
        end=Decimal(row.get("end_dose", "0")),
        first=tuple(row.get("first", ())),
        together="together" in row,
        others=tuple(FORMS[name] for name in row.get("others", ())),
        not_before=date.fromisoformat(row["not_before"]) if "not_before" in row else None,
    )


def changed(value: Any, **change: Any) -> Any:
    """The value with fields of any type, right or wrong."""
    return replace(value, **change)


def asked(name: str) -> Request:
    """The request of a worked plan, by its id."""
    return request(next(row for row in TABLE["plans"] if row["id"] == name))


def taken(intakes: tuple[Intake, ...]) -> str:
    """Intakes as the table writes them."""
    return "; ".join(
        f"{intake.time} " + " + ".join(f"{take.amount} {take.form}" for take in intake.take)
        for intake in intakes
    )
