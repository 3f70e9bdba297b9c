"""Markdown as Material for MkDocs reads it, MDX, and MyST."""

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
    if not places and not ("vale" in source and ("<!--" in source or "/*" in source)):
        return block.Prose(path, source, ())
    return markdown.read(path, source, places)


def prepare_for_vale(path: str, source: str) -> str:
    """The text as Vale should see it: boxes are list items, the fences of MyST's directives are gone, and so is what
    nobody reads. Vale mistakes boxes for code, and much of what is hidden for words.

    Vale sees MDX as Markdown too, because its older versions read MDX with a program that few machines have.
    """
    from onevoice.prose import blank, front, markdown, mask

    if find_ending(path).lower() == ".mdx":
        source = blank.blank_mdx_code(source)
    elif front.is_myst(path, source):
        from onevoice.prose.myst import rewrite_directives

        source, _ = rewrite_directives(source)
    body = front.find_front_end(source)
    # Vale knows no front matter in JSON.
    head = mask.blank_text(source[:body]) if source.startswith("{") else source[:body]
    return mask.rewrite_boxes(head + blank.blank_markup(source[body:], markdown.find_code))


FORMAT = Format(
    name="Markdown",
    endings=(".md", ".markdown", ".mkd", ".mdx", ".myst"),
    read=read,
    vale_ending=".md",
    prepare=prepare_for_vale,
    read_places=read_places,
    rank=10,
)
