"""One at a time: a lock that the system takes back when its holder dies."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:
    fcntl = None
    import msvcrt

PAUSE = 0.1


def _acquire_lock(handle: int) -> None:
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)


@contextlib.contextmanager
def hold_lock(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock file `path`. Raises TimeoutError after `patience` seconds, other OSErrors as they come."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + patience
        while True:
            try:
                _acquire_lock(handle)
                break
            except OSError as error:
                if not isinstance(error, (BlockingIOError, PermissionError)):
                    raise
                if time.monotonic() > deadline:
                    raise TimeoutError from None
                time.sleep(PAUSE)
        yield
    finally:
        os.close(handle)
