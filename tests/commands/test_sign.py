"""`onevoice sign`: who agrees with what, written where the record stands."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.errors import OnevoiceError
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.signature import hash_meaning, is_signature_valid, list_signature_statuses
from onevoice.load.folder import load_folder

TERM = """terms:
  - id: lead
    preferred: lead
    definition: Somebody who may buy.
    avoid: [suspect]
    # The next one is newer.
  - id: team
    preferred: team
    definition: Those who work together.
"""
TEAMS = "teams:\n  - {id: team, name: Team, side: both, purpose: p}  # all of us\n"


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, text in {"terminology/terms.yaml": TERM, "content/teams.yaml": TEAMS}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def sign(folder: Path, record: str, side: str = "sales", day: str = "2026-11-21"):
    result = CliRunner().invoke(
        cli,
        ["sign", record, "--as", side, "--handbook", str(folder)],
        env={"ONEVOICE_TODAY": day},
        standalone_mode=False,
    )
    if result.exception:
        raise result.exception
    return result


def book(folder: Path) -> Handbook:
    return Handbook(load_folder(folder))


def test_signing_adds_lines_and_nothing_else(folder):
    result = sign(folder, "lead")
    text = (folder / "terminology/terms.yaml").read_text()
    of = hash_meaning(book(folder).find_record("terms", "lead"))
    assert text == TERM.replace(
        "[suspect]\n", f"[suspect]\n    signed:\n      sales: {{date: 2026-11-21, of: {of}}}\n"
    ).replace(of, of if f" {of}" in text else f"'{of}'")
    assert "Signed terms/lead for sales in terminology/terms.yaml:2" in result.stderr
    assert is_signature_valid(book(folder).find_record("terms", "lead"), "sales")


def test_both_sides_sign_in_any_order(folder):
    sign(folder, "lead", "marketing", "2026-11-20")
    sign(folder, "lead", "sales", "2026-11-21")
    signed = book(folder).find_record("terms", "lead").signed
    assert [str(signed.marketing.date), str(signed.sales.date)] == ["2026-11-20", "2026-11-21"]
    assert signed.sales.of == signed.marketing.of


def test_an_id_of_two_kinds_is_asked_back(folder):
    with pytest.raises(OnevoiceError, match="`teams/team` or `terms/team`"):
        sign(folder, "team")
    sign(folder, "teams/team")
    text = (folder / "content/teams.yaml").read_text()
    assert "# all of us" in text
    assert is_signature_valid(book(folder).find_record("teams", "team"), "sales")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("leed", "Did you mean `lead`"),
        ("terms/nobody", "no record of kind terms"),
        ("term/lead", "Did you mean `terms`"),
    ],
)
def test_what_is_not_there_is_named(folder, record, said):
    with pytest.raises(OnevoiceError, match=re.escape(said)):
        sign(folder, record)
    assert (folder / "terminology/terms.yaml").read_text() == TERM


def test_a_change_of_meaning_breaks_it_and_a_new_signature_heals_it(folder):
    path = folder / "terminology/terms.yaml"
    sign(folder, "lead", day="2026-11-01")
    assert "has not changed" in sign(folder, "lead").stderr
    path.write_text(path.read_text().replace("may buy", "might buy"))
    assert not is_signature_valid(book(folder).find_record("terms", "lead"), "sales")
    sign(folder, "lead", day="2026-11-21")
    assert [
        (s.state, str(s.date)) for s in list_signature_statuses(book(folder), book(folder).find_record("terms", "lead"))
    ] == [("signed", "2026-11-21")]


@pytest.mark.parametrize(
    ("old", "new", "still"),
    [
        ("definition: Somebody who may buy.", "definition: >\n      Somebody who\n      may buy.", True),
        ("avoid: [suspect]", "avoid:\n      - term: suspect\n        level: error", True),
        ("avoid: [suspect]", "avoid: [suspect]\n    area: people\n    reviewed: {date: 2026-01-01}", True),
        ("avoid: [suspect]", "avoid: [suspect]\n    sources: [A talk]", True),
        ("id: lead", "id: person\n    was: lead", True),
        ("avoid: [suspect]", "avoid: [suspect, contact]", False),
        ("avoid: [suspect]", "avoid: [suspect]\n    note: Only people.", False),
        ("preferred: lead", "preferred: Lead", False),
    ],
)
def test_what_carries_the_meaning(folder, old, new, still):
    path = folder / "terminology/terms.yaml"
    sign(folder, "lead")
    path.write_text(path.read_text().replace(old, new, 1))
    assert is_signature_valid(book(folder).list_records("terms")[0], "sales") is still


def test_who_disagrees_does_not_sign(folder):
    path = folder / "terminology/terms.yaml"
    dissent = "    dissent: [{side: sales, date: 2026-11-01, why: Too wide.}]\n"
    path.write_text(TERM.replace("    avoid", f"{dissent}    avoid"))
    with pytest.raises(OnevoiceError, match=r"terms\.yaml:5: sales has disagreed.*2026-11-01"):
        sign(folder, "lead")
    sign(folder, "lead", "marketing")
    assert is_signature_valid(book(folder).find_record("terms", "lead"), "marketing")


def test_what_is_no_longer_in_use_is_not_signed(folder):
    path = folder / "terminology/terms.yaml"
    path.write_text(TERM.replace("id: lead\n", "id: lead\n    status: retired\n"))
    with pytest.raises(OnevoiceError, match="is retired"):
        sign(folder, "lead")
