"""A word can never be flagged, or a rule contradicts itself.

Every avoided word and each of its forms is tested: in a plain sentence, at the start of one, in a heading, a list, a
table and a link, in capitals, with other apostrophes, hyphens and spaces, and across a line break. It must be flagged
in all of these. What the handbook recommends must never be flagged: the preferred name, allowed names, exceptions, and
a sentence after its correction. A name must be flagged when it is capitalized wrongly. Code, addresses and identifiers
must not be flagged either. Of plain words that no other word of the handbook can meet in these sentences, one of each
shape is tested for all.

`onevoice check` tests the words with our own matcher, and `onevoice check --vale` also with Vale and the generated
style. The finding names what gets in the way: delete one of the two words, or put the phrase that contains the word
under `except`.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from onevoice.lint.shortcut import Shortcut
from onevoice.matcher import probes
from onevoice.matcher.fold import make_match_key, normalize_text
from onevoice.matcher.language import ANY, counts_in
from onevoice.matcher.matcher import Context
from onevoice.matcher.probes import Sentence

if TYPE_CHECKING:
    from onevoice.finding import Finding
    from onevoice.handbook.handbook import Handbook
    from onevoice.matcher.matcher import Hit, Matcher
    from onevoice.matcher.pattern import Pattern
    from onevoice.records.term import Term

RULE = "unproven"
# Where in a term's record, what is wrong, and the word.
Problem = tuple[tuple[str | int, ...], str, str]

# How many sentences Vale is shown in one document: it searches a document from its start for each word.
SHEET_SIZE = 50


class ValeProbe(NamedTuple):
    """A sentence in Markdown for Vale, with what it is to show.

    term, number: which avoided word (None: a right name). must_match: whether it must be found.
    """

    term: str
    number: int | None
    sentence: Sentence
    must_match: bool


def run_selftest(handbook: Handbook, matcher: Matcher, today: datetime.date) -> Iterator[Finding]:
    """What is unproven of the handbook's terms, at the line of each."""
    trials = _Trials(matcher, today)
    for term in handbook.namings:
        for loc, complaint, word in trials.iter_problems(term):
            yield handbook.make_record_finding(RULE, "error", term, loc, complaint, match=word)


def hash_trials(handbook: Handbook, words_key: str, today: datetime.date) -> str:
    """A key for all that the self-test finds out about: words, and what is right, but no reasons, places or texts.

    words_key: compile.hash_namings of the handbook's words.
    """
    has_days = any(avoid.since or avoid.error_from for term in handbook.namings for avoid in term.avoid)
    return f"{words_key}-{today if has_days else ''}"


class _Trials:
    """Tries the words of terms, of those that are alike just one."""

    def __init__(self, matcher: Matcher, today: datetime.date) -> None:
        self._matcher, self._today = matcher, today
        self._shortcut = Shortcut(matcher)
        # The shapes of the words and names of which one has passed.
        self._passed: set[Hashable] = set()

    def iter_problems(self, term: Term) -> Iterator[Problem]:
        """What is unproven of a term's words."""
        avoided = _list_avoid_patterns(self._matcher, term)
        for index, (avoid, pattern) in enumerate(zip(term.avoid, avoided, strict=True)):
            shape = self._shortcut.find_shape(pattern)
            if shape is not None and shape in self._passed:
                continue
            complaint = _explain_missed_word(self._matcher, pattern, self._today) or _explain_bad_replacement(
                self._matcher, pattern, self._today
            )
            if complaint:
                yield ("avoid", index, "term"), f'"{avoid.term}" {complaint}', avoid.term
            elif shape is not None:
                self._passed.add(shape)
        yield from self._iter_name_problems(term)

    def _iter_name_problems(self, term: Term) -> Iterator[Problem]:
        shape = self._find_name_shape(term)
        is_spared = shape is not None and shape in self._passed
        document = _make_context(term, self._today)
        missed = "" if is_spared else _explain_missed_casing(self._matcher, term, self._today)
        if missed:
            yield ("preferred",), missed, term.preferred
        for loc, word in _iter_right_names(term):
            is_name = loc == ("preferred",)
            if (is_name and is_spared) or self._shortcut.spares_name(word):
                continue
            if complaint := _explain_false_alarm(self._matcher, word, document):
                yield loc, f'"{word}" {complaint}', word
            elif is_name and shape is not None and not missed:
                self._passed.add(shape)

    def _find_name_shape(self, term: Term) -> Hashable:
        """The shape of a term's name; None if it has to be tried."""
        if term.case != "exact":
            return None
        stated = term.get_stated_language()
        names = [one for one in self._matcher.patterns_of(term.id) if one.role == "name"]
        own = [one for one in names if one.language.removeprefix(ANY) == stated]
        is_its_text = len(own) == 1 and own[0].text == term.preferred
        return self._shortcut.find_name_shape(own[0]) if is_its_text else None


