"""The one writer: artifacts onto disk, only where the bytes differ, each by an atomic replace, pruned by a manifest."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from onevoice.errors import OnevoiceError

# How the names of unfinished files begin, and the seconds after which nobody writes them any more.
UNFINISHED, OLD = ".onevoice-", 3600


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be: its path below the output folder, with forward slashes, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Changes:
    """What writing did, or would do: paths below the output folder, sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)


def _inside(root: Path, path: str) -> bool:
    return (root / path).resolve().is_relative_to(root.resolve())


def _target(root: Path, path: str) -> Path:
    if not _inside(root, path):
        raise OnevoiceError(f"{path}: this file would stand outside {root}")
    return root / path


def _same(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError:
        return False


def _listed(root: Path, manifest: Path) -> list[str]:
    try:
        listed = json.loads(manifest.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    paths = [path for path in listed if isinstance(path, str)] if isinstance(listed, list) else []
    return [path for path in paths if _inside(root, path)]


def compare(root: Path, artifacts: Iterable[Artifact], manifest: Path | None = None) -> Changes:
    """What `write` would change below `root`. Writes nothing.

    Raises OnevoiceError where two artifacts want one path, or a path leads out of `root`.
    """
    wanted: dict[str, bytes] = {}
    for artifact in artifacts:
        if artifact.path in wanted:
            raise OnevoiceError(f"{artifact.path}: two pages want this address. Give one record another id.")
        wanted[artifact.path] = artifact.data
    written = [path for path, data in wanted.items() if not _same(_target(root, path), data)]
    stale = [path for path in _listed(root, manifest) if path not in wanted] if manifest else []
    removed = [path for path in stale if _target(root, path).is_file()]
    return Changes(tuple(sorted(written)), tuple(sorted(removed)), len(wanted) - len(written))


def replace(target: Path, data: bytes) -> None:
    """Write one file so that a reader sees the old bytes or the new ones, never a part."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def append(target: Path, data: bytes) -> None:
    """Add to the end of a file that somebody else may write to as well. Raises OSError where that is refused."""
    with target.open("ab") as file:
        file.write(data)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write(root: Path, artifacts: Iterable[Artifact], manifest: Path | None = None) -> Changes:
    """Put artifacts below `root`; remove what the manifest lists from the last time and is no longer wanted.

    Returns what changed. Raises OnevoiceError as `compare` does, and where the folder cannot be written.
    """
    artifacts = list(artifacts)
    changes = compare(root, artifacts, manifest)
    data = {artifact.path: artifact.data for artifact in artifacts}
    try:
        if manifest:
            # Listed before they exist: a killed run leaves no file that a later one would not know of.
            known = sorted({*data, *_listed(root, manifest)})
            replace(manifest, json.dumps(known, indent=0).encode())
        _sweep(
            {(root / path).parent for path in (*data, *changes.removed)} | ({manifest.parent} if manifest else set())
        )
        first = _in_the_way(changes)
        for path in first:
            _remove(root, path)
        for path in changes.written:
            replace(_target(root, path), data[path])
        for path in sorted({*changes.removed} - {*first}):
            _remove(root, path)
        if manifest:
            replace(manifest, json.dumps(sorted(data), indent=0).encode())
    except OSError as error:
        raise OnevoiceError(f"{error.filename or root}: cannot be written ({error.strerror}).") from error
    return changes


def _in_the_way(changes: Changes) -> list[str]:
    """What has to go before the new can come: a file where a folder is wanted, or the other way round."""
    folders = {str(parent) for path in changes.written for parent in PurePosixPath(path).parents}
    written = set(changes.written)
    return [
        path
        for path in changes.removed
        if path in folders or any(str(parent) in written for parent in PurePosixPath(path).parents)
    ]


def _sweep(folders: Iterable[Path]) -> None:
    """Remove the unfinished files that killed runs have left; a young one may belong to a run that goes on."""
    for folder in folders:
        for left in folder.glob(f"{UNFINISHED}*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > OLD:
                    left.unlink()


def _remove(root: Path, path: str) -> None:
    target = _target(root, path)
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == root or any(parent.iterdir()):
            break
        parent.rmdir()
