"""Which words a document may hold, told without reading it again: a short hash of each of its words.

Now and then two words have one hash, so a document may be read in vain; none is passed over that holds a word.
"""

from __future__ import annotations

import base64
import sys
import zlib
from array import array
from collections.abc import Iterable

from onevoice.matcher.pattern import Pattern
from onevoice.matcher.subset import find_atoms, list_form_atoms

_MASK = 0xFFFF


def make_prefilter(texts: Iterable[str]) -> str:
    """The words of a document, for its row."""
    numbers = array("H", sorted({_hash_atom(atom) for atom in find_atoms(texts)}))
    if sys.byteorder == "big":
        numbers.byteswap()
    return base64.b64encode(numbers.tobytes()).decode()


def _hash_atom(atom: str) -> int:
    return zlib.crc32(atom.encode("utf-8", "surrogatepass")) & _MASK


class ChangedWords:
    """The words of patterns that have changed, to compare with those of documents."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        found = {frozenset(map(_hash_atom, atoms)) for atoms in list_form_atoms(patterns)}
        self._forms = sorted(found, key=len)

    def may_be_in(self, prefilter: str) -> bool:
        """Whether a document may hold one of them."""
        numbers = array("H", base64.b64decode(prefilter))
        if sys.byteorder == "big":
            numbers.byteswap()
        known = set(numbers)
        return any(form <= known for form in self._forms)
