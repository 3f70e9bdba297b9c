"""The text of a cell -> a number or a day. The order of day and month is proven by the column, or refused."""

from __future__ import annotations

import contextlib
import datetime
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.tables.shape import Found

_SPACES = re.compile("[ '’\u00a0\u202f\u2009]")
_GROUPED = re.compile(r"-?\d{1,3}([.,])\d{3}(?:\1\d{3}){0,5}")
_WHOLE = re.compile(r"(-?\d{1,15})(?:[.,]0{1,6})?")
_DECIMAL = re.compile(r"-?\d{1,15}(?:[.,]\d{1,9})?")
_DATE = re.compile(
    r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})\.?"
    r"(?:[T, ]{1,3}(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)? ?(?:([AaPp])\.? ?[Mm]\.?)?)?"
    r" ?(?:Z|(?:UTC|GMT)?(?: ?[+-]\d{1,2}(?::?\d{2})?)?)"
)
# Neither a phone number nor an address is as short.
_SHOWN = re.compile(
    r"-?[\d.,%]{1,9}|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?|#[A-Z0-9/]{1,8}[!?]?"
)
# How many different texts of a column are remembered.
_MAX_KNOWN = 20_000
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_ORDER_FIX = "Export it with dates such as 2026-11-28, or a longer period, in which a day above 12 settles it."


def show_cell(text: str) -> str:
    """What a message shows of a cell: short numbers, days and errors. A word may be a name: its place is enough."""
    if _SHOWN.fullmatch(text):
        return f"`{text}`"
    return "a formula" if text.startswith("=") else "this text"


def read_count(found: Found, row: int, column: int, text: str) -> int:
    """How often something happened. Raises OnevoiceError with the cell's place."""
    count = _parse_count(text)
    if count is None:
        raise found.make_error(row, column, f"{show_cell(text)} is no count", _explain_number(text, "a whole number"))
    if count < 0:
        raise found.make_error(row, column, f"{show_cell(text)} is below zero", "Correct it, or export again.")
    return count


@functools.lru_cache(maxsize=16_384)
def _parse_count(text: str) -> int | None:
    bare = _SPACES.sub("", text)
    if not bare:
        return 0
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "").replace(".", "")
    match = _WHOLE.fullmatch(bare)
    return int(match[1]) if match else None


def read_number(found: Found, row: int, column: int, text: str, decimal: str = "") -> float:
    """A number with decimals. decimal: their sign, if a map says it; a text such as `1,234` is refused without.

    Raises OnevoiceError with the cell's place.
    """
    bare = _SPACES.sub("", text).removesuffix("%")
    if decimal:
        bare = bare.replace("." if decimal == "," else ",", "")
    elif "," in bare and "." in bare:
        other = min(",.", key=bare.rfind)
        bare = bare.replace(other, "")
    elif _GROUPED.fullmatch(bare):
        said = f"{show_cell(text)} may be thousands or decimals"
        raise found.make_error(row, column, said, 'Write `decimal: "."` or `decimal: ","` into the map.')
    if not _DECIMAL.fullmatch(bare):
        raise found.make_error(row, column, f"{show_cell(text)} is no number", _explain_number(text, "a number"))
    return float(bare.replace(",", "."))


def _explain_number(text: str, what: str) -> str:
    if text.startswith("="):
        return "Save the file with values instead."
    if text.startswith("#"):
        return "It's an error of the spreadsheet. Correct its formula."
    return f"Write {what}, or export again."


