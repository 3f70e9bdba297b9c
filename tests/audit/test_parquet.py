"""Parquet files say what the tables say, and their sums are those of the page."""

import csv
import html
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice.audit.totals import STATES
from onevoice.commands import cli

FILES = ("documents.parquet", "findings.parquet", "sums.csv")


@pytest.fixture
def archive(tmp_path, monkeypatch):
    (tmp_path / "book" / "terminology").mkdir(parents=True)
    (tmp_path / "book" / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    texts = {
        "=sum/'=odd.md": "---\ntitle: \"=1+1\"\nowner: '+x'\n---\n\nWe utilize \"it\",\nand utilize it.\n",
        "web/b.md": "---\ntitle: \"'=kept\"\nowner: b,c\n---\n\nWe utilize it.\n", "web/c.md": "Clean.\n",
        "web/d.docx": "x", "e.xls": "x", "f ü'.md": "---\ntitle: '''plain'\n---\n\nWe use it.\n",
    }  # fmt: skip
    for name, text in texts.items():
        path = tmp_path / "it's" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*more: str, out: str = "o'ut"):
    return CliRunner().invoke(
        cli, ["audit", "it's", "--out", out, "--handbook", "book", *more],
        env={"ONEVOICE_TODAY": "2026-11-21"}, standalone_mode=False,
    )  # fmt: skip


def read_table(place: str) -> list[dict[str, str]]:
    with Path(place).open(newline="", encoding="utf-8") as file:
        return [*csv.DictReader(file)]


def restore(cell: str) -> str:
    return cell[1:] if re.match(r"'+[=+\-@\t\r]", cell) else cell


def test_the_files_have_what_the_tables_have(archive):
    duckdb = pytest.importorskip("duckdb")
    done = run("--parquet", "--with-text")
    assert done.exception is None, done.exception
    for name in ("documents", "findings"):
        base = duckdb.execute("SELECT * FROM read_parquet(?)", [f"o'ut/{name}.parquet"])
        heads = [column[0] for column in base.description]
        rows = [dict(zip(heads, row, strict=True)) for row in base.fetchall()]
        wanted = read_table(f"o'ut/{name}.csv")
        assert heads == [*wanted[0]] and len(rows) == len(wanted)
        for row, plain in zip(rows, wanted, strict=True):
            assert {key: float(cell) if isinstance(cell, (int, float)) else cell for key, cell in row.items()} == {
                key: restore(cell) if isinstance(row[key], str) else float(cell) for key, cell in plain.items()
            }
    titles = {
        row[0] for row in duckdb.execute("SELECT title FROM read_parquet(?)", ["o'ut/documents.parquet"]).fetchall()
    }
    assert titles == {"=1+1", "'=kept", "", "'plain"}
    first = [Path("o'ut", name).read_bytes() for name in FILES]
    run("--parquet", "--with-text", out="again")
    assert [Path("again", name).read_bytes() for name in FILES] == first
    assert not [path for path in Path("o'ut").iterdir() if path.name.startswith(".onevoice")]
    run()
    assert not any(Path("o'ut", name).exists() for name in FILES)


def test_the_sums_are_those_of_the_page(archive):
    pytest.importorskip("duckdb")
    run("--parquet")
    sums = {(row["by"], restore(row["name"])): row for row in read_table("o'ut/sums.csv")}
    page = Path("o'ut/index.html").read_text("utf-8")
    tables = re.findall(r"<h2>By (group|owner)</h2>\s*<table>.*?<tbody>(.*?)</tbody>", page, re.S)
    shown = {("all", "all"): re.search(r"<table>.*?<tbody>(.*?)</tbody>", page, re.S)[1]}
    for by, rows in tables:
        for name, cells in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', rows, re.S):
            shown[by, html.unescape(name).replace("(none)", "")] = cells
    assert len(shown) == len(sums) == 7
    for key, cells in shown.items():
        assert [sums[key][word] for word in STATES] == re.findall(r'<td class="n">(\d+)</td>', cells)[: len(STATES)]
    counts = Counter(row["document"] for row in read_table("o'ut/findings.csv"))
    assert int(sums["all", "all"]["findings"]) == counts.total() == 3
    documents = read_table("o'ut/documents.csv")
    for (by, name), row in sums.items():
        own = [one for one in documents if by == "all" or restore(one[by]) == name]
        assert int(row["documents"]) == len(own) and int(row["errors"]) == sum(int(one["errors"]) for one in own)
        assert int(row["findings"]) == sum(counts[one["uri"]] for one in own)


def test_a_missing_library_is_said(archive, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert 'pip install "onevoice[audit-parquet]"' in str(run("--parquet").exception)
