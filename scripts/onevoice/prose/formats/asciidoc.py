"""AsciiDoc, as Asciidoctor and Antora read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, source: str) -> Prose:
    """A document without its code."""
    from onevoice.prose import asciidoc

    return asciidoc.read(path, source)


FORMAT = Format(name="AsciiDoc", endings=(".adoc", ".asciidoc"), read=read, rank=91)
