"""Random requests for plans: most can be planned, some cannot."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

from hypothesis import strategies as st

from plainleaf.taper import by_time
from plainleaf.taper.model import (
    TIMES,
    Band,
    EffectPace,
    FixedPace,
    Form,
    Kind,
    ListPace,
    ListStep,
    Pace,
    PercentPace,
    Request,
    StepList,
    Syringe,
)

_SYRINGES = (
    Syringe("1 mL oral syringe", Decimal("0.05"), Decimal(1)),
    Syringe("5 mL oral syringe", Decimal("0.2"), Decimal(5)),
    Syringe("10 mL oral syringe", Decimal("0.5"), Decimal(10)),
)
_STRENGTHS = ("0.5", "1", "2", "2.5", "5", "7.5", "10", "12.5", "20", "25", "37.5", "50")
_SHARES = (Decimal(1), Decimal("0.5"), Decimal("0.25"))


@st.composite
def _solid(draw: st.DrawFn) -> Form:
    strength = Decimal(draw(st.sampled_from(_STRENGTHS)))
    kind = draw(st.sampled_from([Kind.TABLET, Kind.TABLET, Kind.TABLET, Kind.CAPSULE]))
    smallest = draw(st.sampled_from(_SHARES)) if kind is Kind.TABLET else Decimal(1)
    return Form(f"{kind}-{strength}mg", kind, strength, smallest)


@st.composite
def _liquid(draw: st.DrawFn) -> Form:
    strength = Decimal(draw(st.sampled_from(("1", "2", "5", "20"))))
    syringe = draw(st.sampled_from(_SYRINGES))
    smallest = syringe.mark * draw(st.integers(1, 3))
    pack = draw(st.sampled_from((None, Decimal(60), Decimal(150))))
    return Form(f"liquid-{strength}mg-per-ml", Kind.LIQUID, strength, smallest, pack, syringe)


@st.composite
def forms(draw: st.DrawFn, most: int = 4) -> tuple[Form, ...]:
    """Some solids, a liquid, or both."""
    solids = draw(st.lists(_solid(), max_size=most, unique_by=lambda form: form.id))
    liquid = [draw(_liquid())] if not solids or draw(st.booleans()) else []
    return (*solids, *liquid)


def _grain(form: Form) -> Decimal:
    syringe = form.syringe
    return form.strength * (syringe.mark if syringe else form.smallest)


@st.composite
def _pace(draw: st.DrawFn, grain: Decimal, start: Decimal) -> Pace:
    shortest = draw(st.integers(1, 14))
    days = st.integers(shortest, 28)
    kind = draw(st.sampled_from((ListPace, FixedPace, PercentPace, EffectPace)))
    said: dict[str, Any] = {
        "id": kind.__name__,
        "shortest": shortest,
        "source": "random",
        "level": "none",
    }
    if kind is ListPace:
        parts = draw(st.lists(st.integers(1, 5), min_size=2, max_size=6))
        cuts = [part * grain for part in parts]
        doses = [sum(cuts, Decimal(0)) - cut for cut in accumulate(cuts)]
        steps = [ListStep(d, c, draw(days)) for d, c in zip(doses, cuts, strict=True)]
        steps[-1] = ListStep(doses[-1], cuts[-1], 0)
        lists = (StepList(sum(cuts, Decimal(0)), tuple(steps)),)
        return ListPace(**said, largest_cut=max(cuts), lists=lists)
    if kind is FixedPace:
        cut = grain * draw(st.integers(1, 3))
        bands: tuple[Band, ...] = (Band(cut, draw(days)),)
        if draw(st.booleans()):
            bands = (Band(cut, draw(days), start / 2), Band(cut * 2, draw(days)))
        return FixedPace(**said, largest_cut=cut * 2, bands=bands)
    if kind is PercentPace:
        percent = Decimal(draw(st.sampled_from((10, 25, 33, 50, 50, 75))))
        stop = (
            start / 2
            if draw(st.booleans())
            else grain * draw(st.sampled_from((1, 3, int(100 / percent) + 1)))
        )
        bands = (Band(percent, draw(days)),)
        return PercentPace(
            **said, largest_cut=percent, bands=bands, stop_from=stop, stop_source="random"
        )
    points = Decimal(draw(st.sampled_from((5, 10, 20, 35))))
    half = draw(st.sampled_from((grain, start / 4, start, grain * 2 * int(100 / points))))
    return EffectPace(
        **said, largest_cut=points, half=half, half_source="random", cut=points, days=draw(days)
    )


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """A whole request; doses are multiples of the finest piece at hand."""
    at_hand = draw(forms())
    grain = min(_grain(form) for form in at_hand)
    coarse = max(_grain(form) for form in at_hand)
    times = draw(st.lists(st.sampled_from(TIMES), min_size=1, max_size=3, unique=True))
    unit = draw(st.sampled_from((grain, coarse)))
    doses = {time: unit * draw(st.integers(2, 4)) for time in times}
    pace = draw(_pace(grain, sum(doses.values(), Decimal(0))))
    ends = [Decimal(0), Decimal(0), Decimal(0), Decimal(0), grain * 2, coarse]
    if isinstance(pace, ListPace):
        doses = {times[0]: pace.lists[0].start}
        ends = [Decimal(0), *(step.dose for step in pace.lists[0].steps[1:])]
    together = draw(st.integers(0, 5)) == 5
    start = draw(st.none() | st.dates(date(1999, 1, 1), date(2096, 1, 1)))
    total = sum(doses.values(), Decimal(0))
    end = draw(st.sampled_from([end for end in ends if end < total / 2]))
    return Request(
        handout="example",
        unit="mg",
        dose=by_time(doses),
        forms=at_hand,
        pace=pace,
        start=start,
        end=end,
        first=() if together else tuple(draw(st.permutations(list(doses)))),
        together=together,
    )
