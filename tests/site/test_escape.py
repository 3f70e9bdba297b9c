"""Whatever people write into records is shown as they wrote it, and never becomes markup."""

import dataclasses
import datetime
import json
import shutil
from typing import get_args

import markdown as python_markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawl import Page, broken, pages
from handbooks import EXTENSIONS, ROOT, copy
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.records.envelope import Part, iter_texts
from onevoice.run.build import plan_build
from onevoice.site.escape import escape_markdown, format_linked_data, format_yaml_scalar, sanitize_url

NASTY = (
    "<script>alert(1)</script> <b>bold</b> **b** _i_ [x](javascript:alert(1)) ![y](z) | `c` {{ x }} {% y %} "
    "# h & &amp; \" ' $a$ \\ :smile: ~~s~~ ^^u^^ ==m== {: .x } {#id} --- <!-- c --> ]]> *[HTML]: x"
)
LEFT = frozenset(("id", "was", "owner", "url", "hex", "file", "picture", "to", "utm", "reviewed", "review"))


def nasty(part: Part) -> Part:
    """A record all of whose texts end in every kind of markup."""
    found = {loc for loc, _ in iter_texts(part, LEFT)}
    return _changed(part, (), found)


def _changed(value, loc, found):
    if isinstance(value, Part):
        fields = {
            name: _changed(getattr(value, name), (*loc, field.alias or name), found)
            for name, field in type(value).model_fields.items()
        }
        return value.model_copy(update=fields)
    if isinstance(value, tuple):
        return tuple(_changed(item, (*loc, index), found) for index, item in enumerate(value))
    return f"{value} {NASTY}" if isinstance(value, str) and loc in found else value


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = copy(tmp_path_factory.mktemp("hostile"))
    loaded = load_folder(ROOT)
    links = ("contact",)
    records = [
        (
            nasty(record).model_copy(update={name: getattr(record, name) for name in links if hasattr(record, name)}),
            place,
        )
        for record, place in loaded.records
    ]
    book = Handbook(dataclasses.replace(loaded, records=records))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onevoice.run.build.load_handbook", lambda folder: (book, []))
        plan = plan_build(folder, datetime.date(2026, 11, 21))
    plan = dataclasses.replace(plan, repository_files=[])
    plan.build("mkdocs", print)
    return book, folder / "build" / "site"


def test_no_text_becomes_markup(hostile):
    _, site = hostile
    for path, page in pages(site).items():
        file = f"{path}index.html" if path.endswith("/") else path
        html = (site / file.lstrip("/")).read_text("utf-8")
        assert "<script>alert" not in html and "<b>bold" not in html, path
        assert not [link for link in page.links if link.lower().startswith("javascript")], path
        assert not [tag for tag, found in page.tags if tag == "img" and found.get("src") == "z"], path


def test_no_title_is_html_to_a_theme_that_takes_it_for_html(hostile):
    """Material's tooltips write an element's `title` into the page as HTML."""
    _, site = hostile
    titles = [found["title"] for page in pages(site).values() for _, found in page.tags if found.get("title")]
    assert len(titles) > 100
    assert [title for title in titles if "<" in title] == []


def test_every_text_is_shown_as_it_was_written(hostile):
    book, site = hostile
    shown = {path: " ".join(page.text.split()) for path, page in pages(site).items()}
    for term in book.list_approved("terms"):
        assert " ".join(term.definition.split()) in shown[f"/glossary/{term.id}/"]
    for message in book.list_approved("messages"):
        if message.type == "objection":
            assert " ".join(message.say.split()) in shown["/messaging/objections/"]
    for proof in book.list_approved("proof"):
        assert " ".join(proof.basis.split()) in shown["/messaging/proof/"]
    # Nobody sends what has expired.
    for asset in (
        one for one in book.list_approved("assets") if not one.expires or one.expires >= datetime.date(2026, 11, 21)
    ):
        assert " ".join(asset.use_when.split()) in shown[f"/catalog/{asset.id}/"]
    skip = frozenset({"id", "was", "reviewed", "signed", "url", "where"})
    for kind in ("kpis", "leads", "meetings", "plays", "strategy", "tools"):
        for record in book.list_approved(kind):
            page = shown[record.page_path.partition("#")[0]]
            assert [loc for loc, text in iter_texts(record, skip) if " ".join(text.split()) not in page] == [], (
                record.id
            )


