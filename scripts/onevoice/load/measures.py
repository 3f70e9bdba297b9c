"""The weekly figures in `content/metrics/*.csv` -> measures with their places, and what is wrong with them.

Every line has the same five columns, so that Git merges two people's exports line by line.
"""

from __future__ import annotations

import csv
import datetime
import functools
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from onevoice import limits
from onevoice.finding import Finding, Span
from onevoice.load.walk import METRICS, read_csv_files
from onevoice.records.measure import COLUMNS, SIDES, Measure

HEADER = ",".join(COLUMNS)
_RECORD = re.compile(r"[a-z]+/[^\s/](?:[^\n]{0,199})")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_VALUE = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
# What Git writes around lines that two people have changed.
CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
# Where each is written: file and line.
Places = dict[Measure, tuple[str, int]]


def read_measures(root: Path) -> tuple[Places, list[Finding]]:
    """All measures of a handbook by file and line, and every problem. A handbook without such files has none."""
    reading = read_csv_files(root, METRICS)
    measures: Places = {}
    findings = [_report(name, 1, 1, message) for _, name, message in reading.problems]
    keys: dict[tuple[str, ...], tuple[str, int]] = {}
    for _, name, data in reading.files:
        found, problems = parse_measures(name, data)
        for line, measure in found:
            if before := keys.get(measure.key):
                message = f"the same figure is already in {before[0]}:{before[1]}. Delete one of the two lines."
                problems.append(_report(name, line, 1, message))
            else:
                keys[measure.key] = measures[measure] = (name, line)
        findings += problems[: limits.MAX_ERRORS]
    return measures, findings


def parse_measures(name: str, data: bytes) -> tuple[list[tuple[int, Measure]], list[Finding]]:
    """The measures in a file with their lines, and what is wrong in it."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        return [], [
            _report(
                name,
                data[: error.start].count(b"\n") + 1,
                1,
                "a character here isn't UTF-8. Save the file as CSV UTF-8.",
            )
        ]
    if not lines or lines[0].strip() != HEADER:
        return [], [_report(name, 1, 1, f"the first line must be `{HEADER}`. Add it, with nothing else in that line.")]
    found: list[tuple[int, Measure]] = []
    problems: list[Finding] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            cells = next(csv.reader([line], strict=True)) if '"' in line else line.split(",")
        except csv.Error as error:
            problems.append(_report(name, number, 1, f"this line isn't CSV ({error}). Correct its quotation marks."))
            continue
        problem = _find_problem(line, cells)
        if problem:
            column, message = problem
            problems.append(_report(name, number, _find_column(line, column), message))
        else:
            found.append((number, make_measure(cells)))
    return found, problems


def write_measures(measures: Sequence[Measure]) -> bytes:
    """A file with these measures, sorted."""
    lines = sorted(",".join((*map(_quote, one[:3]), show_value(one.value), one.side)) for one in measures)
    return "\n".join((HEADER, *lines, "")).encode()


def make_measure(cells: Sequence[str]) -> Measure:
    """The measure that the cells of a line say."""
    number = float(cells[3])
    return Measure(cells[0], cells[1], cells[2], int(number) if number.is_integer() else number, cells[4])


def show_value(value: float) -> str:
    """A number as the files have it: `12`, or `4.25`."""
    return str(int(value)) if float(value).is_integer() else f"{value:.6f}".rstrip("0")


@functools.lru_cache(maxsize=4096)
def is_week(text: str) -> bool:
    """Whether a text is a week of the calendar, such as `2026-W53`."""
    match = _WEEK.fullmatch(text)
    if not match or not limits.FIRST_YEAR <= int(match[1]) <= limits.LAST_YEAR:
        return False
    # The 28th of December is always in the last week.
    return 1 <= int(match[2]) <= datetime.date(int(match[1]), 12, 28).isocalendar().week


def _find_problem(line: str, cells: Sequence[str]) -> tuple[int, str] | None:
    """What is wrong in a line, and in which of its cells."""
    if CONFLICT.match(line):
        return 0, "Git couldn't merge this place. Keep the lines that are right, and delete this one."
    if len(cells) != len(COLUMNS):
        return 0, f"this line has {len(cells)} values instead of {len(COLUMNS)}. Write `{HEADER}`."
    record, measure, week, value, side = cells
    if not _RECORD.fullmatch(record):
        return 0, f"`{record}` is no record. Write its kind and id, such as `assets/first-two-weeks`."
    if not measure.strip() or len(measure) > limits.MAX_NAME_BYTES:
        return 1, "the measure is missing or too long. Write what is counted, such as `views`."
    if not is_week(week):
        return 2, f"`{week}` is no week. Write it as in `2026-W48`."
    if not _VALUE.fullmatch(value) or not math.isfinite(float(value)):
        return 3, f"`{value}` is no number. Write digits with a period before decimals, such as `4.25`."
    if side not in SIDES:
        return 4, f"`{side}` is no side. Write `sales` or `marketing`, or nothing."
    return None


def _find_column(line: str, cell: int) -> int:
    """The column in which a cell begins."""
    return next((at for number, at in enumerate(_iter_starts(line)) if number == cell), 1)


def _iter_starts(line: str) -> Iterator[int]:
    yield 1
    is_quoted = False
    for at, character in enumerate(line, 2):
        if character == '"':
            is_quoted = not is_quoted
        elif character == "," and not is_quoted:
            yield at


def _quote(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if '"' in cell or "," in cell else cell


def _report(name: str, line: int, column: int, message: str) -> Finding:
    return Finding(METRICS, "error", name, Span(line, column, line, column), "", message)
