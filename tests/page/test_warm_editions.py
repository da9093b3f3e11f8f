"""Every edition in the second style: as held to the rules of the page as in the first."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from plainleaf.leaflet import Leaflet, make
from plainleaf.library import Library
from plainleaf.page.setting import Edition, Paper, Setting
from plainleaf.ready import checked

from .conftest import ROOT

DAY = datetime.date(2026, 11, 22)
LIBRARY = Library((ROOT,))
EDITIONS: tuple[Edition, ...] = ("large-print", "booklet", "summary", "card")


def made(edition: Edition, code: str, paper: Paper) -> Leaflet:
    ready = checked("baclofen-sleep", LIBRARY, DAY, code=code)
    market = "us" if paper == "letter" else "uk"
    return make(ready, LIBRARY, Setting(market, paper, edition=edition, style="warm"))  # type: ignore[arg-type]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("code", "paper"), [("en", "a4"), ("ar", "letter")])
def test_an_edition_in_warm_keeps_every_rule(
    edition: Edition, code: str, paper: Paper, verapdf: Callable[..., None]
) -> None:
    leaflet = made(edition, code, paper)  # an error of any rule of the page is raised
    if edition == "booklet":
        verapdf(leaflet.data, profiles="PDFA_3_B")
    else:
        verapdf(leaflet.data)


def test_two_languages_in_warm_keep_every_rule() -> None:
    for code, paper in (("es+en", "a4"), ("ar+en", "letter")):
        assert made("standard", code, paper).pages > 8  # type: ignore[arg-type]
