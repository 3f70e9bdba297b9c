"""What changing words does, as text for people."""

from __future__ import annotations

from collections.abc import Sequence

from onevoice.display import escape_controls
from onevoice.report.impact import FindingInSentence


def render(broken: Sequence[FindingInSentence], fixed: Sequence[FindingInSentence], title: str) -> str:
    """One block per sentence: where, what, and the sentence."""
    lines = []
    for effect, found in (("breaks", broken), ("fixed", fixed)):
        for finding, sentence in found:
            place = f"{escape_controls(finding.path)}:{finding.span.line}:{finding.span.column}"
            message = escape_controls(finding.message)
            lines += [f"{place}  {effect}  {finding.level}  {message}  [{finding.rule}]", f"    {sentence}"]
    return "".join(f"{line}\n" for line in lines)
