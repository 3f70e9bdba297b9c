"""Findings as text for people: what is wrong, the line with a caret below the words, the reason, the link."""

from __future__ import annotations

import textwrap
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from onevoice.display import escape_controls, escape_text
from onevoice.finding import LEVELS, Finding
from onevoice.report import PLAIN, ReportContext

COLORS = {"error": "31", "warning": "33", "suggestion": "36"}
# How many columns an excerpt may take with its margin, how far it stays from the left edge, how wide a tab is.
WIDTH, LEAD, TAB = 80, 24, 4
INDENT = "    "


def _paint_text(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text


def render(findings: Sequence[Finding], context: ReportContext = PLAIN) -> str:
    """`path:line:column  level  message  [rule]`, then the excerpt, other ways to say it, the reason and the link.

    On a terminal, what is longer than its width is broken; elsewhere only reasons are, so that a line can be searched.
    An excerpt is always cut to fit.
    """
    lines = (line for finding in findings for line in _render_finding(finding, context.color, context.width))
    return escape_text("".join(f"{line}\n" for line in lines), color=context.color)


def _render_finding(finding: Finding, color: bool, width: int | None) -> list[str]:
    place = f"{escape_controls(finding.path)}:{finding.span.line}:{finding.span.column}"
    code = COLORS[finding.level]
    said = _wrap_lines(f"{place}  {finding.level}  {escape_controls(finding.message)}  [{finding.rule}]", "", width)
    head = f"{place}  {finding.level}"
    if said[0].startswith(head):
        said[0] = f"{place}  {_paint_text(finding.level, code, color)}{said[0][len(head) :]}"
    if finding.excerpt:
        line, mark = render_excerpt(finding, min(width or WIDTH, WIDTH) - len(INDENT))
        said += [INDENT + line, INDENT + mark.rstrip().replace(mark.strip(), _paint_text(mark.strip(), code, color))]
    missing = [use for use in finding.replacements if use and use not in finding.message]
    if missing:
        said += _wrap_lines(f"Better: {' or '.join(map(escape_controls, missing))}", INDENT, width)
    if finding.reason:
        said += _wrap_lines(escape_controls(finding.reason), INDENT, width or WIDTH)
    return said + ([INDENT + finding.link] if finding.link else [])


def _wrap_lines(text: str, indent: str, width: int | None) -> list[str]:
    if width is None:
        return [indent + text]
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=INDENT, break_long_words=False, break_on_hyphens=False
    ) or [indent]


def render_excerpt(finding: Finding, width: int) -> tuple[str, str]:
    """The line in which a finding begins, and a line with carets below its words.

    Both fit into `width` columns of a terminal: wide characters take two, invisible ones none, tabs become spaces, and
    a long line is cut with `…` around the words.
    """
    start = finding.span.column - finding.excerpt_column
    end = finding.span.end_column - finding.excerpt_column if finding.span.end_line == finding.span.line else None
    cells, first, last = _split_cells(finding.excerpt, start, end)
    last = max(min(last, len(cells)), first + 1)
    # How wide all cells up to each are.
    widths: Sequence[int] = range(len(cells) + 1)
    if not isinstance(cells, str):
        widths = [0, *accumulate(map(_measure_character, cells))]
    # Leading white space says nothing.
    left = 0
    while left < min(first, len(cells)) and cells[left] == " ":
        left += 1
    right = len(cells)
    if widths[right] - widths[left] > width:
        left = max(left, first - LEAD)
        if left:
            while left < first and widths[min(last, right)] - widths[left] > width - 2:
                left += 1
        # A word is not cut if there is a space near it.
        space = next((at for at in range(left, min(left + LEAD // 2, first)) if left and cells[at] == " "), None)
        left = left if space is None else space + 1
        room = width - 2 * bool(left) - 2
        right = bisect_right(widths, widths[left] + room) - 1
    before = "… " if left and any(cell != " " for cell in cells[:left]) else ""
    after = " …" if right < len(cells) else ""
    line = before + "".join(cells[left:right]).rstrip() + after
    mark = " " * (len(before) + _measure_cells(cells[left:first]))
    return _escape_excerpt(line, mark + "^" * max(_measure_cells(cells[first : min(last, right)]), 1))


def _escape_excerpt(line: str, mark: str) -> tuple[str, str]:
    """A line and its carets, which move along with the backslashes that a command in the line gets."""
    safe = escape_text(line)
    if safe == line:
        return line, mark
    moved, at, column = "", 0, 0
    for char in safe:
        if char == line[at : at + 1]:
            width = _measure_character(char)
            moved += mark[column : column + width]
            at, column = at + 1, column + width
        else:
            moved += "^" if mark[column - 1 : column + 1] == "^^" else " "
    return safe, moved.rstrip()


def _split_cells(text: str, start: int, end: int | None) -> tuple[Sequence[str], int, int]:
    """The characters of a line as a terminal shows them, one by one, and the range of some of them."""
    if text.isascii() and text.isprintable():
        # Each is one cell.
        return text, min(max(start, 0), len(text)), len(text) if end is None else min(max(end, 0), len(text))
    cells: list[str] = []
    places = []
    width = 0
    for char in text:
        places.append(len(cells))
        added = " " * (TAB - width % TAB) if char == "\t" else escape_controls(char)
        cells += added
        width += _measure_cells(added)
    places.append(len(cells))
    end = len(text) if end is None else end
    return cells, places[min(max(start, 0), len(text))], places[min(max(end, 0), len(text))]


def _measure_cells(cells: Sequence[str]) -> int:
    if isinstance(cells, str):
        return len(cells)
    return sum(map(_measure_character, cells))


@cache
def _measure_character(char: str) -> int:
    if not char or unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def summarize_findings(findings: Sequence[Finding]) -> str:
    """How many of each level, such as `2 errors, 1 warning`, or `no problems found`."""
    counts = Counter(finding.level for finding in findings)
    parts = [f"{counts[level]} {level}{'s' * (counts[level] != 1)}" for level in reversed(LEVELS) if counts[level]]
    return ", ".join(parts) or "no problems found"
