"""Regular expressions taken apart: all texts that one matches, if they are a handful.

`e-?mails?` is four words. What can't be listed is said with its reason: `\\w+ly` has no end, and `(?<=the )API` is a
matter of the words around it. White space is one blank, however much of it there may be, because that's how our own
matcher reads it.
"""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # typeshed knows Python's parser of regular expressions only by its old names.
    import sre_constants as op
    import sre_parse as parser
else:
    from re import _constants as op
    from re import _parser as parser

# More words than this, or repetitions of one part, are no list that a person wrote.
MAX_ALTERNATIVES, MAX_REPEATS, MAX_NESTING = 120, 10, 40
_SPACES = frozenset(" \t\n\r\f\v\xa0\u202f")
_LEADING_FLAGS = re.compile(r"\(\?([imsu]+)\)")
_NAMED_GROUP = re.compile(r"\(\?<(?=[A-Za-z_])")
_DIGITS = "0123456789"
# A position in a text: a boundary of a word. No text that people write has the character.
_BOUNDARY = "\x00"


class EndlessExpressionError(ValueError):
    """An expression whose texts can't be listed. Its text is the reason, as the end of a sentence."""


@dataclass(frozen=True)
class Alternative:
    """One text that an expression matches.

    groups: what its groups hold, by number. never_before, never_after: texts that must not follow, or come before, it.
    is_bounded: whether the expression itself asks for a word's boundary at the beginning, and at the end.
    """

    text: str
    groups: Mapping[int, str] = field(default_factory=dict)
    never_before: tuple[str, ...] = ()
    never_after: tuple[str, ...] = ()
    is_bounded: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class _Guard:
    """What must not be next to a text, or, if it asks for a sign, only marks the end of a word."""

    ahead: bool
    never: tuple[str, ...]


# What one way through an expression has passed: characters and guards, and what its groups hold.
_Part = str | _Guard
_Way = tuple[tuple[_Part, ...], dict[int, str]]


def list_alternatives(source: str, *, ignores_case: bool = False) -> tuple[Alternative, ...]:
    """The texts that an expression matches, in the order in which it tries them, each once.

    ignores_case: whether it's used so; then texts that differ in capitals only are one, the one with the fewest.
    Raises EndlessExpressionError if they can't be listed.
    """
    tree, ignores = _parse_expression(source)
    # A group that has matched nothing stands for no text: `box(es)?` -> `field$1`.
    unmatched = dict.fromkeys(range(1, tree.state.groups), "")
    found: dict[str, Alternative] = {}
    for parts, groups in _walk_sequence(tree, 0):
        made = _finish_alternative(parts, unmatched | groups)
        if made is None or not made.text:
            continue
        key = made.text.casefold() if ignores or ignores_case else made.text
        known = found.setdefault(key, made)
        if sum(map(str.isupper, made.text)) < sum(map(str.isupper, known.text)):
            found[key] = made
    if not found:
        raise EndlessExpressionError("it matches no text")
    return tuple(found.values())


def _parse_expression(source: str) -> tuple[Any, bool]:
    ignores = False
    while flags := _LEADING_FLAGS.match(source):
        ignores = ignores or "i" in flags[1]
        source = source[flags.end() :]
    try:
        with warnings.catch_warnings():
            # What Python warns of, another dialect reads otherwise.
            warnings.simplefilter("error")
            return parser.parse(_NAMED_GROUP.sub("(?P<", source), re.IGNORECASE if ignores else 0), ignores
    except (re.error, Warning, OverflowError, RecursionError):
        raise EndlessExpressionError("it's written in a way that only Vale reads") from None


def _walk_sequence(tree: Iterable[Any], depth: int) -> list[_Way]:
    if depth > MAX_NESTING:
        raise EndlessExpressionError("its brackets are nested too deep")
    ways: list[_Way] = [((), {})]
    for code, value in tree:
        ways = _join_ways(ways, _walk_item(code, value, depth))
    return ways


def _join_ways(ways: Sequence[_Way], following: Sequence[_Way]) -> list[_Way]:
    if len(ways) * len(following) > MAX_ALTERNATIVES:
        raise EndlessExpressionError(f"it matches more than {MAX_ALTERNATIVES} different texts")
    return [
        (parts + more, {**groups, **own})
        for (parts, groups), (more, own) in itertools.product(ways, following)
    ]  # fmt: skip


def _walk_item(code: Any, value: Any, depth: int) -> list[_Way]:
    if code is op.LITERAL:
        return [((chr(value),), {})]
    if code is op.IN:
        return [((char,), {}) for char in _list_class(value)]
    if code is op.BRANCH:
        ways = [way for branch in value[1] for way in _walk_sequence(branch, depth + 1)]
        if len(ways) > MAX_ALTERNATIVES:
            raise EndlessExpressionError(f"it matches more than {MAX_ALTERNATIVES} different texts")
        return ways
    if code is op.SUBPATTERN:
        return _walk_group(value, depth)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        return _walk_repeat(value, depth)
    if code is op.AT and value is op.AT_BOUNDARY:
        return [((_BOUNDARY,), {})]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [((_make_guard(code, value, depth),), {})]
    raise EndlessExpressionError(_explain_code(code))


def _explain_code(code: Any) -> str:
    if code in (op.ANY, op.NOT_LITERAL):
        return "it has a place where any sign may be"
    if code is op.AT:
        return "it asks where in the text it is"
    return "it has a part that no list of words can express"


