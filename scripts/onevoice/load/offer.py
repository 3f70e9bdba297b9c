"""What someone most likely meant with a value that a record can't have: the value to write instead."""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata

_OPENING, _CLOSING = "\"'“”„‟«»‹›‘’‚`´", "\"'“”‟«»‹›‘’`´"
# Letters that are written with two, and letters that have no plain letter and a mark in them.
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "å": "a", "ł": "l", "đ": "d"}
    | {"ð": "d", "þ": "th", "ı": "i", "&": "-and-", "'": "", "’": ""}
)
_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name
}
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ].*)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.] ?)(\d{1,2})[-/.] ?(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)?[ -]([^\W\d]+)\.?,?[ -](\d{4})")
_MONTH_ONLY = re.compile(r"(?:([^\W\d]+)\.? )?(\d{4})(?:-(\d{1,2}))?")
_SHORT_COLOR, _BARE_COLOR = re.compile(r"#?([0-9a-fA-F]{3})"), re.compile(r"(?:#|0x)?([0-9a-fA-F]{6})(?:[fF]{2})?")
_RGB = re.compile(r"(?:rgba?\()?\s*(\d{1,3})[\s,;]+(\d{1,3})[\s,;]+(\d{1,3})\s*\)?", re.I)


def strip_quotation(text: str) -> str | None:
    """What is between the quotation marks around a text; None if there are none."""
    if len(text) < 3 or text[0] not in _OPENING or text[-1] not in _CLOSING:
        return None
    return text.strip(_OPENING).strip() or None


def offer_slug(text: str) -> str:
    """An id like a text: `groesse` for "Größe"; "a-name" if none of its letters can be in one."""
    spelled = unicodedata.normalize("NFC", text).casefold().translate(_SPELLED)
    # casefold writes ß as ss.
    plain = "".join(char for char in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "a-name"


def offer_color(text: str) -> str | None:
    """The color that a text names in another notation, as `#` and six digits; None if it names none."""
    if short := _SHORT_COLOR.fullmatch(text):
        return "#" + "".join(char * 2 for char in short[1].upper())
    if bare := _BARE_COLOR.fullmatch(text):
        return f"#{bare[1].upper()}"
    if (parts := _RGB.fullmatch(text)) and all(int(part) < 256 for part in parts.groups()):
        return "#" + "".join(f"{int(part):02X}" for part in parts.groups())
    return None


def offer_dates(text: str) -> list[datetime.date]:
    """The days that a text may mean that is not written as YYYY-MM-DD: none, one, or two if nobody can tell."""
    text = " ".join(text.split())
    tries: list[tuple[int, int, int]] = []
    if found := _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text):
        year, first, second = (int(part) for part in found.groups())
        # If the month comes second, as nearly always, nothing else is meant.
        days = _keep_days([(year, first, second)])
        return days or _keep_days([(year, second, first)])
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        year += 2000 if len(found[4]) == 2 else 0
        # With dots, the day comes first everywhere.
        tries = [(year, second, first)] if "." in found[2] else [(year, first, second), (year, second, first)]
    elif (found := _MONTH_FIRST.fullmatch(text)) and (month := _MONTHS.get(found[1].casefold())):
        tries = [(int(found[3]), month, int(found[2]))]
    elif (found := _DAY_FIRST.fullmatch(text)) and (month := _MONTHS.get(found[2].casefold())):
        tries = [(int(found[3]), month, int(found[1]))]
    elif found := _MONTH_ONLY.fullmatch(text):
        month = _MONTHS.get(found[1].casefold(), 0) if found[1] else int(found[3] or 1)
        tries = [(int(found[2]), month, 1)]
    return _keep_days(tries)


def find_last_day(text: str) -> datetime.date | None:
    """The last day of the month of a day that there isn't, such as 2026-02-30; None if that's not it."""
    found = _YEAR_FIRST.fullmatch(text)
    if found is None or int(found[1]) == 0 or not 1 <= int(found[2]) <= 12 or int(found[3]) > 31:
        return None
    year, month = int(found[1]), int(found[2])
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _keep_days(tries: list[tuple[int, int, int]]) -> list[datetime.date]:
    found = []
    for year, month, day in tries:
        try:
            found.append(datetime.date(year, month, day))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def split_list(text: str) -> list[str]:
    """The items of a list that someone wrote as one text, with commas or semicolons; one item if it has none."""
    return [item for part in re.split("[,;]", text) if (item := part.strip())]


def write_list(items: list[str]) -> str:
    """Items as a list in YAML."""
    return f"[{', '.join(_quote_item(item) for item in items)}]"


def _quote_item(item: str) -> str:
    # What is found around an item is no part of it.
    item = strip_quotation(item) or item
    if re.fullmatch(r"[^\W_][^\[\]{},:#\"]*", item):
        return item
    return f'"{item}"' if '"' not in item else "'" + item.replace("'", "''") + "'"
