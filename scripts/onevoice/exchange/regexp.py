"""Regular expressions of Python -> JavaScript's (flag `u`), so that a pattern is written once and both run it.

Classes mean what they mean to Python: `\\w` and `\\b` know every letter. What JavaScript writes otherwise is written
otherwise; what it does not have, such as a possessive repeat, is made of what it has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # typeshed knows Python's parser of regular expressions only by its old names.
    import sre_constants as op
    import sre_parse as parser
else:
    from re import _constants as op
    from re import _parser as parser

SPACES = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
WORD = r"\p{L}\p{N}_"
_CLASSES = {op.CATEGORY_DIGIT: r"\p{Nd}", op.CATEGORY_SPACE: SPACES, op.CATEGORY_WORD: WORD}
_OPPOSITES = {
    op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT,
    op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE,
    op.CATEGORY_NOT_WORD: op.CATEGORY_WORD,
}
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
# Where case is ignored, Python takes these for one letter, and JavaScript only some of them.
_SAME_LETTERS = {"i": "iİı", "s": "sſ", "k": "k\u212a"}
_ATOMS = (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY)
_REPEATS = {op.MAX_REPEAT: "", op.MIN_REPEAT: "?", op.POSSESSIVE_REPEAT: ""}


def translate_expression(source: str, flags: int = 0, *, same_letters: bool = True) -> tuple[str, str]:
    """A regular expression as JavaScript's source and flags, `u` or `iu`.

    same_letters: where case is ignored, the kinds of an i are one letter, as they are to Python.
    Raises ValueError for what no expression of ours needs: references, conditions, and other flags than IGNORECASE and
    MULTILINE.
    """
    tree: Any = parser.parse(source, flags)
    flags = tree.state.flags & ~re.UNICODE
    if flags & ~(re.IGNORECASE | re.MULTILINE):
        raise ValueError(f"no flags but IGNORECASE and MULTILINE: {source}")
    # JavaScript's flag is for all of a pattern. If only a part ignores case, that part names both cases.
    ignores, mixed = bool(flags & re.IGNORECASE), _changes_flags(tree)
    writer = _Writer(expands=mixed, by_line=bool(flags & re.MULTILINE), same_letters=same_letters)
    return writer.write(tree, ignores), "iu" if ignores and not mixed else "u"


def _changes_flags(tree: Iterable[Any]) -> bool:
    return any(
        (code is op.SUBPATTERN and bool(value[1] or value[2])) or any(map(_changes_flags, list_children(code, value)))
        for code, value in tree
    )


def list_children(code: Any, value: Any) -> list[Any]:
    """The expressions that are in a part of one, which is a code of Python's parser with what belongs to it."""
    if code is op.SUBPATTERN:
        return [value[3]]
    if code is op.BRANCH:
        return list(value[1])
    if code in _REPEATS:
        return [value[2]]
    if code is op.ATOMIC_GROUP:
        return [value]
    return [value[1]] if code in (op.ASSERT, op.ASSERT_NOT) else []


