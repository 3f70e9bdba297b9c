"""A baseline lists something that is no longer there.

A baseline records what was already wrong, so that you can fix old texts little by little: `onevoice lint --baseline
FILE` reports only what is new. Each entry is one line: the file, the rule, the words, the fingerprint of their
sentence, and how often. Entries are sorted, so that two people's changes merge. An entry names no line, so text may
move; a rewritten sentence loses its entry. Counts only go down: once something is fixed, `onevoice baseline update
FILE` removes it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, Span
from onevoice.matcher.fold import make_match_key

RULE = "stale-baseline"
# What YAML does not take as it is, or would take for a line end.
_HIDDEN = re.compile("[\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
HEAD = """\
# Known findings. onevoice does not report them again, unless there are more of them than recorded here.
# Each line has a file, a rule, the words, a fingerprint of their sentence, and a count. Do not add lines;
# `onevoice baseline update` removes what has been fixed.
"""


class EntryKey(NamedTuple):
    """What an entry is about."""

    path: str
    rule: str
    match: str
    fingerprint: str


@dataclass(frozen=True)
class Baseline:
    """The counts by what they are about, and the line of the file at which each is written."""

    counts: dict[EntryKey, int]
    lines: dict[EntryKey, int]


def parse_baseline(path: str, text: str) -> Baseline:
    """A baseline from its file. Raises OnevoiceError, naming the line, if it is not one."""
    counts: dict[EntryKey, int] = {}
    lines: dict[EntryKey, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if not line.startswith("- "):
                raise ValueError
            *key, count = json.loads(line[2:])
            if len(key) != 4 or not all(isinstance(part, str) for part in key) or type(count) is not int or count < 1:
                raise ValueError
        except (ValueError, TypeError, RecursionError):
            raise OnevoiceError(
                f"{path}:{number}: this is not a baseline entry. Delete the line, or delete the file and "
                "create it again with `onevoice baseline update`."
            ) from None
        # Two lines of one entry come from a merge: the smaller count is what both have reached.
        counts[EntryKey(*key)] = min(count, counts.get(EntryKey(*key), count))
        lines[EntryKey(*key)] = number
    return Baseline(counts, lines)


def render_baseline(counts: dict[EntryKey, int]) -> str:
    """The file of a baseline: valid YAML, one entry per line, sorted."""
    entries = (json.dumps([*key, count], ensure_ascii=False) for key, count in sorted(counts.items()) if count)
    return HEAD + "".join(f"- {_HIDDEN.sub(_escape_hidden, entry)}\n" for entry in entries)


def _escape_hidden(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def build_entry_key(finding: Finding, name: Callable[[str], str]) -> EntryKey:
    """What a finding counts as. name: a path as the user named it to the path that the baseline has."""
    return EntryKey(name(finding.path), finding.rule, make_match_key(finding.match), finding.fingerprint)


class BaselineDiff(NamedTuple):
    """What a baseline leaves of a run.

    new_findings: the findings that it does not cover. remaining_counts: what is still there of it. resolved_counts: the
    entries, with how many fewer there are now, of files that were linted or are no more.
    """

    new_findings: list[Finding]
    remaining_counts: dict[EntryKey, int]
    resolved_counts: dict[EntryKey, int]


def compare_baseline(
    baseline: Baseline, findings: Iterable[Finding], linted: Collection[str], missing: Callable[[str], bool],
    ran: Callable[[str], bool] = lambda rule: True, name: Callable[[str], str] = lambda path: path,
) -> BaselineDiff:  # fmt: skip
    """Take the baseline from the findings.

    linted: the paths of all files that were linted, as the baseline names them. missing: whether a path of the baseline
    no longer exists; its entries then cover the same sentences in other files, as after a renaming. ran: whether a rule
    was asked at all; of others nothing can be said.
    """
    room = Counter(baseline.counts)
    moved: Counter[tuple[str, str, str]] = Counter()
    for entry, count in baseline.counts.items():
        if entry.path not in linted and missing(entry.path):
            moved[entry[1:]] += count
            room[entry] = 0
    new = []
    left: Counter[EntryKey] = Counter()
    for finding in findings:
        entry = build_entry_key(finding, name)
        if room[entry] > 0:
            room[entry] -= 1
            left[entry] += 1
        elif moved[entry[1:]] > 0:
            moved[entry[1:]] -= 1
            left[entry] += 1
        else:
            new.append(finding)
    gone: dict[EntryKey, int] = {}
    for entry, count in baseline.counts.items():
        if not ran(entry.rule):
            left[entry] = count
            continue
        if entry.path in linted:
            fewer = room[entry]
        elif missing(entry.path):
            fewer = min(moved[entry[1:]], count)
            moved[entry[1:]] -= fewer
        else:
            left[entry] = count
            continue
        if fewer > 0:
            gone[entry] = fewer
    return BaselineDiff(new, dict(left), gone)


def report_stale_entries(path: str, baseline: Baseline, gone: dict[EntryKey, int]) -> list[Finding]:
    """A suggestion for each entry of which less is left than it says, at its line of the baseline's file."""
    found = []
    for entry, fewer in gone.items():
        line = baseline.lines[entry]
        count = baseline.counts[entry] - fewer
        rest = f"only {count} of {count + fewer} are left" if count else "it has been fixed"
        what = f'"{entry.match}"' if entry.match else "a finding"
        message = f"{what} in {entry.path} ({entry.rule}): {rest}. Run `onevoice baseline update` with the same paths."
        found.append(Finding(RULE, "suggestion", path, Span(line, 1, line, 1), "", message))
    return found
