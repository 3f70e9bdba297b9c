"""Samples: texts that a regular expression describes, made from the expression itself."""

from __future__ import annotations

import re
import warnings
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from onevoice import limits

if TYPE_CHECKING:
    # typeshed knows Python's parser of regular expressions only by its old names.
    import sre_constants as op
    import sre_parse as parser
else:
    from re import _constants as op
    from re import _parser as parser

MAX_SAMPLES = 12
# What cannot be written to a file, or ends the line or the text for Vale.
_UNWRITABLE = re.compile("[\ud800-\udfff\0\r]")

_ONE_GROUP = re.compile(r"\((?:\?:)?(?!\?)(.*)\)", re.DOTALL)

# How .NET's dialect, which Vale reads, writes what Python writes otherwise; classes become a few of their members.
_NAMED_GROUP = re.compile(r"\(\?<(?=[A-Za-z])")
_FLAGS = re.compile(r"\(\?[a-z]*(?:-[a-z]+)?\)")
_LOCAL_FLAGS = re.compile(r"\(\?[a-z]*-[a-z]+:")
_CLASSES = (
    (re.compile(r"\\p\{L[ul]?\}"), "a-z"),
    (re.compile(r"\\p\{N[dlo]?\}"), "0-9"),
    (re.compile(r"\\x\{([0-9a-fA-F]{1,5})\}"), lambda found: f"\\U{int(found[1], 16):08x}"),
)
_CATEGORIES = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_WORD: "-",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_NOT_SPACE: "a",
}
_COMMON = "a1b X-. "
# What else a class may leave: `[^\\x00-\\x7F]` is in published styles.
_UNCOMMON = "zqZQ#éßñ–’漢ж😀\u00a0_"


def generate_samples(expression: str) -> list[str]:
    """Up to MAX_SAMPLES texts with the expression and its look-arounds' words; none if it cannot be read.

    The first is the shortest reading of each part; together they take every branch of an alternation that comes early.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = parser.parse(_translate_dialect(expression))
        found = _expand_sequence(tree, {})
    except Exception:
        # Python's parser is not made for strangers' expressions, and some of them are .NET's or broken.
        return []
    return list(dict.fromkeys(one for one in found if one.strip() and not _UNWRITABLE.search(one)))[:MAX_SAMPLES]


def _translate_dialect(expression: str) -> str:
    text = _FLAGS.sub("", _NAMED_GROUP.sub("(?P<", expression))
    text = _LOCAL_FLAGS.sub("(?:", text)
    for pattern, instead in _CLASSES:
        text = pattern.sub(instead, text)
    return text


def is_described(expression: str, text: str, sample: str, *, ignorecase: bool) -> bool:
    """Whether the expression surely finds something of the sample in the text; False if Python cannot tell."""
    if is_plain_expression(expression):
        return unescape_expression(expression).casefold() == sample.casefold()
    # A group in a group that repeats may take Python ages.
    if len(text) > limits.MAX_SAMPLE_CHARS or re.search(r"[+*}]\)+[+*{]", expression):
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pattern = re.compile(_translate_dialect(expression), re.IGNORECASE if ignorecase else 0)
    except (re.error, RecursionError, OverflowError, ValueError):
        return False
    start = text.find(sample)
    return any(
        found.start() < start + len(sample) and start < found.end()
        for found in islice(pattern.finditer(text), MAX_SAMPLES)
    )


def unescape_expression(expression: str) -> str:
    """The words that a plain expression stands for."""
    return re.sub(r"\\([^\w\s])", r"\1", expression)


def split_alternatives(expression: str, groups: int = 2) -> list[str]:
    """The alternatives that an expression consists of, or the one group that it is; none if there is one only.

    groups: how many groups in each other are opened.
    """
    parts: list[str] = []
    depth, in_class, start, at, is_whole = 0, False, 0, 0, True
    while at < len(expression):
        sign = expression[at]
        if sign == "\\":
            at += 1
        elif in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
            is_whole &= depth > 0 or at == len(expression) - 1
        elif sign == "|" and depth == 0:
            parts.append(expression[start:at])
            start = at + 1
        at += 1
    if parts:
        return [*parts, expression[start:]]
    group = _ONE_GROUP.fullmatch(expression)
    return split_alternatives(group[1], groups - 1) if group and is_whole and groups else []


def is_plain_expression(expression: str) -> bool:
    """Whether the expression is words: it has no sign that means anything but itself, escaped or not."""
    return not re.search(r"[\\^$.|?*+()\[\]{}]", re.sub(r"\\[^\w\s]", "", expression))


def _expand_sequence(tree: Any, groups: dict[int, list[str]]) -> list[str]:
    return _combine_parts([_expand_node(kind, value, groups) for kind, value in tree])


def _combine_parts(parts: list[list[str]]) -> list[str]:
    """Each part's first text together, then every other text of each part among the first ones of the others."""
    if not parts:
        return [""]
    if sum(max(map(len, part), default=0) for part in parts) > limits.MAX_SAMPLE_CHARS:
        raise ValueError("too long")
    size = 1
    for part in parts:
        size *= len(part)
    if size <= MAX_SAMPLES:
        return ["".join(one) for one in product(*parts)]
    first = [part[0] for part in parts if part]
    if len(first) < len(parts):
        return []
    out = ["".join(first)]
    for at, part in enumerate(parts):
        out += ["".join([*first[:at], other, *first[at + 1 :]]) for other in part[1:MAX_SAMPLES]]
    return list(islice(dict.fromkeys(out), MAX_SAMPLES * 4))


