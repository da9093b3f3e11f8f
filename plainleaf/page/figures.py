"""Pictures drawn from facts alone: inline SVG whose title says the whole message in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from markupsafe import Markup, escape

ACCENT, INK, TINT = "#0B5563", "#16212A", "#DCE7E9"
OUTLINE, SCALE, DASH = "#7C888E", "#C4CDD1", "#8A969C"


@dataclass(frozen=True)
class Inks:
    """The colours of the pictures. `solid` ones are filled: `mid` is what may be, `idle` the
    people who are not counted; else what may be is hatched, and the rest is an outline."""

    accent: str = ACCENT
    ink: str = INK
    tint: str = TINT
    outline: str = OUTLINE
    scale: str = SCALE
    dash: str = DASH
    mid: str = ""
    idle: str = ""
    solid: bool = False

    @property
    def other(self) -> str:
        """How the comparator is filled and outlined, the line's width aside."""
        fill, line = (self.tint, self.accent) if self.solid else ("#fff", self.ink)
        return f'fill="{fill}" stroke="{line}"'


CLEAR = Inks()
# One person in a cell of 3.55 x 3.7 mm: a head and a body.
_PERSON = (
    "M{x} {y}m1.33 .1a.62 .62 0 1 1 -.01 0zm-.83 3.2v-.72q0-.98 .84-.98h.02q.84 0 .84 .98v.72z"
)


def bar(
    amount: Decimal,
    scale: Decimal,
    medicine: bool,
    title: str,
    rtl: bool = False,
    inks: Inks = CLEAR,
) -> Markup:
    """One bar from zero, `scale` mm a unit: the medicine solid, the comparator outlined."""
    width, line = amount * scale, Decimal("0.3")
    shape = (
        f'<rect width="{width}" height="4.6" fill="{inks.accent}"/>'
        if medicine
        else f'<rect x="0.15" y="0.15" width="{width - line}" height="4.3" {inks.other} '
        f'stroke-width="{line}"/>'
    )
    return _svg(title, width, Decimal("4.6"), shape, rtl)


