"""Files on the disk: each is replaced as a whole or not at all, and what a killed run has left is swept."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from onevoice.errors import OnevoiceError

# How the names of unfinished files begin, and the seconds after which nobody writes them any more, if no lock says so.
TEMP_PREFIX, MAX_TEMP_AGE = ".onevoice-", 3600


class FileChanged(OnevoiceError):
    """Someone else has written to a file since we read it."""


def replace_file(target: Path, data: bytes, *, durable: bool = True) -> None:
    """Write one file so that a reader sees the old bytes or the new ones, never a part.

    durable: the bytes reach the disk first, so that not even a power failure leaves a part. Raises OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(str(target), data, read_umask(), durable=durable)


def replace_file_in_pieces(target: Path, pieces: Iterable[bytes]) -> None:
    """Write one large file as a whole or not at all, without ever holding all of it. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(str(target), pieces, read_umask(), durable=True)


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
        write_whole(target, data, read_umask(), durable=True, expected=expected)
    except FileChanged:
        raise FileChanged(f"{path}: not written, because someone has changed this file meanwhile. Try again.") from None
    except OSError as error:
        raise OnevoiceError(f"{path}: cannot be written ({error.strerror or error}).") from None


def write_whole(
    target: str, data: bytes | Iterable[bytes], mask: int, *, durable: bool = False, expected: bytes | None = None
) -> None:
    """What `replace_file` and `overwrite_file` do, in a folder that is there. mask: of the permissions of a new file.

    data: all of it, or one piece after the other. Raises OSError with the file's name, and FileChanged as
    `overwrite_file` does.
    """
    name = ""
    try:
        handle, name = _open_unfinished(os.path.dirname(target))  # noqa: PTH120
        with open(handle, "wb", buffering=0) as file:  # noqa: PTH123
            for piece in (data,) if isinstance(data, bytes) else data:
                # A disk that becomes full takes a part, and only the next call fails.
                rest = memoryview(piece)
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
    """Add to the end of a file that someone else may write to as well. Raises OSError if that is refused."""
    with target.open("ab") as file:
        file.write(data)


def read_umask() -> int:
    """The permissions that new files are not to have."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
        pass  # The run that writes it holds it.
    except OSError:
        if is_old:
            os.unlink(name)  # noqa: PTH108
    finally:
        os.close(handle)
