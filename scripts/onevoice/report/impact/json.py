"""What changing words does, as JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence

from onevoice.display import dump_json
from onevoice.report.impact import FindingInSentence
from onevoice.report.json import serialize_finding


def render(broken: Sequence[FindingInSentence], fixed: Sequence[FindingInSentence], title: str) -> str:
    """A list of objects: the keys of a finding, with `effect` (breaks or fixed) and `sentence`."""
    data = [
        {"effect": effect, "sentence": sentence, **serialize_finding(finding)}
        for effect, found in (("breaks", broken), ("fixed", fixed))
        for finding, sentence in found
    ]
    return dump_json(data) + "\n"
