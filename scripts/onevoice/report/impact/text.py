"""What changing words does, as text for people."""

from __future__ import annotations

from collections.abc import Sequence

from onevoice.report.impact import FindingInSentence


def render(broken: Sequence[FindingInSentence], fixed: Sequence[FindingInSentence], title: str) -> str:
    """One block per sentence: where, what, and the sentence."""
    lines = []
    for effect, found in (("breaks", broken), ("fixed", fixed)):
        for finding, sentence in found:
            place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
            lines += [f"{place}  {effect}  {finding.level}  {finding.message}  [{finding.rule}]", f"    {sentence}"]
    return "".join(f"{line}\n" for line in lines)
