"""Style: what Vale is shown of documents and records, and its alerts at their places."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from onevoice.errors import MissingToolError
from onevoice.finding import Finding
from onevoice.lint import excerpt
from onevoice.prose import files
from onevoice.prose.block import Block, Prose
from onevoice.prose.read import decode_text, is_archive, read_prose, require_format
from onevoice.run.documents import InputFile
from onevoice.run.lexicon import Lexicon
from onevoice.vale import config, run
from onevoice.vale.resolve import Vale, resolve_vale

VALE_MISSING = "Style was not checked: Vale is not installed. `onevoice doctor --get-vale` installs it."


def select_vale(*, wanted: bool, required: bool) -> Vale | None:
    """The Vale to use. Raises ToolMissing if it is required and there is none."""
    found = resolve_vale(os.environ) if wanted else None
    if required and not found:
        raise MissingToolError(f"{VALE_MISSING} --require-vale needs it.")
    return found


def list_style_names(ini: Path | None) -> set[str]:
    """The names of the styles that a .vale.ini has at hand."""
    if ini is None:
        return set()
    folders = config.list_styles_paths(decode_text(ini.as_posix(), files.read_file_bytes(ini))[0], ini.parent)
    return {style.name for folder in folders if folder.is_dir() for style in folder.iterdir() if style.is_dir()}


def check_style(
    documents: Sequence[InputFile], records: Sequence[Prose], lexicon: Lexicon, vale: Vale, ini: Path | None
) -> dict[str, list[Finding]]:
    """What Vale finds, by the path of the document or record file. ini: the handbook's .vale.ini, or None."""
    sheets = [_ValeText(prose, "records.txt") for prose in records]
    # Vale cannot read office files: it is shown their text.
    sheets += [
        _ValeText(read_prose(file.path, file.data), f"{Path(file.path).name}.txt")
        for file in documents
        if is_archive(file.path)
    ]
    shown = [_make_vale_document(file) for file in documents if not is_archive(file.path)] + [
        sheet.document for sheet in sheets
    ]
    lists = run.run_vale(vale, shown, ini=ini, styles=lexicon.voice)
    found = {document.path: list(alerts) for document, alerts in zip(shown, lists, strict=True)}
    for sheet in sheets:
        path = sheet.document.path
        found[path] = sheet.map_alerts(found[path])
    return found


def _make_vale_document(file: InputFile) -> run.ValeDocument:
    """What Vale is shown of a document."""
    text, mark = decode_text(file.path, file.data)
    # Vale reads UTF-8 only, and counts a byte order mark.
    name = "standard-input.md" if file.path == "-" else Path(file.path).name if mark else None
    plain = require_format(file.path).prepare(file.path, text)
    return run.ValeDocument(file.path, text, name, plain if plain != text else None)


class _ValeText:
    """The texts of a file's records or of an office file as a plain text for Vale, a line each, and the way back.

    shown: the name that Vale is shown.
    """

    def __init__(self, prose: Prose, shown: str) -> None:
        self._prose = prose
        # Vale takes a text without a full stop and the one after it for one sentence.
        lines = (" ".join(block.text.split("\n")) for block in prose.blocks)
        text = "\n\n".join(line if line[-1:] in ".?!:" else f"{line}." for line in lines)
        self.document = run.ValeDocument(prose.path, f"{text}\n", shown)

    def map_alerts(self, alerts: Sequence[Finding]) -> list[Finding]:
        return excerpt.add_places(self._prose.places, self._map_alert_spans(alerts))

    def _map_alert_spans(self, alerts: Sequence[Finding]) -> Iterator[Finding]:
        for alert in alerts:
            block: Block = self._prose.blocks[min((alert.span.line - 1) // 2, len(self._prose.blocks) - 1)]
            start = min(alert.span.column - 1, len(block.text) - 1)
            end = min(max(alert.span.end_column - 1, start + 1), len(block.text))
            yield dataclasses.replace(alert, span=self._prose.locate_span(*block.map_to_source(start, end)))
