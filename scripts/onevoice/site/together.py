"""How sales and marketing work together: the strategy, leads and handoffs, KPIs, meetings, feedback, tools, teams."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from onevoice import forms
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.ways import LeadTransition, list_transitions
from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text, translate_word
from onevoice.records import KINDS, Record
from onevoice.records.kpi import Kpi, parse_formula
from onevoice.records.lead import Lead
from onevoice.records.team import Team
from onevoice.records.term import Term
from onevoice.site import diagram, measured, plays, records, schedule
from onevoice.site.sections import Hub, has_forms, has_records, list_hubs
from onevoice.site.view import STALE_STATES, View

PARTS = tuple(
    Hub("Together", f"/together/{name.lower()}/", name, hint, needs)
    for name, hint, needs in (
        (mark_text("Strategy"), mark_text("Our shared goals on one printable page."), has_records("strategy")),
        (
            mark_text("Leads"),
            mark_text("Stages, criteria and handoffs, with a clock and a way back."),
            has_records("leads"),
        ),
        (
            mark_text("KPIs"),
            mark_text("Today's sales and tomorrow's, and what each side does for them."),
            has_records("kpis"),
        ),
        (mark_text("Meetings"), mark_text("When we meet, what we cover, and calendar files."), has_records("meetings")),
        (mark_text("Feedback"), mark_text("Short forms, and what happens with the answers."), has_forms("feedback")),
        (mark_text("Tools"), mark_text("Who uses which tool for what, and how they connect."), has_records("tools")),
        (mark_text("Teams"), mark_text("Who owns what, most overdue first."), has_records("teams")),
    )
)


def _has_door(handbook: Handbook) -> bool:
    others = [hub for hub in list_hubs() if hub.tab == PARTS[0].tab and hub.path != "/together/"]
    plain = any(not model.PAGE and handbook.list_approved(kind) for kind, model in KINDS.items())
    return plain or any(hub.needs(handbook) for hub in others)


HUBS = (Hub(mark_text("Together"), "/together/", needs=_has_door), *PARTS)

HORIZONS = (("quarter", mark_text("This quarter")), ("long", mark_text("The years to come")))


def render(view: View) -> Iterator[Artifact | None]:
    """Everything below `/together/`."""
    book = view.handbook
    teams = sorted(_iter_team_workloads(view), key=lambda row: (-len(row[1]), row[0].name))
    yield view.render_page(
        "/together/",
        "together",
        title=translate_text("Working together"),
        description=translate_text(
            "How sales and marketing work as one: strategy, leads, KPIs, meetings, feedback, tools, teams."
        ),
        strategy=next(iter(book.list_approved("strategy")), None),
        tracks=diagram.draw_journey(book.stages, book.list_approved("leads")) if book.stages else "",
        teams=teams,
        measured=measured.list_kpis(view),
        doors=list(_iter_doors(view)),
    )
    yield view.render_page(
        "/together/teams/",
        "teams",
        title=translate_text("Teams"),
        description=translate_text("Who owns what, most overdue first."),
        teams=teams,
    )
    yield _render_strategy_page(view)
    yield _render_leads_page(view)
    yield view.render_page(
        "/together/kpis/",
        "kpis",
        title=translate_text("Joint KPIs"),
        description=translate_text(
            "The numbers that sales and marketing move together, and what each side does for them."
        ),
        horizons=[
            (translate_text(name), [kpi for kpi in book.list_approved("kpis") if kpi.horizon == key])
            for key, name in HORIZONS
        ],
        measured={kpi.id: measured.read_kpi(view, kpi) for kpi in book.list_approved("kpis")},
        goals=measured.list_goals(view),
        formula=lambda kpi, link: _render_formula(view, kpi, link),
    )
    yield view.render_page(
        "/together/meetings/",
        "meetings",
        title=translate_text("Meetings"),
        description=translate_text("When sales and marketing meet, and what they cover."),
        meetings=book.list_approved("meetings"),
        describe_recurrence=schedule.describe_recurrence,
    )
    yield _render_feedback_page(view)
    yield view.render_page(
        "/together/tools/",
        "tools",
        title=translate_text("Tools"),
        description=translate_text("Which team uses which tool for what, and how the tools connect."),
        tools=book.list_approved("tools"),
    )


def _iter_doors(view: View) -> Iterator[tuple[str, str, str]]:
    """The pages that `/together/` leads to: (title, address, what people find there)."""
    others = [hub for hub in list_hubs() if hub.tab == HUBS[0].tab and hub not in HUBS]
    for hub in (*HUBS[1:], *others, *plays.HUBS, *records.list_record_hubs(view)):
        if view.has_page(hub.path):
            yield translate_word(hub.title), hub.path, translate_word(hub.hint)


def _render_strategy_page(view: View) -> Artifact | None:
    found = next(iter(view.handbook.list_approved("strategy")), None)
    return view.render_page(
        "/together/strategy/",
        "strategy",
        title=found.title if found else translate_text("Strategy"),
        description=found.summary if found else translate_text("What sales and marketing want to achieve together."),
        record=found,
    )


def _render_leads_page(view: View) -> Artifact | None:
    book = view.handbook
    stages = book.list_approved("leads")
    found = list_transitions(book)

    def name_team(id: str) -> str:
        record = book.find_record("teams", id)
        return record.name if record else id

    def is_sales_team(id: str) -> bool:
        record = book.find_record("teams", id)
        return record is not None and record.side != "marketing"

    def list_departures(stage: Lead) -> list[tuple[LeadTransition, int | None]]:
        return [(way, numbers.get(key)) for key, way in enumerate(found) if way.start is stage]

    def list_arrivals(stage: Lead) -> list[tuple[LeadTransition, int | None]]:
        into = [(way, numbers.get(key)) for key, way in enumerate(found) if way.end is stage and way.kind != "return"]
        handed = {way.start.id for way, number in into if number and not way.start.question}
        before = [(way, numbers[key]) for key, way in enumerate(found) if way.end.id in handed and key in numbers]
        return [*before, *into]

    # A way back has its figures with the handoff that it belongs to.
    figures = {id(way.handoff): measured.read_handoff(view, way) for way in found if way.kind == "handoff"}

    def find_figures(way: LeadTransition) -> measured.HandoffFigures | None:
        return figures.get(id(way.handoff))

    def tell(way: LeadTransition) -> str:
        return measured.tell_way(way, find_figures(way))

    numbers = diagram.number_handoffs(found)
    return view.render_page(
        "/together/leads/",
        "leads",
        title=translate_text("Leads"),
        description=translate_text(
            "The stages of a lead, what must be true at each, and who hands over what, and by when."
        ),
        stages=stages,
        drawing=diagram.draw_lead_ways(stages, found, team=name_team, sales=is_sales_team, figure=tell)
        if stages
        else "",
        tracks=diagram.draw_journey(book.stages, stages) if stages and book.stages else "",
        find_figures=find_figures,
        figures=[one for one in figures.values() if one],
        list_departures=list_departures,
        list_arrivals=list_arrivals,
    )


def _render_feedback_page(view: View) -> Artifact | None:
    path = "/together/feedback/"
    records = [form for form in view.handbook.list_approved("forms") if form.use == "feedback"]
    return view.render_page(
        path,
        "feedback",
        title=translate_text("Feedback"),
        description=translate_text(
            "Short forms for sales to tell marketing how leads and content did and what customers said."
        ),
        forms=records,
        links={form.id: forms.build_form_link(form, {"page": view.build_url(path)}) for form in records},
    )


def _render_formula(view: View, kpi: Kpi, link: Callable[[Term, str], str]) -> Markup:
    """A formula as Markdown, its terms linked. link: a function from (term, words) to a Markdown link."""
    parts = []
    for words, id in parse_formula(kpi.formula):
        term = next(iter(view.handbook.resolve_ids("terms", [id])), None) if id else None
        parts.append(link(term, words or term.preferred) if term else view.environment.filters["md"](words or id))
    return Markup(" ").join(part.strip() for part in parts)


def _iter_team_workloads(view: View) -> Iterator[tuple[Team, list[Record], list[Record], list[tuple[str, int]]]]:
    """Each team with what it owns: (team, what is expired or overdue, what is due soon, how many of which kind)."""
    book, due = view.handbook, view.list_due_records()
    for team in book.list_approved("teams"):
        states = [(view.assess_freshness(record).state, record) for record in due.get(team.id, [])]
        late = [record for state, record in states if state != STALE_STATES[-1]]
        soon = [record for state, record in states if state == STALE_STATES[-1]]
        counts = [
            (model.SINGULAR, sum(record.owner == team.id for record in book.list_approved(kind)))
            for kind, model in KINDS.items()
        ]
        yield team, late, soon, [(one, count) for one, count in counts if count]
