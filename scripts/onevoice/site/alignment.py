"""What can be counted of how two sides work as one: each count with its formula and its course, and no score."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from onevoice.handbook import usage
from onevoice.handbook.figures import Series
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.ways import list_transitions
from onevoice.output import Artifact
from onevoice.phrases.catalog import format_number, mark_text, translate_text
from onevoice.site import measured, trend
from onevoice.site.sections import Hub
from onevoice.site.view import View


def _has_counts(handbook: Handbook) -> bool:
    """Whether there's anything to count; customers see none of it."""
    return not handbook.is_public and any(map(handbook.list_approved, ("leads", "kpis", "strategy")))


HUBS = (
    Hub(
        "Together",
        "/together/alignment/",
        mark_text("Alignment"),
        mark_text("What can be counted, and no score."),
        _has_counts,
    ),
)


@dataclasses.dataclass(frozen=True)
class Count:
    """One thing that can be counted.

    id: its anchor. value: as people read it. formula: how it's calculated, with its numbers. series: its course, if
    it's measured week by week. path: where to see more.
    """

    id: str
    name: str
    value: str
    formula: str
    path: str
    series: Series | None = None

    @property
    def spark(self) -> Markup:
        """Its course."""
        return trend.draw_spark(self.series) if self.series else Markup()

    @property
    def table(self) -> Markup:
        """Its course as a table."""
        return trend.list_table([(self.name, self.series)], self.name) if self.series else Markup()


def render(view: View) -> Iterator[Artifact | None]:
    """`/together/alignment/`."""
    path = HUBS[0].path
    if view.wants_page(path):
        yield view.render_page(
            path,
            "alignment",
            title=translate_text("Alignment"),
            description=translate_text("What can be counted of how sales and marketing work together."),
            counts=list(list_counts(view)),
        )


def list_counts(view: View) -> Iterator[Count]:
    """Everything that can be counted in this handbook."""
    yield from _count_agreement(view)
    yield from _count_handoffs(view)
    yield from _count_targets(view)
    yield from _count_content(view)
    yield from _count_words(view)


def _count_agreement(view: View) -> Iterator[Count]:
    book = view.handbook
    standings = [found for record in book.iter_approved() if (found := view.list_standings(record))]
    signed = sum(all(one.state == "signed" for one in found) for found in standings)
    if standings:
        formula = translate_text(
            "records that both sides signed as they are now (%(part)s) ÷ records that both must sign (%(whole)s) × 100",
            part=signed, whole=len(standings),
        )  # fmt: skip
        name = translate_text("Signed by both sides")
        yield Count("signed", name, measured.show_share(signed, len(standings)), formula, "/together/")
    dissent = sum(len(record.dissent) for record in book.iter_approved())
    formula = translate_text("records with a disagreement that's still open, counted once for each")
    yield Count("disagreements", translate_text("Open disagreements"), str(dissent), formula, "/together/")


def _count_handoffs(view: View) -> Iterator[Count]:
    ways = [way for way in list_transitions(view.handbook) if way.kind == "handoff"]
    found = [one for way in ways if (one := measured.read_handoff(view, way))]
    if not found:
        return
    count = _add_series([one.count for one in found])
    for id, name, formula, parts in (
        (
            "in-time",
            translate_text("Handoffs in time"),
            mark_text("handoffs accepted before their clock ran out (%(part)s) ÷ all handoffs (%(whole)s) × 100"),
            _add_series([one.in_time for one in found]),
        ),
        (
            "returned",
            translate_text("Leads that came back"),
            mark_text("handoffs that came back with a reason (%(part)s) ÷ all handoffs (%(whole)s) × 100"),
            _add_series([one.returned for one in found]),
        ),
    ):
        if parts.points and count.total:
            shares = tuple(
                round(100 * (part or 0) / whole, 1) if whole else None
                for part, whole in zip(parts.values, count.values, strict=True)
            )
            said = translate_text(formula, part=format_number(parts.total), whole=format_number(count.total))
            value = measured.show_share(parts.total, count.total)
            yield Count(id, name, value, said, "/together/leads/", Series(count.weeks, shares))


def _count_targets(view: View) -> Iterator[Count]:
    judged = [one for one in measured.list_kpis(view) if one.state]
    if judged:
        reached = sum(one.state == "reached" for one in judged)
        formula = translate_text("KPIs whose latest figure is on target, of those that have a figure and a target")
        value = translate_text("%(part)s of %(whole)s", part=reached, whole=len(judged))
        yield Count("targets", translate_text("KPIs on target"), value, formula, "/together/kpis/")


def _count_content(view: View) -> Iterator[Count]:
    book = view.handbook
    requests = book.list_approved("requests")
    if requests:
        done = sum(request.state in ("answered", "declined") for request in requests)
        formula = translate_text("requests that got content or a no with its reason, of all requests")
        value = translate_text("%(part)s of %(whole)s", part=done, whole=len(requests))
        yield Count("requests", translate_text("Requests that got an answer"), value, formula, "/catalog/gaps/")
    assets = book.list_approved("assets")
    if any(view.figures.has_record(f"assets/{asset.id}") for asset in assets):
        used = sum(usage.count_uses(view.figures, asset) > 0 for asset in assets)
        formula = translate_text("assets that were looked at or sent in the last thirteen weeks, of all assets")
        value = translate_text("%(part)s of %(whole)s", part=used, whole=len(assets))
        yield Count("used", translate_text("Content that's used"), value, formula, "/catalog/#works")


def _count_words(view: View) -> Iterator[Count]:
    found = [one for term in view.handbook.list_approved("terms") if (one := measured.read_term(view, term))]
    if found:
        series = _add_series([one.series for one in found])
        formula = translate_text("words to avoid that the lint found in texts in the last thirteen weeks, each time")
        yield Count(
            "words", translate_text("Words that lose"), format_number(series.total), formula, "/glossary/avoid/", series
        )


def _add_series(found: Sequence[Series]) -> Series:
    """Several courses of the same weeks, summed up."""
    weeks = found[0].weeks
    columns = zip(*(series.values for series in found), strict=True)
    sums = ([value for value in column if value is not None] for column in columns)
    return Series(weeks, tuple(sum(values) if values else None for values in sums))
