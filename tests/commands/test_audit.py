"""`onevoice audit`: the same tables on any number of processes; what is done stays done; nothing is lost in silence."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from onevoice.commands import cli
from onevoice.run.audit import audit, work

TODAY = "2026-11-21"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """A handbook and an archive: clean, wrong, expired, empty, broken and unreadable documents."""
    (tmp_path / "book" / "terminology").mkdir(parents=True)
    (tmp_path / "book" / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    folder = tmp_path / "archive"
    for name, text in {
        "sales/clean.md": "---\nowner: sales\n---\n\n# Desks\n\nWe use it.\n",
        "sales/wrong.md": "# Chairs\n\nWe utilize it, and you utilize it.\n",
        "web/old.html": "<title>T</title><p>We utilize it.</p>",
        "web/over.md": "---\nexpires: 2025-01-01\n---\n\nWe utilize it.\n",
        "web/quiet.md": "<!-- vale Brand.use = NO --><!-- because: a quotation -->\n\nWe utilize it.\n\n"
        "<!-- vale Brand.use = YES -->\n",
        "web/broken.md": "caf\udce9 au lait",
        "web/deck.pptx": "no deck",
        "web/table.xls": "x",
        "web/picture.png": "x",
        "top.txt": "",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, errors="surrogateescape")
    monkeypatch.chdir(tmp_path)
    return folder


def run(*arguments: str, out: str = "out"):
    return CliRunner().invoke(
        cli, ["audit", "archive", "--out", out, "--handbook", "book", *arguments],
        env={"ONEVOICE_TODAY": TODAY}, standalone_mode=False,
    )  # fmt: skip


def read_table(name: str, out: str = "out") -> list[dict[str, str]]:
    with (Path(out) / name).open(newline="", encoding="utf-8") as file:
        return [*csv.DictReader(file)]


def read_tables(out: str) -> list[bytes]:
    return [(Path(out) / name).read_bytes() for name in (audit.DOCUMENTS, audit.FINDINGS)]


def test_every_document_is_a_row(archive):
    done = run()
    assert done.exception is None, done.exception
    assert done.return_value == 1
    rows = {row["uri"]: row for row in read_table(audit.DOCUMENTS)}
    assert {name.removeprefix("archive/"): (row["state"], row["verdict"]) for name, row in rows.items()} == {
        "sales/clean.md": ("read", "keep"),
        "sales/wrong.md": ("read", "fix"),
        "top.txt": ("read", "keep"),
        "web/broken.md": ("failed", ""),
        "web/deck.pptx": ("failed", ""),
        "web/old.html": ("read", "fix"),
        "web/over.md": ("read", "retire"),
        "web/quiet.md": ("read", "keep"),
        "web/table.xls": ("skipped", ""),
    }
    clean, wrong = rows["archive/sales/clean.md"], rows["archive/sales/wrong.md"]
    assert (clean["title"], clean["owner"], clean["group"], clean["words"]) == ("Desks", "sales", "sales", "4")
    assert (wrong["errors"], wrong["why"]) == ("2", "it has 2 errors")
    assert "doesn't read this kind" in rows["archive/web/table.xls"]["why"]
    assert "1 .png" in done.stdout and "2 could not be read" in done.stdout
    assert json.loads(Path("out/manifest.json").read_text())["other_files"] == {".png": 1}


def test_findings_name_no_sentence_unless_that_is_asked_for(archive):
    run()
    found = read_table(audit.FINDINGS)
    assert {(row["rule"], row["match"], row["replacement"]) for row in found} == {("Brand.use", "utilize", "use")}
    assert [row["place"] for row in found if row["document"].endswith("wrong.md")] == ["3:4", "3:24"]
    assert "you utilize" not in Path("out/findings.csv").read_text()
    run("--with-text", out="open")
    assert read_table(audit.FINDINGS, "open")[0]["sentence"] == "We utilize it, and you utilize it."


def test_any_number_of_processes_writes_the_same(archive):
    for count in ("1", "2", "3"):
        run("--processes", count, out=f"out{count}")
    assert read_tables("out1") == read_tables("out2") == read_tables("out3")


def test_what_is_done_stays_done(archive, monkeypatch):
    run()
    before = read_tables("out")
    monkeypatch.setattr(audit, "iter_parts", lambda parts, *rest, **more: iter(parts and pytest.fail("made again")))
    assert run().exception is None
    assert read_tables("out") == before


def test_a_changed_word_or_document_is_seen(archive):
    run()
    (archive / "sales" / "clean.md").write_text("We utilize it.\n")
    run()
    assert {row["verdict"] for row in read_table(audit.DOCUMENTS) if "clean" in row["uri"]} == {"fix"}
    (archive / "web" / "quiet.md").unlink()
    terms = Path("book/terminology/terms.yaml")
    terms.write_text(terms.read_text().replace("utilize", "employ"))
    run()
    assert read_table(audit.FINDINGS) == []
    assert len([*Path("out/parts").iterdir()]) == 1


def test_a_document_that_kills_its_worker_costs_one_row(archive, monkeypatch):
    own = work.audit_entry

    def die_at(entry, *rest):
        import os
        import signal

        if entry.uri.endswith("wrong.md"):
            os.kill(os.getpid(), signal.SIGKILL)
        return own(entry, *rest)

    monkeypatch.setattr(work, "audit_entry", die_at)
    run()
    rows = {row["uri"].rpartition("/")[2]: row for row in read_table(audit.DOCUMENTS)}
    assert (rows["wrong.md"]["state"], len(rows)) == ("failed", 9)
    assert "SIGKILL" in rows["wrong.md"]["why"]
    assert rows["old.html"]["errors"] == "1"


def test_a_second_audit_into_the_same_folder_is_refused(archive):
    Path("out").mkdir()
    with FileLock("out/.lock"):
        done = run()
    assert "Another onevoice is writing to out" in str(done.exception)


def test_a_folder_with_other_files_is_left_alone(archive):
    Path("out").mkdir()
    Path("out/thesis.txt").write_text("x")
    assert "has other files" in str(run().exception)


def test_an_audit_does_not_audit_itself(archive):
    run(out="archive/result")
    (archive / "result" / "index.html").write_text("<p>We utilize it.</p>")
    run(out="archive/result")
    assert len(read_table(audit.DOCUMENTS, "archive/result")) == 9


def test_a_damaged_part_is_made_again(archive):
    run()
    before = read_tables("out")
    [part] = Path("out/parts").iterdir()
    part.write_bytes(part.read_bytes()[:-20])
    assert "damaged" in str(run().exception)
    assert run().exception is None
    assert read_tables("out") == before


def test_copies_are_merged_into_one(archive):
    text = " ".join(f"word{number}" for number in range(80))
    (archive / "sales" / "a.md").write_text(f"{text}\n")
    (archive / "web" / "a copy.md").write_text(f"{text}\n")
    run()
    copies = {row["uri"]: row for row in read_table(audit.DOCUMENTS) if row["duplicate_of"]}
    assert {name: row["verdict"] for name, row in copies.items()} == {"archive/web/a copy.md": "merge"}
    assert copies["archive/web/a copy.md"]["duplicate_of"] == "archive/sales/a.md"


def test_the_page_names_documents_and_no_sentence(archive):
    (archive / "web" / "<b>.md").write_text("# <script>alert(1)</script>\n\nWe utilize secrets.\n")
    run()
    page = Path("out/index.html").read_text()
    assert "archive/web/&lt;b&gt;.md" in page and "<b>" not in page and "alert(1)<" not in page
    assert "secrets" not in page and "1 .png" in page
    assert page.index("archive/sales/wrong.md") < page.index("archive/web/old.html")


def test_two_audits_are_compared(archive):
    run(out="before")
    (archive / "sales" / "wrong.md").write_text("# Chairs\n\nWe use it, and you utilize it.\n")
    (archive / "web" / "old.html").rename(archive / "sales" / "moved.html")
    (archive / "sales" / "fresh.md").write_text("They utilize it.\n")
    (archive / "top.txt").unlink()
    run(out="after")
    done = CliRunner().invoke(cli, ["audit", "diff", "before", "after"], standalone_mode=False)
    assert (done.return_value, done.stdout.splitlines()) == (
        1,
        [
            *("Fixed: 2", "  2  Brand.use", "New: 2", "  2  Brand.use"),
            "Moved: archive/web/old.html -> archive/sales/moved.html",
            *("Added: archive/sales/fresh.md", "Removed: archive/top.txt"),
        ],
    )
    same = CliRunner().invoke(cli, ["audit", "diff", "after", "after"], standalone_mode=False)
    assert (same.return_value, same.stdout) == (0, "Fixed: 0\nNew: 0\n")
    assert "no finished audit" in str(CliRunner().invoke(cli, ["audit", "diff", "book", "after"],
                                                         standalone_mode=False).exception)  # fmt: skip


def test_only_a_changed_document_is_read_again(archive, monkeypatch):
    run()
    (archive / "web" / "old.html").write_text("<title>T</title><p>They utilize it, too.</p>")
    (archive / "web" / "new.md").write_text("We utilize it.\n")
    (archive / "top.txt").unlink()
    own, log = work.audit_entry, Path("read.log")

    def note_entry(entry, *rest):
        with log.open("a") as file:
            file.write(f"{entry.uri}\n")
        return own(entry, *rest)

    monkeypatch.setattr(work, "audit_entry", note_entry)
    run()
    read = {line.rpartition("/")[2] for line in log.read_text().splitlines()}
    # Who could not be read may be able to by now.
    assert read == {"old.html", "new.md", "broken.md", "deck.pptx"}
    run(out="fresh")
    assert read_tables("out") == read_tables("fresh")
    [part], [other] = (sorted(Path(out, "parts").iterdir()) for out in ("out", "fresh"))
    assert (part.name, part.read_bytes()) == (other.name, other.read_bytes())


def test_nothing_is_carried_over_from_other_words_or_a_damaged_part(archive):
    run()
    terms = Path("book/terminology/terms.yaml")
    terms.write_text(terms.read_text().replace("utilize", "employ"))
    (archive / "top.txt").write_text("We employ it.\n")
    run()
    assert "utilize" not in {row["match"] for row in read_table(audit.FINDINGS)}
    [part] = Path("out/parts").iterdir()
    part.write_bytes(part.read_bytes()[:-9])
    (archive / "top.txt").write_text("They employ it.\n")
    run()
    run(out="fresh")
    assert read_tables("out") == read_tables("fresh")


def test_an_excel_file_has_what_needs_work(archive):
    openpyxl = pytest.importorskip("openpyxl")
    (archive / "web" / "=1+1.md").write_text("We utilize it.\n")
    run("--xlsx")
    book = openpyxl.load_workbook("out/audit.xlsx")
    head, *rows = book["To do"].iter_rows(values_only=True)
    found = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    wanted = {row["uri"]: row for row in read_table(audit.DOCUMENTS) if row["verdict"] != "keep"}
    assert found.keys() == wanted.keys() and len(found) == 7
    wrong = found["archive/sales/wrong.md"]
    assert (wrong["errors"], wrong["per_1000_words"], wrong["verdict"]) == (2, 250.0, "fix")
    assert list(book["By group"].iter_rows(min_row=3, max_row=3, values_only=True)) == [("sales", 1, 1, 0, 0, 0, 0, 2)]
    run()
    assert not Path("out/audit.xlsx").exists()
