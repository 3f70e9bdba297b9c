"""The page's tables of totals: by verdict, what is new and what is fixed, and the course over all audits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from onevoice.audit.trend import AuditSums, Counts
from onevoice.audit.verdict import VERDICTS

# What becomes of a document, the worst first.
STATES = (*reversed(VERDICTS), "failed", "skipped")
# How many audits the page shows.
MAX_AUDITS = 60


def format_totals(
    head: str, totals: Mapping[str, Mapping[str, int]], sums: Counts | None = None, course: Sequence[Counts] = ()
) -> str:
    """A table with a line for each group or owner. totals: how many documents of each have each verdict, and `new`.

    sums: of each, as AuditSums has them. course: the same of all audits, if there are several.
    """
    heads = [*STATES, "findings", "new", "fixed"] if sums is not None else [*STATES]
    columns = "".join(f'<th scope="col" class="n">{word}</th>' for word in heads)
    columns += '<th scope="col">Findings over time</th>' if course else ""
    order = sorted(totals, key=lambda name: (-totals[name].get("fix", 0), name))
    rows = []
    for name in order:
        numbers = [totals[name].get(word, 0) for word in STATES]
        if sums is not None:
            own = sums.get(name, {})
            numbers += [own.get("findings", 0), totals[name].get("new", 0), own.get("fixed", 0)]
        line = draw_sparkline([counts.get(name, {}).get("findings", 0) for counts in course]) if course else ""
        rows.append(
            f'<tr><th scope="row">{escape(name) or "(none)"}</th>{format_numbers(numbers)}'
            f"{f'<td>{line}</td>' if course else ''}</tr>"
        )
    return f'<table><thead><tr><th scope="col">{head}</th>{columns}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def format_trend(trend: Sequence[AuditSums]) -> str:
    """A table with a line for each audit, the newest first, and a picture of how many findings there were."""
    words = ("documents", "findings", "errors", "warnings", "claims", "new", "fixed", *reversed(VERDICTS))
    columns = "".join(f'<th scope="col" class="n">{word}</th>' for word in words)
    rows = "".join(
        f'<tr><th scope="row">{escape(sums.day)}</th>{format_numbers(sums.totals.get(word, 0) for word in words)}</tr>'
        for sums in trend[: -MAX_AUDITS - 1 : -1]
    )
    picture = draw_sparkline([sums.totals.get("findings", 0) for sums in trend])
    return (
        f"<p>Findings: {picture}</p>"
        f'<table><thead><tr><th scope="col">Audit</th>{columns}</tr></thead><tbody>{rows}</tbody></table>'
    )


def format_numbers(numbers: Iterable[int]) -> str:
    """Cells of a table."""
    return "".join(f'<td class="n">{number:,}</td>' for number in numbers)


def draw_sparkline(values: Sequence[int]) -> str:
    """A course as a small picture; its values are its label."""
    values = values[-MAX_AUDITS:]
    top = max(*values, 1)
    step = 100 / max(len(values) - 1, 1)
    points = " ".join(f"{number * step:.1f},{22 - 20 * value / top:.1f}" for number, value in enumerate(values))
    label = ", ".join(f"{value:,}" for value in values)
    return f'<svg viewBox="-2 0 104 24" role="img" aria-label="{label}"><polyline points="{points}"/></svg>'
