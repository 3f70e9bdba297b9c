"""A submitted form as a change of the handbook that someone reviews: a proposed term, a request, a draft to check."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from onevoice.errors import DataError, OnevoiceError, suggest_known
from onevoice.exchange.answers import read_answers
from onevoice.exchange.entry import Entry
from onevoice.exchange.merge.fields import clean_value
from onevoice.exchange.merge.merge import CAUTION, merge_entries
from onevoice.handbook.address import find_free_name, make_file_slug, make_slug
from onevoice.handbook.handbook import Handbook
from onevoice.load.amend import amend_source
from onevoice.load.render import render_head, render_item, render_pair
from onevoice.load.walk import CONTENT, TERMINOLOGY
from onevoice.load.yaml import parse_yaml
from onevoice.prose.files import read_file_bytes
from onevoice.prose.read import decode_text, encode_text
from onevoice.records.form import Form
from onevoice.run.intake import list_errors, list_new_errors
from onevoice.run.layers import load_records
from onevoice.run.together import hold_handbook, write_together

MAKES = ("term", "change", "request", "submission")
# What a question's answer is, by its id or by what our pages fill it with.
TERM_KEYS = {"word": "preferred", "term": "preferred", "name": "preferred", "means": "definition"}
TEXT_KEYS, LIST_KEYS = ("preferred", "definition", "note", "abbreviation", "area"), ("allowed", "avoid")
PROPOSED = f"{TERMINOLOGY}/proposed.yaml"
REQUESTS = f"{CONTENT}/requests.yaml"


def read_form(path: Path) -> bytes:
    """The body of an issue or email in a file. Raises OnevoiceError if it can't be read or is too large."""
    return read_file_bytes(path)


def apply_form(
    folder: Path, form_id: str, body: str, makes: str, today: datetime.date, say: Callable[[str], None]
) -> str:
    """Change the handbook as a form's answers say; what to tell the user.

    makes: in MAKES; "" if the form's questions tell. Raises OnevoiceError if the answers can't be used, and DataError
    if the handbook would have errors.
    """
    with hold_handbook(folder, say):
        book = Handbook(load_records(folder))
        form = book.find_record("forms", form_id)
        if form is None:
            raise OnevoiceError(
                f"there is no form with the id `{form_id}`. {suggest_known(form_id, book.list_ids('forms'))}"
            )
        kind = makes or _guess_kind(form)
        answers = _name_answers(form, read_answers(form, body))
        path, data = WRITERS[kind](folder, book, form, answers, today)
        before, after = (list_errors(Handbook(load_records(folder, planned))) for planned in ({}, {path: data}))
        if errors := list_new_errors(before, after):
            raise DataError(errors, "The handbook would have errors with these answers, so nothing was changed")
        write_together(folder, {path: data})
    return f"Wrote {path}, as the form `{form_id}` asks. Read it, then commit."


def _guess_kind(form: Form) -> str:
    keys = {name for question in form.questions for name in (question.id, question.fill) if name}
    for kind, needed in (("submission", {"draft"}), ("term", {"word"}), ("change", {"record"}), ("request", {"title"})):
        if keys >= needed:
            return kind
    raise OnevoiceError(f"the form `{form.id}` doesn't tell what it asks for. Name one with --as: {', '.join(MAKES)}.")


