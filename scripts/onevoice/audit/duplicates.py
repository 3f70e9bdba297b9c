"""Documents that say the same: exactly, by a hash of their words, or nearly, by MinHash over shingles of words.

A sketch is one value for each of 64 bins: the smallest hash of the shingles that fall into it ("one permutation
hashing"), of which 16 bits are kept. It is ours, because datasketch needs NumPy and SciPy, a hundred times the size of
this program; and one hash for each shingle is all that Python has time for.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import struct
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

# Words of a shingle; words of a document below which nothing is said of it, exactly or nearly.
SHINGLE, MIN_EXACT_WORDS, MIN_WORDS = 4, 12, 60
# From which share of equal bins on two documents are nearly the same.
SIMILAR = 0.8
_BINS, _BANDS = 64, 16
_LAST_BITS = _BINS - 1
_FORM = struct.Struct(f"<{_BINS}H")
_BAND_BYTES = _FORM.size // _BANDS
# How many sketches are read at once, and in how many parts documents are put in order.
_READ_SKETCHES, _PARTS = 4_096, 8
# What a document has that isn't compared. Of the hash, as long as `hash_text` makes it.
HASH_BYTES = 12
_NO_HASH, _NO_SKETCH = bytes(HASH_BYTES), bytes(_FORM.size)
_MASK = 2**64 - 1
_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
# How many words' hashes are remembered, and how many documents of one bucket are compared with a new one.
_MAX_WORDS, _MAX_COMPARED = 100_000, 8


class _WordHashes(dict[str, int]):
    """The hash of each word, the same in every process."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MAX_WORDS:
            self.clear()
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        value = self[word] = int.from_bytes(digest, "little")
        return value


_hashes = _WordHashes()


def make_sketch(texts: Iterable[str]) -> str:
    """The sketch of a document's words; "" if it has too few."""
    words = " ".join(texts).lower().split()
    if len(words) < MIN_WORDS:
        return ""
    values = [_hashes[word] for word in words]
    first, second, third, fourth = _FACTORS
    shingles = {
        (a * first + b * second + c * third + d * fourth) & _MASK
        for a, b, c, d in zip(values, values[1:], values[2:], values[3:], strict=False)
    }
    # The smallest of a bin comes last, and stays. To divide large numbers takes longer than to cut their last bits off.
    least = {value & _LAST_BITS: value for value in sorted(shingles, reverse=True)}
    bins = [_fill_bin(least, number) & 0xFFFF for number in range(_BINS)]
    return base64.b64encode(_FORM.pack(*bins)).decode()


def _fill_bin(least: dict[int, int], number: int) -> int:
    """The value of a bin; of an empty one that of the next, with a mark of how far that is."""
    step = 0
    while number not in least:
        number, step = (number + 1) % _BINS, step + 1
    return least[number] // _BINS + step * _FACTORS[0]


class Candidate(NamedTuple):
    """What is compared of a document. sketch: as `make_sketch` gives it. modified: the newest of a cluster stays."""

    uri: str
    text_hash: str
    words: int
    sketch: str
    modified: str


class Duplicate(NamedTuple):
    """The document that stays in the place of another, by its number. is_exact: it says the very same."""

    number: int
    is_exact: bool


