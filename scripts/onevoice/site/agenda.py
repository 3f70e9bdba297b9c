"""A page per meeting with what has happened since the last one: the meeting's agenda, written by the records."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator

from markupsafe import Markup, escape

from onevoice.handbook.figures import find_week_start
from onevoice.handbook.news import get_quotes
from onevoice.handbook.usage import Queries
from onevoice.handbook.ways import list_transitions
from onevoice.output import Artifact
from onevoice.pains.answer import Pain
from onevoice.phrases.catalog import format_number, translate_text
from onevoice.records import Record
from onevoice.records.meeting import Meeting
from onevoice.records.proof import Proof
from onevoice.records.request import Request
from onevoice.records.term import Term
from onevoice.site import measured, schedule
from onevoice.site.view import View

# What a meeting without an earlier one looks back on.
FIRST_LOOK = datetime.timedelta(weeks=4)
MOST_WORDS = 5


@dataclasses.dataclass(frozen=True)
class Agenda:
    """What has happened since a meeting's last one, and what to decide in the next.

    since: the day of the last one. following: the day of the next, None if there's none. weeks: those whose figures are
    new. words: (term, how often in those weeks).
    """

    meeting: Meeting
    since: datetime.date
    following: datetime.date | None
    weeks: tuple[str, ...]
    handoffs: tuple[measured.HandoffFigures, ...]
    kpis: tuple[measured.KpiFigures, ...]
    words: tuple[tuple[Term, float], ...]
    requests: tuple[Request, ...]
    missed: tuple[tuple[str, float], ...]
    pains: tuple[Pain, ...]
    claims: tuple[Proof, ...]
    unsigned: tuple[Record, ...]
    disputed: tuple[Record, ...]

    @property
    def has_news(self) -> bool:
        """Whether there's anything to talk about."""
        found = (
            self.handoffs,
            self.kpis,
            self.words,
            self.requests,
            self.missed,
            self.pains,
            self.claims,
            self.unsigned,
        )
        return any(found) or bool(self.disputed)


def render(view: View) -> Iterator[Artifact | None]:
    """`/together/meetings/<id>/`; customers see none."""
    for meeting in view.handbook.list_approved("meetings") if not view.handbook.is_public else ():
        path = build_agenda_path(meeting)
        if not view.wants_page(path):
            continue
        agenda = plan_agenda(view, meeting)
        yield view.render_page(
            path,
            "agenda",
            title=translate_text("Agenda: %(name)s", name=meeting.name),
            description=translate_text("What happened since the last one, and what to decide."),
            agenda=agenda,
            tell_handoff=tell_handoff,
            meeting=meeting,
            # A line break would end the block for Markdown.
            minutes=escape(write_minutes(view, agenda)).replace("\n", Markup("&#10;")),
        )


def build_agenda_path(meeting: Meeting) -> str:
    """The address of a meeting's agenda."""
    return f"/together/meetings/{meeting.id}/"


def plan_agenda(view: View, meeting: Meeting) -> Agenda:
    """A meeting's agenda on the day of the site."""
    book, figures = view.handbook, view.figures
    last, following = schedule.find_neighbors(meeting, view.today)
    since = last or view.today - FIRST_LOOK
    # A week's figures are whole on its Sunday.
    weeks = tuple(week for week in figures.weeks if find_week_start(week) + datetime.timedelta(days=6) > since)
    ways = [way for way in list_transitions(book) if way.kind == "handoff"]
    handoffs = (measured.read_handoff(view, way, weeks) for way in ways)
    signable = [record for record in book.iter_approved() if view.list_standings(record)]
    return Agenda(
        meeting,
        since,
        following,
        weeks,
        tuple(one for one in handoffs if one),
        tuple(one for one in measured.list_kpis(view) if one.state == "missed"),
        _rank_words(view, weeks),
        tuple(one for one in book.list_approved("requests") if one.date >= since and one.state != "declined"),
        tuple(Queries(figures, (), weeks).missed[:MOST_WORDS]),
        tuple(one for one in view.pains if _is_heard_again(one, since))[:MOST_WORDS],
        tuple(proof for proof in book.list_approved("proof") if _runs_out(view, proof, since)),
        tuple(
            record for record in signable if any(standing.state != "signed" for standing in view.list_standings(record))
        ),
        tuple(record for record in book.iter_approved() if record.dissent),
    )


