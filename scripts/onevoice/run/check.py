"""What is wrong with a handbook: remembered if nothing has changed, or looked for."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import hashlib
import marshal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice import cache, process
from onevoice.finding import Finding
from onevoice.load.walk import read_pictures
from onevoice.run.ahead import read_ahead
from onevoice.run.handbook import current_date, inspect_records, read_handbook
from onevoice.run.inspect import has_many_records, inspect_meanwhile
from onevoice.run.layers import hash_inputs, list_layers, read_layer_files
from onevoice.run.lexicon import Lexicon, hash_records, keep_lexicon, make_lexicon, recall_lexicon
from onevoice.run.packed import pack_findings, unpack_findings

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook

CACHE_SECTION, PROVEN_SECTION = "check", "proven"


@dataclass(frozen=True)
class CheckReport:
    """What a check has found.

    findings: all of them; the rules' that are tested are among them. counts: how many records there are of
    each kind. pictures: the files besides YAML that records name, by their paths below the content folder.
    pictures_hash: of what they hold.
    """

    findings: Sequence[Finding]
    counts: Mapping[str, int]
    pictures: tuple[str, ...]
    pictures_hash: str

    @property
    def has_errors(self) -> bool:
        return _have_errors(self.findings)


def check_handbook(
    folder: Path, *, strict: bool = False, with_vale: bool = False, say: Callable[[str], None] = lambda line: None
) -> CheckReport:
    """Every problem of the handbook in a folder, and whether each avoided word is found where it should be.

    strict: warnings are errors. with_vale: test the words with Vale, too. say: told what Vale was shown.
    Raises DataError if the handbook extends one that cannot be found, and MissingToolError if Vale is not installed.
    """
    today = current_date()
    layers = list_layers(folder)
    roots = [layer.folder for layer in layers]
    inputs = hash_inputs(layers)
    key = f"{inputs}-{today}{'-strict' if strict else ''}"
    report = None if with_vale else _recall_report(key, roots)
    if report is None:
        read_ahead(file for layer in layers for file in read_layer_files(layer))
        report = _make_report(folder, today, strict, with_vale, say)
        # Someone may have saved a file since it was hashed.
        if not with_vale and hash_inputs(list_layers(folder)) == inputs:
            values = (pack_findings(report.findings), dict(report.counts), report.pictures, report.pictures_hash)
            cache.put(CACHE_SECTION, key, marshal.dumps(values))
    return report


def _recall_report(key: str, roots: Sequence[Path]) -> CheckReport | None:
    """What was found when the records were the same, if the pictures that they name are, too."""
    try:
        data = cache.get(CACHE_SECTION, key)
        if not data:
            return None
        packed, counts, pictures, pictures_hash = marshal.loads(data)
        report = CheckReport(unpack_findings(packed), counts, pictures, pictures_hash)
    except (ValueError, EOFError, TypeError):
        return None  # A damaged file is made again.
    return report if _hash_pictures(*read_pictures(pictures, roots)) == pictures_hash else None


@process.gc_paused()
def _make_report(
    folder: Path, today: datetime.date, strict: bool, with_vale: bool, say: Callable[[str], None]
) -> CheckReport:
    from onevoice.records import KINDS
    from onevoice.run.selftest import run_vale_selftest

    key = hash_records(folder)
    handbook = read_handbook(folder)
    counts = {kind: len(handbook.list_records(kind)) for kind in KINDS}
    in_parallel = has_many_records(handbook)
    findings, lexicon = (_inspect_in_parallel if in_parallel else _inspect)(folder, key, handbook, today)
    if strict:
        findings = [dataclasses.replace(finding, level="error") for finding in findings]
    if lexicon and not _have_errors(findings):
        findings += _run_selftest_and_keep(handbook, lexicon, today, in_parallel)
        if with_vale:
            findings += run_vale_selftest(handbook, lexicon.matcher, today, say)
    process.hold_to_end(handbook, lexicon)
    loaded = handbook.load_result
    names = tuple(dict.fromkeys(name for record, _ in loaded.records for _, name in record.iter_files()))
    return CheckReport(findings, counts, names, _hash_pictures(loaded.files, loaded.refused_files))


def _have_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.level == "error" for finding in findings)


def _inspect(folder: Path, key: str, handbook: Handbook, today: datetime.date) -> tuple[list[Finding], Lexicon | None]:
    """What is wrong with the records, and, if nothing is, their lexicon."""
    findings = inspect_records(handbook, today)
    return findings, None if _have_errors(findings) else _find_lexicon(folder, key, handbook)


def _inspect_in_parallel(
    folder: Path, key: str, handbook: Handbook, today: datetime.date
) -> tuple[list[Finding], Lexicon | None]:
    """The same with a second process: it looks at the records while this one makes the lexicon, maybe in vain."""
    if _have_errors(handbook.load_result.findings):
        return _inspect(folder, key, handbook, today)
    return inspect_meanwhile(handbook, today, lambda: _find_lexicon(folder, key, handbook))


def _find_lexicon(folder: Path, key: str, handbook: Handbook) -> Lexicon:
    return recall_lexicon(folder, key) or make_lexicon(folder, key, handbook)


def _run_selftest_and_keep(
    handbook: Handbook, lexicon: Lexicon, today: datetime.date, in_parallel: bool
) -> list[Finding]:
    """What the self-test finds; meanwhile, if there's a process for it, the lexicon is kept for a lint."""
    from onevoice.lint import selftest

    key = selftest.hash_trials(handbook, lexicon.words_key, today)
    is_kept = recall_lexicon(lexicon.folder, lexicon.key) is not None
    if cache.get(PROVEN_SECTION, key):
        # The same words have been tried before, and written down.
        if not is_kept:
            keep_lexicon(lexicon)
        return []
    with process.Worker(keep_lexicon, lexicon) if in_parallel and not is_kept else contextlib.nullcontext() as worker:
        if not is_kept and worker is None:
            keep_lexicon(lexicon)
        found = list(selftest.run_selftest(handbook, lexicon.matcher, today))
        if not found:
            cache.put(PROVEN_SECTION, key, b"proven")
        if worker is not None:
            worker.result()
    return found


def _hash_pictures(files: Mapping[str, bytes], refused: Mapping[str, str]) -> str:
    """A hash of pictures and fonts, and of the reasons why others can't be used."""
    digest = hashlib.sha256()
    for name, data in [*sorted(files.items()), *((name, why.encode()) for name, why in sorted(refused.items()))]:
        digest.update(f"{name}\0{len(data)}\0{name in refused}\0".encode("utf-8", "surrogateescape") + data)
    return digest.hexdigest()
