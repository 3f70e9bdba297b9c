"""The commits that touched a handbook's records, and which files each of them changed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from onevoice.errors import OnevoiceError
from onevoice.history import git
from onevoice.load.walk import CONTENT, TERMINOLOGY, find_kind

HEAD, FIELD = "\x01", "\x02"
FORMAT = f"--format={HEAD}%H{FIELD}%P{FIELD}%cI"
NULL_DIGIT = "0"


@dataclass(frozen=True)
class Commit:
    """A state of the handbook.

    name: the commit's full hash. moment: when it was made, as an ISO time with its offset.
    first: the state before it is unknown. files: each changed file with records, by its path below the handbook's
    folder, and the hash of what is in it now; None if it is gone.
    """

    name: str
    moment: str
    first: bool
    files: tuple[tuple[str, str | None], ...]

    @property
    def day(self) -> datetime.date:
        """The day on its author's clock."""
        return datetime.date.fromisoformat(self.moment[:10])


@dataclass(frozen=True)
class Log:
    """The commits, oldest first. shallow: the clone has only the latest ones."""

    commits: tuple[Commit, ...]
    shallow: bool


def read_commit_log(folder: Path) -> Log:
    """The commits that led to the last state of a handbook; of merged branches, only the merge.

    Raises git.NoHistory if there are none.
    """
    shallow = git.is_shallow_clone(folder)
    try:
        git.resolve_commit(folder, "HEAD")
    except git.NoHistory:
        raise
    except OnevoiceError:
        raise git.NoHistory(f"{folder}: nothing is committed yet, so earlier versions are unknown.") from None
    options = ("--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--relative", FORMAT)
    text = git.run_git(folder, "log", *options, "--", TERMINOLOGY, CONTENT)
    return Log(tuple(reversed(_parse_log(text))), shallow)


def _parse_log(text: str) -> list[Commit]:
    found: list[Commit] = []
    tokens = iter(text.split("\0"))
    head: list[str] | None = None
    files: list[tuple[str, str | None]] = []

    def append_commit() -> None:
        if head and files:
            found.append(Commit(head[0], head[2], not head[1], tuple(files)))

    for token in tokens:
        token = token.lstrip("\n")
        if token.startswith(HEAD):
            append_commit()
            head, files = token[1:].strip().split(FIELD), []
        elif token.startswith(":"):
            _, mode, _, blob, _ = token.split(" ")
            path = next(tokens)
            if find_kind(PurePosixPath(path)):
                # Anything but a plain file (a link, a submodule) holds no records.
                files.append((path, blob if mode.startswith("100") and blob.strip(NULL_DIGIT) else None))
    append_commit()
    return found