def _runs_out(view: View, proof: Proof, since: datetime.date) -> bool:
    """Whether a claim needs a look soon, or could no longer be made since a day."""
    found = view.assess_freshness(proof)
    last = {"expired": found.expires, "overdue": found.due}.get(found.state)
    return found.state == "soon" or (last is not None and last >= since)


def _is_heard_again(pain: Pain, since: datetime.date) -> bool:
    """Whether several customers said something that nothing answers, and one of them since a day."""
    quotes = pain.group.quotes
    newest = max(find_week_start(quote.week) for quote in quotes) + datetime.timedelta(days=6)
    return not pain.answers and len(quotes) > 1 and newest > since


def _rank_words(view: View, weeks: tuple[str, ...]) -> tuple[tuple[Term, float], ...]:
    found = []
    for term in view.handbook.list_approved("terms"):
        figures = measured.read_term(view, term)
        count = figures.series.cut_before(weeks[0]).total if figures and weeks else 0
        if count:
            found.append((term, count))
    return tuple(sorted(found, key=lambda row: (-row[1], row[0].id))[:MOST_WORDS])


def write_minutes(view: View, agenda: Agenda) -> str:
    """The agenda as Markdown to paste, with room for what's decided."""
    meeting = agenda.meeting
    day = view.environment.filters["day"]
    when = day(agenda.following) if agenda.following else ""
    lines = [f"# {meeting.name}{f', {when}' if when else ''}", "", meeting.purpose, ""]
    news = [f"{'  ' * depth}- {text}" for depth, text in iter_news(view, agenda)]
    if news:
        lines += [f"## {translate_text('Since %(day)s', day=day(agenda.since))}", "", *news, ""]
    lines += [f"## {translate_text('Topics')}", ""]
    lines += [
        f"{number}. {item.topic} ({translate_text('%(minutes)s min', minutes=item.minutes)})"
        for number, item in enumerate(meeting.agenda, 1)
    ]
    lines += ["", f"## {translate_text('Decided')}", "", f"- {translate_text('What, who, by when')}: "]
    return "\n".join(lines)


def iter_news(view: View, agenda: Agenda) -> Iterator[tuple[int, str]]:
    """What has happened, a line each: (how deep in the list, text)."""
    for one in agenda.handoffs:
        yield 0, f"{one.title}: {tell_handoff(one)}"
        yield from ((1, f"{reason}: {format_number(count)}") for reason, count in one.reasons)
    for kpi in agenda.kpis:
        yield (
            0,
            translate_text("%(kpi)s: %(now)s, target %(target)s", kpi=kpi.kpi.name, now=kpi.now, target=kpi.kpi.target),
        )
    for request in agenda.requests:
        yield 0, translate_text("Requested: %(title)s", title=request.title)
    for words, count in agenda.missed:
        yield (
            0,
            translate_text(
                "Searched for and not found: %(words)s (%(count)s)", words=words, count=format_number(count)
            ),
        )
    for pain in agenda.pains:
        yield 0, translate_text(
            "Nothing answers what customers say: %(words)s (%(count)s)",
            words=", ".join(pain.group.words), count=format_number(len(pain.group.quotes)),
        )  # fmt: skip
        yield 1, pain.group.quotes[0].words.join(get_quotes())
    for proof in agenda.claims:
        yield 0, f"{proof.title}: {view.assess_freshness(proof).label}"
    for term, count in agenda.words:
        yield (
            0,
            translate_text(
                "Words to avoid for “%(term)s”, found: %(count)s", term=term.preferred, count=format_number(count)
            ),
        )
    for record in agenda.unsigned:
        yield 0, translate_text("Not signed by both: %(name)s", name=record.label)
    for record in agenda.disputed:
        yield 0, translate_text("Open disagreement: %(name)s", name=record.label)


def tell_handoff(one: measured.HandoffFigures) -> str:
    """A handoff's figures in a few words."""
    parts = [translate_text("%(count)s handed over", count=format_number(one.count.total))]
    if one.late.points:
        parts.append(translate_text("%(count)s late", count=format_number(one.late.total)))
    if one.returned.points:
        parts.append(translate_text("%(count)s came back", count=format_number(one.returned.total)))
    return ", ".join(parts)
