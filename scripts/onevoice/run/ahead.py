"""Long files of records, read in a second process while this one still loads the modules for all that follows."""

from __future__ import annotations

import importlib
import marshal
from collections.abc import Iterable, Sequence

from onevoice import process
from onevoice.load import regular
from onevoice.run.layers import RecordFile

# From how many bytes on a second process helps.
PARALLEL_BYTES = 300_000
# Those that a check of a handbook needs, besides what they load themselves.
MODULES = ("handbook.handbook", "handbook.origin", "lint.selftest", "load.folder", "run.selftest", "vale.write")


def read_ahead(files: Iterable[RecordFile]) -> None:
    """Read long files for `load.yaml.parse_yaml`, and load the modules of a check meanwhile."""
    sources = [data.decode("utf-8-sig", "replace") for _, _, data in files]
    if sum(map(len, sources)) < PARALLEL_BYTES or not process.can_fork():
        return
    with process.Worker(_read_sources, sources) as worker:
        _load_modules()
        packed = worker.result()
    for source, found in zip(sources, marshal.loads(packed) if packed else (), strict=False):
        if found:
            regular.keep_text(source, regular.RegularText(found[0], starts=found[1]))


def _read_sources(sources: Sequence[str]) -> bytes:
    texts = map(regular.read_regular, sources)
    return marshal.dumps([(text.data, text.starts) if text else None for text in texts])


def _load_modules() -> None:
    for name in MODULES:
        importlib.import_module(f"onevoice.{name}")
    from onevoice.handbook.checks import load_checks

    load_checks()
