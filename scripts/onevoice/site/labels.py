"""Every label that people may search for, for the lookup box: `assets/labels.js`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from onevoice.handbook.address import find_page_path
from onevoice.output import Artifact
from onevoice.records import Record
from onevoice.records.term import Term
from onevoice.site.glossary import build_avoid_anchor
from onevoice.site.view import View

KIND_LABELS = (("assets", "asset"), ("messages", "message"), ("proof", "proof"), ("personas", "persona"))

# Messages that are not simply said.
MESSAGE_TYPE_LABELS = {"objection": "objection", "question": "question", "versus": "versus"}


def write(view: View) -> Iterator[Artifact]:
    """A script that sets `onevoiceLabels`: a list of [address, how, name, other, ...], one for each page or entry.

    Another is [label, how, what to use, anchor], without empty values at its end. Nothing to use means the name, and
    no anchor means the plain one of the avoided word: a big handbook has tens of thousands.
    """
    rows = [
        [find_page_path(term)[1:], "preferred", term.preferred, *_iter_term_labels(term)]
        for term in view.handbook.list_approved("terms")
    ]
    for kind, how in KIND_LABELS:
        rows += [
            [
                find_page_path(one)[1:],
                MESSAGE_TYPE_LABELS.get(getattr(one, "type", ""), how),
                one.label,
                *_iter_objection_labels(one),
                *_iter_former_labels(one),
            ]
            for one in view.handbook.list_approved(kind)
        ]
    # People look for a figure in the words that circulate, not in ours.
    rows += [
        [find_page_path(proof)[1:], "unsaid", text]
        for proof in view.handbook.list_approved("proof")
        for text in proof.say_not
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    yield Artifact("docs/assets/labels.js", f"window.onevoiceLabels = [\n{lines}\n];\n".encode())


def _iter_term_labels(term: Term) -> Iterator[list[str]]:
    if term.abbreviation:
        yield [term.abbreviation, "short"]
    for word in term.allowed:
        yield [word, "allowed"]
    for avoid in term.avoid:
        use = "leave it out" if avoid.remove else " or ".join(avoid.use)
        yield _build_avoid_row(avoid.term, use, build_avoid_anchor(avoid.term))
        for form in avoid.forms:
            yield _build_avoid_row(form, avoid.forms[form], build_avoid_anchor(avoid.term))
    yield from _iter_former_labels(term)


def _build_avoid_row(label: str, use: str, place: str) -> list[str]:
    # find.js has the same.
    plain = re.sub("[^a-z0-9]+", "-", label.lower().replace("'", "")).strip("-")
    row = [label, "avoid", use, "" if place == f"avoid-{plain}" else place]
    while not row[-1]:
        row.pop()
    return row


def _iter_objection_labels(record: Record) -> Iterator[list[str]]:
    """People look for an objection in the words they heard."""
    if heard := getattr(record, "they_say", None):
        yield [heard, "objection"]


def _iter_former_labels(record: Record) -> Iterator[list[str]]:
    for former in record.was:
        yield [former.replace("-", " "), "old"]
