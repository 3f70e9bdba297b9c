"""Plain text -> Prose: paragraphs between blank lines; a line that begins with ">" is quoted, as in mail."""

from __future__ import annotations

import re

from onevoice.prose.block import Block, Prose
from onevoice.prose.build import Builder

_LINE = re.compile(r"(?P<lead>[ \t]*(?P<quote>>[ \t>]*)?)(?P<words>[^\r\n]*)(?:\r\n?|\n|\Z)")


def read(path: str, source: str) -> Prose:
    """Plain text. `source` is the decoded text; nothing in it can make this fail."""
    source = source.lstrip("\ufeff")
    blocks: list[Block] = []
    builder: Builder | None = None
    for line in _LINE.finditer(source):
        quoted = line["quote"] is not None
        start = line.start("words")
        end = start + len(line["words"].rstrip())
        if builder and (start == end or quoted != builder.quoted):
            _add_block(blocks, builder)
            builder = None
        if start < end:
            builder = builder or Builder(source, "paragraph", quoted, "text")
            builder.add_words(start, end)
            builder.add_break(end)
    _add_block(blocks, builder)
    return Prose(path, source, tuple(blocks))


def _add_block(blocks: list[Block], builder: Builder | None) -> None:
    if builder and (block := builder.build_block()):
        blocks.append(block)
