"""Check a draft in a real browser: a phone and a desktop, by pointer and by keys alone, without a network."""

import datetime
import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
DRAFT = "Each buyer’s journey begins with an e-mail.\n\nWe leverage it, and every MQL is a hot lead."
FIXED = "Each customer journey begins with an email.\n\nWe use it, and every MQL is a hot lead."
LONG = "\n\n".join([DRAFT] * 80)
# What the page takes for time: it stands still, so that a check gives way to nothing, or goes on with each step.
CLOCKS = {"at once": "performance.now = () => 0", "bit by bit": "let now = 0; performance.now = () => (now += 1)"}
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(params=SIZES)
def size(request):
    return request.param


@pytest.fixture
def draft(browser, address, size):
    """The page, loaded; from then on nothing answers, and what it asks for is written down."""
    context = browser.new_context(viewport=SIZES[size], has_touch=size == "phone", permissions=CLIPBOARD)
    page = context.new_page()
    page.goto(f"{address}/check/")
    page.locator("#ov-draft").wait_for()
    page.wait_for_load_state("networkidle")
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    context.route("**/*", lambda route: route.abort())
    context.set_offline(True)
    yield page
    # The browser itself looks for the icon again where the skip link changes the address.
    asked = [url for url in page.asked if not re.search(r"/assets/icon[\w-]*\.(?:svg|png)$", url)]
    context.close()
    assert asked == [], "nothing leaves the browser"


def paste(page, text):
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator("#ov-draft").focus()
    page.keyboard.press("Control+V")


def found(page, *lines):
    """Wait until the page says that it found just this."""
    page.wait_for_function(
        "lines => JSON.stringify(lines) === JSON.stringify([...document.querySelectorAll('.ov-findings mark')]"
        ".map(mark => mark.textContent))",
        arg=list(lines),
    )


def press(page, size, name):
    """Tap or click a button."""
    button = page.get_by_role("button", name=name).first
    button.tap() if size == "phone" else button.click()


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def text(page):
    return page.locator("#ov-draft").input_value()


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim() || document.activeElement.tagName")


