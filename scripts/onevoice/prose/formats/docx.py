"""Word files: documents and templates, with and without macros."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, data: bytes) -> Prose:
    """A Word file. Raises OnevoiceError as `prose.docx` does."""
    from onevoice.prose import docx

    return docx.read(path, data)


FORMAT = Format(name="Word", endings=(".docx", ".docm", ".dotx", ".dotm"), read=read, is_archive=True, rank=40)
