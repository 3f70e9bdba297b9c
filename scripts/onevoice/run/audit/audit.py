"""One audit: plan, parts, and results. A finished part is never made again, so going on is starting again."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from onevoice import cache
from onevoice.audit import plan
from onevoice.audit.diff import compare_audits, describe_diff
from onevoice.audit.duplicates import CandidateTable, Duplicate, find_duplicates
from onevoice.audit.page import Course, PageSummary, write_page
from onevoice.audit.part import ENDING
from onevoice.audit.plan import Partition
from onevoice.audit.tables import JudgedRow, write_document_table, write_finding_table
from onevoice.audit.verdict import VERDICTS, judge_document
from onevoice.disk import replace_file, replace_file_in_pieces, sweep_folders
from onevoice.errors import OnevoiceError
from onevoice.output import hold_folder, read_json
from onevoice.prose.files import describe_unread
from onevoice.run.audit.history import Dating, History, has_history
from onevoice.run.audit.parquet import remove_parquet, require_duckdb, write_parquet
from onevoice.run.audit.rows import (
    MANIFEST,
    PARTS,
    gather_candidates,
    iter_all_rows,
    locate_part,
    note_uris,
    read_part_names,
)
from onevoice.run.audit.sources import Listing, list_archive
from onevoice.run.audit.views import read_views
from onevoice.run.audit.work import Task, iter_parts
from onevoice.run.audit.workbook import WORKBOOK, ResultWorkbook
from onevoice.run.handbook import find_settings
from onevoice.run.lexicon import Lexicon
from onevoice.store.source import refuse_websites

PLAN = "plan.jsonl"
DOCUMENTS, FINDINGS, PAGE = "documents.csv", "findings.csv", "index.html"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class AuditOptions:
    """What `onevoice audit` is asked to do. processes: how many. with_text: results have sentences.

    since: a day, or the folder of an earlier audit: what is found later is new. baseline: the folder of an earlier one.
    impact: an older handbook or its Git revision; then only what changed words mean is told. dask: the address of a
    scheduler, or `local`; without one, the processes are ours. xlsx, parquet: such files are written, too.
    """

    sources: Sequence[str]
    out: Path
    processes: int = 1
    with_text: bool = False
    since: str = ""
    baseline: str = ""
    impact: str = ""
    dask: str = ""
    xlsx: bool = False
    parquet: bool = False


@dataclass(frozen=True)
class AuditResult:
    """What an audit found, in words. needs_work: people have something to do. asides: what else they're told."""

    lines: Sequence[str]
    needs_work: bool
    asides: Sequence[str] = ()


def run_audit(
    options: AuditOptions, lexicon: Lexicon, today: datetime.date, progress: Progress = lambda done, total: None
) -> AuditResult:
    """Audit the sources into a folder. Raises OnevoiceError if another audit is writing there, or it isn't ours."""
    out = options.out
    _check_folder(out)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(hold_folder(out, _refuse_second))
            if options.impact:
                return _tell_impact(options, lexicon.folder, today, progress)
            if options.parquet:
                require_duckdb()  # Now rather than after hours.
            return _AuditRun(options, lexicon, today).finish_audit(progress)
        except OSError as error:
            raise OnevoiceError(f"{error.filename or out}: cannot be written ({error.strerror or error}).") from None


def _tell_impact(options: AuditOptions, handbook: Path, today: datetime.date, progress: Progress) -> AuditResult:
    from onevoice.audit.impact import describe_impact
    from onevoice.run.audit.impact import TABLE, find_archive_impact

    found = find_archive_impact(options.sources, options.out / PARTS, handbook, options.impact, today, progress)
    gained = any(not effect.is_fix for effect in found.effects)
    told = f"The table of these findings is {options.out / TABLE}."
    return AuditResult([*describe_impact(found)], gained, [*found.unread, told])


def _refuse_second(line: str) -> None:
    raise OnevoiceError(f"{line.removesuffix(' Waiting until it is done.')} Try again when it's done.")


