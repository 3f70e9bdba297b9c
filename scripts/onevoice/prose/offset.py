"""From offsets in bytes, which the Markdown parser counts in, to offsets in characters."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable

_WIDE = re.compile("[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+")


def offsets(text: str, base: int) -> Callable[[int], int]:
    """From the UTF-8 byte offsets of `text` to code points, `base` added."""
    if text.isascii():
        return lambda offset: offset + base
    # Each run of characters of one width: the byte it begins at, the character it begins at, its width.
    starts, places, widths = [0], [0], [1]
    offset = place = 0
    for run in _WIDE.finditer(text):
        offset += run.start() - place
        place = run.start()
        width = len(text[place].encode())
        starts.append(offset)
        places.append(place)
        widths.append(width)
        offset += width * (run.end() - place)
        place = run.end()
        starts.append(offset)
        places.append(place)
        widths.append(1)

    def convert(offset: int) -> int:
        run = bisect.bisect_right(starts, offset) - 1
        return places[run] + (offset - starts[run]) // widths[run] + base

    return convert
