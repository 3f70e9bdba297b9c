"""Partitions on Dask: the workers read the documents and write the parts, and nothing but counts comes back.

Each worker needs the sources, the handbook and the folder of the results under the same paths, and the same onevoice.
"""

from __future__ import annotations

import contextlib
import importlib
import itertools
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from onevoice import process
from onevoice.errors import OnevoiceError
from onevoice.run.audit.work import Partition, Task, make_part
from onevoice.run.lexicon import Lexicon

LOCAL = "local"
# Partitions that wait at each worker: one while it does another. And how often one is tried again.
_WINDOW, _RETRIES = 2, 2


def run_on_dask(
    address: str, partitions: Sequence[Partition], lexicon: Lexicon, task: Task, *, workers: int,
    progress: Callable[[int], None],
) -> None:  # fmt: skip
    """Make the parts on a cluster. address: of its scheduler, or `local` for one on this machine that ends with us."""
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise OnevoiceError('Dask is not installed. Get it with `pip install "onevoice[audit-dask]"`.') from None
    try:
        with _connect(distributed, address, workers) as client:
            try:
                _hand_out(distributed, client, partitions, (Path.cwd(), lexicon.folder, lexicon.key, task), progress)
            except BaseException:
                _end_own_workers(client)
                raise
    except OnevoiceError:
        raise
    except Exception as error:
        raise OnevoiceError(f"--dask {address}: {error}. Run the same command again to go on.") from None


def _hand_out(
    distributed: Any,
    client: Any,
    partitions: Sequence[Partition],
    given: tuple[Any, ...],
    progress: Callable[[int], None],
) -> None:
    """Give the workers one partition after the other: few wait at a time."""
    waiting = iter(partitions)

    def submit_next(count: int) -> list[Any]:
        following = itertools.islice(waiting, count)
        return [client.submit(make_part, *given, *part, pure=False, retries=_RETRIES) for part in following]

    done = 0
    futures = distributed.as_completed(submit_next(_WINDOW * max(len(client.scheduler_info()["workers"]), 1)))
    for future in futures:
        done += future.result()
        progress(done)
        futures.update(submit_next(1))


def _end_own_workers(client: Any) -> None:
    """End those that we have started at once: to wait for what they are at would take seconds."""
    for nanny in getattr(client.cluster, "workers", {}).values():
        nanny.auto_restart = False
        with contextlib.suppress(OSError, TypeError):
            os.kill(nanny.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def _connect(distributed: Any, address: str, workers: int) -> Any:
    if address == LOCAL:
        with process.block_interrupts():  # At Ctrl-C, its processes end with us.
            return distributed.Client(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50)
    return distributed.Client(address, timeout=10)