def _check_folder(out: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        names = {path.name for path in out.iterdir()}
        if names and not names & {PLAN, MANIFEST, ".lock"}:
            raise OnevoiceError(f"{out}: this folder has other files. Choose a new or an empty folder for the audit.")


class _AuditRun:
    """An audit whose folder is held."""

    def __init__(self, options: AuditOptions, lexicon: Lexicon, today: datetime.date) -> None:
        self.options, self.lexicon, self.today, self.out = options, lexicon, today, options.out
        self.parts = self.out / PARTS
        # A day counts only if something of the handbook begins or ends on one.
        passed = sum(day <= today.isoformat() for day in lexicon.days)
        self.since, baseline = _read_since(options, today)
        self.history = History(self.out, today, baseline)
        self.views: dict[str, int] = {}
        key = f"{cache.hash_program()}\0{lexicon.key}\0{passed}\0{options.with_text}"
        self.key = hashlib.sha256(key.encode()).hexdigest()

    def finish_audit(self, progress: Progress) -> AuditResult:
        """Do what isn't done yet, and write the results."""
        sweep_folders([str(self.out), str(self.parts)], is_held=True)
        listing = list_archive(self.options.sources, self.out, find_settings(), self.today)
        planned: list[Partition] = []
        replace_file_in_pieces(self.out / PLAN, self._plan_parts(listing, planned))
        names = [part.name for part in planned]
        total = sum(part.total for part in planned)
        missing = [part for part in planned if not self._locate_part(part.name).is_file()]
        del planned  # What names and places take is as much as the results need.
        self._make_parts(missing, total, progress)
        del missing
        result = self._write_results(names, dict(listing.others))
        self._remove_old_parts(names)
        return result

    def _plan_parts(self, listing: Listing, planned: list[Partition]) -> Iterator[bytes]:
        """The lines of the plan; its partitions go into the list."""
        for part in plan.split_plan(listing.iter_entries()):
            line = plan.dump_partition(part)
            planned.append(plan.pack_partition(plan.name_part(line, self.key), part))
            yield line.encode()

    def _locate_part(self, name: str) -> Path:
        return locate_part(self.out, name)

    def _make_parts(self, missing: Sequence[Partition], total: int, progress: Progress) -> None:
        before = total - sum(part.total for part in missing)

        def tell_count(done: int) -> None:
            progress(before + done, total)

        task = Task(self.today, self.key, self.parts, self.options.with_text)
        if self.options.dask and missing:
            from onevoice.run.audit.cluster import run_on_dask

            refuse_websites(entry.uri for part in missing for entry in part.list_entries())
            workers = self.options.processes
            run_on_dask(self.options.dask, missing, self.lexicon, task, workers=workers, progress=tell_count)
            return
        for name, data in iter_parts(missing, self.lexicon, task, workers=self.options.processes, progress=tell_count):
            replace_file(self._locate_part(name), data)

    def _iter_judged(
        self, names: Sequence[str], uris: Mapping[int, str], duplicates: Mapping[int, Duplicate], new: Sequence[int]
    ) -> Iterator[JudgedRow]:
        """Every document with its verdict. uris: of those that stay in place of others. new: of all, by number."""
        for number, row in enumerate(iter_all_rows(self.out, names)):
            kept = duplicates.get(number)
            other = uris[kept.number] if kept else ""
            verdict = judge_document(row, self.today, other, bool(kept and kept.is_exact))
            views = self.views.get(row["uri"]) or self.views.get(row["id"].rstrip("/"), 0)
            yield JudgedRow(row, other, verdict, new[number], views)

    def _write_results(self, names: Sequence[str], others: dict[str, int]) -> AuditResult:
        self.views = read_views(self.lexicon.folder)
        with tempfile.TemporaryFile(dir=self.out) as seen:
            return self._write_tables(names, others, seen)

    def _write_tables(self, names: Sequence[str], others: dict[str, int], seen: BinaryIO) -> AuditResult:
        dating = Dating(self.history, seen, self.today, self.since)
        with tempfile.TemporaryFile(dir=self.out) as sketches:
            candidates = CandidateTable(sketches)
            dating.match_documents(gather_candidates(iter_all_rows(self.out, names), candidates))
            duplicates = find_duplicates(candidates)
        del candidates
        uris = dict.fromkeys((kept.number for kept in duplicates.values()), "")
        summary = PageSummary()

        def count_rows() -> Iterator[JudgedRow]:
            for judged in self._iter_judged(names, uris, duplicates, dating.new_counts):
                summary.add_row(judged)
                dating.sums.count_document(judged)
                yield judged

        dated = dating.date_rows(note_uris(iter_all_rows(self.out, names), uris))
        replace_file_in_pieces(self.out / FINDINGS, write_finding_table(dated, with_text=self.options.with_text))
        workbook = ResultWorkbook() if self.options.xlsx else None
        rows = workbook.note_rows(count_rows()) if workbook else count_rows()
        replace_file_in_pieces(self.out / DOCUMENTS, write_document_table(rows))
        if workbook:
            replace_file(self.out / WORKBOOK, workbook.write_file(summary))
        else:
            (self.out / WORKBOOK).unlink(missing_ok=True)  # That of an earlier audit would mislead.
        (write_parquet if self.options.parquet else remove_parquet)(self.out / DOCUMENTS, self.out / FINDINGS)
        verdicts, states, day = summary.verdicts, summary.states, self.today.isoformat()
        sums = dating.sums.make_sums(day)
        course = Course([*self.history.trend, sums], self._describe_new())
        replace_file(self.out / PAGE, write_page(summary, course, self.lexicon.name, describe_unread(others)))
        self.history.keep_audit(sums, seen)
        manifest: dict[str, Any] = {
            "day": day,
            "handbook": self.lexicon.name,
            "sources": list(self.options.sources),
            "documents": sum(states.values()),
            "states": dict(sorted(states.items())),
            "verdicts": {name: verdicts[name] for name in VERDICTS},
            "other_files": dict(sorted(others.items())),
            "parts": list(names),
        }
        replace_file(self.out / MANIFEST, json.dumps(manifest, indent=2).encode() + b"\n")
        needs_work = any(verdicts[word] for word in VERDICTS if word != "keep")
        told = f"The results are in {self.out}."
        return AuditResult([_describe_result(verdicts, states, others)], needs_work, [told])

    def _describe_new(self) -> str:
        if self.since:
            return f"first found on {self.since} or later"
        return f"not found in the audit of {self.history.day}" if self.history.day else ""

    def _remove_old_parts(self, names: Sequence[str]) -> None:
        wanted = {f"{name}{ENDING}" for name in names}
        if self.parts.is_dir():
            for path in self.parts.iterdir():
                if path.name.endswith(ENDING) and path.name not in wanted:
                    path.unlink()


def _read_since(options: AuditOptions, today: datetime.date) -> tuple[str, Path | None]:
    """From which day on a finding is new, or ""; and the folder of the audit to go on from, if it's another one."""
    since, baseline = options.since, options.baseline
    try:
        day = datetime.date.fromisoformat(since).isoformat() if since else ""
    except ValueError:
        try:
            last = datetime.date.fromisoformat((read_json(Path(since) / MANIFEST) or {}).get("day", ""))
        except (ValueError, TypeError, AttributeError):
            raise OnevoiceError(
                f"{since}: this is no day and no finished audit. Write a day as YYYY-MM-DD, or name an --out folder."
            ) from None
        day = (last + datetime.timedelta(days=1)).isoformat()
        baseline = baseline or ("" if has_history(options.out, today) else since)
    other = Path(baseline) if baseline else None
    return day, other if other and other.resolve() != options.out.resolve() else None


def _describe_result(verdicts: Counter[str], states: Counter[str], others: dict[str, int]) -> str:
    total = sum(states.values())
    chosen = ", ".join(f"{word} {verdicts[word]:,}" for word in reversed(VERDICTS))
    line = f"{total:,} document{'s' * (total != 1)}: {chosen}."
    if failed := states["failed"]:
        line += f" {failed:,} could not be read."
    if skipped := states["skipped"]:
        line += f" {skipped:,} skipped."
    return line + (f" Not documents: {found}." if (found := describe_unread(others)) else "")


def diff_audits(old: Path, new: Path) -> AuditResult:
    """What has changed between two finished audits. Raises OnevoiceError if one isn't there."""
    found = compare_audits(*(iter_all_rows(folder, read_part_names(folder)) for folder in (old, new)))
    return AuditResult([*describe_diff(found)], bool(found.new))
