"""What changing words does: one module per report, with `render(broken, fixed, title)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from onevoice.finding import Finding

# A finding, and the sentence that it is in.
FindingInSentence: TypeAlias = tuple[Finding, str]


def format_count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def format_impact_headline(
    broken: Sequence[FindingInSentence], fixed: Sequence[FindingInSentence], terms: Sequence[str], since: str
) -> str:
    """How much breaks and is fixed, in a sentence."""
    if not terms:
        return f"No words have changed since {since}."
    changed = f"{format_count(len(terms), 'term')} changed since {since}"
    if not broken and not fixed:
        return f"{changed}: no sentence newly breaks, and none is fixed."
    breaks = f"{format_count(len(broken), 'place')} newly break{'s' * (len(broken) == 1)}"
    return f"{changed}: {breaks}, and {len(fixed)} {'is' if len(fixed) == 1 else 'are'} fixed."
