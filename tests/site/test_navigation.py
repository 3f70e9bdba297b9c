"""The navigation: the frame lists what the sections of the site name as their hubs, and every hub answers."""

import pytest
from ruamel.yaml import YAML

from handbooks import ROOT
from onevoice.site.escape import locate_page_file
from onevoice.site.sections import list_hubs

HUBS = list_hubs()


def listed() -> dict[str, list[tuple[str, str]]]:
    """The navigation of the frame: for each tab its pages as (title, file), the tab's own page without a title."""
    tabs = {}
    for entry in YAML(typ="safe").load(ROOT / "scripts/onevoice/site/mkdocs.yml")["nav"]:
        ((tab, pages),) = entry.items()
        items = [pages] if isinstance(pages, str) else pages
        tabs[tab] = [("", item) if isinstance(item, str) else next(iter(item.items())) for item in items]
    return tabs


def test_the_frame_lists_every_hub_in_its_tab():
    wanted: dict[str, set[tuple[str, str]]] = {}
    for hub in HUBS:
        wanted.setdefault(hub.tab, set()).add((hub.title, locate_page_file(hub.path)))
    assert {tab: set(pages) for tab, pages in listed().items()} == wanted


def test_a_tab_begins_with_its_own_page():
    assert [tab for tab, pages in listed().items() if pages[0][0]] == []


def test_a_hub_is_named_once():
    paths = [hub.path for hub in HUBS]
    assert sorted(set(paths)) == sorted(paths)


@pytest.mark.parametrize("hub", HUBS, ids=lambda hub: hub.path)
def test_a_hub_answers(site, hub):
    assert (site / hub.path.strip("/") / "index.html").is_file()
