"""The site's Content-Security-Policy, enforced in a real browser: it stops nothing of ours, and all else."""

import re
from urllib.parse import urlsplit

import pytest

from crawl import Page, read_headers
from handbooks import build, copy
from rounds import choose_count

pytestmark = pytest.mark.rounds

# What a page tells of what its policy has stopped.
LISTEN = """
window.stopped = [];
addEventListener('securitypolicyviolation', (event) => stopped.push(
  `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
"""


def list_addresses(site):
    """The pages of a site: with `make test-slow` all, else one of each kind."""
    addresses = sorted(
        f"/{path.relative_to(site).as_posix().removesuffix('index.html')}" for path in site.rglob("*.html")
    )
    pages = [one for one in addresses if "default-src 'none'" not in read_page(site, one)]
    kinds = {}
    for one in pages:
        # Records of a kind are made by one template, and differ in the last part of their address.
        kinds.setdefault((one.count("/"), *one.split("/")[1:-2]), one)
    chosen = {*kinds.values(), "/brand/", "/check/", "/glossary/customer-journey/", "/404.html"}
    return choose_count(sorted(chosen), pages)


def read_page(site, address):
    return (site / f"{address.strip('/')}" / "index.html" if address.endswith("/") else site / address[1:]).read_text()


@pytest.fixture
def watched(browser, address):
    """A page under the policy; at the end, nothing was stopped, and no other host was asked."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script(LISTEN)
    page = context.new_page()
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append((page.url, str(error))))
    page.on("console", lambda message: "Content Security Policy" in message.text and wrong.append(message.text))
    yield page
    assert page.evaluate("stopped") == []
    context.close()
    assert wrong == []
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(address).netloc}


def test_no_page_has_a_style_or_script_of_ours_in_it(site):
    inline, count = [], 0
    for path in site.rglob("*.html"):
        count += 1
        for tag, found in Page(path.read_text("utf-8")).tags:
            if tag == "style" or "style" in found or any(name.startswith("on") for name in found):
                inline.append((path.relative_to(site).as_posix(), tag))
    # An email signature is copied as it is shown, and emails have no style sheet.
    assert count > 400 and inline == [("brand/index.html", "div")]
    (_, policy), _ = read_headers(site)
    # The one style of the signature, by its hash: no script can run by it.
    (styles,) = [part for part in policy.split(";") if "'unsafe-hashes'" in part]
    assert styles.split()[0] == "style-src-attr"
    rest = policy.replace("'unsafe-hashes'", "")
    assert "unsafe" not in rest and "*" not in rest and "http" not in rest
    assert policy.count("'sha256-") < 12


def test_every_page_has_its_policy_before_any_script(site):
    late = []
    for path in site.rglob("*.html"):
        page = path.read_text("utf-8")
        head = page.find('http-equiv="Content-Security-Policy"')
        if not 0 < head < f"{page}<script".find("<script") or page.find("charset=") > 1000:
            late.append(path)
    assert late == []


def test_nothing_is_stopped_on_any_kind_of_page(watched, site, address):
    for path in list_addresses(site):
        watched.goto(address + path)
        watched.wait_for_load_state("networkidle")
        assert watched.evaluate("stopped") == [], path


def test_search_palette_print_and_copy_work(watched, address):
    page = watched
    page.goto(f"{address}/messaging/sales-lead/decide/")
    page.locator(".ov-say .ov-copy").click()
    page.locator(".ov-toast", has_text="Copied").wait_for()
    page.get_by_role("button", name="Copy brand brief").click()
    page.locator(".ov-toast", has_text="Brief copied").wait_for()
    page.get_by_title("Switch to dark mode").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.reload()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type("drawn film")
    page.locator("a.md-search-result__link", has_text="The crossing in ninety seconds").first.click()
    page.wait_for_url("**/catalog/*/?h=*")
    page.locator("mark[data-md-highlight]").first.wait_for()


def test_the_draft_check_and_its_fixes_work(watched, address):
    page = watched
    page.goto(f"{address}/check/")
    page.locator("#ov-draft").fill("Each buyer’s journey begins with an e-mail.")
    page.locator(".ov-findings mark", has_text="e-mail").wait_for()
    page.get_by_role("button", name="Apply").click()
    assert page.locator("#ov-draft").input_value() == "Each customer journey begins with an email."
    page.goto(f"{address}/")
    page.get_by_label("Look up a word").press_sequentially("buyer's jorney")
    page.locator(".ov-found a").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/customer-journey/**")


GUIDE = """# A page of ours

| what | count |
|---|---:|
| leads | 12 |

<p style="letter-spacing: 3px" id="wide">wide</p>
<style>#wide { font-weight: 700; }</style>
<script>window.ran = 'element';</script>
<img src="x.png" alt="x" onerror="window.ran = 'handler'">
<a id="go" href="javascript:window.ran='link'">go</a>
"""


def test_what_a_colleague_writes_into_a_page_is_styled_but_runs_nothing(tmp_path, browser, serve):
    folder = copy(tmp_path)
    (folder / "content" / "pages" / "own.md").write_text(GUIDE, "utf-8")
    result = build(folder)
    assert "pages/own/index.md: browsers won't run a script in the page itself" in result.output
    assert "pages/own/index.md: browsers won't run `onerror` in the page itself" in result.output
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(LISTEN)
    page.goto(serve(folder / "build" / "site") + "/pages/own/")
    page.locator("#go").click()
    page.wait_for_load_state("networkidle")
    style = page.locator("#wide").evaluate(
        "each => [getComputedStyle(each).letterSpacing, getComputedStyle(each).fontWeight]"
    )
    aligned = page.locator("td", has_text="12").evaluate("each => getComputedStyle(each).textAlign")
    stopped, ran = page.evaluate("[stopped, window.ran]")
    context.close()
    assert (style, aligned.removeprefix("-webkit-"), ran) == (["3px", "700"], "right", None)
    assert {re.match("[a-z-]+", one)[0] for one in stopped} == {"script-src-elem", "script-src-attr"}
