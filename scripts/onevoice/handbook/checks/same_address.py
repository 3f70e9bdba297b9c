"""Two pages need the same address.

Each term has the page `/glossary/<id>/`, and each avoided word and old id leads there from its own address.
A persona or an asset can't have the name of a page that always exists, such as `due`. Change one of the ids.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.address import make_slug
from onevoice.handbook.handbook import Handbook
from onevoice.records import KINDS, Record

PAGE_KINDS = {kind: model for kind, model in KINDS.items() if model.FOLDER}


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each id, old id or avoided word whose address belongs to another page."""
    for kind, model in PAGE_KINDS.items():
        for record in handbook.list_records(kind):
            if record.id in model.RESERVED_IDS:
                message = (
                    f"`{record.id}` cannot be an id: {model.FOLDER}{record.id}/ is a page of the site. Choose another."
                )
                yield handbook.make_record_finding("same-address", "error", record, ("id",), message, match=record.id)
    for kind, model in PAGE_KINDS.items():
        # Records that are retired or only proposed have no page.
        pages = {record.id: record for record in handbook.list_approved(kind)}
        for record in handbook.list_approved(kind):
            for index, former in enumerate(record.was):
                if former in model.RESERVED_IDS:
                    message = (
                        f"`{former}` cannot be an old id: {model.FOLDER}{former}/ is a page of the site. Delete it."
                    )
                    yield handbook.make_record_finding(
                        "same-address", "error", record, ("was", index), message, match=former
                    )
                    continue
                other = pages.setdefault(former, record)
                if other is not record:
                    owner = _format_owner(handbook, other)
                    message = (
                        f"`{former}` is an old id of `{record.id}`, but its address belongs to {owner}. "
                        "Delete one of the two."
                    )
                    yield handbook.make_record_finding(
                        "same-address", "error", record, ("was", index), message, match=former
                    )
        if kind == "terms":
            yield from _check_avoided_words(handbook, pages)


def _format_owner(handbook: Handbook, record: Record) -> str:
    place = handbook.locate_record(record)
    return f"`{record.id}` ({place.path}:{place.line})"


def _check_avoided_words(handbook: Handbook, pages: dict[str, Record]) -> Iterator[Finding]:
    for term in handbook.list_approved("terms"):
        for index, avoid in enumerate(term.avoid):
            word = make_slug(avoid.term)
            other = pages.get(word, term)
            if word in PAGE_KINDS["terms"].RESERVED_IDS or other is not term:
                owner = _format_owner(handbook, other) if other is not term else "a page of the site"
                message = f'"{avoid.term}" leads here from /glossary/{word}/, but that is the address of {owner}.'
                loc = ("avoid", index, "term")
                yield handbook.make_record_finding(
                    "same-address", "error", term, loc, f"{message} Change one of the two.", match=avoid.term
                )
