"""Bytes of a file -> Prose: decode strictly, and choose the reader by the file's ending."""

from __future__ import annotations

import codecs
import dataclasses
import re
from collections.abc import Callable, Sequence

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose.block import Prose
from onevoice.prose.formats import EXTRA, Format, find_format, load_formats, needs_extra

Reader = Callable[[str, str], Prose]
PlaceFinder = Callable[[str, str], Sequence[tuple[int, int]] | None]

# UTF-32 comes first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    *((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
    *((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
)
_LETTERS = re.compile(rb"[A-Za-z\x80-\xff]{2}")


def read_prose(path: str, data: bytes, ending: str = "", find_places: PlaceFinder | None = None) -> Prose:
    """A document as its reader sees it.

    path: the file as the user named it; its ending says what it is written in. `-` (standard input) is Markdown.
    data: what is in the file. ending: of file names that are read as this text is to be; "": its own. Raises
    OnevoiceError if the ending is not known, the text cannot be decoded or is far too large, or an office file is
    broken or protected. The source of an office file is its text, one paragraph per line.

    find_places: from the path and the text to the ranges of it that are wanted, or None for all; if the format can
    leave out the others, it does.
    """
    kind = require_format(path)
    if kind.is_archive:
        return kind.read(path, data)
    source = decode_document(path, data)
    if find_places and kind.read_places and not ending and (places := find_places(path, source)) is not None:
        return kind.read_places(path, source, places)
    return resolve_reader(path, ending)(path, source)


def decode_document(path: str, data: bytes) -> str:
    """The text of a document. Raises OnevoiceError if it is too large, or has line ends of old, and as decode_text."""
    if len(data) > limits.MAX_TEXT_BYTES:
        most = limits.MAX_TEXT_BYTES >> 20
        raise OnevoiceError(
            f"{path}: cannot be read ({len(data) / 2**20:.1f} MB of text; at most {most} MB are). "
            "Split it, or leave it out."
        )
    text = decode_text(path, data)[0]
    if "\r" in text and text.count("\r") - text.count("\r\n") > text.count("\n"):
        # All of it would be on line 1 for Git, Vale and editors.
        raise OnevoiceError(
            f"{path}: its lines end with a carriage return alone, as on old Macs. Save it with the line ends of today."
        )
    return text


def require_format(path: str) -> Format:
    """The format of a document by its name. Raises OnevoiceError if there is none."""
    if kind := find_format(path):
        return kind
    if needs_extra(path):
        raise OnevoiceError(f"{path}: cannot be read without more packages. Run `pip install {EXTRA!r}`.")
    known = ", ".join(kind.endings[0] for kind in load_formats().values() if not kind.is_for)
    raise OnevoiceError(f"{path}: cannot read this kind of file. Save it as one of {known}, or leave it out.")


def is_archive(path: str) -> bool:
    """Whether a file is an archive by its name: it has no text to write back to."""
    kind = find_format(path)
    return kind is not None and kind.is_archive


def resolve_reader(path: str, ending: str = "") -> Reader:
    """The reader for the name of a text file, or for another ending. Raises OnevoiceError if there is none."""
    if not ending:
        return require_format(path).read
    read = require_format(f"x{ending}").read

    def read_otherwise(path: str, source: str) -> Prose:
        return dataclasses.replace(read(f"{path}{ending}", source), path=path, ending=ending)

    return read_otherwise


def decode_text(path: str, data: bytes) -> tuple[str, bytes]:
    """The text of a file without its byte order mark, and that mark (b"" if there is none), for `encode_text`.

    Raises OnevoiceError, with the encoding that it probably has, for what is neither UTF-8 nor says what it is.
    """
    mark, encoding = next((one for one in _BYTE_ORDER_MARKS if data.startswith(one[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        _refuse_wide_text(path, data, mark)
        from onevoice.prose.guess import guess_encoding

        good = data[len(mark) : len(mark) + error.start].decode(encoding, "replace")
        line = good.count("\n") + 1
        guess = guess_encoding(data) if not mark else ""
        also = f"; it looks like {guess}" if guess else ""
        raise OnevoiceError(
            f"{path}:{line}: this is not {encoding.upper()} text{also}. Save the file as UTF-8."
        ) from None
    # With two letters side by side it has words as it is, and no fix may make another encoding of them.
    if not mark and "\0" in text and not _LETTERS.search(data):
        _refuse_wide_text(path, data, mark)
    return text, mark


def _refuse_wide_text(path: str, data: bytes, mark: bytes) -> None:
    """Raise OnevoiceError if a text has probably two or four bytes a character, and does not say so."""
    from onevoice.prose.guess import guess_wide_encoding

    if not mark and (guess := guess_wide_encoding(data)):
        said = f"{path}: this looks like {guess} without a byte order mark. Save the file as UTF-8."
        raise OnevoiceError(said) from None


def encode_text(source: str, mark: bytes) -> bytes:
    """The bytes of a file whose text was decoded with this mark."""
    return mark + source.encode(dict(_BYTE_ORDER_MARKS).get(mark, "utf-8"))


def check_encoding(name: str) -> None:
    """Raise OnevoiceError unless this is the name of an encoding of texts."""
    try:
        b"x".decode(name, "replace")
    except (LookupError, ValueError, UnicodeError):
        raise OnevoiceError(f"--encoding: there is no encoding `{name}`. Try windows-1252 or utf-16.") from None


def recode_text(path: str, data: bytes, encoding: str) -> bytes:
    """A file that is not UTF-8 and does not say what it is, as UTF-8; any other file as it is.

    encoding: what it is in. Raises OnevoiceError if it is not.
    """
    if is_archive(path):
        return data
    try:
        decode_text(path, data)
    except OnevoiceError:
        try:
            return data.decode(encoding).encode()
        except UnicodeError:
            raise OnevoiceError(f"{path}: this is neither UTF-8 nor {encoding} text. Save the file as UTF-8.") from None
    return data
