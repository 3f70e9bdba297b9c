"""Calendar files, read back by a library: the same meetings, at the same hour also after the clock has changed."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from handbooks import ROOT
from onevoice.exchange import ical
from onevoice.handbook.checks import meeting_rule
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.site import schedule

BOOK = Handbook(load_folder(ROOT))
FILES = {artifact.path: artifact.data for artifact in ical.write(BOOK)}
MEETINGS = [pytest.param(meeting, id=meeting.id) for meeting in BOOK.list_approved("meetings")]


def read(meeting):
    """The calendar of a meeting, its one event, and its time zone as the file itself describes it."""
    calendar = Calendar.from_ical(FILES[f"docs/together/meetings/{meeting.id}.ics"])
    [event], [zone] = calendar.walk("VEVENT"), calendar.walk("VTIMEZONE")
    return calendar, event, zone


def occurrences(meeting, until):
    """The local beginnings of a meeting until a day, by the rule in its file."""
    _, event, _ = read(meeting)
    first = event["dtstart"].dt.replace(tzinfo=None)
    parts = {**event["rrule"]}
    parts.pop("UNTIL", None)
    rule = type(event["rrule"])(parts).to_ical().decode()
    return list(rrulestr(rule, dtstart=first).between(first, until, inc=True))


@pytest.mark.parametrize("meeting", MEETINGS)
def test_the_file_says_what_the_record_says(meeting):
    calendar, event, zone = read(meeting)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Ferrywell//onevoice//EN")
    assert event["summary"] == meeting.name
    assert event["dtstart"].dt == meeting.first_start.replace(tzinfo=ZoneInfo(meeting.time_zone))
    assert event["duration"].dt == datetime.timedelta(minutes=meeting.minutes)
    assert str(event["dtstart"].params["TZID"]) == str(zone["tzid"]) == meeting.time_zone
    assert event["uid"] == f"{meeting.id}@handbook.ferrywell.example"
    assert event["url"] == f"https://handbook.ferrywell.example/together/meetings/#{meeting.id}"
    text = str(event["description"])
    assert meeting.purpose in text
    assert [item.topic for item in meeting.agenda if item.topic not in text] == []


@pytest.mark.parametrize("meeting", MEETINGS)
def test_the_hour_stays_when_the_clock_changes(meeting):
    _, _, zone = read(meeting)
    in_file = zone.to_tz()
    days = occurrences(meeting, datetime.datetime(2027, 12, 31))
    assert len(days) > 4
    assert {f"{day:%H:%M}" for day in days} == {meeting.time}
    offsets = set()
    for day in days:
        named, described = day.replace(tzinfo=ZoneInfo(meeting.time_zone)), day.replace(tzinfo=in_file)
        assert described.utcoffset() == named.utcoffset(), day
        offsets.add(named.utcoffset())
    assert len(offsets) == 2, "no change of the clock was crossed"


def test_monday_is_monday_before_and_after_the_clock_changes():
    [monday] = [meeting for meeting in BOOK.list_approved("meetings") if meeting.id == "monday"]
    days = occurrences(monday, datetime.datetime(2026, 11, 10))
    utc = [day.replace(tzinfo=ZoneInfo("America/New_York")).astimezone(datetime.UTC) for day in days]
    # The clock goes back on 2026-11-01.
    assert [f"{day:%m-%d %H:%M}" for day in utc] == [
        "10-05 13:30", "10-12 13:30", "10-19 13:30", "10-26 13:30", "11-02 14:30", "11-09 14:30",
    ]  # fmt: skip


def test_the_same_records_make_the_same_bytes():
    assert {artifact.path: artifact.data for artifact in ical.write(Handbook(load_folder(ROOT)))} == FILES


@pytest.mark.parametrize(
    ("repeats", "until"),
    [
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261130", "20261201T045959Z"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261130T120000", "20261130T170000Z"),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261130T120000Z", "20261130T120000Z"),
    ],
)
def test_the_last_day_is_one_of_the_local_calendar(repeats, until):
    [monday] = [meeting for meeting in BOOK.list_approved("meetings") if meeting.id == "monday"]
    rule = ical.build_recurrence(monday.model_copy(update={"repeats": repeats})).to_ical().decode()
    assert f"UNTIL={until}" in rule


PIECES = [
    "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=", "INTERVAL=2", "INTERVAL=0", "INTERVAL=x",
    "COUNT=3", "COUNT=0", "COUNT=-1",
    "UNTIL=20271231", "UNTIL=20271231T100000Z", "UNTIL=tomorrow", "BYDAY=MO", "BYDAY=1MO,-1FR",
    "BYDAY=0MO", "BYDAY=99MO", "BYDAY=MONDAY", "BYDAY=", "BYMONTH=2", "BYMONTH=13", "BYMONTHDAY=15", "BYMONTHDAY=-1",
    "BYMONTHDAY=0", "BYSETPOS=1", "BYSETPOS=0", "BYWEEKNO=20", "BYYEARDAY=100", "BYYEARDAY=400", "WKST=SU", "WKST=XX",
    "BYEASTER=0", "BYWEEKDAY=MO", "RRULE:FREQ=WEEKLY", "X=1", "", "=",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4))
def test_whatever_rule_the_check_lets_through_can_be_written(pieces):
    [monday] = [meeting for meeting in BOOK.list_approved("meetings") if meeting.id == "monday"]
    meeting = monday.model_copy(update={"repeats": ";".join(pieces)})
    problem = meeting_rule._find_problem(meeting)
    assert problem is None or problem[0] in ("repeats", "first")
    if problem is None:
        written = ical.build_recurrence(meeting).to_ical().decode()
        assert written.startswith("FREQ=")
        assert not {"INTERVAL=0", "COUNT=0", "BYEASTER=0"} & set(pieces)
        assert schedule.describe_recurrence(meeting)
