"""Vale over many files: one file at which it stops, or that is too slow for it, takes the style of no other away.

Vale prints what it found at its very end, so a run that fails says nothing of any file. Its files are then shared among
new runs until the cause is alone. All runs together are bounded, in number and in seconds.
"""

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.program import ProgramLimits, ProgramResult, run_program
from onevoice.vale.alerts import Alert, read_alerts
from onevoice.vale.matter import Verdict
from onevoice.vale.resolve import Vale

# How much of a command line file names may take, in characters.
MAX_COMMAND_CHARS = 20_000 if sys.platform == "win32" else 500_000
# From how many bytes on, and how often shorter than itself when packed, a text repeats itself as no prose does.
SUSPECT_BYTES, SUSPECT_RATIO = 2000, 12


class Shown(NamedTuple):
    """A document as Vale is shown it.

    name: as the command names it, always with a folder, so that Vale never takes it for an option or a command of its
    own. place: the folder that Vale runs in; None: the current one.
    """

    name: str
    place: Path | None = None

    @property
    def normal_name(self) -> str:
        return os.path.normpath(self.name)


class Unchecked(NamedTuple):
    """Why the style of a document was not checked. is_cause: the document itself is why, and will be so again.

    is_front: it is because of the front matter, that of this document if is_cause; without it, Vale may read the rest.
    """

    why: str
    is_cause: bool = True
    is_front: bool = False


class _Failure(NamedTuple):
    """How a run failed. limit: beyond which of its limits it went, or "". culprit: the document that it names."""

    why: str
    limit: str = ""
    culprit: Shown | None = None


class _Turn(NamedTuple):
    """Documents to run Vale over. suspects: the one that must be why the last run failed, if they do not fail again."""

    batch: list[Shown]
    suspects: list[Shown] = []  # noqa: RUF012 - never changed
    failure: _Failure = _Failure("")


class ValeSession:
    """Runs of one Vale with one configuration.

    own: the configuration. home: the handbook's .vale.ini, for messages; None if it has none. probe: a harmless text.
    """

    def __init__(self, vale: Vale, own: Path, home: Path | None, probe: Path) -> None:
        self._vale, self._own, self._home, self._probe = vale, own, home, probe
        self._seconds = self._end = 0.0
        self._is_sound = False

    def check_documents(
        self, texts: Mapping[Shown, str], fronts: Mapping[Shown, Verdict] = MappingProxyType({})
    ) -> dict[Shown, list[Alert] | Unchecked]:
        """Vale's alerts on each document, or why there are none. texts: what Vale reads.

        fronts: the documents with front matter, and whether Vale can read that. If it stops at one, all that may be
        like it are left out, so that this happens twice at most.
        Raises OnevoiceError, in one line, if Vale does not even read a harmless text.
        """
        sizes = {shown: len(text.encode("utf-8", "replace")) for shown, text in texts.items()}
        # What there is to read takes its time; what goes wrong gets so much more.
        self._seconds = limits.VALE_SECONDS + sum(sizes.values()) / limits.VALE_BYTES_PER_SECOND
        self._end = time.monotonic() + self._seconds
        turns = deque(_Turn(batch) for batch in _split_batches(sizes))
        results: dict[Shown, list[Alert] | Unchecked] = {}
        fresh, retries = len(turns), 0
        while turns:
            turn = turns.popleft()
            batch = turn.batch
            fresh -= 1
            retries += fresh < 0
            if given_up := self._find_spent_limit(retries):
                results |= dict.fromkeys((*batch, *turn.suspects), given_up)
                continue
            done = self._run_batch(batch, sum(sizes[one] for one in batch), is_retry=fresh < 0)
            if not isinstance(done, _Failure):
                results |= done
                results |= dict.fromkeys(turn.suspects, _blame(turn.failure))
                continue
            turns.extend([_Turn(turn.suspects)] if turn.suspects else [])
            if done.culprit:
                doubtful = _list_doubtful(batch, fronts, done.culprit)
                results |= dict.fromkeys(doubtful, Unchecked(done.why, is_cause=False, is_front=True))
                results[done.culprit] = Unchecked(done.why, is_front=True)
                rest = [one for one in batch if one not in doubtful]
                turns.extend([_Turn(rest)] if rest else [])
            elif len(batch) == 1 and done.limit:
                results[batch[0]] = _blame(done)
            else:
                self._require_sound_vale()
                if len(batch) == 1:
                    results[batch[0]] = _blame(done)
                else:
                    turns.extend(_split_suspects(batch, texts, done))
        return results

    def _find_spent_limit(self, retries: int) -> Unchecked | None:
        """Why no further run may start; None if one may."""
        if time.monotonic() >= self._end:
            limit = f"{self._seconds:.0f} seconds"
        elif retries > limits.MAX_VALE_RETRIES:
            limit = f"{limits.MAX_VALE_RETRIES} more starts of Vale"
        else:
            return None
        return Unchecked(f"the style check reached its limit of {limit}. Check fewer files at once.", is_cause=False)

    def _require_sound_vale(self) -> None:
        """Raise OnevoiceError if Vale stops whatever it reads."""
        if self._is_sound:
            return
        failure = self._run_batch([Shown(str(self._probe))], 0, is_retry=True)
        if isinstance(failure, _Failure):
            raise OnevoiceError(failure.why if failure.why.endswith(".") else f"{failure.why}.")
        self._is_sound = True

    def _run_batch(self, batch: Sequence[Shown], size: int, *, is_retry: bool) -> dict[Shown, list[Alert]] | _Failure:
        """Vale's alerts on documents in one place, of so many bytes."""
        start = limits.VALE_RETRY_SECONDS if is_retry else limits.VALE_START_SECONDS
        reading = size / limits.VALE_BYTES_PER_SECOND
        # A busy machine gives Vale a part of the time only.
        seconds = min(limits.VALE_START_SECONDS * 1.5 + 3 * reading, max(self._end - time.monotonic(), 1))
        allowed = ProgramLimits(seconds, start + reading, limits.VALE_MEMORY, limits.VALE_OUTPUT)
        command = [self._vale.path.absolute(), "--output=JSON", "--no-exit", "--no-global", f"--config={self._own}"]
        try:
            done = run_program([*command, *(one.name for one in batch)], allowed, folder=batch[0].place)
        except OSError as error:
            raise OnevoiceError(f"{self._vale} does not start: {error.strerror or error}.") from None
        if done.stopped_by:
            return _Failure(self._explain_limit(done.stopped_by, allowed), done.stopped_by)
        try:
            if done.code == 0:
                answer = read_alerts(json.loads(done.stdout))
                by_name = {os.path.normpath(path): alerts for path, alerts in answer.items()}
                return {one: by_name.get(one.normal_name, []) for one in batch}
        except (ValueError, RecursionError):
            return _Failure(f"{self._vale} stopped: its answer is damaged")
        return self._find_culprit(done, batch) or _Failure(self._explain_failure(done))

    def _explain_limit(self, limit: str, allowed: ProgramLimits) -> str:
        what = {
            "time": f"did not finish within {round(allowed.cpu_seconds or 0, 1):g} seconds of processor time",
            "memory": f"needs more than {limits.VALE_MEMORY // 1_000_000} MB of memory",
            "output": f"finds so much that it takes more than {limits.VALE_OUTPUT // 1_000_000} MB",
        }[limit]
        return f"{self._vale} {what}"

    def _find_culprit(self, done: ProgramResult, batch: Sequence[Shown]) -> _Failure | None:
        """The failure if Vale names one of the documents: its front matter is not YAML."""
        try:
            error = json.loads(done.stderr[done.stderr.index(b"{") :])
            path, text = os.path.normpath(error["Path"]), " ".join(error["Text"].split())
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        for one in batch:
            if path in (one.normal_name, os.path.normpath((one.place or Path.cwd()) / one.name)):
                return _Failure(text, culprit=one)
        return None

    def _explain_failure(self, done: ProgramResult) -> str:
        said = done.stderr.decode("utf-8", "replace").strip()
        try:
            error = json.loads(said[said.index("{") :])
            text, path, line = error["Text"].strip(), error["Path"], error["Line"]
            place = Path(path) if path else None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            first = next((line for line in said.splitlines() if line.strip()), f"exit code {done.code}")
            return f"{self._vale} stopped: {first[:300]}"
        # An error without a place is told in paragraphs: its code, what is wrong, and that it stopped.
        text = " ".join((text.split("\n\n")[1] if "\n\n" in text else text).split())[:300]
        fix = ""
        if "does not exist on StylesPath" in text:
            fix = " Run `make site` or `vale sync` to get the packages that the file names."
        if not place or place == self._own:
            name = self._home.name if self._home else "Vale's configuration"
            return f"{name}: {text}.{fix}"
        inside = self._own.parent
        shown = place.relative_to(inside) if place.is_relative_to(inside) else place
        return f"{shown.as_posix()}:{line}: {text}. This is a style rule that Vale reads.{fix}"


