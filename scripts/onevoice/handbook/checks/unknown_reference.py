"""A record names another record that doesn't exist.

Ids connect records: an asset names its personas, a message its proof. An id that leads nowhere would be a dead link.
Correct the id, or add the missing record. If the record was renamed, add its old id to it under `was`: then this check
says what its id is now. If there are no records of a kind at all, ids of that kind aren't checked. The types of assets
are those under `asset_types` in brand.yaml. An id that is missing in several places is reported once, at the first.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onevoice.errors import MAX_IDS_LISTED, find_nearest, suggest_known
from onevoice.finding import Finding, Span
from onevoice.handbook.checks.not_a_name import has_several_ids
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import Place
from onevoice.load.offer import split_list, strip_quotation, write_list
from onevoice.records import KINDS

RULE = "unknown-reference"
# How many of the places of one id a message names.
MAX_PLACES = 5
Loc = tuple[str | int, ...]


class Use(NamedTuple):
    """A place that names something. key: what it names: a kind, and an id or a name."""

    key: tuple[str, str]
    place: Place
    loc: Loc

    @property
    def span(self) -> Span:
        return self.place.locate_field(*self.loc)


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each reference to an unknown id, type of asset, product, audience or channel."""
    uses: dict[tuple[str, str], list[Use]] = {}
    for use in (*_iter_unknown_ids(handbook), *_iter_unknown_types(handbook), *_iter_unlisted(handbook)):
        uses.setdefault(use.key, []).append(use)
    referenced = {(reference.kind, reference.id) for reference in handbook.references}
    for (kind, id), found in uses.items():
        places = dict.fromkeys((use.place.path, use.span) for use in found)
        (path, span), *others = sorted(places)
        what, fix = _explain_use(handbook, kind, id, len(places), referenced)
        message = f"{what}. {_list_places(path, others)}{fix}"
        yield Finding(RULE, "error", path, span, id, message)


def _list_places(path: str, others: list[tuple[str, Span]]) -> str:
    """Where else something is named, in words. path: the file that the finding is in."""
    if not others:
        return ""
    shown = []
    for other, span in others[:MAX_PLACES]:
        shown.append(f"line {span.line}" if other == path else f"{other}:{span.line}")
    if len(others) > MAX_PLACES:
        shown.append(f"{len(others) - MAX_PLACES} more places")
    listed = f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
    return f"It's also named on {listed}. " if listed.startswith("line") else f"It's also named at {listed}. "


def _name_kind(kind: str) -> str:
    return KINDS[kind].SINGULAR if kind in KINDS else "stage of the journey"


def _iter_unknown_ids(handbook: Handbook) -> Iterator[Use]:
    ids: dict[str, dict[str, None]] = {}
    found: list[tuple[Place, Loc, str, str]] = [
        (handbook.locate_record(reference.record), reference.loc, reference.kind, reference.id)
        for reference in handbook.references
        # A list in one text is reported by `not-a-name`.
        if not (has_several_ids(reference.id) and reference.record.status == "approved")
    ]
    found += [(draft.place, loc, kind, id) for draft, loc, kind, id in handbook.iter_draft_references()]
    for place, loc, kind, id in found:
        if kind not in ids:
            ids[kind] = dict.fromkeys(handbook.list_ids(kind))
        # An invalid record is not missing: its own problems are reported.
        lost = handbook.load_result.invalid_ids.get(kind, set())
        if ids[kind] and id not in ids[kind] and not lost & {id, ""}:
            yield Use((kind, id), place, loc)


def _iter_unknown_types(handbook: Handbook) -> Iterator[Use]:
    known = {one.name.casefold() for one in handbook.brand.asset_types}
    for asset in handbook.list_records("assets"):
        if asset.type.casefold() not in known:
            yield Use(("asset_types", asset.type), handbook.locate_record(asset), ("type",))
    for draft in handbook.load_result.drafts:
        name = draft.data.get("type")
        if draft.model.KIND == "assets" and isinstance(name, str) and name.casefold() not in known:
            yield Use(("asset_types", name), draft.place, ("type",))


