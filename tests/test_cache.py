"""What is kept between runs; losing it costs time alone."""

import os

import pytest

from onevoice import cache


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
        os.utime(folder / "room" / f"k{number}", (number, number))
    cache.put("room", "last", b"x")
    assert len(list((folder / "room").iterdir())) == cache.MAX_FILES
    assert cache.get("room", "k0") is None
    assert cache.get("room", "last") == b"x"


def test_a_folder_that_cannot_be_written_is_no_obstacle(folder):
    folder.write_text("a file where the folder should be")
    cache.put("room", "key", b"one")
    assert cache.get("room", "key") is None


def test_a_folder_in_the_place_of_a_file_is_no_obstacle(folder):
    (folder / "room" / "key").mkdir(parents=True)
    assert cache.get("room", "key") is None
    cache.put("room", "key", b"one")
    assert cache.get("room", "key") is None


def test_the_users_cache_where_nothing_else_is_said(monkeypatch, tmp_path):
    monkeypatch.delenv("ONEVOICE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.find_cache_folder().name == "onevoice"
