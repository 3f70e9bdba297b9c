"""The verdict on a document: keep it, fix it, merge it into another one, or retire it; and why."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from onevoice.audit.row import DocumentRow

VERDICTS = ("retire", "merge", "fix", "keep")
# What front matter calls documents that are over.
_OVER = {"retired", "archived", "obsolete", "deprecated", "withdrawn", "expired", "superseded"}
# Days after which a document that nobody has touched is too old to be worth fixing.
OLD_DAYS = 3 * 365


class Verdict(NamedTuple):
    """keep, fix, merge or retire; "" of a document that wasn't read. why: for people."""

    word: str
    why: str


def judge_document(row: DocumentRow, today: datetime.date, duplicate_of: str = "", is_exact: bool = False) -> Verdict:
    """The verdict on a document. duplicate_of: the one to keep instead, or ""."""
    if row["state"] != "read":
        return Verdict("", row["reason"])
    if row["expires"] and row["expires"] < today.isoformat():
        return Verdict("retire", f"it expired on {row['expires']}")
    if row["status"] in _OVER:
        return Verdict("retire", f"its status is {row['status']}")
    if duplicate_of:
        return Verdict("merge", f"it says {'the' if is_exact else 'nearly the'} same as {duplicate_of}")
    problems = _list_problems(row)
    if not problems:
        return Verdict("keep", "nothing is wrong with its words")
    last = row["modified"] or row["published"]
    if last and last < (today - datetime.timedelta(days=OLD_DAYS)).isoformat():
        return Verdict("retire", f"nobody has touched it since {last}, and it has {problems}")
    return Verdict("fix", f"it has {problems}")


def _list_problems(row: DocumentRow) -> str:
    errors = row["errors"]
    parts = [f"{errors} error{'s' * (errors != 1)}"] if errors else []
    if claims := row["claims"]:
        parts.append(f"{claims} claim{'s' * (claims != 1)} that can't be used")
    return " and ".join(parts)
