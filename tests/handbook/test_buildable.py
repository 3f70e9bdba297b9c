"""What `check` lets pass, all else can make: pages, feeds, calendars, styles, mails, in formats that are whole."""

import dataclasses
import datetime
import json
import re
import xml.etree.ElementTree as ET

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from odd import draw_handbooks, settle_handbook
from onevoice.exchange import feeds, mail
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import History
from onevoice.history import tell
from onevoice.history.changes import Change
from onevoice.output import compare_output
from onevoice.records.scalar import DEVICE_NAMES
from onevoice.run.build import plan_build
from rounds import choose_count

TODAY = datetime.date(2026, 11, 21)
OWNERS_LINE = re.compile(r"/(?:[^\s\\]|\\.)+ +(?:@[\w./-]+|[^\s@]+@[^\s@]+)(?: (?:@[\w./-]+|[^\s@]+@[^\s@]+))*")


NO_TEXTS = {"zip", "gz", "svg", "png", "weirpack", "xlsx"}


def read_front(text):
    """The front matter of a page, as MkDocs reads it."""
    return yaml.safe_load(text.split("\n---\n", 1)[0].removeprefix("---\n"))


def check_artifact(artifact):
    """Whether a file is what its name says."""
    text = artifact.data.decode() if artifact.path.rpartition(".")[2] not in NO_TEXTS else ""
    assert all(
        len(part.encode()) <= 255 and part.split(".")[0] not in DEVICE_NAMES for part in artifact.path.split("/")
    ), artifact.path
    match artifact.path.rpartition(".")[2]:
        case "md" if artifact.path.startswith("docs/"):
            meta = read_front(text)
            assert isinstance(meta["title"], str) and isinstance(meta["description"], str), artifact.path
            if "data" in meta:
                assert json.loads(meta["data"])["@context"], artifact.path
                assert "</" not in meta["data"] and "\n" not in meta["data"]
        case "json":
            json.loads(text)
        case "xml":
            ET.fromstring(text)
        case "yml":
            assert isinstance(yaml.safe_load(text), dict), artifact.path
        case "ics":
            [event] = Calendar.from_ical(text).walk("VEVENT")
            assert {"UID", "SUMMARY", "DTSTART", "RRULE"} <= {*event}
    if artifact.path.endswith("CODEOWNERS"):
        assert all(line.startswith("#") or OWNERS_LINE.fullmatch(line) for line in text.rstrip("\n").split("\n")), text


def make_history(book: Handbook) -> History:
    """All records as news."""
    found = [Change(TODAY, f"{TODAY}T12:00:00+00:00", None, record) for record, _ in book.load_result.records]
    return History(tuple(tell._list_news(found, book)), tuple(tell._iter_heard_requests(found, book)), None, TODAY, "")


def make_everything(book: Handbook, folder, monkeypatch, *, public=False, offline=False):
    monkeypatch.setattr("onevoice.run.build.load_handbook", lambda folder: (book, []))
    plan = plan_build(folder, TODAY, public=public, offline=offline)
    artifacts = [*plan.output_files, *plan.repository_files]
    for artifact in artifacts:
        check_artifact(artifact)
    compare_output(folder / "out", plan.output_files)
    folded = [artifact.path.casefold() for artifact in plan.output_files]
    assert len({*folded}) == len(folded)
    assert plan.site_source.title
    return artifacts


@pytest.mark.rounds
@pytest.mark.hypothesis
@settings(
    max_examples=choose_count(4, 1500),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
    report_multiple_bugs=True,
)
@given(draw_handbooks(), st.booleans(), st.booleans())
def test_what_check_lets_pass_can_be_made(tmp_path_factory, found, public, offline):
    book = settle_handbook(found, TODAY)
    if book is None:
        return
    folder = tmp_path_factory.mktemp("book")
    with pytest.MonkeyPatch.context() as patch:
        make_everything(book, folder, patch, public=public, offline=offline)
    history = make_history(book)
    for artifact in feeds.write(history.news, book.brand, "News."):
        check_artifact(artifact)
    for render in (mail.render_mail_text, mail.render_mail_html, mail.build_mail_message):
        assert render(book, history)


@pytest.mark.rounds
@pytest.mark.hypothesis
@settings(
    max_examples=choose_count(1, 60),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
    report_multiple_bugs=False,
)
@given(draw_handbooks(), st.booleans(), st.booleans())
def test_what_check_lets_pass_becomes_a_site(tmp_path_factory, found, public, offline):
    """MkDocs refuses a link to a page, or to a place on one, that is not there."""
    book = settle_handbook(found, TODAY)
    if book is None:
        return
    with pytest.MonkeyPatch.context() as patch:
        build_site(book, tmp_path_factory.mktemp("book"), patch, public=public, offline=offline)


def build_site(book: Handbook, folder, monkeypatch, *, public=False, offline=False):
    monkeypatch.setattr("onevoice.run.build.load_handbook", lambda folder: (book, []))
    plan = plan_build(folder, TODAY, public=public, offline=offline)
    plan = dataclasses.replace(plan, repository_files=[])
    plan.handbook.load_result.root = folder
    assert plan.build("mkdocs", print).is_new_site
    assert (plan.out / "site" / "index.html").is_file()
