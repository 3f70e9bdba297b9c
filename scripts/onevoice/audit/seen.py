"""Since when each finding is there: what is kept of an audit so that the next one can tell old from new."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from onevoice.audit.match import Identity
from onevoice.audit.row import DocumentRow, FoundRow


class SeenDocument(NamedTuple):
    """The findings of a document. days: by the day on which they were first found, their keys."""

    uri: str
    id: str
    text_hash: str
    group: str
    owner: str
    days: dict[str, list[str]]

    @property
    def identity(self) -> Identity:
        """What it is known by."""
        return Identity(self.uri, self.id, self.text_hash)


class DatedFindings(NamedTuple):
    """The findings of a document against those of the audit before. new, fixed: how many. seen: for the next audit."""

    new: int
    fixed: int
    seen: SeenDocument


def date_findings(row: DocumentRow, before: SeenDocument | None, today: str) -> DatedFindings:
    """Give each finding of a document its `first_seen`. Of two that are alike, the first has the older day."""
    known: dict[str, list[str]] = {}
    for day, keys in sorted(before.days.items(), reverse=True) if before else ():
        for key in keys:
            known.setdefault(key, []).append(day)
    days: dict[str, list[str]] = {}
    new = 0
    for found in row["findings"]:
        key = _make_key(found)
        if waiting := known.get(key):
            day = waiting.pop()
        else:
            day, new = today, new + 1
        found["first_seen"] = day
        days.setdefault(day, []).append(key)
    seen = SeenDocument(row["uri"], row["id"], row["text_hash"], row["group"], row["owner"], days)
    return DatedFindings(new, sum(map(len, known.values())), seen)


def _make_key(found: FoundRow) -> str:
    """What a finding is, wherever it is in its document."""
    key = f"{found['rule']}\0{found['match']}\0{found['sentence_hash']}"
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def dump_seen(document: SeenDocument) -> bytes:
    """What is kept of a document, as a line."""
    return json.dumps(document, separators=(",", ":")).encode() + b"\n"


def parse_seen(line: bytes) -> SeenDocument:
    """The document of a line. Raises ValueError if it is damaged."""
    try:
        return SeenDocument(*json.loads(line))
    except TypeError as error:
        raise ValueError(str(error)) from None
