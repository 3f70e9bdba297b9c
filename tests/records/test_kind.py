"""A new kind of record takes one new file in records/, and one more in site/ if it wants a page of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handbooks import ROOT, TODAY

KIND = '''
"""Events: where customers meet us in person."""

from typing import Annotated, Literal

from pydantic import Field

from onevoice.records.envelope import Code, Date, Link, Part, Personas, Record, Ref, Text


class Slot(Part):
    """One talk at the event."""

    topic: Text = Field(description="What it's about.")


class Event(Record):
    """A fair, a dinner or a webinar that we go to."""

    KIND = "events"
    SINGULAR = "event"
    PAGE = "{page}"
    UNSIGNED_FIELDS = ("url",)
    EXAMPLE = """
    - id: office-fair
      name: Office fair
      type: fair
      day: 2027-03-02
      team: sales
    """

    name: Text = Field(description="What we call it.")
    type: Literal["fair", "dinner", "webinar"] = Field(description="What kind of event it is.")
    day: Date = Field(description="The day, as YYYY-MM-DD.")
    team: Annotated[str, Ref("teams")] = Field(description="The id of the team that goes.")
    personas: Personas = Field((), description="Ids of the personas it's for.")
    booth: Annotated[str, Code()] | None = Field(None, description="The number of the booth.")
    slots: tuple[Slot, ...] = Field((), description="Our talks.")
    url: Link | None = Field(None, description="The event's website.")
'''
PAGE = '''
"""Events: the days to come."""

from onevoice.site.sections import Hub

HUBS = (Hub("Together", "/together/events/", "Events", "Where customers meet us."),)
TEMPLATE = """{% extends "_page.md" %}
{% import "_macros.md" as m with context %}
{% block body %}
# Where we go

{% for item in events %}
## {{ item.name|md }} { #{{ item.id }} }

{{ m.former(item) }}

{{ item.day|day }}, with {{ m.link("teams", item.team) }}

{{ m.kept(item) }}
{% endfor %}
{% endblock %}
"""


def render(view):
    yield view.render_page(
        "/together/events/",
        view.environment.from_string(TEMPLATE),
        title="Where we go",
        description="Fairs, dinners and webinars.",
        events=view.handbook.list_approved("events"),
    )
'''
EVENTS = """
events:
  - id: crossing-2027
    name: Crossing
    type: fair
    day: 2027-03-02
    team: brand
    personas: buyer
    owner: brand
    was: crossing
    slots:
      - topic: What happens on a Friday
"""


@pytest.fixture
def scratch(tmp_path) -> Path:
    """A copy of the package with a small handbook in it."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "golden" / "handbook", tmp_path, dirs_exist_ok=True)
    (tmp_path / "content" / "events.yaml").write_text(EVENTS)
    (tmp_path / "schemas").mkdir()
    return tmp_path


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "onevoice", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "scripts"), "ONEVOICE_TODAY": TODAY},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def add(folder: Path, room: str, text: str) -> None:
    path = folder / "scripts" / "onevoice" / room / "event.py"
    assert not path.exists()
    path.write_text(text.lstrip())


@pytest.mark.parametrize(
    ("address", "told"),
    [("", "What happens on a Friday"), ("/together/events/#{id}", "March 2, 2027")],
    ids=["no page of its own", "a page of its own"],
)
def test_a_new_kind_takes_one_file_and_one_more_for_a_page(scratch, address, told):
    add(scratch, "records", KIND.replace("{page}", address))
    if address:
        add(scratch, "site", PAGE)
    run(scratch, "check")
    run(scratch, "build")
    url = (address or "/records/events/#{id}").format(id="crossing-2027")
    html = (scratch / "build" / "site" / url.partition("#")[0].strip("/") / "index.html").read_text("utf-8")
    assert 'id="crossing-2027"' in html and 'id="crossing"' in html
    assert told in html
    (record,) = json.loads((scratch / "build" / "site" / "api" / "events.json").read_text("utf-8"))
    assert record["url"].endswith(url)
    doors = (scratch / "build" / "docs" / "together" / "index.md").read_text("utf-8")
    assert "[Events](" in doors
    reference = (scratch / "schemas" / "README.md").read_text("utf-8")
    assert "\n## events\n" in reference and "- id: office-fair" in reference
    assert json.loads((scratch / "schemas" / "events.json").read_text("utf-8"))["properties"]["events"]
    run(scratch, "sign", "events/crossing-2027", "--as", "sales")
    assert "signed:" in (scratch / "content" / "events.yaml").read_text("utf-8")
