"""Terms to compiled terms: plain data that a Matcher reads and a cache keeps."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from onevoice.matcher import store
from onevoice.matcher.characters import unspaced
from onevoice.matcher.fold import key
from onevoice.matcher.pattern import Form, Pattern, named, patterns
from onevoice.matcher.prefilter import SIGNS

if TYPE_CHECKING:
    from onevoice.records.term import Term

_FIELDS = tuple(field.name for field in fields(Pattern) if field.name != "forms")
ATOM = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Compiled:
    """All patterns, and the folded words under which they are found.

    patterns: in the order of the terms.
    loud: folded form -> (pattern, form) pairs, of the patterns that can be findings and of the silent ones that may
        overlap with them. every: the same for all patterns of a document's own words.
    says: for each pattern, 1 where finding it can be a finding. signs: of the common signs, those that no word holds.
    """

    patterns: Sequence[Pattern]
    loud: Mapping[str, store.Places]
    every: Mapping[str, store.Places]
    says: bytes
    signs: str


def compile(terms: Iterable[Term]) -> Compiled:
    """The terms, already validated and only those in use, as compiled terms."""
    return index(gather(terms))


def gather(terms: Iterable[Term]) -> tuple[Pattern, ...]:
    """All patterns of the terms, in their order."""
    terms = list(terms)
    names = frozenset(key(term.preferred) for term in terms if named(term))
    return tuple(pattern for term in terms for pattern in patterns(term, names))


def index(found: tuple[Pattern, ...]) -> Compiled:
    """Patterns as compiled terms."""
    atoms = {atom for pattern in found if pattern.loud for atom in _atoms(pattern)}
    near = [pattern.loud or not atoms.isdisjoint(_atoms(pattern)) for pattern in found]
    loud: dict[str, list[tuple[int, int]]] = {}
    every: dict[str, list[tuple[int, int]]] = {}
    for number, pattern in enumerate(found):
        for place, form in enumerate(pattern.forms):
            if folded := key(form.text):
                if pattern.role != "use":
                    every.setdefault(folded, []).append((number, place))
                if near[number]:
                    loud.setdefault(folded, []).append((number, place))
    return Compiled(
        found,
        {word: tuple(at) for word, at in loud.items()},
        {word: tuple(at) for word, at in every.items()},
        bytes(pattern.loud for pattern in found),
        "".join(sign for sign in SIGNS if not any(sign in word for word in loud)),
    )


def dump(compiled: Compiled) -> bytes:
    """Compiled terms as bytes, for a cache; `load` of the same version of onevoice and Python reads them."""
    found = [
        marshal.dumps((tuple(map(one.__getattribute__, _FIELDS)), [(f.text, f.plural, f.use) for f in one.forms]))
        for one in compiled.patterns
    ]
    words = (store.dump(compiled.loud), store.dump(compiled.every))
    return store.join([store.join(found), *words, marshal.dumps((compiled.says, compiled.signs))])


def load(data: bytes | memoryview) -> Compiled:
    """Compiled terms from the bytes of `dump`. Raises ValueError, EOFError or TypeError where they are none."""
    found, loud, every, rest = store.Parts(data)
    says, signs = marshal.loads(rest)
    return Compiled(store.Patterns(store.Parts(found), _read), store.load(loud), store.load(every), says, signs)


def _read(data: memoryview) -> Pattern:
    fields, forms = marshal.loads(data)
    return Pattern(forms=tuple(Form(*form) for form in forms), **dict(zip(_FIELDS, fields, strict=True)))


def _atoms(pattern: Pattern) -> set[str]:
    """The words and signs of a pattern: two spans can only overlap if they share one."""
    out: set[str] = set()
    for form in pattern.forms:
        for atom in ATOM.findall(key(form.text)):
            out.add(atom)
            # Without spaces a word can end anywhere, so that every character counts.
            out.update(char for char in atom if unspaced(char))
    return out
