"""What changing words does, as text, as JSON, and as a comment on a pull request."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import groupby
from typing import TypeAlias

from onevoice.finding import Finding
from onevoice.report.json import plain

# A finding, and the sentence in which it stands.
Found: TypeAlias = tuple[Finding, str]
# By this a program that posts the comment finds its last one again.
MARK = "<!-- onevoice impact -->"
# A comment may have 65,536 characters.
SHOWN, LONGEST = 100, 300
SPECIAL = re.compile(r"[\\`*_\[\]<>&|#~@]")


def count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def headline(broken: Sequence[Found], mended: Sequence[Found], terms: Sequence[str], since: str) -> str:
    """How much breaks and is mended, in a sentence."""
    if not terms:
        return f"No word has changed since {since}."
    changed = f"{count(len(terms), 'term')} changed since {since}"
    if not broken and not mended:
        return f"{changed}: no sentence breaks, none is mended."
    breaks = f"{count(len(broken), 'place')} newly break{'s' * (len(broken) == 1)}"
    return f"{changed}: {breaks}, {len(mended)} {'is' if len(mended) == 1 else 'are'} mended."


def text(broken: Sequence[Found], mended: Sequence[Found]) -> str:
    """One block per sentence: where, what, and the sentence."""
    lines = []
    for title, found in (("breaks", broken), ("mended", mended)):
        for finding, sentence in found:
            place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
            lines += [f"{place}  {title}  {finding.level}  {finding.message}  [{finding.rule}]", f"    {sentence}"]
    return "".join(f"{line}\n" for line in lines)


def as_json(broken: Sequence[Found], mended: Sequence[Found]) -> str:
    """A list of objects: the keys of a finding, with `effect` (breaks or mended) and `sentence`."""
    data = [
        {"effect": effect, "sentence": sentence, **plain(finding)}
        for effect, found in (("breaks", broken), ("mended", mended))
        for finding, sentence in found
    ]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def markdown(broken: Sequence[Found], mended: Sequence[Found], title: str) -> str:
    """A comment for a pull request: the headline, then the sentences by file; after SHOWN of them only their number."""
    parts = [MARK, f"**{_text(title)}**"]
    for name, found in (("Newly breaks", broken), ("Mended", mended)):
        if found:
            parts.append(f"<details{' open' * (found is broken)}><summary>{name}: {len(found)}</summary>")
            for path, group in groupby(found[:SHOWN], key=lambda one: one[0].path):
                rows = [
                    f"- line {finding.span.line}: {_text(_cut(sentence))}<br>{_text(finding.message)}"
                    for finding, sentence in group
                ]
                parts.append("\n".join([f"**{_text(path)}**", "", *rows]))
            if len(found) > SHOWN:
                parts.append(f"And {len(found) - SHOWN} more.")
            parts.append("</details>")
    return "\n\n".join(parts) + "\n"


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST else f"{sentence[:LONGEST].rstrip()} …"


def _text(text: str) -> str:
    # A link or a name that GitHub would make of the words of a document is none.
    return SPECIAL.sub(lambda match: f"&#{ord(match[0])};", " ".join(text.split()))
