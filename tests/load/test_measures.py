"""The figures of each week: read from content/metrics, and every mistake told with its place."""

import pytest

from onevoice.handbook.handbook import Handbook
from onevoice.handbook.public import derive_public_handbook
from onevoice.load.folder import load_folder
from onevoice.load.measures import is_week, parse_measures, write_measures
from onevoice.records.measure import Measure

HEADER = "record,measure,week,value,side"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "content" / "metrics").mkdir(parents=True)
    (tmp_path / "content" / "brand.yaml").write_text("brand: {name: Acme}\n")
    return tmp_path


def test_a_handbook_without_the_folder_has_none(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "brand.yaml").write_text("brand: {name: Acme}\n")
    assert Handbook(load_folder(tmp_path)).measures == ()


def test_all_files_are_read_and_sorted(folder):
    (folder / "content/metrics/b.csv").write_text(f"{HEADER}\nkpis/a,value,2026-W02,4.25,sales\n")
    (folder / "content/metrics/a.csv").write_text(f'\ufeff{HEADER}\r\n"queries/a, b",count,2026-W53,7,\r\n', "utf-8")
    (folder / "content/metrics/notes.txt").write_text("nothing")
    loaded = load_folder(folder)
    assert loaded.findings == []
    assert Handbook(loaded).measures == (
        Measure("kpis/a", "value", "2026-W02", 4.25, "sales"),
        Measure("queries/a, b", "count", "2026-W53", 7, ""),
    )


def test_what_is_written_is_read_again():
    measures = [
        Measure('queries/say "hi", you', "searches", "2026-W48", 12),
        Measure("kpis/a", "value", "2026-W01", 0.5),
    ]
    found, problems = parse_measures("x.csv", write_measures(measures))
    assert (sorted(one for _, one in found), problems) == (sorted(measures), [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("record,week\n", "x.csv:1:1 the first line"),
        ("", "x.csv:1:1 the first line"),
        (f"{HEADER}\nkpis/a,value,2026-W48,1\n", "x.csv:2:1 this line has 4 values instead of 5"),
        (f"{HEADER}\n\nkpis,value,2026-W48,1,\n", "x.csv:3:1 `kpis` is no record"),
        (f"{HEADER}\nkpis/a,,2026-W48,1,\n", "x.csv:2:8 the measure is missing"),
        (f"{HEADER}\nkpis/a,value,2026-W54,1,\n", "x.csv:2:14 `2026-W54` is no week"),
        (f"{HEADER}\nkpis/a,value,2025-W53,1,\n", "x.csv:2:14 `2025-W53` is no week"),
        (f'{HEADER}\n"queries/a,b",value,2026-W48,"1,5",\n', 'x.csv:2:30 `1,5` is no number'),
        (f"{HEADER}\nkpis/a,value,2026-W48,nan,\n", "x.csv:2:23 `nan` is no number"),
        (f"{HEADER}\nkpis/a,value,2026-W48,1,both\n", "x.csv:2:25 `both` is no side"),
        (f'{HEADER}\n"kpis/a,value,2026-W48,1,\n', "x.csv:2:1 this line isn't CSV"),
        (f"{HEADER}\n<<<<<<< HEAD\n", "x.csv:2:1 Git couldn't merge"),
        (f"{HEADER}\nkpis/a,value,2026-W48,1,\nkpis/ü,value,2026-W48,1,\n".encode("cp1252"), "x.csv:3:1 a character"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(text, told):
    _, [problem] = parse_measures("x.csv", text if isinstance(text, bytes) else text.encode())
    assert f"{problem.path}:{problem.span.line}:{problem.span.column} {problem.message}".startswith(told)


def test_the_same_figure_twice(folder):
    for name, value in (("a", 1), ("b", 2)):
        (folder / f"content/metrics/{name}.csv").write_text(f"{HEADER}\nkpis/a,value,2026-W48,{value},\n")
    [problem] = load_folder(folder).findings
    assert (problem.path, problem.span.line) == ("content/metrics/b.csv", 2)
    assert "content/metrics/a.csv:2" in problem.message


def test_weeks_of_the_calendar():
    assert [is_week(one) for one in ("2026-W53", "2025-W52", "2026-W00", "2026-W1", "1969-W01")] == [
        *(True, True, False, False, False)
    ]


def test_the_public_handbook_has_none(folder):
    (folder / "content/metrics/a.csv").write_text(f"{HEADER}\nqueries/ours,searches,2026-W48,9,\n")
    handbook = Handbook(load_folder(folder))
    assert len(handbook.measures) == 1
    assert derive_public_handbook(handbook).measures == ()
