"""What is wrong with a Vale style, by what the real Vale said of the texts that it was tested with."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from onevoice.finding import Finding, Span
from onevoice.vale.prove.cases import (
    ALONE,
    WHOLE,
    StyleTrial,
    TrialCase,
    glue_sample,
    is_fair_trial,
    is_raw,
    pad_sample,
)
from onevoice.vale.prove.sample import is_plain_expression
from onevoice.vale.prove.style import StyleEntry, StyleRule

_COMMA_LIST = re.compile(r"[\w'-]+(?:, ?[\w'-]+)+")
_SIGN = re.compile(r"[\\^$*+?()\[\]{}]")
# With these, words and commas are a phrase: "win, lose or draw".
_PHRASE_WORDS = frozenset(("and", "or", "nor", "not", "no", "but", "the", "a", "an", "of", "to", "be", "oh"))


@dataclass(frozen=True)
class StyleVerdict:
    """What is wrong with a style, in reading order.

    suspects: what was never found, as entry and one of its alternatives, or "". untested: the entries of which our
    texts prove nothing. never_run: the entries of rules that Vale does not run.
    """

    findings: list[Finding]
    suspects: list[tuple[int, str]]
    untested: list[int]
    never_run: list[int]


@dataclass
class _EntryAlerts:
    """What Vale said of the texts of an entry.

    matched_samples: the samples in which the entry, as a rule of its own, found something; fires_glued: it did so with
    no space next to them. own_matches: the words it found; matches_by_sample: those in each sample. whole_matches: what
    the rule as it is found there. winners_by_sample: sample -> the entries that a rule of swaps named.
    rivals_by_match: words -> the entries of the rule that find them alone. rules_by_advice: advice -> rules.
    """

    matched_samples: set[str] = field(default_factory=set)
    fires_glued: bool = False
    own_matches: set[str] = field(default_factory=set)
    matches_by_sample: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    whole_matches: set[str] = field(default_factory=set)
    winners_by_sample: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    rivals_by_match: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    rules_by_advice: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add_alert(self, style: StyleTrial, text: TrialCase, match: str, rule: str, message: str) -> None:
        number = style.entries[text.entry][0]
        if text.is_advice:
            self.rules_by_advice[text.sample].add(rule)
        elif rule == f"{ALONE}.e{text.entry}":
            if text.is_glued:
                self.fires_glued = True
            else:
                self.matched_samples.add(text.sample)
                self.own_matches.add(match)
                self.matches_by_sample[text.sample].add(match)
        elif text.is_glued:
            return
        elif rule == f"{WHOLE}.r{number}":
            self.whole_matches.add(match)
            if message.startswith("entry "):
                self.winners_by_sample[text.sample].add(int(message[6:]))
        elif rule.startswith(f"{ALONE}.e") and style.entries[int(rule[len(ALONE) + 2 :])][0] == number:
            self.rivals_by_match[match].add(int(rule[len(ALONE) + 2 :]))

    def find_winners(self) -> set[int]:
        """The entries that fire in place of this one; none if it fires itself."""
        if self.winners_by_sample:
            return {one for sample in self.matched_samples for one in self.winners_by_sample[sample]}
        if self.own_matches & self.whole_matches:
            return set()
        return {one for match in self.whole_matches for one in self.rivals_by_match.get(match, ())}


def judge_style(
    style: StyleTrial,
    alerts: Mapping[str, Iterable[tuple[int, str, str, str]]],
    acquitted: Collection[tuple[int, str]] = (),
) -> StyleVerdict:
    """What is wrong with a style.

    alerts: for each file name what Vale said: line, words, rule, message. acquitted: suspects that were found in texts
    of their own.
    """
    heard = _hear_alerts(style, alerts)
    for at, sample in acquitted:
        heard[at].matched_samples.add(sample or style.samples[at][0])
    found = [_report_broken_rule(rule, rule.parse_error) for rule in style.rules if rule.parse_error]
    found += [_report_refused_entry(style.rules[number], entry, why) for number, entry, why in style.unreadable_entries]
    doubles = list(_report_duplicates(style))
    found += [finding for _, finding in doubles]
    # Vale reads swaps into a table, and a key that is there twice is no table.
    silent = {number for number, _ in doubles if style.rules[number].is_substitution}
    suspects: list[tuple[int, str]] = []
    untested: list[int] = []
    equal_entries = _EqualEntries(style)
    for at, (number, entry) in enumerate(style.entries):
        rule = style.rules[number]
        of = heard[at]
        if not style.samples[at]:
            message = "This entry is empty: it lists no word. Delete it."
            found.append(_make_entry_finding(rule, entry, "unread", "error", message))
            continue
        if number in silent:
            continue
        if not of.matched_samples:
            fair = next((sample for sample in style.samples[at] if is_fair_trial(style, at, sample)), None)
            if fair is None:
                untested.append(at)
            else:
                suspects.append((at, ""))
                found.append(_report_dead_entry(rule, entry, fair, glued=of.fires_glued))
            continue
        for word in style.alternatives[at]:
            if word not in of.matched_samples and not _is_accepted(rule, entry, word):
                suspects.append((at, word))
                found.append(_report_dead_alternative(rule, entry, word))
        found += _report_short_alternatives(style, at, of)
        winners = [style.entries[one][1] for one in sorted(of.find_winners())]
        equal = equal_entries.find_entries(at) if rule.is_substitution else []
        if winners and all(_measure_entry(one) > _measure_entry(entry) for one in winners if rule.is_substitution):
            found.append(
                _report_shadowed_entry(rule, entry, winners)
                if rule.is_substitution
                else _report_shortened_entry(rule, entry, winners)
            )
        elif equal:
            found.append(_report_tied_entry(rule, entry, equal))
        if _is_comma_list(rule, entry):
            found.append(_report_comma_list(rule, entry))
        for advice, rules in of.rules_by_advice.items():
            if f"{ALONE}.e{at}" in rules:
                message = (
                    f'"{entry.key}" says to write "{advice}", but flags that too: '
                    "following the advice triggers the same finding again."
                )
                found.append(_make_entry_finding(rule, entry, "contradiction", "error", message))
    never_run = [at for at, (number, _) in enumerate(style.entries) if number in silent]
    return StyleVerdict(sorted(found, key=lambda finding: finding.sort_key), suspects, untested, never_run)


def _hear_alerts(
    style: StyleTrial, alerts: Mapping[str, Iterable[tuple[int, str, str, str]]]
) -> dict[int, _EntryAlerts]:
    heard: dict[int, _EntryAlerts] = defaultdict(_EntryAlerts)
    for name, lines in style.files.items():
        said: dict[int, list[tuple[str, str, str]]] = {}
        by_check: dict[str, list[tuple[str, str]]] = {}
        for line, match, check, message in alerts.get(name, ()):
            said.setdefault(line, []).append((match, check, message))
            by_check.setdefault(check, []).append((match, message))
        for line, text in lines:
            if is_raw(style.rules[style.entries[text.entry][0]]):
                # Vale guesses where in a whole file something is.
                check = f"{ALONE}.e{text.entry}"
                for match, message in by_check.get(check, ()):
                    if _words_overlap(match, text.sample) and not text.is_glued:
                        heard[text.entry].add_alert(style, text, match, check, message)
                continue
            for at in range(line, line + text.text.count("\n") + 1):
                for match, check, message in said.get(at, ()):
                    if _words_overlap(match, text.sample):
                        heard[text.entry].add_alert(style, text, match, check, message)
    return heard


def _is_accepted(rule: StyleRule, entry: StyleEntry, word: str) -> bool:
    """Whether a word is right as it is: the entry says to write it, or the rule excepts it."""
    exceptions = rule.fields.get("exceptions")
    right = [*_list_options(entry), *(map(str, exceptions) if isinstance(exceptions, list) else ())]
    return any(word.casefold() == one.casefold() for one in right) or any(map(_SIGN.search, right))


def _list_options(entry: StyleEntry) -> list[str]:
    return re.split(r"(?<!\\)\|", entry.value) if entry.value else []


def _report_dead_alternative(rule: StyleRule, entry: StyleEntry, word: str) -> Finding:
    message = (
        f'"{entry.key}" never finds "{word}", not even in "We say{pad_sample(word)}here." '
        f"{_explain_dead_entry(rule, entry, word)}"
    )
    return _make_entry_finding(rule, entry, "dead", "error", message.strip())


def _report_short_alternatives(style: StyleTrial, at: int, of: _EntryAlerts) -> Iterator[Finding]:
    """A finding for each alternative in place of which a shorter one is found, since that comes first or it is dead."""
    number, entry = style.entries[at]
    rule, words = style.rules[number], style.alternatives[at]
    for place, word in enumerate(words):
        matches = {match.casefold() for match in of.matches_by_sample.get(word, ())}
        other = next((index for index, one in enumerate(words) if matches == {one.casefold()}), place)
        if other == place or len(words[other]) >= len(word):
            continue
        if other > place:
            yield _report_dead_alternative(rule, entry, word)
        else:
            message = (
                f'"{entry.key}" finds only "{words[other]}" in "{word}", because "{words[other]}" comes first. '
                "Put the longer one first, or delete it."
            )
            yield _make_entry_finding(rule, entry, "shadowed", "suggestion", message)


def _is_comma_list(rule: StyleRule, entry: StyleEntry) -> bool:
    """Whether an entry with commas is surely meant as several words, and no phrase such as "no pain, no gain"."""
    if not (is_plain_expression(entry.key) and _COMMA_LIST.fullmatch(entry.key)):
        return False
    parts = [part.strip().casefold() for part in entry.key.split(",")]
    if len({*parts}) < len(parts) or _PHRASE_WORDS & {*parts}:
        return False
    if all(len(one) > 3 and one[:4] == other[:4] for one, other in pairwise(parts)):
        return True
    return rule.is_substitution and len(parts) > 2 and "," not in (entry.value or "")


def _words_overlap(match: str, sample: str) -> bool:
    one, other = " ".join(match.split()).casefold(), " ".join(sample.split()).casefold()
    return one in other or other in one


class _EqualEntries:
    """The entries of a rule that are as long as another and begin to find the same words at the same place.

    By what the expressions describe: which of the two Vale takes is another one each time, so that a trial says little.
    """

    def __init__(self, style: StyleTrial) -> None:
        self._style = style
        # By the rule, the length of the entry, and a text that it describes.
        self._owners: dict[tuple[int, int, str], set[int]] = defaultdict(set)
        for at, (number, entry) in enumerate(style.entries):
            if style.rules[number].is_substitution:
                for text in self._list_texts(at):
                    self._owners[number, _measure_entry(entry), text].add(at)

    def find_entries(self, at: int) -> list[StyleEntry]:
        """Those that compete with the entry of this number."""
        number, entry = self._style.entries[at]
        common: set[int] | None = None
        for text in self._list_texts(at):
            heads = (end for end in range(1, len(text) + 1) if not text[end : end + 1].isalnum())
            owners = set().union(*(self._owners.get((number, _measure_entry(entry), text[:end]), ()) for end in heads))
            common = owners if common is None else common & owners
            if not common:
                return []
        others = (self._style.entries[one][1] for one in sorted(common or ()))
        return [one for one in others if one.key != entry.key]

    def _list_texts(self, at: int) -> list[str]:
        number, _ = self._style.entries[at]
        fold = str.casefold if self._style.rules[number].fields.get("ignorecase") else str
        return [fold(text) for text in self._style.samples[at]]


def _measure_entry(entry: StyleEntry) -> int:
    return len(entry.key.encode())


def _make_entry_finding(rule: StyleRule, entry: StyleEntry, name: str, level: str, message: str) -> Finding:
    span = Span(entry.line, entry.column, entry.line, entry.column + len(entry.key))
    return Finding(name, level, rule.path, span, entry.key, message)


def _report_broken_rule(rule: StyleRule, error: tuple[int, int, str]) -> Finding:
    line, column, why = error
    return Finding(
        "unread", "error", rule.path, Span(line, column, line, column), "", f"This rule cannot be read: {why}"
    )


def _report_refused_entry(rule: StyleRule, entry: StyleEntry, why: str) -> Finding:
    why = why.partition(" in `")[0].removeprefix("error parsing regexp: ")
    message = f'Vale cannot read "{entry.key}" ({why}), and stops at every file that uses this style. Fix it.'
    return _make_entry_finding(rule, entry, "unread", "error", message)


def _report_dead_entry(rule: StyleRule, entry: StyleEntry, sample: str, *, glued: bool) -> Finding:
    how = f'fires only without a space, as in "{glue_sample(sample)}", not' if glued else "never fires, not even"
    message = f'"{entry.key}" {how} in "We say{pad_sample(sample)}here." {_explain_dead_entry(rule, entry, sample)}'
    return _make_entry_finding(rule, entry, "glued" if glued else "dead", "error", message.strip())


def _explain_dead_entry(rule: StyleRule, entry: StyleEntry, sample: str) -> str:
    edges = [sign for sign in (sample[:1], sample[-1:]) if sign and not (sign.isalnum() or sign == "_")]
    if not rule.fields.get("nonword") and edges:
        return (
            f'Vale requires a word boundary on both sides, and there is none next to "{edges[-1]}". '
            "Set `nonword: true`, and add `\\b` where a word begins or ends."
        )
    if entry.value is not None and entry.value == entry.key:
        return "Its replacement is the same text."
    if entry.value is not None and entry.value.casefold() == entry.key.casefold() and not rule.fields.get("ignorecase"):
        return "It differs from its replacement only in capitalization."
    return ""


def _report_shadowed_entry(rule: StyleRule, entry: StyleEntry, winners: Sequence[StyleEntry]) -> Finding:
    others = _format_entries(winners)
    message = f'"{entry.key}" never matches: {others} finds the same words, is longer, and is tried first.'
    return _make_overlap_finding(rule, entry, winners, message)


def _report_tied_entry(rule: StyleRule, entry: StyleEntry, equal: Sequence[StyleEntry]) -> Finding:
    message = (
        f'"{entry.key}" fires only by chance: {_format_entries(equal)} is just as long, and Vale may try either first.'
    )
    return _make_overlap_finding(rule, entry, equal, message)


def _make_overlap_finding(rule: StyleRule, entry: StyleEntry, others: Sequence[StyleEntry], message: str) -> Finding:
    if all(other.value == entry.value for other in others):
        return _make_entry_finding(rule, entry, "shadowed", "suggestion", f"{message} Delete it.")
    return _make_entry_finding(
        rule, entry, "shadowed", "warning", f"{message} Keep one of them: they have different replacements."
    )


def _format_entries(entries: Sequence[StyleEntry]) -> str:
    return " or ".join(f'"{entry.key}" (line {entry.line})' for entry in entries[:3])


def _report_shortened_entry(rule: StyleRule, entry: StyleEntry, winners: Sequence[StyleEntry]) -> Finding:
    names = " or ".join(f'"{winner.key}" (line {winner.line})' for winner in winners[:3])
    message = (
        f'"{entry.key}" never fires: Vale tries {names} first, and finds only that. Move this entry up, or delete it.'
    )
    return _make_entry_finding(rule, entry, "shadowed", "suggestion", message)


def _report_comma_list(rule: StyleRule, entry: StyleEntry) -> Finding:
    parts = [part.strip() for part in entry.key.split(",")]
    message = (
        f'"{entry.key}" is one phrase, not a list: it matches only the whole phrase, commas included. '
        f"To match any of the words, write `{'|'.join(parts)}`, or one entry for each."
    )
    return _make_entry_finding(rule, entry, "comma-list", "error", message)


def _report_duplicates(style: StyleTrial) -> Iterator[tuple[int, Finding]]:
    """Each entry that is there twice, with the number of its rule."""
    counts = Counter(number for number, _ in style.entries)
    seen: dict[tuple[int, str], StyleEntry] = {}
    for number, entry in style.entries:
        rule = style.rules[number]
        before = seen.setdefault((number, entry.key), entry)
        if before is entry:
            continue
        silent = (
            f" Vale does not run a rule with a duplicate key: none of the {counts[number]} entries here is ever found."
            if rule.is_substitution
            else ""
        )
        message = f'"{entry.key}" appears twice; it is first on line {before.line}.{silent} Delete one of the two.'
        level = "error" if rule.is_substitution else "suggestion"
        yield number, _make_entry_finding(rule, entry, "double", level, message)
