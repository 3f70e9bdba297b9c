"""The tasks for which people open the handbook, in a real browser: on phone and desktop, by pointer and by keys.

A click, a tap or a typed query is one step, counted from the home page; each task names how many it may take.
"""

import datetime
import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from handbooks import build, copy
from repository import Repository
from rounds import choose_count

pytestmark = pytest.mark.rounds

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
REQUEST = "mailto:content@ferrywell.example?subject=Content%20wanted%3A%20Something%20for%20"
CARD = re.compile(r"/messaging/[a-z-]+/[a-z]+/$")


class Person:
    """Somebody at a browser, whose steps are counted.

    how: `pointer` (taps on a phone, clicks on a desktop), `keys` (the Tab key and Enter), or `no script` (a pointer,
    in a browser without JavaScript).
    """

    def __init__(self, browser, address, size, how):
        self.address, self.how, self.steps = address, how, 0
        self.touch = size == "phone"
        self.context = browser.new_context(
            viewport=SIZES[size],
            has_touch=self.touch,
            permissions=["clipboard-read", "clipboard-write"],
            java_script_enabled=how != "no script",
        )
        self.page = self.context.new_page()
        self.page.goto(address)

    def press(self, target):
        """One step: tap or click it, or go to it by the Tab key and press Enter."""
        self.steps += 1
        target = target.locator("visible=true").first
        if self.how == "keys":
            self.reach(target)
            self.page.keyboard.press("Enter")
        elif self.touch:
            target.tap()
        else:
            target.click()

    def reach(self, target, most=250):
        """Press Tab until the target has the focus, and see that it shows it."""
        target.wait_for()
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                # The field of a draft shows it on the frame that it shares with its marks.
                outlines = target.evaluate(
                    "element => [element, element.parentElement].map(each => getComputedStyle(each).outlineStyle)"
                )
                assert set(outlines) != {"none"}, "the focus is not visible"
                return
        raise AssertionError(f"Tab does not reach {target}")

    def type(self, box, text):
        """One step: a typed query."""
        self.steps += 1
        if self.how == "keys":
            self.reach(box)
        box.press_sequentially(text)

    def open_mail(self, target):
        """One step: a link that opens a mail, which no browser here can; its address."""
        target = target.locator("visible=true").first
        if self.how == "keys":
            self.reach(target)
        self.steps += 1
        return target.get_attribute("href")

    def link(self, name):
        # On a phone the navigation is a drawer beside the page: what is in the page is what can be tapped.
        return self.page.locator(".md-content").get_by_role("link", name=name)

    def seen(self, target):
        """Whether all of it stands in the window, without scrolling, below the header that stays."""
        box, head = target.bounding_box(), self.page.locator(".md-header").bounding_box()
        high = self.page.viewport_size["height"]
        return head["y"] + head["height"] <= box["y"] and box["y"] + box["height"] <= high


def list_ways(*ways):
    """Each size and each way; with `make test-slow` each size in each way."""
    usual = {"pointer": "phone", "keys": "desktop", "no script": "phone"}
    return choose_count([(usual[how], how) for how in ways], [(size, how) for size in SIZES for how in ways])


def people(*ways):
    return pytest.fixture(params=list_ways(*ways), ids="-".join)


@people("pointer", "keys")
def person(request, browser, address):
    made = Person(browser, address, *request.param)
    yield made
    made.context.close()


@people("pointer", "keys", "no script")
def anybody(request, browser, address):
    made = Person(browser, address, *request.param)
    yield made
    made.context.close()


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def to_card(person, persona, stage):
    person.press(person.page.locator("summary", has_text=persona))
    person.press(person.link(stage).filter(has_text=stage))
    person.page.wait_for_url(CARD)


def test_1_what_do_i_say(anybody):
    to_card(anybody, "Head of sales", "Decide")
    assert anybody.steps == 2
    cells = anybody.page.locator(".ov-card > div")
    names = [cell.get_by_role("heading").inner_text().upper() for cell in cells.all()]
    assert names == ["SAY", "DON'T SAY", "ASK", "PROOF", "SEND"]
    for cell in cells.all():
        assert anybody.seen(cell), cell.inner_text()
        assert len(cell.inner_text().split()) > 5, "an empty box"
    assert anybody.page.get_by_text("Your reps stay in the CRM").first.is_visible()


