"""Every figure on the pages of a scripted quarter is what a plain count of its files says; without any, none shows."""

import csv
import datetime
import html
import io
import re
from collections import defaultdict

import pytest

from handbooks import ROOT
from onevoice.exchange import mail
from onevoice.handbook.figures import find_week_start, list_weeks, name_week, parse_number, replace_number
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import History
from onevoice.load.folder import load_folder
from onevoice.phrases.catalog import speak_language
from onevoice.records.measure import Measure
from onevoice.run.data import plan_metrics
from onevoice.run.digest import list_meeting_news
from onevoice.run.quotes import plan_quotes
from onevoice.site import agenda, alignment, measured, site, trend
from onevoice.site.view import View
from onevoice.tables.directory import make_directory
from onevoice.tables.read import read_export
from onevoice.tables.shapes import load_shapes
from quarter import WORDS_FORM, make_quarter, make_quotes

TODAY = datetime.date(2026, 11, 29)
METRICS, QUOTES = (ROOT / "content" / name for name in ("metrics", "quotes"))
WEEKS = [f"2026-W{week}" for week in range(36, 49)]
ADDRESSES = ("kpis", "leads", "alignment", "meetings/monday", "")
PAGES = {f"/together/{name}/" if name else "/together/" for name in ADDRESSES}
PAGES |= {"/catalog/", "/catalog/gaps/", "/catalog/buying-guide/", "/glossary/handoff/", "/messaging/pains/"}


def make_view(book: Handbook) -> View:
    view = View(book, TODAY, lambda path, text, written: text, lambda text: [])
    view.wants_page = PAGES.__contains__
    return view


def render(view: View) -> dict[str, str]:
    return {one.path.removeprefix("docs"): one.data.decode() for one in site.render_all_pages(view)}


@pytest.fixture(scope="module")
def book():
    speak_language("en")
    return Handbook(load_folder(ROOT))


@pytest.fixture(scope="module")
def pages(book):
    return render(make_view(book))


@pytest.fixture(scope="module")
def rows():
    """The files as nobody of ours reads them."""
    found = []
    for path in sorted(METRICS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


def add(rows, record, start, weeks=WEEKS):
    return sum(
        float(row["value"])
        for row in rows
        if row["record"] == record and row["measure"].startswith(start) and row["week"] in weeks
    )


def show(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def tables(page: str) -> dict[str, list[list[str]]]:
    """Every table of figures by its caption, as texts."""
    found = {}
    for caption, table in re.findall(r'ov-unseen">: ([^<]*)</span></summary>(<table.*?</table>)', page, re.S):
        cells = (re.findall(r"<t[hd](?: [^>]*)?>(?:<time[^>]*>)?([^<]*)", row) for row in table.split("<tr>"))
        found[caption] = [row for row in cells if row]
    return found


def test_the_committed_figures_are_those_of_the_script():
    committed = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in METRICS.glob("*.csv")}
    committed |= {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in QUOTES.glob("*.csv")}
    made = plan_metrics(make_quarter()) | plan_quotes(make_quotes())
    assert committed == made, "run `python tests/quarter.py`"


def test_the_committed_quotes_are_what_a_form_says(book):
    """Nothing in what Ferrywell's customers said is held back: neither a name nor anything else that leads to one."""
    labels = {question.id: question.label for question in book.find_record("forms", WORDS_FORM).questions}
    names = {one.id: one.name for one in (*book.list_approved("personas"), *book.stages)}
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["Timestamp", *(labels[id] for id in ("persona", "stage", "words", "objection"))])
    for quote in make_quotes():
        words = (quote.words, "") if quote.about == "pain" else ("", quote.words)
        writer.writerow([find_week_start(quote.week), names[quote.persona], names[quote.stage], *words])
    harvest = read_export("a.csv", stream.getvalue().encode(), make_directory(book), load_shapes())
    assert harvest.quotes == make_quotes() and "left out, as" not in str(harvest.said)


def test_the_figures_fit_what_the_records_say(rows):
    october = [
        float(row["value"])
        for row in rows
        if row["record"] == "kpis/first-answer-time" and row["measure"] == "value" and row["week"] in WEEKS[5:9]
    ]
    assert round(sum(october) / 4, 1) == 5.2
    called = "handoffs/marketing-qualified-lead-to-first-call"
    summer = WEEKS[:5]
    share = 1 - add(rows, called, "returned", summer) / add(rows, called, "count", summer)
    assert round(100 * share) in range(77, 80)
    for row in rows:
        if row["measure"] == "late":
            parts = [add(rows, row["record"], name, [row["week"]]) for name in ("in-time", "late")]
            assert sum(parts) == add(rows, row["record"], "count", [row["week"]]) >= 5


