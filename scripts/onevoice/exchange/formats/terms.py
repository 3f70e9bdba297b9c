"""Terms as a handbook has them: a YAML file of another handbook, or one that a program has made."""

from __future__ import annotations

from onevoice.exchange.entry import Entry, Omission, Reading, Settings, Source
from onevoice.exchange.formats import Format
from onevoice.load.yaml import decode_yaml, parse_yaml
from onevoice.records.term import Term

_HEAD = 4000


def recognize_terms(source: Source) -> int:
    """Whether a file has terms of ours."""
    files = [data for name, data in source.files.items() if name.lower().endswith((".yaml", ".yml"))]
    return 7 if files and len(files) == len(source.files) and all(_has_terms(data) for data in files) else 0


def _has_terms(data: bytes) -> bool:
    return any(line.startswith(b"terms:") for line in data[:_HEAD].splitlines())


def read_terms(source: Source, settings: Settings) -> Reading:
    """Each term of each file."""
    entries: list[Entry] = []
    omissions: list[Omission] = []
    total = 0
    for name, data in source.files.items():
        text = decode_yaml(name, data)
        if not isinstance(text, str):
            omissions.append(Omission(f"{name}:{text.span.line}", name, text.message))
            continue
        document = parse_yaml(name, text)
        for finding in document.findings:
            omissions.append(Omission(f"{name}:{finding.span.line}", name, finding.message))
        body = document.data if isinstance(document.data, dict) else {}
        defaults = body.get("defaults")
        terms = body.get(Term.KIND)
        for index, term in enumerate(terms if isinstance(terms, list) else ()):
            total += 1
            place = f"{name}:{document.locate_path((Term.KIND, index)).line}"
            if not isinstance(term, dict) or not term.get("preferred"):
                omissions.append(Omission(place, str(term), "This term has no `preferred`. Add it."))
                continue
            fields = {**(defaults if isinstance(defaults, dict) else {}), **term}
            entries.append(Entry(str(term.get("id") or term["preferred"]), place, fields))
    return Reading(tuple(entries), tuple(omissions), total=total)


FORMAT = Format("terms in YAML", (".yaml", ".yml"), recognize_terms, read_terms, rank=10)
