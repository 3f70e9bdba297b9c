"""Who works on this handbook: the teams, and what each keeps true."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice.output import Artifact
from onevoice.records import KINDS
from onevoice.site.view import View


def pages(view: View) -> Iterator[Artifact]:
    """`/together/teams/`."""
    book = view.handbook
    teams = []
    for team in book.approved("teams"):
        counts = [(kind, sum(record.owner == team.id for record in book.approved(kind))) for kind in KINDS]
        teams.append((team, [(kind, count) for kind, count in counts if count]))
    yield view.page(
        "/together/teams/",
        "teams",
        title="Teams",
        description="Who keeps what true.",
        teams=teams,
        due=view.due(),
    )
