"""Pictures drawn from facts alone: inline SVG whose title says the whole message in words."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup, escape

ACCENT, INK, OUTLINE, SCALE, DASH = "#0B5563", "#16212A", "#7C888E", "#C4CDD1", "#8A969C"
# One person in a cell of 3.55 x 3.7 mm: a head and a body.
_PERSON = (
    "M{x} {y}m1.33 .1a.62 .62 0 1 1 -.01 0zm-.83 3.2v-.72q0-.98 .84-.98h.02q.84 0 .84 .98v.72z"
)


def bar(amount: Decimal, medicine: bool, title: str) -> Markup:
    """One bar from zero, 0.1 mm a unit: the medicine solid, the comparator outlined."""
    width, line = amount / 10, Decimal("0.3")
    shape = (
        f'<rect width="{width}" height="4.6" fill="{ACCENT}"/>'
        if medicine
        else f'<rect x="0.15" y="0.15" width="{width - line}" height="4.3" fill="#fff" '
        f'stroke="{INK}" stroke-width="{line}"/>'
    )
    return _svg(title, width, Decimal("4.6"), shape)


def people(count: Decimal, what: str, arm: str) -> Markup:
    """One hundred people in one block, the first `count` of them filled from the top left."""
    filled: list[str] = []
    empty: list[str] = []
    for place in range(100):
        x, y = Decimal("3.55") * (place % 10), Decimal("3.7") * (place // 10)
        (filled if place < count else empty).append(_PERSON.format(x=x, y=y))
    title = f"{arm}: {count} in 100 people {what}, {100 - count} in 100 not."
    shapes = (
        f'<path d="{"".join(filled)}" fill="{ACCENT}"/>'
        f'<path d="{"".join(empty)}" fill="none" stroke="{OUTLINE}" stroke-width="0.24"/>'
    )
    return _svg(title, Decimal("35.5"), Decimal("37"), shapes)


def strip(low: Decimal, high: Decimal, words: str) -> Markup:
    """A range on a scale from 0 to 100: solid to the low end, hatched to the high end."""
    width, height = Decimal("41.5"), Decimal(4)
    left, right, edge = width * low / 100, width * high / 100, Decimal("0.1")
    ticks = (
        "".join(f"M{width * at / 100} 0.6V3.4" for at in (25, 50, 75)) + "M0.1 0.6V3.4M41.4 .6V3.4"
    )
    shapes = (
        f'<path d="M0 2H{width}{ticks}" stroke="{SCALE}" stroke-width="0.2" fill="none"/>'
        f'<rect x="{left}" y="0.3" width="{right - left}" height="3.4" fill="#fff"/>'
        f'<path d="{_hatch(left, right)}" stroke="{ACCENT}" stroke-width="0.3" fill="none"/>'
        f'<rect x="{left + edge}" y="0.4" width="{max(right - left - 2 * edge, edge)}" '
        f'height="3.2" fill="none" stroke="{ACCENT}" stroke-width="0.2"/>'
    )
    if low:
        shapes += f'<rect x="0" y="0.3" width="{left}" height="3.4" fill="{ACCENT}"/>'
    return _svg(words, width, height, shapes)


def tablets(amount: Decimal, words: str) -> Markup:
    """Scored tablets, 9.6 mm each: whole, half (the missing half dashed), or none (dashed)."""
    shapes, at = "", Decimal(0)
    whole, part = int(amount), amount - int(amount)
    for _ in range(whole):
        shapes += _tablet(at, "whole")
        at += Decimal("10.4")
    if part or not whole:
        shapes += _tablet(at, "half" if part == Decimal("0.5") else "quarter" if part else "none")
        at += Decimal("10.4")
    return _svg(words, at - Decimal("0.8"), Decimal("9.6"), shapes)


def _tablet(x: Decimal, kind: str) -> str:
    centre, dashed = (
        x + Decimal("4.8"),
        f'stroke="{DASH}" stroke-width="0.3" stroke-dasharray="0.9 0.7"',
    )
    solid = f'stroke="{INK}" stroke-width="0.5"'
    ring = f'<circle cx="{centre}" cy="4.8" r="4.5" fill="none" '
    if kind == "whole":
        return f'{ring}{solid}/><path d="M{centre} 2V7.6" {solid}/>'
    if kind == "none":
        return f"{ring}{dashed}/>"
    end = f"{centre} 9.3" if kind == "half" else f"{centre - Decimal('4.5')} 4.8"
    middle = "" if kind == "half" else f"L{centre} 4.8"
    return (
        f"{ring}{dashed}/>"
        f'<path d="M{centre} 0.3A4.5 4.5 0 0 0 {end}{middle}Z" fill="#fff" {solid}/>'
    )


def _hatch(left: Decimal, right: Decimal) -> str:
    """Lines at 45 degrees, 0.8 mm apart, cut to the box between left and right, 0.3 to 3.7 mm."""
    top, bottom, lines, at = Decimal("0.3"), Decimal("3.7"), [], left - 3
    while at < right:
        start, end = max(at, left), min(at + bottom - top, right)
        if end > start:
            lines.append(f"M{start} {bottom - (start - at)}L{end} {bottom - (end - at)}")
        at += Decimal("0.8")
    return "".join(lines)


def _svg(title: str, width: Decimal, height: Decimal, shapes: str) -> Markup:
    """All lengths in millimetres."""
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'style="width:{width}mm;height:{height}mm"><title>{escape(title)}</title>{shapes}</svg>'
    )
