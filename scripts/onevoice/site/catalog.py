"""The catalog: marketing's content beside sales', by facets as plain links; what is missing; what is due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from onevoice.handbook.address import address
from onevoice.output import Artifact
from onevoice.records import KINDS
from onevoice.records.asset import Asset
from onevoice.records.word import slug
from onevoice.site import chart
from onevoice.site.view import SOON, View

GAPS, DUE = "/catalog/gaps/", "/catalog/due/"
STATES = {
    "fresh": "fresh",
    "soon": "due soon",
    "overdue": "review overdue",
    "expired": "expired",
    "unknown": "never reviewed",
}
STANDINGS = {**STATES, "disputed": "disputed"}


def pages(view: View) -> Iterator[Artifact]:
    """Everything below `/catalog/`."""
    assets = view.handbook.approved("assets")
    facets = _facets(view, assets)
    yield _list(view, "/catalog/", "Catalog", assets, facets, chosen=False)
    for facet in facets:
        for value in facet["values"]:
            title = f"Catalog: {facet['name'].lower()} {value['name']}"
            yield _list(view, value["path"], title, value["assets"], facets, chosen=True)
    for asset in filter(lambda asset: view.wants(address(asset)), assets):
        yield _asset(view, asset)
    if view.wants(GAPS):
        yield _gaps(view)
    if view.wants(DUE):
        yield _due(view)


def _facets(view: View, assets: list[Asset]) -> list[dict]:
    book = view.handbook
    named: tuple[tuple[str, dict[str, str], Callable[[Asset], Iterable[str]]], ...] = (
        ("Persona", {p.id: p.name for p in book.approved("personas")}, lambda asset: asset.personas),
        ("Stage", {s.id: s.name for s in book.stages}, lambda asset: asset.stages),
        ("Job", {"marketing": "marketing", "sales": "sales"}, lambda asset: [asset.job]),
        ("Type", {slug(t): t for t in sorted({a.type for a in assets})}, lambda asset: [slug(asset.type)]),
        ("Owner", {t.id: t.name for t in book.approved("teams")}, lambda asset: [asset.owner] if asset.owner else []),
        ("Freshness", STATES, lambda asset: [view.fresh(asset).state]),
    )
    facets = []
    for name, values, of in named:
        rows, chosen = [], defaultdict(list)
        for asset in assets:
            for id in dict.fromkeys(of(asset)):
                chosen[id].append(asset)
        for id, label in values.items():
            path = f"/catalog/by/{slug(name)}/{id}/"
            if found := chosen[id]:
                rows.append({"id": id, "name": label, "path": path, "count": len(found), "assets": found})
        facets.append({"id": slug(name), "name": name, "values": rows})
    return [facet for facet in facets if facet["values"]]


def _list(view: View, path: str, title: str, assets: list[Asset], facets: list[dict], *, chosen: bool) -> Artifact:
    order = {stage.id: number for number, stage in enumerate(view.handbook.stages)}
    return view.page(
        path,
        "catalog",
        title=title,
        description=f"{len(assets)} pieces of content, marketing's beside sales'.",
        facets=facets,
        map="" if chosen else _map(view, "ov-map"),
        assets=sorted(assets, key=lambda asset: min(order.get(stage, 0) for stage in asset.stages)),
        chosen=chosen,
    )


def _asset(view: View, asset: Asset) -> Artifact:
    book = view.handbook
    return view.page(
        address(asset),
        "asset",
        title=asset.title,
        description=asset.summary,
        record=asset,
        carries=[message for message in book.approved("messages") if message.id in asset.carries],
        proofs=[proof for proof in book.approved("proof") if proof.id in asset.leans_on],
        cells=[
            (p, s)
            for p in book.approved("personas")
            for s in book.stages
            if p.id in asset.personas and s.id in asset.stages
        ],
    )


def _map(view: View, id: str) -> Markup | str:
    """The picture of what there is for whom, where there is anybody and anything."""
    book = view.handbook
    rows = []
    for persona in book.approved("personas"):
        cells = [Counter(asset.job for asset in book.assets(persona.id, stage.id)) for stage in book.stages]
        rows.append((persona.name, [(jobs["marketing"], jobs["sales"]) for jobs in cells]))
    return chart.coverage([stage.name for stage in book.stages], rows, id=id) if rows and book.stages else ""


def _gaps(view: View) -> Artifact:
    book, path = view.handbook, GAPS
    personas = book.approved("personas")
    rows = []
    for stage in book.stages:
        cells = []
        for persona in personas:
            jobs = Counter(asset.job for asset in book.assets(persona.id, stage.id))
            cells.append(
                {
                    "persona": persona,
                    "marketing": jobs["marketing"],
                    "sales": jobs["sales"],
                    "request": view.request(path, persona, stage),
                }
            )
        rows.append((stage, cells))
    requests = book.approved("requests")
    return view.page(
        path,
        "gaps",
        title="Gaps",
        description="What is missing for which person at which stage, and what was asked for.",
        personas=personas,
        rows=rows,
        map=_map(view, "ov-coverage"),
        requests=requests,
        answers={r.id: [asset for asset in book.approved("assets") if asset.answers == r.id] for r in requests},
    )


def _due(view: View) -> Artifact:
    queue = view.due()
    teams = [(team, queue[team.id]) for team in view.handbook.all("teams") if team.id in queue]
    if None in queue:
        teams.append((None, queue[None]))
    return view.page(
        DUE,
        "due",
        title="Due",
        description="What is expired, overdue or due soon, by team.",
        teams=teams,
        bars=_bars(view),
        soon=SOON,
    )


def _bars(view: View) -> Markup | str:
    """The picture of how fresh each team's records are."""
    book = view.handbook
    held = Counter((record.owner, view.fresh(record).state) for kind in KINDS for record in book.approved(kind))
    rows = []
    for id, name in [*((team.id, team.name) for team in book.all("teams")), (None, "Nobody's")]:
        if counts := {state: held[id, state] for state in STANDINGS if held[id, state]}:
            rows.append((name, counts))
    return chart.freshness(rows, STANDINGS) if rows else ""
