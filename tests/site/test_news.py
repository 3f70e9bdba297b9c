"""The page of news: what is gathered, what is hidden from customers, and that no text of a record breaks out of it."""

import datetime
import json
import re
import xml.etree.ElementTree as ET

import pytest

from onevoice.run.build import plan_build
from repository import Repository

TODAY = datetime.date(2026, 11, 22)
EVIL = '<script>alert(1)</script> [x](javascript:y) | `a` & "b" ]]> *c* \\u0001'


def terms(*ids: str, **fields: object) -> str:
    more = "".join(f"    {key}: {json.dumps(value)}\n" for key, value in fields.items())
    return "terms:\n" + "".join(
        f"  - id: {id}\n    preferred: {id}\n    definition: What {id} is.\n{more}" for id in ids
    )


@pytest.fixture
def book(tmp_path) -> Repository:
    made = Repository(tmp_path)
    made.commit("2026-11-01", {"terminology/a.yaml": terms("old"), "content/brand.yaml": "brand:\n  name: Acme\n"})
    return made


def docs(made: Repository, **options) -> dict[str, str]:
    plan = plan_build(made.folder, TODAY, **options)
    return {
        one.path.removeprefix("docs/"): one.data.decode("utf-8", "replace")
        for one in plan.output_files
        if one.path.startswith("docs/")
    }


def test_many_additions_are_a_list_of_names(book):
    names = [f"word{number}" for number in range(7)]
    book.commit("2026-11-10", {"terminology/b.yaml": terms(*names)})
    page = docs(book)["news/index.md"]
    assert "Added 7 terms: [word0](../glossary/word0/index.md), [word1]" in page
    assert "What word0 is." not in page.split("title:")[1].split("](")[0]


def test_texts_of_records_stay_texts(book):
    book.commit("2026-11-10", {"terminology/a.yaml": terms("old", note=EVIL)})
    found = docs(book)
    assert "<script" not in found["news/index.md"] and "](javascript" not in found["news/index.md"]
    feed = ET.fromstring(found["news/atom.xml"])
    content = feed.find(".//{http://www.w3.org/2005/Atom}content").text
    assert "&lt;script&gt;" in content and "<script" not in content
    assert "<script" not in json.loads(found["news/feed.json"])["items"][0]["content_html"]


def test_customers_see_only_what_is_public_and_not_who_agrees(book):
    book.commit("2026-11-09", {
        "terminology/a.yaml": terms("old", note="A secret."),
        "terminology/b.yaml": terms("open", public=True),
    })  # fmt: skip
    dissent = [{"side": "sales", "date": "2026-11-01", "why": "Too early."}]
    signed = {"sales": {"date": "2026-11-01", "of": "1"}}
    book.commit("2026-11-10", {
        "terminology/a.yaml": terms("old", note="Another secret."),
        "terminology/b.yaml": terms("open", public=True, note="More.", dissent=dissent, signed=signed),
    })  # fmt: skip
    found = docs(book, public=True)
    assert "New note: More." in found["news/index.md"] or "Added" in found["news/index.md"]
    every = "".join(found.values())
    assert "secret" not in every and "Too early" not in every
    assert "signed" not in found["glossary/open/index.md"] and "disagrees" not in every
    assert '"signed"' not in found["api/terms.json"]
    inside = docs(book)
    assert "Another secret" in inside["news/index.md"] and "Too early" in inside["glossary/open/index.md"]


def test_what_became_public_is_new_to_customers(book):
    book.commit("2026-11-10", {"terminology/a.yaml": terms("old", public=True, note="Now open.")})
    page = docs(book, public=True)["news/index.md"]
    assert "    - Added: What" in page and "Now public" not in page


GONE = {
    "made internal": (terms("word", public=True, note="wrong"), terms("word")),
    "deleted": (terms("word", "wrong", public=True), terms("word", public=True)),
    "corrected": (terms("word", public=True, note="wrong"), terms("word", public=True, note="right")),
    "renamed": (
        terms("word", public=True).replace("preferred: word", "preferred: wrong"),
        terms("word", public=True),
    ),
    "a list made shorter": (
        terms("word", public=True, allowed=["wrong", "other"]),
        terms("word", public=True, allowed=["other", "third"]),
    ),
    "another reason": (
        terms("word", public=True, avoid=[{"term": "bad", "why": "wrong"}, "wrong"]),
        terms("word", public=True, avoid=[{"term": "bad", "why": "right"}]),
    ),
    "another example": (
        terms("word", public=True, examples=[{"good": "word", "bad": "wrong"}]),
        terms("word", public=True, examples=[{"good": "word"}]),
    ),
    "another owner": (
        terms("word", public=True, owner="wrong"),
        terms("word", public=True, owner="wrong", note="More."),
    ),
}


