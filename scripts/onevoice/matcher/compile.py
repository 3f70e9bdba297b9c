"""Terms to compiled terms: plain data that a Matcher reads and a cache keeps."""

from __future__ import annotations

import hashlib
import marshal
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache, partial
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from onevoice.matcher import sieve, store
from onevoice.matcher.characters import is_unspaced
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.language import ANY
from onevoice.matcher.pattern import Form, Pattern, is_name, make_patterns
from onevoice.matcher.prefilter import SIGNS

if TYPE_CHECKING:
    from onevoice.records.term import Avoid, Term

# What decides what is found and written: why a word is avoided does not.
_FIELDS = tuple(field.name for field in fields(Pattern) if field.name not in ("forms", "why"))
_list_fields = attrgetter(*_FIELDS)
# What no pattern is made from: what a record says about a term, and why a word is avoided.
UNUSED_FIELDS = frozenset(
    (
        *("was", "owner", "status", "public", "placeholder", "reviewed", "signed", "dissent", "sources", "definition"),
        *("area", "examples", "related", "note", "names", "one_per_text", "why"),
    )
)
_DATES = ("since", "error_from")
ATOM = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class CompiledTerms:
    """All patterns, and the folded words under which they are found.

    patterns: in the order of the terms. reportable_forms: folded form -> (pattern, form) pairs, of the patterns that
    can be findings and of the silent ones that may overlap with them. all_forms: the same for all patterns of a
    document's own words. reportable_flags: for each pattern, 1 if finding it can be a finding. absent_signs: of the
    common signs, those that no word holds. load_anchors: what sieve.list_anchors makes of reportable_forms.
    language: the handbook's, as a tag. languages: of the documents in which any of them counts, "" for the handbook's;
    without names, which count in all.
    """

    patterns: Sequence[Pattern]
    reportable_forms: Mapping[str, store.Places]
    all_forms: Mapping[str, store.Places]
    reportable_flags: bytes
    absent_signs: str
    load_anchors: Callable[[], sieve.Anchors] = field(compare=False)
    language: str = "en"
    languages: tuple[str, ...] = ()


def compile_terms(terms: Iterable[Term], language: str = "en") -> CompiledTerms:
    """The terms, already validated and only those in use, as compiled terms. language: the handbook's."""
    return compile_patterns(gather_patterns(terms), language)


def gather_patterns(terms: Iterable[Term]) -> tuple[Pattern, ...]:
    """All patterns of the terms, in their order."""
    terms = [naming for term in terms for naming in term.list_namings()]
    names = frozenset(make_match_key(term.preferred) for term in terms if is_name(term))
    return tuple(pattern for term in terms for pattern in make_patterns(term, names))


def compile_patterns(found: tuple[Pattern, ...], language: str = "en") -> CompiledTerms:
    """Patterns as compiled terms. language: the handbook's."""
    says = bytes(pattern.reportable for pattern in found)
    keys = [[make_match_key(form.text) for form in pattern.forms] for pattern in found]
    parts = [_collect_atoms(words) for words in keys]
    atoms = {atom for own, is_reportable in zip(parts, says, strict=True) if is_reportable for atom in own}
    near = [is_reportable or not atoms.isdisjoint(own) for own, is_reportable in zip(parts, says, strict=True)]
    loud: dict[str, list[tuple[int, int]]] = {}
    every: dict[str, list[tuple[int, int]]] = {}
    for number, pattern in enumerate(found):
        for place, folded in enumerate(keys[number]):
            if folded:
                if pattern.role != "use":
                    every.setdefault(folded, []).append((number, place))
                if near[number]:
                    loud.setdefault(folded, []).append((number, place))
    forms = {word: tuple(at) for word, at in loud.items()}
    return CompiledTerms(
        found,
        forms,
        {word: tuple(at) for word, at in every.items()},
        says,
        "".join(sign for sign in SIGNS if not any(sign in word for word in loud)),
        partial(sieve.list_anchors, forms, says),
        language,
        tuple(sorted({pattern.language for pattern in found if pattern.reportable} - {ANY})),
    )


def hash_namings(namings: Sequence[Term], settings: tuple[str, ...]) -> str:
    """A hash of all that patterns are made from but the reasons: to make the patterns takes ten times as long.

    namings: of all terms in use. settings: of the handbook, for what records do not say, as texts.
    """
    said: list[Any] = []
    for term in namings:
        avoided = term.avoid
        words = [(_list_fields_used(one), str(one.since), str(one.error_from)) for one in avoided]
        said.append((_list_fields_used(term), term.loc, words))
    # Later versions of the format write equal things differently.
    return hashlib.sha256(marshal.dumps((settings, said), 2)).hexdigest()


