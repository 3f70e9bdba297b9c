"""`lint --record`: counts by term and team, and nothing of the texts."""

import datetime

import pytest

from onevoice.errors import DataError, OnevoiceError
from onevoice.finding import Finding, Span
from onevoice.run.record import record_findings as record

DAY = datetime.date(2026, 11, 26)
TEAMS = """teams:
  - {id: sales, name: Sales, side: sales, purpose: p}
  - {id: both, name: Both, side: both, purpose: p}
"""
HEADER = "record,measure,week,value,side\n"
FILE = "content/metrics/terms-2026.csv"


def find(*terms: str) -> list[Finding]:
    return [Finding(f"Brand.{term}", "error", "secret.md", Span(1, 1, 1, 2), "Secret", "m") for term in terms]


def record_findings(folder, findings, team, day):
    return record(folder, findings, team, day, lambda line: None)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "teams.yaml").write_text(TEAMS)
    return tmp_path


def test_findings_are_counted_by_term_week_and_team(folder):
    others = [Finding("voice", "error", "a.md", Span(1, 1, 1, 2), "", "m")]
    said = record_findings(folder, [*find("lead", "lead", "deal"), *others], "sales", DAY)
    assert said == f"Counted 3 findings of sales in 2026-W48. Wrote {FILE}."
    rows = ["terms/deal,findings:sales,2026-W48,1,sales", "terms/lead,findings:sales,2026-W48,2,sales"]
    assert (folder / FILE).read_text() == HEADER + "\n".join([*rows, ""])
    record_findings(folder, find("lead"), "both", DAY)
    # The same week again replaces only its own; what isn't found anymore is zero, so that the trend shows it.
    record_findings(folder, find("deal"), "sales", DAY)
    record_findings(folder, find("deal"), "sales", DAY + datetime.timedelta(weeks=1))
    assert (folder / FILE).read_text().splitlines()[1:] == [
        "terms/deal,findings:sales,2026-W48,1,sales",
        "terms/deal,findings:sales,2026-W49,1,sales",
        "terms/lead,findings:both,2026-W48,1,",
        "terms/lead,findings:sales,2026-W48,0,sales",
        "terms/lead,findings:sales,2026-W49,0,sales",
    ]


def test_a_team_must_exist_and_the_file_be_right(folder):
    with pytest.raises(OnevoiceError, match=r"no team with the id `sale`\. Did you mean `sales`"):
        record_findings(folder, [], "sale", DAY)
    (folder / FILE).parent.mkdir()
    (folder / FILE).write_text("nonsense\n")
    with pytest.raises(DataError) as raised:
        record_findings(folder, find("lead"), "sales", DAY)
    assert [(one.path, one.span.line) for one in raised.value.findings] == [(FILE, 1)]
    assert (folder / FILE).read_text() == "nonsense\n"


def test_figures_in_another_file_move_to_the_one_for_them(folder):
    words = folder / "content" / "metrics" / "words.csv"
    words.parent.mkdir()
    words.write_text(f"{HEADER}terms/lead,findings:sales,2026-W48,9,sales\n")
    record_findings(folder, find("lead"), "sales", DAY)
    assert words.read_text() == HEADER
    assert (folder / FILE).read_text() == f"{HEADER}terms/lead,findings:sales,2026-W48,1,sales\n"
