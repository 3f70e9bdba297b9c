"""OpenDocument: texts and presentations, as LibreOffice saves them, and their templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, data: bytes) -> Prose:
    """A text or a presentation. Raises OnevoiceError as `prose.odf` does."""
    from onevoice.prose import odf

    return odf.read(path, data)


FORMAT = Format(name="OpenDocument", endings=(".odt", ".ott", ".odp", ".otp"), read=read, is_archive=True, rank=52)
