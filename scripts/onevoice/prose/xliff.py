"""Translations in XLIFF 1.2 and 2.0 -> Prose: what each target says, a block for each."""

from __future__ import annotations

import re

from onevoice.prose.block import Block, Comment, Prose
from onevoice.prose.build import Builder, feed_source

_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)|<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]{0,60})(?P<attributes>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>",
    re.DOTALL,
)
_LANGUAGE = re.compile(r"(?:target-language|trgLang)\s*=\s*[\"']([\w-]{1,30})")
_KEPT = re.compile(r"\btranslate\s*=\s*[\"']no\b")
# What is in these is code of another program; the others mark a passage.
_CODE_TAGS = {"ph", "bpt", "ept", "it", "x", "bx", "ex", "sc", "ec", "cp"}


def read(path: str, source: str) -> Prose:
    """Translations. `source` is the decoded text; nothing in it can make this fail.

    Suggestions of a translation memory (`alt-trans`, matches) are no text of ours.
    """
    source = source.lstrip("\ufeff")
    blocks: list[Block] = []
    comments: list[Comment] = []
    meta: dict[str, str] = {}
    builder: Builder | None = None
    at = others = code = 0
    is_kept = False
    for token in _TOKEN.finditer(source):
        name = (token["name"] or "").rpartition(":")[2]
        is_empty = (token["attributes"] or "").endswith("/")
        if builder and not code and token.start() > at:
            feed_source(builder, at, token.start())
        at = token.end()
        if token["comment"] is not None:
            comments.append(Comment(*token.span(), token["comment"].strip()))
        elif builder and not code and token["data"]:
            builder.add_words(*token.span("data"))
        elif name in ("file", "xliff") and not token["close"]:
            if language := _LANGUAGE.search(token["attributes"]):
                meta.setdefault("lang", language[1])
        elif name in ("trans-unit", "unit"):
            is_kept = not token["close"] and _KEPT.search(token["attributes"]) is not None
        elif name in ("alt-trans", "matches"):
            others = max(0, others + (-1 if token["close"] else not is_empty))
        elif name == "target" and not others and not is_kept:
            if builder and (block := builder.build_block()):
                blocks.append(block)
            builder = None if token["close"] or is_empty else Builder(source, syntax="html")
            code = 0
        elif builder and name in _CODE_TAGS:
            if not token["close"]:
                builder.add_object(*token.span())
            code = max(0, code + (-1 if token["close"] else not is_empty))
    return Prose(path, source, tuple(blocks), meta, tuple(comments))
