"""The records' shapes as JSON Schema (draft 2020-12), which lets editors complete and check the YAML."""

from __future__ import annotations

import functools
import inspect
import json
from typing import Any

from onevoice.exchange.reference import render_reference
from onevoice.load.yaml import parse_yaml
from onevoice.output import Artifact
from onevoice.records import KINDS, Record

# What a record of a handbook that extends another one may have instead of a list.
_LIST_EDIT = {
    "title": "Changes of a list",
    "description": "Changes of the list that the record has in the handbook that this one extends.",
    "type": "object",
    "properties": {
        "add": {"description": "What the list gets. An item that is already there gets what is given of it."},
        "drop": {
            "description": "What the list loses, by its name.",
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
        },
    },
    "additionalProperties": False,
}


def _build_schema(model: type[Record], refines: bool) -> dict[str, Any]:
    record = model.model_json_schema(ref_template="#/$defs/{model}")
    parts = record.pop("$defs", {})
    defaults = {**record, "title": "Defaults", "description": "Values for every record of this file that has none."}
    defaults.pop("required", None)
    body: dict[str, Any] = {"$ref": f"#/$defs/{model.__name__}"}
    if not model.SINGLE:
        body = {"type": "array", "items": body}
    # What `defaults` give, a record may leave out; an id is each record's own.
    required = record.get("required", [])
    shared = [key for key in required if key != "id"]
    record["required"] = [key for key in required if key == "id"]
    if refines:
        # What is left out may be inherited.
        shared = []
        record["properties"] = {key: _allow_edit(value) for key, value in record["properties"].items()}
        parts["ListEdit"] = _LIST_EDIT
    if examples := _list_examples(model):
        record["examples"] = examples
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": model.KIND,
        "description": inspect.getdoc(model) or "",
        "type": "object",
        "properties": {"defaults": defaults, model.KIND: body},
        "required": [model.KIND],
        "additionalProperties": False,
        "allOf": [_require_key(model, key) for key in shared],
        "$defs": {**parts, model.__name__: record},
    }


def _allow_edit(value: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field: if it is a list, changes of that list are fine, too."""
    choices = value.get("anyOf", [value])
    if not any(choice.get("type") == "array" for choice in choices):
        return value
    about: dict[str, Any] = {key: value[key] for key in ("title", "description", "default") if key in value}
    rest = {key: inner for key, inner in value.items() if key not in about}
    return {**about, "anyOf": [*rest.get("anyOf", [rest]), {"$ref": "#/$defs/ListEdit"}]}


def _require_key(model: type[Record], key: str) -> dict[str, Any]:
    here: dict[str, Any] = {"required": [key]}
    return {
        "if": {"not": {"properties": {"defaults": here}, "required": ["defaults"]}},
        "then": {"properties": {model.KIND: here if model.SINGLE else {"items": here}}},
    }


def _list_examples(model: type[Record]) -> list[Any]:
    """The records of a kind's example as JSON, with numbers as numbers. Raises ValidationError if one is wrong."""
    data = parse_yaml(model.KIND, inspect.cleandoc(model.EXAMPLE)).data or []
    records = [model.model_validate(item) for item in (data if isinstance(data, list) else [data])]
    return [record.model_dump(mode="json", by_alias=True, exclude_unset=True) for record in records]


# They depend on the package alone, and would take half a second after each edit in `serve`.
@functools.cache
def _make_artifacts(refines: bool) -> tuple[Artifact, ...]:
    schemas = {kind: _build_schema(model, refines) for kind, model in KINDS.items()}
    texts = {kind: json.dumps(data, indent=2, ensure_ascii=False) for kind, data in schemas.items()}
    artifacts = [Artifact(f"schemas/{kind}.json", f"{text}\n".encode()) for kind, text in texts.items()]
    return *artifacts, Artifact("schemas/README.md", render_reference().encode())


def write(*, refines: bool = False) -> list[Artifact]:
    """One schema per kind and a page that lists every key, below `schemas/`.

    refines: for a handbook that extends another one, so that its records may leave out what they inherit.
    """
    return list(_make_artifacts(refines))
