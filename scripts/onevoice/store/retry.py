"""Faults of a network that pass are tried again, a few times; what stays is told without a secret in it."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from typing import TypeVar

from onevoice import limits
from onevoice.errors import OnevoiceError

_Result = TypeVar("_Result")
# Of these, the next try would say the same.
_LASTING = (
    *(FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError, NotImplementedError, ImportError),
    *(LookupError, TypeError, ValueError, RuntimeError, MemoryError, zipfile.BadZipFile),
)


class PassingFault(Exception):
    """A fault that may be over soon; its text is ours."""


def retry_reading(read: Callable[[], _Result], place: str) -> _Result:
    """What `read` returns. Raises OnevoiceError with the place and a reason if it fails again and again."""
    for wait in (*limits.RETRY_SECONDS, None):
        try:
            return read()
        except OnevoiceError:
            raise
        except Exception as error:
            if wait is None or isinstance(error, _LASTING):
                raise OnevoiceError(f"{place}: cannot be read ({explain_failure(error)}).") from None
            time.sleep(wait)
    raise AssertionError("the last try has ended")


def explain_failure(error: Exception) -> str:
    """Why something could not be read. What libraries say themselves may hold an address with a key in it."""
    if isinstance(error, PassingFault):
        return str(error)
    name = type(error).__name__
    if isinstance(error, FileNotFoundError):
        return "there is nothing there"
    if isinstance(error, PermissionError) or "Credential" in name:
        return "access denied; sign in as for the provider's own tools"
    if isinstance(error, ImportError):
        return "the package for this kind of address isn't installed; try `pip install 'onevoice[audit-remote]'`"
    if isinstance(error, zipfile.BadZipFile):
        return "it is damaged or no zip archive"
    if isinstance(error, RuntimeError) and "encrypted" in str(error):
        return "it is protected with a password"
    if isinstance(error, NotImplementedError):
        return "it is packed in a way that can't be read"
    if isinstance(error, TimeoutError) or "Timeout" in name:
        return "no answer in time"
    return f"the connection broke: {name}" if not isinstance(error, _LASTING) else name
