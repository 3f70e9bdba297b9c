"""Every label by which somebody may look for something, for the box that finds words: `assets/labels.js`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from onevoice.handbook.address import address
from onevoice.output import Artifact
from onevoice.records import Record
from onevoice.records.term import Term
from onevoice.site.glossary import anchor
from onevoice.site.view import View

KINDS = (("assets", "asset"), ("messages", "message"), ("proof", "proof"), ("personas", "persona"))

# Messages that are not simply to be said.
TYPES = {"objection": "objection", "question": "question", "versus": "versus"}


def files(view: View) -> Iterator[Artifact]:
    """A script that sets `onevoiceLabels`: a list of [address, how, name, other, ...], one for each page or entry.

    Another is [label, how, what to use, anchor], without what is empty at its end. Nothing to use is the name, and no
    anchor of an avoided word is the plain one: a big handbook has tens of thousands.
    """
    rows = [
        [address(term)[1:], "preferred", term.preferred, *_others(term)] for term in view.handbook.approved("terms")
    ]
    for kind, how in KINDS:
        rows += [
            [address(one)[1:], TYPES.get(getattr(one, "type", ""), how), one.label, *_heard(one), *_former(one)]
            for one in view.handbook.approved(kind)
        ]
    # Somebody asks for a figure in the words in which it goes around, not in ours.
    rows += [
        [address(proof)[1:], "unsaid", text] for proof in view.handbook.approved("proof") for text in proof.say_not
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    yield Artifact("docs/assets/labels.js", f"window.onevoiceLabels = [\n{lines}\n];\n".encode())


def _others(term: Term) -> Iterator[list[str]]:
    if term.abbreviation:
        yield [term.abbreviation, "short"]
    for word in term.allowed:
        yield [word, "allowed"]
    for avoid in term.avoid:
        use = "leave it out" if avoid.remove else " or ".join(avoid.use)
        yield _avoided(avoid.term, use, anchor(avoid.term))
        for form in avoid.forms:
            yield _avoided(form, avoid.forms[form], anchor(avoid.term))
    yield from _former(term)


def _avoided(label: str, use: str, place: str) -> list[str]:
    # find.js has the same.
    plain = re.sub("[^a-z0-9]+", "-", label.lower().replace("'", "")).strip("-")
    row = [label, "avoid", use, "" if place == f"avoid-{plain}" else place]
    while not row[-1]:
        row.pop()
    return row


def _heard(record: Record) -> Iterator[list[str]]:
    """An objection is looked for in the words that were heard."""
    if heard := getattr(record, "they_say", None):
        yield [heard, "objection"]


def _former(record: Record) -> Iterator[list[str]]:
    for former in record.was:
        yield [former.replace("-", " "), "old"]
