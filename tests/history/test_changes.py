"""What counts as a change, where names, files and whole states come and go."""

import datetime

from onevoice.handbook.handbook import Handbook
from onevoice.history import changes, git, log, tell
from onevoice.load.folder import load_folder
from repository import Repository

DAY = datetime.date(2026, 11, 2)


def terms(*names: str, **fields: str) -> str:
    lines = [f"{key}: {value}" for key, value in fields.items()]
    return "terms:\n" + "".join(
        f"  - id: {name}\n    preferred: {name}\n    definition: What {name} is.\n"
        + "".join(f"    {x}\n" for x in lines)
        for name in names
    )


def found(made: Repository, since: datetime.date = DAY) -> list[tuple[str | None, str | None]]:
    """The ids before and after, of each change of each commit."""
    told = log.read_commit_log(made.folder)
    contents = git.read_blobs(made.folder, changes.find_needed_blobs(told.commits, since))
    return [
        (one.before and one.before.id, one.after and one.after.id)
        for one in changes.list_record_changes(told.commits, contents, since, shallow=told.shallow)
    ]


def begun(folder, **files: str) -> Repository:
    made = Repository(folder)
    made.commit("2026-11-01", {f"terminology/{name}.yaml": text for name, text in files.items()})
    return made


def test_moving_and_layout_are_no_changes(tmp_path):
    made = begun(tmp_path, a=terms("one", "two"))
    made.commit("2026-11-02", {"terminology/a.yaml": terms("two"), "terminology/b.yaml": terms("one")})
    made.commit("2026-11-03", {"terminology/b.yaml": None, "terminology/deep/c.yml": "# New\n" + terms("one")})
    made.commit("2026-11-04", {"terminology/a.yaml": terms("two", avoid="[]")})
    assert found(made) == []


def test_a_new_name_is_the_same_record_also_in_another_file(tmp_path):
    made = begun(tmp_path, a=terms("one", "two"))
    made.commit("2026-11-02", {"terminology/a.yaml": terms("two"), "terminology/b.yaml": terms("uno", was="one")})
    assert found(made) == [("one", "uno")]


def test_what_cannot_be_read_for_a_while(tmp_path):
    made = begun(tmp_path, a=terms("one", "two"))
    made.commit("2026-11-02", {"terminology/a.yaml": terms("one", "two").replace("    preferred: one\n", "")})
    made.commit("2026-11-03", {"terminology/a.yaml": "terms: ["})
    made.commit("2026-11-04", {"terminology/a.yaml": b"\xff".decode("latin-1") + "terms: ["})
    assert found(made) == []
    made.commit("2026-11-05", {"terminology/a.yaml": terms("one")})
    assert found(made) == [("two", None)]


def test_what_was_never_read_is_not_added_when_it_is(tmp_path):
    made = begun(tmp_path, a=terms("one").replace("    preferred: one\n", ""), b=terms("two"))
    made.commit("2026-11-02", {"terminology/a.yaml": terms("one")})
    assert found(made) == []


def test_the_net_of_several(tmp_path):
    made = begun(tmp_path, a=terms("one"))
    for day, text in enumerate(
        (terms("one", "new"), terms("new"), terms("uno", was="one"), terms("one", note="More."), terms("one")), start=2
    ):
        made.commit(f"2026-11-0{day}", {"terminology/a.yaml": text})
    told = log.read_commit_log(made.folder)
    contents = git.read_blobs(made.folder, changes.find_needed_blobs(told.commits, DAY))
    every = changes.list_record_changes(told.commits, contents, DAY, shallow=False)
    assert len(every) > 5
    assert [(one.before, one.after) for one in changes.merge_changes(every)] == []


def test_the_beginning_is_told_in_one_sentence(tmp_path):
    made = Repository(tmp_path)
    made.commit("2026-11-02", {"README.md": "Soon.\n"})
    made.commit("2026-11-03", {"terminology/a.yaml": terms("one", "two")})
    made.commit("2026-11-04", {"terminology/a.yaml": terms("one", note="More.")})
    told = tell.load_recent_history(made.folder, Handbook(load_folder(made.folder)), datetime.date(2026, 11, 22))
    assert told.beginning == (datetime.date(2026, 11, 3), (("terms", 2),))
    assert [(item.label, [line.full_text for line in item.lines]) for item in told.news] == [
        ("one", ["New note: “More.”"]),
        ("two", ["Removed"]),
    ]


def test_a_folder_that_is_not_committed(tmp_path):
    made = Repository(tmp_path)
    made.commit("2026-11-02", {"README.md": "Soon.\n"})
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "a.yaml").write_text(terms("one"))
    told = tell.load_recent_history(tmp_path, Handbook(load_folder(tmp_path)), datetime.date(2026, 11, 22))
    assert "has not been committed to Git yet" in told.caveat and told.news == ()


def test_a_clock_that_is_ahead(tmp_path):
    """A commit from the future is told in the week that is."""
    made = begun(tmp_path, a=terms("one"))
    made.commit("2030-01-01", {"terminology/a.yaml": terms("one", note="More.")})
    told = tell.load_recent_history(tmp_path, Handbook(load_folder(tmp_path)), datetime.date(2026, 11, 4))
    assert [str(item.day) for item in told.news] == ["2026-11-04"]
