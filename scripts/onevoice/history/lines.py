"""Which lines of which files have changed since a commit: committed, staged or not, and in files new to Git."""

from __future__ import annotations

import bisect
import os
import re
from dataclasses import dataclass
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.history import git

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.M)
_FILE = re.compile(r"^diff --git ", re.M)


@dataclass(frozen=True)
class LineRanges:
    """The changed lines of a file as ranges (first, last), in order. whole: every line counts as changed."""

    ranges: tuple[tuple[int, int], ...] = ()
    whole: bool = False

    def has_overlap(self, first: int, last: int) -> bool:
        """Whether any of these lines (counted from 1, both ends included) has changed."""
        if self.whole:
            return True
        at = bisect.bisect_left(self.ranges, first, key=lambda range: range[1])
        return at < len(self.ranges) and self.ranges[at][0] <= last


def find_changed_lines(folder: Path, rev: str) -> dict[Path, LineRanges]:
    """What has changed in the repository of a folder since `rev`, by the files' absolute paths.

    This compares the files as they are now, with all that is staged or not yet committed, with the commit at which
    `rev` and HEAD parted: what others have changed since then is not ours. Files that Git neither knows nor ignores
    are new. A renamed file counts with the lines that changed; a file that Git takes for binary, as a whole.
    Raises OnevoiceError if Git knows no such commit, and NoHistory as git.run_git does.
    """
    top = git.find_repository_root(folder)
    base = _find_merge_base(folder, git.resolve_commit(folder, rev))
    options = ("--no-ext-diff", "--no-textconv", "--no-relative", "--find-renames", "--ignore-submodules", base, "--")
    numbers = git.run_git(top, "diff", "--numstat", "-z", *options).split("\0")
    patch = git.run_git(top, "diff", "--unified=0", "--inter-hunk-context=0", *options)
    sections = _FILE.split(patch)[1:]
    found: dict[Path, LineRanges] = {}
    for (path, binary), section in zip(_parse_numstat(numbers), sections, strict=True):
        found[top / path] = LineRanges(whole=True) if binary else LineRanges(_parse_hunks(section))
    for path in git.run_git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if path:
            found[top / path] = LineRanges(whole=True)
    return {Path(os.path.realpath(path)): lines for path, lines in found.items()}


def _find_merge_base(folder: Path, commit: str) -> str:
    try:
        return git.run_git(folder, "merge-base", commit, "HEAD").strip()
    except OnevoiceError:
        # No common commit, or none within a shallow clone.
        return commit


def _parse_numstat(fields: list[str]) -> list[tuple[str, bool]]:
    """`added TAB deleted TAB path`; for a renamed file the path is empty and the old and new ones follow."""
    found = []
    at = 0
    while at < len(fields) and fields[at]:
        added, _, path = fields[at].split("\t", 2)
        if not path:
            path = fields[at + 2]
            at += 2
        found.append((path, added == "-"))
        at += 1
    return found


def _parse_hunks(section: str) -> tuple[tuple[int, int], ...]:
    counted = ((int(hunk[1]), int(hunk[2] or 1)) for hunk in _HUNK.finditer(section))
    return tuple((first, first + count - 1) for first, count in counted if count)
