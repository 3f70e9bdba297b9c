"""Bytes of a file -> Prose: decode strictly, and choose the reader by the file's ending."""

from __future__ import annotations

import codecs
import functools
import importlib
from collections.abc import Callable
from types import ModuleType

from onevoice.errors import OnevoiceError
from onevoice.prose.block import Prose

Reader = Callable[[str, str], Prose]
OfficeReader = Callable[[str, bytes], Prose]

# The readers by the names of their modules, which are loaded when they are needed: a run reads few formats, and none of
# a file that has not changed.
TEXT_FORMATS = {
    **dict.fromkeys((".md", ".markdown", ".mkd", ".mdx"), "markdown"),
    **dict.fromkeys((".html", ".htm"), "html"),
    **dict.fromkeys((".txt", ".text"), "text"),
}

# These are archives, not text.
OFFICE_FORMATS = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), "docx"),
    **dict.fromkeys((".pptx", ".pptm", ".potx", ".potm", ".ppsx", ".ppsm"), "pptx"),
}

# UTF-32 is not read: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_prose(path: str, data: bytes) -> Prose:
    """A document as its reader sees it.

    path: the file as the user named it; its ending says what it is written in. `-` (standard input) is Markdown.
    data: what is in the file. Raises OnevoiceError if the ending is not known, the text cannot be decoded, or an
    office file is broken or protected. The source of an office file is its text, one paragraph per line.
    """
    if is_office(path):
        read: OfficeReader = _load_module(OFFICE_FORMATS[_find_ending(path)]).read
        return read(path, data)
    return resolve_reader(path)(path, decode_text(path, data)[0])


def is_office(path: str) -> bool:
    """Whether a file is an office file by its name: there is no text in it to write back to."""
    return _find_ending(path) in OFFICE_FORMATS


def is_markdown(path: str) -> bool:
    """Whether a document is Markdown by its name; standard input is."""
    return path == "-" or TEXT_FORMATS.get(_find_ending(path)) == "markdown"


def resolve_reader(path: str) -> Reader:
    """The reader for the name of a text file. Raises OnevoiceError if there is none."""
    ending = _find_ending(path)
    if path != "-" and ending not in TEXT_FORMATS:
        known = " ".join((*TEXT_FORMATS, ".docx", ".pptx"))
        raise OnevoiceError(f"{path}: cannot read this kind of file. Save it as one of {known}, or leave it out.")
    read: Reader = _load_module("markdown" if path == "-" else TEXT_FORMATS[ending]).read
    return read


@functools.cache
def _load_module(name: str) -> ModuleType:
    return importlib.import_module(f"onevoice.prose.{name}")


def _find_ending(path: str) -> str:
    # pathlib takes as long for it as the matcher for a page.
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def decode_text(path: str, data: bytes) -> tuple[str, bytes]:
    """The text of a file without its byte order mark, and that mark (b"" if there is none), for `encode`."""
    mark, encoding = next((one for one in _BYTE_ORDER_MARKS if data.startswith(one[0])), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding), mark
    except UnicodeDecodeError as error:
        good = data[len(mark) : len(mark) + error.start].decode(encoding, "replace")
        line = good.count("\n") + 1
        raise OnevoiceError(f"{path}:{line}: this is not {encoding.upper()} text. Save the file as UTF-8.") from None


def encode_text(source: str, mark: bytes) -> bytes:
    """The bytes of a file whose text was decoded with this mark."""
    return mark + source.encode(dict(_BYTE_ORDER_MARKS).get(mark, "utf-8"))
