"""JSON: all records as they are, for programs and for a copy that outlives onevoice."""

from __future__ import annotations

import json
from collections.abc import Sequence

from onevoice.exchange.formats import Export, Format
from onevoice.handbook.plain import describe_record
from onevoice.output import Artifact
from onevoice.records import KINDS


def write(export: Export) -> Sequence[Artifact]:
    """`onevoice.json`: the records by their kind, each list as `/api/<kind>.json` has it."""
    base = export.base.rstrip("/")
    found = {kind: [describe_record(one, base) for one in export.handbook.list_records(kind)] for kind in KINDS}
    text = json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True)
    return [Artifact("onevoice.json", f"{text}\n".encode())]


FORMAT = Format(
    "JSON",
    (".json",),
    write=write,
    rank=30,
)
