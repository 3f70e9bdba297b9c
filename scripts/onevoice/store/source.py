"""The one door to what an audit reads, on this disk or elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.process import Worker
from onevoice.prose.files import read_file_bytes
from onevoice.store.addresses import is_address_list, list_pages, read_page
from onevoice.store.bucket import is_stored, list_stored_files, load_libraries, read_stored_file
from onevoice.store.file import SourceFile, StoredFile
from onevoice.store.web import is_web

WEB_READERS = 4


def is_remote(source: str) -> bool:
    """Whether a source is more than a folder or a file: an address, a zip archive or a list of addresses."""
    return is_stored(source) or is_address_list(source)


def list_source(source: str) -> list[StoredFile]:
    """The files of a source that isn't on this disk. Raises OnevoiceError if it can't be listed.

    Another process asks for them: the libraries of clouds start threads, and a process with threads can't be copied.
    """
    with Worker(_pack_listing, source) as worker:
        packed = worker.result()
    if packed is None:
        raise OnevoiceError(f"{source}: cannot be listed: the process that did so has ended. Try again.")
    found = json.loads(packed)
    if isinstance(found, str):
        raise OnevoiceError(found)
    return [StoredFile(*fields) for fields in found]


def _pack_listing(source: str) -> bytes:
    try:
        is_site = is_web(source) or is_address_list(source)
        found: object = list_pages(source) if is_site else list_stored_files(source)
    except OnevoiceError as error:
        found = str(error)
    return json.dumps(found).encode()


def read_source_file(uri: str, size: int) -> SourceFile:
    """A file, wherever it is. size: as it was listed. Raises OnevoiceError if it can't be read."""
    if is_web(uri):
        return read_page(uri)
    return read_stored_file(uri, size) if is_stored(uri) else SourceFile(uri, read_file_bytes(Path(uri)))


def prepare_sources(uris: Iterable[str]) -> bool:
    """Load what opens these files; whether any of them comes from elsewhere than this disk."""
    remote = [uri for uri in uris if is_stored(uri)]
    load_libraries(uri for uri in remote if not is_web(uri))
    return bool(remote)


def refuse_websites(uris: Iterable[str]) -> None:
    """Raise OnevoiceError if a website is among the sources: a cluster's machines can't take turns in asking it."""
    if any(map(is_web, uris)):
        raise OnevoiceError("--dask: websites are read by one machine, at their own pace. Leave it out.")


def choose_readers(uris: Iterable[str], workers: int) -> int:
    """How many processes read at a time: few wait for a website, which answers one at a time."""
    return min(workers, WEB_READERS) if any(map(is_web, uris)) else workers
