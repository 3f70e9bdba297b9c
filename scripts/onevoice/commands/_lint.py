"""One lint run: documents and records' texts through the matcher and Vale, to findings."""

from __future__ import annotations

import dataclasses
import datetime
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice.commands._lexicon import Lexicon
from onevoice.commands._review import File, every, unreadable
from onevoice.errors import OnevoiceError, ToolMissing
from onevoice.finding import Finding, sort
from onevoice.lint import context, suppress, terms
from onevoice.load.walk import CONTENT
from onevoice.prose import files
from onevoice.prose.block import Block, Prose
from onevoice.prose.mask import boxes
from onevoice.prose.read import decode, markdown, office, read
from onevoice.vale import config, run
from onevoice.vale.resolve import Vale, resolve

if TYPE_CHECKING:
    from onevoice.load.folder import Loaded

DRAFTS = ("pages", "submissions")
ABSENT = "Style was not checked: there is no Vale on this machine. `onevoice doctor --get-vale` gets it."


@dataclasses.dataclass
class Job:
    """What is linted.

    documents: files, not yet read as prose. records: the texts of records, by file.
    broken: a finding on each file that could not be opened.
    """

    documents: list[File] = dataclasses.field(default_factory=list)
    records: list[Prose] = dataclasses.field(default_factory=list)
    broken: list[Finding] = dataclasses.field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.documents) + len(self.records) + len(self.broken)


def named(paths: Sequence[str], standard_input: bytes | None) -> Job:
    """The files and folders that were named; `-` is standard input.

    Raises OnevoiceError where one does not exist, and where standard input is not text.
    """
    job = Job()
    if standard_input is not None:
        decode("-", standard_input)
        job.documents.append(File("-", standard_input))
    for path in files.find([path for path in paths if path != "-"], Path()):
        try:
            job.documents.append(File(path.as_posix(), files.content(path)))
        except OnevoiceError as error:
            job.broken.append(unreadable(path.as_posix(), error))
    return job


def handbook(folder: Path, loaded: Loaded | None = None, wanted: Callable[[str], bool] = lambda text: True) -> Job:
    """The handbook's own texts: its records, `content/pages` and `content/submissions`, named from where we are.

    loaded: its records, where they have been read already. wanted: which of their texts to look at.
    """
    from onevoice.load.folder import load
    from onevoice.prose import record
    from onevoice.records.envelope import texts

    drafts = [folder / CONTENT / name for name in DRAFTS]
    job = named([os.path.relpath(draft) for draft in drafts if draft.is_dir()], None)
    found: dict[str, list[tuple[tuple[int, int], str]]] = {}
    for item, place in (loaded or load(folder)).records:
        if item.status in ("retired", "declined"):
            continue
        for loc, text in texts(item):
            if not wanted(text):
                continue
            span = place.span(*loc)
            found.setdefault(place.path, []).append(((span.line, span.column), text))
    for path, values in found.items():
        source, _ = decode(path, files.content(folder / path))
        named_so = Path(os.path.relpath(folder / path)).as_posix()
        job.records.append(record.read(named_so, source, dict.fromkeys(values)))
    return job


def vale_for(*, wanted: bool, required: bool) -> Vale | None:
    """The Vale to use. Raises ToolMissing where it is required and there is none."""
    found = resolve(os.environ) if wanted else None
    if required and not found:
        raise ToolMissing(f"{ABSENT} It is required by --require-vale.")
    return found


def findings(
    job: Job,
    lexicon: Lexicon,
    today: datetime.date,
    vale: Vale | None,
    ini: Path | None,
    *,
    remember: bool = True,
    progress: Callable[[int], None] = lambda count: None,
) -> list[Finding]:
    """Everything that is found, in reading order.

    ini: the handbook's .vale.ini, or None. remember, progress: as in _review.every.
    """
    results = every(job.documents, lexicon, today, remember=remember, progress=progress)
    readable = [file for file, result in zip(job.documents, results, strict=True) if not result.broken]
    styled = _styled(readable, job.records, lexicon, vale, ini) if vale else {}
    known: set[str] = set()
    found = list(job.broken)
    for file, result in zip(job.documents, results, strict=True):
        style = styled.get(file.path, ())
        if not style and not result.commented:
            found += result.findings
            continue
        prose = read(file.path, file.data)
        known = known or lexicon.rules | _styles(ini)
        kept = suppress.apply(prose, sort([*result.findings, *style]), known, judged=("Brand", *lexicon.facts))
        found += context.placed(prose.source, kept)
    for prose in job.records:
        # A record's text stands on a page among others: which use is the first is not for it to know.
        issues = terms.review(prose, lexicon.matcher, today, lexicon.link)
        own = [issue.finding for issue in issues if issue.hit.what != "abbreviation"]
        found += context.placed(prose.source, [*own, *styled.get(prose.path, ())])
    return sort(found)


def _styles(ini: Path | None) -> set[str]:
    if ini is None:
        return set()
    folders = config.styles_paths(decode(ini.as_posix(), files.content(ini))[0], ini.parent)
    return {style.name for folder in folders if folder.is_dir() for style in folder.iterdir() if style.is_dir()}


def _styled(
    documents: Sequence[File], records: Sequence[Prose], lexicon: Lexicon, vale: Vale, ini: Path | None
) -> dict[str, list[Finding]]:
    sheets = [_Sheet(prose, "records.txt") for prose in records]
    # Vale cannot read office files: it is shown their text.
    sheets += [
        _Sheet(read(file.path, file.data), f"{Path(file.path).name}.txt") for file in documents if office(file.path)
    ]
    shown = [_shown(file) for file in documents if not office(file.path)] + [sheet.document for sheet in sheets]
    lists = run.run(vale, shown, ini=ini, styles=lexicon.voice)
    found = {document.path: list(alerts) for document, alerts in zip(shown, lists, strict=True)}
    for sheet in sheets:
        path = sheet.document.path
        found[path] = sheet.back(found[path])
    return found


def _shown(file: File) -> run.Document:
    """What Vale is shown of a document."""
    text, mark = decode(file.path, file.data)
    # Vale reads UTF-8 only, and counts a byte order mark.
    name = "standard-input.md" if file.path == "-" else Path(file.path).name if mark else None
    plain = boxes(text) if markdown(file.path) else text
    return run.Document(file.path, text, name, plain if plain != text else None)


class _Sheet:
    """The texts of a file's records or of an office file as a plain text for Vale, a line each, and the way back.

    shown: the name that Vale is shown.
    """

    def __init__(self, prose: Prose, shown: str) -> None:
        self._prose = prose
        # Vale takes a text without a full stop and the one after it for one sentence.
        lines = (" ".join(block.text.split("\n")) for block in prose.blocks)
        text = "\n\n".join(line if line[-1:] in ".?!:" else f"{line}." for line in lines)
        self.document = run.Document(prose.path, f"{text}\n", shown)

    def back(self, alerts: Sequence[Finding]) -> list[Finding]:
        return context.named(self._prose.places, self._back(alerts))

    def _back(self, alerts: Sequence[Finding]) -> Iterator[Finding]:
        for alert in alerts:
            block: Block = self._prose.blocks[min((alert.span.line - 1) // 2, len(self._prose.blocks) - 1)]
            start = min(alert.span.column - 1, len(block.text) - 1)
            end = min(max(alert.span.end_column - 1, start + 1), len(block.text))
            yield dataclasses.replace(alert, span=self._prose.span(*block.place(start, end)))