def _list_doubtful(batch: Sequence[Shown], fronts: Mapping[Shown, Verdict], culprit: Shown) -> set[Shown]:
    """The documents of a batch whose front matter Vale may not read, either, since it stops at that of the culprit."""
    if culprit not in fronts:
        return {culprit}
    # If we were wrong about one, we may be about all.
    is_expected = fronts[culprit] is Verdict.UNCERTAIN
    return {one for one in batch if one in fronts and (fronts[one] is Verdict.UNCERTAIN or not is_expected)}


def _blame(failure: _Failure) -> Unchecked:
    why = failure.why.rstrip(".: ")
    if failure.limit:
        return Unchecked(f"{why}. Split this file, or leave it out.")
    return Unchecked(f"Vale stops at this file: {why}.")


def _split_batches(sizes: Mapping[Shown, int]) -> Iterator[list[Shown]]:
    """The documents in turns: those of one place, as many as fit into a command and a run."""
    by_place: dict[Path | None, list[Shown]] = {}
    for one in sizes:
        by_place.setdefault(one.place, []).append(one)
    for batch in by_place.values():
        part: list[Shown] = []
        chars = size = 0
        for one in batch:
            if part and (chars + len(one.name) > MAX_COMMAND_CHARS or size + sizes[one] > limits.VALE_BATCH_BYTES):
                yield part
                part, chars, size = [], 0, 0
            part.append(one)
            chars += len(one.name) + 3
            size += sizes[one]
        yield part


def _split_suspects(batch: Sequence[Shown], texts: Mapping[Shown, str], failure: _Failure) -> list[_Turn]:
    """A batch in two: those whose texts repeat themselves, as what is slow for Vale does, and the others; or halves.

    If there is one such text, and Vale went beyond a limit, it need not be tried again to know that it is why: that
    would take as long once more.
    """
    suspects = [one for one in batch if _is_suspect(texts[one])]
    if 0 < len(suspects) < len(batch):
        others = [one for one in batch if one not in set(suspects)]
        if len(suspects) == 1 and failure.limit:
            return [_Turn(others, suspects, failure)]
        return [_Turn(others), _Turn(suspects)]
    half = len(batch) // 2
    return [_Turn(list(batch[:half])), _Turn(list(batch[half:]))]


def _is_suspect(text: str) -> bool:
    data = text.encode("utf-8", "replace")
    return len(data) > SUSPECT_BYTES and len(data) > SUSPECT_RATIO * len(zlib.compress(data, 1))
