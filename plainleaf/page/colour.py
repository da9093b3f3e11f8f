"""Colours by how they look: the hue of one given to others, and one darkened until it reads.

Lightness, chroma and hue are those of OKLab (Björn Ottosson, 2020)."""

from __future__ import annotations

import math

from plainleaf.content.clinic import contrast

_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_LMS = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def follow(colour: str, old: str, new: str, text: bool = False) -> str:
    """What `colour` becomes where the accent is `new` and no more `old`.

    Its hue turns with the accent's and its chroma grows or shrinks with it. A shade keeps its place
    between the accent and white; a `text` keeps its lightness, and so its contrast."""
    light, chroma, hue = _lch(colour)
    before, after = _lch(old), _lch(new)
    if light > before[0] and not text:
        light = after[0] + (1 - after[0]) * (light - before[0]) / (1 - before[0])
    share = after[1] / before[1] if before[1] else 1.0
    return _hex(light, chroma * min(share, 2.0), hue + after[2] - before[2])


def readable(colour: str, ground: str, least: float = 4.6) -> str:
    """The colour, darkened no more than it needs to stand out `least` to 1 against a ground."""
    light, chroma, hue = _lch(colour)
    shown = colour
    while ratio(shown, ground) < least and light > 0:
        light -= 0.01
        shown = _hex(max(light, 0.0), chroma, hue)
    return shown


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21. Source: WCAG 2.2."""
    first, second = contrast(one), contrast(other)
    return max(first, second) / min(first, second)


def _lch(colour: str) -> tuple[float, float, float]:
    rgb = [_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    light, a, b = _times(_TO_LAB, [math.cbrt(part) for part in _times(_TO_LMS, rgb)])
    return light, math.hypot(a, b), math.atan2(b, a)


def _hex(light: float, chroma: float, hue: float) -> str:
    """The nearest colour that a screen has: of less chroma, where there is none of so much."""
    while True:
        lab = [light, chroma * math.cos(hue), chroma * math.sin(hue)]
        rgb = _times(_FROM_LMS, [part**3 for part in _times(_FROM_LAB, lab)])
        if chroma < 0.001 or all(-0.0005 <= part <= 1.0005 for part in rgb):
            shown = (round(255 * _gamma(min(max(part, 0.0), 1.0))) for part in rgb)
            return "#{:02X}{:02X}{:02X}".format(*shown)
        chroma *= 0.95


def _times(matrix: tuple[tuple[float, ...], ...], given: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, given, strict=True)) for row in matrix]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _gamma(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)
