"""Rich text, as many word processors save it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, data: bytes) -> Prose:
    """A document in rich text. Raises OnevoiceError as `prose.rtf` does."""
    from onevoice.prose import rtf

    return rtf.read(path, data)


FORMAT = Format(name="RTF", endings=(".rtf",), read=read, is_archive=True, rank=56, needs="striprtf")