def test_each_kpi_shows_its_figures(book, pages, rows):
    page = pages["/together/kpis/index.md"]
    strip = pages["/together/index.md"]
    seen = 0
    for kpi in book.list_approved("kpis"):
        mine = {
            row["week"]: float(row["value"])
            for row in rows
            if row["record"] == f"kpis/{kpi.id}" and row["measure"] == "value"
        }
        place = strip.partition(f"[{kpi.name}](")[2].partition("\n</div>")[0]
        if not mine:
            assert "No figures here yet. Look in " in place
            continue
        seen += 1
        assert f"<strong>{replace_number(kpi.target, show(mine[max(mine)]))}</strong>" in place
        table = tables(page)[kpi.name]
        assert [row[1] for row in table[1:] if row[1] != "–"] == [
            show(mine[week]) for week in sorted(mine, reverse=True)
        ]
        for column, name in enumerate(table[0][2:], 2):
            deeds = [show(add(rows, f"kpis/{kpi.id}", name.replace(" ", "-"), [week])) for week in reversed(WEEKS)]
            assert [row[column] for row in table[1:]] == deeds
    assert seen == 6


def test_each_handoff_shows_its_figures(book, pages, rows):
    page = pages["/together/leads/index.md"]
    names = sorted({row["record"] for row in rows if row["record"].startswith("handoffs/")})
    assert len(names) == 3
    drawn = re.findall(r'ov-count"[^>]*>([^<]*)', page)
    for record in names:
        start, _, end = record.removeprefix("handoffs/").partition("-to-")
        first, last = (book.find_record("leads", id) for id in (start, end))
        table = tables(page)[f"{first.name} to {last.name}"]
        measures = ["count", "in-time", "late", "median-hours", "returned"][: len(table[0]) - 1]
        for row, week in zip(table[1:], reversed(WEEKS), strict=True):
            assert row[1:] == [show(add(rows, record, name, [week])) for name in measures]
        assert show(add(rows, record, "count", WEEKS[-1:])) in drawn
        reasons = defaultdict(float)
        for row in rows:
            if row["record"] == record and row["measure"].startswith("returned:"):
                reasons[row["measure"].partition(":")[2]] += float(row["value"])
        for reason, count in reasons.items():
            assert f"<li>{reason.replace(chr(39), '&#39;')} <strong>{show(count)}</strong></li>" in page


def test_content_shows_how_it_is_used(book, pages, rows):
    sums = {asset.id: add(rows, f"assets/{asset.id}", "") for asset in book.list_approved("assets")}
    view = make_view(book)
    states = {asset.id: view.assess_freshness(asset).state for asset in book.list_approved("assets")}
    fresh = sum(sums[id] > 0 and state in ("fresh", "soon") for id, state in states.items())
    used = sum(count > 0 for count in sums.values())
    quarters = re.findall(r"^\[\*\*(\d+)\*\* ([^]]+)\]", pages["/catalog/index.md"], re.M)
    nothing = sorted({row["record"] for row in rows if row["record"].startswith("queries/")})
    nothing = [record for record in nothing if not add(rows, record, "clicks")]
    assert [int(count) for count, _ in quarters] == [fresh, used - fresh, len(sums) - used, len(nothing)]
    for record in nothing:
        words = record.partition("/")[2]
        count = show(add(rows, record, "impressions")).replace(",", "&#44;")
        assert re.search(rf"\*\*{words}\*\*.* {count} times", pages["/catalog/gaps/index.md"])
    page = pages["/catalog/buying-guide/index.md"]
    for name, words in (("views", "looked at"), ("uses", "sent or used by sales")):
        assert f"{words} <strong>{show(add(rows, 'assets/buying-guide', name))}</strong>" in page


