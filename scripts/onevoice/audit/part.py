"""A finished partition as bytes: the rows of its documents, packed. The same rows are the same bytes.

It is gzip, because Python 3.11 has it: zstandard would be one more package, to save a few megabytes of a folder that
nobody sends around.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator

from onevoice.audit.row import DocumentRow

ENDING = ".jsonl.gz"
# To pack harder takes longer than to write what is saved.
_PACKING = 2


def pack_rows(lines: Iterable[bytes]) -> bytes:
    """The bytes of a part."""
    return gzip.compress(b"".join(lines), _PACKING, mtime=0)


def iter_rows(data: bytes) -> Iterator[DocumentRow]:
    """The rows of a part. Raises ValueError if it is damaged."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from None
