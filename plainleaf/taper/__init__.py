"""Dose plans, proved before anything is printed."""

from plainleaf.taper.choose import choose_forms, choose_pace
from plainleaf.taper.day import by_time, evenly
from plainleaf.taper.plan import proved_plan
from plainleaf.taper.proof import prove
from plainleaf.taper.quantity import read_amount, read_dose
from plainleaf.taper.written import to_json

__all__ = [
    "by_time",
    "choose_forms",
    "choose_pace",
    "evenly",
    "prove",
    "proved_plan",
    "read_amount",
    "read_dose",
    "to_json",
]