def _expand_node(kind: Any, value: Any, groups: dict[int, list[str]]) -> list[str]:
    if kind is op.LITERAL:
        return [chr(value)]
    if kind is op.NOT_LITERAL:
        return [next(char for char in _COMMON if ord(char) != value)]
    if kind is op.ANY:
        return ["a"]
    if kind is op.IN:
        return _expand_class(value)
    if kind is op.BRANCH:
        return [text for branch in value[1] for text in _expand_sequence(branch, groups)][: MAX_SAMPLES * 4]
    if kind is op.SUBPATTERN:
        found = _expand_sequence(value[3], groups)
        if value[0] is not None:
            groups[value[0]] = found[:1]
        return found
    if kind is getattr(op, "ATOMIC_GROUP", None):
        return _expand_sequence(value, groups)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, getattr(op, "POSSESSIVE_REPEAT", None)):
        least, most, inner = value
        once = _expand_sequence(inner, groups)
        if least * max(map(len, once), default=0) > limits.MAX_SAMPLE_CHARS:
            raise ValueError("too long")
        counts = [least, *([max(1, least)] if most >= 1 and least == 0 else [])]
        return list(dict.fromkeys(one * count for count in reversed(counts) for one in once))
    if kind is op.ASSERT:
        return _expand_sequence(value[1], groups)[:1]
    if kind is op.GROUPREF:
        return groups.get(value, [""])
    if kind in (op.AT, op.ASSERT_NOT):
        return [""]
    raise ValueError(f"{kind} is not read")


def _expand_class(items: Any) -> list[str]:
    negated = items[0][0] is op.NEGATE
    if negated:
        return [
            next(char for char in _COMMON + _UNCOMMON if not any(_class_item_matches(item, char) for item in items[1:]))
        ]
    out = []
    for kind, value in items:
        if kind is op.LITERAL:
            out.append(chr(value))
        elif kind is op.RANGE:
            out.append(chr(value[0]))
        elif kind is op.CATEGORY:
            out.append(_CATEGORIES[value])
    return out or [""]


def _class_item_matches(item: tuple[Any, Any], char: str) -> bool:
    kind, value = item
    if kind is op.LITERAL:
        return bool(ord(char) == value)
    if kind is op.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    tests = {
        op.CATEGORY_DIGIT: char.isdigit(),
        op.CATEGORY_NOT_DIGIT: not char.isdigit(),
        op.CATEGORY_WORD: char.isalnum() or char == "_",
        op.CATEGORY_NOT_WORD: not (char.isalnum() or char == "_"),
        op.CATEGORY_SPACE: char.isspace(),
        op.CATEGORY_NOT_SPACE: not char.isspace(),
    }
    return tests.get(value, True)
