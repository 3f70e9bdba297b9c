"""Partitions on Dask: the workers read the documents and write the parts, and nothing but counts comes back.

Each worker needs the sources, the handbook and the folder of the results under the same paths, and the same onevoice.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import itertools
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from onevoice import process
from onevoice.audit.plan import Partition
from onevoice.errors import OnevoiceError
from onevoice.run.audit.work import Task, make_part
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
        client = _connect(distributed, address, workers)
        with _end_own_workers(client):
            work = functools.partial(make_part, Path.cwd(), lexicon.folder, lexicon.key, task)
            waiting = (client.submit(work, part, pure=False, retries=_RETRIES) for part in partitions)
            window = _WINDOW * max(len(client.scheduler_info()["workers"]), 1)
            done = 0
            futures = distributed.as_completed([*itertools.islice(waiting, window)], loop=client.loop)
            for future in futures:
                done += future.result()
                progress(done)
                futures.update([*itertools.islice(waiting, 1)])
        client.close()
    except OnevoiceError:
        raise
    except Exception as error:
        raise OnevoiceError(f"--dask {address}: {error}. Run the same command again to go on.") from None


@contextlib.contextmanager
def _end_own_workers(client: Any) -> Iterator[None]:
    """On a failure, end those that we have started: to wait for them, or to close the rest, takes seconds."""
    try:
        yield
    except BaseException:
        if client.cluster:
            client.cluster.shutdown_on_close = False
        for nanny in getattr(client.cluster, "workers", {}).values():
            nanny.auto_restart = False
        # Also those that have only begun to start.
        for worker in multiprocessing.active_children():
            worker.kill()
        raise


def _connect(distributed: Any, address: str, workers: int) -> Any:
    # A client that others could find would be closed at the end of the process, which takes seconds, too.
    if address == LOCAL:
        more = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
        with process.block_interrupts():  # At Ctrl-C, its processes end with us.
            return distributed.Client(set_as_default=False, **more)
    return distributed.Client(address, timeout=10, set_as_default=False)