def test_2_copy_the_first_line_and_the_tracked_link(person):
    to_card(person, "Head of marketing", "Decide")
    before = person.steps
    person.press(person.page.locator(".ov-say .ov-copy"))
    person.page.locator(".ov-toast[data-shown]").wait_for()
    assert person.steps - before == 1
    assert clipboard(person.page) == person.page.locator(".ov-say .ov-words p").inner_text()
    person.press(person.page.locator(".ov-sendit .ov-copy"))
    # The page's policy lets nothing wait in it for a text.
    person.page.locator(".ov-toast", has_text=re.compile("^Link")).wait_for(state="attached")
    link = clipboard(person.page)
    assert link == person.page.locator(".ov-sendit .ov-send").get_attribute("href")
    assert person.steps - before == 2
    assert "utm_content=marketing-lead-decide" in link


def test_3_is_this_still_true(person):
    to_card(person, "Head of sales", "Decide")
    said = person.page.locator(".ov-say")
    fresh = said.locator(".ov-fresh")
    assert fresh.inner_text() == "Reviewed November 20, 2026"
    assert said.locator(".ov-signature").inner_text() == "Signed by sales and marketing"
    assert person.seen(fresh) and person.seen(said.locator(".ov-signature"))
    later = datetime.datetime.now(datetime.UTC).replace(year=2027, month=11, day=22)
    person.page.clock.set_fixed_time(later)
    person.page.reload()
    person.page.locator('.ov-say .ov-fresh[data-state="overdue"]').wait_for()
    assert fresh.inner_text() == "Review overdue since May 20, 2027"
    states = person.page.locator(".ov-card .ov-fresh").evaluate_all("all => all.map(each => each.dataset.state)")
    assert "fresh" not in states


@pytest.mark.parametrize(
    "word", ["buyer's journey", "buyers jorney", "sales funnel", "smarketting", "MQL", "whitepaper"]
)
def test_4_somebody_said_a_word(person, word):
    box = person.page.get_by_label("Look up a word")
    person.type(box, word)
    found = person.page.locator(".ov-found a").first
    found.wait_for()
    assert person.steps == 1
    expected = {
        "buyer's journey": "customer journey", "buyers jorney": "customer journey", "sales funnel": "customer journey",
        "smarketting": "one voice", "MQL": "marketing qualified lead", "whitepaper": "white paper",
    }[word]  # fmt: skip
    assert expected in found.inner_text()
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/glossary/**")
    assert person.page.get_by_role("heading", level=1).inner_text().startswith(expected)


def test_4_by_address(anybody):
    anybody.page.goto(f"{anybody.address}/glossary/buyers-journey/")
    anybody.page.wait_for_url("**/glossary/customer-journey/#avoid-buyers-journey")
    assert anybody.page.get_by_role("heading", level=1).inner_text().startswith("customer journey")
    why = anybody.page.get_by_text("It's a second name for the same path").first
    assert why.is_visible() and anybody.seen(why)


def test_4_by_a_wrong_address(person):
    person.page.goto(f"{person.address}/glossary/custmer-jurney/")
    near = person.page.locator("[data-lost] a").first
    near.wait_for()
    assert "customer journey" in near.inner_text()
    person.press(near)
    person.page.wait_for_url("**/glossary/customer-journey/")


def test_5_they_say_we_cost_too_much(anybody):
    anybody.press(anybody.link("That's more than we wanted to spend on leads"))
    anybody.page.wait_for_url("**/messaging/objections/#*")
    assert anybody.steps <= 2
    answer = anybody.page.get_by_text("Let's see if it pays off").first
    answer.wait_for()
    assert anybody.seen(answer)


@pytest.mark.parametrize("words", ["too expensive", "more than we wanted to spend"])
def test_5_in_the_words_that_were_heard(person, words):
    person.type(person.page.get_by_label("Look up a word"), words)
    found = person.page.locator(".ov-found a")
    found.first.wait_for()
    assert found.first.inner_text().endswith("how to answer")
    person.press(found)
    person.page.wait_for_url("**/messaging/objections/#*")
    assert person.steps == 2
    assert person.seen(person.page.get_by_text("Let's see if it pays off").first)


def test_6_nothing_fits_so_ask_for_it(person):
    to_card(person, "Head of revenue operations", "Discover")
    before = person.steps
    note = person.page.locator(".ov-gapnote")
    assets = [link.get_attribute("href") for link in note.get_by_role("listitem").get_by_role("link").all()]
    assert len(assets) == 3 and all("catalog/" in href for href in assets)
    asked = person.open_mail(note.locator("a.ov-request"))
    assert person.steps - before == 1
    assert asked.startswith(REQUEST)
    assert "Head of revenue operations" in unquote(asked) and "\r\nDiscover\r\n" in unquote(asked)
    assert asked.count("https%3A%2F%2Fhandbook.ferrywell.example%2Fcatalog%2F") == 3


