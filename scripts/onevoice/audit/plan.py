"""What an audit goes through: every document of the sources, in partitions that stay as they are if one is added."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

# How large a partition becomes at most. From a quarter of this on, it ends at the next name whose checksum says so: a
# new document then changes one partition, not all that follow.
MAX_BYTES, MAX_DOCUMENTS = 64 * 2**20, 5_000
_END_ONE_IN = 256


class Entry(NamedTuple):
    """A document of the plan.

    uri: as the source names it. size: in bytes. version: changes if the document does, such as an etag or a time.
    group: the part of the archive that it is in. ending: as in prose.block.Prose. kind: `read`, or why it isn't read.
    """

    uri: str
    size: int
    version: str
    group: str = ""
    ending: str = ""
    kind: str = "read"


class Partition(NamedTuple):
    """Some documents of the plan, packed: there may be hundreds of thousands. name: of their part; total: how many."""

    name: str
    total: int
    packed: bytes

    def list_entries(self) -> list[Entry]:
        """Its documents."""
        return parse_partition(zlib.decompress(self.packed).decode())


def pack_partition(name: str, part: Sequence[Entry]) -> Partition:
    """Documents as a partition."""
    return Partition(name, len(part), zlib.compress(dump_partition(part).encode(), 1))


def split_plan(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Documents, which come in the order of their names, as partitions."""
    part: list[Entry] = []
    size = 0
    for entry in entries:
        if part and (len(part) == MAX_DOCUMENTS or size + entry.size > MAX_BYTES):
            yield part
            part, size = [], 0
        part.append(entry)
        size += entry.size
        is_large = len(part) >= MAX_DOCUMENTS // 4 or size >= MAX_BYTES // 4
        if is_large and zlib.crc32(entry.uri.encode("utf-8", "surrogateescape")) % _END_ONE_IN == 0:
            yield part
            part, size = [], 0
    if part:
        yield part


def dump_partition(part: Sequence[Entry]) -> str:
    """A partition as a line of `plan.jsonl`."""
    return json.dumps([list(entry) for entry in part], separators=(",", ":")) + "\n"


def parse_partition(line: str) -> list[Entry]:
    """The partition of a line of `plan.jsonl`."""
    return [Entry(*fields) for fields in json.loads(line)]


def name_part(line: str, key: str) -> str:
    """The name of the part that a partition becomes. key: all else that it is made from."""
    return hashlib.sha256(f"{key}\0{line}".encode()).hexdigest()[:32]