def _list_fields_used(part: Term | Avoid) -> tuple[Any, ...]:
    values: tuple[Any, ...] = _make_getter(type(part))(vars(part))
    return values


@lru_cache(maxsize=16)
def _make_getter(model: type[Term | Avoid]) -> itemgetter[Any]:
    """What takes the fields that patterns are made from out of all."""
    return itemgetter(*(name for name in model.model_fields if name not in {*UNUSED_FIELDS, *_DATES, "avoid"}))


def dump_compiled_terms(compiled: CompiledTerms) -> bytes:
    """Compiled terms as bytes, for a cache: `load_compiled_terms` of the same onevoice and Python reads them."""
    return store.pack_parts([dump_vocabulary(compiled), dump_reasons(compiled)])


def dump_vocabulary(compiled: CompiledTerms) -> bytes:
    """All of compiled terms but the reasons."""
    found = [marshal.dumps(_list_parts(one)) for one in compiled.patterns]
    words = store.dump_words(compiled.reportable_forms, compiled.all_forms)
    avoided = bytes(one.role == "avoid" for one in compiled.patterns)
    facts = compiled.reportable_flags, compiled.absent_signs, compiled.language, compiled.languages, avoided
    rest = marshal.dumps(facts)
    anchors = sieve.dump_anchors(compiled.load_anchors())
    return store.pack_parts([store.pack_parts(found), words, rest, anchors])


def dump_reasons(compiled: CompiledTerms) -> bytes:
    """Why each word is avoided."""
    if isinstance(compiled.patterns, store.PatternStore):
        return bytes(compiled.patterns.reasons)
    return _pack_texts(pattern.why for pattern in compiled.patterns)


def pack_reasons(vocabulary: bytes | memoryview, reasons: Iterable[str]) -> bytes:
    """The same from the reasons alone, in the order of the avoided words. vocabulary: of `dump_vocabulary`."""
    _, _, rest, _ = store.PackedParts(vocabulary)
    following = iter(reasons)
    return _pack_texts(next(following) if is_avoided else "" for is_avoided in marshal.loads(rest)[-1])


def _pack_texts(texts: Iterable[str]) -> bytes:
    return store.pack_parts([text.encode("utf-8", "surrogatepass") for text in texts])


def load_compiled_terms(data: bytes | memoryview) -> CompiledTerms:
    """Compiled terms from bytes of `dump_compiled_terms`. Raises ValueError, EOFError or TypeError if they are none."""
    vocabulary, reasons = store.PackedParts(data)
    return join_compiled_terms(vocabulary, reasons)


def join_compiled_terms(vocabulary: bytes | memoryview, reasons: bytes | memoryview) -> CompiledTerms:
    """The same from what `dump_vocabulary` and `dump_reasons` have written."""
    found, words, rest, anchors = store.PackedParts(vocabulary)
    says, signs, language, languages, _ = marshal.loads(rest)
    loud, every = store.load_words(words)
    whys = store.PackedParts(reasons)
    if len(whys) != len(says):
        raise ValueError("these reasons are of another vocabulary")
    return CompiledTerms(
        store.PatternStore(store.PackedParts(found), partial(_read_pattern, whys), reasons),
        loud,
        every,
        says,
        signs,
        partial(sieve.load_anchors, anchors),
        language,
        languages,
    )


def _list_parts(pattern: Pattern) -> tuple[tuple[Any, ...], list[tuple[str, bool, str | None, bool]]]:
    """A pattern as plain data."""
    return _list_fields(pattern), [(form.text, form.plural, form.use, form.cased) for form in pattern.forms]


def _read_pattern(whys: Sequence[memoryview], number: int, data: memoryview) -> Pattern:
    fields, forms = marshal.loads(data)
    why = str(whys[number], "utf-8", "surrogatepass")
    return Pattern(forms=tuple(Form(*form) for form in forms), why=why, **dict(zip(_FIELDS, fields, strict=True)))


def _collect_atoms(words: Iterable[str]) -> set[str]:
    """The single words and signs of a pattern's folded forms: two spans can only overlap if they share one."""
    out: set[str] = set()
    for word in words:
        found = ATOM.findall(word)
        out.update(found)
        if not word.isascii():
            # Without spaces a word can end anywhere, so that every character counts.
            out.update(char for atom in found for char in atom if is_unspaced(char))
    return out
