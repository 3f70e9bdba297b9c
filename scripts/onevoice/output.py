"""The one writer: artifacts onto disk, only if the bytes differ, each by an atomic replace, pruned by a manifest."""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from onevoice import limits
from onevoice.disk import read_umask, replace_file, sweep_folders, write_whole
from onevoice.errors import OnevoiceError

# The file in an output folder that a run holds while it writes there.
LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be: its path below the output folder, with forward slashes, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Changes:
    """What writing did, or would do: paths below the output folder, sorted."""

    written_paths: tuple[str, ...]
    removed_paths: tuple[str, ...]
    unchanged_count: int

    def __bool__(self) -> bool:
        return bool(self.written_paths or self.removed_paths)


class _OutputFolder:
    """An output folder, which knows what is inside it. A build has tens of thousands of files."""

    def __init__(self, root: Path) -> None:
        self.path, self._name, self._real = root, str(root), root.resolve()
        self._safe = {"": True}

    def resolve_target(self, path: str) -> str:
        """Where a file goes. Raises OnevoiceError if that is outside."""
        if not self.contains_path(path):
            raise OnevoiceError(f"{path}: this file would end up outside {self.path}")
        return f"{self._name}/{path}"

    def contains_path(self, path: str) -> bool:
        """Whether a path stays inside: by its words, and by the links on its way."""
        if PurePath(path).is_absolute() or ".." in PurePath(path).parts:
            return False
        return self._is_safe_folder(path.rpartition("/")[0])

    def _is_safe_folder(self, folder: str) -> bool:
        safe = self._safe.get(folder)
        if safe is None:
            safe = self._is_safe_folder(folder.rpartition("/")[0]) and self._is_own_folder(folder)
            self._safe[folder] = safe
        return safe

    def _is_own_folder(self, folder: str) -> bool:
        place = self.path / folder
        with contextlib.suppress(OSError, ValueError):
            found = place.lstat()
            # On Windows a folder that leads elsewhere is a folder.
            if not stat.S_ISDIR(found.st_mode) or getattr(found, "st_reparse_tag", 0) != 0:
                try:
                    return place.resolve().is_relative_to(self._real)
                except RuntimeError:  # a link in a circle, before Python 3.13
                    return False
        return True

    def has_bytes(self, path: str, data: bytes) -> bool:
        """Whether a file has these bytes."""
        target = self.resolve_target(path)
        try:
            found = os.stat(target)  # noqa: PTH116
            # To open a pipe would take forever.
            if found.st_size != len(data) or not stat.S_ISREG(found.st_mode):
                return False
            with open(target, "rb", buffering=0) as file:  # noqa: PTH123 - Path.open takes twice the time
                return file.read() == data
        except OSError:
            return False

    def has_text(self, path: str, data: bytes) -> bool:
        """Whether a file holds these bytes, or the same text with the line ends of Windows."""
        if self.has_bytes(path, data):
            return True
        return b"\r" not in data and self.has_bytes(path, data.replace(b"\n", b"\r\n"))

    def is_same_file(self, path: str, other: str | None) -> bool:
        """Whether two paths lead to one file, as to Windows and macOS `Logo.svg` and `logo.svg` do."""
        try:
            return other is not None and os.path.samefile(self.path / path, self.path / other)  # noqa: PTH121
        except OSError:
            return False

    def read_manifest(self, manifest: Path) -> list[str]:
        """What the manifest lists, of what is inside and written as we write it."""
        listed = read_json(manifest)
        paths = [path for path in listed if isinstance(path, str)] if isinstance(listed, list) else []
        return [path for path in paths if _is_plain_path(path) and self.contains_path(path)]


def _is_plain_path(path: str) -> bool:
    """Whether a file can have this path, and no other path is the same: not `a//b` or `./a`."""
    try:
        return b"\0" not in os.fsencode(path) and PurePosixPath(path).as_posix() == path
    except UnicodeEncodeError:  # half a surrogate pair
        return False


