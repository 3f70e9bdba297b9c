"""A record as plain data, as programs read it."""

from __future__ import annotations

from typing import Any

from onevoice.handbook.address import find_page_path
from onevoice.records import Record


def describe_record(record: Record, base: str) -> dict[str, Any]:
    """What a record says, without what it leaves at its default; with its id, its status and its address.

    base: the site's address without a slash at its end; "" if it has none, so that the address is a path.
    """
    return {
        **record.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "id": record.id,
        "status": record.status,
        "url": f"{base}{find_page_path(record)}",
    }
