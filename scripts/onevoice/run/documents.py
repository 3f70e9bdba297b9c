"""What our own rules find in documents: remembered if nothing has changed, or found behind a fence."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import hashlib
import marshal
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from onevoice import cache
from onevoice.errors import OnevoiceError
from onevoice.fence.here import Loss
from onevoice.finding import Finding, Span
from onevoice.lint import excerpt, rules, sieve, terms
from onevoice.lint.issue import Issue
from onevoice.matcher.language import find_stated_language
from onevoice.prose.read import is_archive, read_prose
from onevoice.prose.slices import find_slices
from onevoice.run.packed import pack_findings, unpack_findings
from onevoice.run.pieces import make_loss_error, process_documents

if TYPE_CHECKING:
    from onevoice.matcher.matcher import Matcher
    from onevoice.prose.block import Prose
    from onevoice.run.lexicon import Lexicon

CACHE_SECTION = "results"
# From how many files on the results of a run are kept.
CACHE_MIN_FILES = 20
# From how many bytes on documents are sifted before they are read. What is needed for that takes as long to make as it
# takes to read a tenth of this.
SIFTED_BYTES = 2_000_000
# How many documents are looked at to see whether to sift all, and how much of each.
SAMPLE_SIZE, SAMPLE_BYTES = 24, 5_000
# How many parts of a document that could not be read are named.
MAX_UNREAD_SHOWN = 5
# How many documents' results a handbook keeps.
MAX_RESULTS = 20_000


@dataclasses.dataclass(frozen=True, slots=True)
class InputFile:
    """A document to lint: as the user named it, its bytes, and as in prose.block.Prose an ending."""

    path: str
    data: bytes
    ending: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class CheckResult:
    """What our rules find in a document, before suppressions.

    has_comments: it has comments that may suppress something. is_unreadable: it could not be read; the findings say
    why. language: the tag of the one that it states, or "".
    """

    findings: list[Finding]
    has_comments: bool = False
    is_unreadable: bool = False
    language: str = ""


def check_prose(file: InputFile, prose: Prose, lexicon: Lexicon, today: datetime.date, excerpts: bool) -> CheckResult:
    """What our rules find in a document that was read, before suppressions. excerpts: add them, and fingerprints."""
    unread = [_make_unread_warning(file.path, prose)] if prose.unread else []
    if is_archive(file.path) and not prose.blocks:
        # It must not pass for clean: nobody has read it.
        said = "this file has no text. If its words are in pictures, they are not checked."
        nothing = Finding("file", "warning", file.path, Span(1, 1, 1, 1), "", said)
        return CheckResult(unread or [nothing], is_unreadable=True)
    if not (prose.blocks or prose.meta or prose.comments):
        return CheckResult([])
    draft = rules.Draft(prose, lexicon.matcher, today, lexicon.build_url)
    found = terms.check_terms(prose, lexicon.matcher, today, lexicon.build_term_url)
    issues = rules.check_draft(draft, lexicon.facts)
    found += (item.finding if isinstance(item, Issue) else item for item in issues)
    commented = any("vale" in comment.text for comment in prose.comments)
    if excerpts:
        found = excerpt.add_excerpts(prose.source, found)
    return CheckResult(unread + excerpt.add_places(prose.places, found), commented)


def _make_unread_warning(path: str, prose: Prose) -> Finding:
    shown = "; ".join(prose.unread[:MAX_UNREAD_SHOWN])
    rest = len(prose.unread) - MAX_UNREAD_SHOWN
    more = f"; and {rest} more" if rest > 0 else ""
    return Finding("file", "warning", path, Span(1, 1, 1, 1), "", f"not read: {shown}{more}. Check that yourself.")


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
    excerpts: bool = True,
    progress: Callable[[int], None] = lambda count: None,
) -> list[CheckResult]:
    """What our rules find in each document, in the order given; the same on one processor and on two.

    remember: take what the last run found in documents that have not changed. excerpts: add them, and fingerprints, to
    the findings. progress: told how many are done.
    Never raises for a document: what goes wrong with one is a finding on it alone.
    """
    memory = _ResultCache(lexicon, today, excerpts) if remember and len(documents) >= CACHE_MIN_FILES else None
    known = {number: data for number, file in enumerate(documents) if memory and (data := memory.get(file))}
    results = {number: _decode_result(data) for number, data in known.items()}
    new = [number for number in range(len(documents)) if number not in known]
    progress(len(known))
    sifts = _is_worth_sifting([documents[number] for number in new], lexicon.matcher)
    piece = functools.partial(_check_document, today=today, sifts=sifts, excerpts=excerpts)
    for place, outcome in process_documents(piece, [documents[number] for number in new], lexicon):
        number = new[place]
        if isinstance(outcome, Loss):
            finding = make_loss_error(documents[number].path, "check", outcome)
            results[number] = CheckResult([finding], is_unreadable=True)
            if outcome.is_limit:
                known[number] = _encode_result(results[number])
        else:
            known[number], results[number] = outcome, _decode_result(outcome)
        progress(len(results))
    if memory and new:
        memory.put({_hash_file(documents[number]): data for number, data in known.items()})
    return [results[number] for number in range(len(documents))]


def _is_worth_sifting(documents: Sequence[InputFile], matcher: Matcher) -> bool:
    """Whether most of the text need not be read: judged by a few documents, from the first to the last."""
    if sum(len(file.data) for file in documents) < SIFTED_BYTES:
        return False
    sample = documents[:: len(documents) // SAMPLE_SIZE + 1]
    texts = [file.data[:SAMPLE_BYTES].decode("utf-8", "replace") for file in sample]
    # What it takes is made here once for all the processes that are copied from this one.
    wanted = sum(_measure_wanted(text, matcher) for text in texts)
    return wanted * 2 <= sum(map(len, texts))


def _measure_wanted(text: str, matcher: Matcher) -> int:
    """How many characters of a document have to be read for its words."""
    places = sieve.find_places("", text, matcher, {})
    if not places:
        return 0
    slices = find_slices(text, 0, places)
    return len(text) if slices is None else sum(end - start for start, end in slices)


def _check_document(
    file: InputFile, lexicon: Lexicon, today: datetime.date, sifts: bool = False, excerpts: bool = True
) -> bytes:
    def find_places(path: str, source: str) -> Sequence[tuple[int, int]] | None:
        return sieve.find_places(path, source, lexicon.matcher, lexicon.facts)

    try:
        prose = read_prose(file.path, file.data, file.ending, find_places if sifts else None)
        result = check_prose(file, prose, lexicon, today, excerpts)
    except OnevoiceError as error:
        result = CheckResult([make_read_error(file.path, error)], is_unreadable=True)
    return _encode_result(result, find_stated_language(file.data))


class _ResultCache:
    """The results of earlier runs with this handbook, by what the documents hold."""

    def __init__(self, lexicon: Lexicon, today: datetime.date, excerpts: bool) -> None:
        # A day counts only if something of the handbook begins or ends on one.
        passed = sum(day <= today.isoformat() for day in lexicon.days)
        self._cache_key = f"{lexicon.key}-{passed}{'' if excerpts else '-bare'}"
        self._results_by_digest: dict[bytes, bytes] = {}
        if data := cache.get(CACHE_SECTION, self._cache_key):
            # A damaged file is made again.
            with contextlib.suppress(ValueError, EOFError, TypeError):
                self._results_by_digest = marshal.loads(data)

    def get(self, file: InputFile) -> bytes | None:
        return self._results_by_digest.get(_hash_file(file))

    def put(self, used: dict[bytes, bytes]) -> None:
        """Keep the results of this run, and those of earlier ones as long as there is room."""
        rest = [(key, value) for key, value in self._results_by_digest.items() if key not in used]
        room = max(MAX_RESULTS - len(used), 0)
        kept = dict(rest[len(rest) - room :] if room < len(rest) else rest)
        cache.put(CACHE_SECTION, self._cache_key, marshal.dumps(kept | used))


def _hash_file(file: InputFile) -> bytes:
    digest = hashlib.blake2b(f"{file.path}\0{file.ending}\0".encode("utf-8", "surrogateescape"), digest_size=16)
    digest.update(file.data)
    return digest.digest()


def _encode_result(result: CheckResult, language: str = "") -> bytes:
    """A result as plain data, for a cache and for another process. language: that of the document."""
    return marshal.dumps((pack_findings(result.findings), result.has_comments, result.is_unreadable, language))


def _decode_result(data: bytes) -> CheckResult:
    packed, *rest = marshal.loads(data)
    return CheckResult(unpack_findings(packed), *rest)
