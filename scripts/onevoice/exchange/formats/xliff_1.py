"""XLIFF 1.2, for translators' programs that don't know version 2: the same units as in `xliff`."""

from __future__ import annotations

from collections.abc import Sequence

from onevoice.exchange.concept import format_tag
from onevoice.exchange.formats import Export, Format
from onevoice.exchange.formats.xliff import Unit, list_units, write_xml_text
from onevoice.output import Artifact


def _write(export: Export) -> Sequence[Artifact]:
    language = format_tag(export.handbook.brand.language)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">',
        f'<file original="onevoice" datatype="plaintext" source-language="{language}"><body>',
        *map(_write_unit, list_units(export)),
        "</body></file>",
        "</xliff>",
    ]
    return [Artifact("onevoice-1.2.xlf", ("\n".join(lines) + "\n").encode())]


def _write_unit(unit: Unit) -> str:
    notes = "".join(f"<note>{kind}: {write_xml_text(text)}</note>" for kind, text in unit.notes)
    return f'<trans-unit id="{unit.id}"><source>{write_xml_text(unit.text)}</source>{notes}</trans-unit>'


FORMAT = Format("XLIFF 1.2, for older programs", (".xlf",), write=_write, rank=51)
