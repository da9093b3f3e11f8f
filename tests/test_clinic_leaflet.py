"""A leaflet with a clinic's letterhead, notes and words, as it is printed."""

from __future__ import annotations

import datetime
from pathlib import Path

from plainleaf.leaflet import make
from plainleaf.library import Library
from plainleaf.page.setting import Setting
from plainleaf.ready import checked

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2026, 11, 22)


def test_the_example_prints_what_is_the_clinics_and_stays_a_draft() -> None:
    library = Library.here(ROOT)
    plain, ready = (checked("baclofen-sleep", library, DAY, clinic=id) for id in (None, "example"))
    html = make(ready, library, Setting(form="html")).data.decode()
    numbers = ("01632\u00a0960\u00a0123", "01632 960 123")
    assert any(number in html for number in numbers)
    assert "Bring your questions to our sleep nurse." in html
    assert "There is little proof." in html and "The proof is thin." not in html
    assert "Wording adapted by" in html and "sentences changed." in html
    assert "--accent: #5b2a6e" in html and "#0B5563" not in html
    assert ready.said.letterhead is not None and ready.said.letterhead.changed == 3
    assert not ready.standing.approved
    assert not ready.said.clinic_approved
    assert ready.standing.fingerprint != plain.standing.fingerprint
    assert "Wording adapted by" not in make(plain, library, Setting(form="html")).data.decode()
