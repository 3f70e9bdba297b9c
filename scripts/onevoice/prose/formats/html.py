"""HTML pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, source: str) -> Prose:
    """A whole page."""
    from onevoice.prose import html

    return html.read(path, source)


FORMAT = Format(name="HTML", endings=(".html", ".htm"), read=read, vale_ending=".html", rank=20)
