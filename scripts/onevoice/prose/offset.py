"""From offsets in bytes, which the Markdown parser counts in, to offsets in characters."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

# How many bytes of a very long line are counted through.
PART_SIZE = 1000


def build_offset_converter(text: str, base: int) -> Callable[[int], int]:
    """From the UTF-8 byte offsets of `text` to code points, `base` added. Text that no encoding can hold has none."""
    if text.isascii():
        return base.__add__
    # Each line: the byte it begins at, and the character; what is left is counted within the line, or in a part of it.
    data = text.encode()
    starts, places, plain = [], [], []
    at = place = 0
    lines = data.splitlines(keepends=True)
    if max(map(len, lines)) > 2 * PART_SIZE:
        lines = [part for line in lines for part in _iter_parts(line)]
    for line in lines:
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


def build_range_converter(text: str, ranges: Sequence[tuple[int, int]], base: int) -> Callable[[int], int]:
    """The same for a text that is made of these ranges of another one, in order: to code points of that one."""
    to_place = build_offset_converter(text, 0)
    places = [0, *accumulate(end - start for start, end in ranges)]

    def convert_offset(offset: int) -> int:
        at = to_place(offset)
        number = min(bisect.bisect_right(places, at) - 1, len(ranges) - 1)
        return base + (ranges[number][0] + at - places[number] if ranges else 0)

    return convert_offset


def _iter_parts(line: bytes) -> Iterator[bytes]:
    """A line of UTF-8 in parts that are not very long; no character is divided."""
    at = 0
    while len(line) - at > 2 * PART_SIZE:
        end = at + PART_SIZE
        while line[end] & 0xC0 == 0x80:
            end += 1
        yield line[at:end]
        at = end
    yield line[at:]
