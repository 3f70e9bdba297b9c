"""Findings as annotations of GitHub Actions: what its log turns into notes next to the lines of a change.

GitHub shows ten errors, ten warnings and ten notices of a step; the others are listed in the log, and all of them in
the summary of the job. Source: "Workflow commands for GitHub Actions" of its documentation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from onevoice.display import encode_path, escape_controls, escape_steering, escape_text
from onevoice.finding import LEVELS, Finding
from onevoice.report import PLAIN, ReportContext

NAMES_FROM_TOP, NEEDS_EXCERPTS = True, False
PAGE_VARIABLE = "GITHUB_STEP_SUMMARY"
COMMANDS = {"error": "error", "warning": "warning", "suggestion": "notice"}
# Annotations of one kind per step; bytes of a summary per step, with room to spare (the limit is 1 MiB).
ANNOTATION_LIMIT, SUMMARY_LIMIT = 10, 900_000


def render(findings: Sequence[Finding], context: ReportContext = PLAIN) -> str:
    """The commands for the most severe findings, and a folded list of those that GitHub would not show."""
    shown: list[Finding] = []
    rest: list[Finding] = []
    for level in reversed(LEVELS):
        of_level = [finding for finding in findings if finding.level == level]
        shown += of_level[:ANNOTATION_LIMIT]
        rest += of_level[ANNOTATION_LIMIT:]
    lines = [_format_command(finding) for finding in shown]
    if rest:
        lines.append(f"::group::{len(rest)} more that GitHub does not show as annotations")
        lines += (_format_log_line(finding) for finding in sorted(rest, key=lambda finding: finding.sort_key))
        lines.append("::endgroup::")
    return "".join(f"{line}\n" for line in lines)


def render_page(findings: Sequence[Finding], context: ReportContext = PLAIN) -> str:
    """All findings as Markdown for the job's summary page, by file; cut if it is too long for GitHub."""
    parts = [f"### {_escape_cell(context.title)}\n"]
    size = len(parts[0].encode())
    for count, (path, group) in enumerate(_group_by_path(findings)):
        rows = [
            f"\n**{_escape_cell(path)}**\n\n| Line | Level | Message |\n| ---: | --- | --- |\n",
            *map(_format_row, group),
        ]
        part = "".join(rows)
        size += len(part.encode())
        if size > SUMMARY_LIMIT:
            files = len({finding.path for finding in findings}) - count
            parts.append(f"\nAnd {files} more file{'s' * (files != 1)}: see the log of this step.\n")
            break
        parts.append(part)
    return "".join(parts)


def _group_by_path(findings: Iterable[Finding]) -> Iterable[tuple[str, list[Finding]]]:
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    return ((path, list(group)) for path, group in groupby(ordered, key=lambda finding: finding.path))


def _format_row(finding: Finding) -> str:
    message = _escape_cell(finding.message)
    reason = f" {_escape_cell(finding.reason)}" if finding.reason else ""
    link = (
        f" [{_escape_cell(finding.rule)}](<{_escape_link(finding.link)}>)"
        if finding.link
        else f" {_escape_cell(finding.rule)}"
    )
    return f"| {finding.span.line} | {finding.level} | {message}{reason}{link} |\n"


def _format_command(finding: Finding) -> str:
    span = finding.span
    values = {"file": escape_steering(encode_path(finding.path)), "line": span.line, "endLine": span.end_line}
    # GitHub takes columns only within one line. Both of its columns are inclusive.
    if span.line == span.end_line:
        values |= {"col": span.column, "endColumn": max(span.end_column - 1, span.column)}
    values["title"] = finding.rule
    parts = ",".join(f"{name}={_escape_property(str(value))}" for name, value in values.items())
    message = escape_text("\n".join(filter(None, (finding.message, finding.reason, finding.link))))
    return f"::{COMMANDS[finding.level]} {parts}::{_escape_data(message)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _format_log_line(finding: Finding) -> str:
    # The level comes first: a line of the log that begins with two colons would be a command.
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    line = " ".join(f"{finding.level}  {place}  {finding.message}  [{finding.rule}]".splitlines())
    return escape_text(escape_controls(line))


def _escape_cell(text: str) -> str:
    """Text for a cell of a Markdown table."""
    text = escape_controls(" ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;")
    for char in "\\`*_[]|~#":
        text = text.replace(char, f"\\{char}")
    return text


def _escape_link(link: str) -> str:
    return link.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
