"""Notebooks of Jupyter (.ipynb) -> Prose: their Markdown cells, each a document of its own."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from onevoice.errors import OnevoiceError
from onevoice.prose import markdown
from onevoice.prose.block import Block, Comment, Prose


def read(path: str, data: bytes) -> Prose:
    """A notebook. Raises OnevoiceError, in a line for people, if it is none."""
    from onevoice.prose.read import decode_document

    blocks: list[Block] = []
    comments: list[Comment] = []
    places: list[str] = []
    parts: list[str] = []
    at = 0
    for number, text in _iter_cells(path, decode_document(path, data)):
        text = text.lstrip("\ufeff").rstrip("\n") + "\n"
        prose = markdown.read("", text)
        for block in prose.blocks:
            pieces = tuple(piece.shift(at) for piece in block.pieces)
            blocks.append(dataclasses.replace(block, pieces=pieces))
        comments += (Comment(one.start + at, one.end + at, one.text) for one in prose.comments)
        places += (f"cell {number}, line {line}" for line in range(1, text.count("\n") + 1))
        parts.append(text)
        at += len(text)
    return Prose(path, "".join(parts), tuple(blocks), comments=tuple(comments), places=tuple(places))


def _iter_cells(path: str, source: str) -> Iterator[tuple[int, str]]:
    """The number and the text of each cell with Markdown."""
    broken = OnevoiceError(f"{path}: this is not a notebook, despite its name. Save it from Jupyter, or leave it out.")
    try:
        notebook: Any = json.loads(source)
        cells = notebook.get("cells")
        # Until 2015 they were in worksheets.
        cells = [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]] if cells is None else cells
        for number, cell in enumerate(cells, 1):
            if cell.get("cell_type") in ("markdown", "heading"):
                text = cell.get("source", "")
                yield number, text if isinstance(text, str) else "".join(text)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise broken from None