def reach(page, name, most=40):
    """Press Tab until the button or link of this name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_paste_see_apply_copy_by_pointer(draft, size):
    paste(draft, DRAFT)
    found(draft, "buyer’s journey", "e-mail", "leverage", "MQL", "hot lead")
    assert draft.locator(".ov-count").inner_text() == "Found: 5 errors."
    first = draft.locator(".ov-findings li").first
    assert "It's a second name for the same path" in first.inner_text()
    assert first.get_by_role("link").get_attribute("href").endswith("/glossary/customer-journey/")
    press(draft, size, "customer journey")
    found(draft, "e-mail", "leverage", "MQL", "hot lead")
    press(draft, size, "Apply 2")
    found(draft, "MQL", "hot lead")
    assert text(draft) == FIXED
    press(draft, size, "Copy result")
    draft.locator(".ov-toast", has_text="Copied.").wait_for()
    assert clipboard(draft) == FIXED


def test_paste_see_apply_copy_by_keys_alone(draft):
    draft.evaluate("text => navigator.clipboard.writeText(text)", DRAFT)
    reach(draft, "Skip to content")
    draft.keyboard.press("Enter")
    reach(draft, "TEXTAREA")
    draft.keyboard.press("Control+V")
    found(draft, "buyer’s journey", "e-mail", "leverage", "MQL", "hot lead")
    reach(draft, "customer journey")
    draft.keyboard.press("Enter")
    found(draft, "e-mail", "leverage", "MQL", "hot lead")
    assert focused(draft) == "email", "the focus goes on to the next finding"
    draft.keyboard.press("Enter")
    assert focused(draft) == "use"
    draft.keyboard.press("Shift+Tab")
    while focused(draft) != "Undo":
        draft.keyboard.press("Shift+Tab")
    draft.keyboard.press("Enter")
    found(draft, "e-mail", "leverage", "MQL", "hot lead")
    draft.keyboard.press("Shift+Tab")
    assert focused(draft) == "Apply 2 safe fixes"
    draft.keyboard.press("Enter")
    found(draft, "MQL", "hot lead")
    assert focused(draft) == "Apply safe fixes", "the focus stays where it was"
    reach(draft, "Copy result")
    draft.keyboard.press("Enter")
    draft.locator(".ov-toast", has_text="Copied.").wait_for()
    assert clipboard(draft) == FIXED


def test_a_false_claim_is_found_and_stays_after_a_reload(browser, address, size):
    context = browser.new_context(viewport=SIZES[size], has_touch=size == "phone")
    page = context.new_page()
    page.goto(f"{address}/check/")
    claim = "According to HubSpot, aligned companies see 208% more revenue. We guarantee that you will never lose a "
    claim += "lead!"
    page.locator("#ov-draft").fill(claim)
    found(page, "208%", "We guarantee", "never lose a lead", "d!")
    first = page.locator(".ov-findings li").first
    assert "Say: Companies whose sales and marketing work together report more revenue." in first.inner_text()
    assert "/proof/" in first.get_by_role("link").get_attribute("href")
    assert "never lose a lead" in page.locator(".ov-findings li").nth(2).inner_text()
    assert page.locator(".ov-scope").inner_text().startswith("Sentence length was not checked.")
    page.get_by_label("Persona").select_option("sales-lead")
    page.get_by_label("Stage").select_option("decide")
    found(page, "208%", "We guarantee", "never lose a lead", "d!")
    told = "This text uses none of our messages for Head of sales at Decide."
    whole = page.locator(".ov-findings li", has_text=told)
    whole.wait_for()
    assert "message" not in page.locator(".ov-scope").inner_text()
    page.reload()
    found(page, "208%", "We guarantee", "never lose a lead", "d!")
    whole.wait_for()
    assert text(page) == claim
    context.close()


def test_the_last_finding_hands_the_focus_to_copying(draft):
    paste(draft, "We leverage it.")
    found(draft, "leverage")
    draft.get_by_role("button", name="use").focus()
    draft.keyboard.press("Enter")
    found(draft)
    assert focused(draft) == "Copy result"
    assert draft.locator(".ov-count").inner_text() == "No problems found in words, figures and style."
    assert draft.locator(".ov-scope").inner_text().startswith("Sentence length was not checked.")


def test_several_replacements_are_a_choice(draft, size):
    paste(draft, "A hot lead.")
    found(draft, "hot lead")
    assert draft.get_by_role("button", name="Apply safe fixes").get_attribute("aria-disabled") == "true"
    fixes = draft.locator(".ov-mend")
    names = fixes.all_inner_texts()
    assert len(names) > 1
    fixes.nth(1).tap() if size == "phone" else fixes.nth(1).click()
    assert text(draft) == f"A {names[1]}."


def test_a_word_that_is_not_sure_to_go_goes_where_somebody_asks(draft, size):
    paste(draft, "Very? It is very, very good, with whitepapers.")
    found(draft, "Very", "very", "very", "whitepapers")
    press(draft, size, "Apply 1 safe fix")
    assert text(draft) == "Very? It is very, very good, with white papers."
    press(draft, size, "Leave it out: Very")
    assert text(draft) == "? It is very, very good, with white papers."
    press(draft, size, "Leave it out: very")
    assert text(draft) == "? It is, very good, with white papers."


def test_a_step_can_be_taken_back_from_the_text(draft):
    paste(draft, DRAFT)
    found(draft, "buyer’s journey", "e-mail", "leverage", "MQL", "hot lead")
    draft.get_by_role("button", name="customer journey").click()
    draft.get_by_role("button", name="Apply 2").click()
    draft.locator("#ov-draft").focus()
    draft.keyboard.press("Control+Z")
    draft.keyboard.press("Control+Z")
    assert text(draft) == DRAFT
    found(draft, "buyer’s journey", "e-mail", "leverage", "MQL", "hot lead")


def test_findings_follow_the_typing(draft):
    paste(draft, "We leverage it.")
    found(draft, "leverage")
    draft.keyboard.press("Control+Home")
    draft.keyboard.type("No email? ")
    assert draft.locator(".ov-mirror [data-level]").all_inner_texts() == ["leverage"]
    draft.keyboard.press("Control+End")
    draft.keyboard.type(" Smarketing.")
    found(draft, "leverage", "Smarketing")


def test_show_selects_the_words(draft, size):
    paste(draft, "Fine. " * 400 + "We leverage it.")
    found(draft, "leverage")
    press(draft, size, "Show leverage in the text")
    area = draft.locator("#ov-draft")
    assert area.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)") == "leverage"
    assert focused(draft) == area.evaluate("area => area.textContent || area.tagName")
    top, bottom = draft.locator(".ov-mirror span").evaluate(
        "mark => { const box = mark.getBoundingClientRect(); return [box.top, box.bottom]; }"
    )
    assert 0 < top < bottom < SIZES[size]["height"]
    assert draft.locator(".ov-findings li").get_attribute("data-current") is not None


def test_marks_stand_behind_their_words(draft):
    """The text and its marks are laid out alike, so that neither scrolls away from the other."""
    paste(draft, "We leverage it, and a very_long_word_" + "x" * 300 + "\n\n\tTabs   and spaces " * 30)
    found(draft, "leverage")
    measure = """element => {
        const style = getComputedStyle(element), box = element.getBoundingClientRect();
        const names = ["font", "letterSpacing", "wordSpacing", "lineHeight", "padding", "borderWidth", "tabSize",
            "whiteSpace", "overflowWrap", "wordBreak", "textIndent", "textTransform", "fontFeatureSettings"];
        return [...names.map(name => style[name]), box.left, box.top, box.width, box.height, element.scrollHeight];
    }"""
    one, other = (draft.locator(name).evaluate(measure) for name in ("#ov-draft", ".ov-mirror"))
    assert one == other


def test_what_is_pasted_is_text(draft):
    draft.evaluate("window.struck = 0")
    paste(
        draft,
        "<img src=x onerror='struck=1'> We leverage <b onclick=struck=1>hot lead</b> &amp; <script>struck=1</script>",
    )
    found(draft, "leverage", "hot lead")
    assert draft.locator(".ov-check img, .ov-check b, .ov-check script").count() == 0
    assert draft.evaluate("struck") == 0


def test_whom_it_is_for_changes_what_is_found(draft):
    paste(draft, "A new logo joined.")
    found(draft)
    draft.get_by_label("Written for").select_option("customers")
    found(draft, "new logo")
    draft.get_by_label("Written for").select_option("colleagues")
    found(draft)


@pytest.mark.parametrize(("day", "level"), [("2026-12-31", "warning"), ("2027-01-01", "error")])
def test_dates_are_the_readers(browser, address, day, level):
    context = browser.new_context(timezone_id="Pacific/Auckland")
    page = context.new_page()
    # Morning in Auckland, still the day before in London.
    page.clock.set_fixed_time(datetime.datetime.fromisoformat(f"{day}T09:00:00+13:00"))
    page.goto(f"{address}/check/")
    page.locator("#ov-draft").fill("Ask the Ferrywell Router.")
    page.clock.run_for(1000)
    level_shown = page.locator(".ov-findings li").first.get_attribute("data-level")
    context.close()
    assert level_shown == level


def test_without_javascript_the_page_says_what_to_do(browser, address, size):
    context = browser.new_context(viewport=SIZES[size], java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/check/")
    words = page.locator(".ov-check").inner_text()
    page.locator(".ov-check a").click()
    page.wait_for_url("**/glossary/avoid/")
    context.close()
    assert "onevoice lint FILE" in words


def test_without_its_words_the_page_says_so(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/terms.js", lambda route: route.abort())
    page.goto(f"{address}/check/")
    said = page.get_by_role("alert").inner_text()
    still = page.locator(".ov-check").inner_text()
    context.close()
    assert said == "Could not load the word list. Reload the page."
    assert "onevoice lint FILE" in still


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_findings_can_be_read_by_everybody(browser, address, size, scheme):
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/check/")
    page.locator("#ov-draft").fill(f"{DRAFT} Ask the Ferrywell Router.")
    page.locator("[data-level=warning]").first.wait_for()
    answer = Axe().run(page, {"include": [[".ov-check"]]}).response
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert "color-contrast" in {one["id"] for one in answer["passes"]}
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in answer["violations"]] == []
    assert over <= 0


def test_pages_that_change_without_a_reload_get_it_too(browser, address):
    """What Material's instant navigation does: another page's content takes the place of this one, and is announced."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/check/")
    page.locator("#ov-draft").fill("We leverage it.")
    found(page, "leverage")
    page.evaluate("""async () => {
        const other = await (await fetch(location.href)).text();
        const fresh = new DOMParser().parseFromString(other, "text/html").querySelector(".ov-check");
        document.querySelector(".ov-check").replaceWith(document.adoptNode(fresh));
        window.document$.next(document);
    }""")
    page.locator("#ov-draft").wait_for()
    assert text(page) == "We leverage it."
    page.locator("#ov-draft").fill("A hot lead.")
    found(page, "hot lead")
    context.close()