class _Writer:
    """expands: write letters whose case is ignored in both cases. by_line: `^` and `$` are at the ends of each line.

    same_letters: as in translate_expression.
    """

    def __init__(self, *, expands: bool, by_line: bool, same_letters: bool) -> None:
        self._expands = expands
        self._by_line = by_line
        self._same_letters = same_letters
        self._atomic_count = 0

    def write(self, tree: Sequence[Any], ignores: bool) -> str:
        items = list(tree)
        return "".join(self._write_item(items, number, ignores) for number in range(len(items)))

    def _write_item(self, items: list[Any], number: int, ignores: bool) -> str:
        code, value = items[number]
        if code is op.LITERAL:
            return self._write_class([(op.LITERAL, value)], ignores)
        if code is op.NOT_LITERAL:
            return self._write_class([(op.NEGATE, None), (op.LITERAL, value)], ignores)
        if code is op.IN:
            return self._write_class(value, ignores)
        if code is op.ANY:
            return r"[^\n]"
        if code is op.BRANCH:
            return f"(?:{'|'.join(self.write(branch, ignores) for branch in value[1])})"
        if code is op.SUBPATTERN:
            return self._write_group(value, ignores)
        if code in _REPEATS:
            return self._write_repeat(code, value, ignores)
        if code is op.ATOMIC_GROUP:
            return self._write_atomic(self.write(value, ignores))
        if code in (op.ASSERT, op.ASSERT_NOT):
            sign = "=" if code is op.ASSERT else "!"
            return f"(?{'<' if value[0] < 0 else ''}{sign}{self.write(value[1], ignores)})"
        if code is op.AT:
            if self._by_line and value in (op.AT_BEGINNING, op.AT_END):
                return r"(?<![^\n])" if value is op.AT_BEGINNING else r"(?![^\n])"
            return _write_place(value, items[:number], items[number + 1 :])
        raise ValueError(f"no such expression in both languages: {code}")

    def _write_group(self, value: Any, ignores: bool) -> str:
        number, added, removed, tree = value
        inside = self.write(tree, (ignores or bool(added & re.IGNORECASE)) and not removed & re.IGNORECASE)
        if number is None:
            return f"(?:{inside})"
        names = {place: name for name, place in tree.state.groupdict.items()}
        return f"(?<{names[number]}>{inside})" if number in names else f"({inside})"

    def _write_repeat(self, code: Any, value: Any, ignores: bool) -> str:
        least, most, tree = value
        inside = self.write(tree, ignores)
        # A literal may be written as a class, and no class as more than one thing but for those of opposites.
        is_single = len(tree) == 1 and tree[0][0] in _ATOMS and not inside.startswith("(?")
        end = "" if most is op.MAXREPEAT else str(most)
        count = {(0, ""): "*", (1, ""): "+", (0, "1"): "?"}.get((least, end), f"{{{least},{end}}}")
        out = f"{inside if is_single else f'(?:{inside})'}{count}{_REPEATS[code]}"
        return self._write_atomic(out) if code is op.POSSESSIVE_REPEAT else out

    def _write_atomic(self, inside: str) -> str:
        self._atomic_count += 1
        return f"(?=(?<atom{self._atomic_count}>{inside}))\\k<atom{self._atomic_count}>"

    def _write_class(self, items: Sequence[Any], ignores: bool) -> str:
        negated = items[0][0] is op.NEGATE
        members, opposites = "", []
        for code, value in items[negated:]:
            if code is op.CATEGORY and value in _OPPOSITES:
                opposites.append(_CLASSES[_OPPOSITES[value]])
            elif code is op.CATEGORY:
                members += _CLASSES[value]
            elif code is op.RANGE:
                members += f"{_escape(value[0])}-{_escape(value[1])}"
                members += self._list_cases(range(value[0], value[1] + 1)) if ignores else ""
            else:
                members += _escape(value) + (self._list_cases([value]) if ignores else "")
        if not opposites:
            if not negated and len(items) == 1 and items[0][0] is op.LITERAL and members == _escape(items[0][1]):
                return _escape(items[0][1], in_class=False)
            return f"[{'^' * negated}{members}]"
        # A class cannot have the opposite of another in it.
        any_of = "|".join([*([f"[{members}]"] if members else []), *(f"[^{of}]" for of in opposites)])
        return f"(?:(?!{any_of})[^])" if negated else f"(?:{any_of})"

    def _list_cases(self, codes: Iterable[int]) -> str:
        """The letters that are one with some others, as far as they are not among these."""
        own = list(codes)
        # A class of many has all cases of what it is for.
        letters = [chr(code) for code in own if code < 128 or len(own) == 1]
        out: dict[str, None] = {}
        for letter in letters:
            for lower, same in _SAME_LETTERS.items():
                if self._same_letters and (letter in same.upper() or letter in same):
                    out |= dict.fromkeys(same if lower == "i" or self._expands else "")
            if self._expands:
                out |= dict.fromkeys(one for one in (letter.lower(), letter.upper()) if len(one) == 1)
        return "".join(_escape(ord(one)) for one in out if ord(one) not in own)


def _escape(code: int, *, in_class: bool = True) -> str:
    char = chr(code)
    # The hyphen is a sign in a class alone, and may have a backslash there alone.
    if char in _SYNTAX or (char == "-" and in_class):
        return f"\\{char}"
    return f"\\u{{{code:x}}}" if unicodedata.category(char)[0] in "CZ" and char != " " else char


def _write_place(place: Any, before: list[Any], behind: list[Any]) -> str:
    if place is op.AT_BEGINNING or place is op.AT_BEGINNING_STRING:
        return "(?<![^])"
    if place is op.AT_END:
        return r"(?=\n?(?![^]))"
    if place is op.AT_END_STRING:
        return "(?![^])"
    is_inside = rf"(?<=[{WORD}])(?=[{WORD}])|(?<![{WORD}])(?![{WORD}])"
    if place is op.AT_NON_BOUNDARY:
        return f"(?:{is_inside})"
    # Most are next to a word, and half of the question is answered.
    if _is_wordy(behind, 0):
        return f"(?<![{WORD}])"
    if _is_wordy(before, -1):
        return f"(?![{WORD}])"
    return f"(?!{is_inside})"


def _is_wordy(items: Sequence[Any], end: int) -> bool:
    """Whether what these match has a word's character at its beginning (0) or end (-1), whatever it is."""
    if not items:
        return False
    code, value = items[end]
    if code is op.LITERAL:
        return chr(value).isalnum() or chr(value) == "_"
    if code is op.IN:
        return all(
            (kind is op.LITERAL and (chr(one).isalnum() or chr(one) == "_"))
            or (kind is op.RANGE and chr(one[0]).isalnum() and chr(one[1]).isalnum() and one[1] < 128)
            or (kind is op.CATEGORY and one in (op.CATEGORY_WORD, op.CATEGORY_DIGIT))
            for kind, one in value
        )
    if code is op.SUBPATTERN:
        return _is_wordy(list(value[3]), end)
    if code is op.BRANCH:
        return all(_is_wordy(list(branch), end) for branch in value[1])
    return code in _REPEATS and value[0] > 0 and _is_wordy(list(value[2]), end)
