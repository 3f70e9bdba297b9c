"""A long import takes two processes, and writes what one would write."""

import pytest
from click.testing import CliRunner

from handbooks import TODAY
from onevoice import process
from onevoice.commands import cli
from onevoice.load.regular import RegularText
from onevoice.run import inspect, written

ROWS = "Term,Do not use,Reason\nlog in,login; sign in,One name\nlogin page,sign-in page,\nno,nope,It's short\nlogin,,\n"
TEXT = "defaults:\n  level: warning\nterms:\n  - id: a\n    preferred: a\n  - id: b\n    preferred: b\n"
DATA = {
    "defaults": {"level": "warning"},
    "terms": [{"id": "a", "preferred": "a"}, {"id": "b", "preferred": "b"}],
}
STARTS = {"terms": [4, 6]}


@pytest.fixture(autouse=True)
def forks(monkeypatch):
    """A second process, though other tests may have left threads behind, which rest."""
    if process.START_METHOD != "fork":
        pytest.skip("a second process can't be a copy of this one here")
    monkeypatch.setattr(process, "can_fork", lambda: True)


def import_rows(folder):
    (folder / "book" / "content").mkdir(parents=True)
    (folder / "book" / "content" / "brand.yaml").write_text("brand: {name: Northlight}\n", "utf-8")
    (folder / "words.csv").write_text(ROWS, "utf-8")
    arguments = ["import", str(folder / "words.csv"), "--yes", "--handbook", str(folder / "book")]
    result = CliRunner().invoke(cli, arguments, env={"ONEVOICE_TODAY": TODAY})
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.yaml")}
    return result.exit_code, result.output, files


@pytest.mark.parametrize("is_read_alike", [True, False])
def test_two_processes_write_what_one_writes(is_read_alike, tmp_path, monkeypatch):
    alone = import_rows(tmp_path / "alone")
    monkeypatch.setattr(inspect, "PARALLEL_RECORDS", 0)
    monkeypatch.setattr(written, "PARALLEL_BYTES", 0)
    if not is_read_alike:
        monkeypatch.setattr(written.Written, "compare_text", lambda self: b"")
    assert import_rows(tmp_path / "two") == alone
    assert alone[0] == 0


@pytest.mark.parametrize(
    ("data", "starts", "is_same"),
    [
        (DATA, STARTS, True),
        ({**DATA, "defaults": {"level": "error"}}, STARTS, False),
        (DATA, {"terms": [4, 7]}, False),
    ],
)
def test_a_text_is_read_whatever_it_was_made_from(data, starts, is_same, monkeypatch):
    monkeypatch.setattr(written, "PARALLEL_BYTES", 0)
    with written.trust_text(written.Written(TEXT, data, starts)) as is_right:
        assert written.read_regular(TEXT) == RegularText(data, starts=starts)
        assert is_right() == is_same
    assert written.read_regular(TEXT) == RegularText(DATA, starts=STARTS)
