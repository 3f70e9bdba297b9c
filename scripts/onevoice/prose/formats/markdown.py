"""Markdown as Material for MkDocs reads it, and MDX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onevoice.prose.formats import Format, find_ending

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, source: str) -> Prose:
    """A Markdown document."""
    from onevoice.prose import markdown

    return markdown.read(path, source)


def read_places(path: str, source: str, places: Sequence[tuple[int, int]]) -> Prose:
    """The parts of a Markdown document that are in these ranges, and its comments if one may be for Vale."""
    from onevoice.prose import block, markdown

    if source.startswith("\ufeff"):  # it is no part of what is read, and every place would be another one
        return markdown.read(path, source)
    if not places and "vale" not in source:
        return block.Prose(path, source, ())
    return markdown.read(path, source, places)


def prepare_for_vale(path: str, source: str) -> str:
    """The text with boxes as list items and without the code of MDX: Vale mistakes the former for code, the latter for
    words.

    Vale sees MDX as Markdown too, because its older versions read MDX with a program that few machines have.
    """
    from onevoice.prose import mask

    return mask.rewrite_boxes(mask.blank_mdx_code(source) if find_ending(path).lower() == ".mdx" else source)


FORMAT = Format(
    name="Markdown",
    endings=(".md", ".markdown", ".mkd", ".mdx"),
    read=read,
    vale_ending=".md",
    prepare=prepare_for_vale,
    read_places=read_places,
    rank=10,
)
