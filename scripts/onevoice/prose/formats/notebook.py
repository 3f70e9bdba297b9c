"""Notebooks of Jupyter, of which the Markdown is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, data: bytes) -> Prose:
    """A notebook. Raises OnevoiceError as `prose.notebook` does."""
    from onevoice.prose import notebook

    return notebook.read(path, data)


FORMAT = Format(name="Jupyter", endings=(".ipynb",), read=read, is_archive=True, rank=85)
