"""Folders for one run of Vale: copies of drafts, a configuration. None stays, not even after a run that was killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from onevoice.errors import OnevoiceError

PREFIX, LOCK = "onevoice-vale-", "lock"
# Seconds after which nobody works any more in a folder without a lock.
MAX_SCRATCH_AGE = 3600


@contextlib.contextmanager
def hold_scratch_folder(purpose: str) -> Iterator[Path]:
    """A new folder among the temporary ones, removed at the end; those of dead runs are removed at the start.

    purpose: a word in its name. Raises OnevoiceError if there is no place for it.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{purpose}-"))
        sweep_scratch_folders(folder.parent)
        lock = _lock_folder(folder)
    except OSError as error:
        raise OnevoiceError(
            f"{error.filename or tempfile.gettempdir()}: cannot be written ({error.strerror or error}). "
            "Make room there, or set $TMPDIR to another folder."
        ) from None
    try:
        yield folder
    finally:
        if lock is not None:
            os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def _lock_folder(folder: Path) -> int | None:
    """Hold a lock in the folder, which the system gives up when this process ends, however it ends."""
    if sys.platform == "win32":
        return None
    import fcntl

    made = folder / f".{LOCK}"
    handle = os.open(made, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    # It has its name only as soon as it is held.
    made.rename(folder / LOCK)
    return handle


def sweep_scratch_folders(place: Path) -> None:
    """Remove the folders below `place` that dead runs have left. Those of others and of running ones stay."""
    with contextlib.suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False) and _is_abandoned(Path(entry)):
                shutil.rmtree(entry, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    try:
        found = folder.lstat()
        if sys.platform != "win32":
            import fcntl

            if found.st_uid != os.getuid():
                return False
            with contextlib.suppress(FileNotFoundError):
                handle = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
                finally:
                    os.close(handle)
                return True
        return time.time() - found.st_mtime > MAX_SCRATCH_AGE
    except OSError:
        return False
