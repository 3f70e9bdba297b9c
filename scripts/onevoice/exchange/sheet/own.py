"""Our own layout of a spreadsheet: terms -> rows, and rows that a person may have edited -> terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onevoice.exchange.entry import Entry, Omission, Question, Settings
from onevoice.exchange.merge.fields import clean_value, describe_base
from onevoice.exchange.sheet.cells import clean_line
from onevoice.exchange.sheet.columns import Columns
from onevoice.exchange.sheet.doubts import Doubts
from onevoice.exchange.sheet.flat import (
    LISTS,
    PARTS,
    Flat,
    find_list,
    flatten_record,
    is_own_key,
    make_plain,
    parse_cell,
    rank_key,
    set_key,
    tidy_record,
)
from onevoice.exchange.sheet.headers import IGNORED
from onevoice.exchange.sheet.office import Sheet
from onevoice.records.term import Term
from onevoice.sheet.table import Row, Table

# What each field said when it went out: only what has been edited since comes back in.
EXPORTED = "exported"
# Columns that are there even if no term has anything in them, for people who add some.
_USUAL = (
    "id",
    "preferred",
    "definition",
    "part_of_speech",
    "abbreviation",
    "area",
    "owner",
    "status",
    "allowed",
    "note",
)
_USUAL_AVOID = ("id", "avoid.term", "avoid.use", "avoid.why", "avoid.level")
_SHEETS = {"avoid": "Words to avoid", "examples": "Examples", "sources": "Sources", "dissent": "Dissent"}
_CHOICES = {
    "part_of_speech": ("noun", "verb", "adjective", "adverb", "proper noun", "phrase"),
    "status": ("proposed", "approved", "retired", "declined"),
    "avoid.level": ("suggestion", "warning", "error"),
}


def tabulate_terms(terms: Iterable[Term]) -> list[list[str]]:
    """All terms as one table: a row for each, and another one for each further word to avoid, example or source."""
    flats = [_flatten_term(term) for term in terms]
    keys = _list_keys(flat for flat, _ in flats)
    header = sorted({*keys, *_USUAL, *_USUAL_AVOID}, key=rank_key)
    rows = [[*header, EXPORTED]]
    for flat, exported in flats:
        height = max([1, *map(len, flat.items.values())])
        for at in range(height):
            texts = dict(flat.values) if at == 0 else {"id": flat.values["id"]}
            for items in flat.items.values():
                texts |= items[at] if at < len(items) else {}
            rows.append([*(texts.get(key, "") for key in header), exported if at == 0 else ""])
    return rows


def arrange_sheets(terms: Iterable[Term]) -> list[Sheet]:
    """All terms as sheets: a row for each term, and on other sheets one for each word to avoid, example or source."""
    flats = [_flatten_term(term) for term in terms]
    header = sorted({key for flat, _ in flats for key in flat.values} | {*_USUAL}, key=rank_key)
    sheets = [_make_sheet("Words", header, [flat.values for flat, _ in flats])]
    for part, name in _SHEETS.items():
        rows = []
        for flat, _ in flats:
            lists = [items for key, items in flat.items.items() if key.rpartition(".")[2] == part]
            for at in range(max(map(len, lists), default=0)):
                row = {"id": flat.values["id"]}
                for items in lists:
                    row |= items[at] if at < len(items) else {}
                rows.append(row)
        usual = _USUAL_AVOID if part == "avoid" else ("id",)
        if rows or part == "avoid":
            keys = sorted({key for row in rows for key in row} | {*usual}, key=rank_key)
            sheets.append(_make_sheet(name, keys, rows))
    known = [[flat.values["id"], exported] for flat, exported in flats]
    return [*sheets, Sheet("onevoice", [["id", EXPORTED], *known], is_hidden=True)]


def _make_sheet(name: str, header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Sheet:
    choices = {header.index(key): values for key, values in _CHOICES.items() if key in header}
    return Sheet(name, [[*header], *([row.get(key, "") for key in header] for row in rows)], choices)


def _list_keys(flats: Iterable[Flat]) -> set[str]:
    keys: set[str] = set()
    for flat in flats:
        keys |= {*flat.values}
        for items in flat.items.values():
            keys |= {key for item in items for key in item}
    return keys


def _dump_term(term: Term) -> dict[str, Any]:
    fields = term.model_dump(by_alias=True, exclude_defaults=True)
    plain: dict[str, Any] = make_plain({"id": term.id, **fields})
    return plain


def _flatten_term(term: Term) -> tuple[Flat, str]:
    """The texts of a term, and what is known again of it when it comes back: for each field, a hash of what it said."""
    plain = _dump_term(term)
    fields = tidy_record({key: value for key, value in plain.items() if key != "signed"})
    cleaned = {key: clean_value(key, value) for key, value in fields.items() if key != "id"}
    exported = " ".join(f"{key}={describe_base(key, value)}" for key, value in cleaned.items() if value)
    return flatten_record(plain), exported


def is_own_table(table: Table) -> bool:
    """Whether a table is in our layout: its first row has our keys, `id` first, whatever a person has added to it."""
    if not table.rows or table.rows[0].get_cell(0) != "id":
        return False
    cells = table.rows[0].cells
    own = sum(1 for cell in cells if is_own_key(cell) or cell == EXPORTED)
    return own >= 2 and own * 2 > len(cells)


@dataclass
class OwnReading:
    """What our own tables say. known: the ids of all terms that went out."""

    entries: list[Entry] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    total: int = 0


def read_own_tables(tables: Sequence[Table], settings: Settings) -> OwnReading:
    """The terms of tables in our layout. What a person has added is a new term, without an id."""
    reading = OwnReading()
    records: dict[str, tuple[str, dict[str, Any]]] = {}
    # The sheet with the names comes first, wherever a person has put it.
    for table in sorted(tables, key=lambda one: "preferred" not in one.rows[0].cells):
        _OwnTable(table, settings, reading).read_rows(records)
    for key, (place, fields) in records.items():
        base = reading.known.get(key, {})
        reading.entries.append(Entry(key, place, tidy_record(fields), base))
    reading.gone = tuple(id for id in reading.known if id not in records)
    return reading


class _OwnTable:
    def __init__(self, table: Table, settings: Settings, reading: OwnReading) -> None:
        self._table, self._reading = table, reading
        names = {column: cell for column, cell in enumerate(table.rows[0].cells) if cell}
        keys = {column: name if is_own_key(name) or name == EXPORTED else IGNORED for column, name in names.items()}
        self._columns = Columns(0, names, keys)
        self._doubts = Doubts(table, self._columns, settings.answers)

    def read_rows(self, records: dict[str, tuple[str, dict[str, Any]]]) -> None:
        """Add what the rows say to records, by id; a new one is known by its name."""
        reading, table = self._reading, self._table
        for column, key in self._columns.keys.items():
            if key == IGNORED and any(row.get_cell(column) for row in table.rows[1:]):
                place = table.name_place(table.rows[0], column)
                reading.omissions.append(Omission(place, self._columns.names[column], "A term has no such key."))
        last = ""
        for row in table.rows[1:]:
            texts = {key: row.get_cell(column) for column, key in self._columns.keys.items() if key != IGNORED}
            if not table.is_hidden:
                reading.total += 1
            if EXPORTED in texts and texts.get("id") and texts[EXPORTED]:
                reading.known[texts["id"]] = dict(pair.split("=", 1) for pair in texts[EXPORTED].split() if "=" in pair)
            if table.is_hidden:
                continue
            key = texts.get("id", "").strip() or texts.get("preferred", "").strip() or last
            if key not in records and not texts.get("preferred", "").strip():
                where = table.name_place(row)
                text = " | ".join(clean_line(cell) for cell in row.cells if cell.strip())
                reading.omissions.append(Omission(where, text[:200], f"No row has the name of “{key}”."))
                continue
            last = key
            _, fields = records.setdefault(key, (table.name_place(row), {}))
            self._read_row(row, fields)

    def _read_row(self, row: Row, fields: dict[str, Any]) -> None:
        items: dict[str, dict[str, Any]] = {}
        for column, key in self._columns.keys.items():
            text = row.get_cell(column)
            if key in (IGNORED, EXPORTED) or not text:
                continue
            is_list = key.rpartition(".")[2] in LISTS
            value = parse_cell(key, text, self._doubts.get_separators(column) if is_list else "")
            if value is None:
                continue
            if name := find_list(key):
                items.setdefault(name, {})[key.removeprefix(f"{name}.")] = value
            else:
                set_key(fields, key, value)
        for name, item in items.items():
            self._add_item(fields, name, item)
        known = {question.key for question in self._reading.questions}
        self._reading.questions += [one for one in self._doubts.questions if one.key not in known]

    @staticmethod
    def _add_item(fields: dict[str, Any], name: str, item: dict[str, Any]) -> None:
        path = name.split(".")
        assert path[-1] in PARTS, name
        for part in path[:-1]:
            fields = fields.setdefault(part, {})
        fields.setdefault(path[-1], []).append(item)
