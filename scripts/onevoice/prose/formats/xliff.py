"""Translations in the format that translators exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, source: str) -> Prose:
    """A file of translations."""
    from onevoice.prose import xliff

    return xliff.read(path, source)


FORMAT = Format(name="XLIFF", endings=(".xlf", ".xliff"), read=read, rank=81)
