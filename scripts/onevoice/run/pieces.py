"""Work on documents, one by one and behind the fence: short texts in this process, all others in others."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice.errors import OnevoiceError
from onevoice.fence.here import Loss, run_here
from onevoice.finding import Finding, Span
from onevoice.prose.read import is_archive, read_prose

if TYPE_CHECKING:
    from onevoice.prose.block import Prose
    from onevoice.run.documents import InputFile
    from onevoice.run.lexicon import Lexicon

Piece = Callable[["InputFile", "Lexicon"], bytes]

# From how many bytes on a run is worth a second process. A longer text than the other is never read in this process.
PARALLEL_BYTES, SHORT_BYTES = 400_000, 100_000


def process_documents(
    piece: Piece, documents: Sequence[InputFile], lexicon: Lexicon
) -> Iterator[tuple[int, bytes | Loss]]:
    """The number of each document, and what `piece` makes of it or why it makes nothing; in any order.

    piece: one that can be pickled, for systems on which a process can't be copied.
    """
    is_large = sum(len(file.data) for file in documents) >= PARALLEL_BYTES
    near = [] if is_large else [number for number, file in enumerate(documents) if _is_short_text(file)]
    yield from run_here(functools.partial(_run_piece, piece, documents, lexicon), near)
    far = sorted({*range(len(documents))} - {*near})
    if not far:
        return
    # A hook waits for each module that is loaded.
    from onevoice import process
    from onevoice.fence.workers import can_copy_process, run_fenced

    workers = 2 if is_large and len(far) > 1 and process.count_processors() > 1 else 1
    if is_large:
        lexicon.matcher.warm_up()
    files, given = [documents[number] for number in far], lexicon if can_copy_process() else lexicon.folder
    work = functools.partial(_run_piece, piece, files, given)
    for place, result in run_fenced(work, [len(file.data) for file in files], workers=workers):
        yield far[place], result


def read_documents(documents: Sequence[InputFile]) -> Iterator[Prose | str]:
    """What each document says, in the order given; or a line on why that can't be read."""
    results: dict[int, Prose | str] = {}

    def read_piece(number: int) -> bytes:
        file = documents[number]
        try:
            results[number] = read_prose(file.path, file.data, file.ending)
        except OnevoiceError as error:
            results[number] = str(error)
        return b""

    def note_losses(outcomes: Iterator[tuple[int, bytes | Loss]]) -> None:
        for number, outcome in outcomes:
            if isinstance(outcome, Loss):
                finding = make_loss_error(documents[number].path, "read", outcome)
                results[number] = f"{finding.path}: {finding.message}"

    note_losses(run_here(read_piece, [number for number, file in enumerate(documents) if _is_short_text(file)]))
    if far := [number for number in range(len(documents)) if number not in results]:
        from onevoice.fence.workers import run_fenced

        files = [documents[number] for number in far]
        outcomes = run_fenced(functools.partial(_try_to_read, files), [len(file.data) for file in files])
        note_losses((far[place], outcome) for place, outcome in outcomes)
        # What did no harm there does none here.
        note_losses(run_here(read_piece, [number for number in far if number not in results]))
    return (results[number] for number in range(len(documents)))


def _try_to_read(documents: Sequence[InputFile], number: int) -> bytes:
    with contextlib.suppress(OnevoiceError):
        read_prose(documents[number].path, documents[number].data, documents[number].ending)
    return b""


def make_loss_error(path: str, action: str, loss: Loss) -> Finding:
    """The finding on a file that stopped its reader. action: what was not done to it, such as "check"."""
    message = f"onevoice did not {action} this file: it {loss.reason}. {loss.advice}"
    return Finding("file", "error", path, Span(1, 1, 1, 1), "", message)


def _is_short_text(file: InputFile) -> bool:
    # A hook needn't wait for another process: no library in C reads the structure of a text.
    return len(file.data) <= SHORT_BYTES and not is_archive(file.path)


def _run_piece(piece: Piece, documents: Sequence[InputFile], given: Lexicon | Path, number: int) -> bytes:
    """given: the lexicon, or the folder of its handbook if nothing is inherited."""
    from onevoice.run.lexicon import read_lexicon

    return piece(documents[number], read_lexicon(given) if isinstance(given, Path) else given)
