"""A pair of a substitution as words to avoid: the texts that its expression matches, and what to write for each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onevoice import limits
from onevoice.exchange.alternatives import Alternative, EndlessExpressionError, list_alternatives
from onevoice.exchange.style.source import ReadRule
from onevoice.handbook.checks.not_a_name import is_placeholder
from onevoice.matcher.fold import make_match_key, normalize_text
from onevoice.matcher.plural import make_plural
from onevoice.vale.prove.style import StyleEntry

# A rule with one of these scopes reads what terms are looked for in, or blocks of it.
_TERM_SCOPES = ("text", "sentence", "paragraph", "text.md", "text.html")
# What a rule leaves out, as a term says it.
_UNLESS = {"~heading": "heading", "~blockquote": "quote", "~link": "link"}
_OPTION_ENDS = re.compile(r"(?<!\\)\|")
_REFERENCE = re.compile(r"\$(?:\{(\d+)\}|(\d+))")
# Such as `the following [element]`, `<name>` or `father of ...`.
_GAP = re.compile(r"\[[^\[\]]*\]|<[^<>]*>|\{[^{}]*\}|\.\.\.|…|\*|\$")
# Options as a sentence has them: `'stop' or 'cancel'`.
_QUOTED = re.compile(r"""(['"])(?P<option>[^'"]+)\1""")
_BETWEEN_QUOTED = re.compile(r"\s*(?:,\s*(?:or\b\s*)?|/\s*|or\b\s*)|\s*$")
_OPTIONAL_PLURAL = re.compile(r"\((?:e?s)\)$")


class NoWordsError(ValueError):
    """A pair that can't be words to avoid. Its text is the reason, as the end of a sentence."""


@dataclass(frozen=True)
class Word:
    """A word to avoid.

    uses: what to write instead. exact: found only as it's written here. forms: irregular forms, with what replaces
    each. excepts: longer phrases in which it's fine. is_name: not a word but the preferred name in other capitals.
    pairs: the numbers of the pairs of a source that it's from.
    """

    text: str
    uses: tuple[str, ...]
    exact: bool = False
    forms: Mapping[str, str] = field(default_factory=dict)
    excepts: tuple[str, ...] = ()
    is_name: bool = False
    unless: tuple[str, ...] = ()
    pairs: tuple[int, ...] = ()


def list_words(rule: ReadRule, entry: StyleEntry) -> tuple[Word, ...]:
    """The words of a pair. Raises NoWordsError if a term can't say what it says."""
    unless = _read_scopes(rule)
    if not entry.value or not entry.value.strip():
        raise NoWordsError("it says nothing to write instead")
    try:
        found = list_alternatives(entry.key, ignores_case=rule.ignores_case)
    except EndlessExpressionError as error:
        raise NoWordsError(str(error)) from None
    _refuse_loose_ends(rule, found)
    tidied = _tidy_alternatives(found)
    if placeholders := [one.text for one in tidied if is_placeholder(one.text)]:
        raise NoWordsError(f"people write `{placeholders[0]}` for want of a word")
    texts = {one.text for one in tidied}
    exceptions = _read_exceptions(rule)
    words = [
        replace(word, unless=unless, excepts=(*word.excepts, *_find_containing(exceptions, word.text)))
        for one in tidied
        if one.text.casefold() not in exceptions
        for word in [_make_word(one, _read_options(entry.value, one), texts)]
        if word
    ]
    if not words:
        raise NoWordsError("it finds nothing but what is right")
    return tuple(_merge_cases(_drop_plurals(words), rule.ignores_case))


def _read_scopes(rule: ReadRule) -> tuple[str, ...]:
    """What `unless` says of the rule's scopes."""
    parts = [part.strip() for scope in rule.scopes for part in scope.split("&")]
    if wrong := [part for part in parts if not part.startswith("~") and part not in _TERM_SCOPES]:
        raise NoWordsError(f"it looks only in places of the kind `{wrong[0]}`")
    if rule.get_field("pos"):
        raise NoWordsError("it's a matter of the part of speech")
    # Front matter that a rule leaves out is read for terms: there's no term for one key of it.
    return tuple(dict.fromkeys(_UNLESS[part] for part in parts if part in _UNLESS))


def _read_exceptions(rule: ReadRule) -> frozenset[str]:
    texts: list[str] = []
    for source in rule.get_field("exceptions") or ():
        try:
            texts += [one.text.casefold() for one in list_alternatives(str(source), ignores_case=True)]
        except EndlessExpressionError as error:
            raise NoWordsError(f"its exceptions are no list of words: {error}") from None
    return frozenset(texts)


def _find_containing(exceptions: Iterable[str], text: str) -> Iterator[str]:
    around = re.compile(rf"(?<!\w){re.escape(text.casefold())}(?!\w)")
    return (one for one in sorted(exceptions) if one != text.casefold() and around.search(one))


def _refuse_loose_ends(rule: ReadRule, found: Iterable[Alternative]) -> None:
    """Refuse what may be found inside a word: our matcher finds whole words."""
    if not rule.is_nonword:
        return
    for one in found:
        for char, is_bounded in zip((one.text[0], one.text[-1]), one.is_bounded, strict=True):
            if (char.isalnum() or char == "_") and not is_bounded:
                raise NoWordsError("it's found inside other words, too")


def _tidy_alternatives(found: Sequence[Alternative]) -> list[Alternative]:
    made: dict[str, Alternative] = {}
    for one in found:
        text = normalize_text(one.text).strip()
        if text != normalize_text(one.text) and not any(_ends_in_word(other.text) for other in found):
            raise NoWordsError("what it finds has a blank at its end")
        if not any(map(str.isalnum, text)):
            raise NoWordsError("what it finds has no letter")
        if len(text) > limits.MAX_PHRASE_CHARS or len(text.split()) > limits.MAX_PHRASE_WORDS:
            raise NoWordsError("what it finds is longer than a phrase")
        made.setdefault(text, replace(one, text=text))
    return list(made.values())


def _ends_in_word(text: str) -> bool:
    return text[0].isalnum() and text[-1].isalnum()


def _read_options(value: str, one: Alternative) -> tuple[str, ...]:
    """What to write instead of a text that a pair matches."""

    def fill(match: re.Match[str]) -> str:
        number = int(match[1] or match[2])
        if number not in one.groups:
            raise NoWordsError(f"its replacement names a group that there isn't, ${number}")
        return one.groups[number]

    # A value that is an expression in a group, such as `(?:a|b)`, is one way to list options, too.
    filled = _REFERENCE.sub(fill, value.strip())
    parts = _list_quoted(filled) or _OPTION_ENDS.split(filled)
    options = [normalize_text(part.replace("\\|", "|")).strip() for part in parts]
    options = list(dict.fromkeys(option for option in options if option))
    for option in options:
        if _GAP.search(option) or not any(map(str.isalnum, option)):
            raise NoWordsError(f"its replacement, `{option}`, isn't a text to write")
        if is_placeholder(option):
            raise NoWordsError(f"people write its replacement, `{option}`, for want of a word")
        if len(option) > limits.MAX_PHRASE_CHARS or len(option.split()) > limits.MAX_PHRASE_WORDS:
            raise NoWordsError("its replacement is longer than a phrase")
    return tuple(options)


def _list_quoted(value: str) -> list[str]:
    """The options in a value that consists of such in quotation marks; [] if it doesn't."""
    found = list(_QUOTED.finditer(value))
    if not found or found[0].start():
        return []
    ends = [*(match.start() for match in found[1:]), len(value)]
    between = (value[match.end() : end] for match, end in zip(found, ends, strict=True))
    return [match["option"] for match in found] if all(map(_BETWEEN_QUOTED.fullmatch, between)) else []


def _make_word(one: Alternative, options: tuple[str, ...], texts: Collection[str]) -> Word | None:
    """A text as a word to avoid, or None if it's right, or is listed as a form of another."""
    # The plural of a right name is right, too, if the expression means both: `e-?mails?` for `email`.
    if one.text in options or any(use in texts and make_plural(use) == one.text for use in options):
        return None
    excepts = [_join_around(one.text, never, True) for never in one.never_before]
    excepts += [_join_around(one.text, never, False) for never in one.never_after]
    kept = tuple(filter(None, excepts))
    forms: dict[str, str] = {}
    if any(map(_OPTIONAL_PLURAL.search, options)):
        singular = tuple(_OPTIONAL_PLURAL.sub("", option) for option in options)
        if one.text.endswith("men") and f"{one.text[:-3]}man" in texts:
            return None
        many = f"{one.text[:-3]}men"
        if one.text.endswith("man") and many in texts:
            forms[many] = make_plural(singular[0]) or singular[0]
        options = singular
    return Word(one.text, options, forms=forms, excepts=kept)


def _join_around(text: str, never: str, ahead: bool) -> str:
    """The longer phrase that an expression leaves alone; "" if it's found in no whole word."""
    joined = f"{text}{never}" if ahead else f"{never}{text}"
    at = len(text) if ahead else len(never)
    if joined[at - 1 : at].isalnum() and joined[at : at + 1].isalnum():
        return ""
    return normalize_text(joined).strip()


def _drop_plurals(words: Sequence[Word]) -> list[Word]:
    """Without the regular plurals of other words with the same replacements: they're found anyway."""
    plurals = {(make_plural(word.text) or "", word.uses) for word in words}
    return [word for word in words if (word.text, word.uses) not in plurals]


def _merge_cases(words: Sequence[Word], ignores_case: bool) -> Iterator[Word]:
    """Words that differ in capitals only as one; what is only a name in other capitals, as that."""
    groups: dict[str, list[Word]] = {}
    for word in words:
        groups.setdefault(make_match_key(word.text), []).append(word)
    for key, group in groups.items():
        twin = next((use for use in group[0].uses if make_match_key(use) == key), None)
        plain = min(group, key=lambda word: sum(map(str.isupper, word.text)))
        # An expression that lists several ways to write a name means each that isn't right.
        if twin == group[0].uses[0] and (twin != twin.lower() or ignores_case or len(group) > 1):
            yield replace(plain, text=twin, is_name=True)
        elif twin is not None:
            # Found as it's written, because a right name differs from it in capitals only.
            yield from group
        else:
            exact = not ignores_case and len(group) == 1 and plain.text != plain.text.lower()
            yield replace(plain, exact=exact)
