"""Patterns: what to look for in a text, as plain data made from one term."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from onevoice.matcher import dialect
from onevoice.matcher.fold import make_match_key, normalize_text
from onevoice.matcher.language import ANY, is_english
from onevoice.matcher.plural import make_plural

if TYPE_CHECKING:
    from onevoice.records.term import Avoid, Term

# What a pattern's words are to its term. A name is a preferred spelling with `case: exact`; `use` is a replacement,
# which must stay silent so that a fix does not grow (software, our software).
ROLES = ("avoid", "name", "preferred", "allowed", "abbreviation", "except", "use")
INFLECTED = ("noun", "proper noun", None)


# Not frozen, as that triples the time to make one, and there are very many; nobody changes them.
@dataclass(slots=True, unsafe_hash=True)
class Form:
    """One spelling of a pattern's words.

    text: as a writer writes it, tidied. use: what replaces this form alone (irregular), or None. cased: found only as
    it is written, whatever is true of the others.
    """

    text: str
    plural: bool = False
    use: str | None = None
    cased: bool = False


@dataclass(slots=True, unsafe_hash=True)
class Pattern:
    """Words of a term: one preferred, allowed, excepted or avoided name, in all its forms.

    role: one of ROLES. cased: found only as it is written. names: which of `use` are names, whose letters stay.
    since, error_from: ISO dates or "". introduce: the abbreviation must be spelled out at its first use, as `use`.
    ask: what a finding asks for is for a person to write. may_be_verb: the record does not say what kind of word it is.
    twins: of an avoided word, the right names of its own term that differ from it in capitals only.
    only_near, never_near: folded words of the sentence with which, and without which, it counts.
    language: of the documents in which it counts: a tag, language.ANY, or "" for the handbook's. english: the words are
    English, so that they may have a possessive's ending. listed_only: a fix may write only what replaces a form of its
    own, because a word in the place of another can need other words around it.
    The other fields are the record's.
    """

    term: str
    role: str
    forms: tuple[Form, ...]
    cased: bool = False
    use: tuple[str, ...] = ()
    names: tuple[bool, ...] = ()
    level: str = "error"
    why: str = ""
    since: str = ""
    error_from: str = ""
    unless: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    remove: bool = False
    introduce: bool = False
    ask: bool = False
    may_be_verb: bool = False
    twins: tuple[str, ...] = ()
    only_near: tuple[str, ...] = ()
    never_near: tuple[str, ...] = ()
    language: str = ""
    english: bool = True
    listed_only: bool = False

    @property
    def text(self) -> str:
        """The words as the record writes them."""
        return self.forms[0].text

    def is_cased(self, form: Form) -> bool:
        """Whether one of its forms is found only as it is written."""
        return self.cased or form.cased

    @property
    def reportable(self) -> bool:
        """Whether finding it can be a finding; other patterns only keep shorter ones silent, or are linked."""
        return self.role in ("avoid", "name") or self.introduce

    @property
    def is_title_of_twin(self) -> bool:
        """Whether a right name becomes the avoided word at the start of a sentence or in a title."""
        return any(_is_in_title_case(form.text, twin) for form in self.forms for twin in self.twins)


def is_name(term: Term) -> bool:
    """Whether the preferred spelling is a name: its letters stay whatever is around it."""
    return term.case == "exact" or term.part_of_speech == "proper noun"


def make_patterns(term: Term, names: Set[str] = frozenset()) -> tuple[Pattern, ...]:
    """All patterns of a term, the preferred spelling first.

    names: folded spellings that are names of other terms, so that replacements by them keep their letters.
    """
    if is_name(term) and (own_name := make_match_key(term.preferred)) not in names:
        names = names | {own_name}
    english = is_english(term.get_language())
    inflected = english and term.part_of_speech in INFLECTED

    def make_forms(text: str, name: bool = False) -> tuple[Form, ...]:
        return _inflect_forms(text, inflected, name or term.part_of_speech == "proper noun")

    exact = term.case == "exact"
    language = term.get_stated_language() or (ANY if is_name(term) else "")
    make_pattern = partial(Pattern, term.id, language=language, english=english)
    avoided = [_list_avoided_forms(avoid, make_forms) for avoid in term.avoid]
    avoided_words = {make_match_key(form.text) for forms in avoided for form in forms}
    found = [
        make_pattern("name", make_forms(term.preferred, True), level=term.get_level(), ask=term.get_fix() == "ask")
        if exact
        else make_pattern("preferred", make_forms(term.preferred), cased=_is_acronym(term.preferred))
    ]
    if term.abbreviation:
        short = make_pattern(
            "abbreviation",
            _inflect_forms(term.abbreviation, english, True),
            cased=True,
            use=(normalize_text(term.preferred),) if term.expand_first else (),
            names=(exact,) if term.expand_first else (),
            unless=("quote",) if term.expand_first else (),
            introduce=term.expand_first,
            level=term.get_level(),
        )
        found.append(short)
    for text in term.allowed:
        cased = _is_acronym(text) or make_match_key(text) == make_match_key(term.preferred)
        found.append(make_pattern("allowed", make_forms(text), cased=cased))
    for text in term.except_:
        # An exception comes before an avoided word: of two that differ in capitals, it is only what the record writes.
        cased = make_match_key(text) in avoided_words
        found.append(make_pattern("except", _inflect_forms(text, english, False), cased=cased))
    # As a replacement a name is no more right in other capitals than it is elsewhere.
    uses = [
        [
            make_pattern("use", make_forms(text, name), cased=name or make_match_key(text) in avoided_words)
            for text in (*avoid.use, *avoid.forms.values())
            for name in (make_match_key(text) in names,)
        ]
        for avoid in term.avoid
    ]
    right = _RightNames(found, uses)
    for avoid, forms, own in zip(term.avoid, avoided, uses, strict=True):
        found += [_make_avoid_pattern(make_pattern, term, avoid, forms, names, right, english), *own]
    if term.only_near or term.never_near or any(one.only_near or one.never_near for one in term.avoid):
        found = list(_limit_to_contexts(found, term))
    return tuple(found)


def _limit_to_contexts(found: Iterable[Pattern], term: Term) -> Iterator[Pattern]:
    """The patterns with the words near which they count: an avoided word's own, or else the term's."""
    avoided = iter(term.avoid)
    for pattern in found:
        one = next(avoided) if pattern.role == "avoid" else term
        only, never = one.only_near or term.only_near, one.never_near or term.never_near
        if pattern.reportable and (only or never):
            only, never = (_fold_near_words(words, pattern.english) for words in (only, never))
            pattern = replace(pattern, only_near=only, never_near=never)
        yield pattern


def _fold_near_words(words: Iterable[str], english: bool) -> tuple[str, ...]:
    forms = (make_match_key(form.text) for text in words for form in _inflect_forms(text, english, False))
    return tuple(dict.fromkeys(filter(None, forms)))


class _RightNames:
    """The names that a term itself recommends or lets pass."""

    def __init__(self, found: Iterable[Pattern], uses: Iterable[Iterable[Pattern]]) -> None:
        patterns = (*found, *(use for own in uses for use in own))
        self.texts = frozenset(pattern.text for pattern in patterns)
        self._forms: dict[str, list[str]] = {}
        for pattern in patterns:
            for form in pattern.forms:
                self._forms.setdefault(make_match_key(form.text), []).append(form.text)

    def find_twins(self, text: str) -> list[str]:
        """Those that differ from a word in capitals only."""
        return [form for form in self._forms.get(make_match_key(text), ()) if form != text]

    def hold_with_other_capitals(self, text: str) -> bool:
        """Whether one has the word in it, without the capitals that are inside the word (NorthLight)."""
        if text.islower() or not any(char.isupper() and before.isalnum() for before, char in pairwise(text)):
            return False
        part = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.I)
        return any(match[0] != text for right in self.texts for match in part.finditer(right))


def _list_avoided_forms(avoid: Avoid, make_forms: Callable[[str], Iterable[Form]]) -> tuple[Form, ...]:
    if not avoid.forms:
        return tuple(make_forms(avoid.term))
    irregular = {
        make_match_key(form): Form(normalize_text(form), use=normalize_text(to)) for form, to in avoid.forms.items()
    }
    regular = [form for form in make_forms(avoid.term) if make_match_key(form.text) not in irregular]
    return (*regular, *irregular.values())


def _make_avoid_pattern(
    make_pattern: Callable[..., Pattern],
    term: Term,
    avoid: Avoid,
    forms: Iterable[Form],
    names: Set[str],
    right: _RightNames,
    english: bool,
) -> Pattern:
    use = () if avoid.remove else tuple(normalize_text(text) for text in (avoid.use or (term.preferred,)))
    # A plural that is a right name (new, news) is nothing that the record avoids.
    forms = tuple(form for form in forms if not form.plural or form.text not in right.texts)
    twins_of_forms = [right.find_twins(form.text) for form in forms]
    twins = tuple(dict.fromkeys(twin for found in twins_of_forms for twin in found))
    is_cased = avoid.case == "exact" or right.hold_with_other_capitals(forms[0].text) or bool(twins_of_forms[0])
    if twins and not is_cased:
        # Of "Google doc", only the plural differs from the right "Google Docs" in nothing but capitals.
        forms = tuple(replace(form, cased=bool(own)) for form, own in zip(forms, twins_of_forms, strict=True))
    are_names = tuple(make_match_key(text) in names for text in use)
    is_free = english or (
        use and all(name or _are_spellings(avoid.term, to) for to, name in zip(use, are_names, strict=True))
    )
    return make_pattern(
        "avoid",
        forms,
        cased=is_cased,
        use=use,
        names=are_names,
        level=term.get_level(avoid),
        why=avoid.why or "",
        since=avoid.since.isoformat() if avoid.since else "",
        error_from=avoid.error_from.isoformat() if avoid.error_from else "",
        unless=tuple(avoid.unless),
        audiences=tuple(make_match_key(text) for text in avoid.audiences),
        channels=tuple(make_match_key(text) for text in avoid.channels),
        remove=avoid.remove,
        ask=term.get_fix(avoid) == "ask",
        # Forms of its own tell verbs from nouns, too.
        may_be_verb=english and term.part_of_speech is None and not avoid.forms and " " not in forms[0].text,
        twins=twins,
        listed_only=not (is_free or term.states_fix(avoid)),
    )


def _are_spellings(one: str, other: str) -> bool:
    """Whether two texts are one word in two spellings: they differ in signs, spaces, capitals and accents only."""
    if one.isascii() and other.isascii():  # As most are, and there are very many.
        one, other = one.lower(), other.lower()
    else:
        one, other = (unicodedata.normalize("NFKD", text).casefold() for text in (one, other))
    return "".join(filter(str.isalnum, one)) == "".join(filter(str.isalnum, other))


def _inflect_forms(text: str, inflected: bool, name: bool) -> tuple[Form, ...]:
    text = normalize_text(text).strip()
    if not inflected:
        return (Form(text),)
    many = [make_plural(text, name=name)]
    # A capitalized word may be a name or not (Kennedy, Story): both plurals are its own.
    if text.rpartition(" ")[2][:1].isupper():
        many.append(make_plural(text, name=not name))
        many = list(dict.fromkeys(many))
    return (Form(text), *(Form(form, True) for form in many if form))


def _is_acronym(text: str) -> bool:
    if text.islower():  # As most are.
        return False
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters)


def _is_in_title_case(text: str, twin: str) -> bool:
    """Whether a text is the twin, which has no capitals, with some at the start of words."""
    words = zip(text.split(" "), twin.split(" "), strict=True)
    return text != twin == twin.lower() and all(ours[1:] == theirs[1:] for ours, theirs in words)


def split_by_case(pattern: Pattern) -> Iterator[Pattern]:
    """The pattern as one or two: the forms that are found in any capitals, and those found only as they are written."""
    for cased in (False, True):
        if forms := tuple(form for form in pattern.forms if pattern.is_cased(form) == cased):
            yield replace(pattern, forms=forms, cased=cased)


def build_python_regex(pattern: Pattern) -> str:
    """A regular expression for Python's `re` that finds the pattern's words; add `re.I` unless `pattern.cased`.

    pattern: from `split_by_case`.

    Like its siblings it wants text in NFC without invisible characters, and knows nothing of contexts.
    """
    return dialect.build_regex(_list_texts(pattern), dialect.PYTHON, possessive=pattern.english)


def build_javascript_regex(pattern: Pattern) -> str:
    """The same for JavaScript: flag `u`, and `i` unless `pattern.cased`."""
    return dialect.build_regex(_list_texts(pattern), dialect.JAVASCRIPT, possessive=pattern.english)


def build_vale_regex(pattern: Pattern, around: tuple[str, ...] = (), spelled: tuple[str, ...] = ()) -> str:
    """The same for Vale (regexp2, `nonword: true`); `ignorecase: true` unless `pattern.cased`.

    around: longer phrases that contain the words and in which they are fine; they become look-arounds. spelled: those
    in which they are fine only as the phrase writes them.
    """
    return dialect.build_regex(_list_texts(pattern), dialect.VALE, around, spelled, possessive=pattern.english)


def _list_texts(pattern: Pattern) -> list[str]:
    return [form.text for form in pattern.forms]
