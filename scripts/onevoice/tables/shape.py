"""What an export looks like: its columns by the names that its tool gives them, in any language and any order."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onevoice.errors import OnevoiceError
from onevoice.handbook.figures import name_week
from onevoice.privacy import fold_name, is_personal_column
from onevoice.tables.directory import Directory
from onevoice.tables.export import Export, Record
from onevoice.tables.tally import Tally

_MAX_HEADER_CELLS = 500
FindRole = Callable[[str], str]


@dataclass(frozen=True)
class Shape:
    """One kind of export.

    name: for `--as`. title: what people call it. find_role: what a column is for, by its name; "" if we don't read it.
    needs: the roles that it must have; of roles with `|`, one. measures: what it counts, as the beginnings of their
    names. read: adds what a table says to the sums.
    """

    name: str
    title: str
    find_role: FindRole
    needs: tuple[str, ...]
    measures: tuple[str, ...]
    read: Callable[[Found, Tally], None]


@dataclass
class Found:
    """A table whose header is known.

    header: the number of its row. names: of all columns. columns: by role, from the left. notes: the rows above.
    siblings: the other tables of the same file. said: what people should know of how it was read.
    """

    export: Export
    shape: Shape
    directory: Directory
    header: int
    names: Sequence[str]
    columns: Mapping[str, Sequence[int]]
    notes: Sequence[Record]
    siblings: Sequence[Export] = ()
    said: list[str] = field(default_factory=list)

    def get_column(self, role: str) -> int:
        """The first column with a role; -1 if there's none."""
        return next(iter(self.columns.get(role, ())), -1)

    @staticmethod
    def get_cell(cells: Sequence[str], column: int) -> str:
        """The text in a column; "" if the row ends before it, or there's no such column."""
        return cells[column] if 0 <= column < len(cells) else ""

    def iter_rows(self) -> Iterator[Record]:
        """The rows below the header up to the end of its table: notes, totals and empty rows are left out."""
        width, is_below, end, has_notes = len(self.names), False, 0, not self.names[0].startswith("#")
        for number, cells in self.export.iter_rows():
            if number <= self.header:
                continue
            if not any(cells):
                # Several tables in one file are apart by an empty row.
                if is_below and not end:
                    end = number
                continue
            if end:
                said = f"row {number} and those below are another table, behind an empty row. It isn't read."
                if said not in self.said:
                    self.said.append(said)
                return
            is_below = True
            if cells[0][:1] == "#" and has_notes:
                continue
            if len(cells) > width:
                if any(cells[width:]) and not is_total(cells):
                    raise self.make_error(
                        number, width, f"the row has {len(cells)} cells, and the header {width}", _RAGGED
                    )
                if any(cells[width:]):
                    continue
            yield number, cells

    def make_error(self, row: int, column: int, said: str, fix: str) -> OnevoiceError:
        """What's wrong with a cell."""
        name = self.names[column] if 0 <= column < len(self.names) else ""
        return OnevoiceError(f"{self.export.name_cell(row, column, name)}: {said}. {fix}")

    def find_page(self, address: str, tally: Tally) -> str:
        """The asset at an address, as `assets/<id>`; "" if there's none, which the tally counts."""
        record = self.directory.find_page(address)
        if not record:
            tally.count_unknown("page that's the address of no asset", "pages that are the address of no asset")
        return record

    def require_week(self, first: datetime.date, last: datetime.date, fix: str) -> str:
        """The week that both days are in: one sum of several weeks says nothing of any. Raises OnevoiceError."""
        if name_week(first) != name_week(last):
            raise OnevoiceError(
                f"{self.export.place}: it has one sum for {first} to {last}, which is more than one week (Monday to "
                f"Sunday). {fix}"
            )
        return name_week(first)

    def make_stage_error(self) -> OnevoiceError:
        """What's wrong if no stage of a CRM is one of ours."""
        return OnevoiceError(
            f"{self.export.place}: none of its stages is one of ours. Write what the CRM calls each stage into "
            "leads.yaml, as in `crm: [MQL]`."
        )

    def describe(self) -> str:
        """How it's read: the header's row, and what each column is taken for."""
        read = ", ".join(
            f"{self.names[column]} = {role.partition(':')[0]}"
            for role, columns in self.columns.items()
            for column in columns[:1]
            if role != "question"
        )
        dropped = [name for name in self.names if is_personal_column(name)]
        said = f"{self.export.place}: read as {self.shape.title}, header in row {self.header} ({read})."
        return said + (f" Dropped, as it's about people: {', '.join(dropped)}." if dropped else "")


_RAGGED = "Is there a separator in a cell without quotation marks? Export it again."


def make_finder(**names: str) -> FindRole:
    """Finds roles by names of columns, which are separated by `|`."""
    roles = {fold_name(name): role for role, listed in names.items() for name in listed.split("|")}
    return lambda header: roles.get(fold_name(header), "")


def find_table(export: Export, shape: Shape, directory: Directory, siblings: Sequence[Export] = ()) -> Found | None:
    """Where the table of a shape begins in an export; None if no row has the names that it needs."""
    notes: list[Record] = []
    for number, cells in export.head:
        names = [" ".join(cell.split()) for cell in cells[:_MAX_HEADER_CELLS]]
        while names and not names[-1]:
            names.pop()
        columns: dict[str, list[int]] = {}
        for column, name in enumerate(names):
            if name and (role := shape.find_role(name)):
                columns.setdefault(role, []).append(column)
        roles = {role.partition(":")[0] for role in columns}
        if all(roles & {*need.split("|")} for need in shape.needs):
            return Found(export, shape, directory, number, names, columns, notes, siblings)
        notes.append((number, cells))
    return None


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row sums up the others."""
    return any(fold_name(cell) in _TOTALS for cell in (cells[0], cells[-1]))


_TOTALS = frozenset(("total", "totals", "grand total", "gesamt", "gesamtsumme", "summe", "total general", "合計"))
