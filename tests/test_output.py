"""The one writer: whole files or none, nothing twice, nothing left over, nothing outside."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from onevoice import disk
from onevoice.errors import OnevoiceError
from onevoice.output import (
    Artifact,
    Changes,
    compare_output,
    write_output,
)


def artifacts(**files: str) -> list[Artifact]:
    return [Artifact(path.replace("__", "/"), text.encode()) for path, text in files.items()]


@pytest.mark.parametrize(("is_committed", "written"), [(True, ("b.txt",)), (False, ("a.txt", "b.txt"))])
def test_line_ends_of_a_checkout_are_no_change_of_committed_files(tmp_path, is_committed, written):
    root = tmp_path / "repository"
    root.mkdir()
    (root / "a.txt").write_bytes(b"one\r\ntwo\r\n")
    (root / "b.txt").write_bytes(b"one\r\n2\r\n")
    wanted = [Artifact("a.txt", b"one\ntwo\n"), Artifact("b.txt", b"one\ntwo\n")]
    manifest = None if is_committed else tmp_path / "manifest.json"
    assert compare_output(root, wanted, manifest).written_paths == written
    assert write_output(root, wanted, manifest).written_paths == written
    assert (root / "b.txt").read_bytes() == b"one\ntwo\n"


@pytest.fixture
def root(tmp_path):
    return tmp_path / "build"


def tree(root) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in sorted(root.rglob("*")) if path.is_file()}


def save(root, **files: str) -> Changes:
    return write_output(root, artifacts(**files), root.parent / "manifest.json")


def test_writes_what_is_new_changes_what_differs_and_removes_what_is_gone(root):
    assert save(root, a="1", b__c="2", d="3") == Changes(("a", "b/c", "d"), (), 0)
    assert save(root, a="1", b__e="2", d="4") == Changes(("b/e", "d"), ("b/c",), 1)
    assert tree(root) == {"a": "1", "b/e": "2", "d": "4"}


def test_a_second_run_touches_no_file(root):
    save(root, a="1", b__c="2")
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in root.rglob("*")}
    changes = save(root, a="1", b__c="2")
    assert not changes
    assert changes.unchanged_count == 2
    assert before == {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in root.rglob("*")}


def test_empty_folders_go_too(root):
    save(root, a__b__c="1", a__d="2")
    save(root, a__d="2")
    assert not (root / "a" / "b").exists()
    save(root)
    assert root.is_dir()
    assert not list(root.iterdir())


def test_files_of_others_stay(root):
    save(root, a__b="1")
    (root / "a" / "README.md").write_text("mine")
    save(root)
    assert tree(root) == {"a/README.md": "mine"}


def test_without_a_manifest_nothing_is_removed(root):
    write_output(root, artifacts(a="1"))
    assert write_output(root, artifacts(b="2")) == Changes(("b",), (), 0)
    assert tree(root) == {"a": "1", "b": "2"}


def test_compare_writes_nothing(root):
    save(root, a="1", b="2")
    before = tree(root)
    manifest = root.parent / "manifest.json"
    assert compare_output(root, artifacts(a="9", c="3"), manifest) == Changes(("a", "c"), ("b",), 0)
    assert tree(root) == before
    assert compare_output(root.parent / "nowhere", artifacts(a="1")) == Changes(("a",), (), 0)
    assert not (root.parent / "nowhere").exists()


@pytest.mark.parametrize("path", ["../out", "a/../../out", "/etc/out"])
def test_paths_that_lead_out_are_refused_before_anything_is_written(root, path):
    with pytest.raises(OnevoiceError, match="outside"):
        write_output(root, [Artifact("a", b"1"), Artifact(path, b"2")], root.parent / "manifest.json")
    assert not root.exists()


def test_a_link_that_leads_out_is_refused(root):
    (root.parent / "elsewhere").mkdir()
    root.mkdir()
    (root / "link").symlink_to(root.parent / "elsewhere")
    with pytest.raises(OnevoiceError, match="outside"):
        save(root, link__a="1")
    assert not list((root.parent / "elsewhere").iterdir())


def test_two_artifacts_of_one_path_are_refused(root):
    with pytest.raises(OnevoiceError, match="docs/a"):
        write_output(root, [Artifact("docs/a", b"1"), Artifact("docs/a", b"2")])
    assert not root.exists()


DEEP = pytest.param("[" * 100_000, id="deep")


@pytest.mark.parametrize("manifest", ["", "{", "null", "{}", "[1, null]", '["../../outside", "a"]', '"a"', DEEP])
def test_a_damaged_manifest_is_no_obstacle_and_no_danger(root, manifest):
    outside = root.parent.parent / "outside"
    outside.write_text("theirs")
    (root.parent / "manifest.json").write_text(manifest)
    assert save(root, b="1").written_paths == ("b",)
    assert json.loads((root.parent / "manifest.json").read_text()) == ["b"]
    assert outside.read_text() == "theirs"


def test_a_file_takes_the_place_of_a_folder_and_the_other_way_round(root):
    save(root, a="1", b__c="2")
    save(root, a__c="3", b="4")
    assert tree(root) == {"a/c": "3", "b": "4"}


def test_a_folder_that_cannot_be_written(root):
    root.parent.joinpath("build").write_text("a file")
    with pytest.raises(OnevoiceError, match="cannot be written"):
        save(root, a="1")


def test_modes(root):
    """As any other program would write them: as the umask says, and as they were."""
    before = os.umask(0o022)
    try:
        save(root, a="1")
        assert (root / "a").stat().st_mode & 0o777 == 0o644
        (root / "a").chmod(0o755)
        save(root, a="2")
        assert (root / "a").stat().st_mode & 0o777 == 0o755
    finally:
        os.umask(before)


KILLED = """
    import os, pathlib, signal, sys
    from onevoice import output
    root = pathlib.Path(sys.argv[1])
    rename = os.replace
    def stop(path, target):
        if str(target).endswith(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(path, target)
    os.replace = stop
    artifacts = [output.Artifact(name, b"new") for name in ("a", "b", "c")]
    output.write_output(root, artifacts, root.parent / "manifest.json")
"""


@pytest.mark.parametrize("place", ["a", "b", "c", "manifest.json"])
def test_a_killed_run_leaves_whole_files_and_the_next_one_clears_up(root, place):
    save(root, a="old", z="old")
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), str(root), place], check=False)
    assert run.returncode == -signal.SIGKILL
    left = [path for path in root.rglob("*") if path.is_file()]
    assert {path.read_text() for path in left if not path.name.startswith(".")} <= {"old", "new"}
    if sys.platform == "win32":
        for path in (*left, *root.parent.iterdir()):
            if path.name.startswith(".onevoice-"):
                os.utime(path, (time.time() - 7200,) * 2)
    save(root, a="new")
    assert tree(root) == {"a": "new"}
    assert sorted(path.name for path in root.parent.iterdir()) == ["build", "manifest.json"]


def test_in_a_held_folder_what_is_unfinished_is_of_dead_runs(root):
    save(root, a="1", b__c="1")
    for folder in (root, root / "b"):
        (folder / ".onevoice-abc").write_text("never finished")
    save(root, a="1", b__c="1")
    assert tree(root) == {"a": "1", "b/c": "1"}


def test_a_name_that_no_file_can_have_does_not_poison_the_next_run(root):
    with pytest.raises(OnevoiceError, match="cannot be written"):
        write_output(root, artifacts(a="1", **{"x" * 300: "2"}), root.parent / "manifest.json")
    assert save(root, b="1").written_paths == ("b",)
    assert tree(root) == {"b": "1"}
    assert json.loads((root.parent / "manifest.json").read_text()) == ["b"]


def test_a_manifest_with_names_that_no_file_can_have(root):
    (root.parent / "manifest.json").write_text(json.dumps(["x" * 300, "a\0b", "\ud800", "\ud800/c", "c/" + "y" * 5000]))
    assert save(root, b="1").written_paths == ("b",)
    assert tree(root) == {"b": "1"}


@pytest.mark.parametrize("path", ["./docs/a.md", "docs//a.md", "docs/./a.md", "docs/a.md/"])
def test_a_manifest_that_writes_a_path_in_another_way_takes_no_file_away(root, path):
    save(root, docs__a="1")
    (root.parent / "manifest.json").write_text(json.dumps([path.replace("a.md", "a")]))
    save(root, docs__a="1")
    assert tree(root) == {"docs/a": "1"}


def test_a_name_whose_capitals_change_is_one_file_on_other_computers(root):
    save(root, Logo="1", b="2")
    # What macOS shows: one file under both names.
    os.link(root / "Logo", root / "logo")
    assert save(root, logo="1").removed_paths == ("b",)
    assert json.loads((root.parent / "manifest.json").read_text()) == ["logo"]


def test_names_that_differ_in_capitals_only_are_one_on_other_computers(root):
    with pytest.raises(OnevoiceError, match=r"docs/A.*docs/a"):
        write_output(root, [Artifact("docs/a", b"1"), Artifact("docs/A", b"2")])
    assert not root.exists()


@pytest.mark.parametrize("manifest", ["[" * 100_000, "9" * 10_000])
def test_a_hostile_manifest_is_no_obstacle(root, manifest):
    (root.parent / "manifest.json").write_text(manifest)
    assert save(root, b="1").written_paths == ("b",)


@pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")
@pytest.mark.parametrize("name", ["build/a", "manifest.json"])
@pytest.mark.parametrize("target", ["", "/dev/zero"])
def test_a_pipe_or_a_device_is_not_read(root, name, target):
    save(root, a="1", b="2")
    place = root.parent / name
    place.unlink()
    if target:
        place.symlink_to(target)
    else:
        os.mkfifo(place)
    save(root, a="1", b="2")
    assert tree(root) == {"a": "1", "b": "2"}
    assert json.loads((root.parent / "manifest.json").read_text()) == ["a", "b"]


def test_a_link_in_a_circle_is_refused(root):
    root.mkdir()
    (root / "link").symlink_to("link")
    with pytest.raises(OnevoiceError, match="outside"):
        save(root, link__a="1")


def test_the_unfinished_file_of_another_run_stays(root):
    save(root, a="1")
    handle, name = disk._open_unfinished(str(root))
    try:
        save(root, a="2")
        assert Path(name).exists()
    finally:
        os.close(handle)
    save(root, a="3")
    assert Path(name).exists() is (sys.platform == "win32")
