"""Every label by which somebody may look for something, for the box that finds words: `assets/labels.js`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onevoice.handbook.address import address
from onevoice.output import Artifact
from onevoice.site.glossary import anchor
from onevoice.site.view import View

KINDS = (("assets", "asset"), ("messages", "message"), ("proof", "proof"), ("personas", "persona"))


def pages(view: View) -> Iterator[Artifact]:
    """A script that sets `onevoiceLabels`: a list of [label, address, how, preferred name]."""
    rows = [row for term in view.handbook.approved("terms") for row in _labels(term)]
    for kind, how in KINDS:
        rows += [[record.label, address(record)[1:], how, ""] for record in view.handbook.approved(kind)]
    # Somebody asks for a figure in the words in which it goes around, not in ours.
    rows += [
        [text, address(proof)[1:], "unsaid", ""] for proof in view.handbook.approved("proof") for text in proof.say_not
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    yield Artifact("docs/assets/labels.js", f"window.onevoiceLabels = [\n{lines}\n];\n".encode())


def _labels(term) -> Iterator[list[str]]:
    page = address(term)[1:]
    yield [term.preferred, page, "preferred", ""]
    if term.abbreviation:
        yield [term.abbreviation, page, "short", term.preferred]
    for word in term.allowed:
        yield [word, page, "allowed", term.preferred]
    for avoid in term.avoid:
        use = "leave it out" if avoid.remove else " or ".join(avoid.use or (term.preferred,))
        yield [avoid.term, f"{page}#{anchor(avoid.term)}", "avoid", use]
        for form in avoid.forms:
            yield [form, f"{page}#{anchor(avoid.term)}", "avoid", avoid.forms[form]]
    for former in term.was:
        yield [former.replace("-", " "), page, "old", term.preferred]
