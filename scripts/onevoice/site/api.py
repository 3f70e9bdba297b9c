"""The records as JSON: `/api/<kind>.json`, a list of records, each with its `id` and `url` (a contract)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onevoice.handbook.plain import describe_record
from onevoice.output import Artifact
from onevoice.records import KINDS
from onevoice.site.view import View


def write(view: View) -> Iterator[Artifact]:
    """One file per kind. `url` is the full address if brand.yaml says where the site is published."""
    for kind in KINDS:
        records = [
            {
                **describe_record(record, view.build_url("")),
                **({"source": source} if (source := view.locate_source(record)[0]) else {}),
            }
            for record in view.handbook.list_records(kind)
        ]
        text = json.dumps(records, indent=1, ensure_ascii=False, sort_keys=True)
        yield Artifact(f"docs/api/{kind}.json", f"{text}\n".encode())
