"""Rich text (.rtf) -> Prose: its paragraphs and the cells of its tables, as striprtf reads them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from onevoice.errors import OnevoiceError
from onevoice.prose.block import Prose
from onevoice.prose.sheet import Line, build_prose

_MARK = b"{\\rtf"
# What the library leaves out of the text, by how it begins (RTF 1.9.1, "Destinations").
_LEFT_OUT = {"footnotes": r"\\footnote\b", "headers and footers": r"\\(?:header|footer)[lrf]?\b"}
# The library takes a line break for the end of a paragraph.
_LINE_BREAK = re.compile(r"(?<!\\)\\line(?![a-z0-9-]) ?")
_CELL = "|"


def read(path: str, data: bytes) -> Prose:
    """A document. Raises OnevoiceError, in a line for people, if it is none or is broken."""
    if not data.startswith(_MARK):
        said = "this is not rich text, despite its name. Correct its name" if data else "the file is empty"
        raise OnevoiceError(f"{path}: {said}{', or leave it out.' if data else ''}")
    # Whatever is beyond ASCII should be escaped; what isn't is mostly Windows'.
    source = data.decode("cp1252", "replace")
    unread = [name for name, mark in _LEFT_OUT.items() if re.search(mark, source)]
    if not source.rstrip("\0 \t\r\n").endswith("}"):
        unread.append("the end, which is missing")
    lines = []
    for number, words in enumerate(filter(str.strip, _extract_text(path, source).split("\n")), 1):
        # A row of a table ends with the mark of a cell, too.
        is_row = words.rstrip().endswith(_CELL)
        for part in words.split(_CELL) if is_row else [words]:
            line = Line("cell" if is_row else "paragraph", f"paragraph {number}")
            line.add_words(part)
            lines.append(line)
    return dataclasses.replace(build_prose(path, lines), unread=tuple(unread))


def _extract_text(path: str, source: str) -> str:
    from striprtf import striprtf

    convert: Callable[..., str] = striprtf.rtf_to_text  # It says nothing of its types.
    try:
        text = convert(_LINE_BREAK.sub(" ", source), errors="replace")
    except Exception:
        # The library has no error of its own.
        said = "cannot be read: it is damaged. Save it again, or leave it out."
        raise OnevoiceError(f"{path}: {said}") from None
    # A character in two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
