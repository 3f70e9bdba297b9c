"""From a partition of documents to the bytes of its part: the same bytes wherever and however often it's done."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onevoice.audit.part import ENDING, pack_part
from onevoice.audit.plan import Entry
from onevoice.audit.row import dump_row, make_blank_row, make_row
from onevoice.disk import replace_file
from onevoice.errors import OnevoiceError
from onevoice.fence.here import Loss
from onevoice.fence.workers import can_copy_process, run_fenced
from onevoice.prose.read import read_prose
from onevoice.run.audit.carry import Carrier
from onevoice.run.audit.sources import find_day
from onevoice.run.documents import InputFile, check_prose, make_read_error
from onevoice.run.lexicon import Lexicon, read_lexicon
from onevoice.store.source import choose_readers, prepare_sources, read_source_file

if TYPE_CHECKING:
    from onevoice.finding import Finding
    from onevoice.prose.block import Prose

Partition = tuple[str, Sequence[Entry]]


class Task(NamedTuple):
    """What is done to each document. today: the day on which claims are judged. with_text: rows have sentences.

    key: all that a row depends on but its document. folder: where the parts are.
    """

    today: datetime.date
    key: str
    folder: Path
    with_text: bool = False


def iter_parts(
    partitions: Sequence[Partition],
    lexicon: Lexicon,
    task: Task,
    *,
    workers: int = 1,
    progress: Callable[[int], None] = lambda count: None,
) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each part, as soon as all its documents are done; few are open at a time.

    partitions: the name of each part, and its documents. workers: how many processes read. progress: told how many
    documents are done. A document that stops its process is tried once more, alone; then it's a row that says so.
    """
    carrier = Carrier(task.folder, task.key)
    changed = [_list_changed(part, carrier) for _, part in partitions]
    entries = [entry for part in changed for entry in part]
    owner = [number for number, part in enumerate(changed) for _ in part]
    open_parts: dict[int, dict[Entry, bytes]] = {}
    carried = 0
    for (name, part), rest in zip(partitions, changed, strict=True):
        carried += len(part) - len(rest)
        if not rest:
            yield name, _fill_part(part, {}, carrier, task)
    if carried:
        progress(carried)
    lexicon.matcher.warm_up()
    given = lexicon if can_copy_process() else lexicon.folder
    work = functools.partial(_audit_number, entries, given, task)
    waits = prepare_sources(entry.uri for entry in entries)
    workers = choose_readers((entry.uri for entry in entries), workers)
    outcomes = run_fenced(work, [entry.size for entry in entries], workers=workers, waits=waits)
    for done, (at, outcome) in enumerate(outcomes, 1):
        number = owner[at]
        if isinstance(outcome, Loss):
            outcome = _try_again(entries[at], given, task, outcome, waits)
        rows = open_parts.setdefault(number, {})
        rows[entries[at]] = outcome
        if len(rows) == len(changed[number]):
            name, part = partitions[number]
            yield name, _fill_part(part, open_parts.pop(number), carrier, task)
        progress(carried + done)


def _list_changed(part: Sequence[Entry], carrier: Carrier) -> list[Entry]:
    known = carrier.find_rows(part).keys()
    return [entry for entry in part if entry not in known]


def _fill_part(part: Sequence[Entry], rows: dict[Entry, bytes], carrier: Carrier, task: Task) -> bytes:
    """The bytes of a part. Rows are only now carried over, since those of all parts would fill the memory."""
    known = carrier.find_rows(part) if len(rows) < len(part) else {}
    return pack_part(task.key, part, (rows.get(entry) or known[entry] for entry in part))


def _try_again(entry: Entry, given: Lexicon | Path, task: Task, loss: Loss, waits: bool) -> bytes:
    """The row of a document that has stopped its process. Somebody may have ended that for another reason."""
    if not loss.is_limit:
        work = functools.partial(_audit_number, [entry], given, task)
        _, outcome = next(run_fenced(work, [entry.size], waits=waits))
        if not isinstance(outcome, Loss):
            return outcome
        loss = outcome
    return dump_row(make_blank_row(entry, "failed", f"onevoice did not check this file: it {loss.reason}."))


def _audit_number(entries: Sequence[Entry], given: Lexicon | Path, task: Task, number: int) -> bytes:
    """given: the lexicon, or the folder of its handbook if nothing is inherited."""
    lexicon = read_lexicon(given) if isinstance(given, Path) else given
    return audit_entry(entries[number], lexicon, task)


def audit_entry(entry: Entry, lexicon: Lexicon, task: Task) -> bytes:
    """The row of one document, as a line."""
    if entry.kind != "read":
        return dump_row(make_blank_row(entry, "skipped", entry.kind))
    try:
        file = read_source_file(entry.uri, entry.size)
        prose = read_prose(file.name, file.data, entry.ending)
    except OnevoiceError as error:
        return dump_row(make_blank_row(entry, "failed", make_read_error(entry.uri, error).message))
    result = check_prose(InputFile(file.name, b"", entry.ending), prose, lexicon, task.today, excerpts=True)
    if result.is_unreadable:
        return dump_row(make_blank_row(entry, "skipped", result.findings[0].message))
    findings = _drop_suppressed(prose, result.findings, lexicon) if result.has_comments else result.findings
    return dump_row(make_row(entry, prose, findings, find_day(entry.version), with_text=task.with_text))


def _drop_suppressed(prose: Prose, findings: list[Finding], lexicon: Lexicon) -> list[Finding]:
    from onevoice.lint.suppress import apply_suppressions

    # What Vale would judge is nobody's concern here.
    return apply_suppressions(prose, findings, lexicon.rule_names, ("Brand", *lexicon.facts), [])


def make_part(place: Path, handbook: Path, key: str, task: Task, name: str, entries: Sequence[Entry]) -> int:
    """Write one part, in a process of a cluster; how many documents it has. place: from where all paths are."""
    os.chdir(place)
    for _, data in iter_parts([(name, entries)], _recall_lexicon(handbook, key), task):
        replace_file(task.folder / f"{name}{ENDING}", data)
    return len(entries)


@functools.lru_cache(maxsize=1)
def _recall_lexicon(handbook: Path, key: str) -> Lexicon:
    """The compiled words, once for each worker."""
    lexicon = read_lexicon(handbook)
    if lexicon.key != key:
        raise OnevoiceError(f"{handbook}: this worker has other records than the machine that runs the audit.")
    return lexicon
