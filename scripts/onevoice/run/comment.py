"""`lint --comment OUT`: a copy of a Word file with each finding as a comment at its words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from onevoice import disk
from onevoice.errors import OnevoiceError
from onevoice.finding import Finding
from onevoice.prose.formats import find_format
from onevoice.prose.formats.docx import FORMAT as WORD
from onevoice.run.job import LintJob

FILE_RULE = "file"


def check_comment_target(paths: Sequence[str], target: str, *, fixes: bool) -> None:
    """Raise OnevoiceError unless it is one Word file that is to be linted, and the copy another one.

    target: where the copy goes. fixes: the file is to be fixed as well.
    """
    if fixes:
        raise OnevoiceError("--comment cannot be combined with --fix or --diff. Leave one out.")
    if len(paths) != 1 or find_format(paths[0]) is not WORD:
        raise OnevoiceError("--comment needs exactly one Word file. Name that file (.docx), and nothing else.")
    place = Path(target)
    if find_format(target) is not WORD:
        raise OnevoiceError(f"{target}: the copy is a Word file, too. Give it a name that ends in .docx.")
    if place.exists() and Path(paths[0]).exists() and place.samefile(paths[0]):
        raise OnevoiceError(f"{target}: the draft itself is never changed. Give the copy another name.")


def write_comment_copy(job: LintJob, target: str, findings: Sequence[Finding], today: datetime.date) -> str:
    """Write the copy; what to tell the user."""
    from onevoice.exchange import docx

    if not job.documents or any(finding.rule == FILE_RULE for finding in findings):
        return f"{target} was not written."
    file = job.documents[0]
    data, count = docx.write(file.path, file.data, findings, today)
    place = Path(target)
    if not place.parent.is_dir() or place.is_dir():
        raise OnevoiceError(f"{target}: cannot be written. Name a file in an existing folder.")
    disk.sweep_folders([str(place.parent)])
    disk.overwrite_file(place, data, None)
    return f"Wrote {count} comment{'s' * (count != 1)} to {target}."
