"""Handoffs counted again by a plain script: minute by minute, lead by lead, and the same numbers come out."""

import datetime
import random
import statistics

import pytest

from tables.exports import read, write

HEADER = ["Record ID", "Became a MQL Date", "Became a SQL Date", "Became a Recycled Date", "Return Reason"]
HOLIDAY = datetime.date(2026, 11, 25)
MINUTE = datetime.timedelta(minutes=1)


def make_leads(seed):
    """Leads as (given, taken, returned, reason), each moment or None."""
    chance = random.Random(seed)
    for _ in range(60):
        given = datetime.datetime(2026, 11, 9) + chance.randrange(14 * 24 * 60) * MINUTE
        answer = given + chance.choice([30, 200, 241, 1000, 4000]) * MINUTE
        way = chance.randrange(5)
        reason = chance.choice(["Not now", "not a FIT", "They were rude", ""])
        yield given, answer if way < 3 else None, answer if way == 3 else None, reason if way == 3 else ""


def show_moment(moment):
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def count_working_minutes(start, end):
    """From 9 to 17, Monday to Friday, but on the holiday."""
    count = 0
    while start < end:
        count += start.weekday() < 5 and 9 <= start.hour < 17 and start.date() != HOLIDAY
        start += MINUTE
    return count


def recount(leads):
    """What each week must say."""
    latest = max(moment for lead in leads for moment in lead[:3] if moment)
    weeks = {}
    for given, taken, returned, reason in leads:
        year, number, _ = given.isocalendar()
        week = weeks.setdefault(f"{year}-W{number}", {"count": 0, "in-time": 0, "late": 0, "open": 0, "hours": []})
        answer = taken or returned
        minutes = count_working_minutes(given, answer or latest)
        week["count"] += 1
        if answer:
            week["hours"].append(minutes / 60)
            week["in-time" if minutes <= 240 else "late"] += 1
        else:
            week["late" if minutes > 240 else "open"] += 1
        if returned:
            name = {"not now": "Not now", "not a fit": "Not a fit"}.get(reason.lower(), "no agreed reason")
            week[f"returned:{name}"] = week.get(f"returned:{name}", 0) + 1
    for week in weeks.values():
        week["median-hours"] = round(statistics.median(week.pop("hours")), 2)
    return {name: week for name, week in weeks.items() if week["count"] >= 5}


@pytest.mark.parametrize("seed", range(5))
def test_every_number_equals_a_plain_recount(seed):
    leads = list(make_leads(seed))
    rows = [[str(at), *map(show_moment, lead[:3]), lead[3]] for at, lead in enumerate(leads)]
    found = {}
    for one in read("leads.csv", write([HEADER, *rows])).measures:
        assert one.record == "handoffs/mql-to-first-call"
        found.setdefault(one.week, {})[one.measure] = one.value
    assert len(found) >= 2 and found == recount(leads)
