"""One lint run: documents and records' texts through the matcher and Vale, to findings."""

from __future__ import annotations

import dataclasses
import datetime
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from onevoice.commands._lexicon import Lexicon
from onevoice.errors import OnevoiceError, ToolMissing
from onevoice.finding import Finding, Span, sort
from onevoice.lint import suppress, terms
from onevoice.lint.vale import config, run
from onevoice.lint.vale.resolve import Vale, resolve
from onevoice.load.walk import CONTENT
from onevoice.prose import files
from onevoice.prose.block import Block, Prose
from onevoice.prose.read import decode, read

DRAFTS = ("pages", "submissions")
ABSENT = "Style was not checked: there is no Vale on this machine. `onevoice doctor --get-vale` gets it."


@dataclasses.dataclass
class Job:
    """What is linted.

    documents: as read, with what Vale is shown of each. records: the texts of records, by file.
    broken: a finding on each file that could not be read.
    """

    documents: list[tuple[Prose, run.Document]] = dataclasses.field(default_factory=list)
    records: list[Prose] = dataclasses.field(default_factory=list)
    broken: list[Finding] = dataclasses.field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.documents) + len(self.records) + len(self.broken)


def named(paths: Sequence[str], standard_input: bytes | None) -> Job:
    """The files and folders that were named; `-` is standard input. Raises OnevoiceError where one does not exist."""
    job = Job()
    if standard_input is not None:
        _read(job, "-", standard_input, shown="standard-input.md")
    for path in files.find([path for path in paths if path != "-"], Path()):
        try:
            _read(job, path.as_posix(), files.content(path))
        except OnevoiceError as error:
            job.broken.append(_unreadable(path.as_posix(), error))
    return job


def handbook(folder: Path) -> Job:
    """The handbook's own texts: its records, `content/pages` and `content/submissions`, named from where we are."""
    from onevoice.load.folder import load
    from onevoice.prose import record
    from onevoice.records.envelope import texts

    drafts = [folder / CONTENT / name for name in DRAFTS]
    job = named([os.path.relpath(draft) for draft in drafts if draft.is_dir()], None)
    found: dict[str, list[tuple[tuple[int, int], str]]] = {}
    for item, place in load(folder).records:
        if item.status in ("retired", "declined"):
            continue
        for loc, text in texts(item):
            span = place.span(*loc)
            found.setdefault(place.path, []).append(((span.line, span.column), text))
    for path, values in found.items():
        source, _ = decode(path, files.content(folder / path))
        named_so = Path(os.path.relpath(folder / path)).as_posix()
        job.records.append(record.read(named_so, source, dict.fromkeys(values)))
    return job


def _read(job: Job, path: str, data: bytes, shown: str | None = None) -> None:
    prose = read(path, data)
    _, mark = decode(path, data)
    # Vale reads UTF-8 only, and counts a byte order mark.
    job.documents.append((prose, run.Document(path, prose.source, shown or (Path(path).name if mark else None))))


def _unreadable(path: str, error: OnevoiceError) -> Finding:
    line, message = re.fullmatch(r"(?::(\d+))?: (.*)", str(error).removeprefix(path), re.S).groups()
    place = int(line or 1)
    return Finding("file", "error", path, Span(place, 1, place, 1), "", message)


def vale_for(*, wanted: bool, required: bool) -> Vale | None:
    """The Vale to use. Raises ToolMissing where it is required and there is none."""
    found = resolve(os.environ) if wanted else None
    if required and not found:
        raise ToolMissing(f"{ABSENT} It is required by --require-vale.")
    return found


def findings(job: Job, lexicon: Lexicon, today: datetime.date, vale: Vale | None, ini: Path | None) -> list[Finding]:
    """Everything that is found, in reading order.

    ini: the handbook's .vale.ini, or None.
    """
    styled = _styled(job, lexicon, vale, ini) if vale else {}
    known = lexicon.rules | _styles(ini)
    found = list(job.broken)
    for prose, _ in job.documents:
        own = terms.check(prose, lexicon.matcher, today, lexicon.link)
        found += suppress.apply(prose, sort([*own, *styled.get(prose.path, ())]), known)
    for prose in job.records:
        # A record's text stands on a page among others: which use is the first is not for it to know.
        issues = terms.review(prose, lexicon.matcher, today, lexicon.link)
        found += [issue.finding for issue in issues if issue.hit.what != "abbreviation"]
        found += styled.get(prose.path, ())
    return sort(found)


def _styles(ini: Path | None) -> set[str]:
    if ini is None:
        return set()
    folders = config.styles_paths(decode(ini.as_posix(), files.content(ini))[0], ini.parent)
    return {style.name for folder in folders if folder.is_dir() for style in folder.iterdir() if style.is_dir()}


def _styled(job: Job, lexicon: Lexicon, vale: Vale, ini: Path | None) -> dict[str, list[Finding]]:
    sheets = [(prose, _Sheet(prose)) for prose in job.records]
    shown = [document for _, document in job.documents] + [sheet.document for _, sheet in sheets]
    lists = run.run(vale, shown, ini=ini, styles=lexicon.voice)
    found = {document.path: list(alerts) for document, alerts in zip(shown, lists, strict=True)}
    for prose, sheet in sheets:
        found[prose.path] = list(sheet.back(found[prose.path]))
    return found


class _Sheet:
    """The texts of a file's records as a plain text for Vale, a line each, and the way back."""

    def __init__(self, prose: Prose) -> None:
        self._prose = prose
        # Vale takes a text without a full stop and the one after it for one sentence.
        lines = (" ".join(block.text.split("\n")) for block in prose.blocks)
        text = "\n\n".join(line if line[-1:] in ".?!:" else f"{line}." for line in lines)
        self.document = run.Document(prose.path, f"{text}\n", "records.txt")

    def back(self, alerts: Sequence[Finding]) -> Iterator[Finding]:
        for alert in alerts:
            block: Block = self._prose.blocks[min((alert.span.line - 1) // 2, len(self._prose.blocks) - 1)]
            start = min(alert.span.column - 1, len(block.text) - 1)
            end = min(max(alert.span.end_column - 1, start + 1), len(block.text))
            yield dataclasses.replace(alert, span=self._prose.span(*block.place(start, end)))
