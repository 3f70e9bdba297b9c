"""A finished partition as bytes: what it was made from, and a row for each document, packed.

The same rows are the same bytes.

It is gzip, because Python 3.11 has it: zstandard would be one more package, to save a few megabytes of a folder that
nobody sends around.
"""

from __future__ import annotations

import gzip
import io
import itertools
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence

from onevoice.audit.plan import Entry, dump_partition, parse_partition
from onevoice.audit.row import DocumentRow

ENDING = ".jsonl.gz"
# To pack harder takes longer than to write what is saved.
PACKING = 2


def pack_part(key: str, entries: Sequence[Entry], rows: Iterable[bytes]) -> bytes:
    """The bytes of a part. key: what else its rows are made from. rows: one for each entry, as lines."""
    packed = io.BytesIO()
    # Line by line: all rows of a part at once are the largest thing that there is in the memory.
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=PACKING, mtime=0) as lines:
        lines.write(json.dumps(key).encode() + b"\n" + dump_partition(entries).encode())
        for row in rows:
            lines.write(row)
    return packed.getvalue()


def pack_row(row: bytes) -> bytes:
    """A row while its part is open."""
    return zlib.compress(row, 1)


def unpack_row(packed: bytes) -> bytes:
    """The row from the bytes of `pack_row`."""
    return zlib.decompress(packed)


def iter_lines(data: bytes) -> Iterator[bytes]:
    """The lines of a packed file, such as a part. Raises ValueError if it is damaged."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as lines:
            yield from lines
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from None


def read_part(data: bytes) -> tuple[str, list[Entry], Iterator[bytes]]:
    """The key and the entries of a part, and its rows, which are yet to be read. Raises ValueError if it is damaged."""
    lines = iter_lines(data)
    try:
        return json.loads(next(lines, b"")), parse_partition(next(lines, b"").decode()), lines
    except TypeError as error:
        raise ValueError(str(error)) from None


def iter_rows(data: bytes) -> Iterator[DocumentRow]:
    """The rows of a part. Raises ValueError if it is damaged."""
    yield from map(json.loads, itertools.islice(iter_lines(data), 2, None))
