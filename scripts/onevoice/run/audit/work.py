"""From a partition of documents to the bytes of its part: the same bytes wherever and however often it's done."""

from __future__ import annotations

import bisect
import datetime
import functools
import os
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onevoice.audit.part import ENDING, pack_part, pack_row, unpack_row
from onevoice.audit.plan import Entry, Partition, pack_partition
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

    partitions: of the documents of each part. workers: how many processes read. progress: told how many
    documents are done. A document that stops its process is tried once more, alone; then it's a row that says so.
    """
    carrier = Carrier(task.folder, task.key)
    queue = _Queue()
    open_parts: dict[int, dict[int, bytes]] = {}
    carried = 0
    for partition in partitions:
        part = partition.list_entries()
        rest = _list_changed(part, carrier)
        queue.add_part(partition if len(rest) == len(part) else pack_partition(partition.name, rest), rest)
        carried += len(part) - len(rest)
        if not rest:
            yield partition.name, _fill_part(part, {}, carrier, task)
    if carried:
        progress(carried)
    lexicon.matcher.warm_up()
    given = lexicon if can_copy_process() else lexicon.folder
    work = functools.partial(_audit_number, queue, given, task)
    waits = prepare_sources(queue.iter_uris())
    workers = choose_readers(queue.iter_uris(), workers)
    outcomes = run_fenced(work, queue.sizes, workers=workers, waits=waits)
    for done, (at, outcome) in enumerate(outcomes, 1):
        number = queue.find_part(at)
        if isinstance(outcome, Loss):
            outcome = _try_again(queue.find_entry(at), given, task, outcome, waits)
        rows = open_parts.setdefault(number, {})
        rows[at] = outcome
        if len(rows) == queue.parts[number].total:
            del open_parts[number]
            part = partitions[number].list_entries()
            yield partitions[number].name, _fill_part(part, queue.name_rows(number, rows), carrier, task)
        progress(carried + done)


class _Queue:
    """The documents to read, by numbers; packed, because every process has all of them."""

    def __init__(self) -> None:
        self.parts: list[Partition] = []
        self.sizes = array("Q")
        self._starts: list[int] = []
        self._last: tuple[int, list[Entry]] = (-1, [])

    def add_part(self, part: Partition, entries: Sequence[Entry]) -> None:
        """Take in those of one part. entries: the same, unpacked."""
        self._starts.append(len(self.sizes))
        self.parts.append(part)
        self.sizes.extend(entry.size for entry in entries)

    def find_part(self, number: int) -> int:
        """The number of the part that a document belongs to."""
        return bisect.bisect_right(self._starts, number) - 1

    def find_entry(self, number: int) -> Entry:
        """A document."""
        part = self.find_part(number)
        if self._last[0] != part:
            self._last = part, self.parts[part].list_entries()
        return self._last[1][number - self._starts[part]]

    def name_rows(self, part: int, rows: Mapping[int, bytes]) -> dict[Entry, bytes]:
        """The rows of a part, by documents rather than by their numbers."""
        return {entry: rows[number] for number, entry in enumerate(self.parts[part].list_entries(), self._starts[part])}

    def iter_uris(self) -> Iterator[str]:
        """Where the documents are."""
        return (entry.uri for part in self.parts for entry in part.list_entries())


def _list_changed(part: Sequence[Entry], carrier: Carrier) -> list[Entry]:
    known = carrier.find_rows(part).keys()
    return [entry for entry in part if entry not in known]


def _fill_part(part: Sequence[Entry], rows: dict[Entry, bytes], carrier: Carrier, task: Task) -> bytes:
    """The bytes of a part, of packed rows. Others are only now carried over: those of all would fill the memory."""
    known = carrier.find_rows(part) if len(rows) < len(part) else {}
    return pack_part(task.key, part, (unpack_row(rows[one]) if one in rows else known[one] for one in part))


def _try_again(entry: Entry, given: Lexicon | Path, task: Task, loss: Loss, waits: bool) -> bytes:
    """The row of a document that has stopped its process. Somebody may have ended that for another reason."""
    if not loss.is_limit:
        queue = _Queue()
        queue.add_part(pack_partition("", [entry]), [entry])
        work = functools.partial(_audit_number, queue, given, task)
        _, outcome = next(run_fenced(work, [entry.size], waits=waits))
        if not isinstance(outcome, Loss):
            return outcome
        loss = outcome
    return pack_row(dump_row(make_blank_row(entry, "failed", f"onevoice did not check this file: it {loss.reason}.")))


def _audit_number(queue: _Queue, given: Lexicon | Path, task: Task, number: int) -> bytes:
    """given: the lexicon, or the folder of its handbook if nothing is inherited."""
    lexicon = read_lexicon(given) if isinstance(given, Path) else given
    return pack_row(audit_entry(queue.find_entry(number), lexicon, task))


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


def make_part(place: Path, handbook: Path, key: str, task: Task, partition: Partition) -> int:
    """Write one part, in a process of a cluster; how many documents it has. place: from where all paths are."""
    os.chdir(place)
    for name, data in iter_parts([partition], _recall_lexicon(handbook, key), task):
        replace_file(task.folder / f"{name}{ENDING}", data)
    return partition.total


@functools.lru_cache(maxsize=1)
def _recall_lexicon(handbook: Path, key: str) -> Lexicon:
    """The compiled words, once for each worker."""
    lexicon = read_lexicon(handbook)
    if lexicon.key != key:
        raise OnevoiceError(f"{handbook}: this worker has other records than the machine that runs the audit.")
    return lexicon
