"""One page for people: totals, by group and owner, and the worst documents first. It opens from a folder."""

from __future__ import annotations

import base64
import hashlib
import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape

from onevoice.audit.tables import JudgedRow
from onevoice.audit.verdict import VERDICTS

# How many documents the page lists; the table has all.
MAX_LISTED = 500
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #bbb;vertical-align:top;overflow-wrap:anywhere}
td.n,th.n{text-align:right}
label{margin-right:1rem}
@media (prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}}
"""
_SCRIPT = """
const rows=[...document.querySelectorAll('#worst tbody tr')];
const word=document.getElementById('word'),verdict=document.getElementById('verdict');
const shown=document.getElementById('shown');
function show(){
  const wanted=word.value.toLowerCase();let count=0;
  for(const row of rows){
    const fits=row.textContent.toLowerCase().includes(wanted)&&(!verdict.value||row.dataset.verdict===verdict.value);
    row.hidden=!fits;count+=fits;
  }
  shown.textContent=count+' of '+rows.length+' shown';
}
word.addEventListener('input',show);verdict.addEventListener('change',show);show();
"""


class PageSummary:
    """What the page tells, gathered while the documents pass: no more of it is held than is shown."""

    def __init__(self) -> None:
        self.verdicts: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.by_group: dict[str, Counter[str]] = {}
        self.by_owner: dict[str, Counter[str]] = {}
        self._worst: list[tuple[int, int, tuple[str, ...]]] = []
        self._count = 0

    def add_row(self, judged: JudgedRow) -> None:
        """Take in one document."""
        row, word = judged.row, judged.verdict.word
        self.verdicts[word] += 1
        self.states[row["state"]] += 1
        key = word or row["state"]
        self.by_group.setdefault(row["group"], Counter())[key] += 1
        self.by_owner.setdefault(row["owner"], Counter())[key] += 1
        self._count += 1
        if word == "keep" or row["state"] == "skipped":
            return
        cells = (
            *(row["uri"], row["title"], row["group"], row["owner"], key, judged.verdict.why),
            *(str(row["errors"]), str(row["warnings"]), f"{judged.rate:.1f}"),
        )
        # Of two that are as bad, the first stays.
        item = (10 * (row["errors"] + row["claims"]) + row["warnings"], -self._count, cells)
        if len(self._worst) < MAX_LISTED:
            heapq.heappush(self._worst, item)
        else:
            heapq.heappushpop(self._worst, item)

    def list_worst(self) -> list[tuple[str, ...]]:
        """The cells of the worst documents, the worst first."""
        return [cells for *_, cells in sorted(self._worst, reverse=True)]


def write_page(summary: PageSummary, day: str, name: str, unread: str) -> bytes:
    """The page. name: whose handbook. unread: what isn't a document, in words."""
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    total = sum(summary.states.values())
    worst = summary.list_worst()
    rows = "\n".join(_format_document(cells) for cells in worst)
    choices = "".join(f"<option>{word}</option>" for word in (*VERDICTS, "failed") if word != "keep")
    note = f"<p>Other files: {escape(unread)}.</p>" if unread else ""
    heads = ("Document", "Title", "Group", "Owner", "Verdict", "Why")
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    columns += "".join(f'<th scope="col" class="n">{head}</th>' for head in ("Errors", "Warnings", "Per 1,000 words"))
    page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>Audit of {escape(day)}</title><style>{_STYLE}</style></head><body>
<h1>Audit of {escape(day)}</h1>
<p>{total:,} documents, with the handbook{f" of {escape(name)}" if name else ""}.
All of them are in <a href="documents.csv">documents.csv</a>,
what was found in <a href="findings.csv">findings.csv</a>.</p>
{note}
{_format_totals("Group", {"all": summary.verdicts + _count_unread(summary.states)})}
<h2>By group</h2>
{_format_totals("Group", summary.by_group)}
<h2>By owner</h2>
{_format_totals("Owner", summary.by_owner)}
<h2>The worst first</h2>
<p><label>Find <input id="word" type="search"></label>
<label>Verdict <select id="verdict"><option value="">all</option>{choices}</select></label>
<span id="shown" role="status"></span></p>
<table id="worst"><thead><tr>{columns}</tr></thead><tbody>
{rows}
</tbody></table>
<script>{_SCRIPT}</script></body></html>
"""
    return page.encode("utf-8", "backslashreplace")


def _count_unread(states: Mapping[str, int]) -> Counter[str]:
    return Counter({state: count for state, count in states.items() if state != "read"})


def _format_totals(head: str, totals: Mapping[str, Mapping[str, int]]) -> str:
    words = (*reversed(VERDICTS), "failed", "skipped")
    columns = "".join(f'<th scope="col" class="n">{word}</th>' for word in words)
    order = sorted(totals, key=lambda name: (-totals[name].get("fix", 0), name))
    rows = "".join(
        f'<tr><th scope="row">{escape(name) or "(none)"}</th>'
        f"{_format_numbers(totals[name].get(word, 0) for word in words)}</tr>"
        for name in order
    )
    return f'<table><thead><tr><th scope="col">{head}</th>{columns}</tr></thead><tbody>{rows}</tbody></table>'


def _format_numbers(numbers: Iterable[int]) -> str:
    return "".join(f'<td class="n">{number:,}</td>' for number in numbers)


def _format_document(cells: tuple[str, ...]) -> str:
    shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells[:6])
    figures = "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells[6:])
    return f'<tr data-verdict="{escape(cells[4])}">{shown}{figures}</tr>'
