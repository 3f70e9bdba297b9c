"""The company's own pages: where they are listed and found, their links, and steps that are checked off."""

import datetime
import json
import re

import pytest

from handbooks import ROOT, TODAY
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.run.build import read_guides
from onevoice.site.guides import group_guides, render
from onevoice.site.view import View

DAY = datetime.date.fromisoformat(TODAY)
PATH = "/pages/first-week-rep/"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
# What a rep has to find: (what they type, the page that answers).
CHAPTERS = [
    ("discount", "/pages/pricing-words/"), ("ROI", "/pages/pricing-words/"), ("budget", "/pages/pricing-words/"),
    ("GDPR", "/pages/security-answers/"), ("SOC 2", "/pages/security-answers/"), ("Overbank", "/messaging/versus/"),
    ("title case", "/pages/numbers-and-punctuation/"), ("alt text", "/pages/people-and-accessibility/"),
    ("pronouns", "/pages/people-and-accessibility/"), ("subject line", "/pages/channels/"),
    ("first week", "/pages/first-week-rep/"), ("side by side", "/messaging/compare/"),
    ("security questionnaire", "/request/who/"), ("who to ask", "/request/who/"),
]  # fmt: skip


def make_view(tmp_path, **pages: str) -> View:
    folder = tmp_path / "content" / "pages"
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return View(
        Handbook(load_folder(ROOT)), DAY, lambda path, text, written: text, lambda text: [], read_guides(tmp_path)
    )


def test_pages_are_grouped_in_their_order(tmp_path):
    view = make_view(
        tmp_path,
        a="---\ngroup: Later\norder: 3\n---\n# A",
        b="# No front matter",
        c="---\ngroup: First\norder: 1\n---\n# C",
        d="---\ngroup: Later\norder: 2\n---\n# D",
    )
    assert [(group, [guide.name for guide in guides]) for group, guides in group_guides(view)] == [
        ("First", ["c"]), ("Later", ["d", "a"]), ("", ["b"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("[a](/messaging/proof/#x)", "[a](../../messaging/proof/index.md#x)"),
        ("[a](/) and [b](/glossary/)", "[a](../../index.md) and [b](../../glossary/index.md)"),
        ("`[a](/glossary/)`", "`[a](/glossary/)`"),
        ("```\n[a](/glossary/)\n```", "```\n[a](/glossary/)\n```"),
        ("[a](https://ferrywell.example/x) [b](../x.md)", "[a](https://ferrywell.example/x) [b](../x.md)"),
    ],
)
def test_an_address_of_the_site_is_linked(tmp_path, source, made):
    view = make_view(tmp_path, a=f"# A\n\n{source}\n")
    (page,) = [artifact for artifact in render(view) if artifact.path == "docs/pages/a/index.md"]
    assert f"\n{made}\n" in page.data.decode()


@pytest.mark.parametrize("front", ["", "steps: maybe\n", "keywords: 3\nreviewed: soon\norder: last\nowner: nobody\n"])
def test_odd_front_matter_is_no_reason_to_stop(tmp_path, front):
    view = make_view(tmp_path, a=f"---\ntitle: A\n{front}---\n# A\n\n- one\n")
    assert [artifact.path for artifact in render(view)] == ["docs/pages/index.md", "docs/pages/a/index.md"]


@pytest.mark.parametrize(("text", "rest"), [("# A\n\n- one\n", "- one"), ("# A\n\n1. one\n", "1. one"), ("# A\n", "")])
def test_what_counts_the_steps_is_above_the_first(tmp_path, text, rest):
    view = make_view(tmp_path, a=f"---\nsteps: true\n---\n{text}")
    page = list(render(view))[-1].data.decode()
    assert page.partition("</div>")[2].lstrip().startswith(rest)


@pytest.mark.parametrize(("typed", "path"), CHAPTERS)
def test_the_search_knows_the_chapter(site, typed, path):
    script = (site / "assets" / "labels.js").read_text("utf-8")
    rows = json.loads(re.search(r"onevoiceLabels = (.*);", script, re.S)[1])
    found = {
        f"/{row[0].partition('#')[0]}"
        for row in rows
        for label in (row[2], *(one[0] for one in row[3:]))
        if typed.lower() in label.lower()
    }
    assert path in found


def test_every_page_is_listed_and_linked_from_home(site):
    index, home = ((site / name).read_text("utf-8") for name in ("pages/index.html", "index.html"))
    for path in (ROOT / "content" / "pages").glob("*.md"):
        assert f'href="{path.stem}/"' in index
        assert f'href="pages/{path.stem}/"' in home


@pytest.fixture(params=SIZES, scope="module")
def context(request, browser):
    context = browser.new_context(viewport=SIZES[request.param], has_touch=request.param == "phone")
    yield context
    context.close()


def test_steps_are_checked_off_and_kept(context, address):
    page = context.new_page()
    page.goto(address + PATH)
    page.evaluate("localStorage.clear()")
    page.reload()
    boxes = page.locator(".ov-step input")
    total = boxes.count()
    said = page.locator(".ov-steps [role=status]")
    assert total > 15
    assert said.inner_text() == f"0 of {total} done. Kept in this browser only."
    boxes.nth(0).check()
    boxes.nth(2).focus()
    page.keyboard.press("Space")
    assert said.inner_text().startswith(f"2 of {total} done.")
    page.reload()
    assert [boxes.nth(at).is_checked() for at in range(4)] == [True, False, True, False]
    # The other path is another list.
    page.goto(address + "/pages/first-week-marketer/")
    assert said.inner_text().startswith("0 of ")
    page.goto(address + PATH)
    page.get_by_role("button", name="Start over").click()
    page.reload()
    assert said.inner_text().startswith("0 of ")
    page.close()


def test_each_step_has_a_name_and_room_for_a_finger(context, address):
    page = context.new_page()
    page.goto(address + PATH)
    names = page.locator(".ov-step input").evaluate_all("boxes => boxes.map(box => box.ariaLabel)")
    assert len(set(names)) == len(names)
    assert all(len(name) > 10 for name in names)
    rooms = page.locator(".ov-tick").evaluate_all("all => all.map(one => Math.min(one.offsetWidth, one.offsetHeight))")
    assert min(rooms) >= 44
    page.close()


def test_a_browser_that_keeps_nothing_says_so(browser, address):
    page = browser.new_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    page.goto(address + PATH)
    page.locator(".ov-step input").first.check()
    assert page.locator(".ov-steps [role=status]").inner_text().endswith("This browser can't keep your checkmarks.")
    page.close()


def test_without_javascript_it_is_a_plain_list(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PATH)
    assert page.locator("article li").count() > 15
    assert page.locator(".ov-step").count() == 0
    assert "needs JavaScript" in page.locator(".ov-steps").inner_text()
    context.close()
