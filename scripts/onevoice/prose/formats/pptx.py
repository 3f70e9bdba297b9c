"""PowerPoint files: presentations, templates and shows, with and without macros."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, data: bytes) -> Prose:
    """A PowerPoint file. Raises OnevoiceError as `prose.pptx` does."""
    from onevoice.prose import pptx

    return pptx.read(path, data)


FORMAT = Format(
    name="PowerPoint",
    endings=(".pptx", ".pptm", ".potx", ".potm", ".ppsx", ".ppsm"),
    read=read,
    is_archive=True,
    rank=50,
)
