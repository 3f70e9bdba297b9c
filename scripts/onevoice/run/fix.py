"""`lint --fix` and `--diff`: the documents with every safe replacement made, or as a patch."""

from __future__ import annotations

import datetime
import difflib
import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from onevoice import disk
from onevoice.errors import OnevoiceError
from onevoice.fence.here import Loss
from onevoice.finding import Finding
from onevoice.lint import rules, suppress, terms
from onevoice.lint.fix import fix_prose
from onevoice.lint.issue import Issue
from onevoice.matcher.language import is_english, read_language
from onevoice.prose import files
from onevoice.prose.block import Prose
from onevoice.prose.formats import STANDARD_INPUT
from onevoice.prose.read import decode_document, decode_text, encode_text, is_archive, read_prose
from onevoice.run.documents import InputFile
from onevoice.run.job import LintJob
from onevoice.run.lexicon import Lexicon
from onevoice.run.pieces import make_loss_error, process_documents
from onevoice.run.selection import EVERYTHING, Selection
from onevoice.run.since import ChangedLines

# How many lines a fix joins to one: those of the longest phrase that anybody avoids.
MAX_JOINED_LINES = 8

Opcode = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


class FixResult(NamedTuple):
    """fixed: each document that a fix changes, and its new source. errors: a finding on each that stopped us."""

    fixed: list[tuple[Prose, str]]
    errors: list[Finding]


def fix_documents(
    job: LintJob,
    lexicon: Lexicon,
    today: datetime.date,
    changes: ChangedLines | None = None,
    selection: Selection = EVERYTHING,
) -> FixResult:
    """Fix documents, but write nothing. Suppressed words stay; records are not fixed.

    changes: only words on lines that have changed are fixed. selection: only words that count are.
    """
    # There is no text in an archive to write back to.
    documents = [file for file in job.documents if not is_archive(file.path)]
    piece = functools.partial(_fix_document, today=today, changes=changes, selection=selection)
    sources: dict[int, str] = {}
    errors: list[Finding] = []
    for number, outcome in process_documents(piece, documents, lexicon):
        if isinstance(outcome, Loss):
            errors.append(make_loss_error(documents[number].path, "fix", outcome))
        elif outcome:
            sources[number] = outcome[1:].decode("utf-8", "surrogatepass")
    read = ((documents[number], source) for number, source in sorted(sources.items()))
    return FixResult([(read_prose(file.path, file.data, file.ending), source) for file, source in read], errors)


def _fix_document(
    file: InputFile,
    lexicon: Lexicon,
    today: datetime.date,
    changes: ChangedLines | None = None,
    selection: Selection = EVERYTHING,
) -> bytes:
    """A mark and the new source; nothing if it is the old one."""

    def find_issues(prose: Prose) -> list[Issue]:
        draft = rules.Draft(prose, lexicon.matcher, today, lexicon.build_url)
        issues: list[Issue] = [
            *terms.find_issues(prose, lexicon.matcher, today, lexicon.build_term_url),
            *rules.find_rule_issues(draft, lexicon.facts),
        ]
        issues.sort(key=lambda issue: issue.finding.sort_key)
        found = suppress.apply_suppressions(prose, [issue.finding for issue in issues], lexicon.rule_names)
        kept = set(selection.select_findings(found))
        return [
            issue
            for issue in issues
            if issue.finding in kept and (not changes or changes.filter_findings([issue.finding]))
        ]

    try:
        prose = read_prose(file.path, file.data, file.ending)
    except OnevoiceError:
        return b""  # The lint reports it.
    english = is_english(read_language(prose.meta) or lexicon.matcher.compiled.language)
    source = fix_prose(prose, find_issues, english=english)
    if source == prose.source:
        return b""
    try:
        # With a word, the only line end of today can go.
        decode_document(file.path, encode_text(source, b""))
    except OnevoiceError:
        return b""  # What nobody could read any more is no fix.
    return b"+" + source.encode("utf-8", "surrogatepass")


