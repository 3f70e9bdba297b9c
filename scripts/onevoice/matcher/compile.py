"""Terms to compiled terms: plain data that a Matcher reads and a cache keeps."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from onevoice.matcher.fold import key
from onevoice.matcher.letters import unspaced
from onevoice.matcher.pattern import Form, Pattern, named, patterns

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
    """

    patterns: tuple[Pattern, ...]
    loud: dict[str, tuple[tuple[int, int], ...]]
    every: dict[str, tuple[tuple[int, int], ...]]


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
        found, {word: tuple(at) for word, at in loud.items()}, {word: tuple(at) for word, at in every.items()}
    )


def _frozen(index: dict[str, list[tuple[int, int]]]) -> dict[str, tuple[tuple[int, int], ...]]:
    return {word: tuple(places) for word, places in index.items()}


def dump(compiled: Compiled) -> bytes:
    """Compiled terms as bytes, for a cache; `load` of the same version of onevoice and Python reads them."""
    found = [tuple(map(pattern.__getattribute__, _FIELDS)) for pattern in compiled.patterns]
    forms = [[(form.text, form.plural, form.use) for form in pattern.forms] for pattern in compiled.patterns]
    return marshal.dumps((found, forms, compiled.loud, compiled.every))


def load(data: bytes) -> Compiled:
    """Compiled terms from the bytes of `dump`. Raises ValueError, EOFError or TypeError where they are none."""
    found, forms, loud, every = marshal.loads(data)
    read = tuple(
        Pattern(forms=tuple(Form(*form) for form in of), **dict(zip(_FIELDS, one, strict=True)))
        for one, of in zip(found, forms, strict=True)
    )
    return Compiled(read, loud, every)


def _atoms(pattern: Pattern) -> set[str]:
    """The words and signs of a pattern: two spans can only overlap if they share one."""
    out: set[str] = set()
    for form in pattern.forms:
        for atom in ATOM.findall(key(form.text)):
            out.add(atom)
            # Without spaces a word can end anywhere, so that every character counts.
            out.update(char for char in atom if unspaced(char))
    return out
