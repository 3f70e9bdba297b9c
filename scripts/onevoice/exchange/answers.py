"""What someone has answered in a form: the body of an issue or an email -> texts by question. All of it is data."""

from __future__ import annotations

from onevoice.errors import OnevoiceError
from onevoice.records.form import Form

# What GitHub writes for a question that nobody has answered.
NO_ANSWER = "_No response_"


def read_answers(form: Form, body: str) -> dict[str, str]:
    """The answers by the ids of the questions; questions without one are left out.

    body: a heading with each question's label, or a line with it, and the answer below. Raises OnevoiceError if a
    question is there twice, so that it can't be told which answer is whose, or a required one has no answer.
    """
    labels = {_fold_label(question.label): question.id for question in form.questions}
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        id = labels.get(_fold_label(line)) if line.strip() else None
        if id is None:
            current.append(line)
        elif id in found:
            raise OnevoiceError(f"{form.id}: `{id}` is in the answers twice. Delete the line that is no question.")
        else:
            current = found[id] = []
    answers = {id: "\n".join(lines).strip() for id, lines in found.items()}
    answers = {id: text for id, text in answers.items() if text and text != NO_ANSWER}
    missing = [question.label for question in form.questions if question.required and question.id not in answers]
    if missing:
        raise OnevoiceError(f'{form.id}: "{missing[0]}" has no answer. Write it below a line with that question.')
    return answers


def _fold_label(line: str) -> str:
    """A line as a question's label: without the marks of a heading or of bold text."""
    return " ".join(line.strip().lstrip("#").strip().strip("*").split()).casefold()
