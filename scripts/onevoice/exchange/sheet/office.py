"""Rows of texts -> an Excel file. Every text stays one: nothing is a formula, 007 and 24/7 are kept.

There is no date, no name and no version in it, so that the same rows give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from onevoice.archive import pack_archive
from onevoice.sheet.table import name_column

_OPEN = "http://schemas.openxmlformats.org"
_MAIN, _LINKS = f"{_OPEN}/spreadsheetml/2006/main", f"{_OPEN}/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML can't hold is written as _xHHHH_, and so is what looks like that.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\r]|_(?=x[0-9A-Fa-f]{4}_)")
_MIN_WIDTH, _MAX_WIDTH = 10, 60
# Rows below the last one in which a value is still offered.
_SPARE_ROWS = 1000
# 0: Excel's own style. 1: text, from the top, with its lines. 2: the header.
_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFE7ECF3"/></patternFill></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf>\
<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>\
</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


class Sheet(NamedTuple):
    """A sheet to be. rows: the header first. choices: the values that Excel offers, by column."""

    name: str
    rows: Sequence[Sequence[str | float]]
    choices: Mapping[int, Sequence[str]] = {}
    is_hidden: bool = False


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file."""
    numbered = [*enumerate(sheets, 1)]
    numbers = [number for number, _ in numbered]
    files = {f"xl/worksheets/sheet{number}.xml": _write_sheet(sheet) for number, sheet in numbered}
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" '
        f'state="{"hidden" if sheet.is_hidden else "visible"}" r:id="rId{number}"/>'
        for number, sheet in numbered
    )
    links = "".join(_link(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    files["xl/workbook.xml"] = (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets></workbook>"
    )
    files["xl/_rels/workbook.xml.rels"] = _write_links(links + _link("rId0", "styles", "styles.xml"))
    files["xl/styles.xml"] = _STYLES
    files["_rels/.rels"] = _write_links(_link("rId1", "officeDocument", "xl/workbook.xml"))
    files["[Content_Types].xml"] = (
        f'{_HEAD}<Types xmlns="{_OPEN}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{parts}</Types>'
    )
    return pack_archive({name: text.encode() for name, text in files.items()})


def _write_sheet(sheet: Sheet) -> str:
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{''.join(_iter_columns(sheet))}</cols>"
        f"<sheetData>{''.join(_iter_rows(sheet))}</sheetData>{_write_choices(sheet)}</worksheet>"
    )


def _iter_columns(sheet: Sheet) -> Iterator[str]:
    for column, header in enumerate(sheet.rows[0], 1):
        lines = (line for row in sheet.rows for line in str(row[column - 1]).split("\n"))
        width = max(len(str(header)) + 2, _MIN_WIDTH, min(max(map(len, lines), default=0) + 2, _MAX_WIDTH))
        # The style of cells that are still empty: what's typed there is a text, too.
        yield f'<col min="{column}" max="{column}" width="{width}" style="1" customWidth="1"/>'


def _iter_rows(sheet: Sheet) -> Iterator[str]:
    for number, row in enumerate(sheet.rows, 1):
        style = 2 if number == 1 else 1
        cells = "".join(
            _write_cell(f"{name_column(column)}{number}", cell, style) for column, cell in enumerate(row) if cell != ""
        )
        yield f'<row r="{number}">{cells}</row>'


def _write_cell(name: str, cell: str | float, style: int) -> str:
    if not isinstance(cell, str):
        return f'<c r="{name}"><v>{cell}</v></c>'
    text = escape(_UNSAFE.sub(_escape_character, cell))
    return f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _write_choices(sheet: Sheet) -> str:
    rules = "".join(
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" '
        f'sqref="{name_column(column)}2:{name_column(column)}{len(sheet.rows) + _SPARE_ROWS}">'
        f"<formula1>{escape(chr(34) + ','.join(choices) + chr(34))}</formula1></dataValidation>"
        for column, choices in sorted(sheet.choices.items())
    )
    return f'<dataValidations count="{len(sheet.choices)}">{rules}</dataValidations>' if rules else ""


def _link(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{_LINKS}/{kind}" Target="{target}"/>'


def _write_links(links: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_OPEN}/package/2006/relationships">{links}</Relationships>'


def _escape_character(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
