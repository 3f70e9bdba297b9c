"""What is read of a handbook's folder."""

import pytest

from onevoice import limits
from onevoice.load.folder import load_folder

TERM = "terms:\n  - {id: a, preferred: alpha, definition: d}\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "terminology").mkdir()
    (tmp_path / "content" / "identity").mkdir(parents=True)
    return tmp_path


def test_a_file_at_the_limit_and_one_byte_above(folder, monkeypatch):
    name = "terminology/a.yaml"
    (folder / name).write_text(TERM)
    monkeypatch.setattr(limits, "MAX_HANDBOOK_FILE_BYTES", len(TERM))
    loaded = load_folder(folder)
    assert loaded.records and not loaded.findings
    monkeypatch.setattr(limits, "MAX_HANDBOOK_FILE_BYTES", len(TERM) - 1)
    loaded = load_folder(folder)
    assert not loaded.records
    assert [(one.path, one.level) for one in loaded.findings] == [(name, "error")]
    assert "at most 0 MB are" in loaded.findings[0].message


def test_four_gigabytes_of_nothing_are_not_read(folder):
    with (folder / "terminology" / "a.yaml").open("wb") as file:
        file.truncate(2**32)
    (one,) = load_folder(folder).findings
    assert "4096 MB; at most 16 MB are" in one.message
