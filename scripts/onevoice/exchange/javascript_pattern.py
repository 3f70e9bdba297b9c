"""Regular expressions of tools in JavaScript, with what they write instead -> pairs of words, or rules for Vale."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onevoice.exchange.alternatives import Alternative, EndlessExpressionError, list_alternatives
from onevoice.exchange.wordlist import WordList
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.plural import make_plural

_SYNTAX = re.compile(r"[\\^$.*+?()[\]{}|]")
_REFERENCE = re.compile(r"\$(\d)")


def add_pattern(
    words: WordList,
    place: str,
    pattern: str,
    right: Sequence[str],
    *,
    ignores_case: bool = True,
    in_words: bool = False,
    empty_group: int = 0,
    why: str = "",
) -> None:
    """Add a row with a regular expression: as words if it stands for a few, else as a part of a rule.

    right: what to write instead, in which `$1` is what the first group finds. in_words: whether it may find a part of a
    word. empty_group: the number of a group that must find nothing; what it may find makes phrases that are fine. 0:
    there is none.
    """
    if not _SYNTAX.search(pattern):
        words.add_pair(place, pattern, right, why=why)
        return
    try:
        found = list_alternatives(pattern, ignores_case=ignores_case)
    except EndlessExpressionError as error:
        if len(right) > 1 or empty_group:
            words.omit(place, pattern, f"it can't be listed as words: {error}. Write a rule for it by hand.")
        else:
            words.add_expression(place, pattern, "".join(right), ignores_case=ignores_case, in_words=in_words)
        return
    kept = [one for one in found if not one.groups.get(empty_group)]
    pairs = [(one.text.strip(), tuple(_fill_groups(text, one) for text in right)) for one in kept]
    for wrong, uses in _drop_plurals(pairs):
        if uses and make_match_key(wrong) == make_match_key(uses[0]) and ignores_case:
            # Nothing but other capitals are wrong.
            words.add_name(place, uses[0], case="exact")
        else:
            # Found in other capitals, too, it would be another word.
            is_exact = not ignores_case and wrong != wrong.lower()
            words.add_pair(place, wrong, uses, case="exact" if is_exact else "", why=why)
    excepted = [one.text for one in found if one.groups.get(empty_group)]
    excepted += [f"{one.text}{never}" for one in kept for never in one.never_before]
    excepted += [f"{never}{one.text}" for one in kept for never in one.never_after]
    for use in dict.fromkeys(uses[0] for _, uses in pairs if uses):
        words.add_exceptions(use, [phrase for phrase in excepted if phrase.strip()])


def _fill_groups(text: str, one: Alternative) -> str:
    """A replacement with what the groups of an expression have found."""
    return _REFERENCE.sub(lambda match: one.groups.get(int(match[1]), ""), text).strip()


def _drop_plurals(pairs: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Without the regular plurals of other words, if their replacements are plurals, too: they're found anyway."""
    known = {
        (make_plural(wrong), many)
        for wrong, uses in pairs
        for many in (uses, tuple(make_plural(use) or use for use in uses))
    }
    return [pair for pair in dict.fromkeys(pairs) if pair not in known]
