"""The records' shapes as JSON Schema (draft 2020-12), which lets editors complete and check the YAML; and as a page."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from onevoice.load.messages import find_model, list_keys
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
    shared = [key for key in record["required"] if key != "id"]
    record["required"] = [key for key in record["required"] if key == "id"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": model.KIND,
        "description": (model.__doc__ or "").strip(),
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


def _render_table(model: type[BaseModel]) -> list[str]:
    rows = ["| key | | what it is |", "|---|---|---|"]
    for name, field in zip(list_keys(model), model.model_fields.values(), strict=True):
        needed = "needed" if field.is_required() else ""
        rows.append(f"| `{name}` | {needed} | {field.description} |".replace("|  |", "| |"))
    return rows


def _collect_parts(model: type[BaseModel], seen: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    for name in list_keys(model):
        for loc in ((name,), (name, 0)):
            part = find_model(model, loc)
            if part and part.__name__ not in seen:
                seen[part.__name__] = part
                _collect_parts(part, seen)
    return seen


def _render_reference() -> str:
    own = set(list_keys(Record))
    lines = ["# Every key of every record", "", "Made from `scripts/onevoice/records/`; do not edit it by hand.", ""]
    lines += ["## What all records share", "", *_render_table(Record), ""]
    for kind, model in KINDS.items():
        keys = [row for row in _render_table(model) if row.split("`")[1:2] != [""]]
        fields = [row for row in keys if not any(row.startswith(f"| `{name}` |") for name in own - {"id"})]
        lines += [f"## {kind}", "", (model.__doc__ or "").strip(), "", *fields, ""]
        for part in _collect_parts(model, {}).values():
            if part.__name__ not in ("Reviewed", "Signed", "Signature", "Source"):
                lines += [
                    f"### {kind}: {part.__name__}",
                    "",
                    (part.__doc__ or "").strip(),
                    "",
                    *_render_table(part),
                    "",
                ]
    lines += ["## Parts that all records share", ""]
    for part in _collect_parts(Record, {}).values():
        lines += [f"### {part.__name__}", "", (part.__doc__ or "").strip(), "", *_render_table(part), ""]
    return "\n".join(lines).rstrip() + "\n"


def write() -> list[Artifact]:
    """One schema per kind and a page that lists every key, below `schemas/`."""
    artifacts = [
        Artifact(
            f"schemas/{kind}.json", (json.dumps(_build_schema(model), indent=2, ensure_ascii=False) + "\n").encode()
        )
        for kind, model in KINDS.items()
    ]
    return [*artifacts, Artifact("schemas/README.md", _render_reference().encode())]
