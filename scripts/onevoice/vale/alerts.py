"""Vale's alerts as our findings: the place, the words, the fix."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from onevoice import limits
from onevoice.finding import Finding, Span
from onevoice.vale import coverage

Alert = Mapping[str, Any]
_WORD = re.compile(r"\w+")
# What may be between two words in Markdown or HTML: signs, where a link leads, a tag, an entity.
_MARKUP = re.compile(r"(?:\]\([^()\n]{0,300}+\)|\]\[[^\[\]\n]{0,300}+\]|<[^<>\n]{0,300}+>|&#?\w{1,8}+;|\W)*+")


def read_alerts(answer: object) -> dict[str, list[Alert]]:
    """What Vale printed as JSON: the alerts by the name of the file. Raises ValueError if it is anything else."""
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    for alerts in answer.values():
        if not isinstance(alerts, list) or not all(map(_is_alert, alerts)):
            raise ValueError("not a list of alerts")
    return answer


def _is_alert(alert: object) -> bool:
    if not isinstance(alert, dict):
        return False
    texts = (alert.get(name) for name in ("Check", "Severity", "Match", "Message", "Link", "Description"))
    action, span, line = alert.get("Action"), alert.get("Span"), alert.get("Line")
    if not isinstance(action, dict) or not isinstance(action.get("Params"), list | None):
        return False
    return (
        all(isinstance(text, str) for text in texts)
        and alert["Severity"] in ("suggestion", "warning", "error")
        and type(line) is int
        and line > 0
        and isinstance(span, list)
        and len(span) == 2
        and all(type(number) is int for number in span)
        and isinstance(action.get("Name"), str)
        and all(isinstance(one, str) for one in action.get("Params") or ())
    )


def convert_alerts(alerts: Sequence[Alert], path: str, text: str) -> list[Finding] | None:
    """The findings on a document with this text; None if no style checks it."""
    places, is_checked = _Places(text), not text.strip()
    findings: list[Finding] = []
    for alert in alerts:
        is_checked = True
        if not coverage.is_coverage_rule(alert["Check"]):
            findings.append(_convert_alert(alert, path, places))
    return findings if is_checked else None


def _convert_alert(alert: Alert, path: str, places: _Places) -> Finding:
    match = alert["Match"]
    span, found = places.locate_match(match, alert["Line"], alert["Span"][0])
    action, params = alert["Action"]["Name"], alert["Action"].get("Params") or []
    replacements: tuple[str, ...] = ()
    # A position that Vale guessed is good enough to read, and not good enough to write at.
    if found and action == "replace":
        replacements = tuple(params)
    elif found and action == "remove":
        replacements = ("",)
    return Finding(
        rule=alert["Check"],
        level=alert["Severity"],
        path=path,
        span=span,
        match=" ".join(match.split()),
        message=alert["Message"],
        replacements=replacements,
        link=alert["Link"],
        reason=alert["Description"],
    )


class _Places:
    """The lines of a text, and where in them words are."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts: dict[tuple[int, str], array[int]] = {}
        self._budget = limits.MAX_SEARCHED_CHARS

    def locate_match(self, match: str, number: int, column: int) -> tuple[Span, bool]:
        """Where the words are, and whether that is certain. Vale counts a byte order mark, and guesses next to code."""
        lines = self._lines
        if number > len(lines):
            return Span(len(lines), 1, len(lines), 1), False
        line = lines[number - 1]
        if not match:
            return Span(number, 1, number, 1), False
        head, *rest = match.split("\n")
        start = self._find_nearest(number, line, head, column - 1)
        if start is None:
            return self._locate_words(match, number, column) or _mark_whole_words(line, head, number, column), False
        if not rest:
            return Span(number, start + 1, number, start + 1 + len(head)), True
        end = number + len(rest)
        if end > len(lines):
            return Span(number, start + 1, number, len(line) + 1), False
        last = lines[end - 1]
        at = last.find(rest[-1])
        return Span(number, start + 1, end, at + len(rest[-1]) + 1 if at >= 0 else len(last) + 1), at >= 0

    def _locate_words(self, match: str, number: int, column: int) -> Span | None:
        """Where the words are if markup is between them; None if they are not there, or have cost too much already."""
        words = _WORD.findall(match)
        size = len(match) + limits.NEAR_CHARS
        if not words or self._budget < 2 * size:
            return None
        self._budget -= 2 * size
        lines = self._lines[number - 1 : number + limits.MAX_MATCH_LINES]
        first = max(column - 1 - size, 0)
        head = lines[0][first : first + 2 * size]
        text = "\n".join([head, *(line[:size] for line in lines[1:])])
        starts = sorted(_list_starts(head, words[0], 0), key=lambda start: abs(first + start - column + 1))
        for start in starts[: limits.MAX_MATCH_STARTS]:
            if (end := _match_words(text, words, start)) is not None:
                below, behind = text.count("\n", 0, end), end - text.rfind("\n", 0, end)
                return Span(number, first + start + 1, number + below, behind if below else first + end + 1)
        return None

    def _find_nearest(self, number: int, line: str, head: str, column: int) -> int | None:
        """Where `head` begins in the line nearest to a column, from 0; None if it is not there.

        Each word is searched for once in a line, and all words together in so many characters: a line may have as many
        words as alerts.
        """
        if not head:
            return min(max(column, 0), len(line))
        if line.startswith(head, max(column, 0)):
            return max(column, 0)
        starts = self._starts.get((number, head))
        if starts is None:
            first, last = 0, len(line)
            if last > self._budget:
                first, last = max(column - limits.NEAR_CHARS, 0), column + limits.NEAR_CHARS
            starts = _list_starts(line[first:last], head, first)
            self._budget -= min(last, len(line)) - first
            if (first, last) == (0, len(line)):
                self._starts[number, head] = starts
        at = bisect_left(starts, column)
        return min(starts[max(at - 1, 0) : at + 1], key=lambda start: abs(start - column), default=None)


def _match_words(text: str, words: Sequence[str], start: int) -> int | None:
    """Where the words end that begin at `start`, with nothing but markup between them; None if they do not."""
    end = start
    if text[max(start - 1, 0) : start].isalnum():
        return None
    for word in words:
        if end > start and (gap := _MARKUP.match(text, end)):
            end = gap.end()
        if not text.startswith(word, end):
            return None
        end += len(word)
    return None if text[end : end + 1].isalnum() else end


def _mark_whole_words(line: str, head: str, number: int, column: int) -> Span:
    """As much of a line as the words are long, from a column on, and no part of a word."""
    start = min(max(column - 1, 0), len(line))
    end = min(start + len(head), len(line))
    # A line may be one long word.
    while start > max(0, column - limits.NEAR_CHARS) and line[start - 1 : start + 1].isalnum():
        start -= 1
    while start < end < min(len(line), start + len(head) + limits.NEAR_CHARS) and line[end - 1 : end + 1].isalnum():
        end += 1
    while start + 1 < end and line[end - 1].isspace():
        end -= 1
    return Span(number, start + 1, number, end + 1)


def _list_starts(line: str, head: str, offset: int) -> array[int]:
    # A long word that repeats itself would be compared at each of its letters.
    step = 1 if len(head) < 32 else len(head)
    starts, at = array("q"), line.find(head)
    while at >= 0:
        starts.append(at + offset)
        at = line.find(head, at + step)
    return starts
