"""Numbers of a spreadsheet -> what a person sees in the cell, by its number format."""

from __future__ import annotations

import datetime
import functools
import re

# The formats of dates and times that have a number instead of a text.
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"}
# What a format has besides its pattern: texts in quotation marks, colors, conditions, spaces of a width, fillers.
_LITERAL = re.compile(r'"[^"]{0,255}"|\[[^\]]{0,255}\]|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[[hms]+\]", re.I)
_PATTERN = re.compile(r"[#,]{0,40}0[#0,]{0,40}(?:\.(0{1,40}))?(%?)")
# The last day that spreadsheets know, 9999-12-31.
_LAST_DAY = 2_958_465


@functools.lru_cache(maxsize=1024)
def is_date_format(number: int, code: str) -> bool:
    """Whether a number format shows a date or a time."""
    if not code:
        return number in _DATE_FORMATS
    if _ELAPSED.search(code):
        return True
    bare = _LITERAL.sub("", code.split(";")[0])
    return any(letter in bare.lower() for letter in "ymdhs") and "general" not in bare.lower()


def show_date(value: float, since_1904: bool) -> str:
    """A day as YYYY-MM-DD, with the time if there is one; a time alone as HH:MM."""
    if since_1904:
        value += 1462
    if not 0 <= value <= _LAST_DAY:
        return show_number(value, "")
    # Spreadsheets believe in a 29th of February 1900, and count from the day before that year.
    moment = datetime.datetime(1899, 12, 30 if value >= 60 else 31) + datetime.timedelta(days=value)
    moment = (moment + datetime.timedelta(milliseconds=500)).replace(microsecond=0)
    time = f"{moment:%H:%M:%S}".removesuffix(":00")
    if value < 1:
        return time
    return f"{moment:%Y-%m-%d}" if moment.time() == datetime.time() else f"{moment:%Y-%m-%d} {time}"


def show_number(value: float, code: str) -> str:
    """A number as its format shows it: with its leading zeros, its decimals, its percent sign."""
    pattern = _PATTERN.search(_LITERAL.sub("", code.split(";")[0])) if code else None
    if not pattern or abs(value) >= 1e15:
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"
    decimals, percent = len(pattern[1] or ""), pattern[2]
    digits = pattern[0].split(".")[0].replace("%", "")
    text = f"{value * (100 if percent else 1):{',' if ',' in digits else ''}.{decimals}f}"
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, dot, rest = text.partition(".")
    return f"{sign}{whole.zfill(digits.count('0'))}{dot}{rest}{percent}"


def get_format_code(number: int, codes: dict[int, str]) -> str:
    """The text of a number format; "" if it has none."""
    return codes.get(number) or _BUILT_IN.get(number, "")
