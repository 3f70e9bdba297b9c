"""When a meeting takes place, in words."""

from __future__ import annotations

from onevoice.records.meeting import Meeting

DAY_NAMES = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
    "SU": "Sunday",
}  # fmt: skip
ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}
UNIT_NAMES = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
SUPPORTED_PARTS = {"FREQ", "INTERVAL", "BYDAY", "WKST"}


def describe_recurrence(meeting: Meeting) -> str:
    """The rule of a meeting as people say it; a rule with rarer parts is quoted as written."""
    rule = meeting.repeats.upper().removeprefix("RRULE:")
    parts = dict(part.partition("=")[::2] for part in rule.split(";") if part)
    days = [(day[:-2], DAY_NAMES.get(day[-2:], "")) for day in parts.get("BYDAY", "").split(",") if day]
    unit, every = UNIT_NAMES.get(parts.get("FREQ", "")), parts.get("INTERVAL", "1")
    nth = {number for number, _ in days}
    if not unit or parts.keys() - SUPPORTED_PARTS or not all(name for _, name in days) or len(nth) > 1:
        return f"Repeats by the rule {rule}"
    names = " and ".join(name for _, name in days)
    number = ORDINALS.get(next(iter(nth), "").removeprefix("+"))
    often = f"every {unit}" if every == "1" else f"every {every} {unit}s"
    if unit == "month" and number:
        return f"The {number} {names} of {often}" if every == "1" else f"The {number} {names}, {often}"
    if unit == "week" and days and nth == {""}:
        return f"Every {names}" if every == "1" else f"{names}, {often}"
    return often.capitalize() if not days else f"Repeats by the rule {rule}"