@pytest.fixture
def start(browser, address):
    """A function that opens the page with a clock of its own."""
    contexts = []

    def open_page(clock=None):
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        # A page keeps the fallback if its fonts are late: then its lines break elsewhere.
        page.route("**/*.woff2", lambda route: route.abort())
        page.add_init_script(CLOCKS.get(clock, ""))
        page.goto(f"{address}/check/")
        page.locator("#ov-draft").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()


def wait_for_part(page):
    """Wait until the page shows findings and looks for more."""
    page.locator(".ov-count", has_text="Checking … Found so far").wait_for()
    assert page.locator(".ov-findings li").count() > 0


def put(page, text):
    """Make a text the draft at once: Chromium needs half a minute to write 4,000 lines."""
    page.locator(".ov-count").evaluate("said => { said.textContent = ''; }")
    page.locator("#ov-draft").evaluate(
        "(area, text) => { area.value = text; area.dispatchEvent(new InputEvent('input', { bubbles: true })); }", text
    )


def result(page, text=None):
    """What the page shows when the draft, or another one, has been checked."""
    if text is not None:
        put(page, text)
    page.wait_for_function("() => /^(Found|No)/.test(document.querySelector('.ov-count').textContent)")
    return page.evaluate("""() => [
        ...[".ov-count", ".ov-bar button", ".ov-findings li", ".ov-mirror [data-level]", ".ov-mirror"].map(
            name => [...document.querySelectorAll(name)].map(one => one.textContent)),
        [...document.querySelectorAll(".ov-mirror [data-level]")].map(mark => [mark.offsetLeft, mark.offsetTop])
    ]""")


