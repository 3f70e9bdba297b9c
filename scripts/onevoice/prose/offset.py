"""From offsets in bytes, which the Markdown parser counts in, to offsets in characters."""

from __future__ import annotations

import bisect
from collections.abc import Callable


def build_offset_converter(text: str, base: int) -> Callable[[int], int]:
    """From the UTF-8 byte offsets of `text` to code points, `base` added. Text that no encoding can hold has none."""
    if text.isascii():
        return base.__add__
    # Each line: the byte it begins at, and the character; what is left is counted within the line.
    data = text.encode()
    starts, places, plain = [], [], []
    at = place = 0
    for line in data.splitlines(keepends=True):
        starts.append(at)
        places.append(place)
        at += len(line)
        if line.isascii():
            plain.append(True)
            place += len(line)
        else:
            plain.append(False)
            place += len(line.decode())
    starts.append(at)
    places.append(place)
    plain.append(True)
    right = bisect.bisect_right

    def convert_offset(offset: int) -> int:
        row = right(starts, offset) - 1
        start = starts[row]
        if plain[row]:
            return places[row] + offset - start + base
        return places[row] + len(data[start:offset].decode("utf-8", "ignore")) + base

    return convert_offset
