"""What customers said and nothing answers, as a proposed message for someone to complete: quotes are its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from onevoice.errors import DataError, OnevoiceError, suggest_known
from onevoice.handbook.address import find_free_name, make_slug
from onevoice.handbook.figures import find_week_start
from onevoice.handbook.handbook import Handbook
from onevoice.load.walk import CONTENT
from onevoice.pains.answer import Pain, list_pains
from onevoice.run.intake import list_errors, list_new_errors
from onevoice.run.issue import add_record
from onevoice.run.layers import load_records
from onevoice.run.together import hold_handbook, write_together

# What is proposed stands apart: the defaults of a file of messages would say that somebody has reviewed it.
PROPOSED = f"{CONTENT}/messages/proposed.yaml"
MOST_TOLD = 20
_SAY = "Write what we say to this."


def propose_message(folder: Path, id: str, say: Callable[[str], None]) -> list[str]:
    """Propose a message for a group of quotes; what to tell the user. id: of the group; "" to list those that need one.

    Nothing that is there is changed. Raises OnevoiceError for a group that isn't there or that something answers, and
    DataError if the handbook would have errors.
    """
    with hold_handbook(folder, say):
        book = Handbook(load_records(folder))
        pains = list_pains(book)
        if not pains:
            raise OnevoiceError("there are no quotes in content/quotes yet. Add some: onevoice data add FILE")
        if not id:
            return _list_open(pains)
        pain = next((one for one in pains if one.group.id == id), None)
        if pain is None:
            known = [one.group.id for one in pains if not one.answers]
            raise OnevoiceError(f"no group of quotes is called `{id}`. {suggest_known(id, known)}")
        if pain.proposed:
            message = pain.proposed[0]
            place = book.locate_record(message)
            return [f"`{message.id}` is proposed for it already: {place.path}:{place.locate_field('id').line}."]
        if pain.answers:
            answer = pain.answers[0].message
            raise OnevoiceError(f"`{id}` has an answer: {answer.id}. If it isn't one, change its words or the group's.")
        record = _make_record(book, pain)
        path, data = add_record(folder, PROPOSED, "messages", record)
        before, after = (list_errors(Handbook(load_records(folder, planned))) for planned in ({}, {path: data}))
        if errors := list_new_errors(before, after):
            raise DataError(errors, "The handbook would have errors with this message, so nothing was changed")
        write_together(folder, {path: data})
    count = len(pain.group.quotes)
    sources = f"{count} quotes as sources" if count > 1 else "one quote as its source"
    return [
        f"Proposed `{record['id']}` in {path}, with {sources}.",
        "Write what we say to it, and set `status: approved` once both sides agree.",
    ]


def _list_open(pains: Iterable[Pain]) -> list[str]:
    """The groups that nothing answers and nobody has proposed a message for, a line each."""
    found = [one for one in pains if not one.answers and not one.proposed]
    if not found:
        return ["Every group of quotes has an answer, or a proposed one."]
    lines = [f"{one.group.id} ({len(one.group.quotes)}): {one.group.quotes[0].words}" for one in found]
    more = [f"and {len(lines) - MOST_TOLD} more"] if len(lines) > MOST_TOLD else []
    return ["Nothing answers these. Propose a message with `onevoice data propose GROUP`:", *lines[:MOST_TOLD], *more]


def _make_record(book: Handbook, pain: Pain) -> dict[str, Any]:
    quotes = pain.group.quotes
    objections = sum(quote.about == "objection" for quote in quotes)
    kind = "objection" if 2 * objections >= len(quotes) else "value"
    slug = make_slug(f"{kind} {' '.join(pain.group.words)}")[:60].rstrip("-")
    words = ", ".join(pain.group.words)
    record: dict[str, Any] = {
        "id": find_free_name(slug if slug.isascii() else f"{kind}-{quotes[-1].id}", book.list_ids("messages")),
        "type": kind,
        "title": words[:1].upper() + words[1:] or quotes[0].words,
        "status": "proposed",
    }
    if kind == "objection":
        record["they_say"] = quotes[0].words
    record["say"] = _SAY
    for name, ids in (("personas", {quote.persona for quote in quotes}), ("stages", {quote.stage for quote in quotes})):
        # One whom we don't know could be anyone.
        if "" not in ids:
            record[name] = [id for id in book.list_ids(name) if id in ids]
    record["answers"] = [quote.id for quote in quotes]
    record["sources"] = [
        {
            "title": f"Customers' words, {_name_form(book, quote.form)}",
            "date": find_week_start(quote.week).isoformat(),
            "note": quote.words,
        }
        for quote in quotes
    ]
    return record


def _name_form(book: Handbook, id: str) -> str:
    form = book.find_record("forms", id)
    return form.title if form else id
