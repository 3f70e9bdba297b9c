"""What an assistant is given: the whole handbook, and the brief of a call card."""

import datetime
import os

import pytest

from handbooks import ROOT
from onevoice.run.build import plan_build

GOLDEN = ROOT / "tests" / "golden"
DAY = datetime.date(2026, 11, 21)


def made(day: datetime.date = DAY, *, public: bool = False) -> dict[str, str]:
    plan = plan_build(GOLDEN / "handbook", day, public=public)
    return {artifact.path: artifact.data.decode() for artifact in plan.output_files if artifact.path.endswith(".txt")}


@pytest.mark.parametrize("name", ["llms-full.txt", "messaging/buyer/buy/brief.txt", "messaging/buyer/look/brief.txt"])
def test_text(name):
    found = made()[f"docs/{name}"]
    expected = GOLDEN / "pages" / name.replace("/", "--")
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


def section(text: str, title: str) -> str:
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_an_expired_proof_is_not_claimed():
    (now, later) = (made(day)["docs/messaging/buyer/buy/brief.txt"] for day in (DAY, datetime.date(2027, 2, 1)))
    assert "20 dB" in section(now, "Proof")
    assert "20 dB" not in section(later, "Proof")
    assert "20 dB" in section(later, "Do not claim")


def test_the_public_texts_hold_public_records_only():
    assert not [path for path in made(public=True) if path.endswith("brief.txt")], "no persona there is public"
    whole = made(public=True)["docs/llms-full.txt"]
    assert "20 dB" not in whole


def test_a_brief_is_copied_with_one_step_and_opens_without_javascript(browser, address):
    card = f"{address}/messaging/sales-lead/decide/"
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(card)
    page.get_by_role("button", name="Copy brand brief").click()
    page.locator(".ov-toast", has_text="Brief copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(card)
    page.get_by_role("link", name="Brief for an AI assistant").click()
    page.wait_for_url("**/brief.txt")
    shown = page.locator("pre").inner_text()
    context.close()
    assert shown.strip() == copied.strip()
    assert copied.startswith("# Brief: Head of sales · Decide")
    for title in ("Say", "Do not say", "Proof", "Words", "Tone"):
        assert f"\n## {title}\n" in copied


def test_a_brief_that_does_not_come_is_not_copied(browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/messaging/sales-lead/decide/")
    page.evaluate("navigator.clipboard.writeText('before')")
    context.set_offline(True)
    page.get_by_role("button", name="Copy brand brief").click()
    page.locator(".ov-toast", has_text="can't be copied").wait_for()
    kept = page.evaluate("navigator.clipboard.readText()")
    context.close()
    assert kept == "before"