def test_6_from_the_matrix_of_gaps(anybody):
    anybody.press(anybody.link("Gaps"))
    anybody.page.wait_for_url("**/catalog/gaps/")
    asked = anybody.open_mail(anybody.page.locator(".ov-matrix a.ov-request"))
    assert anybody.steps == 2
    assert asked.startswith(REQUEST) and "handbook.ferrywell.example%2Fcatalog%2F" in asked


@pytest.mark.parametrize("word", ["blockchain", "Rabatt & Skonto"])
def test_13_there_is_no_rule_for_this_word(person, word):
    person.type(person.page.get_by_label("Look up a word"), word)
    said = person.page.locator(".ov-find").get_by_role("status")
    said.filter(has_text="We have no rule for this word.").wait_for()
    ways = person.page.locator(".ov-found a")
    assert ways.all_inner_texts() == [f"Search everything for “{word}”", f"Suggest “{word}”"]
    asked = person.open_mail(ways.last)
    assert person.steps == 2
    assert asked.startswith("mailto:handbook@ferrywell.example?subject=Suggested%20word")
    assert unquote(asked).count(word) == 2
    person.press(ways.first)
    found = person.page.locator("[data-md-component=search-query]")
    found.wait_for()
    expect(found).to_have_value(word)


def test_7_fresh_sales_one_pagers_for_a_stage(person, browser):
    person.press(person.link("Catalog"))
    person.page.wait_for_url("**/catalog/")
    page = person.page
    for facet, value in (("job", "sales"), ("type", "one-pager"), ("stage", "decide"), ("freshness", "fresh")):
        if person.touch and facet == "type":
            person.press(page.get_by_role("button", name="Filters"))
        person.press(page.locator(f'a[data-facet="{facet}"][data-value="{value}"]'))
    if person.touch:
        person.press(page.get_by_role("button", name="Show results"))
    chips = page.locator(".ov-chosenchip")
    assert chips.all_inner_texts() == ["One-pager", "Decide", "Fresh"]
    shown = page.locator(".ov-asset:not([hidden])")
    titles = shown.locator("strong").all_inner_texts()
    assert titles and len(titles) < page.locator(".ov-asset").count()
    assert set(shown.locator(".ov-fresh").evaluate_all("all => all.map(each => each.dataset.state)")) == {"fresh"}
    for card in shown.all():
        data = card.evaluate("card => ({...card.dataset})")
        assert data["job"] == "sales" and data["type"] == "one-pager" and "decide" in data["stage"].split()
    url = page.url
    assert url.endswith("?job=sales&type=one-pager&stage=decide&freshness=fresh")
    others = browser.new_context()
    other = others.new_page()
    other.goto(url)
    other.locator(".ov-asset[hidden]").first.wait_for(state="attached")
    assert other.locator(".ov-asset:not([hidden]) strong").all_inner_texts() == titles
    page.go_back()
    page.wait_for_url("**/catalog/?job=sales&type=one-pager&stage=decide")
    page.locator('a[data-value="decide"][aria-current]').wait_for(state="attached")
    page.get_by_label("Filter by keyword").fill("zzz")
    assert shown.count() == 0
    assert page.get_by_role("status").filter(has_text="0 of").is_visible()
    other.goto(page.url)
    for one in (page, other):
        ask = one.locator(".ov-nothing").get_by_role("link", name="request it")
        ask.wait_for()
        asked = unquote(ask.get_attribute("href"))
        assert asked.startswith("mailto:content@ferrywell.example?subject=Content wanted: zzz, One-pager at Decide")
        assert "\r\nDecide\r\n" in asked and "{" not in asked
        assert one.get_by_label("Filter by keyword").input_value() == "zzz"
    others.close()


