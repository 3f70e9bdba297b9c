"""A text makes a claim that the handbook has no usable proof for, or says what we agreed not to say.

A claim is a share (37%, one in three), a multiple (3x, twice as fast), a ranking (number one, the leading) or money
with its effect (saves $5,000). Four things are reported, except in code and quotations:

- a wording that a proof point lists as not to use: an error, with the approved wording;
- a wording of four words or more that a message lists as not to say, with or without contractions: a warning, with
  what to say instead;
- a figure of a claim that is disputed, or that its owner has marked as expired: an error. If only its last day has
  passed, it is a warning, because the calendar alone should not block anyone's work. A figure counts as this claim's
  if the words around it are the claim's, or if it compares the same thing (32% more revenue);
- in a submission, any other figure that no proof point backs: a warning. A submission is a text in a folder
  `submissions`, or one whose front matter says who it is for (`persona`, `stage`, `audience` or `channel`).

A figure is backed if a usable proof point has it and the words around it are about the same thing; 43% of something
else is another claim. Find a proof point, register one, or leave the figure out.

A claim compares, promises, or says how many customers or others do something. Dates, versions, prices and amounts
aren't claims. In an English handbook, neither are pay and benefits, settings and the quality of pictures, scales and
grades, goals and plans, half-done drafts, discounts and fees, rules, examples, and names such as a 10x program. Of 100
figures that the rule reported in public texts, an editor accepted 88; the others were examples, plans, and shares that
only break something down.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

import ahocorasick_rs

from onevoice.finding import Finding
from onevoice.lint import keywords
from onevoice.lint.rules import Draft, locate_rule_page
from onevoice.lint.terms import collapse_whitespace
from onevoice.matcher import exclusions
from onevoice.matcher.fold import fold_text, make_match_key
from onevoice.prose.front import has_front_key

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook
    from onevoice.lint.figures import Figure
    from onevoice.prose.block import Block, Prose

RULE = "unsourced-number"
FOLDER = "submissions"
READER_KEYS = ("persona", "stage", "audience", "channel")
# How much of a claim's words must be around its figure: for the claim to be meant, and for it to count as proven.
MIN_MEANT_COVERAGE, MIN_PROVEN_COVERAGE = 0.5, 0.4
MIN_KEYWORDS = 3
# How many words a wording of a message has at least: "We are different" is said of other things, too.
MIN_WORDING_SIZE = 4
# As tokens, with a space before and behind.
_CONTRACTIONS = [
    *((f" {verb} not ", f" {verb}n t ") for verb in ("do", "does", "did", "is", "are", "was", "have", "has", "would")),
    (" cannot ", " can t "),
    (" will not ", " won t "),
    *((f" {who} will ", f" {who} ll ") for who in ("i", "you", "we", "they", "it")),
    *((f" {who} are ", f" {who} re ") for who in ("you", "we", "they")),
    *((f" {who} is ", f" {who} s ") for who in ("it", "that", "there")),
    (" i am ", " i m "),
]

# A figure that compares, and the words that only say that it does.
_COMPARATIVE = re.compile(
    r"\s++(?:more|less|fewer|higher|lower|greater|bigger|larger|faster|better|growth|increase|rise)\b", re.I
)
_COMPARISON_WORDS = "higher lower greater bigger larger faster better growth increase rise"
_PUNCTUATION = re.compile(r"[.,:;!?()\n]")
# How far behind a figure the words are looked for that it compares.
COMPARED_RADIUS = 400
_TOKEN = re.compile(r"\w+(?:[.,]\d+)*%?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_RANK = re.compile(r"#\d")


class Claim(NamedTuple):
    """A proof point as the rule knows it.

    path: of its page. standing: usable, disputed or expired. expires: ISO date or "". say: the approved wording.
    figures: the values of its figures. texts: the content words of each way to put it. numbers: the digits of its
    figure. is_count: these are counts, such as `43 of 46`, which the text alone would not show to be a claim. wordings:
    those not to use, as tokens. comparisons: each of its figures with what it compares, such as (share 8/25, revenue).
    is_message: it's a message instead, which has only wordings.
    """

    path: str
    title: str
    standing: str
    expires: str
    say: str
    figures: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...]
    is_count: bool
    wordings: tuple[str, ...]
    comparisons: tuple[tuple[str, str], ...]
    is_message: bool

    def explain_staleness(self, today: datetime.date) -> str:
        """Why the claim cannot be used on a day, or ""."""
        if self.standing != "usable":
            return f"is {self.standing}"
        return f"expired on {self.expires}" if self.expires and self.expires < today.isoformat() else ""


def read(handbook: Handbook) -> dict[str, Any]:
    """The proof points and the messages, and the words of their wordings not to use."""
    proofs = handbook.list_approved("proof")
    from onevoice.handbook.address import find_page_path
    from onevoice.lint import figures

    language = keywords.find_language(handbook.brand.language)
    claims = []
    for proof in proofs:
        claim = Claim(
            path=find_page_path(proof),
            title=proof.title,
            standing=proof.standing,
            expires=proof.expires.isoformat() if proof.expires else "",
            say=proof.say,
            figures=figures.list_figure_values(
                " | ".join((proof.number or "", proof.claim, proof.title, proof.say, *proof.say_not))
            ),
            texts=tuple(_iter_keyword_lists(proof, language)),
            numbers=tuple(dict.fromkeys(_NUMBER.findall(proof.number or ""))),
            is_count=not figures.find_figures(proof.number or ""),
            wordings=tuple(filter(None, map(_normalize_wording, proof.say_not))),
            comparisons=tuple(
                dict.fromkeys(
                    share
                    for text in (proof.title, proof.claim, *proof.say_not)
                    for share in _iter_comparisons(text, language)
                )
            ),
            is_message=False,
        )
        claims.append(claim)
    claims += _iter_messages(handbook, language)
    if not claims:
        return {}
    words = {word for claim in claims for wording in claim.wordings for word in _pick_long_words(wording)}
    return {"claims": list(map(tuple, claims)), "words": tuple(sorted(words)), "language": language}


def _iter_messages(handbook: Handbook, language: str) -> Iterator[Claim]:
    """The messages with a wording not to say. What isn't to be asked on a call may well be asked in a form."""
    from onevoice.handbook.address import find_page_path

    for message in handbook.list_approved("messages"):
        if message.say and message.type != "question":
            wordings = tuple(
                wording
                for text in message.say_not
                if len(_TOKEN.findall(text)) >= MIN_WORDING_SIZE
                for wording in _vary_contractions(text, language)
            )
            if wordings:
                say = collapse_whitespace(message.say)
                path = find_page_path(message)
                yield Claim(path, message.title, "usable", "", say, (), (), (), False, wordings, (), True)


