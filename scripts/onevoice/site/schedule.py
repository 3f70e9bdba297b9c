"""When a meeting takes place, in words."""

from __future__ import annotations

import datetime
import re

from dateutil.rrule import rrulestr

from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.records.meeting import Meeting

DAY_NAMES = {
    "MO": mark_text("Monday"), "TU": mark_text("Tuesday"), "WE": mark_text("Wednesday"), "TH": mark_text("Thursday"),
    "FR": mark_text("Friday"), "SA": mark_text("Saturday"), "SU": mark_text("Sunday"),
}  # fmt: skip
ORDINALS = {
    "1": mark_text("The first %(days)s"),
    "2": mark_text("The second %(days)s"),
    "3": mark_text("The third %(days)s"),
    "4": mark_text("The fourth %(days)s"),
    "5": mark_text("The fifth %(days)s"),
    "-1": mark_text("The last %(days)s"),
}
UNIT_NAMES = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
EVERY = {
    "day": mark_text("every day"),
    "week": mark_text("every week"),
    "month": mark_text("every month"),
    "year": mark_text("every year"),
}
EVERY_FEW = {
    "day": mark_text("every %(count)s days"),
    "week": mark_text("every %(count)s weeks"),
    "month": mark_text("every %(count)s months"),
    "year": mark_text("every %(count)s years"),
}
# (one, several) of each unit of a length of time, as `Handoff.clock` has it.
CLOCK_UNITS = {
    "minute": (mark_text("%(num)s minute"), mark_text("%(num)s minutes")),
    "hour": (mark_text("%(num)s hour"), mark_text("%(num)s hours")),
    "day": (mark_text("%(num)s day"), mark_text("%(num)s days")),
    "week": (mark_text("%(num)s week"), mark_text("%(num)s weeks")),
    "working minute": (mark_text("%(num)s working minute"), mark_text("%(num)s working minutes")),
    "working hour": (mark_text("%(num)s working hour"), mark_text("%(num)s working hours")),
    "working day": (mark_text("%(num)s working day"), mark_text("%(num)s working days")),
    "working week": (mark_text("%(num)s working week"), mark_text("%(num)s working weeks")),
}
SUPPORTED_PARTS = {"FREQ", "INTERVAL", "BYDAY", "WKST"}


def describe_recurrence(meeting: Meeting) -> str:
    """The rule of a meeting as people say it; a rule with rarer parts is quoted as written."""
    rule = meeting.repeats.upper().removeprefix("RRULE:")
    parts = dict(part.partition("=")[::2] for part in rule.split(";") if part)
    days = [(day[:-2], DAY_NAMES.get(day[-2:], "")) for day in parts.get("BYDAY", "").split(",") if day]
    unit, every = UNIT_NAMES.get(parts.get("FREQ", "")), parts.get("INTERVAL", "1")
    nth = {number for number, _ in days}
    if not unit or parts.keys() - SUPPORTED_PARTS or not all(name for _, name in days) or len(nth) > 1:
        return translate_text("Repeats by the rule %(rule)s", rule=rule)
    names = translate_text(" and ").join(translate_text(name) for _, name in days)
    number = ORDINALS.get(next(iter(nth), "").removeprefix("+"))
    often = translate_text(EVERY[unit]) if every == "1" else translate_text(EVERY_FEW[unit], count=every)
    if unit == "month" and number:
        which = translate_text(number, days=names)
        return translate_text("%(days)s of every month", days=which) if every == "1" else f"{which}, {often}"
    if unit == "week" and days and nth == {""}:
        return translate_text("Every %(days)s", days=names) if every == "1" else f"{names}, {often}"
    return often.capitalize() if not days else translate_text("Repeats by the rule %(rule)s", rule=rule)


def describe_clock(clock: str) -> str:
    """A length of time as people say it. clock: as a handoff has it, such as `4 working hours`."""
    number, _, unit = clock.partition(" ")
    one, several = CLOCK_UNITS[unit.removesuffix("s")]
    message = one if number == "1" else several
    return translate_text(message, num=number)


def find_neighbors(meeting: Meeting, today: datetime.date) -> tuple[datetime.date | None, datetime.date | None]:
    """The last day of a meeting before today, and the next from today on; None if there's none."""
    text = meeting.repeats.upper().removeprefix("RRULE:")
    # An end with a time zone cannot be compared with a local time.
    rule = rrulestr(re.sub(r"(UNTIL=[0-9T]{8,15})Z", r"\1", text), dtstart=meeting.first_start)
    midnight = datetime.datetime.combine(today, datetime.time())
    before, after = rule.before(midnight), rule.after(midnight, inc=True)
    return before.date() if before else None, after.date() if after else None
