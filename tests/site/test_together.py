"""Working together: everything that is written down is shown, drawn, printed and put away in time."""

import datetime
import itertools
import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import Page, broken
from handbooks import ROOT, build, copy
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.ways import LeadTransition, list_transitions
from onevoice.load.folder import load_folder
from onevoice.records.envelope import iter_texts
from onevoice.records.journey import Stage
from onevoice.records.kpi import parse_formula
from onevoice.records.lead import Lead
from onevoice.records.meeting import Meeting
from onevoice.run.build import plan_build
from onevoice.site import diagram, plays, schedule, together

BOOK = Handbook(load_folder(ROOT))
NEW = ("leads", "kpis", "strategy", "tools", "meetings", "plays")
HUBS = [
    *(hub.path for hub in (*together.HUBS, *plays.HUBS)),
    *(play.page_path for play in BOOK.list_approved("plays")),
]
SVG = "{http://www.w3.org/2000/svg}"


def html(site, path: str) -> str:
    return (site / path.strip("/") / "index.html").read_text("utf-8")


def flat(text: str) -> str:
    return " ".join(text.split())


def planned(folder, today: datetime.date) -> dict[str, str]:
    """The pages that a build would write, by their path below build/docs."""
    artifacts = plan_build(folder, today).output_files
    return {a.path.removeprefix("docs/"): a.data.decode() for a in artifacts if a.path.endswith(".md")}


def drawings(site, path: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in re.findall(r'<svg class="ov-svg.*?</svg>', html(site, path), re.S)]


@pytest.mark.parametrize("kind", NEW)
def test_every_text_of_a_record_is_on_its_page(site, kind):
    for record in BOOK.list_approved(kind):
        shown = flat(Page(html(site, record.page_path.partition("#")[0])).text)
        skip = frozenset({"id", "was", "reviewed", "url", "where", "signed"})
        missing = [loc for loc, text in iter_texts(record, skip) if flat(text) not in shown]
        assert missing == [], record.id


def test_a_full_handbook():
    counts = {kind: len(BOOK.list_approved(kind)) for kind in ("terms", "assets", "kpis", "plays", "meetings", "tools")}
    least = {"terms": 90, "assets": 36, "kpis": 8, "plays": 2, "meetings": 3, "tools": 6}
    assert {kind: count for kind, count in counts.items() if count < least[kind]} == {}
    assert len([form for form in BOOK.list_approved("forms") if form.use == "feedback"]) >= 3
    assert {kpi.horizon for kpi in BOOK.list_approved("kpis")} == {"quarter", "long"}


# --- drawings


def test_the_drawing_of_handoffs_says_each_way_in_words(site):
    drawing = drawings(site, "/together/leads/")[0]
    assert drawing.get("role") == "group", "its boxes are links"
    links = [link.get("href") for link in drawing.iter(f"{SVG}a")]
    assert links == [f"#{stage.id}" for stage in BOOK.list_approved("leads")]
    named = [drawing.find(f".//*[@id='{id}']").text for id in drawing.get("aria-labelledby").split()]
    teams = {team.id: team.name for team in BOOK.list_records("teams")}
    for way in list_transitions(BOOK):
        if way.start is not way.end:
            assert diagram.describe_way(way, teams.get) in named[1]
    lines = [element for element in drawing.iter(f"{SVG}g") if "ov-way" in element.get("class")]
    assert len(lines) == len([way for way in list_transitions(BOOK) if way.start is not way.end])


def test_the_same_ways_stand_below_as_text(site):
    shown = flat(Page(html(site, "/together/leads/")).text)
    for way in list_transitions(BOOK):
        for text in way.when.split("; "):
            assert flat(text) in shown


def tidy(drawing: ElementTree.Element, stages: int) -> None:
    """Everything is inside the drawing, no two boxes touch, and no line runs through a box."""
    _, _, wide, high = map(float, drawing.get("viewBox").split())
    boxes = [[float(rect.get(name)) for name in ("x", "y", "width", "height")] for rect in drawing.iter(f"{SVG}rect")]
    assert len(boxes) == stages
    for index, (x, y, w, h) in enumerate(boxes):
        assert min(x, y) >= 0 and x + w <= wide and y + h <= high
        for x2, y2, w2, h2 in boxes[:index]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
    for group in drawing.iter(f"{SVG}g"):
        if "ov-way" not in group.get("class"):
            continue
        points = [tuple(map(float, point.split())) for point in group[0].get("d")[1:].split("L")]
        assert all(0 <= x <= wide and 0 <= y <= high for x, y in points)
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            for x, y, w, h in boxes:
                beside = max(x1, x2) <= x + 0.2 or min(x1, x2) >= x + w - 0.2
                above = max(y1, y2) <= y + 0.2 or min(y1, y2) >= y + h - 0.2
                assert beside or above, (points, (x, y, w, h))


