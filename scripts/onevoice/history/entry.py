"""The last commits that touched one record in its file."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.history import git

FIELD = "\x02"


@dataclass(frozen=True)
class RecordCommit:
    """A commit that changed the record: its short hash, its day, and the first line of its message."""

    name: str
    day: datetime.date
    subject: str


def list_last_commits(folder: Path, path: str, id: str, count: int = 5) -> list[RecordCommit]:
    """The last commits that touched a record, newest first; [] where it is not committed yet.

    path: its file below the handbook's folder. id: the record's; a file without it is one record as a whole.
    Raises NoHistory as git.run does.
    """
    try:
        data = git.read_blobs(folder, [f"HEAD:./{path}"])[f"HEAD:./{path}"]
    except git.NoHistory:
        raise
    except OnevoiceError:
        return []
    if data is None:
        return []
    first, end = _find_record_lines(data.decode("utf-8", "replace"), id)
    text = git.run_git(
        folder, "log", "--no-patch", f"-n{count}", f"--format=%h{FIELD}%cs{FIELD}%s", f"-L{first},{end}:{path}"
    )
    touches = (line.split(FIELD) for line in text.splitlines() if FIELD in line)
    return [RecordCommit(name, datetime.date.fromisoformat(day), subject) for name, day, subject in touches]


def _find_record_lines(text: str, id: str) -> tuple[int, int]:
    """The lines of a record in a YAML file: from its `- id:` to the next item of the same list."""
    lines = text.splitlines()
    start = next(
        (
            at
            for at, line in enumerate(lines)
            if re.match(rf"\s*- (?:\{{\s*)?id:\s*[\"']?{re.escape(id)}[\"']?\s*(?:$|[,}}#])", line)
        ),
        None,
    )
    if start is None:
        return 1, max(len(lines), 1)
    indent = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent):
        end += 1
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return start + 1, end
