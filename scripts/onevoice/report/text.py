"""Findings as text for people: what is wrong, the line with a caret below the words, the reason, the link."""

from __future__ import annotations

import textwrap
import unicodedata
from collections import Counter
from collections.abc import Sequence

from onevoice.finding import LEVELS, Finding

COLOURS = {"error": "31", "warning": "33", "suggestion": "36"}
# How many columns an excerpt may take with its margin, how far it stays from the left edge, how wide a tab is.
WIDTH, LEAD, TAB = 80, 24, 4
INDENT = "    "


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def render(findings: Sequence[Finding], *, colour: bool = False, width: int | None = None) -> str:
    """`path:line:column  level  message  [rule]`, then the excerpt, other ways to say it, the reason and the link.

    colour: whether the level and the caret are painted with ANSI codes. width: break what is longer (None: nothing is
    broken, so that a line can be searched, but for reasons); an excerpt is always cut to fit.
    """
    return "".join(f"{line}\n" for finding in findings for line in _lines(finding, colour, width))


def _lines(finding: Finding, colour: bool, width: int | None) -> list[str]:
    place = f"{clean(finding.path)}:{finding.span.line}:{finding.span.column}"
    code = COLOURS[finding.level]
    said = _broken(f"{place}  {finding.level}  {clean(finding.message)}  [{finding.rule}]", "", width)
    head = f"{place}  {finding.level}"
    if said[0].startswith(head):
        said[0] = f"{place}  {_painted(finding.level, code, colour)}{said[0][len(head) :]}"
    if finding.excerpt:
        line, mark = excerpt(finding, min(width or WIDTH, WIDTH) - len(INDENT))
        said += [INDENT + line, INDENT + mark.rstrip().replace(mark.strip(), _painted(mark.strip(), code, colour))]
    missing = [use for use in finding.replacements if use and use not in finding.message]
    if missing:
        said += _broken(f"Better: {' or '.join(map(clean, missing))}", INDENT, width)
    if finding.reason:
        said += _broken(clean(finding.reason), INDENT, width or WIDTH)
    return said + ([INDENT + finding.link] if finding.link else [])


def _broken(text: str, indent: str, width: int | None) -> list[str]:
    if width is None:
        return [indent + text]
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=INDENT, break_long_words=False, break_on_hyphens=False
    ) or [indent]


def excerpt(finding: Finding, width: int) -> tuple[str, str]:
    """The line in which a finding begins, and a line with carets below its words.

    Both fit into `width` columns of a terminal: wide characters take two, invisible ones none, tabs become spaces, and
    a long line is cut with `…` around the words.
    """
    start = finding.span.column - finding.excerpt_column
    end = finding.span.end_column - finding.excerpt_column if finding.span.end_line == finding.span.line else None
    cells, first, last = _cells(finding.excerpt, start, end)
    last = max(min(last, len(cells)), first + 1)
    # Leading white space says nothing.
    left = 0
    while left < min(first, len(cells)) and cells[left] == " ":
        left += 1
    right = len(cells)
    if _wide(cells[left:right]) > width:
        left = max(left, first - LEAD)
        if left:
            while left < first and _wide(cells[left:last]) > width - 2:
                left += 1
        # A word is not cut where there is a space near.
        space = next((at for at in range(left, min(left + LEAD // 2, first)) if left and cells[at] == " "), None)
        left = left if space is None else space + 1
        room = width - 2 * bool(left) - 2
        right = left
        while right < len(cells) and _wide(cells[left : right + 1]) <= room:
            right += 1
    before = "… " if left and any(cell != " " for cell in cells[:left]) else ""
    after = " …" if right < len(cells) else ""
    line = before + "".join(cells[left:right]).rstrip() + after
    mark = " " * (len(before) + _wide(cells[left:first]))
    return line, mark + "^" * max(_wide(cells[first : min(last, right)]), 1)


def _cells(text: str, start: int, end: int | None) -> tuple[list[str], int, int]:
    """The characters of a line as a terminal shows them, one by one, and the range of some of them."""
    cells: list[str] = []
    places = []
    for char in text:
        places.append(len(cells))
        if char == "\t":
            cells += " " * (TAB - _wide(cells) % TAB)
        else:
            cells.append(clean(char))
    places.append(len(cells))
    end = len(text) if end is None else end
    return cells, places[min(max(start, 0), len(text))], places[min(max(end, 0), len(text))]


def _wide(cells: Sequence[str]) -> int:
    return sum(map(_width, cells))


def _width(char: str) -> int:
    if not char or unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clean(text: str) -> str:
    """The text without what steers a terminal: control characters and changes of the writing direction."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":
        return char if char in "\u200c\u200d\u00ad" else ""
    return "\ufffd" if category in ("Cc", "Cs", "Zl", "Zp") else char


def summary(findings: Sequence[Finding]) -> str:
    """How many of each level, such as `2 errors, 1 warning`, or `nothing found`."""
    counts = Counter(finding.level for finding in findings)
    parts = [f"{counts[level]} {level}{'s' * (counts[level] != 1)}" for level in reversed(LEVELS) if counts[level]]
    return ", ".join(parts) or "nothing found"
