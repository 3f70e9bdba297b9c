"""The catalog: marketing and sales content side by side, with facets as plain links; what is missing; what is due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args

from markupsafe import Markup

from onevoice.handbook import usage
from onevoice.handbook.address import find_page_path, make_file_slug
from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_count, translate_text
from onevoice.records import KINDS, Record
from onevoice.records.asset import Asset
from onevoice.records.envelope import Job
from onevoice.records.persona import Persona
from onevoice.records.team import Team
from onevoice.site import chart, measured
from onevoice.site.cover import name_language
from onevoice.site.sections import Hub, has_records
from onevoice.site.view import SOON_DAYS, View

HUBS = (
    Hub(mark_text("Catalog"), "/catalog/", needs=has_records("assets")),
    Hub(mark_text("Catalog"), "/catalog/gaps/", mark_text("Gaps"), needs=has_records("assets", "requests")),
    Hub(
        mark_text("Catalog"),
        "/catalog/due/",
        mark_text("Due"),
        needs=lambda book: any(map(book.compute_due_date, book.iter_approved())),
    ),
)

GAPS_PATH, DUE_PATH = "/catalog/gaps/", "/catalog/due/"
# The facet that the switch on top of the catalog sets.
JOB = "job"
USAGE = "usage"
# What filter.js fills into the link that asks for content.
HOLES = ("title", "persona", "stage")
# The numbers of pieces at which a cell gets darker, step by step.
HEAT_STEPS = (1, 3, 6)
# How many searches without a result are listed.
MOST_QUERIES = 20
STATE_LABELS = {
    "fresh": mark_text("fresh"),
    "soon": mark_text("due soon"),
    "overdue": mark_text("review overdue"),
    "expired": mark_text("expired"),
    "unknown": mark_text("never reviewed"),
}
USAGE_LABELS = {
    "used-fresh": mark_text("used and fresh"),
    "used-stale": mark_text("used and stale"),
    "never-used": mark_text("never used"),
}
RECORD_STATE_LABELS = {**STATE_LABELS, "disputed": mark_text("disputed")}


def render(view: View) -> Iterator[Artifact | None]:
    """Everything below `/catalog/`."""
    assets: list[Asset] = view.handbook.list_approved("assets")
    facets = _build_facets(view, assets)
    yield _render_list_page(view, "/catalog/", translate_text("Catalog"), assets, facets, chosen=False)
    for facet in facets:
        for value in facet["values"]:
            title = translate_text("Catalog: %(name)s", name=value["name"])
            yield _render_list_page(view, value["path"], title, value["assets"], facets, chosen=True)
    for asset in filter(lambda asset: view.wants_page(find_page_path(asset)), assets):
        yield _render_asset_page(view, asset)
    if view.wants_page(GAPS_PATH):
        yield _render_gaps_page(view)
    if view.wants_page(DUE_PATH):
        yield _render_due_page(view)


def write(view: View) -> Iterator[Artifact]:
    """The covers that assets have of their own."""
    files = view.handbook.load_result.files
    pictures = dict.fromkeys(asset.picture for asset in view.handbook.list_approved("assets") if asset.picture in files)
    yield from (Artifact(f"docs/{name}", files[name]) for name in pictures if name)


def _build_facets(view: View, assets: list[Asset]) -> list[dict[str, Any]]:
    book = view.handbook
    languages = sorted({view.find_language(asset) for asset in assets}, key=name_language)
    named: tuple[tuple[str, str, dict[str, str], Callable[[Asset], Iterable[str]]], ...] = (
        (
            JOB,
            translate_text("Job"),
            {"marketing": translate_text("Marketing"), "sales": translate_text("Sales")},
            lambda asset: [asset.job],
        ),
        (
            "persona",
            translate_text("Persona"),
            {p.id: p.name for p in book.list_approved("personas")},
            lambda asset: asset.personas,
        ),
        ("stage", translate_text("Stage"), {s.id: s.name for s in book.stages}, lambda asset: asset.stages),
        (
            "for",
            translate_text("Use"),
            {"customers": translate_text("To send to customers"), "us": translate_text("For us, on the call")},
            lambda asset: ["us" if asset.is_internal else "customers"],
        ),
        (
            "type",
            translate_text("Type"),
            {make_file_slug(one): _capitalize(one) for one in sorted({asset.type for asset in assets})},
            lambda asset: [make_file_slug(asset.type)],
        ),
        (
            "language",
            translate_text("Language"),
            {make_file_slug(one): name_language(one) for one in languages} if len(languages) > 1 else {},
            lambda asset: [make_file_slug(view.find_language(asset))],
        ),
        (
            "owner",
            translate_text("Owner"),
            {t.id: t.name for t in book.list_approved("teams")},
            lambda asset: [asset.owner] if asset.owner else [],
        ),
        (
            "freshness",
            translate_text("Freshness"),
            {state: _capitalize(translate_text(label)) for state, label in STATE_LABELS.items()},
            lambda asset: [view.assess_freshness(asset).state],
        ),
        (
            USAGE,
            translate_text("Used"),
            {key: _capitalize(translate_text(label)) for key, label in USAGE_LABELS.items()}
            if _has_usage(view, assets)
            else {},
            lambda asset: [usage.classify_usage(view.figures, asset, view.assess_freshness(asset).state)],
        ),
    )
    facets = []
    for facet, name, values, of in named:
        rows, chosen = [], defaultdict(list)
        for asset in assets:
            for id in dict.fromkeys(of(asset)):
                chosen[id].append(asset)
        for id, label in values.items():
            path = f"/catalog/by/{facet}/{id}/"
            if found := chosen[id]:
                rows.append({"id": id, "name": label, "path": path, "count": len(found), "assets": found})
        facets.append({"id": facet, "name": name, "values": rows})
    return [facet for facet in facets if facet["values"]]


def _has_usage(view: View, assets: Iterable[Asset]) -> bool:
    return any(view.figures.has_record(f"assets/{asset.id}") for asset in assets)


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _render_list_page(
    view: View, path: str, title: str, assets: list[Asset], facets: list[dict[str, Any]], *, chosen: bool
) -> Artifact | None:
    order = {stage.id: number for number, stage in enumerate(view.handbook.stages)}
    return view.render_page(
        path,
        "catalog",
        title=title,
        description=translate_count(
            "%(num)s piece of content from marketing and sales.",
            "%(num)s pieces of content from marketing and sales.",
            len(assets),
        ),
        total=len(view.handbook.list_approved("assets")),
        facets=facets,
        job=JOB,
        request=_build_open_request(view),
        coverage=[] if chosen else _count_coverage(view),
        works=[] if chosen else [value for facet in facets if facet["id"] == USAGE for value in facet["values"]],
        assets=sorted(assets, key=lambda asset: min((order.get(stage, 0) for stage in asset.stages), default=0)),
        chosen=chosen,
    )


def _render_asset_page(view: View, asset: Asset) -> Artifact | None:
    book = view.handbook
    return view.render_page(
        find_page_path(asset),
        "asset",
        title=asset.title,
        description=asset.summary,
        record=asset,
        carries=[message for message in book.list_approved("messages") if message.id in asset.carries],
        figures=measured.read_asset(view, asset),
        proofs=[proof for proof in book.list_approved("proof") if proof.id in asset.leans_on],
        cells=[
            (p, s)
            for p in book.list_approved("personas")
            for s in book.stages
            if p.id in asset.personas and s.id in asset.stages and not asset.is_expired(view.today)
        ],
    )


def _build_open_request(view: View) -> str:
    """The link that asks for content, with a hole for each thing that the filters say; "" without a form."""
    return view.build_form_request({"page": view.build_url("/catalog/"), **{name: f"{{{name}}}" for name in HOLES}})


def _count_coverage(view: View) -> list[tuple[Persona, list[dict[str, Any]]]]:
    """How many pieces there are to send to each person at each stage, by side; [] without people or stages."""
    book = view.handbook
    rows = []
    for persona in book.list_approved("personas"):
        cells = []
        for stage in book.stages:
            here = book.find_sendable_assets(persona.id, stage.id, view.today)
            jobs = Counter(asset.job for asset in here)
            uses: Counter[str] = Counter()
            for asset in here if view.figures else ():
                uses[asset.job] += int(usage.count_uses(view.figures, asset))
            sides = [
                (job, jobs[job], sum(jobs[job] >= step for step in HEAT_STEPS), uses[job]) for job in get_args(Job)
            ]
            request = "" if all(count for _, count, *_ in sides) else view.build_request_link(GAPS_PATH, persona, stage)
            cells.append({"stage": stage, "sides": sides, "request": request})
        rows.append((persona, cells))
    return rows if book.stages else []


def _render_gaps_page(view: View) -> Artifact | None:
    book, path = view.handbook, GAPS_PATH
    coverage = _count_coverage(view)
    requests = book.list_approved("requests")
    return view.render_page(
        path,
        "gaps",
        title=translate_text("Gaps"),
        description=translate_text("What's missing for each person at each stage, and what has been requested."),
        coverage=coverage,
        gaps=[
            (persona, cell["stage"], [job for job, count, *_ in cell["sides"] if not count], cell["request"])
            for persona, cells in coverage
            for cell in cells
            if not all(count for _, count, *_ in cell["sides"])
        ],
        requests=requests,
        missed=[(words, count, _request_query(view, words)) for words, count in view.queries.missed[:MOST_QUERIES]],
        answers={r.id: [asset for asset in book.list_approved("assets") if asset.answers == r.id] for r in requests},
    )


def _request_query(view: View, words: str) -> str:
    """The link that asks for what a search didn't find; "" without a form."""
    return view.build_form_request({"page": view.build_url(GAPS_PATH), "title": words})


