"""What our own rules find in documents: remembered from the last run if nothing has changed, on two processors."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import gc
import hashlib
import marshal
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice import cache, process
from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, Span
from onevoice.lint import excerpt, rules, terms
from onevoice.lint.issue import Issue
from onevoice.prose.read import is_archive, read_prose

if TYPE_CHECKING:
    from onevoice.prose.block import Prose
    from onevoice.run.lexicon import Lexicon

# Findings and results as plain data, for a cache and for another process.
FindingData = tuple[
    tuple[str, str, str], tuple[int, int, int, int], tuple[str, str, tuple[str, ...], str, str, str, int, str]
]
ResultData = tuple[list[FindingData], bool, bool]

CACHE_SECTION = "results"
# From how many bytes on a run is worth a second process, and from how many files on its results are kept.
PARALLEL_BYTES, CACHE_MIN_FILES = 400_000, 20
# How many documents' results a handbook keeps.
MAX_RESULTS = 20_000


@dataclasses.dataclass(frozen=True, slots=True)
class InputFile:
    """A document to lint: as the user named it, and its bytes."""

    path: str
    data: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class CheckResult:
    """What our rules find in a document, before suppressions.

    has_comments: it has comments that may suppress something. is_unreadable: it could not be read; the findings say
    why.
    """

    findings: list[Finding]
    has_comments: bool = False
    is_unreadable: bool = False


def check_document(file: InputFile, lexicon: Lexicon, today: datetime.date) -> CheckResult:
    """What our rules find in one document. Never raises: what goes wrong with a document is a finding on it alone."""
    try:
        return _check_prose(file, read_prose(file.path, file.data), lexicon, today)
    except OnevoiceError as error:
        return CheckResult([make_read_error(file.path, error)], is_unreadable=True)
    except Exception as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        message = f"onevoice could not check this file ({said}). Leave it out, and please report this."
        return CheckResult([Finding("file", "error", file.path, Span(1, 1, 1, 1), "", message)], is_unreadable=True)


def _check_prose(file: InputFile, prose: Prose, lexicon: Lexicon, today: datetime.date) -> CheckResult:
    if is_archive(file.path) and not prose.blocks:
        # It must not pass for clean: nobody has read it.
        said = "this file has no text. If its words are in pictures, they are not checked."
        return CheckResult([Finding("file", "warning", file.path, Span(1, 1, 1, 1), "", said)], is_unreadable=True)
    draft = rules.Draft(prose, lexicon.matcher, today, lexicon.build_url)
    found = terms.check_terms(prose, lexicon.matcher, today, lexicon.build_term_url)
    issues = rules.check_draft(draft, lexicon.facts)
    found += (item.finding if isinstance(item, Issue) else item for item in issues)
    commented = any("vale" in comment.text for comment in prose.comments)
    return CheckResult(excerpt.add_places(prose.places, excerpt.add_excerpts(prose.source, found)), commented)


def make_read_error(path: str, error: OnevoiceError) -> Finding:
    """The finding on a file that cannot be read."""
    match = re.match(r"(?::(\d+))?(?:: )?", text := str(error).removeprefix(path))
    line = int(match[1] or 1) if match else 1
    return Finding("file", "error", path, Span(line, 1, line, 1), "", text[match.end() :] if match else text)


def check_documents(
    documents: Sequence[InputFile],
    lexicon: Lexicon,
    today: datetime.date,
    *,
    remember: bool = True,
    progress: Callable[[int], None] = lambda count: None,
) -> list[CheckResult]:
    """What our rules find in each document, in the order given; the same on one processor and on two.

    remember: take what the last run found in documents that have not changed. progress: told how many are done.
    """
    memory = _ResultCache(lexicon, today) if remember and len(documents) >= CACHE_MIN_FILES else None
    known = [memory.get(file) if memory else None for file in documents]
    new = [file for file, result in zip(documents, known, strict=True) if result is None]
    done = len(documents) - len(new)
    progress(done)
    fresh = iter(_check_in_parallel(new, lexicon, today, lambda count: progress(done + count)))
    results = [result or next(fresh) for result in known]
    if memory:
        memory.put(documents, results, changed=bool(new))
    return results


def _check_in_parallel(
    documents: Sequence[InputFile], lexicon: Lexicon, today: datetime.date, progress: Callable[[int], None]
) -> list[CheckResult]:
    size = sum(len(file.data) for file in documents)
    if size < PARALLEL_BYTES or len(documents) < 2 or process.count_processors() < 2:
        return _check_batch(documents, lexicon, today, progress)
    half, seen = 0, 0
    while seen < size / 2:
        seen += len(documents[half].data)
        half += 1
    half = min(half, len(documents) - 1)
    lexicon.matcher.warm_up()
    # What stays until the end is not looked through again and again, and stays shared by the two processes.
    gc.freeze()
    given = lexicon if process.START_METHOD == "fork" else lexicon.folder
    with process.Worker(_check_in_worker, documents[half:], given, today) as other:
        first = _check_batch(documents[:half], lexicon, today, lambda count: progress(count * len(documents) // half))
        data = other.result()
    if data:
        return first + [_decode_result(plain) for plain in marshal.loads(data)]
    # The other process has ended without a word; what is wrong will show itself here.
    return first + _check_batch(documents[half:], lexicon, today, progress)


def _check_batch(
    documents: Sequence[InputFile], lexicon: Lexicon, today: datetime.date, progress: Callable[[int], None]
) -> list[CheckResult]:
    found = []
    for count, file in enumerate(documents, 1):
        found.append(check_document(file, lexicon, today))
        progress(count)
    return found


def _check_in_worker(documents: Sequence[InputFile], given: Lexicon | Path, today: datetime.date) -> bytes:
    """What the second process does. given: the lexicon, or the folder of its handbook if nothing is inherited."""
    from onevoice.run.lexicon import read_lexicon

    lexicon = read_lexicon(given) if isinstance(given, Path) else given
    return marshal.dumps([_encode_result(one) for one in _check_batch(documents, lexicon, today, lambda count: None)])


class _ResultCache:
    """The results of earlier runs with this handbook, by what the documents hold."""

    def __init__(self, lexicon: Lexicon, today: datetime.date) -> None:
        # A day counts only if something of the handbook begins or ends on one.
        passed = sum(day <= today.isoformat() for day in lexicon.days)
        self._cache_key = f"{lexicon.key}-{passed}"
        self._results_by_digest: dict[bytes, ResultData] = {}
        if data := cache.get(CACHE_SECTION, self._cache_key):
            # A damaged file is made again.
            with contextlib.suppress(ValueError, EOFError, TypeError):
                self._results_by_digest = marshal.loads(data)

    def get(self, file: InputFile) -> CheckResult | None:
        plain = self._results_by_digest.get(_hash_file(file))
        return None if plain is None else _decode_result(plain)

    def put(self, documents: Sequence[InputFile], results: Sequence[CheckResult], *, changed: bool) -> None:
        if not changed:
            return
        used = {_hash_file(file): _encode_result(result) for file, result in zip(documents, results, strict=True)}
        rest = [(key, value) for key, value in self._results_by_digest.items() if key not in used]
        room = max(MAX_RESULTS - len(used), 0)
        cache.put(
            CACHE_SECTION,
            self._cache_key,
            marshal.dumps(dict(rest[len(rest) - room :] if room < len(rest) else rest) | used),
        )


def _hash_file(file: InputFile) -> bytes:
    digest = hashlib.blake2b(file.path.encode("utf-8", "surrogateescape") + b"\0", digest_size=16)
    digest.update(file.data)
    return digest.digest()


def _encode_result(result: CheckResult) -> ResultData:
    return [_encode_finding(finding) for finding in result.findings], result.has_comments, result.is_unreadable


def _decode_result(plain: ResultData) -> CheckResult:
    found, commented, broken = plain
    return CheckResult(
        [Finding(head[0], head[1], head[2], Span(*span), *tail) for head, span, tail in found], commented, broken
    )


def _encode_finding(finding: Finding) -> FindingData:
    span = finding.span
    head = (finding.rule, finding.level, finding.path)
    tail = (finding.match, finding.message, finding.replacements, finding.link, finding.reason)
    more = (finding.excerpt, finding.excerpt_column, finding.fingerprint)
    return head, (span.line, span.column, span.end_line, span.end_column), (*tail, *more)
