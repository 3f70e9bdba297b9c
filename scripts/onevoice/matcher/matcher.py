"""The matcher: a block of text in, the terms in it out. One matcher serves lint, links, previews and drafts."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from onevoice.matcher import exclusions, sentence, usage
from onevoice.matcher.abbreviation import is_spelled_out
from onevoice.matcher.casing import MAX_REMEMBERED, adapt_case, capitalize_first, is_all_caps, pluralize_replacement
from onevoice.matcher.characters import has_whole_word
from onevoice.matcher.compile import CompiledTerms
from onevoice.matcher.fold import FoldedText, fold_text, make_match_key, normalize_text
from onevoice.matcher.index import FoundWord, WordIndex
from onevoice.matcher.language import counts_in, is_english, read_language
from onevoice.matcher.overlap import LOUD, Candidate, find_hidden_pairs, resolve_overlaps
from onevoice.matcher.pattern import Form, Pattern
from onevoice.matcher.prefilter import BlockWords, Prefilter
from onevoice.matcher.sieve import SourceSieve
from onevoice.matcher.store import RememberedItems

TITLES = ("heading", "title")
# The keys of front matter that say for whom and where a document is.
CONTEXT_KEYS = ("audience", "channel")


@dataclass(frozen=True)
class Context:
    """Who a document is for, and when: what filters avoided words.

    audiences, channels: as the document's front matter says, without case. language: the tag of its language, in
    small letters, or "" for the handbook's.
    """

    today: datetime.date
    audiences: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    language: str = ""

    @classmethod
    def from_meta(cls, meta: Mapping[str, Any], today: datetime.date) -> Context:
        """The context of a document with this front matter (`audience`, `channel`: a text or a list; `lang`)."""
        audiences, channels = (frozenset(map(make_match_key, list_meta_values(meta, name))) for name in CONTEXT_KEYS)
        return cls(today, audiences, channels, read_language(meta))

    @cached_property
    def day(self) -> str:
        return self.today.isoformat()


# Not frozen, because that triples the time to make one; nobody changes a hit.
@dataclass(slots=True, unsafe_hash=True)
class Hit:
    """A term at a place of a text.

    start, end: offsets in the text. term: the term's id.
    category: `avoid`; `case`: a name in other letters than its own; `abbreviation`: a short form that must be spelled
        out at first; and of mentions `preferred`, `allowed` or `abbreviation`.
    variant: the words as the record writes them. level: of LEVELS. reason: the record's `why`.
    replacements: in the case and number of the text; several are a choice; ("",): the word goes; () for mentions.
    is_spelled_out: the abbreviation is next to its long form.
    ask: a person has to choose, even if there is one replacement: the record says so, or the word may be a verb here.
    is_unsure: it may be a part of someone's name, so that no replacement is safe.
    """

    start: int
    end: int
    term: str
    category: str
    variant: str
    level: str = "error"
    replacements: tuple[str, ...] = ()
    reason: str = ""
    is_spelled_out: bool = False
    ask: bool = False
    is_unsure: bool = False


class Matcher:
    """Finds compiled terms in text. What it finds in one depends on no other."""

    def __init__(self, compiled: CompiledTerms) -> None:
        self.compiled = compiled
        self._patterns = RememberedItems(compiled.patterns)
        # A text has the same words again and again: what to write instead of each, by pattern, form, the words found,
        # and whether only the first letter can be a capital there.
        self._known_uses: dict[tuple[int, int, str, bool, bool], tuple[str, ...]] = {}
        self._reportable_index = WordIndex(compiled.reportable_forms)
        self._full_index = WordIndex(compiled.all_forms)

    @cached_property
    def _prefilter(self) -> Prefilter:
        return Prefilter(
            self._reportable_index.get_automaton, self.compiled.reportable_flags, self.compiled.absent_signs
        )

    @cached_property
    def _sieve(self) -> SourceSieve:
        return SourceSieve(
            self.compiled.load_anchors(), self._prefilter.replace_signs, lambda text: fold_text(text).text
        )

    def warm_up(self) -> None:
        """Make now what many texts will need, once for all the processes that are forked from this one."""
        self._reportable_index.warm_up()

    def _is_english(self, document: Context | None) -> bool:
        """Whether a text is in English, as far as its document says."""
        return is_english((document.language if document else "") or self.compiled.language)

    @cached_property
    def _by_term(self) -> dict[str, list[Pattern]]:
        found: dict[str, list[Pattern]] = {}
        for pattern in self.compiled.patterns:
            found.setdefault(pattern.term, []).append(pattern)
        return found

    def patterns_of(self, term: str) -> list[Pattern]:
        """The patterns of a term, in the order of its record."""
        return self._by_term.get(term, [])

    def pattern_at(self, text: str, at: int, *, document: Context, kind: str = "paragraph") -> Pattern | None:
        """The pattern that takes this place of a text, silent ones included: what keeps another from being found."""
        folded, scene = fold_text(text), _BlockContext(text, document, kind, english=self._is_english(document))
        for span in resolve_overlaps(
            self._list_candidates(
                self._reportable_index.get_automaton(folded.text).find_words(folded.text), folded, scene, every=True
            )
        ):
            if span.start <= at < span.end:
                return self.compiled.patterns[span.pattern]
        return None

    def find_places(self, source: str) -> list[tuple[int, int]]:
        """Ranges of the source of a document, in order and apart; a block that shares nothing with them has no hit.

        No word of such a block may have markup inside it.
        """
        return self._sieve.find_places(source)

    def blocks_to_check(self, texts: Sequence[str]) -> Iterable[BlockWords]:
        """The texts in which there may be hits, in order, for `find_hits`: the others have none, and need no look."""
        return self._prefilter.filter_texts(texts)

    def find_hits(
        self,
        text: str,
        *,
        document: Context,
        kind: str = "paragraph",
        quoted: bool = False,
        links: Sequence[tuple[int, int]] = (),
        quotes: Sequence[tuple[int, int]] = (),
        known: BlockWords | None = None,
    ) -> list[Hit]:
        """What is off-brand in one block of prose, in order: avoided words, misspelled names, abbreviations.

        kind, quoted, links, quotes: as in prose.block.Block. An abbreviation is reported at each use; which is the
        first of the document is the caller's to know. known: what `blocks_to_check` says of the text.
        """
        if known is None:
            folded = fold_text(text)
            found = self._reportable_index.get_automaton(folded.text).find_words(folded.text)
        else:
            folded, found = known.folded, known.words
        if not found:
            return []
        scene = _BlockContext(text, document, kind, quoted, links, quotes, english=self._is_english(document))
        candidates = self._list_candidates(found, folded, scene)
        spans = resolve_overlaps(candidates)
        hits = [hit for span in spans if (hit := self._make_hit(span, scene)) is not None]
        misspelled = self._find_misspelled_names(spans, candidates, scene)
        return sorted((*hits, *misspelled), key=lambda hit: hit.start) if misspelled else hits

    def find_mentions(self, text: str) -> list[Hit]:
        """Where the text uses terms by a right name: preferred, allowed, or abbreviation; in order.

        Avoided words hide the right names inside them; dates, audiences and quotation marks do not count.
        """
        folded = fold_text(text)
        found = self._full_index.get_automaton(folded.text).find_words(folded.text)
        if not found:
            return []
        scene = _BlockContext(text, english=self._is_english(None))
        out = []
        for span in resolve_overlaps(self._list_candidates(found, folded, scene, every=True)):
            what = "preferred" if span.category in ("name", "case") else span.category
            if what in ("preferred", "allowed", "abbreviation"):
                pattern = self.compiled.patterns[span.pattern]
                out.append(Hit(span.start, span.end, pattern.term, what, pattern.text))
        return out

    def mentioned_terms(self, text: str) -> set[str]:
        """The ids of the terms that `mentions` may find in the text, or in a part of it: a quick look."""
        folded = fold_text(text)
        found = self._full_index.get_automaton(folded.text).find_words(folded.text)
        patterns = (self.compiled.patterns[number] for number, *_ in found)
        return {pattern.term for pattern in patterns if pattern.role != "avoid"}

    def _list_candidates(
        self, found: list[FoundWord], folded: FoldedText, scene: _BlockContext, every: bool = False
    ) -> list[Candidate]:
        """What may count, of what was found. Nothing if nothing of it is reported, unless every name is wanted."""
        says = self.compiled.reportable_flags
        if every:
            return scene.drop_identifiers(self._judge_words(found, folded, scene))
        loud = self._judge_words([one for one in found if says[one[0]]], folded, scene)
        # To look for identifiers takes longer than to look at the words.
        if not _has_more_than_names(loud):
            return []
        loud = scene.drop_identifiers(loud)
        if not _has_more_than_names(loud):
            return []
        silent = [one for one in found if not says[one[0]]]
        return loud + scene.drop_identifiers(self._judge_words(silent, folded, scene)) if silent else loud

    def _judge_words(self, found: Iterable[FoundWord], folded: FoldedText, scene: _BlockContext) -> list[Candidate]:
        """What counts of the words, as far as it can be told of each by itself."""
        candidates = []
        has_moved, document, patterns = folded.starts is not None, scene.document, self._patterns
        for number, place, start, end in found:
            pattern = patterns[number]
            if document is not None and not _is_active(pattern, document):
                continue
            form = pattern.forms[place]
            if (pattern.language or scene.language) and not counts_in(
                pattern.language, scene.language, self.compiled.language
            ):
                continue
            # Of English only do we know what a word is with an ending.
            if not (pattern.english and scene.english) and (form.plural or _has_possessive(folded.text, end)):
                continue
            if has_moved:
                start, end = folded.map_to_source(start, end)
            what = pattern.role
            if what == "name" or pattern.is_cased(form):
                right = scene.is_exact_spelling(form.text, start, end)
                if what == "name":
                    what = "name" if right or scene.has_positional_capital(form.text, start, end) else "case"
                elif not right or any(scene.has_positional_capital(twin, start, end) for twin in pattern.twins):
                    continue
            if pattern.unless and scene.is_exempt(pattern.unless, start, end):
                continue
            if (pattern.only_near or pattern.never_near) and scene.is_in_other_context(pattern, start):
                continue
            candidates.append(Candidate(start, end, what, number, place))
        return candidates

    def _find_misspelled_names(
        self, spans: Sequence[Candidate], candidates: Sequence[Candidate], scene: _BlockContext
    ) -> list[Hit]:
        """The misspelled names in silent phrases that spell them otherwise: in `joint kpi` if a record has `joint KPI`.

        spans: the candidates that have won.
        """
        if all(span.category in LOUD for span in spans):
            return []
        known = self.compiled.patterns
        names = [
            one
            for one in candidates
            if one.category == "case"
            or (one.category == "avoid" and known[one.pattern].is_cased(known[one.pattern].forms[one.form]))
        ]
        found: dict[Candidate, str] = {}
        for name, phrase in find_hidden_pairs(names, spans):
            right = self._get_spelling(phrase, name, scene)
            if not scene.has_spelling(right, max(name.start, phrase.start), min(name.end, phrase.end), phrase):
                found[name] = right
        hits = []
        for name in resolve_overlaps(found):
            hit = self._make_hit(name, scene)
            if hit is not None:
                hits.append(replace(hit, replacements=(found[name],)) if name.category == "avoid" else hit)
        return hits

    def _get_spelling(self, phrase: Candidate, name: Candidate, scene: _BlockContext) -> str:
        """How the record of a phrase writes the name that is in it, or the part of the name that is."""
        text = self.compiled.patterns[phrase.pattern].forms[phrase.form].text
        start, end = max(name.start, phrase.start), min(name.end, phrase.end)
        first = len(fold_text(scene.text[phrase.start : start]).text)
        last = first + len(fold_text(scene.text[start:end]).text)
        return text[slice(*fold_text(text).map_to_source(first, last))]

    def _make_hit(self, span: Candidate, scene: _BlockContext) -> Hit | None:
        start, end, category, number, place = span
        pattern = self._patterns[number]
        if category not in ("avoid", "case") and not pattern.introduce:
            return None
        form = pattern.forms[place]
        found = scene.text[start:end]
        opening = scene.is_sentence_start(start, end)
        if category == "case":
            use = adapt_case(form.text, found, form.text, name=True, opening=opening)
            return Hit(start, end, pattern.term, "case", pattern.text, pattern.level, (use,), ask=pattern.ask)
        if category == "abbreviation":
            return self._expand_abbreviation(span, form, scene, opening)
        document = scene.document
        # Only mentions have no document, and no hits are made of them.
        assert document is not None
        is_early = pattern.error_from and document.day < pattern.error_from
        level = "warning" if is_early and pattern.level == "error" else pattern.level
        key = (number, place, found, opening, scene.english)
        uses = self._known_uses.get(key)
        if uses is None:
            uses = self._list_uses(pattern, form, found, opening, scene.english)
            if len(self._known_uses) < MAX_REMEMBERED:
                self._known_uses[key] = uses
        if not uses:
            return None
        hit = Hit(start, end, pattern.term, "avoid", pattern.forms[0].text, level, uses, pattern.why)
        # Most words have no capital, and are no part of a name.
        if found[0].isupper() and scene.is_part_of_name(form.text, start, end):
            hit.is_unsure = True
        else:
            hit.ask = (
                pattern.ask
                or (pattern.listed_only and form.use is None)
                or (
                    pattern.may_be_verb
                    and scene.english
                    and usage.is_verb_here(scene.text, start, end, plural=form.plural)
                )
            )
        return hit

    def _list_uses(self, pattern: Pattern, form: Form, found: str, opening: bool, english: bool) -> tuple[str, ...]:
        """What to write instead of an avoided word: () for what is already right, ("",) for a word that goes."""
        replacements = () if pattern.remove else self._list_replacements(pattern, form, found, opening, english)
        uses = ("",) if pattern.remove else tuple(dict.fromkeys(replacements))
        # Such as a capital at a sentence start.
        return () if normalize_text(found) in uses else uses

    def _expand_abbreviation(self, span: Candidate, form: Form, scene: _BlockContext, opening: bool) -> Hit:
        """An abbreviation and its long forms: several if terms share it."""
        near, texts = False, []
        for number, place in self.compiled.reportable_forms[make_match_key(form.text)]:
            pattern = self.compiled.patterns[number]
            if pattern.introduce and pattern.forms[place].text == form.text:
                use, name = pattern.use[0], pattern.names[0]
                near = near or is_spelled_out(scene.text, span.start, span.end, use)
                use = pluralize_replacement(use, name=name) if form.plural else use
                texts.append(f"{capitalize_first(use) if opening and not name else use} ({form.text})")
        pattern = self.compiled.patterns[span.pattern]
        return Hit(
            span.start,
            span.end,
            pattern.term,
            span.category,
            pattern.text,
            pattern.level,
            tuple(texts),
            is_spelled_out=near,
        )

    def _list_replacements(self, pattern: Pattern, form: Form, found: str, opening: bool, english: bool) -> list[str]:
        if form.use is not None:
            return [adapt_case(form.use, found, form.text, name=False, opening=opening, english=english)]
        uses = []
        for use, name in zip(pattern.use, pattern.names, strict=True):
            use = pluralize_replacement(use, name=name) if form.plural else use
            uses.append(adapt_case(use, found, form.text, name=name, opening=opening, english=english))
        return uses


class _BlockContext:
    """A block of text around its candidates; what is costly is looked at once, and only when asked for."""

    def __init__(
        self,
        text: str,
        document: Context | None = None,
        kind: str = "paragraph",
        quoted: bool = False,
        links: Sequence[exclusions.Range] = (),
        quotes: Sequence[exclusions.Range] = (),
        *,
        english: bool,
    ) -> None:
        self.text, self.document, self.kind, self.quoted, self.links = text, document, kind, quoted, links
        self._quotes = quotes
        # No cached property, because each block with a word asks for it.
        self._quotations: list[exclusions.Range] | None = None
        self.english = english
        self.language = document.language if document else ""

    @cached_property
    def _title_case(self) -> sentence.TitleCase:
        return sentence.TitleCase(self.text)

    def drop_identifiers(self, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates that are no part of an identifier."""
        found = exclusions.find_identifiers(self.text, sorted((one.start, one.end) for one in candidates))
        if not found:
            return candidates
        return [one for one in candidates if not exclusions.has_edge_inside(one.start, one.end, found)]

    def is_exempt(self, unless: tuple[str, ...], start: int, end: int) -> bool:
        """Whether one of the contexts in which the word is fine holds here."""
        if self.kind in unless:
            return True
        if "quote" in unless:
            if self.quoted or (self._quotes and exclusions.is_inside(start, end, self._quotes)):
                return True
            if self._quotations is None:
                self._quotations = exclusions.find_quotations(self.text)
            if self._quotations and exclusions.is_inside(start, end, self._quotations):
                return True
        return "link" in unless and exclusions.is_inside(start, end, self.links)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return sentence.list_sentence_starts(self.text)

    def is_in_other_context(self, pattern: Pattern, at: int) -> bool:
        """Whether the words of the sentence around the offset say that the pattern is not meant."""
        number = bisect_right(self._sentence_starts, at)
        if pattern.never_near and self._has_word(number, pattern.never_near):
            return True
        return bool(pattern.only_near) and not self._has_word(number, pattern.only_near)

    def _has_word(self, number: int, words: tuple[str, ...]) -> bool:
        """Whether a sentence has one of the folded words."""
        # A sentence can be a whole file, and have many candidates.
        known = self._words_by_sentence.get((number, words))
        if known is None:
            text = self._folded_sentences.get(number)
            if text is None:
                starts = [0, *self._sentence_starts, len(self.text)]
                text = self._folded_sentences[number] = fold_text(self.text[starts[number] : starts[number + 1]]).text
            known = self._words_by_sentence[number, words] = any(has_whole_word(text, word) for word in words)
        return known

    @cached_property
    def _words_by_sentence(self) -> dict[tuple[int, tuple[str, ...]], bool]:
        return {}

    @cached_property
    def _folded_sentences(self) -> dict[int, str]:
        return {}

    def is_exact_spelling(self, right: str, start: int, end: int) -> bool:
        """Whether the words in the range are written exactly so."""
        return normalize_text(self.text[start:end]) == right

    def has_spelling(self, right: str, start: int, end: int, phrase: Candidate) -> bool:
        """Whether the words in the range are spelled so, but for where they are, or for a phrase all in capitals."""
        if self.is_exact_spelling(right, start, end) or self.has_positional_capital(right, start, end):
            return True
        return right.islower() and is_all_caps(normalize_text(self.text[phrase.start : phrase.end]))

    def has_positional_capital(self, right: str, start: int, end: int) -> bool:
        """Whether the range is a spelling without capitals that has them only because of where it is."""
        if any(char.isupper() for char in right):
            return False
        found = normalize_text(self.text[start:end])
        if make_match_key(found) != make_match_key(right):
            return False
        if found[1:] == right[1:] and sentence.starts_sentence(self.text, start):
            return True
        if self.kind not in TITLES or not self._title_case.holds_around(start, end):
            return False
        return all(ours[1:] == theirs[1:] for ours, theirs in zip(found.split(" "), right.split(" "), strict=True))

    def is_part_of_name(self, written: str, start: int, end: int) -> bool:
        """Whether the words in the range have a neighbor in capitals, but for a title, in which all have."""
        if not usage.is_part_of_name(self.text, start, end, written):
            return False
        return self.kind not in TITLES or not self._title_case.holds_around(start, end)

    def is_sentence_start(self, start: int, end: int) -> bool:
        """Whether only the first letter can be a capital here: a sentence start that is not in a title."""
        if self.kind in TITLES and self._title_case.holds_around(start, end):
            return False
        return sentence.starts_sentence(self.text, start, clause=True)


def _has_more_than_names(candidates: Iterable[Candidate]) -> bool:
    return any(one.category != "name" for one in candidates)


def _has_possessive(text: str, end: int) -> bool:
    """Whether the word that ends here in folded text has an English possessive ending."""
    return text[end : end + 2] == "'s" and not text[end + 2 : end + 3].isalnum()


def _is_active(pattern: Pattern, document: Context) -> bool:
    return (
        document.day >= pattern.since
        and (not pattern.audiences or not document.audiences.isdisjoint(pattern.audiences))
        and (not pattern.channels or not document.channels.isdisjoint(pattern.channels))
    )


def list_meta_values(meta: Mapping[str, Any], name: str) -> list[str]:
    """What front matter says under a name: a list, or one thing, or nothing."""
    value = meta.get(name)
    listed = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
    return [str(item) for item in listed]
