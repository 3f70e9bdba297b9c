"""What is wrong with a Vale style, by what the real Vale said of the texts with which it was tried."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onevoice.finding import Finding, Span
from onevoice.vale.prove.cases import ALONE, WHOLE, Style, Text, glue, readings, spaced
from onevoice.vale.prove.sample import plain
from onevoice.vale.prove.style import Entry, Rule

_LIST = re.compile(r"[\w' -]+(?:, ?[\w' -]+)+")


@dataclass
class _Heard:
    """What Vale said of the texts of an entry.

    fired: the samples in which the entry, as a rule of its own, found something; glued: it did so where no space stood
    beside them. own: the words it found. whole: what the rule as it is found there. instead: sample -> the entries that
    a rule of swaps named. rivals: words -> the entries of the rule that find them alone. advised: advice -> rules.
    """

    fired: set[str] = field(default_factory=set)
    glued: bool = False
    own: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    instead: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    rivals: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    advised: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def note(self, style: Style, text: Text, match: str, rule: str, message: str) -> None:
        number = style.entries[text.entry][0]
        if text.advice:
            self.advised[text.sample].add(rule)
        elif rule == f"{ALONE}.e{text.entry}":
            if text.glued:
                self.glued = True
            else:
                self.fired.add(text.sample)
                self.own.add(match)
        elif text.glued:
            return
        elif rule == f"{WHOLE}.r{number}":
            self.whole.add(match)
            if message.startswith("entry "):
                self.instead[text.sample].add(int(message[6:]))
        elif rule.startswith(f"{ALONE}.e") and style.entries[int(rule[len(ALONE) + 2 :])][0] == number:
            self.rivals[match].add(int(rule[len(ALONE) + 2 :]))

    def winners(self) -> set[int]:
        """The entries that speak up in this one's place; none where it speaks up itself."""
        if self.instead:
            return {one for sample in self.fired for one in self.instead[sample]}
        if self.own & self.whole:
            return set()
        return {one for match in self.whole for one in self.rivals.get(match, ())}


def judge(style: Style, alerts: Mapping[str, Iterable[tuple[int, str, str, str]]]) -> list[Finding]:
    """What is wrong with a style, in reading order.

    alerts: for each file name what Vale said: line, words, rule, message.
    """
    heard: dict[int, _Heard] = defaultdict(_Heard)
    for name, lines in style.files.items():
        said: dict[int, list[tuple[str, str, str]]] = {}
        for line, match, rule, message in alerts.get(name, ()):
            said.setdefault(line, []).append((match, rule, message))
        for line, text in lines:
            for at in range(line, line + text.text.count("\n") + 1):
                for match, rule, message in said.get(at, ()):
                    if _overlap(match, text.sample):
                        heard[text.entry].note(style, text, match, rule, message)
    found = [_broken(rule) for rule in style.rules if rule.broken]
    found += [_refused(style.rules[number], entry, why) for number, entry, why in style.refused]
    found += _doubles(style)
    for at, (number, entry) in enumerate(style.entries):
        rule = style.rules[number]
        of = heard[at]
        if not of.fired:
            found.append(_dead(rule, entry, glued=of.glued))
            continue
        winners = [style.entries[one][1] for one in sorted(of.winners())]
        equal = _equal(style, at) if rule.swaps else []
        if winners and all(_size(one) > _size(entry) for one in winners if rule.swaps):
            found.append(_shadowed(rule, entry, winners) if rule.swaps else _shortened(rule, entry, winners))
        elif equal:
            found.append(_drawn(rule, entry, equal))
        if plain(entry.key) and _LIST.fullmatch(entry.key):
            found.append(_listed(rule, entry))
        for advice, rules in of.advised.items():
            if f"{ALONE}.e{at}" in rules:
                message = f'"{entry.key}" says to write "{advice}", and finds that again: who follows it is told twice.'
                found.append(_finding(rule, entry, "contradiction", "error", message))
    return sorted(found, key=lambda finding: finding.sort_key)


def _overlap(match: str, sample: str) -> bool:
    one, other = " ".join(match.split()).casefold(), " ".join(sample.split()).casefold()
    return one in other or other in one


def _equal(style: Style, at: int) -> list[Entry]:
    """The entries of the rule that are as long and begin to find the same words at the same place.

    By what the expressions describe: which of the two Vale takes is another one each time, so that a trial says little.
    """
    number, entry = style.entries[at]
    rule = style.rules[number]
    others = [one for one in rule.entries if one.key != entry.key and _size(one) == _size(entry)]
    fold = str.casefold if rule.fields.get("ignorecase") else str
    texts = [fold(text) for text in readings(rule, entry)] if others else []
    found = []
    for other in others:
        heads = [fold(text) for text in readings(rule, other)]
        if all(any(text.startswith(head) and not text[len(head) :][:1].isalnum() for head in heads) for text in texts):
            found.append(other)
    return found