def type_during_check(start, words):
    """Type words at the beginning of a long draft, of which a part has been checked."""
    page = start("bit by bit")
    page.locator("#ov-draft").fill(LONG)
    wait_for_part(page)
    page.keyboard.press("Control+Home")
    page.keyboard.type(words)
    return page


def test_a_long_draft_is_checked_while_one_writes(start):
    page = type_during_check(start, "A hot lead ")
    page.keyboard.press("Control+End")
    page.keyboard.type(" leverages")
    whole = f"A hot lead {LONG} leverages"
    assert text(page) == whole
    assert result(page) == result(start("at once"), whole)


def test_a_claim_that_has_moved_is_shown_at_its_place(start):
    page = start()
    page.locator("#ov-draft").fill("Aligned companies see 208% more revenue.\n\nWe guarantee it.")
    found(page, "208%", "We guarantee")
    page.keyboard.press("Control+Home")
    page.keyboard.type("Now: ")
    for name in ("208%", "We guarantee"):
        page.get_by_role("button", name=f"Show {name} in the text").click()
        area = page.locator("#ov-draft")
        assert area.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)") == name
    assert page.locator(".ov-mirror [data-level]").all_inner_texts() == ["208%", "We guarantee"]


def test_a_finding_can_be_fixed_while_others_are_looked_for(start):
    page = type_during_check(start, "Now: ")
    page.locator(".ov-findings li", has_text="leverage").first.get_by_role("button", name="use").click()
    whole = f"Now: {LONG}".replace("leverage", "use", 1)
    assert text(page) == whole
    assert focused(page) != "BODY"
    page.get_by_role("button", name="Show").nth(2).click()
    assert result(page) == result(start("at once"), whole)


