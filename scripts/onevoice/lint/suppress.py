"""Suppressions: a comment switches a rule off for a part of a document, and says why.

The syntax is Vale's own, so that editors honor it too: `<!-- vale Brand.acme = NO -->` before the text and `= YES`
after it. Next to it, a second comment gives the reason: `<!-- because: it is the legal name -->`. A suppression is a
finding itself if it names no known rule, gives no reason, is never closed or is not needed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onevoice.errors import suggest_known
from onevoice.finding import Finding, Span, sort_findings
from onevoice.matcher.fold import make_match_key

if TYPE_CHECKING:
    from onevoice.prose.block import Comment, Prose

RULE = "Suppression"

_SWITCH = re.compile(
    r"""^\s*vale\s+(?P<rule>[\w.-]+)\s*(?:\[\s*["'](?P<match>.*)["']\s*\])?\s*=\s*(?P<on>YES|NO)\s*$""", re.S
)
_SWITCH_ALL = re.compile(r"^\s*vale\s+(?P<on>on|off)\s*$")
_SWITCH_LIKE = re.compile(r"^\s*vale\b.*(?:=|\bon\b|\boff\b)", re.S | re.I)
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

    def covers_finding(self, finding: Finding) -> bool:
        at = (finding.span.line, finding.span.column)
        return (
            (self.span.end_line, self.span.end_column) <= at
            and (self.end is None or at < self.end)
            and (not self.rule or f"{finding.rule}.".startswith(f"{_shorten_rule(self.rule)}."))
            and (not self.match or make_match_key(finding.match) == make_match_key(self.match))
        )


def _shorten_rule(rule: str) -> str:
    """The rule that a comment means. Vale's `Brand.<term id>.<how>` is a part of ours, `Brand.<term id>`."""
    return ".".join(rule.split(".")[:2]) if rule.startswith("Brand.") else rule


def apply_suppressions(
    prose: Prose, findings: Iterable[Finding], known_rules: Collection[str], judged: Collection[str] = ("Brand",)
) -> list[Finding]:
    """The document's findings without the suppressed ones, and with those about its suppressions; in reading order.

    known_rules: names of rules (`Brand.acme`) and of whole styles (`Google`).
    judged: the styles whose suppressions must be needed. Vale obeys the comments itself, so that for the rules which it
        ran nobody can tell.
    """
    if not prose.comments:
        return list(findings)
    parts, problems = _parse_suppressions(prose)
    kept = []
    for finding in findings:
        covering = [part for part in parts if part.covers_finding(finding)]
        for part in covering:
            part.is_used = True
        if not covering:
            kept.append(finding)
    for part in parts:
        problems += _find_problems(prose, part, known_rules, judged)
    return sort_findings(kept + problems)


def _parse_suppressions(prose: Prose) -> tuple[list[_Suppression], list[Finding]]:
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
        elif off:
            problems.append(_make_problem(prose, span, comment, "warning", "is already off.", "Delete this comment."))
        elif before is None:
            problems.append(_make_problem(prose, span, comment, "warning", "closes nothing.", "Delete this comment."))
        else:
            before.end = (span.line, span.column)
            del running[rule, match]
    return parts, problems


_SWITCH_HELP = "Write `<!-- vale Brand.term = NO -->` before the text and `<!-- vale Brand.term = YES -->` after it."


def _has_reason_beside(prose: Prose, number: int) -> bool:
    """Whether the comment right before or after it says why."""
    comment = prose.comments[number]
    for other in prose.comments[max(number - 1, 0) : number + 2]:
        between = prose.source[comment.end : other.start] + prose.source[other.end : comment.start]
        if other is not comment and not between.strip() and _REASON.match(other.text):
            return True
    return False


def _find_problems(prose: Prose, part: _Suppression, known: Collection[str], judged: Collection[str]) -> list[Finding]:
    out = []

    def add_problem(level: str, what: str, fix: str) -> None:
        out.append(_make_problem(prose, part.span, part.text, level, what, fix))

    style = part.rule.partition(".")[0]
    # Of a style that we write ourselves we know each rule, and its folder is among the styles as well.
    named = any(rule.startswith(f"{style}.") for rule in known)
    if not part.rule:
        add_problem("error", "switches off every rule.", "Name one rule, such as `vale Brand.term = NO`.")
    elif (
        _shorten_rule(part.rule) not in known
        and (named or style not in known)
        and not any(rule.startswith(part.rule + ".") for rule in known)
    ):
        fix = suggest_known(part.rule, sorted(known), "Correct its name.")
        add_problem("error", "names a rule that does not exist.", fix)
    elif not part.is_used and style in judged:
        add_problem("warning", "is not needed: there is nothing to suppress.", "Delete it.")
    if not part.has_reason:
        add_problem("error", "gives no reason.", "Put `<!-- because: ... -->` right after it.")
    if part.end is None:
        close = re.sub(r"\bNO$", "YES", part.text) if part.rule else "vale on"
        add_problem("error", "is never closed.", f"Put `<!-- {close} -->` after the text.")
    return out


def _make_problem(prose: Prose, span: Span, comment: Comment | str, level: str, what: str, fix: str) -> Finding:
    text = " ".join((comment if isinstance(comment, str) else comment.text).split())
    return Finding(RULE, level, prose.path, span, text, f"`{text}` {what} {fix}")