def test_boxes_stay_inside_the_drawing_and_apart(site):
    tidy(drawings(site, "/together/leads/")[0], len(BOOK.list_approved("leads")))


@given(st.data())
def test_other_companies_ways_are_drawn_as_well(data):
    size = data.draw(st.integers(1, 10))
    names = st.text("abcdefgh &<>", min_size=1, max_size=40).filter(str.strip)
    held = data.draw(st.lists(st.sampled_from(["marketing", "sales"]), min_size=size, max_size=size))
    stages = [Lead(id=f"s{index}", name=data.draw(names), summary="s", held_by=side) for index, side in enumerate(held)]
    ends = st.tuples(st.sampled_from(stages), st.sampled_from(stages), st.sampled_from(["step", "handoff", "return"]))
    found = [LeadTransition(start, end, kind, "w", ()) for start, end, kind in data.draw(st.lists(ends, max_size=25))]
    svg = diagram.draw_lead_ways(stages, found, team=str, sales="sales".__eq__)
    tidy(ElementTree.fromstring(str(svg)), size)
    stages_above = [
        Stage(id=f"j{n}", name=data.draw(names), question="q", customer="c", marketing="m", sales="s", done_when="d")
        for n in range(data.draw(st.integers(1, 7)))
    ]
    below = [
        lead.model_copy(update={"stages": tuple(data.draw(st.lists(st.sampled_from([s.id for s in stages_above]))))})
        for lead in stages
    ]
    tidy(
        ElementTree.fromstring(str(diagram.draw_journey(stages_above, below))),
        len(stages_above) + len([lead for lead in below if lead.stages]),
    )


def test_the_journey_has_two_tracks(site):
    for path in ("/together/", "/together/leads/"):
        [drawing] = [one for one in drawings(site, path) if "ov-tracks" in one.get("class")]
        says = drawing.find(f".//{SVG}desc").text
        for stage in BOOK.stages:
            names = [lead.name for lead in BOOK.list_approved("leads") if stage.id in lead.stages]
            assert f"{stage.name}: {', '.join(names)}" in says
        kinds = [group.get("class") for group in drawing.iter(f"{SVG}g")]
        assert kinds.count("ov-box ov-buyer") == len(BOOK.stages)
        assert kinds.count("ov-box ov-lead") == len([lead for lead in BOOK.list_approved("leads") if lead.stages])


@pytest.mark.parametrize(
    ("text", "letters", "lines"),
    [
        ("Marketing qualified lead", 16, ["Marketing", "qualified lead"]),
        ("Unternehmensqualifizierung", 10, ["Unternehm-", "ensqualif-", "izierung"]),
        ("a bc d", 2, ["a", "bc", "d"]),
        ("", 5, []),
    ],
)
def test_names_are_wrapped_at_words(text, letters, lines):
    assert diagram.wrap_text(text, letters) == lines


# --- words made from rules


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", "Every Monday"),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU,TH", "Every Tuesday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "Friday, every 2 weeks"),
        ("FREQ=MONTHLY;BYDAY=1TU", "The first Tuesday of every month"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TH", "The last Thursday, every 3 months"),
        ("FREQ=DAILY", "Every day"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "Repeats by the rule FREQ=MONTHLY;BYMONTHDAY=15"),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", "Repeats by the rule FREQ=MONTHLY;BYDAY=1TU,3TU"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1", "Repeats by the rule FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1"),
    ],
)
def test_a_rule_in_words(rule, words):
    assert schedule.describe_recurrence(Meeting.model_construct(repeats=rule)) == words


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("{lead} ÷ 2", [("", "lead"), (" ÷ 2", "")]),
        ("all {lead|leads}", [("all ", ""), ("leads", "lead")]),
        ("no term", [("no term", "")]),
        ("{a}{b|c}", [("", "a"), ("c", "b")]),
    ],
)
def test_a_formula_in_pieces(formula, found):
    assert list(parse_formula(formula)) == found


def test_formulas_link_their_terms(site):
    page = Page(html(site, "/together/kpis/"))
    for kpi in BOOK.list_approved("kpis"):
        for _, term in parse_formula(kpi.formula):
            assert not term or f"../../glossary/{term}/" in page.links
    assert "{" not in page.text.split("Joint KPIs", 1)[1].split("Sources")[0]


# --- who owns what


def test_the_team_with_the_most_overdue_comes_first(tmp_path):
    folder = copy(tmp_path)
    tools = folder / "content" / "tools.yaml"
    tools.write_text(tools.read_text("utf-8").replace("{date: 2026-09-28,", "{date: 2025-09-28,"))
    docs = planned(folder, datetime.date(2026, 11, 21))
    text = docs["together/teams/index.md"]
    assert re.findall(r"^## (.+?) \{", text, re.M)[0] == "Sales enablement"
    section = text.split("## Sales enablement")[1].split("\n## ")[0]
    states = re.findall(r'^- .*data-state="(\w+)"', section, re.M)
    assert states.count("overdue") >= 7
    assert states == sorted(states, key=["expired", "overdue", "soon"].index)
    assert re.findall(r"^- \[(.+?)\]\(teams/", docs["together/index.md"], re.M)[0] == "Sales enablement"


