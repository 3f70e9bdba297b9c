"""What changing words does, as text, as JSON, and as a comment on a pull request."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import groupby
from typing import TypeAlias

from onevoice.finding import Finding
from onevoice.report.json import serialize_finding

# A finding, and the sentence that it is in.
FindingInSentence: TypeAlias = tuple[Finding, str]
# By this a program that posts the comment finds its last one again.
MARK = "<!-- onevoice impact -->"
# A comment may have 65,536 characters.
SENTENCE_LIMIT, LENGTH_LIMIT = 100, 300
MARKUP_CHARACTERS = re.compile(r"[\\`*_\[\]<>&|#~@]")


def format_count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def format_impact_headline(
    broken: Sequence[FindingInSentence], fixed: Sequence[FindingInSentence], terms: Sequence[str], since: str
) -> str:
    """How much breaks and is fixed, in a sentence."""
    if not terms:
        return f"No words have changed since {since}."
    changed = f"{format_count(len(terms), 'term')} changed since {since}"
    if not broken and not fixed:
        return f"{changed}: no sentence newly breaks, and none is fixed."
    breaks = f"{format_count(len(broken), 'place')} newly break{'s' * (len(broken) == 1)}"
    return f"{changed}: {breaks}, and {len(fixed)} {'is' if len(fixed) == 1 else 'are'} fixed."


def render_impact_text(broken: Sequence[FindingInSentence], fixed: Sequence[FindingInSentence]) -> str:
    """One block per sentence: where, what, and the sentence."""
    lines = []
    for title, found in (("breaks", broken), ("fixed", fixed)):
        for finding, sentence in found:
            place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
            lines += [f"{place}  {title}  {finding.level}  {finding.message}  [{finding.rule}]", f"    {sentence}"]
    return "".join(f"{line}\n" for line in lines)


def render_impact_json(broken: Sequence[FindingInSentence], fixed: Sequence[FindingInSentence]) -> str:
    """A list of objects: the keys of a finding, with `effect` (breaks or fixed) and `sentence`."""
    data = [
        {"effect": effect, "sentence": sentence, **serialize_finding(finding)}
        for effect, found in (("breaks", broken), ("fixed", fixed))
        for finding, sentence in found
    ]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def render_impact_comment(broken: Sequence[FindingInSentence], fixed: Sequence[FindingInSentence], title: str) -> str:
    """A comment for a pull request: the headline, then the sentences by file; after SHOWN of them only their number."""
    parts = [MARK, f"**{_escape_markdown(title)}**"]
    for name, found in (("Newly breaks", broken), ("Fixed", fixed)):
        if found:
            parts.append(f"<details{' open' * (found is broken)}><summary>{name}: {len(found)}</summary>")
            for path, group in groupby(found[:SENTENCE_LIMIT], key=lambda one: one[0].path):
                rows = [
                    f"- line {finding.span.line}: {_escape_markdown(_shorten_sentence(sentence))}"
                    f"<br>{_escape_markdown(finding.message)}"
                    for finding, sentence in group
                ]
                parts.append("\n".join([f"**{_escape_markdown(path)}**", "", *rows]))
            if len(found) > SENTENCE_LIMIT:
                parts.append(f"And {len(found) - SENTENCE_LIMIT} more.")
            parts.append("</details>")
    return "\n\n".join(parts) + "\n"


def _shorten_sentence(sentence: str) -> str:
    return sentence if len(sentence) <= LENGTH_LIMIT else f"{sentence[:LENGTH_LIMIT].rstrip()} …"


def _escape_markdown(text: str) -> str:
    # A link or a name that GitHub would make of the words of a document is none.
    return MARKUP_CHARACTERS.sub(lambda match: f"&#{ord(match[0])};", " ".join(text.split()))
