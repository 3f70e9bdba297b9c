"""A play sends an asset that expires before the play is over.

Reps would keep sending something that has expired. Renew the asset, shorten the play, or send another asset. It's an
error if the asset expires before the play even starts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each asset of a play that is not over, whose last day comes before the play's."""
    for play in handbook.list_approved("plays"):
        for index, id in enumerate(play.send):
            asset = handbook.find_record("assets", id)
            if (
                asset
                and asset.expires
                and play.ends
                and asset.expires < play.ends
                and play.compute_phase(today) != "over"
            ):
                message = (
                    f"the asset `{id}` expires on {asset.expires}, but `{play.id}` runs until {play.ends}. "
                    "Renew it, or send another."
                )
                level = "error" if play.starts and asset.expires < play.starts else "warning"
                yield handbook.make_record_finding(
                    "play-outlives-asset", level, play, ("send", index), message, match=id
                )
