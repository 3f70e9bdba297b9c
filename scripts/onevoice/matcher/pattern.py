"""Patterns: what to look for in a text, as plain data made from one term."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onevoice.matcher import dialect
from onevoice.matcher.fold import make_match_key, normalize_text
from onevoice.matcher.plural import make_plural

if TYPE_CHECKING:
    from onevoice.records.term import Avoid, Term

# What a pattern's words are to its term. A name is a preferred spelling with `case: exact`; `use` is a replacement,
# which must stay silent so that a fix does not grow (software, our software).
ROLES = ("avoid", "name", "preferred", "allowed", "abbreviation", "except", "use")
INFLECTED = ("noun", "proper noun", None)


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a pattern's words.

    text: as a writer writes it, tidied. use: what replaces this form alone (irregular), or None.
    """

    text: str
    plural: bool = False
    use: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words of a term: one preferred, allowed, excepted or avoided name, in all its forms.

    role: one of ROLES. cased: found only as it is written. names: which of `use` are names, whose letters stay.
    since, error_from: ISO dates or "". introduce: the abbreviation must be spelled out at its first use, as `use`.
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

    @property
    def text(self) -> str:
        """The words as the record writes them."""
        return self.forms[0].text

    @property
    def reportable(self) -> bool:
        """Whether finding it can be a finding; other patterns only keep shorter ones silent, or are linked."""
        return self.role in ("avoid", "name") or self.introduce


def is_name(term: Term) -> bool:
    """Whether the preferred spelling is a name: its letters stay whatever is around it."""
    return term.case == "exact" or term.part_of_speech == "proper noun"


def make_patterns(term: Term, names: Set[str] = frozenset()) -> tuple[Pattern, ...]:
    """All patterns of a term, the preferred spelling first.

    names: folded spellings that are names of other terms, so that replacements by them keep their letters.
    """
    names = names | {make_match_key(term.preferred)} if is_name(term) else names
    inflected = term.part_of_speech in INFLECTED

    def make_forms(text: str, name: bool = False) -> tuple[Form, ...]:
        return _inflect_forms(text, inflected, name or term.part_of_speech == "proper noun")

    exact = term.case == "exact"
    found = [
        Pattern(term.id, "name", make_forms(term.preferred, True))
        if exact
        else Pattern(term.id, "preferred", make_forms(term.preferred), cased=_is_acronym(term.preferred))
    ]
    if term.abbreviation:
        short = Pattern(
            term.id,
            "abbreviation",
            _inflect_forms(term.abbreviation, True, True),
            cased=True,
            use=(normalize_text(term.preferred),) if term.expand_first else (),
            names=(exact,) if term.expand_first else (),
            unless=("quote",) if term.expand_first else (),
            introduce=term.expand_first,
        )
        found.append(short)
    for text in term.allowed:
        cased = _is_acronym(text) or make_match_key(text) == make_match_key(term.preferred)
        found.append(Pattern(term.id, "allowed", make_forms(text), cased=cased))
    found += [Pattern(term.id, "except", _inflect_forms(text, True, False)) for text in term.except_]
    for avoid in term.avoid:
        found.append(_make_avoid_pattern(term, avoid, make_forms, names))
        for text in (*avoid.use, *avoid.forms.values()):
            # As a replacement a name is no more right in other capitals than it is elsewhere.
            name = make_match_key(text) in names
            found.append(
                Pattern(
                    term.id,
                    "use",
                    make_forms(text, name),
                    cased=name or make_match_key(text) == make_match_key(avoid.term),
                )
            )
    return tuple(found)


def _make_avoid_pattern(term: Term, avoid: Avoid, forms: Callable[[str], Iterable[Form]], names: Set[str]) -> Pattern:
    use = () if avoid.remove else tuple(normalize_text(text) for text in (avoid.use or (term.preferred,)))
    word = make_match_key(avoid.term)
    irregular = {
        make_match_key(form): Form(normalize_text(form), use=normalize_text(to)) for form, to in avoid.forms.items()
    }
    regular = [form for form in forms(avoid.term) if make_match_key(form.text) not in irregular]
    return Pattern(
        term.id,
        "avoid",
        (*regular, *irregular.values()),
        cased=any(make_match_key(text) == word for text in (*use, term.preferred)),
        use=use,
        names=tuple(make_match_key(text) in names for text in use),
        level=avoid.level,
        why=avoid.why or "",
        since=avoid.since.isoformat() if avoid.since else "",
        error_from=avoid.error_from.isoformat() if avoid.error_from else "",
        unless=tuple(avoid.unless),
        audiences=tuple(make_match_key(text) for text in avoid.audiences),
        channels=tuple(make_match_key(text) for text in avoid.channels),
        remove=avoid.remove,
    )


def _inflect_forms(text: str, inflected: bool, name: bool) -> tuple[Form, ...]:
    text = normalize_text(text).strip()
    forms = [Form(text)]
    if inflected:
        many = [make_plural(text, name=name)]
        # A capitalized word may be a name or not (Kennedy, Story): both plurals are its own.
        if text.split(" ")[-1][:1].isupper():
            many.append(make_plural(text, name=not name))
        forms += [Form(form, plural=True) for form in dict.fromkeys(many) if form]
    return tuple(forms)


def _is_acronym(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters)


def build_python_regex(pattern: Pattern) -> str:
    """A regular expression for Python's `re` that finds the pattern's words; add `re.I` unless `pattern.cased`.

    Like its siblings it wants text in NFC without invisible characters, and knows nothing of contexts.
    """
    return dialect.build_regex(_list_texts(pattern), dialect.PYTHON)


def build_javascript_regex(pattern: Pattern) -> str:
    """The same for JavaScript: flag `u`, and `i` unless `pattern.cased`."""
    return dialect.build_regex(_list_texts(pattern), dialect.JAVASCRIPT)


def build_vale_regex(pattern: Pattern, around: tuple[str, ...] = ()) -> str:
    """The same for Vale (regexp2, `nonword: true`); `ignorecase: true` unless `pattern.cased`.

    around: longer phrases that contain the words and in which they are fine; they become look-arounds.
    """
    return dialect.build_regex(_list_texts(pattern), dialect.VALE, around)


def _list_texts(pattern: Pattern) -> list[str]:
    return [form.text for form in pattern.forms]