def proof_is_shown(person):
    """The claim is at hand: where it stands, its source, what speaks against it, and what to say."""
    page, id = person.page, person.page.url.partition("#")[2]
    assert id == "revenue-32-abstrakt"
    state = page.locator(f"#{id} ~ .ov-claim .ov-verdict .ov-standing").first
    # What was out of sight has no text yet (content-visibility).
    page.wait_for_function("one => one.innerText", arg=state.element_handle())
    assert state.inner_text() == "Disputed: do not use" and person.seen(state)
    words = page.locator(f"#{id} ~ .ov-claim .ov-instead").first
    assert words.inner_text().startswith("Say instead: ") and not words.locator("button").count()
    assert "we'd rather measure it with you" in words.inner_text() and person.seen(words)
    facts = page.locator(f"#{id} ~ .ov-claim .ov-facts").first
    row = {name: facts.locator("tr", has_text=name).inner_text() for name in ("Source", "Disagrees with")}
    assert "Abstrakt Marketing Group" in row["Source"]
    assert "208% more revenue (HubSpot)" in row["Disagrees with"] and "34% more revenue" in row["Disagrees with"]


@pytest.mark.parametrize("words", ["32 % more revenue", "32%"])
def test_8_is_this_figure_usable(person, words):
    person.type(person.page.get_by_label("Look up a word"), words)
    person.press(person.page.locator(".ov-found a"))
    person.page.wait_for_url("**/messaging/proof/#*")
    assert person.steps == 2
    proof_is_shown(person)


def test_8_through_the_list_of_proofs(anybody):
    anybody.press(anybody.link("Proof"))
    anybody.page.wait_for_url("**/messaging/proof/")
    row = anybody.page.locator("tr", has_text="32% higher revenue").first
    assert row.inner_text().startswith("No")
    anybody.press(row.get_by_role("link"))
    anybody.page.wait_for_url("**/messaging/proof/#*")
    assert anybody.steps == 2
    proof_is_shown(anybody)


def test_9_check_my_draft(person):
    page = person.page
    person.press(person.link("Check a draft"))
    page.locator("#ov-draft").wait_for()
    page.wait_for_load_state("networkidle")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    person.context.set_offline(True)
    page.evaluate("navigator.clipboard.writeText('Each MQL is a hot lead, and the sales funnel is by e-mail.')")
    (person.reach if person.how == "keys" else person.press)(page.locator("#ov-draft"))
    page.keyboard.press("Control+V")
    first = page.locator(".ov-findings li").first
    first.wait_for()
    assert "MQL" in first.locator("mark").inner_text() and first.get_by_role("link").is_visible()
    person.press(page.locator(".ov-findings li", has_text="e-mail").get_by_role("button", name="email"))
    page.locator(".ov-findings mark", has_text="e-mail").wait_for(state="detached")
    person.press(page.get_by_role("button", name="Copy result"))
    page.locator(".ov-toast", has_text="Copied.").wait_for()
    assert clipboard(page) == "Each MQL is a hot lead, and the sales funnel is by email."
    # The browser itself looks for the icon again, and the header's search gets ready when the Tab key is on it: its
    # words, its index and its worker, each a plain file of the site.
    own = re.compile(
        re.escape(person.address)
        + r"/(?:assets/(?:icon\.svg|labels\.js|javascripts/workers/search\.\w+\.min\.js)|search/search_index\.json)"
    )
    assert [url for url in asked if not own.fullmatch(url)] == [], "nothing leaves the browser"


@pytest.fixture(scope="module")
def changed(tmp_path_factory, serve):
    """The address of a site whose git history has a week in which a term, a message and an asset changed."""
    folder = copy(tmp_path_factory.mktemp("changed"))
    made = Repository(folder)
    made.commit("2026-10-01", {})
    edits = {
        "terminology/leads.yaml": ("A person who has shown", "Somebody who has shown"),
        "content/messages/pitch.yaml": ("in one click", "with one click"),
        "content/assets/sales.yaml": ("title: ", "title: New: "),
    }
    files = {}
    for name, (old, new) in edits.items():
        text = (folder / name).read_text("utf-8")
        assert old in text, name
        files[name] = text.replace(old, new.replace("New: ", "The "), 1)
    made.commit("2026-11-19", files)
    build(folder)
    return serve(folder / "build" / "site")


