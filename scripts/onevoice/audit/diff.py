"""Two audits of an archive: what is fixed, what is new, and which documents came, went or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onevoice.audit.match import Identity, pair_documents
from onevoice.audit.row import DocumentRow

# What a finding is, wherever it stands in its document.
_Key = tuple[str, str, str]


class AuditDiff(NamedTuple):
    """What has changed. fixed, new: how many findings, by rule. moved: old and new name of each document."""

    fixed: Counter[str]
    new: Counter[str]
    moved: list[tuple[str, str]]
    added: list[str]
    removed: list[str]


class _Known(NamedTuple):
    uri: str
    findings: Counter[_Key]


def compare_audits(old: Iterable[DocumentRow], new: Iterable[DocumentRow]) -> AuditDiff:
    """Compare the documents of two audits. One that moved is known by its id, else by its words."""
    found = AuditDiff(Counter(), Counter(), [], [], [])
    for before, after in pair_documents(_iter_known(old), _iter_known(new)):
        if before is None:
            found.added.append(after.uri if after else "")
        elif after is None:
            found.removed.append(before.uri)
        elif before.uri != after.uri:
            found.moved.append((before.uri, after.uri))
        old_findings, new_findings = (side.findings if side else Counter[_Key]() for side in (before, after))
        for (rule, *_), count in (old_findings - new_findings).items():
            found.fixed[rule] += count
        for (rule, *_), count in (new_findings - old_findings).items():
            found.new[rule] += count
    for names in (found.moved, found.added, found.removed):
        names.sort()
    return found


def _iter_known(rows: Iterable[DocumentRow]) -> Iterator[tuple[Identity, _Known]]:
    for row in rows:
        findings = Counter((found["rule"], found["match"], found["sentence_hash"]) for found in row["findings"])
        yield Identity(row["uri"], row["id"], row["text_hash"]), _Known(row["uri"], findings)


def describe_diff(found: AuditDiff) -> Iterator[str]:
    """What has changed, as lines."""
    for title, rules in (("Fixed", found.fixed), ("New", found.new)):
        yield f"{title}: {rules.total():,}"
        for rule, count in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
            yield f"  {count:,}  {rule}"
    yield from (f"Moved: {before} -> {after}" for before, after in found.moved)
    yield from (f"Added: {name}" for name in found.added)
    yield from (f"Removed: {name}" for name in found.removed)
