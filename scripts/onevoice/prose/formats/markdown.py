"""Markdown as Material for MkDocs reads it, and MDX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format, find_ending

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, source: str) -> Prose:
    """A Markdown document."""
    from onevoice.prose import markdown

    return markdown.read(path, source)


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
    rank=10,
)
