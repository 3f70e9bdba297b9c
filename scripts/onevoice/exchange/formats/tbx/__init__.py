"""TBX, the exchange format of term bases (ISO 30042), for translators' programs.

Read: martif of the years before 2019 and version 3, in both styles, of any dialect. Written: version 3, TBX-Basic, in
the style that has data categories as attributes (DCA), which most programs read.
"""

from __future__ import annotations

from collections.abc import Sequence

from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Export, Format
from onevoice.output import Artifact

# Bytes at the beginning that tell what a file is.
_HEAD = 4096


def _recognize(source: Source) -> int:
    names = [name for name in source.files if name.lower().endswith((".tbx", ".xml"))]
    if not any(_is_termbase(source.files[name]) for name in names):
        return int(any(name.lower().endswith(".tbx") for name in names))
    return 9 if len(source.files) == 1 else 3


def _is_termbase(data: bytes) -> bool:
    head = data[:_HEAD].replace(b"\0", b"")
    return b"<martif" in head or b"<tbx" in head


def _read(source: Source, settings: Settings) -> Reading:
    from onevoice.exchange.formats.tbx.read import read_termbase

    return read_termbase(source, settings)


def _write(export: Export) -> Sequence[Artifact]:
    from onevoice.exchange.formats.tbx.write import write_termbase

    return write_termbase(export)


FORMAT = Format("TBX term base", (".tbx",), _recognize, _read, _write, rank=30)
