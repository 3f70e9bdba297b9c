"""Files of users and of ours on the disk: whole or not at all, with their owner, mode and links."""

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from onevoice.disk import FileChanged, overwrite_file, replace_file
from onevoice.errors import OnevoiceError
from onevoice.output import Artifact, write_output

posix = pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "draft.md"
    path.write_bytes(b"old")
    return path


@posix
@pytest.mark.parametrize("hops", [1, 2])
def test_a_link_stays_and_its_target_changes(draft, hops):
    folder = draft.parent / "links"
    folder.mkdir()
    link = draft
    for number in range(hops):
        link, before = folder / f"{number}.md", link
        link.symlink_to(before)
    overwrite_file(link, b"new", b"old")
    assert (link.is_symlink(), draft.is_symlink(), draft.read_bytes()) == (True, False, b"new")
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


@posix
def test_a_link_that_leads_nowhere_gets_a_file(tmp_path):
    (tmp_path / "link").symlink_to("target")
    overwrite_file(tmp_path / "link", b"new", None)
    assert (tmp_path / "link").is_symlink() and (tmp_path / "target").read_bytes() == b"new"


def test_bytes_that_someone_else_has_written_stay(draft):
    draft.write_bytes(b"theirs")
    with pytest.raises(FileChanged, match=r"draft.md: not written, because someone has changed this file meanwhile"):
        overwrite_file(draft, b"new", b"old")
    assert draft.read_bytes() == b"theirs"
    draft.unlink()
    with pytest.raises(FileChanged):
        overwrite_file(draft, b"new", b"old")
    assert list(draft.parent.iterdir()) == []


@posix
def test_mode_and_time(draft):
    draft.chmod(0o640)
    os.utime(draft, (1, 1))
    overwrite_file(draft, b"new", b"old")
    assert draft.stat().st_mode & 0o777 == 0o640
    assert time.time() - draft.stat().st_mtime < 60


@posix
def test_the_owner_stays(draft):
    if os.geteuid():
        pytest.skip("only root can give a file away")
    os.chown(draft, 1234, 2345)
    overwrite_file(draft, b"new", b"old")
    assert (draft.stat().st_uid, draft.stat().st_gid, draft.read_bytes()) == (1234, 2345, b"new")


@posix
def test_another_name_of_the_file_keeps_the_old_bytes(draft):
    os.link(draft, draft.parent / "backup.md")
    overwrite_file(draft, b"new", b"old")
    assert (draft.parent / "backup.md").read_bytes() == b"old"


@posix
def test_what_is_no_regular_file_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null").symlink_to(os.devnull)
    for name in ("pipe", "null"):
        with pytest.raises(OnevoiceError, match=rf"{name}: cannot be written \(not a regular file\)"):
            overwrite_file(tmp_path / name, b"new", None)
    assert (tmp_path / "pipe").is_fifo() and not Path(os.devnull).is_file()


def test_the_bytes_are_on_the_disk_before_the_name(draft, monkeypatch):
    calls = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *of, name=name, real=real: (calls.append(name), real(*of))[1])
    overwrite_file(draft, b"new", b"old")
    assert calls == ["fsync", "replace", *(["fsync"] if sys.platform != "win32" else [])]
    calls.clear()
    pages = [Artifact(f"page{number}", b"1") for number in range(50)]
    write_output(draft.parent / "build", pages, draft.parent / "manifest.json")
    # The manifest, twice: not the pages, of which a site has thousands.
    assert calls.count("fsync") <= 4


FULL = """
    import pathlib, resource, sys
    from onevoice import disk, output
    path = pathlib.Path(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        disk.overwrite_file(path, b"x" * 5000, b"old")
    except output.OnevoiceError as error:
        print(error)
    try:
        output.write_output(path.parent / "build", [output.Artifact("docs/a.md", b"x" * 5000)])
    except output.OnevoiceError as error:
        print(error)
"""


@posix
def test_a_disk_that_becomes_full_leaves_the_old_file(draft):
    """The system takes the bytes for which there is room, and only then complains."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FULL), str(draft)], capture_output=True, text=True, check=False
    )
    build = draft.parent / "build" / "docs" / "a.md"
    assert (
        done.stdout == f"{draft}: cannot be written (File too large).\n{build}: cannot be written (File too large).\n"
    )
    assert draft.read_bytes() == b"old"
    assert [path.name for path in draft.parent.rglob("*") if path.is_file()] == ["draft.md"]


def test_a_write_that_fails_leaves_the_old_bytes_and_no_other_file(draft, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="No space"):
        replace_file(draft, b"new")
    assert [(path.name, path.read_bytes()) for path in draft.parent.iterdir()] == [("draft.md", b"old")]
