"""The tables of a spreadsheet -> a reading: whichever are word lists, each with its own columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onevoice.errors import OnevoiceError
from onevoice.exchange.entry import Omission, Reading, Settings
from onevoice.exchange.sheet.columns import Columns, map_columns
from onevoice.exchange.sheet.concept import Concept
from onevoice.exchange.sheet.doubts import Doubts
from onevoice.exchange.sheet.headers import IGNORED
from onevoice.exchange.sheet.own import is_own_table, read_own_tables
from onevoice.exchange.sheet.rows import RowReader, list_entries
from onevoice.sheet.table import Table


def read_tables(tables: Sequence[Table], settings: Settings) -> Reading:
    """What all tables of a source say. Raises OnevoiceError if none of them is a word list."""
    own = [table for table in tables if is_own_table(table)]
    reading = read_own_tables(own, settings)
    omissions, questions = reading.omissions, reading.questions
    mapped: dict[str, Mapping[str, str]] = {}
    concepts: dict[str, Concept] = {}
    others = [table for table in tables if table not in own]
    total = reading.total
    for table, columns in _choose_tables(others, settings, omissions, is_needed=not own):
        doubts = Doubts(table, columns, settings.answers)
        doubts.ask_columns()
        reader = RowReader(table, columns, doubts, settings.language, concepts)
        total += reader.read_rows()
        omissions += reader.omissions
        questions += doubts.questions
        mapped[table.sheet or table.source] = columns.list_keys()
        omissions += _tell_columns(table, columns)
    total += len(others) - len(mapped)
    entries = (*reading.entries, *list_entries(concepts))
    return Reading(entries, tuple(omissions), (), tuple(questions), mapped, total, reading.gone)


def guess_columns(tables: Sequence[Table], settings: Settings) -> dict[str, Mapping[str, str]]:
    """The columns with which `read_tables` reads, by sheet, without the rows. Raises OnevoiceError as it does."""
    own = [table for table in tables if is_own_table(table)]
    others = [table for table in tables if table not in own]
    chosen = _choose_tables(others, settings, [], is_needed=not own)
    return {table.sheet or table.source: columns.list_keys() for table, columns in chosen}


def _choose_tables(
    tables: Sequence[Table], settings: Settings, omissions: list[Omission], *, is_needed: bool
) -> list[tuple[Table, Columns]]:
    """The tables that are word lists, with their columns. The others are left out, and said."""
    chosen = []
    for table in tables:
        known = settings.columns.get(table.sheet or table.source, {})
        if not known and not table.sheet and len(settings.columns) == 1:
            # A text file may have another name by now.
            known = next(iter(settings.columns.values()))
        if not table.rows:
            omissions.append(Omission(table.place, "", "It's empty."))
        elif table.is_hidden and not known:
            omissions.append(
                Omission(table.place, "", "The sheet is hidden. If it's about words, show it and import again.")
            )
        else:
            chosen.append((table, map_columns(table, known, settings.language)))
    # If one sheet says by its header that it has words, a sheet that doesn't is about something else.
    sure = [(table, columns) for table, columns in chosen if columns.has_words and not columns.has_guessed_names]
    for table, columns in chosen if sure else ():
        if (table, columns) not in sure:
            omissions.append(Omission(table.place, "", "None of its columns has a name that says it's about words."))
    chosen = sure or [(table, columns) for table, columns in chosen if columns.has_words]
    if not chosen and is_needed:
        where = tables[0].source if tables else "the file"
        raise OnevoiceError(
            f"{where}: we found no column with words. Name one of them “Use” and another “Don't use”, and import it "
            "again."
        )
    return chosen


def _tell_columns(table: Table, columns: Columns) -> list[Omission]:
    row = table.rows[max(columns.header, 0)]
    hidden = [column for column in columns.names if column in table.hidden and columns.keys[column] == IGNORED]
    why = "The column is hidden. If it's about words, show it and import again."
    return [Omission(table.name_place(row, column), columns.names[column], why) for column in hidden] + [
        Omission(table.name_place(row, column), columns.names[column], "Nothing in a term stands for this column.")
        for column in columns.keys
        if columns.keys[column] == IGNORED and column not in hidden
    ]