def test_a_check_ends_where_the_draft_changes(start):
    page = start("bit by bit")
    page.locator("#ov-draft").fill(LONG)
    wait_for_part(page)
    page.locator("#ov-draft").fill("We leverage it.\n\nNo more.")
    found(page, "leverage")
    page.wait_for_timeout(500)
    found(page, "leverage")
    assert page.locator(".ov-count").inner_text() == "Found: 1 error."
    assert page.locator(".ov-mirror").text_content().strip() == "We leverage it.\n\nNo more."


@pytest.mark.parametrize(
    "draft_text",
    ["", "Leverage", LONG, LONG.replace("\n\n", " "), LONG.replace("an e-mail", "an\ne-mail\u0301"), "Fine. " * 2000],
    ids=["empty", "word", "long", "paragraph", "lines", "fine"],
)
def test_bit_by_bit_it_finds_the_same(start, draft_text):
    once, page = start("at once"), start("bit by bit")
    wanted = result(once, draft_text)
    assert result(page, draft_text) == wanted
    # After another draft, what is kept of it is right, too.
    assert result(page, f"{DRAFT}\n{draft_text}") == result(once, f"{DRAFT}\n{draft_text}")
    assert result(page, draft_text) == wanted


def test_ten_thousand_findings(start):
    page = start()
    # A short form counts only once.
    put(page, "\n".join([DRAFT] * 2500))
    page.locator(".ov-count", has_text="Found: 10001 errors.").wait_for()
    assert page.locator(".ov-findings li").count() == 200
    assert page.locator(".ov-mirror [data-level]").count() == 10_001
    page.get_by_role("button", name="Show more").click()
    assert page.locator(".ov-findings li").count() == 400
    page.get_by_role("button", name="Apply 7500 safe fixes").click()
    page.locator(".ov-count", has_text="Found: 2501 errors.").wait_for()
    assert text(page) == "\n".join([FIXED] * 2500)


def test_typing_leaves_findings_elsewhere_as_they_are(start):
    page = start()
    page.locator("#ov-draft").fill(DRAFT)
    found(page, "buyer’s journey", "e-mail", "leverage", "MQL", "hot lead")
    page.evaluate("for (const one of document.querySelectorAll('.ov-findings li, .ov-mirror span')) one.old = 1")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Smarketing.")
    found(page, "buyer’s journey", "e-mail", "leverage", "MQL", "hot lead", "Smarketing")
    old = "names => document.querySelectorAll(names).values().filter(one => one.old).toArray().length"
    assert page.evaluate(old, ".ov-mirror span") == 5
    assert page.evaluate(old, ".ov-findings li") == 2


def test_the_script_is_small(site):
    assets = site / "assets/check"
    sizes = [len(gzip.compress((assets / name).read_bytes())) for name in ("check.js", "check.css")]
    assert sum(sizes) <= 36 * 1024
