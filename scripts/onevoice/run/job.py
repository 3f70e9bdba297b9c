"""What a lint run looks at: documents that were named, or the handbook's own texts."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice.errors import OnevoiceError
from onevoice.finding import Finding
from onevoice.load.walk import CONTENT
from onevoice.prose import files
from onevoice.prose.block import Prose
from onevoice.prose.read import decode_text, recode_text
from onevoice.run.documents import InputFile, make_read_error
from onevoice.run.settings import NO_SETTINGS, Settings

if TYPE_CHECKING:
    from onevoice.load.folder import LoadResult

DRAFT_FOLDERS = ("pages", "submissions")


@dataclasses.dataclass
class LintJob:
    """What is linted.

    documents: files, not yet read as prose. records: the texts of records, by file.
    read_errors: a finding on each file that could not be opened. unread: how many other files are in the folders that
    were named, by their endings. excluded_count: how many files the settings leave out.
    """

    documents: list[InputFile] = dataclasses.field(default_factory=list)
    records: list[Prose] = dataclasses.field(default_factory=list)
    read_errors: list[Finding] = dataclasses.field(default_factory=list)
    unread: dict[str, int] = dataclasses.field(default_factory=dict)
    excluded_count: int = 0

    @property
    def size(self) -> int:
        return len(self.documents) + len(self.records) + len(self.read_errors)


def collect_documents(
    paths: Sequence[str],
    standard_input: bytes | None,
    encoding: str | None = None,
    settings: Settings = NO_SETTINGS,
) -> LintJob:
    """The files and folders that were named; `-` is standard input.

    encoding: of texts that are not UTF-8 and do not say what they are; None: they are refused. settings: of the
    repository.
    Raises OnevoiceError if one does not exist, or if standard input is not text.
    """
    job = LintJob()
    if standard_input is not None:
        if encoding:
            standard_input = recode_text("-", standard_input, encoding)
        decode_text("-", standard_input)
        job.documents.append(InputFile("-", standard_input))
    named = [path for path in paths if path != "-"]
    for name in files.expand_paths(named, Path(), job.unread, _list_ignored):
        if settings.is_excluded(name):
            job.excluded_count += 1
            continue
        try:
            data = files.read_file_bytes(name)
            data = recode_text(name, data, encoding) if encoding else data
            job.documents.append(InputFile(name, data, settings.find_ending(name)))
        except OnevoiceError as error:
            job.read_errors.append(make_read_error(name, error))
    return job


def _list_ignored(folder: Path) -> set[str]:
    # A hook names files, and waits for each module that is loaded.
    from onevoice.history.ignored import list_ignored_paths

    return list_ignored_paths(folder)


def collect_handbook_texts(
    folder: Path,
    loaded: LoadResult | None = None,
    wanted: Callable[[str], bool] = lambda text: True,
    settings: Settings = NO_SETTINGS,
) -> LintJob:
    """The handbook's own texts: its records, `content/pages` and `content/submissions`, named from where we are.

    loaded: its records, if they have been read already. wanted: which of their texts to look at. settings: as above.
    """
    from onevoice.prose import record
    from onevoice.records.envelope import iter_texts
    from onevoice.run.layers import load_records

    drafts = [folder / CONTENT / name for name in DRAFT_FOLDERS]
    job = collect_documents([os.path.relpath(draft) for draft in drafts if draft.is_dir()], None, None, settings)
    found: dict[str, list[tuple[tuple[int, int], str]]] = {}
    for item, place in (loaded or load_records(folder)).records:
        if item.status in ("retired", "declined"):
            continue
        for loc, text in iter_texts(item):
            # The texts of another handbook are its own people's to fix.
            if place.find_part(*loc).origin or not wanted(text):
                continue
            span = place.locate_field(*loc)
            found.setdefault(place.path, []).append(((span.line, span.column), text))
    for path, values in found.items():
        source, _ = decode_text(path, files.read_file_bytes(folder / path))
        named_so = Path(os.path.relpath(folder / path)).as_posix()
        job.records.append(record.read_record_texts(named_so, source, dict.fromkeys(values)))
    return job
