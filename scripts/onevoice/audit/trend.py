"""The sums of an audit, which are kept: how an archive has come along since the first one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from onevoice.audit.seen import DatedFindings, SeenDocument
from onevoice.audit.tables import JudgedRow
from onevoice.audit.verdict import VERDICTS

# What is counted of each group and owner, and of the whole archive.
COUNTED = ("findings", "new", "fixed")
TOTALS = ("documents", "words", "errors", "warnings", "claims", *COUNTED, *VERDICTS)
Counts = dict[str, dict[str, int]]


class AuditSums(NamedTuple):
    """totals: by TOTALS. groups, owners: of each, by COUNTED. new, fixed: against the audit before it."""

    day: str
    totals: dict[str, int]
    groups: Counts
    owners: Counts


class SumCounter:
    """Sums up the documents of an audit."""

    def __init__(self) -> None:
        self._totals = Counter[str]()
        self._groups: dict[str, Counter[str]] = {}
        self._owners: dict[str, Counter[str]] = {}

    def count_findings(self, dated: DatedFindings) -> None:
        """Take in the findings of a document that is there. A finding that is fixed counts for its group now."""
        seen = dated.seen
        self._add_counts(seen, {"findings": sum(map(len, seen.days.values())), "new": dated.new, "fixed": dated.fixed})

    def count_lost(self, document: SeenDocument) -> None:
        """Take in the findings of a document that isn't there any more."""
        self._add_counts(document, {"fixed": sum(map(len, document.days.values()))})

    def count_document(self, judged: JudgedRow) -> None:
        """Take in a document and its verdict."""
        row = judged.row
        self._totals["documents"] += 1
        self._totals["words"] += row["words"]
        self._totals["errors"] += row["errors"]
        self._totals["warnings"] += row["warnings"]
        self._totals["claims"] += row["claims"]
        if judged.verdict.word:
            self._totals[judged.verdict.word] += 1

    def _add_counts(self, document: SeenDocument, counts: dict[str, int]) -> None:
        self._totals.update(counts)
        self._groups.setdefault(document.group, Counter()).update(counts)
        self._owners.setdefault(document.owner, Counter()).update(counts)

    def make_sums(self, day: str) -> AuditSums:
        """The sums so far."""
        groups, owners = (
            {name: {key: counts[key] for key in COUNTED} for name, counts in sorted(part.items())}
            for part in (self._groups, self._owners)
        )
        return AuditSums(day, {name: self._totals[name] for name in TOTALS}, groups, owners)


def dump_trend(trend: Iterable[AuditSums]) -> bytes:
    """The sums of several audits, one on a line."""
    return b"".join(json.dumps(sums._asdict(), separators=(",", ":")).encode() + b"\n" for sums in trend)


def parse_trend(data: bytes) -> list[AuditSums]:
    """The sums of several audits, the oldest first. Raises ValueError if they are damaged."""
    try:
        return sorted(AuditSums(**json.loads(line)) for line in data.splitlines())
    except TypeError as error:
        raise ValueError(str(error)) from None
