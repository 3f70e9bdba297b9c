"""What the meetings of the next week will talk about, for the digest: the same as on their pages."""

from __future__ import annotations

import datetime

from onevoice.exchange.mail import MeetingNews
from onevoice.handbook.handbook import Handbook
from onevoice.phrases.catalog import format_date, translate_text
from onevoice.site.agenda import build_agenda_path, iter_news, plan_agenda
from onevoice.site.view import View

AHEAD = datetime.timedelta(weeks=1)


def list_meeting_news(handbook: Handbook, today: datetime.date) -> list[MeetingNews]:
    """The agendas of the meetings in the next week that have anything new, soonest first."""
    view = View(handbook, today, lambda path, text, written: text, lambda text: [])
    agendas = [plan_agenda(view, meeting) for meeting in handbook.list_approved("meetings")]
    soon = [(one.following, one) for one in agendas if one.following and one.following <= today + AHEAD]
    return [
        MeetingNews(
            translate_text("Agenda: %(name)s", name=f"{one.meeting.name}, {format_date(day)}"),
            build_agenda_path(one.meeting),
            tuple(iter_news(view, one)),
        )
        for day, one in sorted(soon, key=lambda row: (row[0], row[1].meeting.id))
        if one.has_news
    ]
