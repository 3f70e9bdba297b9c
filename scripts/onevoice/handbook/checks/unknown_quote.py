"""A message answers a quote that isn't there, or a quote names a persona or a stage that isn't.

The page of customers' words then can't tell what's answered, or puts the quote under anyone. Usually the line was
deleted from `content/quotes`, or the persona was renamed: correct the id, or delete it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.errors import suggest_known
from onevoice.finding import Finding, Span
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each unknown id in `answers` of a message, and each unknown persona or stage of a quote, once."""
    known = {quote.id for quote in handbook.quotes}
    for message in handbook.list_records("messages"):
        for index, id in enumerate(message.answers):
            if id not in known:
                said = f"there is no quote `{id}` in content/quotes. Delete this id, or bring its line back."
                yield handbook.make_record_finding("unknown-quote", "warning", message, ("answers", index), said)
    seen: set[tuple[str, str]] = set()
    for quote, (path, line) in handbook.load_result.quotes.items():
        for kind, id in (("personas", quote.persona), ("stages", quote.stage)):
            ids = handbook.list_ids(kind)
            if id and id not in ids and (kind, id) not in seen:
                seen.add((kind, id))
                said = f"there is no `{kind}/{id}` in this handbook. {suggest_known(id, ids)}"
                yield Finding("unknown-quote", "warning", path, Span(line, 1, line, 1), "", said)
