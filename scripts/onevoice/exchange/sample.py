"""The part of a handbook that a lint needs, as records: all that a wheel of the handbook carries.

Anyone who installs a hook gets its wheel, so it has the words, the rules of style, the claims that may be made, and
where the handbook is published: no pages, no people we write to, no messages, and nothing of how we work. A field that
isn't named here stays at home.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml import YAML

from onevoice.handbook.handbook import Handbook
from onevoice.load.walk import CONTENT, TERMINOLOGY
from onevoice.output import Artifact
from onevoice.records import KINDS, Record
from onevoice.records.envelope import Part

# The fields that a lint reads, by kind and by the field they are in; None: the whole of it.
FIELDS: dict[str, dict[str, Any]] = {
    "brand": dict.fromkeys(("name", "url", "language", "channels", "audiences")),
    "proof": dict.fromkeys(("id", "title", "claim", "standing", "say", "say_not", "number", "expires")),
    "terms": dict.fromkeys(
        (
            *("id", "preferred", "definition", "part_of_speech", "abbreviation", "expand_first"),
            *("allowed", "one_per_text", "avoid", "except", "only_near", "never_near", "case"),
        )
    ),
    "voice": {"traits": dict.fromkeys(("id", "we_are", "vale"))},
}
# What stands in a field that a record must have and no lint reads.
LEFT_OUT = "Left out of this package."


def write(handbook: Handbook) -> list[Artifact]:
    """The records, as files of a handbook's folder."""
    made = []
    for kind, fields in FIELDS.items():
        records = [_select_fields(record, fields) for record in handbook.list_approved(kind) if _has_something(record)]
        if records:
            body = records[0] if KINDS[kind].SINGLE else records
            folder = TERMINOLOGY if kind == "terms" else CONTENT
            made.append(Artifact(f"{folder}/{kind}.yaml", _dump_yaml({kind: body})))
    return made


def _has_something(record: Record) -> bool:
    """Whether a lint would read anything of a record."""
    traits = getattr(record, "traits", None)
    return traits is None or any(trait.vale for trait in traits)


def _select_fields(part: Part, fields: Mapping[str, Any]) -> dict[str, Any]:
    data = part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return dict(_iter_fields(part, data, fields))


def _iter_fields(part: Part, data: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, info in type(part).model_fields.items():
        key = info.alias or name
        if key in fields and key in data:
            inner = fields[key]
            # Of a trait, only its rules are read.
            kept = [item for item in getattr(part, name) if item.vale] if inner else ()
            yield key, [_select_fields(item, inner) for item in kept] if inner else data[key]
        elif info.is_required():
            yield key, LEFT_OUT


def _dump_yaml(data: Mapping[str, Any]) -> bytes:
    stream = io.BytesIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 1000
    yaml.dump(data, stream)
    return stream.getvalue()
