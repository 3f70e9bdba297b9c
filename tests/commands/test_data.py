"""`onevoice data`: figures are added once, replaced where they overlap, and never by halves."""

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.errors import DataError, OnevoiceError
from tables import exports

METRICS = "content/metrics"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "content").mkdir()
    for kind, text in exports.CONTENT.items():
        (tmp_path / "content" / f"{kind}.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONEVOICE_TODAY", "2026-11-29")
    return tmp_path


def run(*arguments):
    result = CliRunner().invoke(cli, ["data", *arguments], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


def add(folder, name, data):
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return run("add", name)


def read_metrics(folder):
    return {path.name: path.read_text("utf-8") for path in sorted((folder / METRICS).glob("*.csv"))}


def test_exports_become_weekly_sums(folder):
    result = add(folder, "ga4.csv", exports.GA4_REPORT)
    assert result.return_value == 0
    assert result.stdout == f"Wrote {METRICS}/assets-2026.csv. Run `onevoice data check`, then commit.\n"
    assert "header in row 10" in result.stderr and "Added 2 figures." in result.stderr
    add(folder, "contacts.csv", exports.HUBSPOT)
    assert read_metrics(folder)["assets-2026.csv"] == (
        "record,measure,week,value,side\n"
        "assets/deck,views,2026-W48,203,marketing\nassets/guide,views,2026-W48,12345,marketing\n"
    )
    assert "handoffs/mql-to-first-call,median-hours,2026-W47,3.5,\n" in read_metrics(folder)["handoffs-2026.csv"]
    checked = run("check")
    assert checked.return_value == 0
    assert checked.stderr == "Checked 9 figures about 3 records, 2026-W47 to 2026-W48.\n"


def test_the_same_file_twice_changes_nothing(folder):
    add(folder, "ga4.csv", exports.GA4_REPORT)
    before = read_metrics(folder)
    assert add(folder, "ga4.csv", exports.GA4_REPORT).stdout == "Nothing has changed: all of it is there already.\n"
    assert read_metrics(folder) == before


def test_weeks_that_overlap_are_replaced_and_told(folder):
    add(folder, "ga4.csv", exports.GA4_REPORT)
    result = add(folder, "later.csv", exports.GA4_EXPLORATION)
    assert "Replaced 1 figure of 2026-W48, which the export has, too:" in result.stderr
    assert "assets/guide views 2026-W48: 12345 is now 25" in result.stderr
    assert read_metrics(folder)["assets-2026.csv"].splitlines()[1:] == [
        "assets/deck,views,2026-W48,203,marketing", "assets/guide,views,2026-W47,50,marketing",
        "assets/guide,views,2026-W48,25,marketing",
    ]  # fmt: skip


def test_reasons_that_are_gone_go(folder):
    add(folder, "contacts.csv", exports.HUBSPOT)
    result = add(folder, "contacts.csv", exports.HUBSPOT.replace("not now", "not a fit"))
    assert "returned:Not now 2026-W47: 1 is gone" in result.stderr
    text = read_metrics(folder)["handoffs-2026.csv"]
    assert "returned:Not now" not in text and "returned:Not a fit" in text


def test_a_broken_file_leaves_everything_as_it_was(folder):
    add(folder, "ga4.csv", exports.GA4_REPORT)
    before = read_metrics(folder)
    (folder / "good.csv").write_text(exports.HUBSPOT)
    (folder / "bad.csv").write_text(exports.GA4_EXPLORATION.replace(",30,", ",many,"))
    with pytest.raises(Exception, match=r"bad.csv:10, column C \(Views\): this text is no count"):
        run("add", "good.csv", "bad.csv")
    assert read_metrics(folder) == before


def test_figures_that_are_wrong_are_not_built_on(folder):
    (folder / METRICS).mkdir()
    (folder / METRICS / "assets-2026.csv").write_text("record,measure,week,value,side\nassets/guide,views,48,1,\n")
    (folder / "ga4.csv").write_text(exports.GA4_REPORT)
    with pytest.raises(DataError) as error:
        run("add", "ga4.csv")
    [finding] = error.value.findings
    assert (finding.path, finding.span[:2]) == (f"{METRICS}/assets-2026.csv", (2, 20))
    assert run("check").return_value == 1


def test_a_map_of_the_handbook(folder):
    (folder / METRICS).mkdir()
    (folder / METRICS / "library.yaml").write_text(
        "{title: Library, kind: assets, name: Item, date: Day, measures: {uses: Shares}, side: sales}\n"
    )
    (folder / "x.csv").write_text("Item,Day,Shares\nguide,2026-11-24,9\n")
    assert run("add", "x.csv", "--as", "library").return_value == 0
    assert "assets/guide,uses,2026-W48,9,sales" in read_metrics(folder)["assets-2026.csv"]


def test_a_leak_that_is_committed_is_caught(folder):
    (folder / METRICS).mkdir()
    leak = "record,measure,week,value,side\nqueries/zoe.quaxly@example.com,clicks,2026-W48,9,marketing\n"
    (folder / METRICS / "queries-2026.csv").write_text(leak)
    result = run("check")
    assert result.return_value == 1
    assert "an email address" in result.stdout


CALLS = (
    "Timestamp,Email Address,Was it useful?,What hurts?\n"
    "2026/11/24 3:00:00 PM GMT+3,a@example.com,Yes,The routing rules live in a spreadsheet\n"
    "2026/11/24 3:00:00 PM GMT+3,b@example.com,No,Nobody understands our routing rules\n"
    "2026/11/24 3:00:00 PM GMT+3,c@example.com,No,Ask zoe.quaxly@example.com why it hurts\n"
)
CANARIES = ("quaxly", "a@example.com", "b@example.com")


@pytest.fixture
def calls(folder):
    path = folder / "content" / "forms.yaml"
    path.write_text(
        path.read_text().replace('label: "Why?", type: area', 'label: "What hurts?", type: area, quotes: pain')
    )
    (folder / "content" / "messages").mkdir()
    (folder / "content" / "messages" / "proposed.yaml").write_text(
        "# Ours, in our order.\nmessages:\n  - id: a\n    type: value   # as it is\n    title: t\n    say: 's'\n"
        "    status: proposed\n"
    )
    return folder


def read_all(folder):
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8", "replace")
            for path in folder.rglob("*") if path.is_file() and path.name != "calls.csv"}  # fmt: skip