def test_links_still_lead_somewhere(hostile):
    _, site = hostile
    assert broken(site) == []


def render(text: str) -> str:
    page = Page(python_markdown.markdown(f"x {text} x", extensions=EXTENSIONS))
    assert {tag for tag, _ in page.tags} <= {"p"}, page.tags
    return " ".join(page.text.split())


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60))
def test_any_text_comes_out_of_python_markdown_unchanged(text):
    assert render(str(escape_markdown(text))) == " ".join(f"x {text} x".split())


@given(st.text(alphabet="<>&*_`[](){}|\\#+-=.!:~^$\"' \nab1", max_size=40))
def test_signs_of_markup_come_out_unchanged(text):
    assert render(str(escape_markdown(text))) == " ".join(f"x {text} x".split())


@pytest.mark.parametrize(
    "start",
    ["# a", "> a", "- a", "+ a", "1. a", "1) a", "* a", "=== a", "!!! a", "??? a", "--- ", ": a", "    a", "| a"],
)
def test_no_text_begins_a_block(start):
    html = python_markdown.markdown(str(escape_markdown(start)), extensions=EXTENSIONS)
    page = Page(html)
    assert {tag for tag, _ in page.tags} == {"p"}
    assert page.text.strip() == start.strip()


@pytest.mark.parametrize(
    "url",
    [
        'https://x.example/"><img src=x onerror=alert(1)>',
        "https://x.example/'-alert(1)-'",
        "https://x.example/\u2028<b>",
    ],
)
def test_the_site_s_own_address_never_becomes_markup(tmp_path, url):
    loaded = load_folder(ROOT / "tests" / "golden" / "handbook")
    records = [
        (record.model_copy(update={"url": url}) if record.KIND == "brand" else record, place)
        for record, place in loaded.records
    ]
    copy(tmp_path)
    # Our own pages lead to records that this handbook doesn't have.
    shutil.rmtree(tmp_path / "content" / "pages")
    book = Handbook(dataclasses.replace(loaded, root=tmp_path, records=records))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onevoice.run.build.load_handbook", lambda folder: (book, []))
        plan = plan_build(tmp_path, datetime.date(2026, 11, 21))
    notes = []
    dataclasses.replace(plan, repository_files=[]).build("mkdocs", notes.append)
    assert any(record.KIND == "brand" for record, _ in records) and notes == []
    for page in pages(tmp_path / "build" / "site").values():
        assert [tag for tag, found in page.tags if "onerror" in found or tag == "b"] == []
        (address,) = [found["href"] for _, found in page.tags if found.get("rel") == "canonical"] or [
            "https://x.example/"
        ]
        assert address.startswith("https://x.example/") and not set(address) & {*"<>\"' "}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "vbscript:x", "//evil"])
def test_only_web_and_mail_addresses_become_links(url):
    assert sanitize_url(url) == "#"


def test_literal_types_are_left_alone():
    # What `nasty` must not touch would not validate; this guards the guard.
    asset = next(record for record, _ in load_folder(ROOT).records if record.KIND == "assets")
    assert nasty(asset).job in get_args(type(asset).model_fields["job"].annotation)


@pytest.mark.parametrize(
    "text",
    [
        "a\x85b",
        "a\u2028b",
        "a\u2029b",
        "a\x7fb",
        "a\ufeffb",
        "a\ufffeb",
        "a\ud800b",
        "a\x00b",
        "</script><!--",
        "a\\b\"c'd",
    ],
)
def test_front_matter_is_read_as_it_was_written(text):
    data = yaml.safe_load(f"data: {format_linked_data({'name': text})}\ntitle: {format_yaml_scalar(text)}\n")
    assert json.loads(data["data"])["name"] == text.replace("\ud800", "\ufffd").replace("\ufffe", "\ufffd")
    assert data["data"].isprintable()
    assert "</" not in data["data"] and "<!" not in data["data"]
    assert isinstance(data["title"], str)
