"""Translations of programs in gettext's format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, source: str) -> Prose:
    """A catalog of translations."""
    from onevoice.prose import po

    return po.read(path, source)


FORMAT = Format(name="gettext", endings=(".po",), read=read, rank=80)