def _walk_group(value: Any, depth: int) -> list[_Way]:
    number, added, removed, tree = value
    if added or removed:
        raise EndlessExpressionError("capitals count in a part of it only")
    ways = _walk_sequence(tree, depth + 1)
    if number is None:
        return ways
    return [(parts, {**groups, number: _join_parts(parts)}) for parts, groups in ways]


def _join_parts(parts: Iterable[_Part]) -> str:
    return "".join(part for part in parts if isinstance(part, str) and part != _BOUNDARY)


def _walk_repeat(value: Any, depth: int) -> list[_Way]:
    least, most, tree = value
    once = _walk_sequence(tree, depth + 1)
    if all(parts and all(part in _SPACES for part in parts) for parts, _ in once):
        # Any number of blanks is one.
        return [((" ",), {})] if least else [((" ",), {}), ((), {})]
    if most is op.MAXREPEAT or most > MAX_REPEATS:
        raise EndlessExpressionError("a part of it may repeat without an end")
    ways: list[_Way] = []
    for count in range(most, least - 1, -1):
        repeated: list[_Way] = [((), {})]
        for _ in range(count):
            repeated = _join_ways(repeated, once)
        ways += repeated
    if len(ways) > MAX_ALTERNATIVES:
        raise EndlessExpressionError(f"it matches more than {MAX_ALTERNATIVES} different texts")
    return ways


def _list_class(items: Sequence[Any]) -> list[str]:
    chars: dict[str, None] = {}
    for code, value in items:
        if code is op.LITERAL:
            chars[chr(value)] = None
        elif code is op.RANGE and value[1] - value[0] < MAX_ALTERNATIVES:
            chars |= dict.fromkeys(map(chr, range(value[0], value[1] + 1)))
        elif code is op.CATEGORY and value is op.CATEGORY_SPACE:
            chars[" "] = None
        elif code is op.CATEGORY and value is op.CATEGORY_DIGIT:
            chars |= dict.fromkeys(_DIGITS)
        else:
            raise EndlessExpressionError("it has a place where any sign of a kind may be")
    return list(chars)


def _make_guard(code: Any, value: Any, depth: int) -> _Guard:
    direction, tree = value
    if code is op.ASSERT_NOT and _is_word_class(tree):
        return _Guard(direction > 0, ())
    try:
        texts = [_join_parts(parts) for parts, _ in _walk_sequence(tree, depth + 1)]
    except EndlessExpressionError:
        raise EndlessExpressionError("it's a matter of the words around it") from None
    if code is op.ASSERT_NOT and all(texts):
        return _Guard(direction > 0, tuple(dict.fromkeys(texts)))
    if code is op.ASSERT and " " in texts and not any(map(_is_wordy, "".join(texts))):
        # A sign or a blank must be next to it: that's the end of a word.
        return _Guard(direction > 0, ())
    raise EndlessExpressionError("it's a matter of the words around it")


def _is_word_class(tree: Sequence[Any]) -> bool:
    """Whether it's any character of a word, or a hyphen, too: what isn't next to a whole word."""
    if len(tree) != 1 or tree[0][0] is not op.IN:
        return False
    items = tree[0][1]
    return (op.CATEGORY, op.CATEGORY_WORD) in items and all(
        item in ((op.CATEGORY, op.CATEGORY_WORD), (op.LITERAL, ord("-"))) for item in items
    )


def _is_wordy(char: str) -> bool:
    return char.isalnum() or char == "_"


def _finish_alternative(parts: Sequence[_Part], groups: Mapping[int, str]) -> Alternative | None:
    """The text of a way, or None if no text can have its boundaries."""
    inner = list(parts)
    before: list[_Part] = []
    behind: list[_Part] = []
    while inner and (isinstance(inner[0], _Guard) or inner[0] == _BOUNDARY):
        before.append(inner.pop(0))
    while inner and (isinstance(inner[-1], _Guard) or inner[-1] == _BOUNDARY):
        behind.append(inner.pop())
    if any(isinstance(part, _Guard) for part in inner):
        raise EndlessExpressionError("it asks in the middle what is next to it")
    text = _remove_boundaries("".join(part for part in inner if isinstance(part, str)))
    if not text:
        return None
    for guards, ahead, edge in ((before, False, text[0]), (behind, True, text[-1])):
        if any(isinstance(part, _Guard) and part.ahead is not ahead for part in guards):
            raise EndlessExpressionError("it asks in the middle what is next to it")
        if _BOUNDARY in guards and not _is_wordy(edge):
            raise EndlessExpressionError("a letter must be next to a sign of it")
    return Alternative(
        text,
        groups,
        tuple(_list_never(behind)),
        tuple(_list_never(before)),
        (_marks_end(before), _marks_end(behind)),
    )


def _remove_boundaries(marked: str) -> str:
    """The text between boundaries, or "" if there can be none at one of them."""
    chars: list[str] = []
    for number, char in enumerate(marked):
        if char != _BOUNDARY:
            chars.append(char)
            continue
        rest = marked[number:].lstrip(_BOUNDARY)
        if _is_wordy(chars[-1]) == _is_wordy(rest[0]):
            return ""
    return "".join(chars)


def _list_never(guards: Iterable[_Part]) -> Iterator[str]:
    for part in guards:
        if isinstance(part, _Guard):
            yield from part.never


def _marks_end(guards: Iterable[_Part]) -> bool:
    return any(part == _BOUNDARY or (isinstance(part, _Guard) and not part.never) for part in guards)
