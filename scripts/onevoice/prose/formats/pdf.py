"""PDF files, of which the text is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, data: bytes) -> Prose:
    """A PDF. Raises OnevoiceError as `prose.pdf` does."""
    from onevoice.prose import pdf

    return pdf.read(path, data)


FORMAT = Format(name="PDF", endings=(".pdf",), read=read, is_archive=True, rank=55, needs="pypdfium2")
