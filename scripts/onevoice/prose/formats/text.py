"""Plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, source: str) -> Prose:
    """Plain text."""
    from onevoice.prose import text

    return text.read(path, source)


FORMAT = Format(name="plain text", endings=(".txt", ".text"), read=read, vale_ending=".txt", rank=30)
