"""What a person has to say about a column before its cells are words: what separates them, what brackets are for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onevoice.exchange.entry import Question
from onevoice.exchange.sheet.cells import (
    clean_text,
    find_separators,
    is_doubtful,
    is_short_form,
    split_cell,
    split_remark,
)
from onevoice.exchange.sheet.columns import CHOICES, Columns, iter_values
from onevoice.exchange.sheet.headers import IGNORED, INSTEAD, WORD, read_part_of_speech
from onevoice.sheet.table import Table

SPLIT, KEEP = "split", "part of the name"
SHORT, FULL, ALSO, NOTE = "abbreviation", "full name", "another name", "note"
SHOWN, FORMULA = "what it shows", "the formula"
# What's one name, of which a list is the exception: a comma there is more likely part of it.
_NAMES = ("preferred", WORD, INSTEAD)
_EXAMPLES = 2


class Doubts:
    """The questions about one table, with the answers that there are; where there's none, the guess counts."""

    def __init__(self, table: Table, columns: Columns, answers: Mapping[str, str]) -> None:
        self._table, self._columns, self._answers = table, columns, answers
        self.questions: list[Question] = []
        self._separators: dict[int, str] = {}
        self._brackets: dict[tuple[int, str], str] = {}
        self._formulas: dict[int, str] = {}

    def ask_columns(self) -> None:
        """What the columns are of which nobody knows it."""
        for column in self._columns.doubts:
            values = (" ".join(clean_text(cell).split()) for cell in iter_values(self._table, self._columns, column))
            shown = _show_examples(values)
            guess = self._columns.keys[column]
            text = f"What is in the column “{self._columns.names[column]}”? It has {shown}."
            choices = (guess, *(choice for choice in CHOICES if choice != guess))
            self._columns.keys[column] = self._ask(column, "column", text, choices)

    def get_separators(self, column: int) -> str:
        """The characters between two words of a cell, besides line breaks."""
        if column not in self._separators:
            self._separators[column] = self._find_separators(column)
        return self._separators[column]

    def get_bracket_use(self, column: int, kind: str) -> str:
        """What to make of brackets after a word, by what's in them."""
        if (column, kind) not in self._brackets:
            self._brackets[column, kind] = self._ask_brackets(column, kind)
        return self._brackets[column, kind]

    def get_formula_use(self, column: int) -> str:
        """Whether a cell with a formula says what it shows, or the formula itself, or nothing."""
        if column not in self._formulas:
            row = next(row for row in self._table.rows if column in row.formulas)
            formula, shown = row.formulas[column], row.get_cell(column)
            what = "of which the file doesn't say what it shows" if formula == shown else f"which shows “{shown}”"
            text = (
                f"The column “{self._columns.names[column]}” has formulas, such as `{formula}`, {what}. What is meant?"
            )
            choices = (FORMULA, IGNORED) if formula == shown else (SHOWN, FORMULA, IGNORED)
            self._formulas[column] = self._ask(column, "formulas", text, choices)
        return self._formulas[column]

    def _find_separators(self, column: int) -> str:
        is_name = self._columns.keys[column].removeprefix("names.").partition(".")[2] == "preferred" or (
            self._columns.keys[column] in _NAMES
        )
        examples: dict[str, list[str]] = {}
        for cell in iter_values(self._table, self._columns, column):
            if any(sign in cell for sign in ";|,/") and not cell.startswith("="):
                text = clean_text(cell)
                for separator in find_separators(text):
                    examples.setdefault(separator, []).append(text)
        chosen = ""
        for separator in sorted(examples):
            texts = examples[separator]
            guess = KEEP if is_name and is_doubtful(texts[0], separator) and not _is_list(texts, separator) else SPLIT
            if is_name or any(is_doubtful(text, separator) for text in texts):
                name, shown = self._columns.names[column], _show_examples(texts)
                text = f"Does “{separator}” separate words in the column “{name}”? It has {shown}."
                choices = (guess, SPLIT if guess == KEEP else KEEP)
                guess = self._ask(column, f"“{separator}”", text, choices)
            if guess == SPLIT:
                chosen += separator
        return chosen

    def _ask_brackets(self, column: int, kind: str) -> str:
        separators = self.get_separators(column)
        examples = []
        for cell in iter_values(self._table, self._columns, column):
            if "(" not in cell and "[" not in cell:
                continue
            for word in split_cell(clean_text(cell), separators):
                bare, remark = split_remark(word)
                if remark and not read_part_of_speech(remark) and find_bracket_kind(bare, remark) == kind:
                    examples.append(word)
        name, shown = self._columns.names[column], _show_examples(examples)
        choices: tuple[str, ...] = (ALSO, KEEP, IGNORED)
        if self._columns.keys[column] in ("preferred", WORD) and kind != "remarks":
            choices = (SHORT if kind == "short forms" else FULL, *choices)
        elif kind == "remarks":
            choices = (NOTE, *choices)
        return self._ask(column, kind, f"What is in brackets in the column “{name}”? It has {shown}.", choices)

    def _ask(self, column: int, about: str, text: str, choices: tuple[str, ...]) -> str:
        where = f"{self._table.sheet}, " if self._table.sheet else ""
        key = f"{where}{self._columns.names[column]}: {about}"
        row = self._table.rows[max(self._columns.header, 0)]
        self.questions.append(Question(key, self._table.name_place(row, column), text, choices, choices[0]))
        answer = self._answers.get(key, "")
        return answer if answer in choices else choices[0]


def find_bracket_kind(word: str, remark: str) -> str:
    """What brackets after a word have: its short form, the full name of which it is one, or any remark."""
    if is_short_form(remark, word):
        return "short forms"
    return "full names" if is_short_form(word, remark) else "remarks"


def _is_list(texts: list[str], separator: str) -> bool:
    """Whether a separator in a column of names seems to separate names: there are more than two, or each is a word."""
    parts = [text.split(separator) for text in texts]
    return all(len(part) > 2 or all(len(word.split()) == 1 for word in part) for part in parts) and separator == ","


def _show_examples(texts: Iterable[str]) -> str:
    found = list(dict.fromkeys(text if len(text) <= 60 else f"{text[:57]}…" for text in texts))
    shown = " and ".join(f"“{text}”".replace("\n", " ") for text in found[:_EXAMPLES])
    more = len(found) - _EXAMPLES
    return f"{shown}, and {more} more" if more > 0 else shown or "nothing"
