"""Answers to forms -> how many a week, and which options were chosen. What people typed is read if the form says so."""

from __future__ import annotations

from collections.abc import Callable

from onevoice.errors import OnevoiceError
from onevoice.handbook.figures import name_week
from onevoice.privacy import fold_name, is_personal_column
from onevoice.records.form import Question
from onevoice.tables.cells import DateColumn
from onevoice.tables.shape import FindRole, Found
from onevoice.tables.tally import Tally
from onevoice.tables.words import WordColumns, WordReader

MEASURES = ("answers", "chosen")


def make_question_finder(known: FindRole) -> FindRole:
    """Takes every column for a question that is nothing else and isn't about a person."""

    def find_role(header: str) -> str:
        return known(header) or ("" if is_personal_column(header) else "question")

    return find_role


def make_answer_reader(key: str = "") -> Callable[[Found, Tally], None]:
    """Reads answers, each with its moment. key: a role without which a row is none, such as a second header."""

    def read_answers(found: Found, tally: Tally) -> None:
        form, questions = _find_form(found)
        dates = DateColumn(found, found.get_column("moment"))
        keys = found.get_column(key) if key else -1
        reader = WordReader(found, _find_words(form, questions, found), tally)
        # Of many rows, most give one of a few answers.
        chosen: dict[tuple[int, str], list[str]] = {}
        for row, cells in found.iter_rows():
            if keys >= 0 and not found.get_cell(cells, keys).strip():
                continue
            moment = dates.read_time(row, cells)
            if moment is None:
                continue
            values: dict[str, float] = {"answers": 1}
            for column, question in questions.items():
                answer = column, found.get_cell(cells, column)
                if (measures := chosen.get(answer)) is None:
                    options = _find_options(question, answer[1])
                    measures = chosen[answer] = [f"chosen:{question.id}:{option}" for option in options]
                for measure in measures:
                    values[measure] = 1
            tally.add_values(f"forms/{form}", name_week(moment.date()), "", values, 1)
            reader.read_row(row, cells, name_week(moment.date()))

    return read_answers


def _find_form(found: Found) -> tuple[str, dict[int, Question]]:
    """The form with the most of these questions, and the columns of those."""
    best = ""
    columns: dict[int, Question] = {}
    for id, questions in found.directory.forms.items():
        known: dict[str, int] = {}
        for column in found.columns.get("question", ()):
            # A question asked twice counts once.
            known.setdefault(fold_name(found.names[column]), column)
        mine = {column: questions[name] for name, column in known.items() if name in questions}
        if len(mine) > len(columns):
            best, columns = id, mine
    if not best:
        raise OnevoiceError(
            f"{found.export.place}: no form in forms.yaml asks one of its questions. Add the form, with the questions "
            "as they're in the header."
        )
    return best, columns


def _find_words(form: str, questions: dict[int, Question], found: Found) -> WordColumns:
    """The columns with what customers said, as the form's questions tell."""
    words = tuple((column, question.quotes) for column, question in questions.items() if question.quotes)
    fills = {question.fill: column for column, question in questions.items() if question.fill}
    typed = [found.names[column] for column, question in questions.items() if question.type == "area"]
    if typed and not words:
        found.said.append(
            f"what people typed isn't kept. If a question is about what customers said, write `quotes: pain` or "
            f"`quotes: objection` below it in the form `{form}` of forms.yaml."
        )
    return WordColumns(form, words, fills.get("persona", -1), fills.get("stage", -1))


def _find_options(question: Question, given: str) -> list[str]:
    """The options of a question in an answer, as forms.yaml has them."""
    if question.type != "choice" or not given:
        return []
    options = {fold_name(option): option for option in question.options}
    if (whole := fold_name(given)) in options:
        return [options[whole]]
    parts = given.replace("\n", ";").replace(", ", ";").split(";")
    return list(dict.fromkeys(options[name] for part in parts if (name := fold_name(part)) in options))
