"""What is kept between runs; losing it costs time alone."""

import importlib.metadata
import os
import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from onevoice import cache

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_was_put_is_there(folder):
    assert cache.get("room", "key") is None
    cache.put("room", "key", b"one")
    cache.put("other", "key", b"two")
    assert (cache.get("room", "key"), cache.get("other", "key")) == (b"one", b"two")
    cache.put("room", "key", b"three")
    assert cache.get("room", "key") == b"three"


def test_the_oldest_make_way(folder):
    for number in range(cache.MAX_FILES + 5):
        cache.put("room", f"k{number}", b"x")
        os.utime(cache.locate_entry("room", f"k{number}"), (number, number))
    cache.put("room", "last", b"x")
    assert len(list((folder / "room").iterdir())) == cache.MAX_FILES
    assert cache.get("room", "k0") is None
    assert cache.get("room", "last") == b"x"


def test_a_folder_that_cannot_be_written_is_no_obstacle(folder):
    folder.write_text("a file where the folder should be")
    cache.put("room", "key", b"one")
    assert cache.get("room", "key") is None


def test_a_folder_in_the_place_of_a_file_is_no_obstacle(folder):
    cache.locate_entry("room", "key").mkdir(parents=True)
    assert cache.get("room", "key") is None
    cache.put("room", "key", b"one")
    assert cache.get("room", "key") is None


def test_the_users_cache_where_nothing_else_is_said(monkeypatch, tmp_path):
    monkeypatch.delenv("ONEVOICE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.find_cache_folder().name == "onevoice"


DAMAGES = {
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "one bit": lambda data: data[:-7] + bytes([data[-7] ^ 1]) + data[-6:],
    "the checksum": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "zeros": lambda data: bytes(len(data)),
    "sixteen zeros": lambda data: bytes(16),
    "noise": lambda data: bytes(number * 7 % 256 for number in range(len(data))),
    "longer": lambda data: data + b"\0",
    "nested brackets": lambda data: b"[" * 100_000,
    "nested lists": lambda data: b"\xdb\x01\x00\x00\x00" * 100_000,
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_never_believed(name):
    cache.put("room", "key", bytes(range(256)))
    place = cache.locate_entry("room", "key")
    place.write_bytes(DAMAGES[name](place.read_bytes()))
    assert cache.get("room", "key") is None
    cache.put("room", "key", b"one")
    assert cache.get("room", "key") == b"one"


def test_the_bytes_of_another_entry_are_not_believed():
    cache.put("room", "key", b"one")
    cache.put("room", "other", b"two")
    cache.locate_entry("room", "other").replace(cache.locate_entry("room", "key"))
    assert cache.get("room", "key") is None


@pytest.mark.skipif(sys.platform == "win32", reason="a home as POSIX has it")
def test_a_user_without_a_home_has_no_cache(monkeypatch, tmp_path):
    """Least of all one in a folder named `~` in the current one."""
    for name in ("ONEVOICE_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)
    cache.put("room", "key", b"one")
    assert cache.get("room", "key") is None
    assert list(tmp_path.iterdir()) == []


def test_what_killed_runs_have_left_is_swept(folder):
    cache.put("room", "key", b"one")
    (folder / "room" / ".onevoice-dead").write_text("half")
    os.utime(folder / "room" / ".onevoice-dead", (1, 1))
    cache.put("room", "key", b"two")
    assert [path.name for path in (folder / "room").iterdir()] == [cache.locate_entry("room", "key").name]


@pytest.fixture
def package(tmp_path):
    """A copy of the program, that may be changed."""
    return shutil.copytree(cache.PACKAGE, tmp_path / "onevoice", ignore=shutil.ignore_patterns("__pycache__", "sample"))


def hash_anew(package=cache.PACKAGE):
    return cache.hash_program.__wrapped__(package)


def test_every_byte_of_the_program_counts(package):
    assert hash_anew(package) == hash_anew()
    for name in ("finding.py", "lint/rules/mixed_names.py", "prose/docx.py", "run/lexicon.py", "vale/prove/cases.py"):
        path, before = package / name, hash_anew(package)
        data, times = path.read_bytes(), (path.stat().st_atime_ns, path.stat().st_mtime_ns)
        # Neither the size nor the time of the file says that it is another one.
        path.write_bytes(data[:-2] + b"#" + data[-1:])
        os.utime(path, ns=times)
        assert hash_anew(package) != before, name


@pytest.mark.parametrize("change", ["lint/rules/more.py", "more/__init__.py"])
def test_a_new_file_counts(package, change):
    (package / change).parent.mkdir(exist_ok=True)
    (package / change).write_bytes(b"")
    assert hash_anew(package) != hash_anew()
    (package / change).unlink()
    assert hash_anew(package) == hash_anew()


def test_what_is_no_code_does_not_count(package):
    (package / "notes.txt").write_text("x")
    (package / "lint" / "__pycache__").mkdir()
    (package / "lint" / "__pycache__" / "fix.py").write_text("x")
    assert hash_anew(package) == hash_anew()


@pytest.mark.parametrize("name", ["pyromark-99.dist-info", "ruamel.yaml-99.dist-info", "pydantic_core-99.dist-info"])
def test_another_version_of_a_library_counts(tmp_path, monkeypatch, name):
    before = hash_anew()
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "unrelated-1.dist-info").mkdir()
    assert hash_anew() == before
    (tmp_path / name).mkdir()
    assert hash_anew() != before


def test_all_libraries_are_listed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    left, known = project["dependencies"], set()
    while left:
        names = {re.match(r"[\w.-]+", line)[0] for line in left if "extra ==" not in line} - known
        known |= names
        here = [name for name in names if any(importlib.metadata.distributions(name=name))]
        left = [line for name in here for line in importlib.metadata.requires(name) or ()]
    assert {"pyromark", "pydantic-core", "snowballstemmer"} <= known
    folders = {re.sub("[-_.]+", "_", name).lower() for name in known}
    assert [name for name in folders if not name.startswith(cache.LIBRARIES)] == []


def test_what_another_program_has_kept_is_not_read(monkeypatch):
    cache.put("room", "key", b"one")
    monkeypatch.setattr(cache, "hash_program", lambda: "another")
    assert cache.get("room", "key") is None
    cache.put("room", "key", b"two")
