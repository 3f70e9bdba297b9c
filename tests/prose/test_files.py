"""Which files are linted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onevoice.errors import OnevoiceError
from onevoice.limits import MAX_FILE_BYTES
from onevoice.prose.files import describe_unread, expand_paths, iter_folder_files, read_file_bytes


@pytest.fixture
def folder(tmp_path):
    names = "b.md a.md sub/c.html sub/d.txt sub/e.py .git/f.md sub/node_modules/g.md build/h.md .i.md README"
    for name in names.split():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["."], ["a.md", "b.md", "sub/c.html", "sub/d.txt"]),
        (["sub", "a.md"], ["sub/c.html", "sub/d.txt", "a.md"]),
        (["a.md", ".", "a.md"], ["a.md", "b.md", "sub/c.html", "sub/d.txt"]),
        (["sub/e.py", "README", ".i.md"], ["sub/e.py", "README", ".i.md"]),
        (["build"], ["build/h.md"]),
        ([], []),
    ],
)
def test_finds(folder, paths, found):
    assert expand_paths(paths, folder) == found


@pytest.mark.parametrize("paths", [["."], [".", "sub"], ["sub", "./", "README"]])
def test_counts_what_it_leaves_out(folder, paths):
    for name in ("Offer.KEY", "sub/old.key", "sub/~$note.docx", ".DS_Store", "build/x.key"):
        (folder / name).write_bytes(b"x")
    unread = {}
    expand_paths(paths, folder, unread)
    assert unread == {".py": 1, ".key": 2, "": 1}


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, ""),
        ({".key": 3, ".doc": 12}, "12 .doc, 3 .key"),
        ({".py": 90, ".rst": 1, "": 2}, "1 .rst, 90 .py, 2 without an ending"),
        ({f".{letter}": 1 for letter in "abcdefgh"} | {".doc": 1}, "1 .doc, 1 .a, 1 .b, 1 .c, 1 .d, 1 .e, 3 others"),
        ({f".{letter}": 2 for letter in "abcdef"} | {".g": 1}, "2 .a, 2 .b, 2 .c, 2 .d, 2 .e, 2 .f, 1 other"),
    ],
)
def test_describes_what_is_left_out(counts, said):
    assert describe_unread(counts) == said


def test_the_files_of_a_folder_come_in_the_order_of_their_paths(tmp_path):
    names = ["a-b.md", "a.md", "a/b-c.md", "a/b.md", "a/b/c.md", "a0.md", "ab/c.md", "a b/c.md", "A/b.md", "ä/b.md"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [name for name, _ in iter_folder_files(tmp_path, lambda folder: ())] == sorted(names)
    left = [name for name, _ in iter_folder_files(tmp_path, lambda folder: {"a/b", "a.md"})]
    assert left == [name for name in sorted(names) if not name.startswith("a/b/") and name != "a.md"]


def test_absolute_paths_stay_absolute(folder):
    assert expand_paths([str(folder / "sub")], Path("/")) == [
        (folder / name).as_posix() for name in ("sub/c.html", "sub/d.txt")
    ]


def test_says_which_path_is_not_there(folder):
    with pytest.raises(OnevoiceError, match=r"sub/nothing\.md: there is no such file"):
        expand_paths(["sub/nothing.md"], folder)


def test_says_which_file_cannot_be_read(folder):
    assert read_file_bytes(folder / "a.md") == b"x"
    with pytest.raises(OnevoiceError, match=r"sub: cannot be read"):
        read_file_bytes(folder / "sub")


@pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")
def test_pipes_devices_and_giants_are_refused_by_name(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    with (tmp_path / "giant.md").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    for name, why in [("pipe", "not a regular file"), ("zero", "not a regular file"), ("giant", "128 MB; at most 128")]:
        with pytest.raises(OnevoiceError, match=rf"{name}\.md: cannot be read \({why}"):
            read_file_bytes(tmp_path / f"{name}.md")
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(MAX_FILE_BYTES)
    assert len(read_file_bytes(tmp_path / "large.md")) == MAX_FILE_BYTES


@pytest.mark.skipif(sys.platform == "win32", reason="needs long paths and links")
def test_folders_deeper_than_the_stack(tmp_path, monkeypatch):
    """A path may have 4,096 bytes, so a folder 2,000 levels; the stack of Python has 1,000."""
    monkeypatch.chdir(tmp_path)
    deep = "/".join("d" * 1500)
    os.system(f"mkdir -p {deep}")  # Path.mkdir calls itself for each level.
    for place in (Path(), Path(deep)):
        (place / "a.md").symlink_to("a.md")
        (place / "b.md").write_text("b")
        (place / "up").symlink_to("..")
    try:
        wanted = ["a.md", "b.md", f"{deep}/a.md", f"{deep}/b.md"]
        assert expand_paths(["."], Path()) == wanted
    finally:
        # pytest would not get rid of it, nor would shutil.
        subprocess.run(["rm", "-rf", "d"], check=True)
