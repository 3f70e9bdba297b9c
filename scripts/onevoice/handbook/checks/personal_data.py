"""A figure in content/metrics or a quote in content/quotes names a person.

What is committed stays in Git for good, so only sums per week go there, under the ids of records or under words that
anyone could have searched for. An email address, a phone number, an IP address or an id of another system leads to one
person. Delete the line, and find out how it got there: `onevoice data add` leaves such things out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding, Span
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.vocabulary import list_own_words
from onevoice.privacy import find_person, find_personal_data
from onevoice.records import KINDS


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each line with something that leads to a person."""
    yield from _check_quotes(handbook)
    clean: set[str] = set()
    for measure, (path, line) in handbook.load_result.measures.items():
        kind, _, id = measure.record.partition("/")
        if kind in KINDS and handbook.find_record(kind, id):
            clean.add(measure.record)  # Whatever it's called, the handbook says so.
        for text in (measure.record, measure.measure):
            if text in clean:
                continue
            if found := find_personal_data(text.partition("/")[2] if text is measure.record else text):
                message = f"this line has {found} in it. Delete the line; only sums of many people belong here."
                yield Finding("personal-data", "error", path, Span(line, 1, line, 1), "", message)
            else:
                clean.add(text)


def _check_quotes(handbook: Handbook) -> Iterator[Finding]:
    quotes = handbook.load_result.quotes
    known, language = list_own_words(handbook) if quotes else frozenset(), handbook.brand.language
    for quote, (path, line) in quotes.items():
        named = " ".join((quote.form, quote.persona, quote.stage))
        if found := find_person(quote.words, known, (), language) or find_personal_data(named):
            message = f"this quote may have {found} in it. Delete the line, or take that out of its words."
            # A name is a guess: it may be a company's.
            level = "warning" if found == "a name" else "error"
            yield Finding("personal-data", level, path, Span(line, 1, line, 1), "", message)
