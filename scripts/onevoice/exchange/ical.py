"""Meetings as calendar files (RFC 5545), one per meeting, for any calendar program."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vRecur

from onevoice.handbook.handbook import Handbook
from onevoice.output import Artifact
from onevoice.phrases.catalog import translate_text
from onevoice.records.meeting import Meeting

# Time zone rules are written out for this many years after a meeting's first day.
YEARS_AHEAD = 10


def build_calendar_path(meeting: Meeting) -> str:
    """The site path of a meeting's file."""
    return f"/together/meetings/{meeting.id}.ics"


def write(handbook: Handbook) -> list[Artifact]:
    """A file for each approved meeting, below `docs/`. The same records make the same bytes."""
    return [
        Artifact(f"docs{build_calendar_path(meeting)}", _render_calendar(handbook, meeting))
        for meeting in handbook.list_approved("meetings")
    ]


def _render_calendar(handbook: Handbook, meeting: Meeting) -> bytes:
    brand = handbook.brand
    url = (brand.url or "").rstrip("/")
    zone = ZoneInfo(meeting.time_zone)
    starts = meeting.first_start.replace(tzinfo=zone)
    stamp = meeting.reviewed.date if meeting.reviewed else meeting.first
    event = Event()
    event.add("uid", f"{meeting.id}@{urlsplit(url).hostname or 'handbook.invalid'}")
    event.add("dtstamp", datetime.datetime.combine(stamp, datetime.time(), datetime.UTC))
    event.add("dtstart", starts)
    # A duration instead of an end: on a night when the clocks change, an end would be ambiguous.
    event.add("duration", datetime.timedelta(minutes=meeting.minutes))
    event.add("rrule", build_recurrence(meeting))
    event.add("summary", meeting.name)
    event.add("description", _format_description(meeting, _build_agenda_url(handbook, meeting)))
    if meeting.where:
        event.add("location", meeting.where)
    if url:
        event.add("url", f"{url}{meeting.page_path}")
    calendar = Calendar()
    calendar.add("prodid", f"-//{brand.name}//onevoice//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    last = meeting.first.replace(year=meeting.first.year + YEARS_AHEAD, day=1)
    calendar.add_missing_timezones(first_date=meeting.first, last_date=last)
    text: bytes = calendar.to_ical()
    return text


def _build_agenda_url(handbook: Handbook, meeting: Meeting) -> str:
    """Where to read what has happened since the last one; for customers, about the meeting; "" without an address."""
    url = (handbook.brand.url or "").rstrip("/")
    page = meeting.page_path if handbook.is_public else f"/together/meetings/{meeting.id}/"
    return f"{url}{page}" if url else ""


def build_recurrence(meeting: Meeting) -> vRecur:
    """The meeting's rule; its last day, if it has one, counts until its end on the local clock, as RFC 5545 asks."""
    found: vRecur = vRecur.from_ical(meeting.repeats.upper().removeprefix("RRULE:"))
    if until := found.get("UNTIL"):
        last = until[0]
        if not isinstance(last, datetime.datetime):
            last = datetime.datetime.combine(last, datetime.time(23, 59, 59))
        if last.tzinfo is None:
            last = last.replace(tzinfo=ZoneInfo(meeting.time_zone))
        found["UNTIL"] = [last.astimezone(datetime.UTC)]
    return found


def _format_description(meeting: Meeting, url: str) -> str:
    agenda = [
        f"{index}. {item.topic} ({translate_text('%(minutes)s min', minutes=item.minutes)})"
        for index, item in enumerate(meeting.agenda, 1)
    ]
    bring = [translate_text("Bring: %(things)s", things="; ".join(meeting.bring))] if meeting.bring else []
    return "\n".join([meeting.purpose, "", *agenda, *bring, *([url] if url else [])])
