"""Suppressions: a comment switches a rule off for a part of a document, and says why.

The syntax is Vale's own, so that editors honor it too: `<!-- vale Brand.acme = NO -->` before the text and `= YES`
after it. Next to it, a second comment gives the reason: `<!-- because: it is the legal name -->`. A suppression of one
of the handbook's rules is a finding itself if it names no rule, gives no reason, is never closed or is not needed.

Comments that switch off everything (`<!-- vale off -->`) or other styles are Vale's alone: they need no reason. The
summary of a run says how many findings they hide.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onevoice import limits
from onevoice.errors import suggest_known
from onevoice.finding import Finding, Span, sort_findings
from onevoice.lint.rules import list_rule_names
from onevoice.matcher.fold import make_match_key

if TYPE_CHECKING:
    from onevoice.prose.block import Comment, Prose

RULE = "Suppression"

_SWITCH = re.compile(
    r"""^\s*vale\s+(?P<rule>[\w.-]+)\s*+(?:\[\s*["'](?P<match>.*)["']\s*+\]\s*+)?=\s*(?P<on>YES|NO)\s*$""", re.S
)
_SWITCH_ALL = re.compile(r"^\s*vale\s+(?P<on>on|off)\s*$")
# Three dashes make another comment of it.
_SWITCH_LIKE = re.compile(r"^-?\s*vale\b.*(?:=|\bon\b|\boff\b)", re.S | re.I)
_REASON = re.compile(r"^\s*because:\s*\S", re.S)


@dataclass
class _Suppression:
    """A part of the document in which a rule is off. rule: "" for all of them. match: only this word, or ""."""

    rule: str
    match: str
    span: Span
    text: str
    has_reason: bool
    end: tuple[int, int] | None = None
    is_used: bool = field(default=False)


class _OpenSuppressions:
    """The suppressions that are in force at a place, as one goes through the document: by what they switch off.

    There may be thousands at once, so that a finding must not look at each.
    """

    def __init__(self, parts: Sequence[_Suppression]) -> None:
        # (place, 0 to begin and 1 to end, number): of a part that ends where it begins, the end comes last.
        events = [(_get_end_place(part.span), 0, number) for number, part in enumerate(parts)]
        events += [(part.end, 1, number) for number, part in enumerate(parts) if part.end is not None]
        self._events = sorted(events, reverse=True)
        self._parts = parts
        # None: whatever the word.
        self._keys = [(_shorten_rule(part.rule), make_match_key(part.match) if part.match else None) for part in parts]
        self._counts: Counter[tuple[str, str | None]] = Counter()
        # Of those in force, the ones that have suppressed nothing so far.
        self._unused: dict[tuple[str, str | None], set[int]] = defaultdict(set)

    def covers_finding(self, finding: Finding) -> bool:
        """Whether one of them suppresses a finding; they are used then. Findings come in the order of their places."""
        self._advance((finding.span.line, finding.span.column))
        if not self._counts:
            return False
        word = make_match_key(finding.match)
        covering = {
            (rule, match)
            for rule in _list_prefixes(finding.rule)
            for match in (None, word)
            if self._counts.get((rule, match))
        }
        for key in covering:
            for number in self._unused.pop(key, ()):
                self._parts[number].is_used = True
        return bool(covering)

    def _advance(self, place: tuple[int, int]) -> None:
        while self._events and self._events[-1][0] <= place:
            _, ends, number = self._events.pop()
            key = self._keys[number]
            self._counts[key] += -1 if ends else 1
            (self._unused[key].discard if ends else self._unused[key].add)(number)


def _get_end_place(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column


def _list_prefixes(rule: str) -> list[str]:
    """What a suppression of this rule may name: nothing, the rule, and what it begins with, such as its style."""
    return ["", *(rule[:at] for at, char in enumerate(f"{rule}.") if char == ".")]


def _shorten_rule(rule: str) -> str:
    """The rule that a comment means. Vale's `Brand.<term id>.<how>` is a part of ours, `Brand.<term id>`."""
    return ".".join(rule.split(".")[:2]) if rule.startswith("Brand.") else rule


def apply_suppressions(
    prose: Prose,
    findings: Iterable[Finding],
    known_rules: Collection[str],
    judged: Collection[str] = ("Brand",),
    unexplained: list[Finding] | None = None,
) -> list[Finding]:
    """The document's findings without the suppressed ones, and with those about its suppressions; in reading order.

    known_rules: names of rules (`Brand.acme`) and of whole styles (`Google`).
    judged: the styles whose suppressions must be needed. Vale obeys the comments itself, so that for the rules which it
        ran nobody can tell.
    unexplained: findings that are suppressed by comments which need give no reason are added here.
    """
    if not prose.comments:
        return list(findings)
    rules = _RuleNames(known_rules)
    parts, problems = _parse_suppressions(prose, rules)
    for is_ours in (True, False):
        mine = [part for part in parts if rules.is_ours(part.rule) is is_ours]
        if not mine:
            continue
        opened = _OpenSuppressions(mine)
        ordered = sorted(findings, key=lambda finding: finding.span)
        findings = [finding for finding in ordered if not opened.covers_finding(finding)]
        if is_ours:
            for part in mine:
                problems += _find_problems(prose, part, rules, judged)
        elif unexplained is not None:
            kept = set(findings)
            unexplained += [finding for finding in ordered if finding not in kept]
    return sort_findings([*findings, *problems])


class _RuleNames:
    """The names of rules and styles that a suppression may name."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = known
        # Of a style that we write ourselves we know each rule, and its folder is among the styles as well.
        self.own_styles = {rule.partition(".")[0] for rule in known if "." in rule}
        self.groups = {prefix for rule in known for prefix in _list_prefixes(rule) if prefix != rule}
        self._fixes: dict[str, str] = {}

    def has_rule(self, name: str) -> bool:
        """Whether there is such a rule, or are such rules, as far as we know the style."""
        style = name.partition(".")[0]
        return (
            _shorten_rule(name) in self.known
            or (style not in self.own_styles and style in self.known)
            or (name in self.groups)
        )

    def is_ours(self, name: str) -> bool:
        """Whether a suppression means a rule of the handbook, rightly written or not."""
        if not name:
            return False
        if name.partition(".")[0] in self.own_styles or name in list_rule_names():
            return True
        return not self.has_rule(name) and self.suggest_fix(name) != _CORRECT_NAME

    def suggest_fix(self, name: str) -> str:
        """What to do about a name that is none: to look for the nearest one takes long, so that many go without."""
        if name not in self._fixes and len(self._fixes) >= limits.MAX_SUGGESTIONS:
            return _CORRECT_NAME
        if name not in self._fixes:
            self._fixes[name] = suggest_known(name, sorted(self.known), _CORRECT_NAME)
        return self._fixes[name]


def _parse_suppressions(prose: Prose, rules: _RuleNames) -> tuple[list[_Suppression], list[Finding]]:
    parts: list[_Suppression] = []
    problems: list[Finding] = []
    running: dict[tuple[str, str], _Suppression] = {}
    for number, comment in enumerate(prose.comments):
        span = prose.locate_span(comment.start, comment.end)
        switch, everything = _SWITCH.match(comment.text), _SWITCH_ALL.match(comment.text)
        if switch is None and everything is None:
            if _SWITCH_LIKE.match(comment.text):
                problems.append(
                    _make_problem(prose, span, comment, "error", "is not a switch that Vale understands.", _SWITCH_HELP)
                )
            continue
        rule, match = (switch["rule"], switch["match"] or "") if switch else ("", "")
        off = switch["on"] == "NO" if switch else everything is not None and everything["on"] == "off"
        before = running.get((rule, match))
        if off and before is None:
            part = _Suppression(rule, match, span, comment.text.strip(), _has_reason_beside(prose, number))
            running[rule, match] = part
            parts.append(part)
        elif not rules.is_ours(rule):
            if before and not off:
                before.end = (span.line, span.column)
                del running[rule, match]
        elif off:
            problems.append(_make_problem(prose, span, comment, "warning", "is already off.", "Delete this comment."))
        elif before is None:
            problems.append(_make_problem(prose, span, comment, "warning", "closes nothing.", "Delete this comment."))
        else:
            before.end = (span.line, span.column)
            del running[rule, match]
    return parts, problems


_CORRECT_NAME = "Correct its name."
_SWITCH_HELP = "Write `<!-- vale Brand.term = NO -->` before the text and `<!-- vale Brand.term = YES -->` after it."


def _has_reason_beside(prose: Prose, number: int) -> bool:
    """Whether the comment right before or after it says why."""
    comment = prose.comments[number]
    for other in prose.comments[max(number - 1, 0) : number + 2]:
        between = prose.source[comment.end : other.start] + prose.source[other.end : comment.start]
        # A line of a quotation or a comment may begin in between.
        if other is not comment and not between.strip(" \t\r\n>") and _REASON.match(other.text):
            return True
    return False


def _find_problems(prose: Prose, part: _Suppression, rules: _RuleNames, judged: Collection[str]) -> list[Finding]:
    out = []

    def add_problem(level: str, what: str, fix: str) -> None:
        out.append(_make_problem(prose, part.span, part.text, level, what, fix))

    style = part.rule.partition(".")[0]
    if not rules.has_rule(part.rule):
        add_problem("error", "names a rule that does not exist.", rules.suggest_fix(part.rule))
    elif not part.is_used and style in judged:
        add_problem("warning", "is not needed: there is nothing to suppress.", "Delete it.")
    if not part.has_reason:
        add_problem("error", "gives no reason.", "Put `<!-- because: ... -->` right after it.")
    if part.end is None:
        closed = re.sub(r"\bNO$", "YES", part.text)
        add_problem("error", "is never closed.", f"Put `<!-- {closed} -->` after the text.")
    return out


def _make_problem(prose: Prose, span: Span, comment: Comment | str, level: str, what: str, fix: str) -> Finding:
    text = " ".join((comment if isinstance(comment, str) else comment.text).split())
    return Finding(RULE, level, prose.path, span, text, f"`{text}` {what} {fix}")
