"""A handbook grows file by file: whatever is not there yet, the site says so and never breaks."""

import datetime
import shutil

import pytest

from crawl import broken
from handbooks import ROOT, copy
from onevoice.errors import DataError
from onevoice.load.walk import iter_record_files
from onevoice.run.build import plan_build

DAY = datetime.date(2026, 11, 21)
FILES = sorted(path.relative_to(ROOT).as_posix() for kind, path in iter_record_files(ROOT) if kind != "terms")


def links_lead_somewhere(folder):
    plan = plan_build(folder, DAY)
    plan.build("mkdocs", print)
    return broken(folder / "build" / "site")


@pytest.mark.parametrize("missing", FILES)
def test_without_one_file_the_pages_are_made_or_the_records_are_refused(tmp_path, missing):
    folder = copy(tmp_path)
    (folder / missing).unlink()
    try:
        plan = plan_build(folder, DAY)
    except DataError as error:
        assert error.findings
    else:
        assert any(artifact.path == "docs/index.md" for artifact in plan.output_files)


def test_a_handbook_of_terms_alone(tmp_path):
    folder = copy(tmp_path)
    shutil.rmtree(folder / "content")
    assert links_lead_somewhere(folder) == []


def test_terms_and_messages_without_anybody_to_talk_to(tmp_path):
    folder = copy(tmp_path)
    for path in (folder / "content").rglob("*"):
        if path.is_file() and path.parent.name != "messages":
            path.unlink()
    assert links_lead_somewhere(folder) == []


@pytest.mark.parametrize("kind", ["personas", "proof", "messages", "assets", "requests", "forms", "teams"])
def test_nothing_of_a_kind_is_approved_yet(tmp_path, kind):
    folder = copy(tmp_path)
    for found, path in iter_record_files(folder):
        if found == kind:
            text = path.read_text("utf-8").replace("    status: proposed\n", "")
            defaults = "defaults:\n  status: proposed\n"
            text = text.replace("defaults:\n", defaults, 1) if "defaults:\n" in text else defaults + text
            path.write_text(text, "utf-8")
    assert links_lead_somewhere(folder) == []
