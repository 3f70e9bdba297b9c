"""What the sources of an audit hold: documents to read, and what is passed over, with its reason."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from onevoice.audit.plan import Entry
from onevoice.history.ignored import list_ignored_paths
from onevoice.prose.files import is_document_name, is_path_inside, list_files
from onevoice.prose.formats import EXTRA, find_ending, needs_extra
from onevoice.run.settings import Settings

UNREADABLE = "onevoice doesn't read this kind of file"
NEEDS_EXTRA = f"{EXTRA} isn't installed, which reads this kind of file"
EXCLUDED = "left out by {}"


@dataclasses.dataclass
class Listing:
    """What is in the sources.

    entries: documents; also those of a kind that we cannot read. others: how many other files there are, by ending.
    """

    entries: list[Entry] = dataclasses.field(default_factory=list)
    others: Counter[str] = dataclasses.field(default_factory=Counter)


def list_archive(sources: Sequence[str], out: Path, settings: Settings) -> Listing:
    """The documents of all sources, each once. out: the folder of the audit, which is none of them.

    Raises OnevoiceError if a source does not exist.
    """
    listing = Listing()
    known: set[str] = set()
    for source in sources:
        for entry in _iter_folder(source, out, settings, listing):
            if entry.uri not in known:
                known.add(entry.uri)
                listing.entries.append(entry)
    return listing


def _iter_folder(source: str, out: Path, settings: Settings, listing: Listing) -> Iterator[Entry]:
    found, skipped = list_files([source], Path(), list_ignored_paths)
    holds_out = is_path_inside(out, Path(source))
    root = Path(source)
    for path in found:
        if holds_out and is_path_inside(path, out):
            continue
        name = path.as_posix()
        kind = EXCLUDED.format(settings.path) if settings.is_excluded(name) else "read"
        yield _make_entry(path, name, root, settings.find_ending(name), kind)
    for name in sorted(skipped):
        if holds_out and is_path_inside(Path(name), out):
            continue
        if is_document_name(name):
            yield _make_entry(Path(name), name, root, "", NEEDS_EXTRA if needs_extra(name) else UNREADABLE)
        else:
            listing.others[find_ending(name).lower()] += 1


def _make_entry(path: Path, name: str, root: Path, ending: str, kind: str) -> Entry:
    try:
        found = path.stat()
        size, version = found.st_size, str(found.st_mtime_ns)
    except OSError:
        size, version = 0, ""  # Reading it says why.
    inner = path.relative_to(root).parts if path.is_relative_to(root) else ()
    return Entry(name, size if kind == "read" else 0, version, inner[0] if len(inner) > 1 else "", ending, kind)


def find_day(version: str) -> str:
    """The day of a file's last change, as an ISO date; "" if nobody knows."""
    try:
        return datetime.datetime.fromtimestamp(int(version) // 10**9, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
