"""Where a clinic keeps its leaflets on the web: one address with a place for each of two parts."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from plainleaf.content.base import wrong

LONGEST = 80  # characters, so that the code of it stays coarse enough for a telephone

_PARTS = ("id", "language")
_ADDRESS = re.compile(
    r"https://[a-z0-9]+([.-][a-z0-9]+)*\.[a-z]{2,24}(/[A-Za-z0-9._~=?&%-]+)*/?", re.ASCII
)


def _address(value: str) -> str:
    known = re.compile("|".join(rf"\{{{part}\}}" for part in _PARTS))
    if len(value) > LONGEST:
        raise wrong(f"is too long: at most {LONGEST} characters")
    if not _ADDRESS.fullmatch(known.sub("X", value)):
        raise wrong(
            "should be an address such as https://example.org/{id}/{language}: in small letters "
            "up to the first stroke, with no other braces"
        )
    return value


Leaflets = Annotated[
    str,
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "pattern": "^https://", "maxLength": LONGEST}),
]


def leaflet_at(leaflets: str, id: str, language: str) -> str:
    """The address of one leaflet."""
    return leaflets.replace("{id}", id).replace("{language}", language)
