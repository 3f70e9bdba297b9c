"""Styles and vocabularies of Vale: pairs of words become terms, and what they can't say stays a rule of Vale's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from onevoice.exchange.formats import Format

if TYPE_CHECKING:
    from onevoice.exchange.entry import Omission, Reading, Settings, Source, StyleRule
    from onevoice.exchange.style.rules import RuleIds
    from onevoice.exchange.style.source import ReadRule, VocabularyWord
    from onevoice.exchange.style.terms import Concepts, Origin
    from onevoice.exchange.style.words import Word
    from onevoice.vale.prove.style import StyleEntry

_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
# What a reason needs at least: fewer words say nothing that the replacement doesn't.
_MIN_REASON_WORDS = 4
_ANY_CAPITALS = re.compile(r"\(\?i")


def recognize_style(source: Source) -> int:
    """9 if a source has rules or vocabularies of Vale."""
    from onevoice.exchange.style.source import is_style

    return 9 if is_style(source) else 0


def read_style(source: Source, settings: Settings) -> Reading:
    """The terms and rules of a style, or of a folder of styles."""
    from onevoice.errors import OnevoiceError
    from onevoice.exchange.entry import Entry, Reading
    from onevoice.exchange.style.rules import RuleIds
    from onevoice.exchange.style.source import read_style_files
    from onevoice.exchange.style.terms import Concepts

    style = read_style_files(source)
    if not (style.rules or style.words or style.omissions):
        raise OnevoiceError(f"{source.name}: there is no rule of Vale's here. Name the folder of a style (*.yml).")
    concepts, ids = Concepts(), RuleIds()
    origins: dict[int, Origin] = {}
    rules: list[StyleRule] = []
    omissions: list[Omission] = list(style.omissions)
    for made in _take_rules(style.rules, concepts, origins, ids):
        _sort_in(made, rules, omissions)
    for made in _take_vocabularies(style.words, concepts, ids):
        _sort_in(made, rules, omissions)
    entries = [Entry(key, place, fields) for key, place, fields in concepts.build_entries(origins)]
    total = sum(max(len(rule.entries), 1) for rule in style.rules) + len(style.words) + len(style.omissions)
    return Reading(tuple(entries), tuple(omissions), tuple(rules), total=total)


def _sort_in(made: StyleRule | Omission, rules: list[Any], omissions: list[Any]) -> None:
    from onevoice.exchange.entry import Omission

    (omissions if isinstance(made, Omission) else rules).append(made)


def _take_rules(
    found: Iterable[ReadRule], concepts: Concepts, origins: dict[int, Origin], ids: RuleIds
) -> Iterator[StyleRule | Omission]:
    """Pairs of words into the concepts; all else as rules of the voice."""
    from onevoice.exchange.style.rules import build_rest, build_rule
    from onevoice.exchange.style.terms import sort_words

    found = list(found)
    words: list[tuple[Word, str]] = []
    rest: dict[int, StyleEntry] = {}
    first: list[int] = []
    for rule in found:
        first.append(len(origins))
        if rule.kind == "substitution":
            words += _take_pairs(rule, origins, rest)
    left = [word for word, place in sort_words(words) if not concepts.add_word(word, place)]
    for rule, start in zip(found, first, strict=True):
        if rule.kind == "substitution":
            yield from build_rest(rule, list(_list_rest(rule, start, rest, left, concepts)), ids)
        else:
            yield build_rule(rule, ids)


def _take_pairs(rule: ReadRule, origins: dict[int, Origin], rest: dict[int, StyleEntry]) -> Iterator[tuple[Word, str]]:
    """The words of a rule's pairs, with their places; pairs that have none go to the rest, by their numbers."""
    import dataclasses

    from onevoice.exchange.style.terms import Origin
    from onevoice.exchange.style.words import NoWordsError, list_words

    why, link = _read_reason(rule), str(rule.get_field("link") or "")
    level = str(rule.get_field("level") or "warning")
    for entry in rule.entries:
        number = len(origins)
        place = rule.locate_entry(entry)
        origins[number] = Origin(place, rule.name, why, link if _is_address(link) else "", level)
        try:
            words = list_words(rule, entry)
        except NoWordsError:
            rest[number] = entry
            continue
        yield from ((dataclasses.replace(word, pairs=(number,)), place) for word in words)


def _list_rest(
    rule: ReadRule, start: int, rest: Mapping[int, StyleEntry], left: Iterable[Word], concepts: Concepts
) -> Iterator[StyleEntry]:
    """The pairs of a rule that are no terms, and, of those that are in part, the other words."""
    import dataclasses

    by_pair: dict[int, list[Word]] = {}
    for word in left:
        by_pair.setdefault(word.pairs[0], []).append(word)
    for number, entry in enumerate(rule.entries, start):
        if number in rest or (number in by_pair and number not in concepts.covered):
            yield entry
        else:
            for word in by_pair.get(number, ()):
                yield dataclasses.replace(entry, key=re.escape(word.text), value="|".join(word.uses))


def _is_address(link: str) -> bool:
    from onevoice.records.scalar import validate_web_link

    try:
        return bool(link and validate_web_link(link))
    except ValueError:
        return False


def _read_reason(rule: ReadRule) -> str:
    """What a rule's message says besides what to write instead of what."""
    sentences = _SENTENCE_ENDS.split(" ".join(str(rule.get_field("message") or "").split()))
    kept = " ".join(sentence for sentence in sentences if "%s" not in sentence)
    return kept.replace("%%", "%") if len(kept.split()) >= _MIN_REASON_WORDS else ""


def _take_vocabularies(
    words: Iterable[VocabularyWord], concepts: Concepts, ids: RuleIds
) -> Iterator[StyleRule | Omission]:
    """Accepted names into the concepts; rejected words as a rule."""
    from onevoice.exchange.entry import Omission
    from onevoice.exchange.style.rules import build_rejections

    rejected: dict[str, list[VocabularyWord]] = {}
    for word in words:
        if not word.is_accepted:
            rejected.setdefault(word.vocabulary, []).append(word)
        elif reason := _take_accepted(word, concepts):
            yield Omission(word.place, word.text, reason)
    for name, own in rejected.items():
        yield build_rejections(name, own, ids)


def _take_accepted(word: VocabularyWord, concepts: Concepts) -> str:
    """Take an accepted word in as a name; else the reason why not, a sentence."""
    from onevoice.exchange.alternatives import EndlessExpressionError, list_alternatives

    if _ANY_CAPITALS.match(word.text):
        return "It's only accepted, in any capitals. A handbook has words that are right or wrong."
    try:
        found = list_alternatives(word.text)
    except EndlessExpressionError as error:
        return f"It's only accepted, and no list of words: {error}."
    spellings = {one.text.casefold() for one in found}
    names = [one.text for one in found if one.text != one.text.lower()]
    if not names or len(spellings) < len(found):
        return "It's only accepted, not a name with capitals of its own. A handbook has words that are right or wrong."
    added = [concepts.add_name(name, word.place) for name in names]
    if not all(added):
        return "The style avoids this word elsewhere, or writes it in other capitals."
    return ""


FORMAT = Format("Vale style", (".yml", ".txt", ".ini", ".tengo"), recognize_style, read_style, rank=30)
