"""What the sources of an audit hold: documents to read, and what is passed over, with its reason."""

from __future__ import annotations

import datetime
import heapq
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path

from onevoice.audit.plan import Entry
from onevoice.history.ignored import list_ignored_paths
from onevoice.prose.files import is_document_name, is_path_inside, iter_folder_files, list_files
from onevoice.prose.formats import EXTRA, find_ending, find_format, needs_extra
from onevoice.run.settings import Settings
from onevoice.store.file import StoredFile
from onevoice.store.source import is_remote, list_source

UNREADABLE = "onevoice doesn't read this kind of file"
NEEDS_EXTRA = f"{EXTRA} isn't installed, which reads this kind of file"
EXCLUDED = "left out by {}"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Listing:
    """What is in some sources, found while someone asks for it: there may be hundreds of thousands of documents.

    sources: the documents of each, in the order of their names. others: how many other files there are, by ending, once
    all documents are found.
    """

    def __init__(self, sources: Sequence[Iterator[Entry]], others: Counter[str]) -> None:
        self._sources, self.others = sources, others

    def iter_entries(self) -> Iterator[Entry]:
        """The documents, also of a kind that we cannot read, each once, in the order of their names.

        Raises OnevoiceError if a source does not exist.
        """
        last = ""
        for entry in heapq.merge(*self._sources, key=attrgetter("uri")):
            if entry.uri != last:
                yield entry
            last = entry.uri


def list_archive(sources: Sequence[str], out: Path, settings: Settings, today: datetime.date) -> Listing:
    """The documents of all sources. out: the folder of the audit, which is none of them. today: a page of a website
    that nobody dates is read again on another day.
    """

    others = Counter[str]()
    files = [_iter_store(source, today) if is_remote(source) else _iter_folder(source, out) for source in sources]
    return Listing([_iter_entries(one, settings, others) for one in files], others)


def _iter_folder(source: str, out: Path) -> Iterator[StoredFile]:
    root = Path(source)
    if not root.is_dir():
        for name in list_files([source], Path())[0]:
            yield _describe_file(Path(name), "", is_read=True)
        return
    holds_out = is_path_inside(out, root)
    for inner, is_read in iter_folder_files(root, list_ignored_paths):
        path = root / inner
        if not (holds_out and is_path_inside(path, out)):
            yield _describe_file(path, inner, is_read=is_read)


def _describe_file(path: Path, inner: str, *, is_read: bool) -> StoredFile:
    name = path.as_posix()
    try:
        found = path.stat()
    except OSError:
        return StoredFile(name, 0, "", inner, is_read)  # Reading it says why.
    return StoredFile(name, found.st_size, str(found.st_mtime_ns), inner, is_read)


def _iter_store(source: str, today: datetime.date) -> Iterator[StoredFile]:
    for file in sorted(list_source(source)):
        yield file._replace(version=file.version or f"read on {today}")


def _iter_entries(files: Iterable[StoredFile], settings: Settings, others: Counter[str]) -> Iterator[Entry]:
    """The entries of documents; other files are counted."""
    for file in files:
        name = file.uri
        ending, kind = "", file.reason or "read"
        if file.is_read or find_format(name):
            ending = settings.find_ending(name)
            if settings.is_excluded(name):
                kind = EXCLUDED.format(settings.path)
        elif is_document_name(name):
            kind = NEEDS_EXTRA if needs_extra(name) else UNREADABLE
        else:
            others[find_ending(name).lower()] += 1
            continue
        folder, slash, _ = file.inner.partition("/")
        yield Entry(name, file.size if kind == "read" else 0, file.version, folder if slash else "", ending, kind)


def find_day(version: str) -> str:
    """The day of a file's last change, as an ISO date; "" if nobody knows."""
    if found := _DAY.match(version):  # A store's.
        return found[0]
    try:
        return datetime.datetime.fromtimestamp(int(version) // 10**9, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
