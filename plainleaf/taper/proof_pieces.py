"""What the proof allows as a piece: restated here, not taken from the planner."""

from __future__ import annotations

from decimal import Decimal

from plainleaf.taper.model import Form, Kind

PIECES = 4  # at one time of the day
_SPLITS = (Decimal("1"), Decimal("0.5"), Decimal("0.25"))
_PARTS = {Decimal("0.25"): 1, Decimal("0.5"): 1, Decimal("0.75"): 2}


def pieces_of(form: Form, amount: Decimal) -> Decimal | None:
    """The pieces or syringe draws an amount is, or None where it cannot be split or measured."""
    if amount <= 0:
        return None
    if form.kind is Kind.LIQUID:
        syringe = form.syringe
        if syringe is None or not syringe.name or amount < form.smallest or amount % syringe.mark:
            return None
        return amount // syringe.capacity + (1 if amount % syringe.capacity else 0)
    whole, part = amount // 1, amount % 1
    if not part:
        return whole
    if form.kind is not Kind.TABLET or form.smallest not in _SPLITS or part % form.smallest:
        return None
    return whole + _PARTS[part]