def _name_answers(form: Form, answers: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Label and text of each answer, by what the question asks for."""
    return {
        question.fill or question.id: (question.label, answers[question.id])
        for question in form.questions
        if question.id in answers
    }


def _take_text(answers: Mapping[str, tuple[str, str]], *names: str) -> str:
    return next((answers[name][1] for name in names if name in answers), "")


def _propose_term(
    folder: Path, book: Handbook, form: Form, answers: Mapping[str, tuple[str, str]], today: datetime.date
) -> tuple[str, bytes]:
    fields: dict[str, Any] = {"status": "proposed"}
    notes = []
    for name, (label, text) in answers.items():
        key = TERM_KEYS.get(name, name)
        if key in TEXT_KEYS and key not in fields:
            fields[key] = text
        elif key in LIST_KEYS:
            fields[key] = _split_words(text)
        elif name != "page":
            notes.append(f"{label} {text}")
    if notes:
        fields["note"] = "\n".join(filter(None, [fields.get("note"), *notes]))
    merged = merge_entries(book, [Entry("form", form.id, fields)], {})
    if not merged.terms:
        outcome = merged.outcomes[0]
        reason = "; ".join(outcome.notes) or f"it's the term `{outcome.id}` already"
        raise OnevoiceError(f'"{outcome.name}" can\'t be proposed: {reason}.')
    return add_record(folder, PROPOSED, "terms", {**next(iter(merged.terms.values())), **CAUTION})


def _change_term(
    folder: Path, book: Handbook, form: Form, answers: Mapping[str, tuple[str, str]], today: datetime.date
) -> tuple[str, bytes]:
    named = clean_value("", _take_text(answers, "record", "term", "word"))
    terms = book.list_records("terms")
    term = next((one for one in terms if named in (one.id, f"terms/{one.id}", one.preferred)), None)
    if term is None:
        raise OnevoiceError(f"{form.id}: no term is named `{named}`. {suggest_known(named, [one.id for one in terms])}")
    place = book.locate_record(term)
    if place.origin:
        raise OnevoiceError(f"`{term.id}` is a term of the {place.origin.label}. Change it there.")
    data = place.document.data
    index = int(place.base[-1])
    record = dict(data["terms"][index])
    for name, (_, text) in answers.items():
        if name in TEXT_KEYS:
            record[name] = clean_value(name, text)
        elif name in LIST_KEYS:
            old = [record[name]] if isinstance(record.get(name), str) else list(record.get(name) or ())
            new = [{"term": word, **CAUTION} if name == "avoid" else word for word in _split_words(text)]
            record[name] = [*old, *(one for one in new if one not in old)]
    if record == data["terms"][index]:
        keys = ", ".join((*TEXT_KEYS, *LIST_KEYS))
        raise OnevoiceError(f"{form.id}: these answers change nothing. A question's id must be one of {keys}.")
    wanted = {**data, "terms": [record if n == index else one for n, one in enumerate(data["terms"])]}
    source, mark = decode_text(place.path, read_file_bytes(folder / place.path))
    return place.path, encode_text(amend_source(place.path, source, wanted), mark)


def _add_request(
    folder: Path, book: Handbook, form: Form, answers: Mapping[str, tuple[str, str]], today: datetime.date
) -> tuple[str, bytes]:
    title = clean_value("", _take_text(answers, "title", "what"))
    stages = [(stage.id, stage.name) for stage in book.stages]
    names = {kind: [(one.id, one.name) for one in book.list_records(kind)] for kind in ("teams", "personas")}
    record = {
        "id": _choose_id(title, book.list_ids("requests")),
        "title": title,
        "team": _find_id(clean_value("", _take_text(answers, "team")), names["teams"]),
        "date": today.isoformat(),
        "persona": _find_id(clean_value("", _take_text(answers, "persona")), names["personas"]),
        "stage": _find_id(clean_value("", _take_text(answers, "stage")), stages),
        "why": clean_value("why", _take_text(answers, "why")) or title,
    }
    places = [book.locate_record(one) for one in book.list_records("requests")]
    path = next((place.path for place in reversed(places) if place.origin is None), REQUESTS)
    return add_record(folder, path, "requests", {key: value for key, value in record.items() if value})


def _add_submission(
    folder: Path, book: Handbook, form: Form, answers: Mapping[str, tuple[str, str]], today: datetime.date
) -> tuple[str, bytes]:
    text = _take_text(answers, "draft", "text", "what")
    title = clean_value("", _take_text(answers, "title", "record")) or form.title
    name = f"{today.isoformat()}-{make_file_slug(title)}"
    front = {"title": title}
    for key in ("audience", "channel", "persona", "stage"):
        if said := clean_value("", _take_text(answers, key)):
            front[key] = said
    head = "".join(f"{line}\n" for key, value in front.items() for line in render_pair(key, value, 0))
    path, number = f"{CONTENT}/submissions/{name}.md", 2
    while (folder / path).exists():
        path, number = f"{CONTENT}/submissions/{name}-{number}.md", number + 1
    body = "\n".join(clean_value("note", line) if line.strip() else "" for line in text.split("\n"))
    return path, f"---\n{head}---\n\n{body}\n".encode()


WRITERS: dict[str, Callable[..., tuple[str, bytes]]] = {
    "term": _propose_term,
    "change": _change_term,
    "request": _add_request,
    "submission": _add_submission,
}


def _split_words(text: str) -> list[str]:
    """The words of an answer: one on each line, or with commas or semicolons between them."""
    parts = text.replace(";", "\n").replace(",", "\n").split("\n")
    return [word for part in parts if (word := clean_value("", part.strip().lstrip("-*").strip()))]


def _find_id(name: str, known: Sequence[tuple[str, str]]) -> str:
    return next(
        (id for id, label in known if name.casefold() in (id, label.casefold())), make_slug(name) if name else ""
    )


def _choose_id(title: str, taken: Sequence[str]) -> str:
    slug = make_slug(title)[:60].rstrip("-")
    return find_free_name(slug if slug.isascii() else "request", taken)


def add_record(folder: Path, path: str, kind: str, record: dict[str, Any]) -> tuple[str, bytes]:
    """A file of a handbook with one record more: its path, and its bytes. Comments and order stay."""
    if not (folder / path).exists():
        head = f"{render_head(kind)}{kind}:\n"
        return path, (head + "\n".join(render_item(record, 2)) + "\n").encode()
    source, mark = decode_text(path, read_file_bytes(folder / path))
    data = parse_yaml(path, source).data
    data = data if isinstance(data, dict) else {}
    return path, encode_text(amend_source(path, source, {**data, kind: [*(data.get(kind) or ()), record]}), mark)
