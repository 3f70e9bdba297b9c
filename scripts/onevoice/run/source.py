"""The folder of a handbook that is named by a folder, an installed package, or a revision of a Git repository."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Mapping
from pathlib import Path

from onevoice import cache
from onevoice.errors import OnevoiceError

_FETCHED = "handbooks"


def locate_source(source: Mapping[str, str], base: Path, place: str) -> Path:
    """The folder that a source names; a repository's revision is fetched once, and kept.

    source: as records.source.HandbookSource has it. base: where its folder starts from. place: where it is written,
    for messages. Raises OnevoiceError if it is not there; whether a folder exists is not asked.
    """
    if package := source.get("package"):
        return find_package(package, place)
    if address := source.get("git"):
        return _fetch_handbook(address, source["revision"])
    return base / source["folder"]


def find_package(package: str, place: str) -> Path:
    """The folder of an installed package. place: what names it. Raises OnevoiceError if it is not installed."""
    # Of a name without dots nothing is imported.
    found = importlib.util.find_spec(package) if package.isidentifier() else None
    if found is None or not found.submodule_search_locations:
        raise OnevoiceError(f"{place}: there is no installed package `{package}`. Install it.")
    return Path(next(iter(found.submodule_search_locations)))


def _fetch_handbook(address: str, revision: str) -> Path:
    name = hashlib.sha256(f"{address}\0{revision}".encode()).hexdigest()[:32]
    folder = cache.find_cache_folder() / _FETCHED / name
    if not folder.is_dir():
        from onevoice.history.fetch import fetch_revision

        fetch_revision(address, revision, folder)
    return folder
