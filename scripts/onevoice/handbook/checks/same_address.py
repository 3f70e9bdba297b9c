"""Two pages want one address.

Each term has the page /glossary/<id>/, and each avoided word and old id leads there from an address of its own.
A persona or an asset cannot have the name of a page that always exists, such as `due`. Change one of the ids.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.address import TAKEN, address
from onevoice.handbook.handbook import Handbook
from onevoice.records.word import slug

FOLDERS = {"terms": "/glossary/", "assets": "/catalog/", "personas": "/messaging/"}


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each id, old id or avoided word whose address another page has."""
    for kind, folder in FOLDERS.items():
        for record in handbook.all(kind):
            if record.id in TAKEN[folder]:
                message = f"`{record.id}` cannot be an id: {folder}{record.id}/ is a page of the site. Take another."
                yield handbook.finding("same-address", "error", record, ("id",), message, match=record.id)
    for kind in ("terms", "assets", "personas"):
        pages = {record.id: record for record in handbook.all(kind)}
        old: dict[str, object] = {}
        for record in handbook.all(kind):
            for index, former in enumerate(record.was):
                other = pages.get(former) or old.setdefault(former, record)
                if other is not record:
                    place = handbook.place(other)
                    message = (
                        f"`{former}` is an old id of `{record.id}`, but its address {address(record).replace(record.id, former)}"
                        f" belongs to `{other.id}` ({place.path}:{place.line}). Delete it here, or change the other id."
                    )
                    yield handbook.finding("same-address", "error", record, ("was", index), message, match=former)
    terms = {term.id: term for term in handbook.all("terms")}
    for term in handbook.approved("terms"):
        for index, avoid in enumerate(term.avoid):
            word = slug(avoid.term)
            other = terms.get(word)
            if word in TAKEN["/glossary/"] or (other and other is not term):
                owner = (
                    f"the term `{other.id}` ({handbook.place(other).path}:{handbook.place(other).line})"
                    if other
                    else "a page of the site"
                )
                message = f'"{avoid.term}" leads to its term from /glossary/{word}/, but that is the address of {owner}. Change one of the two.'
                yield handbook.finding(
                    "same-address", "error", term, ("avoid", index, "term"), message, match=avoid.term
                )
