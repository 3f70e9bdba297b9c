"""The one writer: artifacts onto disk, only if the bytes differ, each by an atomic replace, pruned by a manifest."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from onevoice import limits
from onevoice.errors import OnevoiceError

# The file in an output folder that a run holds while it writes there.
LOCK = ".lock"
# How the names of unfinished files begin, and the seconds after which nobody writes them any more, if no lock says so.
TEMP_PREFIX, MAX_TEMP_AGE = ".onevoice-", 3600


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

    def read_manifest(self, manifest: Path) -> list[str]:
        """What the manifest lists, of what is inside and can be a file's name."""
        listed = read_json(manifest)
        paths = [path for path in listed if isinstance(path, str)] if isinstance(listed, list) else []
        return [path for path in paths if _can_be_named(path) and self.contains_path(path)]


def _can_be_named(path: str) -> bool:
    try:
        return b"\0" not in os.fsencode(path)
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
    written = [path for path, data in wanted.items() if not root.has_bytes(path, data)]
    stale = [path for path in root.read_manifest(manifest) if path not in wanted] if manifest else []
    # Without Path: a name that no file can have, from a build that failed, raises there.
    removed = [path for path in stale if os.path.isfile(root.path / path)]  # noqa: PTH113
    return Changes(tuple(sorted(written)), tuple(sorted(removed)), len(wanted) - len(written))


class FileChanged(OnevoiceError):
    """Someone else has written to a file since we read it."""


def replace_file(target: Path, data: bytes, *, durable: bool = True) -> None:
    """Write one file so that a reader sees the old bytes or the new ones, never a part.

    durable: the bytes reach the disk first, so that not even a power failure leaves a part. Raises OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _replace_file(str(target), data, read_umask(), durable=durable)


def overwrite_file(path: Path, data: bytes, expected: bytes | None) -> None:
    """Write a file of the user's, durably. A link stays, and the file that it leads to is written.

    It keeps its mode and, if we may, its owner. If it has several names (hard links), the others keep the old bytes, as
    they do with Git. expected: the bytes that were read from it; None if there was no file, or its bytes don't count.
    Raises FileChanged if it has others by now, and OnevoiceError if it cannot be written.
    """
    target = os.path.realpath(path)
    try:
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISREG(os.stat(target).st_mode):  # noqa: PTH116
                raise OnevoiceError(f"{path}: cannot be written (not a regular file). Choose another location.")
        _replace_file(target, data, read_umask(), durable=True, expected=expected)
    except FileChanged:
        raise FileChanged(f"{path}: not written, because someone has changed this file meanwhile. Try again.") from None
    except OSError as error:
        raise OnevoiceError(f"{path}: cannot be written ({error.strerror or error}).") from None


def _replace_file(target: str, data: bytes, mask: int, *, durable: bool = False, expected: bytes | None = None) -> None:
    name = ""
    try:
        handle, name = _open_unfinished(os.path.dirname(target))  # noqa: PTH120
        with open(handle, "wb", buffering=0) as file:  # noqa: PTH123
            # A disk that becomes full takes a part, and only the next call fails.
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            _copy_mode(target, name, handle, mask)
            if durable:
                os.fsync(handle)
            if sys.platform == "win32":
                file.close()  # Only a closed file can be renamed there; elsewhere its lock is held until it is.
            if expected is not None and _read_target(target) != expected:
                raise FileChanged(target)
            os.replace(name, target)  # noqa: PTH105
        if durable:
            _sync_folder(os.path.dirname(target))  # noqa: PTH120
    except BaseException as error:
        if name:
            Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            # The user knows the file, not the one that was to take its place.
            error.filename, error.filename2 = target, None
        raise


def _open_unfinished(folder: str) -> tuple[int, str]:
    """A new file that is ours for as long as it is open: a run that sweeps the folder leaves it there."""
    while True:
        handle, name = tempfile.mkstemp(dir=folder, prefix=TEMP_PREFIX)
        if sys.platform != "win32":
            import fcntl

            with contextlib.suppress(OSError):  # Some file systems have no locks.
                fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, name
        os.close(handle)  # It was swept before it was locked.


def _copy_mode(target: str, name: str, handle: int, mask: int) -> None:
    """Give the new file the mode and the owner of the old one, or a new file's mode."""
    try:
        old = os.stat(target)  # noqa: PTH116
    except FileNotFoundError:
        os.chmod(name, 0o666 & ~mask)  # noqa: PTH101
        return
    if sys.platform != "win32":
        new = os.fstat(handle)
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            for owner in (old.st_uid, -1):  # Only root may give files away, but most may share them with a group.
                with contextlib.suppress(OSError):
                    os.chown(name, owner, old.st_gid)
                    break
    os.chmod(name, old.st_mode & 0o777)  # noqa: PTH101


def _read_target(target: str) -> bytes | None:
    try:
        with open(target, "rb") as file:  # noqa: PTH123
            return file.read()
    except FileNotFoundError:
        return None


def _sync_folder(folder: str) -> None:
    """Have a new name on the disk, if the system can."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder or ".", os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def append_bytes(target: Path, data: bytes) -> None:
    """Add to the end of a file that somebody else may write to as well. Raises OSError if that is refused."""
    with target.open("ab") as file:
        file.write(data)


def read_umask() -> int:
    """The permissions that new files are not to have."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
            _replace_file(target, data[path], mask)
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


def sweep_folders(folders: Iterable[str], *, is_held: bool = False) -> None:
    """Remove the unfinished files that killed runs have left in these folders, not those that are being written.

    is_held: the caller holds the output folder that they are in, so nobody else writes there.
    """
    for folder in folders:
        with contextlib.suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208
                if name.startswith(TEMP_PREFIX):
                    with contextlib.suppress(OSError):
                        _remove_abandoned(os.path.join(folder, name), is_held)  # noqa: PTH118


def _remove_abandoned(name: str, is_held: bool) -> None:
    found = os.lstat(name)
    is_old = is_held or time.time() - found.st_mtime > MAX_TEMP_AGE
    if not stat.S_ISREG(found.st_mode):
        return
    if sys.platform == "win32":
        if is_old:
            os.unlink(name)  # noqa: PTH108
        return
    import fcntl

    handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(name)  # noqa: PTH108
    except BlockingIOError:
        pass  # Whoever writes it holds it.
    except OSError:
        if is_old:
            os.unlink(name)  # noqa: PTH108
    finally:
        os.close(handle)


def _remove_file(root: Path, path: str) -> None:
    target = root / path
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == root or any(parent.iterdir()):
            break
        parent.rmdir()
