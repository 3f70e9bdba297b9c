"""What customers said, in `content/quotes/*.csv` -> quotes with their places, and what is wrong with them.

Every line is one quote, so that Git merges two people's exports line by line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from onevoice import limits
from onevoice.finding import Finding, Span
from onevoice.load.measures import CONFLICT, is_week
from onevoice.load.walk import QUOTES, read_csv_files
from onevoice.records.quote import ABOUT, COLUMNS, Quote

HEADER = ",".join(COLUMNS)
# Of a form, a persona or a stage. The first becomes the name of a file.
_NAME = re.compile(r"[\w-]{0,200}")
_ID = re.compile(r"q[0-9a-f]{10}")
# What a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@")
# Where each is written: file and line.
Places = dict[Quote, tuple[str, int]]


def read_quotes(root: Path) -> tuple[Places, list[Finding]]:
    """All quotes of a handbook by file and line, and every problem. A handbook without such files has none."""
    reading = read_csv_files(root, QUOTES)
    quotes: Places = {}
    findings = [_report(name, 1, message) for _, name, message in reading.problems]
    known: dict[str, tuple[str, int]] = {}
    for _, name, data in reading.files:
        found, problems = parse_quotes(name, data)
        for line, quote in found:
            if before := known.get(quote.id):
                message = f"the same quote is already in {before[0]}:{before[1]}. Delete one of the two lines."
                problems.append(_report(name, line, message))
            else:
                known[quote.id] = quotes[quote] = (name, line)
        findings += problems[: limits.MAX_ERRORS]
    return quotes, findings


def parse_quotes(name: str, data: bytes) -> tuple[list[tuple[int, Quote]], list[Finding]]:
    """The quotes in a file with their lines, and what is wrong in it."""
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
        return [], [_report(name, at, "a character here isn't UTF-8. Save the file as CSV UTF-8.")]
    if lines[0].strip() != HEADER:
        return [], [_report(name, 1, f"the first line must be `{HEADER}`. Add it, with nothing else in that line.")]
    found: list[tuple[int, Quote]] = []
    problems: list[Finding] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            cells = next(csv.reader([line.rstrip("\r")], strict=True))
        except csv.Error as error:
            problems.append(_report(name, number, f"this line isn't CSV ({error}). Correct its quotation marks."))
            continue
        if problem := _find_problem(line, cells):
            problems.append(_report(name, number, problem))
        else:
            found.append((number, Quote(*cells)))
    return found, problems


def write_quotes(quotes: Iterable[Quote]) -> bytes:
    """A file with these quotes, sorted."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *sorted(quotes)])
    return stream.getvalue().encode()


def _find_problem(line: str, cells: Sequence[str]) -> str:
    """What is wrong in a line; "" if nothing is. What a customer said isn't repeated."""
    if CONFLICT.match(line):
        return "Git couldn't merge this place. Keep the lines that are right, and delete this one."
    if len(cells) != len(COLUMNS):
        return f"this line has {len(cells)} values instead of {len(COLUMNS)}. Write `{HEADER}`."
    quote = Quote(*cells)
    if not is_week(quote.week):
        return "the week is missing or wrong. Write it as in `2026-W48`."
    if quote.about not in ABOUT:
        return "the third value says what it's about. Write `pain` or `objection`."
    if not quote.form or not all(map(_NAME.fullmatch, (quote.form, quote.persona, quote.stage))):
        return "the form, the persona or the stage isn't an id. Write it as in its record, such as `sales-lead`."
    if not _ID.fullmatch(quote.id):
        return "the id isn't one that `onevoice data add` writes. Add the form's export again."
    if not quote.words.strip() or len(quote.words) > limits.MAX_QUOTE_CHARS:
        return f"the words are missing, or more than {limits.MAX_QUOTE_CHARS} characters. Shorten them."
    if quote.words.startswith(FORMULA):
        return "a spreadsheet would take these words for a formula. Delete the sign that they begin with."
    return ""


def _report(name: str, line: int, message: str) -> Finding:
    return Finding(QUOTES, "error", name, Span(line, 1, line, 1), "", message)