# --- in a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1280, 900)])
def test_nothing_is_cut_off(browser, address, size, scheme):
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page = context.new_page()
    wide = []
    for path in HUBS:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        inner = page.evaluate(
            """[...document.querySelectorAll('.md-content td, .ov-diagram, .ov-handed, .ov-checklist, .ov-formula')]
            .filter(e => e.scrollWidth > e.clientWidth + 1).length"""
        )
        if over > 0 or inner:
            wide.append((path, over, inner))
    context.close()
    assert wide == []


@pytest.mark.parametrize("script", [True, False])
def test_is_this_an_mql(browser, address, script):
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{address}/together/leads/#marketing-qualified-lead-check")
    form = page.locator("form.ov-checklist").first
    boxes = form.get_by_role("checkbox")
    assert boxes.count() == 5
    for index in range(5):
        assert form.locator(".ov-missing").is_visible() and not form.locator(".ov-all").is_visible()
        boxes.nth(index).check()
    assert form.locator(".ov-all").is_visible() and not form.locator(".ov-missing").is_visible()
    boxes.nth(2).uncheck()
    assert form.locator(".ov-missing").is_visible()
    form.get_by_role("button", name="Start over").click()
    assert form.locator("input:checked").count() == 0
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_strategy_prints_on_one_page(page, address, paper):
    page.goto(f"{address}/together/strategy/")
    page.wait_for_load_state("networkidle")
    printed = page.pdf(format=paper, margin=dict.fromkeys(("top", "right", "bottom", "left"), "1.2cm"))
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


def test_plays_go_to_the_archive_in_the_readers_browser(browser, address):
    moments = {"2026-11-22": "running", "2026-12-11": "running", "2026-12-12": "over", "2026-11-08": "coming"}
    for day, state in moments.items():
        context = browser.new_context()
        page = context.new_page()
        page.clock.set_fixed_time(datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00"))
        page.goto(f"{address}/messaging/plays/")
        group = page.locator(f'.ov-plays[data-when="{state}"]')
        group.get_by_role("link", name="Count your leads from spring").wait_for(timeout=5000)
        page.goto(f"{address}/messaging/plays/count-your-leads/")
        page.locator(f'.ov-when[data-state="{state}"]').wait_for(timeout=5000)
        page.goto(f"{address}/messaging/sales-lead/discover/")
        note = page.locator(".ov-running", has_text="Count your leads")
        note.wait_for(state="visible" if state == "running" else "hidden", timeout=5000)
        context.close()


def test_plays_stay_where_the_build_put_them_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/messaging/plays/")
    for state, name in (("running", "Count your leads"), ("coming", "second region"), ("over", "Two heads")):
        assert page.locator(f'.ov-plays[data-when="{state}"]').get_by_text(name).is_visible()
    context.close()


# --- other days, other handbooks


def test_the_build_puts_plays_away_too(tmp_path):
    docs = planned(copy(tmp_path), datetime.date(2027, 1, 15))
    text = docs["messaging/plays/index.md"]
    groups = dict(re.findall(r'data-when="(\w+)" markdown>(.*?)<p class="ov-none">', text, re.S))
    assert "second-region" in groups["running"]
    assert "count-your-leads" in groups["over"] and "two-heads-on-tour" in groups["over"]
    assert groups["over"].index("count-your-leads") < groups["over"].index("two-heads")
    assert "Count your leads" not in docs["messaging/sales-lead/discover/index.md"]


@pytest.mark.parametrize("kinds", [("leads", "kpis", "meetings"), ("strategy", "tools", "plays")])
def test_what_is_only_proposed_is_named_but_has_no_page(tmp_path, kinds):
    folder = copy(tmp_path)
    for kind in kinds:
        path = folder / "content" / f"{kind}.yaml"
        text = path.read_text("utf-8")
        new = text.replace("defaults:", "defaults:\n  status: proposed", 1)
        path.write_text(new if new != text else f"defaults: {{status: proposed}}\n{text}", "utf-8")
    build(folder)
    assert broken(folder / "build" / "site") == []
    for kind in kinds:
        records = json.loads((folder / "build" / "docs" / "api" / f"{kind}.json").read_text("utf-8"))
        assert {record["status"] for record in records} == {"proposed"}


def test_the_public_site_tells_nothing_of_it(tmp_path):
    folder = copy(tmp_path)
    build(folder, "--public")
    public = folder / "build" / "public"
    for kind in NEW:
        assert json.loads((public / "docs" / "api" / f"{kind}.json").read_text("utf-8")) == []
    assert list((public / "site").rglob("*.ics")) == []
    assert broken(public / "site") == []
