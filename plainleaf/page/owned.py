"""What is a person's own in a copy: the plan, or on a card the dose of the day alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plainleaf.content.load import Loaded
from plainleaf.content.model import Handout
from plainleaf.content.wording.phrases import Voice
from plainleaf.page.cards import OwnDose, own_dose
from plainleaf.page.fonts import not_covered
from plainleaf.page.own import OwnPlan, own_words
from plainleaf.page.setting import Setting
from plainleaf.problems import ContentError, Problem
from plainleaf.taper.handout import unit_of
from plainleaf.taper.own import dose_now, own_plan
from plainleaf.taper.patient import PatientFile


def owned(
    given: Loaded[PatientFile],
    handout: Handout,
    setting: Setting,
    today: date,
    voice: Voice,
    fonts: Path,
) -> OwnPlan | OwnDose:
    """The person's plan, proved, in words that the fonts can draw; of a card their dose, for which
    nothing is planned. The handout is settled. ContentError says every reason why not."""
    patient = given.model
    if setting.edition == "card":
        dose = dose_now(given, handout)
        _drawable(given, fonts)
        return own_dose(dose, unit_of(handout), patient, today, voice)
    plan, dose = own_plan(given, handout, setting.market, today)
    _drawable(given, fonts)
    return own_words(plan, dose, patient, handout, setting.market, today, voice)


def _drawable(given: Loaded[PatientFile], fonts: Path) -> None:
    """Raise where a text of the person has a character that no font has."""
    for key in ("name", "prescriber", "notes"):
        if not_covered(getattr(given.model, key) or "", fonts):
            place = given.document.locate((key,))
            raise ContentError(
                Problem(
                    f"{key}: holds a character that no bundled font can print",
                    given.document.path,
                    place.line,
                    place.column,
                    hint="Write it in the letters of the leaflet.",
                )
            )
