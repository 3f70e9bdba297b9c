"""Email as mail programs save it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, data: bytes) -> Prose:
    """An email with its attachments. Raises OnevoiceError as `prose.eml` does."""
    from onevoice.prose import eml

    return eml.read(path, data)


FORMAT = Format(name="email", endings=(".eml",), read=read, is_archive=True, rank=70)