def _make_context(term: Term, today: datetime.date) -> Context:
    """A document in the language of the term's words."""
    return Context(today, language=term.get_stated_language().lower())


def _list_avoid_patterns(matcher: Matcher, term: Term) -> list[Pattern]:
    stated = term.get_stated_language()
    return [
        pattern
        for pattern in matcher.patterns_of(term.id)
        if pattern.role == "avoid" and pattern.language.removeprefix(ANY) == stated
    ]


def _iter_right_names(term: Term) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The names that a term recommends or lets pass, each with its place in the record."""
    yield ("preferred",), term.preferred
    yield from ((("allowed", index), word) for index, word in enumerate(term.allowed))
    yield from ((("except", index), word) for index, word in enumerate(term.except_))
    for index, avoid in enumerate(term.avoid):
        yield from ((("avoid", index, "use", place), word) for place, word in enumerate(avoid.use))


def _find_hits(matcher: Matcher, sentence: Sentence, document: Context) -> list[Hit]:
    return matcher.find_hits(sentence.text, document=document, kind=sentence.kind, links=sentence.links)


def _explain_missed_word(matcher: Matcher, pattern: Pattern, today: datetime.date) -> str:
    """What keeps an avoided word from being found, or "" if it is found as it should be."""
    document = probes.make_pattern_context(pattern, today)
    for form in pattern.forms:
        for sentence in probes.iter_positive_sentences(pattern, form):
            if any(_is_expected_hit(hit, pattern, sentence) for hit in _find_hits(matcher, sentence, document)):
                continue
            other = matcher.pattern_at(sentence.text, sentence.at, document=document, kind=sentence.kind)
            if other is not None and form.plural and form.use is None and other.role not in ("avoid", "name"):
                break  # The plural that we made is a right name: nobody said that it is avoided.
            if other is not None and other is not pattern:
                allowed = "" if other.role == "avoid" else ", which is allowed,"
                return (
                    f'is never flagged in {sentence.where}: "{other.text}" of the term `{other.term}`{allowed} '
                    "matches first. Delete one of the two."
                )
            return f'is not flagged in {sentence.where}: "{sentence.text}". Write it exactly as it appears in texts.'
        for sentence in probes.iter_hidden_sentences(form):
            if _find_hits(matcher, sentence, document):
                return f'is flagged in {sentence.where}, which is not prose: "{sentence.text}". Choose other words.'
    return ""


def _explain_missed_casing(matcher: Matcher, term: Term, today: datetime.date) -> str:
    """What keeps every wrong spelling of a name from being found, or ""."""
    is_tried = term.case == "exact" and not (term.only_near or term.never_near)
    wrong = list(probes.iter_miscased_sentences(normalize_text(term.preferred))) if is_tried else []
    document = _make_context(term, today)
    if not wrong or any(_is_name_found(matcher, term.id, sentence, document) for sentence in wrong):
        return ""
    sentence = wrong[0]
    other = matcher.pattern_at(sentence.text, sentence.at, document=document)
    reason = f': "{other.text}" of the term `{other.term}`, which is allowed, matches first' if other else ""
    complaint = f'"{term.preferred}" is never flagged when capitalized wrongly{reason}.'
    return f"{complaint} Delete one of the two, or `case: exact`."


def _is_name_found(matcher: Matcher, term: str, sentence: Sentence, document: Context) -> bool:
    hits = _find_hits(matcher, sentence, document)
    return any(hit.term == term and (hit.start, hit.end) == (sentence.at, sentence.end) for hit in hits)


def _is_expected_hit(hit: Hit, pattern: Pattern, sentence: Sentence) -> bool:
    return hit.term == pattern.term and hit.category == "avoid" and (hit.start, hit.end) == (sentence.at, sentence.end)


def _explain_bad_replacement(matcher: Matcher, pattern: Pattern, today: datetime.date) -> str:
    """What is found again in a sentence that has been fixed, or ""."""
    document = probes.make_pattern_context(pattern, today)
    for form in pattern.forms:
        sentence = next(probes.iter_positive_sentences(pattern, form), None)
        if sentence is None:
            continue
        for hit in _find_hits(matcher, sentence, document):
            for use in hit.replacements if hit.replacements != ("",) else ():
                fixed = sentence.text[: hit.start] + use + sentence.text[hit.end :]
                for again in _find_reportable_hits(matcher, fixed, document):
                    if again.start < hit.start + len(use) and hit.start < again.end:
                        found = fixed[again.start : again.end]
                        return (
                            f'is replaced by "{use}", and the term `{again.term}` flags "{found}" in that. '
                            "Choose another replacement."
                        )
    return ""


def _find_reportable_hits(matcher: Matcher, text: str, document: Context, kind: str = "paragraph") -> list[Hit]:
    return [hit for hit in matcher.find_hits(text, document=document, kind=kind) if hit.category != "abbreviation"]


def _explain_false_alarm(matcher: Matcher, word: str, document: Context) -> str:
    """What is found in a right name, or ""."""
    word = normalize_text(word.strip())
    for sentence in probes.iter_negative_sentences(word):
        for hit in _find_reportable_hits(matcher, sentence.text, document, sentence.kind):
            if sentence.at <= hit.start and hit.end <= sentence.end:
                return (
                    f'is a correct name, but the term `{hit.term}` flags "{sentence.text[hit.start : hit.end]}" in it '
                    f"in {sentence.where}. Put the name under `except` of that term, or choose one of the two."
                )
    return ""


def build_vale_probes(handbook: Handbook, matcher: Matcher) -> list[ValeProbe]:
    """Every sentence that Vale has to judge as our matcher does.

    Words for some readers only, in another language, or from a day on, are left out: a rule of Vale's knows none of
    that.
    """
    found: list[ValeProbe] = []
    for term in handbook.list_approved("terms"):
        if not counts_in(term.get_stated_language(), "", handbook.brand.language):
            continue
        for index, pattern in enumerate(_list_avoid_patterns(matcher, term)):
            if pattern.audiences or pattern.channels or pattern.since:
                continue
            for form in pattern.forms:
                for sentence in probes.iter_positive_sentences(pattern, form):
                    # Which headings are in title case, a rule of Vale's does not know.
                    if sentence.kind == "heading" and pattern.is_title_of_twin:
                        continue
                    hits = _find_hits(matcher, sentence, probes.make_pattern_context(pattern, datetime.date.min))
                    if any(_is_expected_hit(hit, pattern, sentence) for hit in hits):
                        found.append(ValeProbe(term.id, index, sentence, True))
                found += [ValeProbe(term.id, index, sentence, False) for sentence in probes.iter_hidden_sentences(form)]
        if term.case == "exact" and not (term.only_near or term.never_near):
            wrong = probes.iter_miscased_sentences(normalize_text(term.preferred))
            found += [
                ValeProbe(term.id, None, one, True)
                for one in wrong
                if _is_name_found(matcher, term.id, one, _make_context(term, datetime.date.min))
            ]
        found += [
            ValeProbe(term.id, None, one, False)
            for _, word in _iter_right_names(term)
            for one in probes.iter_negative_sentences(normalize_text(word))
        ]
    return [trial for trial in found if trial.sentence.markdown]


def render_probe_sheets(found: Sequence[ValeProbe]) -> Iterator[tuple[str, list[tuple[int, ValeProbe]]]]:
    """The sentences as Markdown documents, each with the line at which each of its sentences begins."""
    # By place, so that a word is seldom in a document twice: Vale tells such two apart by guessing.
    found = sorted(found, key=lambda trial: trial.sentence.where)
    for start in range(0, len(found), SHEET_SIZE):
        parts, lines, at = [], [], 1
        for trial in found[start : start + SHEET_SIZE]:
            parts.append(f"{trial.sentence.markdown}\n\n")
            lines.append((at, trial))
            at += parts[-1].count("\n")
        yield "".join(parts), lines


def compare_vale_alerts(
    handbook: Handbook, lines: Sequence[tuple[int, ValeProbe]], said: Mapping[int, Sequence[tuple[str, str]]]
) -> Iterator[Finding]:
    """A finding for each sentence of a sheet that Vale judges differently, at the term's line.

    said: for each line of the sheet, what Vale found there: the rule and the words.
    """
    told = set()
    for line, trial in lines:
        word = make_match_key(trial.sentence.word)
        alerts = [one for at in range(line, line + 2) for one in said.get(at, ())]
        alerts = [
            (rule, match) for rule, match in alerts if make_match_key(match) in word or word in make_match_key(match)
        ]
        own = [one for one in alerts if f"{one[0]}.".startswith(f"Brand.{trial.term}.")]
        term = handbook.find_record("terms", trial.term)
        loc: tuple[str | int, ...] = ("preferred",) if trial.number is None else ("avoid", trial.number, "term")
        if term is None or (trial.term, loc) in told or bool(own if trial.must_match else alerts) == trial.must_match:
            continue
        told.add((trial.term, loc))
        verb = "does not flag" if trial.must_match else f"flags, with the rule {alerts[0][0]},"
        message = (
            f'Vale {verb} "{trial.sentence.word}" in {trial.sentence.where}: "{trial.sentence.markdown}". '
            "Vale's rules are made from this record: reword it, or report this to the onevoice project."
        )
        yield handbook.make_record_finding(RULE, "error", term, loc, message, match=trial.sentence.word)