def test_the_coverage_map_shows_how_often_content_is_used(book, pages, rows):
    """Counted from the asset's own fields: what may be sent to a persona at a stage, by side."""
    page = pages["/catalog/gaps/index.md"]
    assets = [one for one in book.list_approved("assets") if not one.expires or one.expires >= TODAY]
    seen = 0
    for persona in book.list_approved("personas"):
        [row] = [line for line in page.splitlines() if line.startswith(f"| **{persona.name}** |")]
        for cell, stage in zip(row.split("|")[2:], book.stages, strict=False):
            uses = re.findall(r"(\d+)\]\([^)]*job=(\w+)[^)]*\)\{[^}]*\}(?: <span class=\"ov-used\">([\d,]+)×)?", cell)
            for count, job, used in uses:
                here = [
                    one for one in assets
                    if one.job == job and persona.id in one.personas and stage.id in one.stages and not one.is_internal
                ]  # fmt: skip
                sums = sum(add(rows, f"assets/{one.id}", "") for one in here)
                assert (int(count), used.replace(",", "")) == (len(here), f"{sums:g}" if sums else "")
                seen += bool(used)
    assert seen > 12


def test_customers_words_are_all_there(book, pages):
    page = html.unescape(pages["/messaging/pains/index.md"]).replace("\\", "")
    with next(QUOTES.glob("*.csv")).open(encoding="utf-8", newline="") as file:
        quotes = list(csv.DictReader(file))
    for quote in quotes:
        assert page.count(f"“{quote['words']}”") == 1, quote
    opened = page.partition("## Answered {")[0]
    unanswered = sum(f"“{quote['words']}”" in opened for quote in quotes)
    assert f"{unanswered} of {len(quotes)} have no answer yet" in page and 0 < unanswered < len(quotes)
    for count, words, said in re.findall(r"^(\d+) quotes, grouped by: ([^.]*)\.\n(.*?)(?=\n#|\Z)", page, re.S | re.M):
        listed = re.findall(r"^- “(.*)” <small", said, re.M)
        assert len(listed) == int(count) > 1
        assert all(word[:3].casefold() in text.casefold() for word in words.split(", ") for text in listed), words
    for persona in book.list_approved("personas"):
        [row] = [line for line in page.splitlines() if line.startswith(f"| **{persona.name}** |")]
        cells = [re.match(r" (\d+|–)(?:<br><small>(\d+) open)?", cell).groups() for cell in row.split("|")[2:-1]]
        for (count, rest), stage in zip(cells, book.stages, strict=True):
            mine = [q for q in quotes if (q["persona"], q["stage"]) == (persona.id, stage.id)]
            held = [q for q in mine if f"“{q['words']}”" in opened]
            assert (count, rest or "") == (str(len(mine) or "–"), str(len(held) or ""))


def test_the_digest_carries_the_agendas(book):
    news = list_meeting_news(book, TODAY)
    assert [one.path for one in news][:1] == ["/together/meetings/monday/"]
    view = make_view(book)
    for one in news:
        plan = agenda.plan_agenda(view, book.find_record("meetings", one.path.split("/")[3]))
        minutes = agenda.write_minutes(view, plan)
        assert one.lines and all(f"{'  ' * depth}- {text}\n" in minutes for depth, text in one.lines)
        assert plan.following <= TODAY + datetime.timedelta(weeks=1)


def test_the_digest_prints_the_agendas(book):
    news = list_meeting_news(book, TODAY)
    history = History(since=TODAY)
    plain = mail.render_mail_text(book, history, news)
    rich = html.unescape(mail.render_mail_html(book, history, news))
    assert max(len(line) for line in plain.splitlines() if "https:" not in line) <= mail.WIDTH
    for one in news:
        assert one.title in plain and f">{one.title}</a></h2>" in rich and f"{one.path}\n" in plain
        for _, text in one.lines:
            assert " ".join(text.split()) in " ".join(plain.split()) and f">{text}</li>" in rich


def test_a_word_shows_how_often_it_slips(pages, rows):
    page = pages["/glossary/handoff/index.md"]
    assert f"found <strong>{show(add(rows, 'terms/handoff', 'findings'))}</strong>" in page
    assert "Should we give in?" not in page or add(rows, "terms/handoff", "findings", WEEKS[-4:]) >= 0.75 * add(
        rows, "terms/handoff", "findings", WEEKS[:4]
    )