def test_words_become_quotes_and_a_proposal(calls):
    result = add(calls, "calls.csv", CALLS)
    assert result.stdout == "Wrote content/quotes/survey-2026.csv. Run `onevoice data check`, then commit.\n"
    assert "calls.csv:4, column D (What hurts?): left out, as it may have an email address in it.\n" in result.stderr
    assert "Added 2 quotes.\n" in result.stderr and "Read the new quotes before you commit" in result.stderr
    assert add(calls, "calls.csv", CALLS).stdout == "Nothing has changed: all of it is there already.\n"
    assert run("check").stderr.endswith("Checked 2 quotes, 2026-W48.\n")
    assert "routing-rules (2): " in run("propose").stdout
    before = read_all(calls)
    proposed = run("propose", "routing-rules").stdout
    assert "Proposed `value-routing-rules` in content/messages/proposed.yaml, with 2 quotes as sources." in proposed
    after = read_all(calls)
    path = "content/messages/proposed.yaml"
    assert after[path].startswith(before[path]) and "note: Nobody understands our routing rules" in after[path]
    assert {name for name in after if after[name] != before.get(name)} <= {path, "build/.gitignore"}
    assert "`value-routing-rules` is proposed for it already: content/messages/proposed.yaml:8." in (
        run("propose", "routing-rules").stdout
    )
    assert read_all(calls) == after
    assert "Every group of quotes has an answer, or a proposed one." in run("propose").stdout
    assert not any(canary in text for text in after.values() for canary in CANARIES)


def test_what_is_answered_is_not_proposed(calls):
    add(calls, "calls.csv", CALLS)
    (calls / "content" / "messages" / "value.yaml").write_text(
        "messages:\n  - {id: b, type: value, title: Routing, say: Your routing rules are ours}\n"
    )
    with pytest.raises(OnevoiceError, match="`routing-rules` has an answer: b"):
        run("propose", "routing-rules")
    with pytest.raises(OnevoiceError, match="no group of quotes is called `routing`"):
        run("propose", "routing")


def test_quotes_that_are_wrong_are_not_built_on(calls):
    (calls / "content" / "quotes").mkdir()
    path = calls / "content" / "quotes" / "survey-2026.csv"
    path.write_text(
        "week,form,about,persona,stage,id,words\n2026-W48,survey,pain,,,q0123456789,Ask zoe@example.com now\n"
    )
    assert "this quote may have an email address in it" in run("check").stdout
    path.write_text("words\nno\n")
    with pytest.raises(DataError):
        add(calls, "calls.csv", CALLS)
    assert path.read_text() == "words\nno\n" and run("check").return_value == 1


def test_without_figures(folder):
    assert "There are no figures in content/metrics yet" in run("check").stderr
