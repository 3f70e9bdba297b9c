"""What many people view is worth fixing first, as far as the handbook's figures say so."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbooks import ROOT
from onevoice.commands import cli
from onevoice.run.audit import audit
from onevoice.run.audit.views import read_views


def test_views_are_those_of_the_figures():
    counts = Counter()
    for path in sorted((ROOT / "content" / "metrics").glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["measure"] == "views" and row["record"].startswith("assets/"):
                    counts[row["record"].removeprefix("assets/")] += int(row["value"])
    views = read_views(ROOT)
    assert counts and {name: views[name] for name in counts} == counts
    addresses = {name: count for name, count in views.items() if "://" in name}
    assert Counter(addresses.values()) <= Counter(counts.values()) and len(addresses) > 3


@pytest.fixture
def archive(tmp_path, monkeypatch):
    (tmp_path / "book" / "terminology").mkdir(parents=True)
    (tmp_path / "book" / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    (tmp_path / "archive").mkdir()
    for name, head, times in (("a", "", 2), ("b", "id: guide", 1), ("c", "canonical: https://example.com/c/", 1)):
        (tmp_path / "archive" / f"{name}.md").write_text(f"---\n{head}\n---\n\n" + "We utilize it.\n\n" * times)
    monkeypatch.chdir(tmp_path)


def run() -> str:
    arguments = ["audit", "archive", "--out", "out", "--handbook", "book"]
    done = CliRunner().invoke(cli, arguments, env={"ONEVOICE_TODAY": "2026-11-21"}, standalone_mode=False)
    assert done.exception is None, done.exception
    return Path("out/index.html").read_text("utf-8")


def test_what_many_people_view_comes_first_and_the_page_says_so(archive, monkeypatch):
    page = run()
    assert re.findall(r"<td>archive/(\w)\.md</td>", page) == ["a", "b", "c"]
    assert "Views" not in page
    views = {"guide": 1500, "https://example.com/c": 90, "elsewhere": 9}
    monkeypatch.setattr(audit, "read_views", lambda folder: views)
    page = run()
    # Two errors, against one that counts 3.2 times, and one that counts twice.
    assert re.findall(r"<td>archive/(\w)\.md</td>", page) == ["b", "a", "c"]
    assert "Views are known for 2 documents" in page and '<td class="n">1,500</td>' in page
