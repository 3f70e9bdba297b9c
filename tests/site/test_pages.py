"""Whole pages of a small handbook, as build/docs gets them. `UPDATE_GOLDEN=1` writes the expectations anew."""

import datetime
import os

import pytest

from handbooks import ROOT
from onevoice.run.build import plan_build

GOLDEN = ROOT / "tests" / "golden"
PAGES = [
    "index.md",
    "messaging/buyer/buy/index.md",
    "messaging/buyer/look/index.md",
    "messaging/objections/index.md",
    "messaging/proof/index.md",
    "messaging/personas/buyer/index.md",
    "glossary/index.md",
    "glossary/lead/index.md",
    "glossary/handover/index.md",
    "glossary/avoid/index.md",
    "glossary/transfer/index.html",
    "glossary/contact/index.html",
    "catalog/index.md",
    "catalog/sheet/index.md",
    "catalog/gaps/index.md",
    "catalog/due/index.md",
    "request/index.md",
    "api/terms.json",
    "api/proof.json",
]


@pytest.fixture(scope="module")
def artifacts():
    plan = plan_build(GOLDEN / "handbook", datetime.date(2026, 11, 21))
    # Pictures and packages are no text, and none of the pages below.
    return {
        artifact.path: artifact.data.decode("utf-8", "replace")
        for artifact in (*plan.output_files, *plan.repository_files)
    }


def check(name: str, found: str) -> None:
    expected = GOLDEN / "pages" / f"{name.replace('/', '--')}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_page(artifacts, page):
    check(page, artifacts[f"docs/{page}"])


@pytest.mark.parametrize("path", [".github/CODEOWNERS", ".github/ISSUE_TEMPLATE/ask-content.yml"])
def test_file_beside_the_records(artifacts, path):
    check(path.removeprefix("."), artifacts[path])


def test_the_list_of_pages_is_whole(artifacts):
    kinds = {path.split("/")[1] for path in artifacts if path.startswith("docs/")}
    shown = {page.split("/")[0] for page in PAGES}
    others = {
        "assets",
        "brand",
        "check",
        "identity",
        "llms-full.txt",
        "llms.txt",
        "manifest.webmanifest",
        "news",
        "pages",
        "sw.js",
    }
    assert kinds - shown <= {*others, "exchange", "together", "vale"}
