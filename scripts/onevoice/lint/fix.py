"""Fixes: the source with every word replaced that has one safe replacement.

A fix changes the word and the `a` or `an` before it, and if a word goes, one space and the capital of a sentence
start. Of two articles, the text's and the replacement's own, the text's stays. Nothing else: a change after which the
document reads otherwise in any other place is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from onevoice.matcher import sentence
from onevoice.matcher.article import choose_article
from onevoice.matcher.casing import is_all_caps
from onevoice.matcher.characters import APOSTROPHES
from onevoice.prose import edit
from onevoice.prose.read import resolve_reader

if TYPE_CHECKING:
    from onevoice.lint.issue import Issue
    from onevoice.prose.block import Block, Prose
    from onevoice.prose.edit import Edit

# A fix can open the way for another (`very very good`); no handbook that passes its checks needs as many rounds.
MAX_ROUNDS = 8

_LETTERS = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[aeiouyhàâäæéèêëîïôöœùûü]", re.I)
_ARTICLE = re.compile(r"(?:^|[\s(\[{\"“‘«—–/])(an?)\s+$", re.I)

_DETERMINER = re.compile(
    r"(?:^|[\s(\[{\"“‘«—–/])(?:the|an?|this|that|our|your|their|its|his|her|my|each|every|any|no)\s+$", re.I
)
_OWN_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.I)
# Between these a word that goes would leave signs behind that nobody put there: `; very, good` or a line of its own.
_BEFORE = frozenset(".,;:!?…—–-([{“‘«/")
_BEHIND = frozenset(".,;:!?…—–)]}”’»/")

# A range of a block's text and the words that take its place.
Change = tuple[int, int, str]


def fix_prose(prose: Prose, find: Callable[[Prose], Iterable[Issue]], *, english: bool = True) -> str:
    """The document's source after all safe fixes; fixing the result again changes nothing.

    find: the issues of a document, suppressed ones left out. english: correct `a` and `an`.
    The document's path says how it is read; raises OnevoiceError where it does not.
    """
    read = resolve_reader(prose.path, prose.ending)
    for _ in range(MAX_ROUNDS):
        edits = _select_safe_edits(prose, _group_edits(prose, find(prose), english))
        if not edits:
            break
        prose = read(prose.path, edit.apply_edits(prose.source, edits))
    return prose.source


def _group_edits(prose: Prose, issues: Iterable[Issue], english: bool) -> list[list[Edit]]:
    """The edits that each issue asks for, together or not at all; those that touch an earlier one wait."""
    out: list[list[Edit]] = []
    taken: set[int] = set()
    for issue in issues:
        if issue.replacement is None:
            continue
        block = prose.blocks[issue.block]
        changes = _list_changes(block, issue, issue.replacement, english)
        wanted = [edit.make_replacement(prose.source, block, *change) for change in changes]
        edits = [one for one in wanted if one is not None]
        if not edits or len(edits) < len(wanted):
            continue
        places = {at for one in edits for at in range(one.start, one.end)}
        if taken.isdisjoint(places):
            taken |= places
            out.append(edits)
    return out


def _list_changes(block: Block, issue: Issue, use: str, english: bool) -> list[Change]:
    start, end = (issue.start, issue.end) if use else _find_removal_range(block, issue.start, issue.end)
    if start == end or not (use or _is_removable(block.text, start, end, block.text[issue.start : issue.end].lower())):
        return []
    if use and english and _DETERMINER.search(block.text[max(issue.start - 20, 0) : issue.start]):
        use = use[own.end() :] if (own := _OWN_ARTICLE.match(use)) else use
    if use and _follows_elision(block.text, issue.start) and not _VOWEL.match(use):
        return []  # L'email becomes le courriel: the word before it changes too.
    changes = [(start, end, use)]
    found = block.text[issue.start : issue.end]
    if not use and found[0].isupper() and sentence.starts_sentence(block.text, issue.start):
        word = _LETTERS.match(block.text, end)
        if word and word[0].islower():
            changes.append((end, end + 1, word[0][0].upper()))
    if english:
        following = use or block.text[end : end + 40]
        loud = is_all_caps(found) and not is_all_caps(issue.variant)
        changes += _correct_article(block, issue.start, following, loud)
    return [change for change in changes if block.text[change[0] : change[1]] != change[2]]


def _is_removable(text: str, start: int, end: int, word: str) -> bool:
    """Whether the word in a range can go, and leave a sentence."""
    left, right = _skip_space_back(text, start), _skip_space(text, end)
    if (not left or text[left - 1] in _BEFORE) and (right == len(text) or text[right] in _BEHIND):
        return False
    # Of `very, very good` one cannot go without the other.
    if left and text[left - 1] == ",":
        last = _skip_space_back(text, left - 1)
        if text[max(last - 2 * len(word), 0) : last].lower().endswith(word):
            return False
    if text[right : right + 1] == ",":
        first = _skip_space(text, right + 1)
        return not text[first : first + 2 * len(word)].lower().startswith(word)
    return True


def _skip_space_back(text: str, at: int) -> int:
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _follows_elision(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] in APOSTROPHES and text[start - 2].isalpha()


def _find_removal_range(block: Block, start: int, end: int) -> tuple[int, int]:
    """The range to take out for a word that goes: with the space behind it, else the one before; nothing if neither."""
    text = block.text
    ranges = [(start, end + 1)] if text[end : end + 1].isspace() else []
    if start and text[start - 1].isspace():
        ranges.append((start - 1, end))
    # If both are there, a line break stays.
    ranges.sort(key=lambda range: "\n" in text[range[0] : range[1]])
    for first, last in ranges:
        if block.is_replaceable(first, last):
            return first, last
    return start, start


def _correct_article(block: Block, start: int, following: str, loud: bool) -> list[Change]:
    found = _ARTICLE.search(block.text, max(start - 20, 0), start)
    right = choose_article(following.lower() if loud else following) if found else None
    if found is None or right is None or found[1].lower() == right:
        return []
    old, at = found[1], found.start(1)
    # A capital A within a sentence is a letter: plan A.
    if old == "A" and not loud and not sentence.starts_sentence(block.text, at):
        return []
    new = right.upper() if loud else right.capitalize() if old[0] == "A" else right
    return [(at, at + len(old), new)]


def _select_safe_edits(prose: Prose, groups: Sequence[Sequence[Edit]]) -> list[Edit]:
    """The edits of those groups that can be made whole."""
    for _ in range(MAX_ROUNDS):
        kept = set(edit.verify_edits(prose, [one for group in groups for one in group]))
        whole = [group for group in groups if kept.issuperset(group)]
        if len(whole) == len(groups):
            return [one for group in groups for one in group]
        groups = whole
    return []
