"""Two audits of an archive: what is fixed, what is new, and which documents came, went or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from onevoice.audit.row import DocumentRow

# What a finding is, wherever it stands in its document.
_Key = tuple[str, str, str]


class _Known(NamedTuple):
    """What is remembered of a document of the old audit."""

    uri: str
    text_hash: str
    findings: Counter[_Key]


class AuditDiff(NamedTuple):
    """What has changed. fixed, new: how many findings, by rule. moved: old and new name of each document."""

    fixed: Counter[str]
    new: Counter[str]
    moved: list[tuple[str, str]]
    added: list[str]
    removed: list[str]


def compare_audits(old: Iterable[DocumentRow], new: Iterable[DocumentRow]) -> AuditDiff:
    """Compare the documents of two audits. One that moved is known by its id, else by its words."""
    known = {row["id"]: _Known(row["uri"], row["text_hash"], _count_findings(row)) for row in old}
    fixed, fresh = Counter[str](), Counter[str]()
    moved, homeless = [], []
    for row in new:
        before = known.pop(row["id"], None)
        if before is None:
            homeless.append((row["uri"], row["text_hash"], _count_findings(row)))
            continue
        if before.uri != row["uri"]:
            moved.append((before.uri, row["uri"]))
        _add_changes(before.findings, _count_findings(row), fixed, fresh)
    # Two copies of a text have one hash: each old one is found once.
    by_text: dict[str, list[str]] = {}
    for name, before in known.items():
        if before.text_hash:
            by_text.setdefault(before.text_hash, []).append(name)
    added = []
    for uri, text_hash, findings in homeless:
        if names := by_text.get(text_hash):
            before = known.pop(names.pop(0))
            moved.append((before.uri, uri))
            _add_changes(before.findings, findings, fixed, fresh)
        else:
            added.append(uri)
            _add_changes(Counter(), findings, fixed, fresh)
    for before in known.values():
        _add_changes(before.findings, Counter(), fixed, fresh)
    return AuditDiff(fixed, fresh, sorted(moved), sorted(added), sorted(before.uri for before in known.values()))


def _count_findings(row: DocumentRow) -> Counter[_Key]:
    return Counter((found["rule"], found["match"], found["sentence_hash"]) for found in row["findings"])


def _add_changes(old: Counter[_Key], new: Counter[_Key], fixed: Counter[str], fresh: Counter[str]) -> None:
    for (rule, *_), count in (old - new).items():
        fixed[rule] += count
    for (rule, *_), count in (new - old).items():
        fresh[rule] += count
