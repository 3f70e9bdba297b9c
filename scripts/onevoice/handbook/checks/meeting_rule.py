"""A meeting's dates can't be computed.

`repeats` is an iCalendar rule (RFC 5545, RRULE), `time_zone` is a name from the time zone database, and the `first` day
has to match the rule, because calendars always show it. Correct the field that the message names.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Iterator

from onevoice import limits
from onevoice.errors import suggest_known
from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.records.meeting import Meeting

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
RULE_PARTS = {
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "WKST",
    "BYDAY",
    "BYMONTH",
    "BYMONTHDAY",
    "BYSETPOS",
    "BYWEEKNO",
    "BYYEARDAY",
}
# Years in which the calendar repeats itself, and at least how many of them are searched for a meeting's first day.
CYCLE_YEARS, SEARCHED_YEARS = 400, 100
EXAMPLE = "Write it like `FREQ=WEEKLY;BYDAY=MO` (every Monday) or `FREQ=MONTHLY;BYDAY=1TU` (each first Tuesday)."


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each meeting with an invalid rule, an unknown time zone, or a first day that does not match the rule."""
    for meeting in handbook.list_approved("meetings"):
        if zones := _list_other_zones(meeting.time_zone):
            message = f"`{meeting.time_zone}` is not a time zone. {suggest_known(meeting.time_zone, zones)}"
            yield handbook.make_record_finding(
                "meeting-rule", "error", meeting, ("time_zone",), message, match=meeting.time_zone
            )
        problem = _find_problem(meeting)
        if problem:
            field, message = problem
            match = meeting.repeats if field == "repeats" else str(meeting.first)
            yield handbook.make_record_finding("meeting-rule", "error", meeting, (field,), message, match=match)


def _list_other_zones(zone: str) -> list[str]:
    """The time zones that exist, if this is not one of them."""
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        # On a machine without any time zones, none can be called wrong.
        return sorted(zoneinfo.available_timezones())
    return []


def _find_problem(meeting: Meeting) -> tuple[str, str] | None:
    from dateutil.rrule import rrulestr
    from icalendar import vRecur

    rule = meeting.repeats.upper().removeprefix("RRULE:")
    pairs = [part.partition("=")[::2] for part in rule.split(";")]
    parts = dict(pairs)
    # RFC 5545: no part may occur twice, and there may be only one of the two ways to end.
    if len(parts) < len(pairs) or {"COUNT", "UNTIL"} <= parts.keys():
        return "repeats", f"`{meeting.repeats}` has conflicting parts. {EXAMPLE}"
    if parts.get("FREQ") not in FREQUENCIES:
        return "repeats", f"`{meeting.repeats}` does not say how often. {EXAMPLE}"
    counts = [parts[name] for name in ("INTERVAL", "COUNT") if name in parts]
    if (
        not parts.keys() <= RULE_PARTS
        or re.search(r"\s", rule)
        or not all(re.fullmatch("[1-9][0-9]*", n) for n in counts)
    ):
        return "repeats", f"`{meeting.repeats}` is not an iCalendar rule. {EXAMPLE}"
    if any(len(n) > limits.MAX_RULE_DIGITS for n in re.findall(r"\d+", rule.replace(parts.get("UNTIL", " "), ""))):
        return (
            "repeats",
            f"`{meeting.repeats}` has a number that is too large: {limits.MAX_RULE_DIGITS} digits at most. {EXAMPLE}",
        )
    first, last = limits.FIRST_YEAR, limits.LAST_YEAR
    if not first <= meeting.first.year <= last:
        return "first", f"{meeting.first} is not in a year that calendars have. Use one from {first} to {last}."
    if not parts.get("UNTIL", "0") <= f"{last + 1}":
        return "repeats", f"`{meeting.repeats}` ends after the year {last}. Leave out UNTIL if it has no end."
    # A rule that fits no day is followed to the year 9999, for seconds. Every 400 years have the same days.
    shift = (datetime.MAXYEAR - SEARCHED_YEARS - meeting.first.year) // CYCLE_YEARS * CYCLE_YEARS
    if re.match(r"\d{4}", until := parts.get("UNTIL", "")):
        # An end with a time zone cannot be compared with a local time; only the day matters here.
        parts["UNTIL"] = f"{min(int(until[:4]) + shift, datetime.MAXYEAR):04}{until[4:].removesuffix('Z')}"
    moved = meeting.first_start.replace(year=meeting.first.year + shift)
    try:
        # What writes the calendar reads the rule in its own way.
        vRecur.from_ical(rule).to_ical()
        start = next(iter(rrulestr(";".join(f"{key}={value}" for key, value in parts.items()), dtstart=moved)), None)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return "repeats", f"`{meeting.repeats}` is not an iCalendar rule. {EXAMPLE}"
    if start is None:
        return "repeats", f"with `{meeting.repeats}`, the meeting never takes place. {EXAMPLE}"
    if start != moved:
        start = start.replace(year=start.year - shift)
        return "first", (
            f"with `{meeting.repeats}`, there is no meeting on {meeting.first}; the first is on {start:%Y-%m-%d}. "
            "Correct the day or the rule."
        )
    return None
