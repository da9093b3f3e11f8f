"""Links within a leaflet, where an edition has only a part of it."""

from __future__ import annotations

import re

_LINK = re.compile(r'<a href="#([^"]+)">(.*?)</a>', re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')


def without_dead_links(html: str) -> str:
    """The page with the words alone of each link that leads to a place it does not have."""
    there = set(_ID.findall(html))
    return _LINK.sub(lambda link: link[0] if link[1] in there else link[2], html)
