"""An asset for customers says itself that it must not be sent.

Its text warns colleagues, but its card offers a link to copy. Say `for: us`, so that reps find it under "Use on the
call".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook

FIELDS = ("summary", "use_when", "not_when")
WARNING = re.compile(
    r"\bnever (?:send|share|forward)\b|\b(?:do not|don['’]t) (?:send|share|forward) (?:it|this)(?=[.!;]|$)|"
    r"\bnot (?:for (?:sending|customers|prospects)|to be sent)\b|\binternal(?: use)? only\b|"
    r"\bfor (?:us|reps|colleagues|internal use) only\b",
    re.I,
)


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each asset for customers that says, in its text or its tags, that it's for us."""
    for asset in handbook.list_approved("assets"):
        if asset.is_internal:
            continue
        texts: list[tuple[tuple[str | int, ...], str]] = [((name,), getattr(asset, name) or "") for name in FIELDS]
        texts += [(("tags", index), tag) for index, tag in enumerate(asset.tags)]
        for loc, text in texts:
            found = WARNING.search(text)
            if found or (loc[0] == "tags" and text.casefold() == "internal"):
                match = found[0] if found else text
                message = (
                    f"“{match}” says that `{asset.id}` is for us, but reps find it with a link to send. "
                    "Add `for: us`, or rewrite this."
                )
                yield handbook.make_record_finding("never-sent", "warning", asset, loc, message, match=match)
                break
