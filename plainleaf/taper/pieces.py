"""Makes a dose from the forms at hand: few pieces, few split ones, one liquid.

Doses become whole numbers of grains, the largest share of which every piece is a multiple.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, lcm
from typing import NamedTuple

from plainleaf.taper.exact import to_decimal
from plainleaf.taper.model import MOST_PIECES, Form, Kind, Take

_PARTS = {  # the part of a tablet beside whole ones: how many pieces it is
    Fraction(1): {Fraction(0): 0},
    Fraction(1, 2): {Fraction(0): 0, Fraction(1, 2): 1},
    Fraction(1, 4): {Fraction(0): 0, Fraction(1, 4): 1, Fraction(1, 2): 1, Fraction(3, 4): 2},
}


class _Made(NamedTuple):
    """One way to make a sum. The smaller is the better: the order of the fields is the rule."""

    split: int
    pieces: int
    kinds: int
    amounts: tuple[Fraction, ...]  # negative, so that of two equals the earlier form is used more


class Bench:
    """What can be made at one time of the day from these forms, in at most `most` pieces."""

    def __init__(self, forms: Sequence[Form], most: int = MOST_PIECES) -> None:
        self._most = most
        self._solids = [form for form in forms if form.kind is not Kind.LIQUID]
        self._liquid = next((form for form in forms if form.kind is Kind.LIQUID), None)
        units = [Fraction(form.strength) * Fraction(form.smallest) for form in self._solids]
        self._mark = self._floor = self._full = 0
        liquid = self._liquid
        if liquid is not None and liquid.syringe is not None:
            volumes = (liquid.syringe.mark, liquid.smallest, liquid.syringe.capacity)
            units += [Fraction(liquid.strength) * Fraction(volume) for volume in volumes]
        self._grains = lcm(*(unit.denominator for unit in units))
        if liquid is not None and liquid.syringe is not None:
            self._mark, self._floor, self._full = (int(u * self._grains) for u in units[-3:])
        self._sums = self._enumerate()
        self._best: dict[int, _Made] = {}
        for (total, _), made in self._sums.items():
            if total and (total not in self._best or made < self._best[total]):
                self._best[total] = made
        self._sorted = sorted(self._best)

    def make(self, dose: Fraction, stay_liquid: bool = False) -> tuple[Take, ...] | None:
        """What to take for exactly this dose, or None. Solids first, unless it has gone liquid."""
        grains = dose * self._grains
        if grains.denominator != 1:
            return None
        ways = [self._from_solids(int(grains)), self._from_liquid(int(grains))]
        if stay_liquid:
            ways.reverse()
        return ways[0] or ways[1] or self._from_both(int(grains))

    def least(self, target: Fraction) -> Fraction | None:
        """The smallest dose that can be made and is not below the target."""
        grains = ceil(target * self._grains)
        found = []
        at = bisect_left(self._sorted, grains)
        if at < len(self._sorted):
            found.append(self._sorted[at])
        if self._mark:
            for (total, pieces), _ in self._sums.items():
                drawn = max(grains - total, self._floor)
                drawn = -(-drawn // self._mark) * self._mark
                if total < grains and pieces + self._draws(drawn) <= self._most:
                    found.append(total + drawn)
        return Fraction(min(found), self._grains) if found else None

    def _enumerate(self) -> dict[tuple[int, int], _Made]:
        """The best way to every sum of solids, by sum in grains and number of pieces."""
        table = {(0, 0): _Made(0, 0, 0, ())}
        for form in self._solids:
            grains = Fraction(form.strength) * self._grains
            wider: dict[tuple[int, int], _Made] = {}
            choices = [
                (int(grains * (whole + part)), whole + split, split, whole + part)
                for part, split in _PARTS[Fraction(form.smallest)].items()
                for whole in range(self._most + 1 - split)
            ]
            for (total, pieces), made in table.items():
                for weight, count, split, amount in choices:
                    if pieces + count > self._most:
                        continue
                    key = (total + weight, pieces + count)
                    way = _Made(
                        made.split + split,
                        pieces + count,
                        made.kinds + (amount > 0),
                        (*made.amounts, -amount),
                    )
                    if key not in wider or way < wider[key]:
                        wider[key] = way
            table = wider
        return table

    def _draws(self, grains: int) -> int:
        return -(-grains // self._full)

    def _measurable(self, grains: int) -> bool:
        return bool(self._mark) and grains >= self._floor and grains % self._mark == 0

    def _solid(self, made: _Made) -> tuple[Take, ...]:
        return tuple(
            Take(form.id, to_decimal(-amount))
            for form, amount in zip(self._solids, made.amounts, strict=True)
            if amount
        )

    def _drawn(self, grains: int) -> Take:
        assert self._liquid is not None
        volume = Fraction(grains, self._grains) / Fraction(self._liquid.strength)
        return Take(self._liquid.id, to_decimal(volume))

    def _from_solids(self, grains: int) -> tuple[Take, ...] | None:
        made = self._best.get(grains)
        return self._solid(made) if made else None

    def _from_liquid(self, grains: int) -> tuple[Take, ...] | None:
        fits = self._measurable(grains) and self._draws(grains) <= self._most
        return (self._drawn(grains),) if fits else None

    def _from_both(self, grains: int) -> tuple[Take, ...] | None:
        ways = [
            (made.split, pieces + self._draws(grains - total), grains - total, made)
            for (total, pieces), made in self._sums.items()
            if 0 < total < grains
            and self._measurable(grains - total)
            and pieces + self._draws(grains - total) <= self._most
        ]
        if not ways:
            return None
        _, _, drawn, made = min(ways)
        return (*self._solid(made), self._drawn(drawn))


def fewest(forms: Sequence[Form], low: Fraction, high: Fraction, most: int) -> int:
    """The fewest pieces or draws to any dose from `low` to below `high`; `most` + 1 if more."""
    sizes = set[Fraction]()
    for form in forms:
        strength = Fraction(form.strength)
        if form.syringe is None:
            shares = _PARTS[Fraction(form.smallest)]
            sizes |= {strength * (share or 1) for share, count in shares.items() if count < 2}
        else:
            mark, full = Fraction(form.syringe.mark), Fraction(form.syringe.capacity)
            first = ceil(Fraction(form.smallest) / mark)
            sizes |= {strength * mark * n for n in range(first, int(full / mark) + 1)}
    grains = lcm(*(size.denominator for size in sizes))
    coins = [int(size * grains) for size in sizes]
    top = ceil(high * grains)
    reached, last = {0}, {0}
    for count in range(1, most + 1):
        last = {total + coin for total in last for coin in coins if total + coin < top} - reached
        reached |= last
        if any(total >= low * grains for total in last):
            return count
    return most + 1