@pytest.mark.parametrize(
    "days", [("2026-10-28", "2026-11-04", "2026-11-18"), ("2026-11-17", "2026-11-18", "2026-11-19")]
)
@pytest.mark.parametrize("how", GONE)
def test_what_customers_may_no_longer_read_has_left_no_trace(book, how, days):
    before, after = GONE[how]
    teams = "teams:\n  - {id: wrong, name: wrong, side: both, purpose: p}\n"
    book.commit(days[0], {"terminology/b.yaml": terms("word", public=True), "content/teams.yaml": teams})
    book.commit(days[1], {"terminology/b.yaml": before})
    assert "wrong" in docs(book)["news/index.md"]
    book.commit(days[2], {"terminology/b.yaml": after})
    found = {path: text for path, text in docs(book, public=True).items() if not path.startswith(("assets/", "brand/"))}
    assert [path for path, text in found.items() if "wrong" in text] == []


def test_customers_are_told_what_is_new_in_the_words_of_today(book):
    words = {"allowed": ["one", "two"], "avoid": [{"term": "bad", "why": "Because."}, "worse"], "note": "Last."}
    for day, fields in (
        ("2026-10-28", {"avoid": ["bad"], "allowed": ["one"]}),
        ("2026-11-04", {"avoid": ["bad", "worse"], "allowed": ["one"], "note": "First."}),
        ("2026-11-18", words),
    ):
        book.commit(day, {"terminology/b.yaml": terms("word", public=True, **fields)})
    first, second, third = reversed(re.split(r"(?m)^## (?=.*#\d{4}-)", docs(book, public=True)["news/index.md"])[1:])
    assert "Added" in first
    assert "We no longer say “worse”; say “word”." in second and "note" not in second
    assert "New note: Last." in third and "The reason to avoid “bad” changed: Because." in third
    assert "The allowed changed" in third and "<ins>one; two</ins>" in third


def test_a_quiet_quarter(book):
    found = docs(book)
    assert "The handbook opened on November 1, 2026 with 1 brand record and 1 term." in found["news/index.md"]
    assert json.loads(found["news/feed.json"])["items"] == []


SIGNED = """signed: {sales: {date: 2026-11-01, of: abc}}
    dissent: [{side: marketing, date: 2026-11-12, why: Nobody asked us.}]
"""
SHOWN = {
    "glossary/old/index.md": ("terminology/a.yaml", terms("old") + f"    {SIGNED}"),
    "messaging/proof/index.md": (
        "content/proof.yaml",
        "proof:\n  - id: p\n    title: t\n    claim: c\n    standing: usable\n    say: s\n    basis: b\n    source: s\n"
        f"    {SIGNED}",
    ),
    "messaging/boilerplate/index.md": (
        "content/messages.yaml",
        "messages:\n  - id: m\n    type: boilerplate\n    title: t\n    lengths: [{words: 1, text: Us.}]\n"
        f"    {SIGNED}",
    ),
    "messaging/objections/index.md": (
        "content/messages.yaml",
        f"messages:\n  - id: m\n    type: objection\n    title: t\n    they_say: No.\n    say: Yes.\n    {SIGNED}",
    ),
    "together/tools/index.md": (
        "content/tools.yaml",
        "tools:\n  - id: crm\n    name: CRM\n    type: CRM\n    summary: s\n"
        f"    used_by: [{{team: sales, does: d}}]\n    {SIGNED}",
    ),
}


@pytest.mark.parametrize("page", SHOWN)
def test_signatures_and_dissent_stand_once_on_the_page_of_their_record(book, page):
    path, text = SHOWN[page]
    teams = "teams:\n  - {id: sales, name: Sales, side: sales, purpose: p}\n"
    book.commit("2026-11-12", {"content/teams.yaml": teams, path: text})
    found = docs(book)[page]
    assert found.count("Changed since sales signed on November 1, 2026") == 1
    assert found.count('<span class="ov-age" data-since="2026-11-12">open for 10 days</span>') == 1
    assert found.count("Nobody asked us.") == 1
