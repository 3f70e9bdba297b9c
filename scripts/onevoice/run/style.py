"""Style: what Vale is shown of documents and records, and its alerts at their places."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice.errors import MissingToolError
from onevoice.finding import Finding, Span
from onevoice.lint import excerpt
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
    from onevoice.vale.guard import read_safe_setup

    return {style.name for folder in read_safe_setup(ini).paths for style in folder.iterdir() if style.is_dir()}


def find_refused_settings(ini: Path | None) -> list[Finding]:
    """A warning on each thing in a .vale.ini and its styles that `onevoice lint` does not pass on to Vale."""
    if ini is None:
        return []
    from onevoice.vale.guard import read_safe_setup

    return read_safe_setup(ini).make_findings()


def check_style(
    documents: Sequence[InputFile],
    records: Sequence[Prose],
    lexicon: Lexicon,
    vale: Vale,
    ini: Path | None,
    *,
    remember: bool = False,
) -> dict[str, list[Finding] | None]:
    """What Vale finds, by the path of the document or record file; None if it does not check that file.

    A file whose style could not be checked has one finding, of the rule `file`. ini: the handbook's .vale.ini, or None.
    remember: as in run_vale. Raises OnevoiceError if no style can be checked.
    """
    from onevoice.vale import run

    sheets = [_ValeText(prose, "records.txt") for prose in records]
    shown: list[ValeDocument] = []
    failed: dict[str, list[Finding] | None] = {}
    for file in documents:
        try:
            kind = require_format(file.path)
            if kind.vale_ending:
                shown.append(_make_vale_document(file, kind))
            else:
                sheets.append(_ValeText(read_prose(file.path, file.data, file.ending)))
        except Exception as error:
            said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            message = f"Style was not checked here: onevoice could not show this file to Vale ({said})."
            failed[file.path] = [Finding("file", "error", file.path, Span(1, 1, 1, 1), "", message)]
    shown += [sheet.document for sheet in sheets]
    lists = run.run_vale(vale, shown, ini=ini, styles=lexicon.voice, remember=remember)
    found = failed | {document.path: alerts for document, alerts in zip(shown, lists, strict=True)}
    for sheet in sheets:
        path = sheet.document.path
        alerts = found[path]
        if alerts and alerts[0].rule != "file":
            found[path] = sheet.map_alerts(alerts)
    return found


def _make_vale_document(file: InputFile, kind: Format) -> ValeDocument:
    """What Vale is shown of a text."""
    from onevoice.vale.run import ValeDocument

    text, mark = decode_text(file.path, file.data)
    prepared = kind.prepare(f"{file.path}{file.ending}", text)
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