def _vary_contractions(text: str, language: str) -> tuple[str, ...]:
    """A wording as tokens: as it's given, and in English with and without all contractions."""
    given = f" {_normalize_wording(text)} "
    short = long = given
    if language == "english":
        for full, contracted in _CONTRACTIONS:
            short, long = short.replace(full, contracted), long.replace(contracted, full)
    return tuple(dict.fromkeys(wording.strip() for wording in (given, short, long)))


def _iter_keyword_lists(proof: Any, language: str) -> Iterator[tuple[str, ...]]:
    for text in (proof.title, proof.claim, proof.say, proof.measures or "", *proof.say_not):
        words = tuple(dict.fromkeys(keywords.extract_keywords(text, language)))
        # Two words say too little of what is meant.
        if len(words) >= MIN_KEYWORDS:
            yield words


def _iter_comparisons(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The figures of a text with what they compare: `32% higher revenue` compares revenue."""
    from onevoice.lint.figures import find_figures

    for figure in find_figures(text):
        for of in _find_compared_words(text, figure, language)[:1]:
            yield figure.value, of


def _find_compared_words(text: str, figure: Figure, language: str) -> list[str]:
    """What a figure compares, as far as that comes right after it: up to two content words."""
    if not _COMPARATIVE.match(text, figure.end):
        return []
    near = text[figure.end : figure.end + COMPARED_RADIUS + 1]
    # The last word may be cut.
    near = near if len(near) <= COMPARED_RADIUS else near.rpartition(" ")[0]
    behind = _PUNCTUATION.split(near, maxsplit=1)[0]
    if not _COMPARATIVE.match(behind):
        return []
    saying = keywords.extract_keywords(_COMPARISON_WORDS, language)
    return [word for word in keywords.extract_keywords(behind, language) if word not in saying][:2]


def may_speak(path: str, source: str, facts: dict[str, Any]) -> bool:
    """Whether the document is for someone in particular, or has words or numbers of a claim."""
    if FOLDER in PurePosixPath(path).parts or has_front_key(source, READER_KEYS):
        return True
    lower = source.casefold()
    claims = [Claim(*claim) for claim in facts["claims"]]
    # A claim that is no longer true has its number here.
    return bool(_list_wordings(lower, claims, facts)) or any(
        number in lower for claim in claims for number in claim.numbers
    )


def check(draft: Draft, facts: dict[str, Any]) -> Iterator[Finding]:
    """The findings of a document, in reading order."""
    prose = draft.prose
    lower = prose.source.casefold()
    claims = [Claim(*claim) for claim in facts["claims"]]
    # Without any proof points, figures are nobody's to judge.
    every = is_submission(prose) and any(not claim.is_message for claim in claims)
    # Most documents have nothing to do with any claim, and must not cost more than this look.
    listed = _list_wordings(lower, claims, facts)
    stale = [claim for claim in claims if claim.explain_staleness(draft.today)]
    risky = {number for claim in stale for number in claim.numbers if number in lower}
    if not (every or listed or risky):
        return
    before: Block | None = None
    for block in prose.blocks:
        if not block.quoted:
            text = block.text.casefold() if listed else ""
            near = [(claim, wording) for claim, wording, long in listed if all(word in text for word in long)]
            figured = every or any(number in block.text for number in risky)
            if near or figured:
                yield from _check_block(draft, block, before, claims, near, facts["language"], every=every)
        before = block


def _list_wordings(lower: str, claims: list[Claim], facts: dict[str, Any]) -> list[tuple[Claim, str, frozenset[str]]]:
    """The wordings of which the long words are in a folded source: the claim, the wording, and these words."""
    # One word may be within another: other, others.
    matches = _build_automaton(facts["words"]).find_matches_as_indexes(lower, overlapping=True)
    words = {facts["words"][match[0]] for match in matches}
    return [
        (claim, wording, long)
        for claim in claims
        for wording in claim.wordings
        if words.issuperset(long := _pick_long_words(wording))
    ]


def is_submission(prose: Prose) -> bool:
    """Whether a document is written for someone in particular."""
    return FOLDER in PurePosixPath(prose.path).parts or any(prose.meta.get(name) for name in READER_KEYS)


def _check_block(
    draft: Draft,
    block: Block,
    before: Block | None,
    claims: list[Claim],
    listed: list[tuple[Claim, str]],
    language: str,
    *,
    every: bool,
) -> Iterator[Finding]:
    # Its patterns take long to compile, and most documents never come here.
    from onevoice.lint.figures import find_figures

    unproven = frozenset(_find_claims(block.text, language)) if every else frozenset()
    worded = list(_find_wordings(block.text, listed)) if listed else []
    found = find_figures(block.text)
    counts = list(_find_stale_counts(draft, block, claims, language))
    if not (worded or found or counts):
        return
    # #1 is a rank, though it looks like a tag.
    identifiers = (
        (start, end) for start, end in exclusions.find_identifiers(block.text) if not _RANK.match(block.text, start)
    )
    taken = _TakenRanges((*block.quotes, *exclusions.find_quotations(block.text), *identifiers))
    wordings: list[tuple[int, int]] = []
    figured: list[tuple[int, int]] = []
    for start, end, claim in worded:
        if not (taken.overlap(start, end) or _overlaps_any(start, end, wordings)):
            wordings.append((start, end))
            yield _report_wording(draft, block, start, end, claim)
    spans = list(keywords.find_sentence_spans(block.text)) if found else []
    wide = frozenset(
        keywords.extract_keywords(f"{before.text if before else ''}\n{block.text}", language) if found else ()
    )
    here, around = (0, 0), frozenset[str]()
    for figure in found:
        if not (taken.overlap(figure.start, figure.end) or _overlaps_any(figure.start, figure.end, wordings)):
            span = spans[bisect_right(spans, figure.start, key=itemgetter(0)) - 1]
            # Many figures may be in one sentence.
            if span != here:
                here, around = span, frozenset(keywords.extract_keywords(block.text[slice(*span)], language))
            of = {(figure.value, word) for word in _find_compared_words(block.text, figure, language)}
            if finding := _check_figure(draft, block, figure, of, claims, around, wide, every=figure in unproven):
                figured.append((figure.start, figure.end))
                yield finding
    for start, end, claim in counts:
        if not (taken.overlap(start, end) or _overlaps_any(start, end, wordings + figured)):
            yield _report_stale_claim(draft, block, start, end, claim)


def _find_claims(text: str, language: str) -> list[Figure]:
    """The figures that need a proof. Only of English do we know what the words around them say."""
    if language != "english":
        from onevoice.lint.figures import find_figures

        return find_figures(text)
    from onevoice.lint.claims import find_claims

    return find_claims(text)


class _TakenRanges:
    """Ranges of a text, of which some may be within others."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        # How far the ranges up to each one reach.
        self._reached = list(accumulate((end for _, end in ordered), max))

    def overlap(self, start: int, end: int) -> bool:
        """Whether one of them shares something with a range."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reached[before - 1] > start


def _check_figure(
    draft: Draft,
    block: Block,
    figure: Figure,
    of: set[tuple[str, str]],
    claims: list[Claim],
    around: Collection[str],
    wide: Collection[str],
    *,
    every: bool,
) -> Finding | None:
    """The finding on one figure, or None if it is proven or not for us to judge."""
    having = [claim for claim in claims if figure.value in claim.figures]
    usable = [claim for claim in having if not claim.explain_staleness(draft.today)]
    proven = max((_measure_relevance(claim, wide) for claim in usable), default=0.0)
    near = [
        (max(_measure_relevance(claim, around), 0.0 if of.isdisjoint(claim.comparisons) else MIN_MEANT_COVERAGE), claim)
        for claim in having
        if claim.explain_staleness(draft.today)
    ]
    meant, claim = max(near, key=lambda pair: pair[0], default=(0.0, None))
    if (
        claim
        and meant >= MIN_MEANT_COVERAGE
        and meant > max((_measure_relevance(one, around) for one in usable), default=0.0)
    ):
        return _report_stale_claim(draft, block, figure.start, figure.end, claim)
    if proven >= MIN_PROVEN_COVERAGE or not every:
        return None
    words = collapse_whitespace(block.text[figure.start : figure.end])
    other = f" The handbook has this figure for something else: {usable[0].title}." if usable else ""
    message = f'No proof point backs "{words}" here.{other} Find one, register one, or leave the figure out.'
    return _make_claim_finding(draft, block, figure.start, figure.end, "warning", message, locate_rule_page(RULE))


def _find_stale_counts(
    draft: Draft, block: Block, claims: list[Claim], language: str
) -> Iterator[tuple[int, int, Claim]]:
    """Claims past their time whose figures are counts, if all of these come with the words."""
    for claim in claims:
        if claim.numbers and claim.is_count and claim.explain_staleness(draft.today):
            places = {match[0]: match.span() for match in reversed(list(_NUMBER.finditer(block.text)))}
            if (
                all(number in places for number in claim.numbers)
                and _measure_relevance(claim, keywords.extract_keywords(block.text, language)) >= MIN_MEANT_COVERAGE
            ):
                yield (*places[max(claim.numbers, key=len)], claim)


def _measure_relevance(claim: Claim, given: Collection[str]) -> float:
    return max((keywords.measure_coverage(words, given) for words in claim.texts), default=0.0)


def _report_stale_claim(draft: Draft, block: Block, start: int, end: int, claim: Claim) -> Finding:
    why = claim.explain_staleness(draft.today)
    level = "error" if claim.standing != "usable" else "warning"
    message = f'Leave out "{collapse_whitespace(block.text[start:end])}": the claim "{claim.title}" {why}.'
    return _make_claim_finding(draft, block, start, end, level, message, claim.path, f"Say: {claim.say}")


def _report_wording(draft: Draft, block: Block, start: int, end: int, claim: Claim) -> Finding:
    said = collapse_whitespace(block.text[start:end])
    level, message = "error", f'Do not say "{said}": it claims more than its source.'
    if claim.is_message:
        level, message = "warning", f'Do not say "{said}": our message "{claim.title}" rules it out.'
    return _make_claim_finding(draft, block, start, end, level, message, claim.path, f"Say: {claim.say}")


def _make_claim_finding(
    draft: Draft, block: Block, start: int, end: int, level: str, message: str, path: str, reason: str = ""
) -> Finding:
    prose = draft.prose
    first, last = block.map_to_source(start, end)
    return Finding(
        RULE,
        level,
        prose.path,
        prose.locate_span(first, last),
        collapse_whitespace(prose.source[first:last]),
        message,
        link=draft.link(path),
        reason=reason,
    )


def _find_wordings(text: str, listed: list[tuple[Claim, str]]) -> Iterator[tuple[int, int, Claim]]:
    """The places that use a wording that a claim lists, whatever the punctuation and the spaces between its words."""
    whole = fold_text(text)
    places = [match.span() for match in _TOKEN.finditer(whole.text)]
    said = " ".join(["", *(whole.text[start:end] for start, end in places), ""])
    found = []
    for claim, wording in listed:
        at = said.find(f" {wording} ")
        if at >= 0:
            first = said.count(" ", 0, at)
            last = first + wording.count(" ")
            found.append((*whole.map_to_source(places[first][0], places[last][1]), claim))
    yield from sorted(found, key=lambda one: one[:2])


def _normalize_wording(text: str) -> str:
    return " ".join(_TOKEN.findall(make_match_key(text)))


@lru_cache(maxsize=4096)
def _pick_long_words(wording: str) -> frozenset[str]:
    """The words of a wording by which a document can be seen to lack it; the longest if all are short."""
    words = re.findall(r"\w+", wording)
    return frozenset(word for word in words if len(word) > 4) or frozenset({max(words, key=len)})


@lru_cache(maxsize=4)
def _build_automaton(words: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(list(words))


def _overlaps_any(start: int, end: int, ranges: list[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in ranges)