def _iter_unlisted(handbook: Handbook) -> Iterator[Use]:
    """What names a kind, a product, a reader or a channel that brand.yaml, or the tool, doesn't list."""
    brand = handbook.find_single("brand")
    if not brand:
        return
    place = handbook.locate_record(brand)
    yield from (
        Use(("kinds", kind), place, ("review", "kinds", kind)) for kind in brand.review.kinds if kind not in KINDS
    )
    yield from (
        Use(("kinds", kind), place, ("both_sign", index))
        for index, kind in enumerate(brand.both_sign)
        if kind not in KINDS
    )
    for record in handbook.list_records("messages"):
        if record.product and record.product not in brand.products:
            yield Use(("products", record.product), handbook.locate_record(record), ("product",))
    for term in handbook.list_records("terms"):
        for index, avoid in enumerate(term.avoid):
            for field, listed in (("audiences", brand.audiences), ("channels", brand.channels)):
                for value in getattr(avoid, field):
                    if listed and value not in listed and not (has_several_ids(value) and term.status == "approved"):
                        yield Use((field, value), handbook.locate_record(term), ("avoid", index, field))


def _explain_use(
    handbook: Handbook, kind: str, id: str, places: int, referenced: set[tuple[str, str]]
) -> tuple[str, str]:
    """What is wrong with what places name, without a full stop, and how to fix it."""
    brand = handbook.brand
    several = f"If these are several, write a list: `{write_list(split_list(id))}`." if has_several_ids(id) else ""
    if bare := strip_quotation(id):
        several = f"The quotation marks count as a part of it. Write `{bare}`."
    match kind:
        case "asset_types":
            types = [one.name for one in brand.asset_types]
            fix = several or f"{_suggest(id, types)} The types are listed under `asset_types` in brand.yaml."
            return f"there is no type of asset named `{id}`", fix
        case "kinds":
            return f"there is no kind of record named `{id}`", several or suggest_known(id, KINDS)
        case "products":
            return f"brand.yaml lists no product `{id}`", several or _suggest(id, brand.products)
        case "audiences" | "channels":
            return f"brand.yaml lists no `{id}` under `{kind}`", several or _suggest(id, getattr(brand, kind))
    name = _name_kind(kind)
    what = f"no {name} has the id `{id}`"
    if several:
        return what, several
    for record in handbook.list_records(kind) if kind in KINDS else ():
        if id in record.was:
            return f"the id `{id}` was changed to `{record.id}`", f"Write `{record.id}`."
    known = handbook.list_ids(kind)
    if near := find_nearest(id, known):
        # After a change of an id, nobody names the new one yet.
        is_likely_new = kind in KINDS and (places > 1 or (kind, near) not in referenced)
        renamed = f" If that is its new id, add `was: {id}` to it." if is_likely_new else ""
        return what, f"Did you mean `{near}`?{renamed}"
    fix = f"{_suggest(id, known).removesuffix('.')}, or add it to {_find_file(handbook, kind)}"
    if kind == "teams":
        team = f"- {{id: {id}, name: {id.replace('-', ' ').capitalize()}, side: both, purpose: ...}}"
        return what, f"{fix}: `{team}`."
    renamed = f" If the id of the {name} was changed, add `was: {id}` to it." if kind in KINDS else ""
    return what, f"{fix}.{renamed}"


def _suggest(name: str, known: Iterable[str]) -> str:
    return suggest_known(name, known, most=MAX_IDS_LISTED)


def _find_file(handbook: Handbook, kind: str) -> str:
    """The file of a kind of record, or the first of several."""
    record_kind = kind if kind in KINDS else "journey"
    return next(
        (handbook.locate_record(record).path for record in handbook.list_records(record_kind)),
        f"content/{record_kind}.yaml",
    )