@pytest.mark.parametrize(("size", "how"), list_ways("pointer", "keys", "no script"))
def test_10_what_changed_this_week(browser, changed, size, how):
    person = Person(browser, changed, size, how)
    person.press(person.link("News"))
    person.page.wait_for_url("**/news/")
    assert person.steps == 1
    page = person.page
    week = page.get_by_role("heading", name="This week")
    assert week.is_visible() and person.seen(week)
    told = page.locator(".ov-news").first
    assert told.inner_text().startswith("Updated: “lead”, “") and person.seen(told)
    person.press(page.locator("summary", has_text="All 3 changes"))
    for group, path in (("Words", "/glossary/"), ("Messages", "/messaging/"), ("Content", "/catalog/")):
        heading = page.get_by_role("heading", name=group, exact=False).first
        assert heading.is_visible()
        link = heading.locator("xpath=following-sibling::ul[1]").get_by_role("link").first
        assert path in link.evaluate("link => link.href")
    for name in ("Atom", "JSON Feed"):
        assert person.seen(person.link(name))
        href = person.link(name).evaluate("link => link.href")
        assert person.context.request.get(href).ok
    person.context.close()


def test_11_what_is_due_and_mine(anybody):
    anybody.press(anybody.link("What's due"))
    anybody.page.wait_for_url("**/catalog/due/")
    anybody.press(anybody.link("Sales enablement"))
    anybody.page.wait_for_url("**/catalog/due/#*")
    assert anybody.steps == 2
    mine = anybody.page.locator("h2:target + .ov-dues")
    assert mine.get_by_role("link", name="The email after the demo", exact=True).is_visible()
    assert anybody.seen(mine.get_by_text("Review overdue since October 20, 2026"))


def test_12_when_is_an_mql_an_sql(anybody):
    anybody.press(anybody.link("Leads and handoffs"))
    anybody.page.wait_for_url("**/together/leads/")
    anybody.press(anybody.link("Is this an SQL?"))
    anybody.page.wait_for_url("**/together/leads/#*")
    assert anybody.steps == 2
    page = anybody.page
    assert anybody.seen(page.get_by_role("heading", name="Is this an SQL?"))
    criteria = page.locator("h3:target + form").get_by_role("checkbox")
    assert criteria.count() == 4 and criteria.first.is_visible(), "when"
    steps = page.locator("h3:target ~ ol").first.get_by_role("listitem").all_inner_texts()
    assert [step.split(":")[0] for step in steps] == [
        "Marketing qualified lead → First call", "First call → Sales qualified lead",
    ]  # fmt: skip
    for step, who, by in zip(
        steps,
        ("The sales development rep on duty for the region", "The account executive for the region"),
        ("4 working hours", "1 working day"),
        strict=True,
    ):
        assert f"{who} has {by} to accept it. If they don't, it goes back to " in step


def test_16_find_the_dark_logo_as_png(anybody):
    anybody.press(anybody.link("Brand"))
    anybody.page.wait_for_url("**/brand/")
    name = "For dark ground: PNG on Harbor, 960 px"
    with anybody.page.expect_download() as started:
        anybody.press(anybody.link(name))
    assert anybody.steps == 2
    assert started.value.suggested_filename == "logo-on-dark-on-harbor-960.png"
    assert started.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("notation", "value"), [("Hex", "#F4B93A"), ("RGB", "244, 185, 58"), ("CMYK", "0, 24, 76, 4")])
def test_17_copy_the_accent_color(person, notation, value):
    person.press(person.link("Brand"))
    person.page.wait_for_url("**/brand/")
    person.press(person.page.get_by_role("button", name=f"Copy Buoy as {notation}"))
    person.page.locator(".ov-toast[data-shown]").wait_for()
    assert person.steps == 2
    assert clipboard(person.page) == value