def _size(entry: Entry) -> int:
    return len(entry.key.encode())


def _finding(rule: Rule, entry: Entry, name: str, level: str, message: str) -> Finding:
    span = Span(entry.line, entry.column, entry.line, entry.column + len(entry.key))
    return Finding(name, level, rule.path, span, entry.key, message)


def _broken(rule: Rule) -> Finding:
    line, column, why = rule.broken
    return Finding(
        "unread", "error", rule.path, Span(line, column, line, column), "", f"This rule cannot be read: {why}"
    )


def _refused(rule: Rule, entry: Entry, why: str) -> Finding:
    why = why.partition(" in `")[0].removeprefix("error parsing regexp: ")
    message = f'Vale cannot read "{entry.key}" ({why}), and stops for every file with any rule of this style. Mend it.'
    return _finding(rule, entry, "unread", "error", message)


def _dead(rule: Rule, entry: Entry, *, glued: bool) -> Finding:
    sample = readings(rule, entry)[0]
    how = f'is found only without a space, as in "{glue(sample)}", not' if glued else "can never fire, not even"
    message = f'"{entry.key}" {how} in "We say{spaced(sample)}here." {_why(rule, entry, sample)}'
    return _finding(rule, entry, "glued" if glued else "dead", "error", message.strip())


def _why(rule: Rule, entry: Entry, sample: str) -> str:
    edges = [sign for sign in (sample[:1], sample[-1:]) if sign and not (sign.isalnum() or sign == "_")]
    if not rule.fields.get("nonword") and edges:
        return (
            f'Vale asks for a word boundary on both sides, and beside "{edges[-1]}" there is none. '
            "Set `nonword: true`, with `\\b` where a word begins or ends."
        )
    if entry.value is not None and entry.value == entry.key:
        return "What it says instead is the same."
    if entry.value is not None and entry.value.casefold() == entry.key.casefold() and not rule.fields.get("ignorecase"):
        return "It differs from what is said instead by capitals only."
    return ""


def _shadowed(rule: Rule, entry: Entry, winners: Sequence[Entry]) -> Finding:
    message = f'"{entry.key}" never speaks up: {_names(winners)} finds the same words, is longer, and is tried first.'
    return _double(rule, entry, winners, message)


def _drawn(rule: Rule, entry: Entry, equal: Sequence[Entry]) -> Finding:
    message = f'"{entry.key}" speaks up by chance: {_names(equal)} is as long, and Vale tries either of them first.'
    return _double(rule, entry, equal, message)


def _double(rule: Rule, entry: Entry, others: Sequence[Entry], message: str) -> Finding:
    if all(other.value == entry.value for other in others):
        return _finding(rule, entry, "shadowed", "suggestion", f"{message} Delete it.")
    return _finding(rule, entry, "shadowed", "warning", f"{message} Keep one of them; they say different things.")


def _names(entries: Sequence[Entry]) -> str:
    return " or ".join(f'"{entry.key}" (line {entry.line})' for entry in entries[:3])


def _shortened(rule: Rule, entry: Entry, winners: Sequence[Entry]) -> Finding:
    names = " or ".join(f'"{winner.key}" (line {winner.line})' for winner in winners[:3])
    message = (
        f'"{entry.key}" never speaks up: Vale tries {names} first, and finds only that. Move it above, or delete it.'
    )
    return _finding(rule, entry, "shadowed", "suggestion", message)


def _listed(rule: Rule, entry: Entry) -> Finding:
    parts = [part.strip() for part in entry.key.split(",")]
    message = (
        f'"{entry.key}" is one phrase, not a list: it is found only where these words stand together, comma and all. '
        f"For any of them write `{'|'.join(parts)}`, or an entry each."
    )
    return _finding(rule, entry, "comma-list", "error", message)


def _doubles(style: Style) -> Iterator[Finding]:
    seen: dict[tuple[int, str], Entry] = {}
    for number, entry in style.entries:
        rule = style.rules[number]
        before = seen.setdefault((number, entry.key), entry)
        if before is entry:
            continue
        silent = " Vale does not run a rule whose key stands twice." if rule.swaps else ""
        message = f'"{entry.key}" stands here again; first on line {before.line}.{silent} Delete one of the two.'
        yield _finding(rule, entry, "double", "error" if rule.swaps else "suggestion", message)
