"""Files that fsspec opens: objects in buckets, and what is in zip archives."""

from __future__ import annotations

import contextlib
import datetime
import functools
import importlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose.files import is_hidden_file, is_skipped_folder
from onevoice.store.file import SourceFile, StoredFile
from onevoice.store.retry import retry_reading

ZIP = ".zip"
# What stores call a checksum of the bytes, and the time of the last change.
_SUMS = ("ETag", "etag", "md5Hash", "content_md5", "CRC")
_TIMES = ("LastModified", "last_modified", "updated", "mtime", "date_time", "created")


def is_stored(uri: str) -> bool:
    """Whether fsspec opens it: an address, or something in a zip archive on this disk."""
    return "://" in uri or bool(_split_zip(uri)[0])


def list_stored_files(source: str) -> list[StoredFile]:
    """The files below an address or in a zip archive; the same are passed over as in a folder of this disk.

    Raises OnevoiceError if they can't be listed.
    """
    _check_address(source)
    found = retry_reading(lambda: [*_iter_files(source)], source)
    if not found:
        raise OnevoiceError(f"{source}: there are no files. Check the spelling.")
    return found


def read_stored_file(uri: str, size: int) -> SourceFile:
    """A file. size: as it was listed. Raises OnevoiceError if it can't be read or is larger than any document."""
    if size > limits.MAX_FILE_BYTES:
        most = limits.MAX_FILE_BYTES >> 20
        raise OnevoiceError(
            f"{uri}: cannot be read ({size >> 20} MB; at most {most} MB are). Split it, or leave it out."
        )

    def read_all() -> bytes:
        system, path = _open_system(uri)
        data: bytes = system.cat_file(path)
        return data

    return SourceFile(uri, retry_reading(read_all, uri))


def load_libraries(uris: Iterable[str]) -> None:
    """Import now what opens such addresses, so that copies of this process needn't."""
    for protocol in {uri.partition("://")[0] if "://" in uri else "zip" for uri in uris}:
        with contextlib.suppress(ImportError, ValueError):  # Who reads a file says so.
            importlib.import_module("fsspec").get_filesystem_class(protocol)


def _check_address(source: str) -> None:
    if "::" in source:
        raise OnevoiceError(
            f"{source}: an audit takes no chain of addresses. Name the archive, as s3://bucket/old.zip."
        )
    if "@" in source.partition("://")[2].partition("/")[0] and ":" in source.partition("://")[2].partition("@")[0]:
        raise OnevoiceError("a source has a password in its address, and results name addresses. Sign in another way.")


def _iter_files(source: str) -> Iterator[StoredFile]:
    system, top = _open_system(source)
    base = source.rstrip("/")
    for path, details in system.find(top, detail=True).items():
        if details.get("type", "file") == "file":
            inner = path[len(top) :].strip("/") if path != top else ""
            *folders, name = inner.split("/")
            if not (any(map(is_skipped_folder, folders)) or is_hidden_file(name)):
                uri = f"{base}/{inner}" if inner else source
                yield StoredFile(uri, int(details.get("size") or 0), _make_version(details), inner, is_read=not inner)


def _open_system(uri: str) -> tuple[Any, str]:
    """The file system that has a file, and its path there."""
    target, inner = _split_zip(uri)
    if target:
        return _open_zip(target, os.getpid()), inner
    system, path = importlib.import_module("fsspec.core").url_to_fs(uri)
    return system, path


@functools.lru_cache(maxsize=4)
def _open_zip(target: str, process_id: int) -> Any:
    """A zip archive, whose directory is read once in each process: a copy must not share its place in the file."""
    protocol = None if "://" in target else "file"
    return importlib.import_module("fsspec").filesystem("zip", fo=target, target_protocol=protocol)


def _split_zip(uri: str) -> tuple[str, str]:
    """The zip archive that holds a file, and its path in it; "" if none does."""
    at = 0
    lower = uri.lower()
    while (at := lower.find(ZIP, at)) >= 0:
        at += len(ZIP)
        # A folder on this disk may have such a name, too.
        if at == len(uri) or uri[at] == "/":
            target = uri[:at]
            if "://" in target or Path(target).is_file():
                return target, uri[at:].strip("/")
    return "", ""


def _make_version(details: Mapping[str, Any]) -> str:
    """What changes with the bytes: the checksum that the store keeps, else the time; after the day."""
    time = next((details[name] for name in _TIMES if details.get(name)), "")
    if isinstance(time, (int, float)):
        time = datetime.datetime.fromtimestamp(time, datetime.UTC)
    elif isinstance(time, tuple):
        time = "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(*time)
    moment = time.isoformat() if isinstance(time, datetime.datetime) else str(time)
    mark = next((str(details[name]) for name in _SUMS if details.get(name)), moment)
    return f"{moment[:10]} {mark.strip(chr(34))}"
