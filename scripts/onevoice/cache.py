"""Bytes kept between runs under a key that names their content; losing them only costs time."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import mmap
import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from onevoice.disk import replace_file, sweep_folders

PACKAGE = Path(__file__).parent
MAX_FILES = 32
# The length of the checksum with which each file begins.
SUM_BYTES = 4
# The libraries that onevoice installs, and theirs, as the names of their dist-info folders begin; and the one that an
# extra installs for a check.
LIBRARIES = (
    *("ahocorasick_rs", "annotated_types", "click", "colorama", "filelock", "platformdirs", "pydantic", "pyromark"),
    *("python_dateutil", "ruamel_yaml", "six", "snowballstemmer", "typing_extensions", "typing_inspection", "tzdata"),
    "icalendar",
)


def find_cache_folder() -> Path:
    """Where this machine keeps our files between runs: $ONEVOICE_CACHE, else the user's cache folder.

    Below the null device if the user has none: there is nothing, and nothing can be written.
    """
    if given := os.environ.get("ONEVOICE_CACHE"):
        return Path(given)
    # Of a user without a home the library raises; older ones name a folder `~` in the current one.
    with contextlib.suppress(RuntimeError):
        folder = platformdirs.user_cache_path("onevoice", appauthor=False)
        if folder.is_absolute():
            return folder
    return Path(os.devnull) / "onevoice"


def locate_entry(section: str, key: str) -> Path:
    """The file of what is kept under a key. What another version of the program has kept is elsewhere.

    key: names all that the bytes are made from, but for the program.
    """
    name = hashlib.sha256(f"{hash_program()}\0{key}".encode()).hexdigest()
    return find_cache_folder() / section / name


def get(section: str, key: str) -> memoryview | None:
    """What this program has put under this key; None if there is nothing, or it is not what was put there."""
    place = locate_entry(section, key)
    try:
        with place.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None
    body = data[SUM_BYTES:]
    return body if _sum_bytes(place, body) == data[:SUM_BYTES] else None


def put(section: str, key: str, data: bytes) -> None:
    """Keep bytes, unless the folder cannot be written. The oldest of a section make way."""
    place = locate_entry(section, key)
    with contextlib.suppress(OSError):
        replace_file(place, _sum_bytes(place, data) + data, durable=False)
        sweep_folders([str(place.parent)])
        files = sorted(place.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in files[MAX_FILES:]:
            old.unlink(missing_ok=True)


def _sum_bytes(place: Path, data: bytes | memoryview) -> bytes:
    """The checksum of an entry against damage: of its name too, as a file may get the bytes of another.

    A CRC, as archives have it: a cryptographic hash takes five times as long, and stops nobody who can write here.
    """
    return zlib.crc32(data, zlib.crc32(place.name.encode())).to_bytes(SUM_BYTES, "big")


@functools.cache
def hash_program(package: Path = PACKAGE) -> str:
    """A hash of every byte of our code, of Python's version and of our libraries' versions.

    Every room counts, because none is known to change no finding; and bytes count, not sizes and times, which a change
    may leave as they were. To read them all takes ten milliseconds.
    """
    digest = hashlib.blake2b(f"{sys.implementation.cache_tag}\0{sys.version}\0".encode(), digest_size=32)
    top = len(os.fspath(package))
    for path in sorted(_iter_code_files(os.fspath(package))):
        data = _read_code(path)
        digest.update(f"{path[top:]}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    digest.update("\0".join(_iter_library_versions()).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _read_code(path: str) -> bytes:
    # Path.open takes four times as long, and there are hundreds of files.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(number, os.fstat(number).st_size)
    finally:
        os.close(number)


def _iter_code_files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield entry.path
            elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                yield from _iter_code_files(entry.path)


def _iter_library_versions() -> Iterator[str]:
    # To import importlib.metadata takes longer than all the rest.
    for folder in sys.path:
        with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith("-info"))
            yield from (name for name in names if name.lower().replace(".", "_").startswith(LIBRARIES))
