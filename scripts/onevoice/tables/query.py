"""What people searched for, as a record of measures: only words that could lead to nobody."""

from __future__ import annotations

from collections.abc import Collection

from onevoice.privacy import find_personal_data, fold_name
from onevoice.tables.tally import Tally

_MAX_QUERY = 80


def find_query(text: str, tally: Tally, people: Collection[str] = ()) -> str:
    """The record of a search, such as `queries/heat pump`; "" if it could name a person, which the tally counts.

    people: words that name the people of an export, folded.
    """
    if len(text) > _MAX_QUERY or find_personal_data(text) or not {*fold_name(text).split()}.isdisjoint(people):
        tally.count_unknown(
            "search that could name a person, or is too long", "searches that could name a person, or are too long"
        )
        return ""
    return f"queries/{text.casefold()}"
