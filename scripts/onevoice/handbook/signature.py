"""Signatures: each side's agreement with the text of a record as it was that day.

A signature holds a hash of the fields that carry the record's meaning. If one of them changes, the side hasn't signed
what is there now, and the page says so. Fields that every record has carry no meaning (id, was, owner, status, public,
reviewed, signed, dissent, sources), nor do a kind's own UNSIGNED_FIELDS, such as an asset's address: they may change.

White space doesn't count, a field at its default counts as left out, and the order of a list does count. So text can be
wrapped differently, and onevoice can learn new fields, without breaking a signature.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from onevoice.handbook.handbook import Handbook
from onevoice.records import KINDS, Record
from onevoice.records.envelope import Job, Signature

SIDES: tuple[str, ...] = ("sales", "marketing")
assert set(SIDES) == set(get_args(Job))
SHARED_FIELDS = frozenset(Record.model_fields)


@dataclass(frozen=True)
class SignatureStatus:
    """Whether a side has signed a record.

    state: signed; changed (the text is no longer what was signed); missing (it must sign and has not).
    date: the day of the signature, or None.
    """

    side: str
    state: str
    date: datetime.date | None = None


# What an avoided word is treated by unless a handbook says otherwise: to write it down changes no meaning.
USUAL_VALUES = {"terms": {"level": "error", "fix": "auto"}}


def extract_meaning(record: Record) -> dict[str, Any]:
    """The fields that carry a record's meaning, as plain data, by their names in YAML."""
    # What customers may not know is empty in a public record, even if it is required.
    data = record.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude={*SHARED_FIELDS, *record.UNSIGNED_FIELDS},
        warnings=False,
    )  # fmt: skip
    usual = USUAL_VALUES.get(record.KIND, {})
    folded = {name: _fold_value(value, usual) for name, value in data.items()}
    return {name: value for name, value in folded.items() if value not in (None, "", [], {})}


def _fold_value(value: Any, usual: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [_fold_value(item, usual) for item in value]
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if item is not None and usual.get(key, "") != item}
        return {key: _fold_value(item, usual) for key, item in kept.items()}
    return value


def hash_meaning(record: Record) -> str:
    """The hash that a signature of the record holds: 16 hexadecimal digits of a SHA-256."""
    text = json.dumps(extract_meaning(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def format_passages(record: Record) -> dict[str, str]:
    """The fields that carry the meaning as texts for people to compare, by the field's name in plain words."""
    return {name.replace("_", " "): format_value(value) for name, value in extract_meaning(record).items()}


def compare_passages(before: Record, after: Record) -> Iterator[tuple[str, str, str]]:
    """The passages in which two versions of a record differ: (name, text before, text after)."""
    old, new = format_passages(before), format_passages(after)
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield name, old.get(name, ""), new.get(name, "")


def format_value(value: Any) -> str:
    """Plain data as a text for people: lists with semicolons, keys with their values."""
    if isinstance(value, list):
        return "; ".join(format_value(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')}: {format_value(item)}" for key, item in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def find_signature(record: Record, side: str) -> Signature | None:
    """A side's signature of a record, or None."""
    found: Signature | None = getattr(record.signed, side) if record.signed else None
    return found


def is_signature_valid(record: Record, side: str) -> bool:
    """Whether a side has signed the record as it is now."""
    signed = find_signature(record, side)
    return signed is not None and signed.of == hash_meaning(record)


def list_signature_statuses(handbook: Handbook, record: Record) -> tuple[SignatureStatus, ...]:
    """Whether each side has signed a record; a side that has not signed is listed only if it must."""
    found = []
    for side in SIDES:
        signed = find_signature(record, side)
        if signed:
            found.append(
                SignatureStatus(side, "signed" if is_signature_valid(record, side) else "changed", signed.date)
            )
        elif record.KIND in handbook.brand.both_sign and record.status == "approved":
            found.append(SignatureStatus(side, "missing"))
    return tuple(found)


def find_broken_signatures(handbook: Handbook) -> Iterator[tuple[Record, str]]:
    """Each record and side whose signature is no longer valid."""
    for kind in KINDS:
        for record in handbook.list_records(kind):
            for side in SIDES:
                if find_signature(record, side) and not is_signature_valid(record, side):
                    yield record, side
