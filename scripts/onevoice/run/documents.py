"""What our own rules find in documents: remembered from the last run where nothing has changed, on two processors."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import gc
import hashlib
import marshal
import re
import sys
from collections.abc import Callable, Sequence
from functools import cache as once
from pathlib import Path
from typing import TYPE_CHECKING

import onevoice
from onevoice import cache, process
from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, Span
from onevoice.lint import excerpt, rules, terms
from onevoice.prose import files
from onevoice.prose.read import office, read

if TYPE_CHECKING:
    from onevoice.run.lexicon import Lexicon

ROOM = "results"
# From how many bytes on a run is worth a second process, and from how many files on its results are kept.
LARGE, MANY = 400_000, 20
# How many documents' results a handbook keeps.
KEPT = 20_000


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """A document to lint: as the user named it, and its bytes."""

    path: str
    data: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """What our rules find in a document, before suppressions.

    commented: it has comments that may suppress something. broken: it could not be read; the findings say why.
    """

    findings: list[Finding]
    commented: bool = False
    broken: bool = False


def review(file: File, lexicon: Lexicon, today: datetime.date) -> Result:
    """What our rules find in one document."""
    try:
        prose = read(file.path, file.data)
    except OnevoiceError as error:
        return Result([unreadable(file.path, error)], broken=True)
    if office(file.path) and not prose.blocks:
        # It must not pass for clean: nobody has read it.
        said = "there is no text in this file; if its words are in pictures, nothing checks them"
        return Result([Finding("file", "warning", file.path, Span(1, 1, 1, 1), "", said)], broken=True)
    draft = rules.Draft(prose, lexicon.matcher, today, lexicon.address)
    found = terms.check(prose, lexicon.matcher, today, lexicon.link)
    found += rules.check(draft, lexicon.facts)
    commented = any("vale" in comment.text for comment in prose.comments)
    return Result(excerpt.named(prose.places, excerpt.placed(prose.source, found)), commented)


def unreadable(path: str, error: OnevoiceError) -> Finding:
    """The finding on a file that cannot be read."""
    line, message = re.fullmatch(r"(?::(\d+))?(?:: )?(.*)", str(error).removeprefix(path), re.S).groups()
    place = int(line or 1)
    return Finding("file", "error", path, Span(place, 1, place, 1), "", message)


def every(
    documents: Sequence[File],
    lexicon: Lexicon,
    today: datetime.date,
    *,
    remember: bool = True,
    progress: Callable[[int], None] = lambda count: None,
) -> list[Result]:
    """What our rules find in each document, in the order given; the same on one processor and on two.

    remember: take what the last run found in documents that have not changed. progress: told how many are done.
    """
    memory = _Memory(lexicon, today) if remember and len(documents) >= MANY else None
    known = [memory.get(file) if memory else None for file in documents]
    new = [file for file, result in zip(documents, known, strict=True) if result is None]
    done = len(documents) - len(new)
    progress(done)
    fresh = iter(_all(new, lexicon, today, lambda count: progress(done + count)))
    results = [result or next(fresh) for result in known]
    if memory:
        memory.put(documents, results, changed=bool(new))
    return results


def _all(
    documents: Sequence[File], lexicon: Lexicon, today: datetime.date, progress: Callable[[int], None]
) -> list[Result]:
    size = sum(len(file.data) for file in documents)
    if size < LARGE or len(documents) < 2 or process.processors() < 2:
        return _some(documents, lexicon, today, progress)
    half, seen = 0, 0
    while seen < size / 2:
        seen += len(documents[half].data)
        half += 1
    half = min(half, len(documents) - 1)
    lexicon.matcher.prepare()
    # What stands until the end is not looked through again and again, and stays shared by the two processes.
    gc.freeze()
    given = lexicon if process.WAY == "fork" else lexicon.folder
    with process.Beside(_other, documents[half:], given, today) as other:
        first = _some(documents[:half], lexicon, today, lambda count: progress(count * len(documents) // half))
        data = other.result()
    if data:
        return first + [_result(plain) for plain in marshal.loads(data)]
    # The other process has ended without a word; what is wrong will show itself here.
    return first + _some(documents[half:], lexicon, today, progress)


def _some(
    documents: Sequence[File], lexicon: Lexicon, today: datetime.date, progress: Callable[[int], None]
) -> list[Result]:
    found = []
    for count, file in enumerate(documents, 1):
        found.append(review(file, lexicon, today))
        progress(count)
    return found


def _other(documents: Sequence[File], given: Lexicon | Path, today: datetime.date) -> bytes:
    """What the second process does. given: the lexicon, or the folder of its handbook where nothing is inherited."""
    from onevoice.run.lexicon import read as read_lexicon

    lexicon = read_lexicon(given) if isinstance(given, Path) else given
    return marshal.dumps([_plain(one) for one in _some(documents, lexicon, today, lambda count: None)])


class _Memory:
    """The results of earlier runs with this handbook, by what the documents hold."""

    def __init__(self, lexicon: Lexicon, today: datetime.date) -> None:
        # A day counts only where something of the handbook begins or ends on one.
        passed = sum(day <= today.isoformat() for day in lexicon.days)
        self._name = hashlib.sha256(f"{lexicon.key}{code()}{passed}".encode()).hexdigest()
        self._known: dict[bytes, tuple] = {}
        if data := cache.get(ROOM, self._name):
            # A damaged file is made anew.
            with contextlib.suppress(ValueError, EOFError, TypeError):
                self._known = marshal.loads(data)

    def get(self, file: File) -> Result | None:
        plain = self._known.get(_digest(file))
        return None if plain is None else _result(plain)

    def put(self, documents: Sequence[File], results: Sequence[Result], *, changed: bool) -> None:
        if not changed:
            return
        used = {_digest(file): _plain(result) for file, result in zip(documents, results, strict=True)}
        rest = [(key, value) for key, value in self._known.items() if key not in used]
        room = max(KEPT - len(used), 0)
        cache.put(ROOM, self._name, marshal.dumps(dict(rest[len(rest) - room :] if room < len(rest) else rest) | used))


@once
def code() -> str:
    """A hash of the code that finds: what another onevoice has found is not believed."""
    package = Path(onevoice.__file__).parent
    rooms = (path for room in ("lint", "matcher", "prose") for path in package.glob(f"{room}/**/*.py"))
    parts = (package / "finding.py", *rooms)
    stamps = (f"{path.relative_to(package).as_posix()}\0{files.content(path).hex()}" for path in sorted(parts))
    return hashlib.sha256("\0".join((sys.implementation.cache_tag, *stamps)).encode()).hexdigest()


def _digest(file: File) -> bytes:
    digest = hashlib.blake2b(file.path.encode("utf-8", "surrogateescape") + b"\0", digest_size=16)
    digest.update(file.data)
    return digest.digest()


def _plain(result: Result) -> tuple:
    return [_fields(finding) for finding in result.findings], result.commented, result.broken


def _result(plain: tuple) -> Result:
    found, commented, broken = plain
    return Result([Finding(*head, Span(*span), *tail) for head, span, tail in found], commented, broken)


def _fields(finding: Finding) -> tuple:
    span = finding.span
    head = (finding.rule, finding.level, finding.path)
    tail = (finding.match, finding.message, finding.replacements, finding.link, finding.reason)
    more = (finding.excerpt, finding.excerpt_column, finding.fingerprint)
    return head, (span.line, span.column, span.end_line, span.end_column), (*tail, *more)
