"""What can go wrong, its exit code (0 clean, 1 findings, 2 usage or data error, 3 a tool is missing), and its fix."""

from __future__ import annotations

import errno
import functools
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onevoice import limits

if TYPE_CHECKING:
    from onevoice.finding import Finding

EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_TOOL_MISSING = 0, 1, 2, 3
# What the system says if a disk or a quota is full, or a file may not become as large.
FULL_DISK = {getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)}
# How alike two names are, from 0 to 1 as difflib counts: to offer one in place of the other, which is certainly wrong;
# and to take one for a misspelling of the other, where it may also be right.
SIMILAR, MISSPELLED = 0.6, 0.8
# How many names are listed if none is similar: of keys and choices, and of ids, of which there may be very many.
MAX_LISTED, MAX_IDS_LISTED = 30, 6


class OnevoiceError(Exception):
    """A problem told to the user in one line: the thing, the place, the fix.

    exit_code: what the process returns when this error reaches the command line.
    """

    exit_code = EXIT_USAGE


class DataError(OnevoiceError):
    """The handbook's records, or other files that people write for us, are wrong.

    findings: every problem with its place. what: what is wrong, as the beginning of a sentence.
    """

    def __init__(self, findings: Sequence[Finding], what: str = "The handbook's records") -> None:
        self.findings, self.what = tuple(findings), what
        super().__init__(f"{what}: {len(self.findings)} problems")


def explain_error(error: Exception) -> str:
    """An error in one line. Of one that nobody has foreseen: what it is, and where in our code."""
    if isinstance(error, OnevoiceError):
        return str(error)
    if isinstance(error, OSError):
        # Of a copy that fails, the second name is the file that cannot be written.
        name = error.filename2 if error.filename2 and error.errno in FULL_DISK else error.filename
        fix = "Make room" if error.errno in FULL_DISK else "Check the file"
        return f"{os.fsdecode(name) if isinstance(name, (str, bytes)) else 'a file'}: {error.strerror or error}. {fix}."
    place = ""
    import traceback

    for frame, line in traceback.walk_tb(error.__traceback__):
        if "onevoice" in (parts := frame.f_code.co_filename.replace(os.sep, "/").split("/")):
            place = f" at {'/'.join(parts[-2:])}:{line}"
    said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return (
        f"this is a fault in onevoice ({said}{place}). Please report it. "
        "With ONEVOICE_TRACEBACK=1, the same command shows all of it."
    )


class MissingToolError(OnevoiceError):
    """A program that was asked for is not on this machine."""

    exit_code = EXIT_TOOL_MISSING


def find_nearest(name: str, known: Iterable[str], likeness: float = SIMILAR) -> str | None:
    """The known name that is most like another one, whatever its case; None if none is as much alike."""
    import difflib

    names = _index_names(tuple(known))
    near = difflib.get_close_matches(name.casefold(), names.list_candidates(name.casefold()), 1, likeness)
    return names.spellings[near[0]] if near else None


class _Names:
    """Known names in the order of their beginnings and of their ends: a misspelled one still has one of the two."""

    def __init__(self, known: Iterable[str]) -> None:
        self.spellings = {item.casefold(): item for item in reversed(list(known))}
        self._by_start = sorted(self.spellings)
        self._by_end = sorted(item[::-1] for item in self.spellings)

    def list_candidates(self, name: str) -> list[str]:
        """The names to compare one with: all of them, or of very many the nearest in both orders."""
        if len(self.spellings) <= limits.MAX_COMPARED_NAMES:
            return list(self.spellings)
        near = [
            *self._slice_near(self._by_start, name),
            *(item[::-1] for item in self._slice_near(self._by_end, name[::-1])),
        ]
        return list(dict.fromkeys(near))

    @staticmethod
    def _slice_near(names: Sequence[str], name: str) -> Sequence[str]:
        import bisect

        at, reach = bisect.bisect(names, name), limits.MAX_COMPARED_NAMES // 4
        return names[max(at - reach, 0) : at + reach]


@functools.lru_cache(maxsize=16)
def _index_names(known: tuple[str, ...]) -> _Names:
    return _Names(known)


def suggest_known(name: str, known: Iterable[str], otherwise: str | None = None, most: int = MAX_LISTED) -> str:
    """The fix for an unknown name: the known one that was probably meant.

    otherwise: what to say if there is none; by default, what the name can be. most: how many names that lists.
    """
    known = tuple(known)
    if near := find_nearest(name, known):
        return f"Did you mean `{near}`?"
    if otherwise is not None:
        return otherwise
    listed = ", ".join(f"`{item}`" for item in known[:most])
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return f"Choose one of {listed}{more}." if known else "There are none to choose from yet."
