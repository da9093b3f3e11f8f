"""What a taper is made of: forms, paces, the request, and the plan. Data only, no arithmetic.

Doses are exact decimals in the plan's unit, amounts are tablets, capsules or mL, days count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

TIMES = ("morning", "noon", "evening", "night")
MOST_PIECES = 4  # tablets, parts of tablets, capsules and syringe draws swallowed at one time


class Kind(StrEnum):
    """What a form is. Capsules are never split; liquids are drawn up in a named syringe."""

    TABLET = "tablet"
    CAPSULE = "capsule"
    LIQUID = "liquid"


@dataclass(frozen=True)
class Syringe:
    """What a liquid is measured with: the volume between two marks and the whole volume, in mL."""

    name: str
    mark: Decimal
    capacity: Decimal


@dataclass(frozen=True)
class Form:
    """One strength at hand. `strength` is the plan's unit in one tablet, capsule or mL.

    `smallest` is 1, 0.5 or 0.25 of a tablet, 1 capsule, or the smallest measurable mL;
    `pack` is the tablets in a box or the mL in a bottle; `name` is how a hint calls it.
    """

    id: str
    kind: Kind
    strength: Decimal
    smallest: Decimal = Decimal(1)
    pack: Decimal | None = None
    syringe: Syringe | None = None
    name: str = ""

    @property
    def per(self) -> str:
        return "mL" if self.kind is Kind.LIQUID else self.kind.value


@dataclass(frozen=True)
class ListStep:
    """One published step: the day's dose, the cut that led to it, and its days (0: the end)."""

    dose: Decimal
    cut: Decimal
    days: int


@dataclass(frozen=True)
class StepList:
    """The published steps from one start dose. The last one is the end, usually dose 0."""

    start: Decimal
    steps: tuple[ListStep, ...]


@dataclass(frozen=True)
class Band:
    """A rule for doses up to and including `up_to` (None: any): cut by `cut`, stay for `days`.

    `cut` is in the plan's unit for a fixed pace, in percent of the dose now for a percentage pace.
    """

    cut: Decimal
    days: int
    up_to: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class _Sourced:
    """What every pace states. `largest_cut`: see each pace for its unit. `shortest`: days."""

    id: str
    largest_cut: Decimal
    shortest: int
    source: str
    level: str


@dataclass(frozen=True, kw_only=True)
class ListPace(_Sourced):
    """Published steps and no others: an unlisted start dose is refused. Cuts in the plan's unit."""

    lists: tuple[StepList, ...]


@dataclass(frozen=True, kw_only=True)
class FixedPace(_Sourced):
    """The same cut every few days, by bands of dose; `lists` are its named exceptions by start.

    A cut never crosses the edge of a band. Cuts in the plan's unit.
    """

    bands: tuple[Band, ...]
    lists: tuple[StepList, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PercentPace(_Sourced):
    """A share of the dose now, rounded up to what can be made. Cuts in percent.

    From `stop_from` or less the next cut is to zero, and that cut alone may be larger.
    """

    bands: tuple[Band, ...]
    stop_from: Decimal
    stop_source: str


@dataclass(frozen=True, kw_only=True)
class EffectPace(_Sourced):
    """Even steps of effect, effect = dose / (dose + half), rounded up to what can be made.

    `half` is the published half-maximal dose; cuts are percentage points of the largest effect.
    """

    half: Decimal
    half_source: str
    cut: Decimal
    days: int


Pace = ListPace | FixedPace | PercentPace | EffectPace


@dataclass(frozen=True)
class DoseAt:
    """The dose at one time of the day."""

    time: str
    dose: Decimal


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked: nothing in it is chosen by the program.

    `first`: the times that come down first, in order; those unnamed follow in the order of the day,
    night last. `together`: every time comes down in the same share instead. `others`: the forms
    that exist but are not at hand, for hints. `not_before`: today, unless a past start is meant.
    """

    handout: str
    unit: str
    dose: tuple[DoseAt, ...]
    forms: tuple[Form, ...]
    pace: Pace
    start: date | None = None
    end: Decimal = Decimal(0)
    first: tuple[str, ...] = ()
    together: bool = False
    others: tuple[Form, ...] = ()
    not_before: date | None = None


@dataclass(frozen=True)
class Take:
    """So many tablets, capsules or mL of one form."""

    form: str
    amount: Decimal


@dataclass(frozen=True)
class Intake:
    """All that is taken at one time of the day, and the dose it adds up to."""

    time: str
    dose: Decimal
    take: tuple[Take, ...]


@dataclass(frozen=True)
class Step:
    """The same doses for `days` days from `day`. Times without a dose are not listed."""

    day: int
    date: date | None
    days: int
    dose: Decimal
    intakes: tuple[Intake, ...]


@dataclass(frozen=True)
class Supply:
    """Tablets, capsules or mL of one form: for the steps, for the largest step again, to hand out.

    `dispense` is whole tablets or capsules; for a liquid mL in whole bottles, or whole mL where
    the bottle's size is not known.
    """

    form: str
    needed: Decimal
    reserve: Decimal
    dispense: Decimal


@dataclass(frozen=True)
class End:
    """The first day after the steps and its dose; `intakes` when it is not zero."""

    day: int
    date: date | None
    dose: Decimal
    intakes: tuple[Intake, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A whole taper. Only `proved_plan` makes one that may be printed."""

    handout: str
    pace: str
    unit: str
    start_dose: Decimal
    forms: tuple[Form, ...]
    steps: tuple[Step, ...]
    supply: tuple[Supply, ...]
    end: End
