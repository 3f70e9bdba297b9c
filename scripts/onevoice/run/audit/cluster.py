"""Partitions on Dask: the workers read the documents and write the parts, and nothing but counts comes back.

Each worker needs the sources, the handbook and the folder of the results under the same paths, and the same onevoice.
"""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from onevoice.audit.part import ENDING
from onevoice.audit.plan import Entry
from onevoice.disk import replace_file
from onevoice.errors import OnevoiceError
from onevoice.run.audit.work import Partition, Task, iter_parts
from onevoice.run.lexicon import Lexicon, read_lexicon

LOCAL = "local"
# Partitions that wait at each worker: one while it does another. And how often one is tried again.
_WINDOW, _RETRIES = 2, 2


def run_on_dask(
    address: str, partitions: Sequence[Partition], lexicon: Lexicon, task: Task, *, workers: int,
    progress: Callable[[int], None],
) -> None:  # fmt: skip
    """Make the parts on a cluster. address: of its scheduler, or `local` for one on this machine that ends with us.

    Raises OnevoiceError if Dask isn't installed or can't be reached, or a partition fails again and again.
    """
    distributed = _import_dask()
    try:
        with _connect(distributed, address, workers) as client:
            waiting = iter(partitions)
            window = _WINDOW * max(len(client.scheduler_info()["workers"]), 1)

            def submit_next(count: int) -> Iterator[Any]:
                for _, (name, entries) in zip(range(count), waiting, strict=False):
                    given = (Path.cwd(), lexicon.folder, lexicon.key, name, entries, task)
                    yield client.submit(make_part, *given, pure=False, retries=_RETRIES)

            done = 0
            futures = distributed.as_completed([*submit_next(window)])
            for future in futures:
                done += future.result()
                progress(done)
                for following in submit_next(1):
                    futures.add(following)
    except OnevoiceError:
        raise
    except Exception as error:
        raise OnevoiceError(f"--dask {address}: {error}. Run the same command again to go on.") from None


def _import_dask() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise OnevoiceError('Dask is not installed. Get it with `pip install "onevoice[audit-dask]"`.') from None


def _connect(distributed: Any, address: str, workers: int) -> Any:
    if address == LOCAL:
        # Its processes read one document at a time, each behind the fence.
        return distributed.Client(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50)
    return distributed.Client(address, timeout=10)


def make_part(place: Path, handbook: Path, key: str, name: str, entries: Sequence[Entry], task: Task) -> int:
    """Write one part, on a worker; how many documents it has. place: the folder from which all paths are."""
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
