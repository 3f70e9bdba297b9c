"""Bytes of a file -> Prose: decode strictly, and choose the reader by the file's ending."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import PurePath

from onevoice.errors import OnevoiceError
from onevoice.prose import html, markdown, text
from onevoice.prose.block import Prose

Reader = Callable[[str, str], Prose]

FORMATS: dict[str, Reader] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".mkd": markdown.read,
    ".mdx": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".txt": text.read,
    ".text": text.read,
}

# UTF-32 is not read: its little-endian mark begins with that of UTF-16.
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read(path: str, data: bytes) -> Prose:
    """A document as its reader sees it.

    path: the file as the user named it; its ending says what it is written in. `-` (standard input) is Markdown.
    data: what is in the file. Raises OnevoiceError where the ending is not known or the text cannot be decoded.
    """
    return reader(path)(path, decode(path, data)[0])


def reader(path: str) -> Reader:
    """The reader for a file name. Raises OnevoiceError where there is none."""
    ending = PurePath(path).suffix.lower()
    if path == "-":
        return markdown.read
    if ending not in FORMATS:
        known = " ".join(FORMATS)
        raise OnevoiceError(f"{path}: cannot read this kind of file; save it as one of {known}, or leave it out")
    return FORMATS[ending]


def decode(path: str, data: bytes) -> tuple[str, bytes]:
    """The text of a file without its byte order mark, and that mark (b"" where there is none), for `encode`."""
    mark, encoding = next((one for one in _MARKS if data.startswith(one[0])), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding), mark
    except UnicodeDecodeError as error:
        good = data[len(mark) : len(mark) + error.start].decode(encoding, "replace")
        line = good.count("\n") + 1
        raise OnevoiceError(f"{path}:{line}: this is not {encoding.upper()} text; save the file as UTF-8") from None


def encode(source: str, mark: bytes) -> bytes:
    """The bytes of a file whose text was decoded with this mark."""
    return mark + source.encode(dict(_MARKS).get(mark, "utf-8"))
