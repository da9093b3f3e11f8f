"""What editors are told agrees with what is validated."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from plainleaf.content.schema import FILES, schema_text
from plainleaf.content.yaml import read
from tests.hostile.given import GOOD, spoilt

ROOT = Path(__file__).parents[2]
PLACES = ("handouts/*.yaml", "handouts/*/*.yaml", "clinics/*/*.yaml")
BUNDLED = sorted(path for place in PLACES for path in ROOT.glob(place))
LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def schema(path: Path) -> Any:
    """The schema that a file names in its first line."""
    match = LINE.fullmatch(path.read_text(encoding="utf-8").splitlines()[0])
    assert match, f"{path} names no schema"
    return json.loads((path.parent / match[1]).read_text(encoding="utf-8"))


def faults(schema: Any, value: Any) -> list[str]:
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


class AsEditor(yaml.SafeLoader):
    """YAML 1.2's core schema, which editors follow: `no` and dates are text, 2020 is a number."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for pattern, tag, first in (
    (r"true|True|TRUE|false|False|FALSE", "bool", "tTfF"),
    (r"null|Null|NULL|~|", "null", "nN~"),
    (r"[-+]?[0-9]+", "int", "-+0123456789"),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "float", "-+.0123456789"),
):
    AsEditor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"({pattern})$"), first)


def test_there_is_something_to_hold_against_it() -> None:
    assert {path.name for path in BUNDLED} >= {"handout.yaml", "markets.yaml", "clinic.yaml"}


@pytest.mark.parametrize("file", FILES)
def test_the_schemas_in_the_library_are_current(file: str) -> None:
    kept = (ROOT / file).read_text(encoding="utf-8")
    assert kept == schema_text(FILES[file]), f"{file} is stale: write schema_text of its kind"


@pytest.mark.parametrize("file", FILES)
def test_the_schemas_are_schemas(file: str) -> None:
    found = json.loads(schema_text(FILES[file]))
    Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["additionalProperties"] in (False, {"$ref": "#/$defs/Exemption"})


@pytest.mark.parametrize("path", BUNDLED, ids=name)
def test_each_file_names_its_schema_and_keeps_it(path: Path) -> None:
    assert faults(schema(path), read(path).plain()) == []


@pytest.mark.parametrize("path", BUNDLED, ids=name)
def test_an_editor_finds_no_fault_as_one_types(path: Path) -> None:
    value = yaml.load(path.read_text(encoding="utf-8"), AsEditor)
    assert faults(schema(path), value) == []


WRONG = [
    ("icon: moon", "icno: moon"),
    ("written: 2026-11-22\n", ""),
    ("kind: information", "kind: medicin"),
    ("id: good", "id: Good One"),
    ("    value: 1162", '    value: "1,162"'),
    ("    people: 175", "    people: many"),
    ("      certainty: low", "      certainty: rather low"),
    ("markets: [uk, us]\n\nin_short", "markets: [fr]\n\nin_short"),
    ("title: Sleeping better", "title: {uk: Sleeping better}"),
    ("  name: samplin", "  name: [samplin]"),
]


@pytest.mark.parametrize(("old", "new"), WRONG)
def test_an_editor_sees_what_is_wrong(old: str, new: str) -> None:
    found = json.loads(schema_text())
    assert faults(found, yaml.load(GOOD, AsEditor)) == []
    assert faults(found, yaml.load(spoilt((old, new)), AsEditor))