@dataclass
class DateColumn:
    """The days in one column.

    order: "day" or "month" for what comes first where a day and a month could be either; "" if none could.
    """

    found: Found
    column: int
    order: str = ""
    _settled: bool = False
    _known: dict[str, datetime.datetime] = field(default_factory=dict)

    def read_time(self, row: int, cells: Sequence[str]) -> datetime.datetime | None:
        """The moment that a row says, in whichever time zone the export has; None if the cell is empty or missing.

        Raises OnevoiceError with the cell's place.
        """
        text = cells[self.column] if 0 <= self.column < len(cells) else ""
        moment = self._known.get(text)
        if moment is None and (bare := text.strip()):
            moment = self._parse_time(row, bare)
            if not limits.FIRST_YEAR <= moment.year <= limits.LAST_YEAR:
                said = f"is not in a year from {limits.FIRST_YEAR} to {limits.LAST_YEAR}"
                raise self._make_error(row, bare, said)
            if len(self._known) < _MAX_KNOWN:
                self._known[text] = moment
        return moment

    def _parse_time(self, row: int, text: str) -> datetime.datetime:
        if text[4:5] == "-":
            with contextlib.suppress(ValueError):
                # What most tools write.
                moment = datetime.datetime.fromisoformat(text)
                return moment.replace(tzinfo=None) if moment.tzinfo else moment
        parts = self._match(row, text)
        if isinstance(parts, datetime.datetime):
            return parts
        first, second, year, rest = parts
        if not self._settled:
            self._settle_order()
        if (second if self.order == "day" else first) > 12 >= (first if self.order == "day" else second):
            raise self._make_error(row, text, "has another order of day and month than the dates above")
        day, month = (first, second) if self.order == "day" else (second, first)
        return self._make_time(row, text, year, month, day, rest)

    def _match(self, row: int, text: str) -> datetime.datetime | tuple[int, int, int, re.Match[str]]:
        """A moment, or its parts if the order of day and month is open."""
        if compact := _COMPACT.fullmatch(text):
            return self._make_time(row, text, int(compact[1]), int(compact[2]), int(compact[3]), None)
        match = _DATE.fullmatch(text)
        if not match:
            raise self._make_error(row, text, "is no date that we know")
        first, sign, second, last = int(match[1]), match[2], int(match[3]), int(match[4])
        if len(match[1]) == 4:
            return self._make_time(row, text, first, second, last, match)
        year = last + 2000 if len(match[4]) == 2 else last
        if sign == ".":
            return self._make_time(row, text, year, second, first, match)
        return first, second, year, match

    def _settle_order(self) -> None:
        """Find the order of the column by its first date that tells. Raises OnevoiceError if none does."""
        self._settled = True
        open_row = 0, ""
        for row, cells in self.found.iter_rows():
            text = self.found.get_cell(cells, self.column).strip()
            if not text or text[4:5] == "-":
                continue
            try:
                parts = self._match(row, text)
            except OnevoiceError:
                continue  # It's told when the row is read.
            if isinstance(parts, datetime.datetime):
                continue
            first, second, _, _ = parts
            self.order = "day" if first > 12 else "month" if second > 12 else ""
            if self.order:
                break
            if first != second and not open_row[0]:
                open_row = row, text
        if not self.order and open_row[0]:
            raise self._make_error(*open_row, "may be day and month or month and day: no date in this column tells")
        if self.order:
            name = self.found.names[self.column]
            said = f"{name}: the {self.order} comes first, as a number above 12 shows."
            if said not in self.found.said:
                self.found.said.append(said)
        self.order = self.order or "day"

    def _make_time(
        self, row: int, text: str, year: int, month: int, day: int, match: re.Match[str] | None
    ) -> datetime.datetime:
        hour, minute = (int(match[5] or 0), int(match[6] or 0)) if match else (0, 0)
        if match and match[8]:
            hour = hour % 12 + (12 if match[8] in "pP" else 0)
        try:
            return datetime.datetime(year, month, day, hour, minute, int(match[7] or 0) if match else 0)
        except ValueError:
            raise self._make_error(row, text, "is no day of the calendar, or no time") from None

    def _make_error(self, row: int, text: str, said: str) -> OnevoiceError:
        return self.found.make_error(row, self.column, f"{show_cell(text)} {said}", _ORDER_FIX)
