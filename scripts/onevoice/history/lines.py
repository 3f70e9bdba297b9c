"""Which lines of which files have changed since a commit: committed, staged or not, and in files new to Git."""

from __future__ import annotations

import bisect
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.history import git

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.M)
_FILE = re.compile(r"^diff --git ", re.M)
_NEW_NAME = re.compile(r"^\+\+\+ (.+)$", re.M)
_ESCAPE = re.compile(r"\\([0-7]{3}|.)")
_ESCAPES = {"a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
# What no setting may change in a patch.
_DIFF_OPTIONS = (
    *("--raw", "--numstat", "--patch", "-z", "--no-abbrev", "--unified=0", "--inter-hunk-context=0"),
    *("--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/"),
    *("--find-renames", "--ignore-submodules=all", "--submodule=short"),
)
_PLAIN_FILE = "100"


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


def find_base(folder: Path, rev: str) -> str:
    """The commit at which `rev` and HEAD parted: what others have changed since then is not ours.

    Raises OnevoiceError if Git knows no such commit, and NoHistory as git.run_git does.
    """
    commit = git.resolve_commit(folder, rev)
    try:
        return git.run_git(folder, "merge-base", commit, "HEAD").strip()
    except OnevoiceError:
        # No common commit, or none within a shallow clone.
        return commit


def compare_files(top: Path, base: str) -> dict[Path, LineRanges]:
    """What has changed below the topmost folder of a repository since a commit, by the files' absolute paths.

    The files count as they are now, with all that is staged or not yet committed. Files that Git neither knows nor
    ignores are new. A renamed file counts with the lines that changed; a file that Git takes for binary, or stores in
    another form than it has on disk, as a whole, and so does a link. What is in a submodule is another repository's.
    Raises NoHistory as git.run_git does.
    """
    changed = _parse_diff(git.run_git(top, "diff", *_DIFF_OPTIONS, base, "--"))
    for path in _list_recoded(top, [path for path, lines in changed.items() if lines.ranges]):
        changed[path] = LineRanges(whole=True)
    for path in git.run_git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if path:
            changed[path] = LineRanges(whole=True)
    # No folder that Git knows is a link, so only the topmost one needs to be looked up.
    real = Path(os.path.realpath(top))
    return {real / path: lines for path, lines in changed.items()}


def _parse_diff(text: str) -> dict[str, LineRanges]:
    """Paths from the top, and their lines, from what Git prints with _DIFF_OPTIONS.

    Names stand on their own in the first part, each before a NUL; in the patch they are paired by name, since one file
    may have two sections there (a link that became a file) or none.
    """
    names, _, patch = text.partition("\0\0")
    hunks: dict[str, tuple[tuple[int, int], ...]] = {}
    for section in _FILE.split(patch)[1:]:
        head, _, rest = section.partition("\n@@ ")
        if rest and (name := _NEW_NAME.search(head)) and (path := _unquote_name(name[1])):
            hunks[path] = _parse_hunks(f"@@ {rest}")
    found: dict[str, LineRanges] = {}
    same: set[str] = set()
    fields = iter(names.split("\0"))
    for field in fields:
        if field.startswith(":"):
            _, mode, before, after, status = field.split(" ")
            path = next(fields)
            if status[0] in "RC":
                path = next(fields)
            if status[0] != "D":
                # A link that changed has no lines of its own: it shows another text.
                is_known = mode.startswith(_PLAIN_FILE) and status[0] != "U"
                found[path] = LineRanges(hunks.get(path, ())) if is_known else LineRanges(whole=True)
                same.update([path] if before == after else ())
        elif field:
            added, _, path = field.split("\t", 2)
            if not path:
                _, path = next(fields), next(fields)
            if added == "-" and path in found and path not in same:
                found[path] = LineRanges(whole=True)
    return found


def _unquote_name(name: str) -> str:
    """The path in a line of a patch: without `b/`, and without Git's quotation marks and escapes; "" if it's gone."""
    # Behind a name with spaces, Git writes a tab.
    name = name.removesuffix("\t")
    if name.startswith('"'):
        name = _ESCAPE.sub(_resolve_escape, name[1:-1])
    return name[2:] if name.startswith("b/") else ""


def _resolve_escape(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code, 8)) if len(code) == 3 else _ESCAPES.get(code, code)


def _parse_hunks(section: str) -> tuple[tuple[int, int], ...]:
    counted = ((int(hunk[1]), int(hunk[2] or 1)) for hunk in _HUNK.finditer(section))
    return tuple((first, first + count - 1) for first, count in counted if count)


def _list_recoded(top: Path, paths: Iterable[str]) -> list[str]:
    """The files whose content Git stores in another form (as Git LFS does): a patch has other lines than the file."""
    asked = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    if not asked:
        return []
    fields = git.run_git(top, "check-attr", "-z", "--stdin", "filter", data=asked).split("\0")
    named = zip(fields[::3], fields[2::3], strict=False)
    return [path for path, value in named if value not in ("unspecified", "unset", "set")]
