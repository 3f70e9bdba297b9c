"""How sales and marketing work together: the strategy, leads and handoffs, KPIs, meetings, feedback, tools, teams."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from onevoice import forms
from onevoice.handbook.ways import Way, ways
from onevoice.output import Artifact
from onevoice.records import KINDS, Record
from onevoice.records.kpi import Kpi, pieces
from onevoice.records.lead import Lead
from onevoice.site import diagram, schedule
from onevoice.site.view import STALE, View

HORIZONS = (("quarter", "This quarter"), ("long", "The years to come"))


def pages(view: View) -> Iterator[Artifact]:
    """Everything below `/together/`."""
    book = view.handbook
    teams = sorted(_owned(view), key=lambda row: (-len(row[1]), row[0].name))
    yield view.page(
        "/together/",
        "together",
        title="Working together",
        description="How sales and marketing work as one: strategy, leads, KPIs, meetings, feedback, tools, teams.",
        strategy=next(iter(book.approved("strategy")), None),
        tracks=diagram.journey(book.stages, book.approved("leads")) if book.stages else "",
        teams=teams,
    )
    yield view.page(
        "/together/teams/",
        "teams",
        title="Teams",
        description="Who keeps what true, overdue first.",
        teams=teams,
    )
    yield _strategy(view)
    yield _leads(view)
    yield view.page(
        "/together/kpis/",
        "kpis",
        title="Joint KPIs",
        description="The figures that sales and marketing move together, with what each side does for them.",
        horizons=[(name, [kpi for kpi in book.approved("kpis") if kpi.horizon == key]) for key, name in HORIZONS],
        formula=lambda kpi, link: _formula(view, kpi, link),
    )
    yield view.page(
        "/together/meetings/",
        "meetings",
        title="Meetings",
        description="When sales and marketing come together, and what they talk about.",
        meetings=book.approved("meetings"),
        when=schedule.words,
    )
    yield _feedback(view)
    yield view.page(
        "/together/tools/",
        "tools",
        title="Tools",
        description="Which team uses which tool for what, and where the data meet.",
        tools=book.approved("tools"),
    )


def _strategy(view: View) -> Artifact:
    found = next(iter(view.handbook.approved("strategy")), None)
    return view.page(
        "/together/strategy/",
        "strategy",
        title=found.title if found else "Strategy",
        description=found.summary if found else "What sales and marketing want to reach together.",
        record=found,
    )


def _leads(view: View) -> Artifact:
    book = view.handbook
    stages = book.approved("leads")
    found = ways(book)

    def team(id: str) -> str:
        record = book.get("teams", id)
        return record.name if record else id

    def sales(id: str) -> bool:
        record = book.get("teams", id)
        return bool(record) and record.side != "marketing"

    def out(stage: Lead) -> list[tuple[Way, int | None]]:
        return [(way, numbers.get(key)) for key, way in enumerate(found) if way.start is stage]

    def arrivals(stage: Lead) -> list[tuple[Way, int | None]]:
        into = [(way, numbers.get(key)) for key, way in enumerate(found) if way.end is stage and way.kind != "return"]
        handed = {way.start.id for way, number in into if number and not way.start.question}
        before = [(way, numbers[key]) for key, way in enumerate(found) if way.end.id in handed and key in numbers]
        return [*before, *into]

    numbers = diagram.handoffs(found)
    return view.page(
        "/together/leads/",
        "leads",
        title="Leads",
        description="The stages of a lead, what must be true at each, and who hands over what to whom by when.",
        stages=stages,
        drawing=diagram.ways(stages, found, team=team, sales=sales) if stages else "",
        tracks=diagram.journey(book.stages, stages) if stages and book.stages else "",
        out=out,
        arrivals=arrivals,
    )


def _feedback(view: View) -> Artifact:
    path = "/together/feedback/"
    records = [form for form in view.handbook.approved("forms") if form.use == "feedback"]
    return view.page(
        path,
        "feedback",
        title="Feedback",
        description="Short forms with which sales tells marketing how leads and content did, and what customers said.",
        forms=records,
        links={form.id: forms.link(form, {"page": view.url(path)}) for form in records},
    )


def _formula(view: View, kpi: Kpi, link: Markup) -> Markup:
    """A formula as Markdown, its terms linked. link: a function from (term, words) to a Markdown link."""
    parts = []
    for words, id in pieces(kpi.formula):
        term = next(iter(view.handbook.named("terms", [id])), None) if id else None
        parts.append(link(term, words or term.preferred) if term else view.environment.filters["md"](words or id))
    return Markup(" ").join(part.strip() for part in parts)


def _owned(view: View) -> Iterator[tuple[Record, list[Record], list[Record], list[tuple[str, int]]]]:
    """Each team with what it keeps: (team, what is expired or overdue, what is due soon, how many of which kind)."""
    book, due = view.handbook, view.due()
    for team in book.approved("teams"):
        states = [(view.fresh(record).state, record) for record in due.get(team.id, [])]
        late = [record for state, record in states if state != STALE[-1]]
        soon = [record for state, record in states if state == STALE[-1]]
        counts = [
            (model.ONE, sum(record.owner == team.id for record in book.approved(kind))) for kind, model in KINDS.items()
        ]
        yield team, late, soon, [(one, count) for one, count in counts if count]
