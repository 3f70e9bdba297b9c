"""A finding in the prose of a document, and what a fix needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onevoice.finding import Finding


# Not frozen, because that triples the time to make one; nobody changes an issue.
@dataclass(slots=True, unsafe_hash=True)
class Issue:
    """A finding at words of a block.

    block: the block's number in the document. start, end: the words, as offsets of the block's text. replacement: what
    a fix writes in their place without asking anyone, "" to remove them; None if a person has to choose. variant: the
    spelling that was looked for.
    """

    finding: Finding
    block: int
    start: int
    end: int
    replacement: str | None = None
    variant: str = ""