def list_office_files(job: LintJob) -> list[str]:
    """The office files, which no fix changes."""
    return [file.path for file in job.documents if is_archive(file.path)]


def sweep_document_folders(job: LintJob) -> None:
    """Remove what killed runs have left next to the documents."""
    disk.sweep_folders({str(Path(file.path).parent) for file in job.documents if file.path != STANDARD_INPUT})


def check_link(path: str, folders: Sequence[Path]) -> None:
    """Raise OnevoiceError if a file that nobody has named is a link out of these folders."""
    if not any(files.is_path_inside(Path(path), folder) for folder in folders):
        raise OnevoiceError(f"{path}: not fixed, because this link leads to another folder. Name it to fix it.")


def overwrite_document(prose: Prose, source: str, data: bytes) -> None:
    """Put the new source in the document's place, with the byte order mark that it had.

    data: the bytes that were read. Raises OnevoiceError if it has others by now, or cannot be written.
    """
    _, mark = decode_text(prose.path, data)
    disk.overwrite_file(Path(prose.path), encode_text(source, mark), data)


def format_patch(prose: Prose, source: str, data: bytes) -> str:
    """What changes, as a unified diff of bytes: those that are not UTF-8 have surrogates (as in Python's file names).

    data: the bytes that were read.
    """
    _, mark = decode_text(prose.path, data)
    texts = (encode_text(text, mark).decode("utf-8", "surrogateescape") for text in (prose.source, source))
    # At line feeds alone, as `git apply` and `patch` count lines; `splitlines` knows ten more ends.
    before, after = ([line for line in re.split(r"(?<=\n)", text) if line] for text in texts)
    name = prose.path.lstrip("/")
    lines = [f"--- a/{name}\n", f"+++ b/{name}\n"]
    for group in _LineMatcher(before, after).get_grouped_opcodes():
        (_, old, _, new, _), (_, _, old_end, _, new_end) = group[0], group[-1]
        lines.append(f"@@ -{_format_range(old, old_end)} +{_format_range(new, new_end)} @@\n")
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                lines += (f" {line}" for line in before[start:end])
                continue
            lines += (f"-{line}" for line in before[start:end])
            lines += (f"+{line}" for line in after[new_start:new_end])
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


class _LineMatcher(difflib.SequenceMatcher[str]):
    """What difflib would search for, in time that grows as the square of equal lines, is known here."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__(None, (), ())
        self._known_opcodes = list(_align_lines(before, after))

    def get_opcodes(self) -> list[Opcode]:
        return self._known_opcodes


def _align_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Opcode]:
    """What becomes of the lines, as difflib's opcodes. A fix changes a line, or joins a few."""
    old = new = 0
    while old < len(before) or new < len(after):
        start, new_start = old, new
        while old < len(before) and new < len(after) and before[old] == after[new]:
            old, new = old + 1, new + 1
        if old > start:
            yield "equal", start, old, new_start, new
        start, new_start = old, new
        while (old < len(before) or new < len(after)) and not (
            old < len(before) and new < len(after) and before[old] == after[new]
        ):
            joined = _count_joined(before, after, old, new)
            old, new = min(old + joined, len(before)), min(new + 1, len(after))
        if (old, new) != (start, new_start):
            tag: Literal["replace", "delete", "insert"]
            tag = "replace" if new > new_start and old > start else "delete" if old > start else "insert"
            yield tag, start, old, new_start, new


def _count_joined(before: Sequence[str], after: Sequence[str], old: int, new: int) -> int:
    """How many lines have become one changed line: as many as make the lines behind them the same again."""
    if new + 1 >= len(after):
        return len(before) - old
    behind = after[new + 1]
    near = range(1, min(MAX_JOINED_LINES, len(before) - old - 1) + 1)
    return next((count for count in near if before[old + count] == behind), 1)


def _format_range(start: int, end: int) -> str:
    """A range of lines as a unified diff has it."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + (end > start)},{end - start}"
