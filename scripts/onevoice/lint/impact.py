"""What changed words do: which sentences of documents newly break, and which are fixed."""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from onevoice.finding import LEVELS, Finding
from onevoice.lint import suppress, terms
from onevoice.lint.excerpt import SENTENCE_RADIUS
from onevoice.lint.terms import PREFIX, TermIssue
from onevoice.matcher import sentence, subset
from onevoice.matcher.compile import compile_patterns
from onevoice.matcher.matcher import Matcher

if TYPE_CHECKING:
    from onevoice.matcher.pattern import Pattern
    from onevoice.prose.block import Prose

SENTENCE_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++[\"”“»«’')\]]*+\s++|\n++")
Link = Callable[[str], str]


@dataclass(frozen=True)
class Effect:
    """A sentence that changed words break or fix.

    is_fix: it had the finding before, and has it no longer; otherwise it has it now, and had none or a milder one.
    sentence: as its reader sees it, on one line.
    """

    is_fix: bool
    finding: Finding
    sentence: str


@dataclass(frozen=True)
class ImpactText:
    """A document, or the texts of records. is_record: the latter, in which no use of a short form is the first."""

    prose: Prose
    is_record: bool = False


@dataclass
class VocabularyChange:
    """A vocabulary before and after a change, as patterns. language: the handbook's."""

    before: Sequence[Pattern]
    after: Sequence[Pattern]
    language: str = "en"
    changed_patterns: list[Pattern] = field(init=False)

    def __post_init__(self) -> None:
        old, new = dict.fromkeys(self.before), dict.fromkeys(self.after)
        self.changed_patterns = [one for one in old if one not in new] + [one for one in new if one not in old]

    def may_affect(self, text: str) -> bool:
        """Whether a text may hold a word that has changed; now and then True for one that holds none."""
        return self._finder.has_word(text)

    @cached_property
    def needs_introduction(self) -> bool:
        """Whether a short form must be spelled out on first use."""
        return any(pattern.introduce for side in (self.before, self.after) for pattern in side)

    @cached_property
    def _finder(self) -> subset.Finder:
        return subset.Finder(subset.list_pattern_words(self.changed_patterns))

    @property
    def term_ids(self) -> list[str]:
        """The ids of the terms whose words have changed, each once."""
        return list(dict.fromkeys(pattern.term for pattern in self.changed_patterns))


def find_effects(
    texts: Sequence[ImpactText], words: VocabularyChange, today: datetime.date, link: Link | None = None
) -> list[Effect]:
    """Every sentence that breaks or is fixed, in reading order. link: a term's id to the address of its page."""
    touched, blocks = [], []
    for text in texts:
        if found := [block.text for block in text.prose.blocks if words.may_affect(block.text)]:
            touched.append(text)
            # Whether a use of a short form is the first depends on the blocks before it.
            blocks += [block.text for block in text.prose.blocks] if words.needs_introduction else found
    known = subset.find_atoms(blocks)
    before, after = (
        Matcher(compile_patterns(side, words.language))
        for side in subset.select_patterns(words.before, words.after, known)
    )
    rules = {f"{PREFIX}{pattern.term}" for side in (words.before, words.after) for pattern in side}
    effects = [effect for text in touched for effect in _compare_issues(text, before, after, rules, today, link)]
    return sorted(effects, key=lambda effect: (effect.finding.sort_key, effect.is_fix))


def _compare_issues(
    text: ImpactText, before: Matcher, after: Matcher, rules: set[str], today: datetime.date, link: Link | None
) -> Iterator[Effect]:
    old, new = (_list_issues(text, matcher, rules, today, link) for matcher in (before, after))
    sentences = _Sentences(text.prose)
    for is_fix, these, others in ((False, new, old), (True, old, new)):
        places = _IssuePlaces(others)
        for issue in these:
            if _rank_severity(issue) > max(map(_rank_severity, places.list_overlapping(issue)), default=0):
                yield Effect(is_fix, issue.finding, sentences.extract(issue))


def _list_issues(
    text: ImpactText, matcher: Matcher, rules: set[str], today: datetime.date, link: Link | None
) -> list[TermIssue]:
    found = terms.find_issues(text.prose, matcher, today, link)
    if text.is_record:
        return [issue for issue in found if issue.hit.category != "abbreviation"]
    if not text.prose.comments:
        return found
    kept = set(suppress.apply_suppressions(text.prose, [issue.finding for issue in found], rules))
    return [issue for issue in found if issue.finding in kept]


def _rank_severity(issue: TermIssue) -> int:
    return LEVELS.index(issue.finding.level) + 1


class _IssuePlaces:
    """Issues of a document by where they are. Those of one block do not overlap."""

    def __init__(self, issues: Sequence[TermIssue]) -> None:
        self._issues = sorted(issues, key=_get_place)

    def list_overlapping(self, issue: TermIssue) -> list[TermIssue]:
        """Those that share words with an issue."""
        # The one before may reach into it.
        first = max(bisect.bisect_left(self._issues, _get_place(issue), key=_get_place) - 1, 0)
        last = bisect.bisect_left(self._issues, (issue.block, issue.end), key=_get_place)
        return [one for one in self._issues[first:last] if one.block == issue.block and one.end > issue.start]


def _get_place(issue: TermIssue) -> tuple[int, int]:
    return issue.block, issue.start


class _Sentences:
    """The sentences of a document, each block gone over once."""

    def __init__(self, prose: Prose) -> None:
        self._prose = prose
        self._ends: dict[int, list[int]] = {}

    def extract(self, issue: TermIssue) -> str:
        """The sentence of an issue as its reader sees it, on one line; of a long one, the part around the words."""
        text, start, end = self._prose.blocks[issue.block].text, issue.start, issue.end
        if issue.block not in self._ends:
            found = (match.end() for match in SENTENCE_END.finditer(text))
            self._ends[issue.block] = [at for at in found if sentence.starts_sentence(text, at)]
        ends = self._ends[issue.block]
        before, after = bisect.bisect_right(ends, start) - 1, bisect.bisect_left(ends, end)
        first = max(ends[before] if before >= 0 else 0, start - SENTENCE_RADIUS)
        last = min(ends[after] if after < len(ends) else len(text), end + SENTENCE_RADIUS)
        return " ".join(text[first:last].split())
