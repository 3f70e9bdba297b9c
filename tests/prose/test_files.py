"""Which files are linted."""

from pathlib import Path

import pytest

from onevoice.errors import OnevoiceError
from onevoice.prose.files import expand_paths, read_file_bytes


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
    assert [path.as_posix() for path in expand_paths(paths, folder)] == found


def test_absolute_paths_stay_absolute(folder):
    assert expand_paths([str(folder / "sub")], Path("/")) == [folder / "sub/c.html", folder / "sub/d.txt"]


def test_says_which_path_is_not_there(folder):
    with pytest.raises(OnevoiceError, match=r"sub/nothing\.md: there is no such file"):
        expand_paths(["sub/nothing.md"], folder)


def test_says_which_file_cannot_be_read(folder):
    assert read_file_bytes(folder / "a.md") == b"x"
    with pytest.raises(OnevoiceError, match=r"sub: cannot be read"):
        read_file_bytes(folder / "sub")
