"""`replaced_by` leads to an asset that can't be used either.

Reps who find an expired asset are sent on to the one that replaces it. Name one that lasts longer, renew that one, or
delete the key: the page then says that nothing replaces it yet.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """An error for a successor that is the asset itself or expires no later; a warning for one that has expired."""
    for asset in handbook.list_approved("assets"):
        following = handbook.find_record("assets", asset.replaced_by) if asset.replaced_by else None
        if not following:
            continue
        level = "error"
        if following is asset or _leads_back(handbook, asset.id, following.id):
            message = f"`{asset.id}` would replace itself in the end. Name an asset that isn't replaced by it."
        elif following.expires and asset.expires and following.expires <= asset.expires:
            message = (
                f"`{following.id}` expires on {following.expires}, no later than `{asset.id}` itself. "
                "Name one that lasts longer."
            )
        elif asset.is_expired(today) and following.is_expired(today) and not handbook.find_successor(asset, today):
            level = "warning"
            message = f"`{following.id}` expired on {following.expires}, too. Renew it, or name another."
        else:
            continue
        yield handbook.make_record_finding(
            "dead-successor", level, asset, ("replaced_by",), message, match=following.id
        )


def _leads_back(handbook: Handbook, goal: str, start: str) -> bool:
    seen: set[str] = set()
    id: str | None = start
    while id and id not in seen:
        if id == goal:
            return True
        seen.add(id)
        following = handbook.find_record("assets", id)
        id = following.replaced_by if following else None
    return False
