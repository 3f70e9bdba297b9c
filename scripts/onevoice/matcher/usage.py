"""What the words around a hit make of it: a part of someone's name, a label, or a verb. No fix is safe then."""

from __future__ import annotations

from onevoice.expression import defer_pattern
from onevoice.matcher.casing import is_all_caps
from onevoice.matcher.fold import normalize_text

# How far a neighboring word is looked for, and how long a label is at most on either side of a word.
_REACH = 40
_LABEL_OPENING = defer_pattern(r"(?:\*\*|__|<(?:b|strong)\b[^<>\n]{0,40}>)([^\s*_<>][^*_<>\n]*)?$")
_LABEL_CLOSING = defer_pattern(r"((?:[^*_<>\n]*[^\s*_<>])?)(?:\*\*|__|</(?:b|strong)>)")
_SENTENCE_ENDS = (".", "!", "?", "…")
_BEFORE = defer_pattern(r"(?:^|[^\w'’-])([^\W_][\w'’-]*)\s+$")
_AFTER = defer_pattern(r"\s+([^\W_][\w'’-]*)")


def _make_set(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_DETERMINERS = _make_set(
    "a an the this these those my your our their its his her every each some any no all both many several few most",
    "other such what whose more",
)
_PREPOSITIONS = _make_set("of for with by in on from as about between at into over under per via and or vs")
# With a capital at the start of a sentence these are no names, either.
_FUNCTION_WORDS = (
    _DETERMINERS | _PREPOSITIONS | _make_set("if when where while because that which who is are was to not i")
)
_ADVERBS = _make_set("also always never often usually still now already just only then really")
_SUBJECTS = _make_set("it he she who everyone everybody someone somebody nobody anyone anybody")
_PLURAL_SUBJECTS = _make_set(
    "i we you they will would can could should may might must cannot can't won't don't didn't doesn't wouldn't",
    "couldn't shouldn't please let's",
)
_OBJECTS = _make_set("a an the your our their my us them me him")
_MORE_OBJECTS = _OBJECTS | _make_set("you it this these those his her its every each some any no")


def is_part_of_name(text: str, start: int, end: int, written: str) -> bool:
    """Whether words in title case have such words next to them, as in `Facebook Client Terms`.

    written: the words as their record writes them.
    """
    found = text[start:end]
    if not found[0].isupper() or is_all_caps(found) or normalize_text(found) == written:
        return False
    before, after = _find_word_before(text, start), _find_word_after(text, end)
    if after[:1].isupper() and _fold_apostrophe(after).partition("'")[0] != "i":
        return True
    return before[:1].isupper() and _fold_apostrophe(before) not in _FUNCTION_WORDS | _ADVERBS | _PLURAL_SUBJECTS


def is_in_label(source: str, start: int, end: int) -> bool:
    """Whether words of Markdown or HTML are part of a bold label, such as `**Client secret**`: the screen that has it,
    too, would have to change with it. A bold sentence is none, and neither is emphasis, which has no capital."""
    closing = _LABEL_CLOSING.match(source[end : end + _REACH])
    opening = _LABEL_OPENING.search(source[max(start - _REACH, 0) : start]) if closing else None
    if not closing or not opening:
        return False
    before, behind = opening[1] or "", closing[1]
    label = before + source[start:end] + behind
    return bool(before or behind.strip(" :")) and label[0].isupper() and not label.endswith(_SENTENCE_ENDS)


def is_verb_here(text: str, start: int, end: int, *, plural: bool) -> bool:
    """Whether the words around an English word make it a verb: `it offers`, `requires the`. plural: it ends so."""
    before = _fold_apostrophe(_find_word_before(text, start))
    if before in _ADVERBS:
        before = _fold_apostrophe(_find_word_before(text, len(text[:start].rstrip()) - len(before)))
    after = _fold_apostrophe(_find_word_after(text, end))
    if before in _DETERMINERS or before in _PREPOSITIONS:
        return False
    if plural:
        return before in _SUBJECTS or after in _MORE_OBJECTS
    return before in _PLURAL_SUBJECTS or after in (_MORE_OBJECTS if before == "to" else _OBJECTS)


def _fold_apostrophe(word: str) -> str:
    return word.lower().replace("’", "'")


def _find_word_before(text: str, at: int) -> str:
    found = _BEFORE.search(text[max(at - _REACH, 0) : at])
    return found[1] if found else ""


def _find_word_after(text: str, at: int) -> str:
    found = _AFTER.match(text[at : at + _REACH])
    return found[1] if found else ""
