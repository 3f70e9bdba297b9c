"""Style: what Vale is shown of documents and records, and its alerts at their places."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice.errors import MissingToolError
from onevoice.finding import Finding
from onevoice.lint import excerpt
from onevoice.prose import files
from onevoice.prose.block import Block, Prose
from onevoice.prose.formats import STANDARD_INPUT, Format
from onevoice.prose.read import decode_text, read_prose, require_format
from onevoice.run.documents import InputFile
from onevoice.run.lexicon import Lexicon

# A hook waits for each module that is loaded, and many machines have no Vale.
if TYPE_CHECKING:
    from onevoice.vale.resolve import Vale
    from onevoice.vale.run import ValeDocument

VALE_MISSING = "Style was not checked: Vale is not installed. `onevoice doctor --get-vale` installs it."


def select_vale(*, wanted: bool, required: bool) -> Vale | None:
    """The Vale to use. Raises ToolMissing if it is required and there is none."""
    if not wanted:
        return None
    from onevoice.vale.resolve import resolve_vale

    found = resolve_vale(os.environ)
    if required and not found:
        raise MissingToolError(f"{VALE_MISSING} --require-vale needs it.")
    return found


def list_style_names(ini: Path | None) -> set[str]:
    """The names of the styles that a .vale.ini has at hand."""
    if ini is None:
        return set()
    from onevoice.vale import config

    folders = config.list_styles_paths(decode_text(ini.as_posix(), files.read_file_bytes(ini))[0], ini.parent)
    return {style.name for folder in folders if folder.is_dir() for style in folder.iterdir() if style.is_dir()}


def check_style(
    documents: Sequence[InputFile], records: Sequence[Prose], lexicon: Lexicon, vale: Vale, ini: Path | None
) -> dict[str, list[Finding] | None]:
    """What Vale finds, by the path of the document or record file; None if it does not check that file.

    ini: the handbook's .vale.ini, or None.
    """
    from onevoice.vale import run

    sheets = [_ValeText(prose, "records.txt") for prose in records]
    shown = []
    for file in documents:
        kind = require_format(file.path)
        if kind.vale_ending:
            shown.append(_make_vale_document(file, kind))
        else:
            sheets.append(_ValeText(read_prose(file.path, file.data)))
    shown += [sheet.document for sheet in sheets]
    lists = run.run_vale(vale, shown, ini=ini, styles=lexicon.voice)
    found = {document.path: alerts for document, alerts in zip(shown, lists, strict=True)}
    for sheet in sheets:
        path = sheet.document.path
        if alerts := found[path]:
            found[path] = sheet.map_alerts(alerts)
    return found


def _make_vale_document(file: InputFile, kind: Format) -> ValeDocument:
    """What Vale is shown of a text."""
    from onevoice.vale.run import ValeDocument

    text, mark = decode_text(file.path, file.data)
    prepared = kind.prepare(file.path, text)
    # Vale reads UTF-8 only, and counts a byte order mark.
    is_file = prepared == text and not mark
    name = f"standard-input{kind.vale_ending}" if file.path == STANDARD_INPUT else None
    return ValeDocument(file.path, text, name, None if is_file else prepared, kind.vale_ending)


class _ValeText:
    """The blocks of a file that Vale cannot read itself, or of its records, as plain text with a line each; and the way
    back.

    shown_name: the name that Vale is shown; None: the file's own, as a text file.
    """

    def __init__(self, prose: Prose, shown_name: str | None = None) -> None:
        from onevoice.vale.run import ValeDocument

        self._prose = prose
        # Vale takes a text without a full stop and the one after it for one sentence.
        lines = (" ".join(block.text.split("\n")) for block in prose.blocks)
        text = "\n\n".join(line if line[-1:] in ".?!:" else f"{line}." for line in lines) + "\n"
        self.document = ValeDocument(prose.path, text, shown_name, text, ".txt")

    def map_alerts(self, alerts: Sequence[Finding]) -> list[Finding]:
        return excerpt.add_places(self._prose.places, self._map_alert_spans(alerts))

    def _map_alert_spans(self, alerts: Sequence[Finding]) -> Iterator[Finding]:
        for alert in alerts:
            block: Block = self._prose.blocks[min((alert.span.line - 1) // 2, len(self._prose.blocks) - 1)]
            start = min(alert.span.column - 1, len(block.text) - 1)
            end = min(max(alert.span.end_column - 1, start + 1), len(block.text))
            yield dataclasses.replace(alert, span=self._prose.locate_span(*block.map_to_source(start, end)))
