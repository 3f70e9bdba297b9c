"""One page for people: totals, by group and owner, and the worst documents first. It opens from a folder."""

from __future__ import annotations

import base64
import hashlib
import heapq
import math
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from onevoice.audit.tables import JudgedRow
from onevoice.audit.totals import format_totals, format_trend
from onevoice.audit.trend import AuditSums
from onevoice.audit.verdict import VERDICTS

# How many documents the page lists; the table has all.
MAX_LISTED = 500
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #bbb;vertical-align:top;overflow-wrap:anywhere}
td.n,th.n{text-align:right}
label{margin-right:1rem}
svg{width:7rem;height:1.7rem;vertical-align:middle}
polyline{fill:none;stroke:currentColor;stroke-width:2}
@media (prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}}
"""
_SCRIPT = """
const rows=[...document.querySelectorAll('#worst tbody tr')];
const word=document.getElementById('word'),verdict=document.getElementById('verdict');
const fresh=document.getElementById('new');
const shown=document.getElementById('shown');
function show(){
  const wanted=word.value.toLowerCase();let count=0;
  for(const row of rows){
    const fits=row.textContent.toLowerCase().includes(wanted)&&(!verdict.value||row.dataset.verdict===verdict.value)
      &&!(fresh&&fresh.checked&&row.dataset.new==='0');
    row.hidden=!fits;count+=fits;
  }
  shown.textContent=count+' of '+rows.length+' shown';
}
word.addEventListener('input',show);verdict.addEventListener('change',show);
if(fresh)fresh.addEventListener('change',show);
show();
"""


class PageSummary:
    """What the page tells, gathered while the documents pass: no more of it is held than is shown."""

    def __init__(self) -> None:
        self.verdicts: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.by_group: dict[str, Counter[str]] = {}
        self.by_owner: dict[str, Counter[str]] = {}
        self.viewed = 0  # How many documents have views that are known.
        self._worst: list[tuple[float, int, tuple[str, ...]]] = []
        self._count = 0

    def add_row(self, judged: JudgedRow) -> None:
        """Take in one document."""
        row, word = judged.row, judged.verdict.word
        self.verdicts[word] += 1
        self.states[row["state"]] += 1
        key = word or row["state"]
        for counts in (
            self.by_group.setdefault(row["group"], Counter()),
            self.by_owner.setdefault(row["owner"], Counter()),
            self.all,
        ):
            counts[key] += 1
            counts["new"] += judged.new
        self._count += 1
        self.viewed += judged.views > 0
        if word == "keep" or row["state"] == "skipped":
            return
        cells = (
            *(row["uri"], row["title"], row["group"], row["owner"], key, judged.verdict.why),
            *(str(row["errors"]), str(row["warnings"]), f"{judged.rate:.1f}", str(judged.new)),
            f"{judged.views:,}",
        )
        # Of two that are as bad, the first stays.
        weight = (10 * (row["errors"] + row["claims"]) + row["warnings"]) * math.log10(10 + judged.views)
        item = (round(weight, 3), -self._count, cells)
        if len(self._worst) < MAX_LISTED:
            heapq.heappush(self._worst, item)
        else:
            heapq.heappushpop(self._worst, item)

    def list_worst(self) -> list[tuple[str, ...]]:
        """The cells of the worst documents, the worst first."""
        return [cells for *_, cells in sorted(self._worst, reverse=True)]


class Course(NamedTuple):
    """What a page tells of earlier audits. trend: the sums of all, today's last. since: what is new, or ""."""

    trend: Sequence[AuditSums]
    since: str


def write_page(summary: PageSummary, course: Course, name: str, unread: str) -> bytes:
    """The page. name: whose handbook. unread: what isn't a document, in words."""
    today = course.trend[-1]
    day = today.day
    past = course.trend if course.since else ()
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    total = sum(summary.states.values())
    worst = summary.list_worst()
    rows = "\n".join(_format_document(cells, with_new=bool(past), with_views=bool(summary.viewed)) for cells in worst)
    choices = "".join(f"<option>{word}</option>" for word in (*VERDICTS, "failed") if word != "keep")
    note = f"<p>Other files: {escape(unread)}.</p>" if unread else ""
    heads = ("Document", "Title", "Group", "Owner", "Verdict", "Why")
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    figures = (
        "Errors",
        "Warnings",
        "Per 1,000 words",
        *(["New"] if past else []),
        *(["Views"] if summary.viewed else []),
    )
    columns += "".join(f'<th scope="col" class="n">{head}</th>' for head in figures)
    fresh = '<label><input id="new" type="checkbox"> with new findings</label>' if past else ""
    page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>Audit of {escape(day)}</title><style>{_STYLE}</style></head><body>
<h1>Audit of {escape(day)}</h1>
<p>{total:,} documents, with the handbook{f" of {escape(name)}" if name else ""}.
All of them are in <a href="documents.csv">documents.csv</a>,
what was found in <a href="findings.csv">findings.csv</a>.</p>
{note}
{f"<p>New: {escape(course.since)}.</p>" if past else ""}
{format_totals("Group", {"all": summary.all}, {"all": today.totals} if past else None)}
{f"<h2>Over time</h2>{format_trend(past)}" if past else ""}
<h2>By group</h2>
{format_totals("Group", summary.by_group, today.groups if past else None, [sums.groups for sums in past])}
<h2>By owner</h2>
{format_totals("Owner", summary.by_owner, today.owners if past else None, [sums.owners for sums in past])}
<h2>The worst first</h2>
<p>{_describe_order(summary.viewed)}</p>
<p><label>Find <input id="word" type="search"></label>
<label>Verdict <select id="verdict"><option value="">all</option>{choices}</select></label>
{fresh}
<span id="shown" role="status"></span></p>
<table id="worst"><thead><tr>{columns}</tr></thead><tbody>
{rows}
</tbody></table>
<script>{_SCRIPT}</script></body></html>
"""
    return page.encode("utf-8", "backslashreplace")


def _describe_order(viewed: int) -> str:
    order = "An error or a claim that's no longer true counts as much as ten warnings."
    if not viewed:
        return order
    known = f"{viewed:,} document{'s' * (viewed != 1)}"
    order += " What many people view moves up: with 1,000 views, it counts three times as much."
    return f"{order} Views are known for {known}."


def _format_document(cells: tuple[str, ...], *, with_new: bool, with_views: bool) -> str:
    shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells[:6])
    numbers = (*cells[6:9], *cells[9:10] * with_new, *cells[10:] * with_views)
    figures = "".join(f'<td class="n">{escape(cell)}</td>' for cell in numbers)
    return f'<tr data-verdict="{escape(cells[4])}" data-new="{cells[9]}">{shown}{figures}</tr>'
