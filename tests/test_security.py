"""SECURITY.md points to what there is: its files, its limits, its targets."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
PACKAGE = ROOT / "scripts" / "onevoice"


def test_what_it_names_is_there():
    linked = re.findall(r"\]\(([^)#]+)\)", TEXT)
    named = re.findall(r"`([\w/.]+\.py)`", TEXT)
    assert len(linked) >= 3 and len(named) >= 4
    assert [path for path in linked if not (ROOT / path).is_file()] == []
    assert [path for path in named if not ((PACKAGE / path).is_file() or (ROOT / path).is_file())] == []
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.M)[1].split()
    assert {*re.findall(r"`make ([\w-]+)`", TEXT)} <= {*targets}


@pytest.mark.parametrize("heading", ["Report a vulnerability", "Who can send what", "What must never happen",
                                     "Where the limits are", "What isn't a vulnerability"])  # fmt: skip
def test_it_says_what_people_look_for(heading):
    part = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    assert len(part.split()) > 50


def test_nobody_has_to_write_to_a_person():
    assert not re.search(r"[\w.]+@[\w.]+", TEXT)
