"""Tables in documents -> what those that are word lists say, each row with the place where people find it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onevoice.exchange.entry import Omission, Reading, Settings
from onevoice.exchange.sheet.columns import map_columns
from onevoice.exchange.sheet.read import read_tables
from onevoice.sheet.table import Row, Table

MAX_NAME_CHARS = 80


@dataclass(frozen=True)
class DocumentTable(Table):
    """A table of a document. label: what it is called there, such as `table 2`; "" if its rows are lines of a text."""

    label: str = ""

    def name_place(self, row: Row, column: int = 0) -> str:
        """Where a row is: `guide.md:12` or `guide.docx, table 2, row 3`."""
        if self.label:
            return f"{self.source}, {self.label}, row {row.number}"
        return f"{self.source}:{row.number}"

    @property
    def place(self) -> str:
        """Where the table begins."""
        if self.label:
            return f"{self.source}, {self.label}"
        return f"{self.source}:{self.rows[0].number}" if self.rows else self.source


def build_table(source: str, rows: Iterable[Row], label: str = "") -> DocumentTable:
    """A table, named by its header, under which its columns are remembered."""
    found = [row for row in rows if any(cell.strip() for cell in row.cells)]
    name = " | ".join(cell.strip() for cell in found[0].cells)[:MAX_NAME_CHARS] if found else label
    return DocumentTable(source, " ".join(name.split()) or label, found, label=label)


def read_document_tables(tables: Sequence[DocumentTable], settings: Settings) -> Reading:
    """What the word lists among the tables say; the others are left out, and said."""
    chosen: list[DocumentTable] = []
    omissions: list[Omission] = []
    counts: dict[str, int] = {}
    for table in tables:
        counts[table.sheet] = counts.get(table.sheet, 0) + 1
        named = table if counts[table.sheet] == 1 else replace(table, sheet=f"{table.sheet} ({counts[table.sheet]})")
        if is_word_table(named, settings):
            chosen.append(named)
        else:
            reason = "no column has a name that says it's about words."
            omissions.append(Omission(table.place, table.sheet, reason))
    if not chosen:
        return Reading(omissions=tuple(omissions), total=len(omissions))
    reading = read_tables(chosen, settings)
    return replace(reading, omissions=(*reading.omissions, *omissions), total=reading.total + len(omissions))


def is_word_table(table: DocumentTable, settings: Settings) -> bool:
    """Whether a table's header says that it is about words, or a person has."""
    if len(table.rows) < 2:
        return False
    columns = map_columns(table, settings.columns.get(table.sheet, {}), settings.language)
    return columns.has_words and not columns.has_guessed_names


def join_readings(readings: Sequence[Reading]) -> Reading:
    """What several parts of a source say, as one."""
    return Reading(
        tuple(entry for reading in readings for entry in reading.entries),
        tuple(omission for reading in readings for omission in reading.omissions),
        tuple(rule for reading in readings for rule in reading.rules),
        tuple(question for reading in readings for question in reading.questions),
        {sheet: columns for reading in readings for sheet, columns in reading.columns.items()},
        sum(reading.total for reading in readings),
    )