@contextlib.contextmanager
def hold_folder(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Keep other runs from writing to an output folder meanwhile; if one does already, wait until it is done.

    say: told that we wait. Raises OSError if the folder cannot be written. A run must not hold a folder twice.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(f"Another onevoice is writing to {folder}. Waiting until it is done.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def read_json(path: Path) -> Any:
    """What a file of ours in an output folder says; None if there is none, or anything else is there."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > limits.MAX_FILE_BYTES:
            return None
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def compare_output(root: Path, artifacts: Iterable[Artifact], manifest: Path | None = None) -> Changes:
    """What `write` would change below `root`. Writes nothing.

    Raises OnevoiceError if two artifacts want one path, or a path leads out of `root`.
    """
    return _compare_output(_OutputFolder(root), artifacts, manifest)


def _compare_output(root: _OutputFolder, artifacts: Iterable[Artifact], manifest: Path | None) -> Changes:
    wanted: dict[str, bytes] = {}
    spellings: dict[str, str] = {}
    for artifact in artifacts:
        # To Windows and macOS, names that differ in capitals only are one.
        other = spellings.setdefault(artifact.path.casefold(), artifact.path)
        if artifact.path in wanted or other != artifact.path:
            again = "" if other == artifact.path else f", and so has {other} on some computers"
            raise OnevoiceError(f"{artifact.path}: two pages have this address{again}. Give one record another id.")
        wanted[artifact.path] = artifact.data
    # What has no manifest is committed, and a checkout on Windows may have given it other line ends.
    is_there = root.has_bytes if manifest else root.has_text
    written = [path for path, data in wanted.items() if not is_there(path, data)]
    stale = [path for path in root.read_manifest(manifest) if path not in wanted] if manifest else []
    # Without Path: a name that no file can have, from a build that failed, raises there.
    removed = [
        path
        for path in stale
        if os.path.isfile(root.path / path)  # noqa: PTH113
        and not root.is_same_file(path, spellings.get(path.casefold()))
    ]
    return Changes(tuple(sorted(written)), tuple(sorted(removed)), len(wanted) - len(written))


def write_output(root: Path, artifacts: Iterable[Artifact], manifest: Path | None = None) -> Changes:
    """Put artifacts below `root`; remove what the manifest lists from the last time and is no longer wanted.

    With a manifest, the caller holds the folder that it is in (hold_folder), so what is unfinished there is a dead
    run's.
    Returns what changed. Raises OnevoiceError as `compare_output` does, and if the folder cannot be written.
    """
    artifacts, place = list(artifacts), _OutputFolder(root)
    changes = _compare_output(place, artifacts, manifest)
    data = {artifact.path: artifact.data for artifact in artifacts}
    try:
        if manifest:
            # Listed before they exist: a killed run leaves no file that a later one would not know of.
            known = sorted({*data, *place.read_manifest(manifest)})
            replace_file(manifest, json.dumps(known, indent=0).encode())
        folders = {path.rpartition("/")[0] for path in (*data, *changes.removed_paths)}
        if manifest:
            folders |= {path.rpartition("/")[0] for path in known}
        places = {f"{root}/{folder}" for folder in folders} | ({str(manifest.parent)} if manifest else set())
        sweep_folders(places, is_held=bool(manifest))
        first = _find_blocking_paths(changes)
        for path in first:
            _remove_file(root, path)
        mask, folder = read_umask(), None
        for path in changes.written_paths:
            target = place.resolve_target(path)
            if folder != (folder := target.rpartition("/")[0]):
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - Path.mkdir takes twice the time
            write_whole(target, data[path], mask)
        for path in sorted({*changes.removed_paths} - {*first}):
            _remove_file(root, path)
        if manifest:
            replace_file(manifest, json.dumps(sorted(data), indent=0).encode())
    except OSError as error:
        raise OnevoiceError(f"{error.filename or root}: cannot be written ({error.strerror}).") from error
    return changes


def remove_strays(root: Path, folder: str, artifacts: Iterable[Artifact]) -> list[str]:
    """Remove what is in a folder below `root` and is none of the artifacts; return the paths below `root`, sorted.

    What someone put there would be published with the rest: a page of a run that no manifest remembers, or a link to
    any file of this machine. Links are removed, not followed.
    """
    wanted = {artifact.path for artifact in artifacts}
    strays = []
    for here, folders, names in os.walk(root / folder):
        inner = Path(here).relative_to(root).as_posix()
        links = [name for name in folders if os.path.islink(os.path.join(here, name))]  # noqa: PTH114, PTH118
        strays += [path for name in (*names, *links) if (path := f"{inner}/{name}") not in wanted]
    try:
        for path in strays:
            _remove_file(root, path)
    except OSError as error:
        raise OnevoiceError(f"{error.filename}: cannot be removed ({error.strerror}).") from error
    return sorted(strays)


def _find_blocking_paths(changes: Changes) -> list[str]:
    """What has to go before the new can come: a file where a folder is wanted, or the other way round."""
    folders = {str(parent) for path in changes.written_paths for parent in PurePosixPath(path).parents}
    written = set(changes.written_paths)
    return [
        path
        for path in changes.removed_paths
        if path in folders or any(str(parent) in written for parent in PurePosixPath(path).parents)
    ]


def _remove_file(root: Path, path: str) -> None:
    target = root / path
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == root or any(parent.iterdir()):
            break
        parent.rmdir()
