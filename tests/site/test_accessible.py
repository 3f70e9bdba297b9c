"""axe-core on every kind of page, light and dark: nothing in our markup, nothing serious in the theme's."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    "/", "/brand/", "/glossary/", "/glossary/customer-journey/", "/glossary/avoid/", "/messaging/",
    "/messaging/marketing-lead/decide/", "/messaging/revenue-operations/discover/",
    "/messaging/personas/marketing-lead/", "/messaging/journey/", "/messaging/objections/", "/messaging/versus/",
    "/messaging/proof/", "/messaging/boilerplate/", "/catalog/", "/catalog/case-tern-logistics/", "/catalog/gaps/",
    "/catalog/due/", "/request/", "/together/", "/together/leads/", "/together/teams/", "/news/", "/check/",
    "/together/strategy/", "/together/kpis/", "/together/meetings/", "/together/feedback/", "/together/tools/",
    "/messaging/plays/", "/messaging/plays/count-your-leads/", "/pages/for-reps/",
]  # fmt: skip
# Material's own: its search form, its tables' scroll area, its palette's radio buttons, its navigation's labels.
THEMES = ('class="md-', 'id="__', 'for="__', 'class="headerlink"')


def ours(html: str) -> bool:
    return not any(mark in html.partition(">")[0] for mark in THEMES)


@pytest.fixture(params=["light", "dark"], scope="module")
def context(request, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=request.param)
    yield context
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page(context, address, path):
    page = context.new_page()
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    violations = Axe().run(page).response["violations"]
    page.close()
    found = [
        (violation["id"], violation["impact"], node["target"][-1], node["html"][:200])
        for violation in violations
        for node in violation["nodes"]
    ]
    assert [item for item in found if ours(item[3])] == []
    assert [item for item in found if item[1] in ("serious", "critical")] == []
