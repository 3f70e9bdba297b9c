"""Rows of documents that haven't changed, from the parts of earlier runs: these needn't be read again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from onevoice.audit.part import ENDING, read_part
from onevoice.audit.plan import Entry
from onevoice.errors import OnevoiceError
from onevoice.prose.files import read_file_bytes

# Who couldn't be read may be able to by now. In JSON, nothing but the state of a row is written like this.
_FAILED = b'"state":"failed"'


class _OldPart(NamedTuple):
    place: Path
    first: str
    last: str


class Carrier:
    """The parts in a folder that were made from the same words by the same program: those with this key."""

    def __init__(self, folder: Path, key: str) -> None:
        self._parts: list[_OldPart] = []
        for place in sorted(folder.glob(f"*{ENDING}")) if folder.is_dir() else ():
            with contextlib.suppress(ValueError, OnevoiceError):  # A damaged one is as good as none.
                found, entries, _ = read_part(read_file_bytes(place))
                if found == key and entries:
                    self._parts.append(_OldPart(place, entries[0].uri, entries[-1].uri))

    def find_rows(self, entries: Sequence[Entry]) -> dict[Entry, bytes]:
        """The rows of those of a partition's documents that are as they were, as lines."""
        wanted = set(entries)
        return {
            entry: line
            for part in self._parts
            if part.first <= entries[-1].uri and part.last >= entries[0].uri
            for entry, line in iter_entry_rows(part.place)
            if entry in wanted and _FAILED not in line
        }


def iter_entry_rows(place: Path) -> Iterator[tuple[Entry, bytes]]:
    """The documents of a part and their rows as lines; none of one that is damaged."""
    with contextlib.suppress(ValueError, OnevoiceError):
        _, entries, rows = read_part(read_file_bytes(place))
        yield from zip(entries, [*rows], strict=True)