def test_an_agenda_has_what_is_new(book, rows):
    view = make_view(book)
    for meeting, since, weeks in (("monday", "2026-11-23", 1), ("customers-words", "2026-11-05", 4)):
        plan = agenda.plan_agenda(view, book.find_record("meetings", meeting))
        assert plan.since.isoformat() == since and plan.weeks == tuple(WEEKS[-weeks:])
        for one in plan.handoffs:
            assert one.count.total == add(rows, f"handoffs/{one.id}", "count", plan.weeks)
            assert sum(count for _, count in one.reasons) == add(rows, f"handoffs/{one.id}", "returned", plan.weeks)
        for term, count in plan.words:
            assert count == add(rows, f"terms/{term.id}", "findings", plan.weeks)
        for words, count in plan.missed:
            assert count == add(rows, f"queries/{words}", "impressions", plan.weeks)
        assert all(request.date >= plan.since for request in plan.requests)
        for pain in plan.pains:
            newest = max(quote.week for quote in pain.group.quotes)
            sunday = find_week_start(newest) + datetime.timedelta(days=6)
            assert len(pain.group.quotes) > 1 and not pain.answers and sunday > plan.since
        assert plan.pains or meeting == "monday"
        minutes = agenda.write_minutes(view, plan)
        assert all(f"{one.count.total:g} handed over" in minutes for one in plan.handoffs)


def test_alignment_is_counted_from_the_handoffs(book, rows):
    counts = {one.id: one for one in alignment.list_counts(make_view(book))}
    records = {row["record"] for row in rows if row["record"].startswith("handoffs/")}
    whole, late, back = (sum(add(rows, r, name) for r in records) for name in ("count", "late", "returned"))
    assert counts["in-time"].value == f"{show(100 * (whole - late) / whole)}%"
    assert counts["returned"].value == f"{show(100 * back / whole)}%"
    assert counts["words"].value == show(sum(float(row["value"]) for row in rows if row["record"].startswith("terms/")))
    for one in counts.values():
        assert one.formula and "score" not in one.formula


def test_without_figures_nothing_shows(pages):
    loaded = load_folder(ROOT)
    loaded.measures, loaded.quotes = {}, {}
    bare = render(make_view(Handbook(loaded)))
    assert bare.keys() == pages.keys() - {"/messaging/pains/index.md"}
    for path, page in bare.items():
        for trace in (
            "ov-measured",
            "ov-strip",
            "ov-trend",
            "ov-weeks",
            "ov-quarters",
            "ov-goal",
            "ov-spark",
            "ov-used",
        ):
            assert trace not in page, path
            assert path in ("/catalog/gaps/index.md",) or trace in "".join(pages.values())


def test_customers_see_no_figures(book):
    view = make_view(book)
    view.handbook = Handbook(book.load_result, is_public=True)
    assert not view.figures and measured.list_kpis(view) == []
    assert (
        not {"/together/meetings/monday/index.md", "/together/alignment/index.md", "/messaging/pains/index.md"}
        & render(view).keys()
    )


@pytest.mark.parametrize("values", [(3,), (5, 5), (0, 0.1, 7), (None, 4, None, 9), (1200, 3400), (100, 100.2)])
def test_a_drawing_keeps_inside_its_frame(values):
    weeks = list_weeks("2025-W52", name_week(find_week_start("2025-W52") + datetime.timedelta(weeks=len(values) - 1)))
    series = measured.Series(weeks, values)
    for drawing in (trend.draw_line("a", "t", series, 4), trend.draw_bars("b", "t", [("first", "x", series)])):
        points = re.findall(r'(?:cx|x)="([\d.-]+)" (?:cy|y)="([\d.-]+)"', drawing)
        assert all(0 <= float(x) <= 360 and 0 <= float(y) <= 132 for x, y in points) and points


def test_weeks_and_numbers():
    assert list_weeks("2026-W52", "2027-W02") == ("2026-W52", "2026-W53", "2027-W01", "2027-W02")
    assert parse_number("15 of 120") == 15 and parse_number("4,5 Stunden", decimal_comma=True) == 4.5
    assert parse_number("as many as we can") is None and replace_number("85%", "78") == "78%"
    assert Measure("a/b", "c", "2026-W48", 1).side == ""


@pytest.mark.parametrize(
    ("text", "bare", "count"),
    [
        ('a <svg class="ov-svg ov-trend" id="x">1</svg> b', 'a <hr class="ov-hole"> b', 1),
        (
            '<details class="ov-figures">1</details><svg class="ov-svg ov-trend">2</svg>.',
            '<hr class="ov-hole"><hr class="ov-hole">.',
            2,
        ),
        ('<svg class="ov-svg">a word</svg>', '<svg class="ov-svg">a word</svg>', 0),
        ('<details class="ov-figures">never closed', '<details class="ov-figures">never closed', 0),
    ],
)
def test_figures_are_taken_out_and_put_back(text, bare, count):
    found, figures = trend.take_out_figures(text)
    assert (found, len(figures)) == (bare, count)
    assert trend.put_back_figures(found, figures) == text
