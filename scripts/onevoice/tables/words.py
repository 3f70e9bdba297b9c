"""What people typed about customers -> quotes, after the check for what leads to a person. The rest is never kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onevoice import limits
from onevoice.handbook.figures import name_week
from onevoice.privacy import find_person, fold_name, is_personal_column
from onevoice.records.quote import Quote, make_quote_id
from onevoice.tables.cells import DateColumn
from onevoice.tables.shape import Found
from onevoice.tables.tally import Tally

_MIN_WORDS = 3
# What a spreadsheet takes for a formula, and what people put before what others said.
_BEFORE = " \t\"'“”„«»-–—+=@*•"
_AFTER = " \t\"'“”«»"


@dataclass(frozen=True)
class WordColumns:
    """Where a table has what customers said.

    form: where it comes from. words: columns with what it's about. persona, stage: their columns, or -1.
    """

    form: str
    words: tuple[tuple[int, str], ...]
    persona: int = -1
    stage: int = -1


class WordReader:
    """Takes quotes out of the rows of one table."""

    def __init__(self, found: Found, columns: WordColumns, tally: Tally) -> None:
        self._found, self._columns, self._tally = found, columns, tally
        self._people = (collect_people(found) if columns.words else frozenset()) - found.directory.known_words

    def read_row(self, row: int, cells: Sequence[str], week: str) -> None:
        """Add what a row's customer said to the tally, and what of it is left out."""
        found, directory = self._found, self._found.directory
        persona = directory.find_persona(found.get_cell(cells, self._columns.persona))
        stage = directory.find_journey_stage(found.get_cell(cells, self._columns.stage))
        for column, about in self._columns.words:
            words = " ".join(found.get_cell(cells, column).split()).strip(_BEFORE).rstrip(_AFTER)
            if len(words.split()) < _MIN_WORDS:
                if words:
                    self._tally.count_unknown("answer of fewer than three words", "answers of fewer than three words")
                continue
            if why := self._find_reason(words):
                self._tally.leave_out(found.export.name_cell(row, column, found.names[column]), why)
                continue
            if not persona and self._columns.persona >= 0:
                self._tally.count_unknown(
                    "name of a persona that isn't ours, so that its answer is for anyone",
                    "names of personas that aren't ours, so that those answers are for anyone",
                )
            form = self._columns.form
            id = make_quote_id(week, form, about, words)
            self._tally.quotes[id] = Quote(week, form, about, persona, stage, id, words)

    def _find_reason(self, words: str) -> str:
        if len(words) > limits.MAX_QUOTE_CHARS:
            return f"it has more than {limits.MAX_QUOTE_CHARS} characters"
        directory = self._found.directory
        person = find_person(words, directory.known_words, self._people, directory.language)
        return f"it may have {person} in it" if person else ""


def read_words(found: Found, columns: WordColumns, tally: Tally, dates: DateColumn) -> None:
    """Add what customers said in all rows of a table."""
    reader = WordReader(found, columns, tally)
    for row, cells in found.iter_rows():
        moment = dates.read_time(row, cells)
        if moment:
            reader.read_row(row, cells, name_week(moment.date()))


def collect_people(found: Found, but: int = -1) -> frozenset[str]:
    """The words in columns about people, so that what people typed isn't kept if it has one of them.

    but: a column that is about no person, whatever it's called.
    """
    columns = [column for column, name in enumerate(found.names) if is_personal_column(name) and column != but]
    people: set[str] = set()
    for _, cells in found.iter_rows() if columns else ():
        for column in columns:
            people.update(word for word in fold_name(found.get_cell(cells, column)).split() if len(word) > 2)
    return frozenset(people)
