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


def _build_schema(model: type[Record]) -> dict[str, Any]:
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
def _make_artifacts() -> tuple[Artifact, ...]:
    schemas = {kind: json.dumps(_build_schema(model), indent=2, ensure_ascii=False) for kind, model in KINDS.items()}
    artifacts = [Artifact(f"schemas/{kind}.json", f"{text}\n".encode()) for kind, text in schemas.items()]
    return *artifacts, Artifact("schemas/README.md", render_reference().encode())


def write() -> list[Artifact]:
    """One schema per kind and a page that lists every key, below `schemas/`."""
    return list(_make_artifacts())
