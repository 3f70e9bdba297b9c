"""A record names another record that doesn't exist.

Ids connect records: an asset names its personas, a message its proof. An id that leads nowhere would be a dead link.
Correct the id, or add the missing record. If there are no records of a kind at all, ids of that kind aren't checked.
The types of assets are those under `asset_types` in brand.yaml.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.errors import suggest_known
from onevoice.finding import Finding
from onevoice.handbook.checks.not_a_name import has_several_ids
from onevoice.handbook.handbook import Handbook
from onevoice.records import KINDS


def _name_kind(kind: str) -> str:
    return KINDS[kind].SINGULAR if kind in KINDS else "stage of the journey"


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each reference to an unknown id, type of asset, product, audience or channel."""
    ids: dict[str, dict[str, None]] = {}
    for reference in handbook.references:
        if reference.kind not in ids:
            ids[reference.kind] = dict.fromkeys(handbook.list_ids(reference.kind))
        known = ids[reference.kind]
        # An invalid record is not missing: its own problems are reported.
        lost = handbook.load_result.invalid_ids.get(reference.kind, set())
        # A list in one text is reported by `not-a-name`.
        if has_several_ids(reference.id) and reference.record.status == "approved":
            continue
        if known and reference.id not in known and not lost & {reference.id, ""}:
            what = f"no {_name_kind(reference.kind)} has the id `{reference.id}`."
            message = f"{what} {suggest_known(reference.id, known)}"
            yield handbook.make_record_finding(
                "unknown-reference", "error", reference.record, reference.loc, message, match=reference.id
            )
    types = [one.name for one in handbook.brand.asset_types]
    for asset in handbook.list_records("assets"):
        if asset.type not in types:
            text = f"there is no type of asset named `{asset.type}`. {suggest_known(asset.type, types)}"
            yield handbook.make_record_finding("unknown-reference", "error", asset, ("type",), text, match=asset.type)
    brand = handbook.find_single("brand")
    if not brand:
        return
    for kind in brand.review.kinds:
        if kind not in KINDS:
            text = f"there is no kind of record named `{kind}`. {suggest_known(kind, KINDS)}"
            yield handbook.make_record_finding(
                "unknown-reference", "error", brand, ("review", "kinds", kind), text, match=kind
            )
    for index, kind in enumerate(brand.both_sign):
        if kind not in KINDS:
            text = f"there is no kind of record named `{kind}`. {suggest_known(kind, KINDS)}"
            yield handbook.make_record_finding(
                "unknown-reference", "error", brand, ("both_sign", index), text, match=kind
            )
    for record in handbook.list_records("messages"):
        if record.product and record.product not in brand.products:
            text = f"brand.yaml lists no product `{record.product}`. {suggest_known(record.product, brand.products)}"
            yield handbook.make_record_finding(
                "unknown-reference", "error", record, ("product",), text, match=record.product
            )
    for term in handbook.list_records("terms"):
        for index, avoid in enumerate(term.avoid):
            for field, listed in (("audiences", brand.audiences), ("channels", brand.channels)):
                for value in getattr(avoid, field):
                    if listed and value not in listed and not (has_several_ids(value) and term.status == "approved"):
                        text = f"brand.yaml lists no `{value}` under `{field}`. {suggest_known(value, listed)}"
                        loc = ("avoid", index, field)
                        yield handbook.make_record_finding("unknown-reference", "error", term, loc, text, match=value)
