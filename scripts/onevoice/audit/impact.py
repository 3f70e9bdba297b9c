"""What changed words do to an archive, as sums and as a table: which documents gain findings, and which lose some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onevoice.audit.row import MAX_MATCH
from onevoice.audit.tables import write_rows
from onevoice.lint.impact import Effect

COLUMNS = ("document", "change", "rule", "level", "match", "replacement", "place")
# How many documents are named; the table has all.
MAX_NAMED = 10


class ArchiveImpact(NamedTuple):
    """documents: all there are. read: how many had to be read. unread: why some could not be. effects: in their order.

    terms: those whose words have changed.
    """

    documents: int
    read: int
    unread: Sequence[str]
    effects: Sequence[Effect]
    terms: Sequence[str]


def describe_impact(found: ArchiveImpact) -> Iterator[str]:
    """What changed words mean for an archive, as lines."""
    yield f"Changed terms: {', '.join(found.terms) or 'none'}."
    yield f"Read {found.read:,} of {found.documents:,} documents: no other holds a word that has changed."
    for title, is_fix in (("Gained", False), ("Lost", True)):
        counts = Counter(effect.finding.path for effect in found.effects if effect.is_fix is is_fix)
        total = counts.total()
        yield f"{title}: {total:,} finding{'s' * (total != 1)} in {len(counts):,} document{'s' * (len(counts) != 1)}"
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_NAMED]:
            yield f"  {count:,}  {name}"


def write_impact_table(effects: Iterable[Effect]) -> Iterator[bytes]:
    """`impact.csv`, piece by piece: without sentences, as `findings.csv`."""
    rows = (
        [
            *(effect.finding.path, "lost" if effect.is_fix else "gained", effect.finding.rule, effect.finding.level),
            *(effect.finding.match[:MAX_MATCH], " | ".join(effect.finding.replacements)),
            f"{effect.finding.span.line}:{effect.finding.span.column}",
        ]
        for effect in effects
    )
    return write_rows(COLUMNS, rows)
