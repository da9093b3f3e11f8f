"""The JSON Schemas of the YAML files, for editors that complete and check as one types."""

from __future__ import annotations

import json

from pydantic import BaseModel

from plainleaf.content.clinic import Clinic
from plainleaf.content.clinic_wording import ClinicReview
from plainleaf.content.model import Handout, Markets
from plainleaf.content.wording.review import Exemptions, TranslationReview


def schema_text(kind: type[BaseModel] = Handout) -> str:
    """A schema as the *.schema.json of the library hold it."""
    schema = kind.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"Plainleaf {kind.__name__.lower()}"
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


FILES: dict[str, type[BaseModel]] = {
    "handouts/handout.schema.json": Handout,
    "handouts/markets.schema.json": Markets,
    "handouts/review.schema.json": TranslationReview,
    "handouts/exceptions.schema.json": Exemptions,
    "clinics/clinic.schema.json": Clinic,
    "clinics/review.schema.json": ClinicReview,
}
