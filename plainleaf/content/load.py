"""From a YAML file to a model: every error of the file in one pass, each at its place."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from plainleaf.content import yaml
from plainleaf.content.model import Handout, Markets
from plainleaf.problems import ContentError, Problem

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[str | int, ...]
_TAGS = {"one", "each", "levels", "[key]"}
_PLAIN = {
    "string_type": "should be text",
    "dict_type": "should be a group of keys and values",
    "model_type": "should be a group of keys and values",
    "model_attributes_type": "should be a group of keys and values",
    "tuple_type": "should be a list",
    "too_short": "is empty: write at least one",
    "too_long": "has too many entries",
    "string_pattern_mismatch": "is not written as it should be",
}


@dataclass(frozen=True)
class Loaded(Generic[Model]):
    """A model and the document it came from, which knows where everything stands."""

    model: Model
    document: yaml.Document


def load_handout(path: Path, shown: str | None = None) -> Loaded[Handout]:
    """Read and validate one handout. ContentError holds every problem of the file."""
    return load(path, Handout, shown)


def load_markets(path: Path, shown: str | None = None) -> Loaded[Markets]:
    """Read handouts/markets.yaml."""
    return load(path, Markets, shown)


def load(path: Path, kind: type[Model], shown: str | None) -> Loaded[Model]:
    document = yaml.read(path, shown)
    try:
        return Loaded(kind.model_validate(document.plain()), document)
    except ValidationError as error:
        found = [_problem(document, kind, dict(each)) for each in error.errors(include_url=False)]
        found.sort(key=lambda problem: (problem.line, problem.column))
        raise ContentError(dict.fromkeys(found)) from None


def _problem(document: yaml.Document, kind: type[BaseModel], error: dict[str, Any]) -> Problem:
    on_key = error["type"] == "extra_forbidden" or "[key]" in error["loc"]
    loc: Loc = tuple(part for part in error["loc"] if part not in _TAGS)
    name = ".".join(str(part) for part in loc) or "the file"
    position = document.locate(loc, key=on_key)
    hint = ""
    if error["type"] == "extra_forbidden":
        near = nearest(str(loc[-1]), _allowed(_schema(kind), _schema(kind), loc[:-1]))
        message = f'unknown key "{loc[-1]}"' + (f', did you mean "{near}"?' if near else "")
    elif error["type"] == "missing":
        message = f'"{loc[-1]}" is missing' + (
            f" in {'.'.join(map(str, loc[:-1]))}" if loc[1:] else ""
        )
        hint = f'Add "{loc[-1]}:" here; docs/write-a-handout.md says what it holds.'
    elif error["type"] in ("literal_error", "enum"):
        expected = error["ctx"]["expected"].replace(" or ", ", ")
        near = nearest(str(error["input"]), [part.strip(" '") for part in expected.split(",")])
        message = f"{name}: should be one of {expected}" + (
            f', did you mean "{near}"?' if near else ""
        )
    else:
        message = f"{name}: {_PLAIN.get(error['type'], error['msg'])}"
    return document.problem(message, position, hint=hint)


def nearest(word: str, words: list[str]) -> str | None:
    """The word most like this one, or None where none is near."""
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return close[0] if close else None


@cache
def _schema(kind: type[BaseModel]) -> dict[str, Any]:
    return kind.model_json_schema()


def _allowed(root: dict[str, Any], node: dict[str, Any], loc: Loc) -> list[str]:
    """The keys the schema knows at this place."""
    if "$ref" in node:
        return _allowed(root, root["$defs"][node["$ref"].rsplit("/", 1)[-1]], loc)
    for branch in ("anyOf", "oneOf", "allOf"):
        if branch in node:
            return [key for option in node[branch] for key in _allowed(root, option, loc)]
    if not loc:
        return list(node.get("properties", {}))
    step = loc[0]
    properties = node.get("properties", {})
    if step in properties:
        return _allowed(root, properties[step], loc[1:])
    patterns = node.get("patternProperties", {}).values()
    for inner in (node.get("additionalProperties"), node.get("items"), *patterns):
        if isinstance(inner, dict):
            return _allowed(root, inner, loc[1:])
    return []
