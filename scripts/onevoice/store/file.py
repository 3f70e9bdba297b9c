"""A file of a source, as it is listed, and as it is read."""

from __future__ import annotations

from typing import NamedTuple


class StoredFile(NamedTuple):
    """A file that a source has.

    uri: as the source names it. size: in bytes, or about. version: changes if the bytes do; of a store, it begins with
    the day; "" if nobody knows. inner: its path in the source, with slashes. is_read: also if its name doesn't say
    what's in it. reason: why it isn't read; "" if it is.
    """

    uri: str
    size: int
    version: str
    inner: str = ""
    is_read: bool = False
    reason: str = ""


class SourceFile(NamedTuple):
    """What is in a file. name: its uri, with an ending that says how to read it."""

    name: str
    data: bytes