def _render_due_page(view: View) -> Artifact | None:
    queue = view.list_due_records()
    teams: list[tuple[Team | None, list[Record]]] = []
    teams += [(team, queue[team.id]) for team in view.handbook.list_records("teams") if team.id in queue]
    if None in queue:
        teams.append((None, queue[None]))
    return view.render_page(
        DUE_PATH,
        "due",
        title=translate_text("Due"),
        description=translate_text("What's expired, overdue or due soon, by team."),
        teams=teams,
        bars=_draw_team_bars(view),
        soon=SOON_DAYS,
    )


def _draw_team_bars(view: View) -> Markup | str:
    """The picture of how fresh each team's records are."""
    book = view.handbook
    held = Counter(
        (view.find_owner_id(record), view.assess_freshness(record).state)
        for kind in KINDS
        for record in book.list_approved(kind)
    )
    rows = []
    for id, name in [
        *((team.id, team.name) for team in book.list_records("teams")),
        (None, translate_text("No owner")),
    ]:
        if counts := {state: held[id, state] for state in RECORD_STATE_LABELS if held[id, state]}:
            rows.append((name, counts))
    return (
        chart.draw_freshness(rows, {state: translate_text(name) for state, name in RECORD_STATE_LABELS.items()})
        if rows
        else ""
    )
