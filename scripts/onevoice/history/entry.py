"""The last commits that touched one record in its file."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml.error import YAMLError

from onevoice.errors import OnevoiceError
from onevoice.history import git
from onevoice.load.edit import find_record_lines

FIELD = "\x02"


@dataclass(frozen=True)
class RecordCommit:
    """A commit that changed the record: its short hash, its day, and the first line of its message."""

    name: str
    day: datetime.date
    subject: str


def list_last_commits(folder: Path, path: str, id: str, count: int = 5) -> list[RecordCommit]:
    """The last commits that touched a record, newest first; [] if it is not committed yet.

    path: its file below the handbook's folder. id: the record's; a file without it is one record as a whole.
    Raises NoHistory as git.run_git does.
    """
    try:
        data = git.read_blobs(folder, [f"HEAD:./{path}"])[f"HEAD:./{path}"]
    except git.NoHistory:
        raise
    except OnevoiceError:
        return []
    if data is None:
        return []
    source = data.decode("utf-8", "replace")
    try:
        lines = find_record_lines(source, id)
    except (YAMLError, ValueError):
        lines = None
    first, end = lines or (1, max(source.count("\n"), 1))
    text = git.run_git(
        folder, "log", "--no-patch", f"-n{count}", f"--format=%h{FIELD}%cs{FIELD}%s", f"-L{first},{end}:{path}"
    )
    touches = (line.split(FIELD) for line in text.splitlines() if FIELD in line)
    return [RecordCommit(name, datetime.date.fromisoformat(day), subject) for name, day, subject in touches]