def test_copy_the_signature_with_its_look(person):
    person.page.goto(f"{person.address}/brand/")
    person.press(person.page.get_by_role("button", name="Copy the email signature"))
    person.page.locator(".ov-toast", has_text=re.compile("^Signature")).wait_for()
    kinds = person.page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          return Object.fromEntries(await Promise.all(
            item.types.map(async (kind) => [kind, await (await item.getType(kind)).text()])));
        }"""
    )
    assert kinds["text/plain"].split("\n")[0] == "Your name"
    assert "<strong" in kinds["text/html"] and "border-left" in kinds["text/html"]


def test_without_scripts_the_values_of_a_color_can_be_selected(browser, address):
    nobody = Person(browser, f"{address}/brand/", "desktop", "no script")
    assert nobody.page.locator("code.ov-value", has_text="#F4B93A").is_visible()
    assert nobody.page.get_by_role("button", name="Copy Buoy").count() == 0
    nobody.context.close()


def test_14_answer_an_objection_without_leaving_the_card(anybody):
    to_card(anybody, "Head of sales", "Decide")
    before, address = anybody.steps, anybody.page.url
    objection = anybody.page.locator(".ov-objection", has_text="That's more than we wanted to spend on leads")
    assert not objection.locator(".ov-words").is_visible()
    anybody.press(objection.locator("summary"))
    assert anybody.steps - before == 1 and anybody.page.url == address
    answer, question = objection.locator(".ov-words"), objection.get_by_text("Then ask:")
    assert "Let's see if it pays off" in answer.inner_text() and answer.is_visible()
    if anybody.how != "no script":
        anybody.page.wait_for_function(
            "() => document.querySelector('.ov-objection[open]').getBoundingClientRect().bottom <= innerHeight"
        )
        assert anybody.seen(answer)
    assert question.is_visible() and "How many leads came in last month" in objection.inner_text()


def test_15_copy_a_follow_up_email(person):
    to_card(person, "Head of marketing", "Decide")
    before, page = person.steps, person.page
    person.press(page.get_by_role("button", name="Copy the follow-up email"))
    page.locator(".ov-toast", has_text="Email copied").wait_for(state="attached")
    assert person.steps - before == 1
    text = clipboard(page)
    for slot in (".ov-say .ov-words p", ".ov-sendit .ov-send"):
        assert page.locator(slot).inner_text() in text
    assert page.locator(".ov-sendit .ov-send").get_attribute("href") in text
    # The line has the figure of its proof, so the proof adds only where it's from.
    source = page.locator(".ov-proof .ov-source").inner_text().partition(", data from")[0]
    assert f"{page.locator('.ov-say .ov-words p').inner_text()} (Source: {source})" in text
    assert "\r" not in text and text.startswith("Hi [name],\n\n") and text.endswith("[your name]")
    # Without a script, the same email opens in the mail program.
    link = page.locator("a.ov-email").get_attribute("href")
    assert unquote(link.partition("&body=")[2]).replace("\r\n", "\n") == text


def test_18_say_that_a_line_worked(anybody):
    to_card(anybody, "Head of sales", "Compare")
    before = anybody.steps
    for label in ("It worked", "It didn't work"):
        asked = unquote(anybody.open_mail(anybody.page.locator(".ov-worked").get_by_role("link", name=label)))
        assert asked.startswith(f"mailto:handbook@ferrywell.example?subject={label}: Head of sales, Compare&body=")
        assert anybody.page.locator(".ov-say .ov-words p").inner_text() in asked
        assert f"Did it work?\r\n{label}\r\n" in asked
    assert anybody.steps - before == 2


def test_a_term_in_the_line_opens_a_sheet(anybody):
    to_card(anybody, "Head of revenue operations", "Decide")
    page, address = anybody.page, anybody.page.url
    assert not page.locator(".ov-card .ov-words a, .ov-objection .ov-words a").count()
    term = page.locator(".ov-say .ov-term").first
    sheet = page.locator(f"#{term.get_attribute('popovertarget')}")
    anybody.press(term)
    sheet.wait_for()
    assert page.url == address and anybody.seen(sheet)
    assert sheet.inner_text().startswith("setup: The two afternoons") and sheet.get_by_role("link").is_visible()
    page.keyboard.press("Escape")
    assert not sheet.is_visible() and page.url == address


def test_the_strip_leads_to_the_other_stages(anybody):
    to_card(anybody, "Head of sales", "Discover")
    strip = anybody.page.get_by_role("navigation", name="Stages")
    assert strip.locator("[aria-current]").inner_text() == "Discover" and anybody.seen(strip)
    anybody.press(strip.get_by_role("link", name="Grow"))
    anybody.page.wait_for_url("**/messaging/sales-lead/grow/")
    assert strip.locator("[aria-current]").inner_text() == "Grow"
    assert strip.get_by_role("listitem").all_inner_texts() == ["Discover", "Compare", "Decide", "Grow"]


def test_19_say_that_it_is_still_true(anybody):
    anybody.page.goto(f"{anybody.address}/glossary/lead/")
    anybody.press(anybody.page.locator("summary", has_text="Edit this"))
    asked = unquote(anybody.open_mail(anybody.page.get_by_role("link", name="Still true")))
    assert anybody.steps == 2
    assert asked.startswith("mailto:handbook@ferrywell.example?subject=Still true: lead&body=")
    assert "https://handbook.ferrywell.example/glossary/lead/" in asked and "terminology/leads.yaml:" in asked
    way = unquote(anybody.page.get_by_role("link", name="Suggest a change").get_attribute("href"))
    assert way.startswith("mailto:handbook@ferrywell.example?subject=About lead&body=")
