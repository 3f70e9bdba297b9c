"""Since when a finding is there: told from audit to audit, and equal to what a plain recount of the tables says."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice.audit.match import Identity, pair_documents
from onevoice.commands import cli

DAYS = ("2016-11-20", "2021-11-20", "2026-11-20")


def pair(old, new):
    """Pairs of places; a document is written as place, id and words, of which the place comes first."""
    sides = [[(Identity(*item.split()), item.split()[0]) for item in sorted(side)] for side in (old, new)]
    return sorted(pair_documents(*sides), key=str)


def test_a_document_is_known_by_id_words_or_place():
    assert pair(["a a 1", "b b 2"], ["a a 9", "b b 2"]) == [("a", "a"), ("b", "b")]
    assert pair(["a x 1"], ["b x 2"]) == [("a", "b")]
    assert pair(["a a 1", "c c 3"], ["b b 1", "c c 3"]) == [("a", "b"), ("c", "c")]
    assert pair(["a a 1"], ["a x 1"]) == [("a", "a")]
    assert pair(["a a 1"], ["a x 2"]) == [("a", "a")]
    # A copy is new; so is what takes the place of a document that has moved.
    assert pair(["a a 1"], ["a a 1", "b b 1"]) == [("a", "a"), (None, "b")]
    assert pair(["a x 1"], ["a y 2", "b x 1"]) == [("a", "b"), (None, "a")]
    assert pair(["a a 1"], []) == [("a", None)]


@pytest.fixture
def book(tmp_path, monkeypatch):
    folder = tmp_path / "book" / "terminology"
    folder.mkdir(parents=True)
    (folder / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb,"
        " avoid: [{term: utilize, why: w}, {term: leverage, why: w}]}\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(day, *arguments, out="out"):
    done = CliRunner().invoke(
        cli, ["audit", "archive", "--out", out, "--handbook", "book", *arguments],
        env={"ONEVOICE_TODAY": day}, standalone_mode=False,
    )  # fmt: skip
    assert done.exception is None, done.exception
    return done


def read_table(out, name="findings.csv"):
    with (Path(out) / name).open(newline="", encoding="utf-8") as file:
        return [*csv.DictReader(file)]


def read_trend(out="out"):
    return [json.loads(line) for line in (Path(out) / "history" / "trend.jsonl").read_text().splitlines()]


def make_archive(year):
    """Ten years of posts: those up to a year, some of them changed, renamed and thrown away by then."""
    moved = {}
    folder = Path("archive")
    for path in folder.rglob("*.md"):
        path.unlink()
    for number in range(120):
        born = 2007 + number // 6
        if born > year or (number % 11 == 0 and year >= 2021) or (number % 13 == 0 and year >= 2026):
            continue
        wrong = "utilize" if number % 3 else "leverage"
        text = f"We {wrong} text {number}.\n\n" * (1 + number % 4)
        if number % 5 == 0 and year >= 2021:
            text = f"We use text {number}.\n\n" + (f"They {wrong} text {number}.\n\n" if number % 2 else "")
        if number % 7 == 0 and year >= 2026:
            text += f"Now you {wrong} it, text {number}.\n"
        name = f"archive/{born}/{number}.md"
        if number % 17 == 3 and year >= 2026:
            # These have another name, and the same words.
            new = f"archive/{2000 + number}/moved {number}.md"
            moved[new], name = name, new
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(f"---\nowner: team{number % 3}\n---\n\n{text}")
    return moved


def test_ten_years_with_three_audits_equal_a_plain_recount(book):
    tables, moves = [], []
    for day in DAYS:
        moves.append(make_archive(int(day[:4])))
        run(day)
        run(day, out=f"alone {day}")
        tables.append(read_table("out"))
    # The plain recount: tables of audits that know nothing of each other.
    counts = []
    for day in DAYS:
        rows = read_table(f"alone {day}")
        counts.append(Counter((row["document"], row["rule"], row["match"], row["sentence_hash"]) for row in rows))
    assert moves[2], "some documents moved"
    trend = read_trend()
    assert [sums["day"] for sums in trend] == list(DAYS)
    first = {key: [DAYS[0]] * count for key, count in counts[0].items()}
    assert trend[0]["totals"]["new"] == counts[0].total() and trend[0]["totals"]["fixed"] == 0
    for at in (1, 2):
        there = Counter()
        for (name, *rest), count in counts[at].items():
            there[moves[at].get(name, name), *rest] += count
        new, fixed = (there - counts[at - 1]), (counts[at - 1] - there)
        assert 0 < new.total() < there.total() and fixed.total()
        totals = trend[at]["totals"]
        assert (totals["findings"], totals["new"], totals["fixed"]) == (there.total(), new.total(), fixed.total())
        said = CliRunner().invoke(cli, ["audit", "diff", f"alone {DAYS[at - 1]}", f"alone {DAYS[at]}"]).stdout
        assert f"Fixed: {fixed.total()}\n" in said and f"New: {new.total()}\n" in said
        groups = Counter(row["document"].split("/")[1] for row in tables[at])
        assert {name: sums["findings"] for name, sums in trend[at]["groups"].items() if sums["findings"]} == groups
        owners = sum(sums["new"] for sums in trend[at]["owners"].values())
        assert owners == new.total()
        first = {key: (first.get(key, []) + [DAYS[at]] * count)[:count] for key, count in there.items()}
        dated = Counter()
        for row in tables[at]:
            name = moves[at].get(row["document"], row["document"])
            dated[name, row["rule"], row["match"], row["sentence_hash"], row["first_seen"]] += 1
        assert dated == Counter((*key, day) for key, days in first.items() for day in days)
    page = Path("out/index.html").read_text()
    assert "not found in the audit of 2021-11-20" in page and all(day in page for day in DAYS)
    assert page.count("<svg") > 10 and ", ".join(str(sums["totals"]["findings"]) for sums in trend) in page


def test_an_audit_of_the_same_day_is_compared_with_the_one_before(book):
    make_archive(2016)
    run(DAYS[0])
    make_archive(2021)
    run(DAYS[1])
    before = {path.name: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}
    run(DAYS[1])
    assert {path.name: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()} == before


def test_an_audit_goes_on_from_another_folder(book):
    make_archive(2016)
    run(DAYS[0], out="first")
    assert "Over time" not in Path("first/index.html").read_text()
    make_archive(2021)
    run(DAYS[1], out="kept")
    run(DAYS[1], "--baseline", "first", out="second")
    run(DAYS[1], "--since", "first", out="third")
    assert {row["first_seen"] for row in read_table("kept")} == {DAYS[1]}
    assert {row["first_seen"] for row in read_table("second")} == {DAYS[0], DAYS[1]}
    assert read_table("second") == read_table("third")
    assert read_trend("second") == read_trend("third") and len(read_trend("third")) == 2
    assert "first found on 2016-11-21 or later" in Path("third/index.html").read_text()
    # The next one knows them without being told.
    run(DAYS[2], "--since", "2016-01-01", out="third")
    documents = read_table("third", "documents.csv")
    assert sum(int(row["new"]) for row in documents) == len(read_table("third"))


@pytest.mark.parametrize("option", ["--baseline", "--since"])
def test_an_earlier_audit_that_is_none_is_said(book, option):
    make_archive(2016)
    done = CliRunner().invoke(cli, ["audit", "archive", "--out", "out", "--handbook", "book", option, "nowhere"])
    assert str(done.exception).startswith("nowhere: ") and "no finished audit" in str(done.exception)


def test_a_damaged_history_is_said(book):
    make_archive(2016)
    run(DAYS[0])
    place = Path(f"out/history/seen-{DAYS[0]}.jsonl.gz")
    place.write_bytes(place.read_bytes()[:-9])
    done = CliRunner().invoke(
        cli, ["audit", "archive", "--out", "out", "--handbook", "book"], env={"ONEVOICE_TODAY": DAYS[1]}
    )
    assert f"{place}: this record of earlier audits is damaged" in str(done.exception)
