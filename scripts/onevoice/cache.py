"""Bytes kept between runs under a key that names their content; losing them only costs time."""

from __future__ import annotations

import contextlib
import mmap
import os
from pathlib import Path

import platformdirs

from onevoice.output import replace_file

MAX_FILES = 32


def find_cache_folder() -> Path:
    """Where this machine keeps our files between runs: $ONEVOICE_CACHE, else the user's cache folder."""
    given = os.environ.get("ONEVOICE_CACHE")
    return Path(given) if given else platformdirs.user_cache_path("onevoice", appauthor=False)


def get(room: str, key: str) -> memoryview | None:
    """What was put under this key, or None. Of a large file only what is looked at is read."""
    try:
        with (find_cache_folder() / room / key).open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None


def put(room: str, key: str, data: bytes) -> None:
    """Keep bytes, unless the folder cannot be written. The oldest of a room make way."""
    place = find_cache_folder() / room
    with contextlib.suppress(OSError):
        replace_file(place / key, data)
        files = sorted(place.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in files[MAX_FILES:]:
            old.unlink(missing_ok=True)
