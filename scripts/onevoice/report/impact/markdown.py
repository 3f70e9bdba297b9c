"""What changing words does, as a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from onevoice.display import escape_controls
from onevoice.report.impact import FindingInSentence

# By this a program that posts the comment finds its last one again.
MARK = "<!-- onevoice impact -->"
# A comment may have 65,536 characters.
SENTENCE_LIMIT, LENGTH_LIMIT = 100, 300
MARKUP_CHARACTERS = re.compile(r"[\\`*_\[\]<>&|#~@]")


def render(broken: Sequence[FindingInSentence], fixed: Sequence[FindingInSentence], title: str) -> str:
    """The headline, then the sentences by file; after SENTENCE_LIMIT of them only their number."""
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
    return MARKUP_CHARACTERS.sub(lambda match: f"&#{ord(match[0])};", escape_controls(" ".join(text.split())))
