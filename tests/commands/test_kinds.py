"""Every kind of document in one folder: `lint` and `audit` find the same words, each where it is."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.prose import formats
from onevoice.prose.read import read_prose
from prose.outlook import make_outlook_mail
from prose.portable import make_pdf
from prose.test_eml import make_mail
from prose.test_odf import make_file
from prose.test_strings import make_notebook

SAID = "Please sign\nup, and utilize it."
TERMS = """\
terms:
  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}
  - {id: join, preferred: join, definition: d, part_of_speech: verb, avoid: [{term: sign up, why: w}]}
"""
LINES = SAID.split("\n")
PAGE = [(60, 700 - 14 * number, 10, line) for number, line in enumerate(LINES)]


def make_files():
    mail = make_mail(SAID + "\n", "Plan")
    mail.add_attachment(b"PK", "application", "zip", filename="all.zip")
    mail.add_attachment(make_pdf([PAGE]), "application", "pdf", filename="in.pdf")
    return {
        "a.adoc": SAID, "a.rst": SAID, "a.txt": SAID, "a.md": SAID, "a.html": f"<p>{SAID}</p>",
        "a.srt": f"1\n00:00:01,000 --> 00:00:02,000\n{SAID}\n", "a.vtt": f"WEBVTT\n\n00:01.000 --> 00:02.000\n{SAID}\n",
        "a.po": 'msgid "x"\nmsgstr "{}\\n"\n"{}"\n'.format(*LINES), "a.xlf": f"<xliff><target>{SAID}</target></xliff>",
        "a.ipynb": make_notebook(("markdown", SAID)), "a.odt": make_file(f"<text:p>{SAID}</text:p>"),
        "a.pdf": make_pdf([PAGE]), "a.eml": mail.as_bytes(), "a.msg": make_outlook_mail("Plan", SAID),
        "a.rtf": "{\\rtf1 " + SAID.replace("\n", "\\line ") + "}",
        "scan.pdf": make_pdf([[]], images=(1,)), "broken.pdf": b"%PDF-1.4 x", "a.key": b"x",
    }  # fmt: skip


@pytest.fixture(scope="module")
def files():
    pytest.importorskip("pypdfium2")
    pytest.importorskip("oxmsg")
    pytest.importorskip("striprtf")
    return make_files()


@pytest.fixture
def folder(tmp_path, monkeypatch, files):
    (tmp_path / "book" / "terminology").mkdir(parents=True)
    (tmp_path / "book" / "terminology" / "terms.yaml").write_text(TERMS)
    (tmp_path / "docs").mkdir()
    for name, data in files.items():
        (tmp_path / "docs" / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path / "docs"


def run(*arguments):
    return CliRunner().invoke(
        cli, [*arguments, "--handbook", "book"], env={"ONEVOICE_TODAY": "2026-11-29"}, standalone_mode=False
    )


def test_lint_says_what_is_where(folder, files):
    done = run("lint", "--no-vale", "docs", "--format", "json")
    assert done.return_value == 1 and "1 .key not read." in done.stderr
    found = json.loads(done.stdout)
    by_file = {}
    for one in found:
        by_file.setdefault(Path(one["path"]).name, []).append(one)
    assert sorted(by_file) == sorted(files.keys() - {"a.key"})
    for name, own in by_file.items():
        if name in ("scan.pdf", "broken.pdf"):
            assert [one["rule"] for one in own] == ["file"]
            continue
        words = [one for one in own if one["rule"] != "file"]
        assert [one["rule"] for one in words] == ["Brand.join", "Brand.use"] * (2 if name == "a.eml" else 1), name
        source = read_prose(name, (folder / name).read_bytes()).source.split("\n")
        for one in words:
            lines = source[one["line"] - 1 : one["end_line"]]
            lines[-1] = lines[-1][: one["end_column"] - 1]
            lines[0] = lines[0][one["column"] - 1 :]
            assert " ".join(" ".join(lines).split()) == one["match"], name
    assert [one["message"].split(":")[0] for one in by_file["a.eml"]][1:] == ["body, line 1", "body, line 2",
        "attachment in.pdf, page 1, line 1", "attachment in.pdf, page 1, line 2"]  # fmt: skip
    assert by_file["a.eml"][0]["message"].startswith("not read: attachment all.zip.")
    assert by_file["a.pdf"][0]["message"].startswith("page 1, line 1: ")


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif"])
def test_every_report_is_one(folder, form):
    said = run("lint", "--no-vale", "docs", "--format", form).stdout
    if form == "github":
        assert said.count("\n::error file=") > 8 and "::warning file=docs/scan.pdf,line=1" in said
    else:
        assert "a.msg" in json.dumps(json.loads(said))


def test_no_fix_is_written_into_what_has_no_text_of_its_own(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run("lint", "--no-vale", "--fix", "docs")
    changed = {path.name for path in folder.iterdir() if path.read_bytes() != before[path.name]}
    assert changed == {"a.adoc", "a.rst", "a.txt", "a.md", "a.html", "a.srt", "a.vtt", "a.po", "a.xlf"}
    assert b'msgstr "Please sign\\n"\n"up, and use it."' in (folder / "a.po").read_bytes()


def test_audit_has_a_row_for_each(folder, files):
    assert run("audit", "docs", "--out", "out").return_value in (0, 1)
    with Path("out/documents.csv").open(newline="", encoding="utf-8") as table:
        rows = {Path(row["uri"]).name: row for row in csv.DictReader(table)}
    assert sorted(rows) == sorted(files)
    states = {name: row["state"] for name, row in rows.items() if row["state"] != "read"}
    assert states == {"scan.pdf": "skipped", "broken.pdf": "failed", "a.key": "skipped"}
    assert {row["verdict"] for row in rows.values() if row["state"] == "read"} <= {"fix", "merge"}
    assert {rows[name]["errors"] for name in ("a.pdf", "a.msg", "a.srt", "a.odt")} == {"2"}
    assert "a scan?" in rows["scan.pdf"]["why"] and "damaged" in rows["broken.pdf"]["why"]
    assert rows["a.pdf"]["media_type"] == "PDF"
    with Path("out/findings.csv").open(newline="", encoding="utf-8") as table:
        places = {row["place"] for row in csv.DictReader(table) if row["document"].endswith("a.eml")}
    inner = {f"attachment in.pdf, page 1, line {number}" for number in (1, 2)}
    assert places == {"body, line 1", "body, line 2", "not read: attachment all.zip. Check that yourself."} | inner


def test_audit_without_the_extra_says_what_reads_the_rest(folder, monkeypatch):
    monkeypatch.setattr(formats, "has_module", lambda name: False)
    run("audit", "docs", "--out", "out")
    with Path("out/documents.csv").open(newline="", encoding="utf-8") as table:
        rows = {Path(row["uri"]).name: row for row in csv.DictReader(table)}
    assert rows["a.pdf"]["state"] == "skipped" and "onevoice[documents]" in rows["a.pdf"]["why"]
    assert rows["a.eml"]["state"] == "read"
