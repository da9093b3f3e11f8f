"""Small signs for a style's sheets, in its own colours: a sheet names them as var(--sign-…)."""

from __future__ import annotations

import base64

from plainleaf.page.figures import Inks


def signs(inks: Inks) -> dict[str, str]:
    """Each sign by name, as a data: address: the key of the figures, and how a claim stands."""
    accent, ink = inks.accent, inks.ink
    solid = f"<rect width='6' height='3' fill='{accent}'/>"
    tick = f"{_disc(ink)}<path d='M5.8 10.4l2.9 2.9 5.6-6.2' {_line('#fff', 2)}/>"
    cross = f"{_disc(ink)}<path d='M6.7 6.7l6.6 6.6M13.3 6.7l-6.6 6.6' {_line('#fff', 2)}/>"
    asks = (
        f"<path d='M7.2 8a2.8 2.8 0 1 1 3.9 2.6q-1.1.5-1.1 1.7' {_line(ink, 1.6)}/>"
        f"<circle cx='10' cy='14.6' r='1.1' fill='{ink}'/>"
    )
    ring = f"<circle cx='10' cy='10' r='8.8' {_line(ink, 1.6)}/>"
    half = f"<path d='M10 1.2a8.8 8.8 0 0 0 0 17.6z' fill='{ink}'/>"
    drawn = {
        "at-least": ("6 3", solid),
        "up-to": ("6 3", _up_to(inks)),
        "all": ("6 3", f"<rect width='6' height='3' fill='{inks.tint}'/>"),
        "with": ("3 3", f"<rect width='3' height='3' fill='{accent}'/>"),
        "without": (
            "3 3",
            f"<rect x='.1' y='.1' width='2.8' height='2.8' {inks.other} stroke-width='.2'/>",
        ),
        "ring": ("20 20", ring + asks),
        "disc": ("20 20", cross),
        "partly": ("20 20", ring + half),
        "tick": ("20 20", tick),
    }
    return {name: _address(box, shapes) for name, (box, shapes) in drawn.items()}


def _up_to(inks: Inks) -> str:
    """What may be, as the strips draw it."""
    if inks.solid:
        return f"<rect width='6' height='3' fill='{inks.mid}'/>"
    hatch = "M.2 2.8L2.8.2M1.6 2.8L4.2.2M3 2.8L5.6.2M4.4 2.8L5.8 1.4M.2 1.4L1.4.2"
    return (
        f"<rect x='.1' y='.1' width='5.8' height='2.8' fill='#fff' stroke='{inks.accent}' "
        f"stroke-width='.2'/><path d='{hatch}' stroke='{inks.accent}' stroke-width='.3'/>"
    )


def _disc(colour: str) -> str:
    return f"<circle cx='10' cy='10' r='9.6' fill='{colour}'/>"


def _line(colour: str, width: float) -> str:
    return f"fill='none' stroke='{colour}' stroke-width='{width}'"


def _address(box: str, shapes: str) -> str:
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {box}'>{shapes}</svg>"
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