class CandidateTable:
    """What is compared of all documents, by their numbers, which are in the order of their names.

    It's packed, because there may be hundreds of thousands. sketches: an empty file to keep theirs in.
    """

    def __init__(self, sketches: BinaryIO) -> None:
        self._sketches, self._hashes, self._has_sketch = sketches, bytearray(), bytearray()
        self._days, self._lengths = array("L"), array("L")

    def add_document(self, candidate: Candidate) -> None:
        """Take in the next one."""
        is_compared = candidate.text_hash and candidate.words >= MIN_EXACT_WORDS
        self._hashes += bytes.fromhex(candidate.text_hash) if is_compared else _NO_HASH
        self._sketches.write(base64.b64decode(candidate.sketch) if candidate.sketch else _NO_SKETCH)
        self._has_sketch.append(bool(candidate.sketch))
        self._days.append(int(candidate.modified.replace("-", "") or 0))
        self._lengths.append(len(candidate.uri))

    def __len__(self) -> int:
        return len(self._days)

    def find_hash(self, number: int) -> bytes:
        """The hash of a document's words; empty if nothing is said of it."""
        found = bytes(self._hashes[number * HASH_BYTES : (number + 1) * HASH_BYTES])
        return b"" if found == _NO_HASH else found

    def has_sketch(self, number: int) -> bool:
        """Whether a document has words enough for a sketch."""
        return bool(self._has_sketch[number])

    def read_sketch(self, number: int) -> bytes:
        """The sketch of a document."""
        self._sketches.seek(number * _FORM.size)
        return self._sketches.read(_FORM.size)

    def read_band(self, band: int) -> bytes:
        """One part of each sketch, in a row."""
        start, found = band * _BAND_BYTES, bytearray()
        self._sketches.seek(0)
        while rows := self._sketches.read(_READ_SKETCHES * _FORM.size):
            found += b"".join(rows[at : at + _BAND_BYTES] for at in range(start, len(rows), _FORM.size))
        return bytes(found)

    def rank_document(self, number: int) -> tuple[int, int, int]:
        """The one to keep is the smallest: the newest, and of these the one with the shortest name."""
        return -self._days[number], self._lengths[number], number


def find_duplicates(candidates: CandidateTable) -> dict[int, Duplicate]:
    """Of each document that isn't the one to keep, that one; by their numbers."""
    clusters = _Clusters(len(candidates))
    is_first = bytearray(len(candidates))
    for first, *others in _group_numbers(range(len(candidates)), candidates.find_hash):
        is_first[first] = candidates.has_sketch(first)
        for number in others:
            clusters.join(first, number)
    texts = array("L", (number for number, found in enumerate(is_first) if found))
    for band in range(_BANDS):
        _join_similar(clusters, candidates, texts, candidates.read_band(band))
    members: dict[int, list[int]] = {}
    for number in range(len(candidates)):
        if (root := clusters.find_root(number)) != number:
            members.setdefault(root, [root]).append(number)
    found = {}
    for group in members.values():
        kept = min(group, key=candidates.rank_document)
        for number in group:
            if number != kept:
                found[number] = Duplicate(kept, candidates.find_hash(number) == candidates.find_hash(kept))
    return found


def _group_numbers(numbers: Sequence[int], find_key: Callable[[int], bytes]) -> Iterator[list[int]]:
    """The numbers that have a key, those with the same one together."""
    # In parts, because the keys of all would take more room than all else.
    parts = [array("L") for _ in range(_PARTS)]
    for number in numbers:
        if key := find_key(number):
            parts[key[0] % _PARTS].append(number)
    for part in parts:
        for _, same in itertools.groupby(sorted(part, key=find_key), find_key):
            yield [*same]


def _join_similar(clusters: _Clusters, candidates: CandidateTable, texts: Sequence[int], bands: bytes) -> None:
    def find_band(number: int) -> bytes:
        return bands[number * _BAND_BYTES : (number + 1) * _BAND_BYTES]

    for first, *others in _group_numbers(texts, find_band):
        compared = [(first, candidates.read_sketch(first))] if others else []
        for number in others:
            sketch = candidates.read_sketch(number)
            near = (other for other, its in compared if measure_similarity(its, sketch) >= SIMILAR)
            if (other := next(near, None)) is not None:
                clusters.join(other, number)
            elif len(compared) < _MAX_COMPARED:
                compared.append((number, sketch))


def measure_similarity(one: bytes, other: bytes) -> float:
    """Which share of two sketches is the same: about the share of shingles that two documents have in common."""
    pairs = zip(_FORM.unpack(one), _FORM.unpack(other), strict=True)
    return len([a for a, b in pairs if a == b]) / _BINS


class _Clusters:
    """Numbers in clusters, each named by its smallest."""

    def __init__(self, count: int) -> None:
        self._parents = array("L", range(count))

    def find_root(self, number: int) -> int:
        """The name of a number's cluster."""
        while (parent := self._parents[number]) != number:
            self._parents[number] = number = self._parents[parent]
        return number

    def join(self, one: int, other: int) -> None:
        """Make the clusters of two numbers one."""
        first, second = sorted((self.find_root(one), self.find_root(other)))
        self._parents[second] = first
