"""What notes add to Markdown: links to pages by name, and callouts, which are written as quotations."""

from __future__ import annotations

import re

# A link of notes: its page is an address, and so are its words if it has none of its own. `\|` stands in tables.
LINK = re.compile(
    r"(?<!\[)(?P<embed>!?)\[\[(?=[^\s\[\]])(?P<page>[^\[\]|`\r\n\\]{1,300})"
    r"(?:\\?\|(?P<words>[^\[\]\r\n]{0,300}))?\]\](?![\[(])"
)
CALLOUT = re.compile(r"^[ \t>]*>[ \t]?(?P<sign>\[!(?P<type>[A-Za-z][\w-]*)(?:\|[^\]\r\n]*)?\][+-]?)", re.MULTILINE)