def people(
    low: Decimal, high: Decimal, title: str, rtl: bool = False, inks: Inks = CLEAR
) -> Markup:
    """One hundred people in one block: sure up to `low`, maybe up to `high`, then not.

    Filled from the top at the reading edge; sure is solid, maybe tinted, not is pale."""
    kinds: tuple[list[str], list[str], list[str]] = ([], [], [])
    for place in range(100):
        x, y = Decimal("3.55") * (place % 10), Decimal("3.7") * (place // 10)
        kinds[0 if place < low else 1 if place < high else 2].append(_PERSON.format(x=x, y=y))
    looks = (
        f'fill="{inks.accent}"',
        f'fill="{inks.mid}"'
        if inks.solid
        else f'fill="{inks.tint}" stroke="{inks.accent}" stroke-width="0.24"',
        f'fill="{inks.idle}"'
        if inks.solid
        else f'fill="none" stroke="{inks.outline}" stroke-width="0.24"',
    )
    shapes = "".join(
        f'<path d="{"".join(each)}" {look}/>'
        for each, look in zip(kinds, looks, strict=True)
        if each
    )
    return _svg(title, Decimal("35.5"), Decimal(37), shapes, rtl)


def gauge(cells: int, title: str, rtl: bool = False, inks: Inks = CLEAR) -> Markup:
    """Four cells, the first `cells` of them filled: how sure we are. Solid ones are capsules."""
    round_, empty = (' rx="1.075"', inks.accent) if inks.solid else ("", inks.ink)
    shapes = "".join(
        f'<rect x="{at * 9 + 0.125}" y="0.125" width="7.75" height="2.15"{round_} '
        f'fill="{inks.accent if at < cells else "#fff"}" '
        f'stroke="{inks.accent if at < cells else empty}" stroke-width="0.25"/>'
        for at in range(4)
    )
    return _svg(title, Decimal(35), Decimal("2.4"), shapes, rtl)


def timeline(count: int, title: str, rtl: bool = False, inks: Inks = CLEAR) -> Markup:
    """A line from left to right with one dot a moment, 132.5 mm in all."""
    step = Decimal("132.5") / count
    dots = "".join(
        f'<circle cx="{(step * at + Decimal("1.6")).quantize(Decimal("0.01"))}" cy="1.6" r="1.4" '
        f'fill="{inks.accent}"/>'
        for at in range(count)
    )
    line = f'<path d="M1.6 1.6H132.5" stroke="{inks.accent}" stroke-width="0.4"/>'
    return _svg(title, Decimal("132.5"), Decimal("3.2"), line + dots, rtl)


def strip(low: Decimal, high: Decimal, title: str, rtl: bool = False, inks: Inks = CLEAR) -> Markup:
    """A range on a scale from 0 to 100: solid to the low end, hatched or paler to the high end."""
    width, height = Decimal("41.5"), Decimal(4)
    left, right, edge = width * low / 100, width * high / 100, Decimal("0.1")
    shapes = (_shaded if inks.solid else _hatched)(left, right, width, inks)
    if low:
        end = left if not inks.solid or high == low else max(left - 2 * edge, edge)
        shapes += f'<rect x="0" y="0.3" width="{end}" height="3.4" fill="{inks.accent}"/>'
    return _svg(title, width, height, shapes, rtl)


def _hatched(left: Decimal, right: Decimal, width: Decimal, inks: Inks) -> str:
    edge = Decimal("0.1")
    return (
        f'{_scale(width, inks)}<rect x="{left}" y="0.3" width="{right - left}" height="3.4" '
        'fill="#fff"/>'
        f'<path d="{_hatch(left, right)}" stroke="{inks.accent}" stroke-width="0.3" fill="none"/>'
        f'<rect x="{left + edge}" y="0.4" width="{max(right - left - 2 * edge, edge)}" '
        f'height="3.2" fill="none" stroke="{inks.accent}" stroke-width="0.2"/>'
    )


def _shaded(left: Decimal, right: Decimal, width: Decimal, inks: Inks) -> str:
    """A track of 100 with the range on it; a white gap on either side of where it begins."""
    gap = Decimal("0.2") if left else Decimal(0)
    track = f'<rect y="0.3" width="{width}" height="3.4" rx="0.8" fill="{inks.tint}"/>'
    if left == right:
        return track
    return (
        f'{track}<rect x="{left - gap}" y="0.3" width="{right - left + gap}" height="3.4" '
        'fill="#fff"/>'
        f'<rect x="{left + gap}" y="0.3" width="{max(right - left - gap, Decimal("0.1"))}" '
        f'height="3.4" fill="{inks.mid}"/>'
    )


def two_arms(
    value: Decimal, versus: Decimal, title: str, rtl: bool = False, inks: Inks = CLEAR
) -> Markup:
    """Two numbers on one scale from 0 to 100: the medicine solid, the comparator outlined below."""
    width, line = Decimal("41.5"), Decimal("0.2")
    shapes = (
        f"{_scale(width, inks, Decimal('2.3'))}"
        f'<rect y="0.2" width="{width * value / 100}" height="2" fill="{inks.accent}"/>'
        f'<rect x="0.1" y="2.5" width="{max(width * versus / 100 - line, line)}" height="1.8" '
        f'{inks.other} stroke-width="{line}"/>'
    )
    return _svg(title, width, Decimal("4.6"), shapes, rtl)


def _scale(width: Decimal, inks: Inks, middle: Decimal = Decimal(2)) -> str:
    across = f"{middle - Decimal('1.4')}V{middle + Decimal('1.4')}"
    ticks = "".join(f"M{width * at / 100} {across}" for at in (25, 50, 75))
    path = f"M0 {middle}H{width}{ticks}M0.1 {across}M{width - Decimal('0.1')} {across}"
    return f'<path d="{path}" stroke="{inks.scale}" stroke-width="0.2" fill="none"/>'


def tablets(amount: Decimal, words: str, rtl: bool = False, inks: Inks = CLEAR) -> Markup:
    """Scored tablets, 9.6 mm each: whole, half (the missing half dashed), or none (dashed)."""
    shapes, at = "", Decimal(0)
    whole, part = int(amount), amount - int(amount)
    for _ in range(whole):
        shapes += _tablet(at, "whole", inks)
        at += Decimal("10.4")
    if part or not whole:
        kind = "half" if part == Decimal("0.5") else "quarter" if part else "none"
        shapes += _tablet(at, kind, inks)
        at += Decimal("10.4")
    return _svg(words, at - Decimal("0.8"), Decimal("9.6"), shapes, rtl)


def syringe(words: str, rtl: bool = False, inks: Inks = CLEAR) -> Markup:
    """An oral syringe with its marks, 19.2 by 9.6 mm: the sign of a liquid, not its amount."""
    marks = "".join(f"M{at} 2.6V4.4" for at in ("4.4", "6.2", "8", "9.8"))
    line = f'fill="none" stroke="{inks.ink}" stroke-width="0.5" stroke-linejoin="round"'
    shapes = (
        f'<path d="M2.6 2.6H12.2V7H2.6ZM0.4 4.2H2.6V5.4H0.4ZM12.2 4.2H17.2V5.4H12.2M17.2 2.4V7.2" '
        f'{line}/><path d="{marks}" fill="none" stroke="{inks.ink}" stroke-width="0.3"/>'
    )
    return _svg(words, Decimal("18"), Decimal("9.6"), shapes, rtl)


def _tablet(x: Decimal, kind: str, inks: Inks) -> str:
    centre = x + Decimal("4.8")
    dashed = f'stroke="{inks.dash}" stroke-width="0.3" stroke-dasharray="0.9 0.7"'
    solid = f'stroke="{inks.accent if inks.solid else inks.ink}" stroke-width="0.5"'
    ring = f'<circle cx="{centre}" cy="4.8" r="4.5" '
    if kind == "whole":
        fill = inks.tint if inks.solid else "none"
        return f'{ring}fill="{fill}" {solid}/><path d="M{centre} 2V7.6" {solid}/>'
    if kind == "none":
        return f'{ring}fill="none" {dashed}/>'
    end = f"{centre} 9.3" if kind == "half" else f"{centre - Decimal('4.5')} 4.8"
    middle = "" if kind == "half" else f"L{centre} 4.8"
    fill = inks.tint if inks.solid else "#fff"
    return (
        f'{ring}fill="none" {dashed}/>'
        f'<path d="M{centre} 0.3A4.5 4.5 0 0 0 {end}{middle}Z" fill="{fill}" {solid}/>'
    )


def drawings(rtl: bool, inks: Inks) -> dict[str, Callable[..., Markup]]:
    """Every picture by the name that templates have for it, for one direction and one style."""
    drawn: tuple[Callable[..., Markup], ...] = (bar, people, strip, two_arms, tablets, syringe)
    named = {draw.__name__: draw for draw in drawn}
    named |= {"gauge_svg": gauge, "timeline_svg": timeline}
    return {name: partial(draw, rtl=rtl, inks=inks) for name, draw in named.items()}


def _hatch(left: Decimal, right: Decimal) -> str:
    """Lines at 45 degrees, 0.8 mm apart, cut to the box between left and right, 0.3 to 3.7 mm."""
    top, bottom, lines, at = Decimal("0.3"), Decimal("3.7"), [], left - 3
    while at < right:
        start, end = max(at, left), min(at + bottom - top, right)
        if end > start:
            lines.append(f"M{start} {bottom - (start - at)}L{end} {bottom - (end - at)}")
        at += Decimal("0.8")
    return "".join(lines)


def _svg(title: str, width: Decimal, height: Decimal, shapes: str, rtl: bool) -> Markup:
    """All lengths in millimetres; a right-to-left page gets the picture mirrored."""
    if rtl:
        shapes = f'<g transform="translate({width} 0) scale(-1 1)">{shapes}</g>'
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'style="width:{width}mm;height:{height}mm"><title>{escape(title)}</title>{shapes}</svg>'
    )
