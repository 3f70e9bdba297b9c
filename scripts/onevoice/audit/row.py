"""A document as a row: what it is, what was found in it, and no sentence of it unless that is asked for."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from onevoice.audit.duplicates import HASH_BYTES, make_sketch
from onevoice.audit.plan import Entry
from onevoice.audit.prefilter import make_prefilter
from onevoice.finding import Finding
from onevoice.lint.terms import collapse_whitespace
from onevoice.matcher.language import read_language
from onevoice.prose.formats import find_format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose

# How many characters of a title, and of the words that were found, are told.
MAX_TITLE, MAX_MATCH = 160, 100
# The keys of front matter that say it, the first that is there.
_OWNER = ("owner", "owners", "author", "authors", "team")
_PUBLISHED = ("published", "date", "publish_date", "created")
_MODIFIED = ("modified", "lastmod", "updated", "last_modified", "last_updated", "reviewed")
_EXPIRES = ("expires", "expirydate", "expiry", "unpublish", "valid_until")
_STATUS = ("status", "state")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CLAIM_RULE = "unsourced-number"


class FoundRow(TypedDict, total=False):
    """A finding of a document. sentence: what is around it, if that is asked for. first_seen: known at the end."""

    rule: str
    level: str
    match: str
    replacement: str
    place: str
    sentence_hash: str
    sentence: str
    first_seen: str


class DocumentRow(TypedDict):
    """A document of an audit. state: read, failed or skipped; reason: why not read. claims: used though not usable."""

    uri: str
    id: str
    title: str
    media_type: str
    language: str
    words: int
    group: str
    owner: str
    published: str
    modified: str
    expires: str
    status: str
    text_hash: str
    sketch: str
    prefilter: str
    errors: int
    warnings: int
    suggestions: int
    claims: int
    state: str
    reason: str
    findings: list[FoundRow]


def make_row(
    entry: Entry, prose: Prose, findings: Sequence[Finding], modified: str, *, with_text: bool = False
) -> DocumentRow:
    """The row of a document that was read. modified: when, as far as its source knows. with_text: with sentences."""
    meta = prose.meta
    levels = Counter(finding.level for finding in findings)
    row = make_blank_row(entry, "read", "")
    form = find_format(prose.path)
    row |= {
        "media_type": form.name if form else "",
        "id": _find_value(meta, ("id", "canonical", "canonical_url", "permalink")) or entry.uri,
        "title": _find_title(prose),
        "language": read_language(meta),
        "words": sum(len(block.text.split()) for block in prose.blocks),
        "owner": _find_value(meta, _OWNER),
        "published": _find_day(meta, _PUBLISHED),
        "modified": _find_day(meta, _MODIFIED) or modified,
        "expires": _find_day(meta, _EXPIRES),
        "status": _find_value(meta, _STATUS).lower(),
        "text_hash": hash_text(block.text for block in prose.blocks),
        "sketch": make_sketch(block.text for block in prose.blocks),
        "prefilter": make_prefilter(block.text for block in prose.blocks),
        "errors": levels["error"],
        "warnings": levels["warning"],
        "suggestions": levels["suggestion"],
        "claims": sum(finding.rule == CLAIM_RULE and bool(finding.reason) for finding in findings),
        "findings": [_make_found_row(prose, finding, with_text) for finding in findings],
    }
    return row


def make_blank_row(entry: Entry, state: str, reason: str) -> DocumentRow:
    """The row of a document of which nothing is known. reason: why."""
    form = find_format(entry.uri)
    return DocumentRow(
        uri=entry.uri, id=entry.uri, title="", media_type=form.name if form else "", language="", words=0,
        group=entry.group, owner="", published="", modified="", expires="", status="", text_hash="", sketch="",
        prefilter="", errors=0, warnings=0, suggestions=0, claims=0, state=state, reason=reason, findings=[],
    )  # fmt: skip


def dump_row(row: DocumentRow) -> bytes:
    """A row as a line."""
    return json.dumps(row, separators=(",", ":")).encode() + b"\n"


def hash_text(texts: Iterable[str]) -> str:
    """A hash of the words of a document, however they are laid out."""
    digest = hashlib.blake2b(digest_size=HASH_BYTES)
    for text in texts:
        digest.update(" ".join(text.split()).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _make_found_row(prose: Prose, finding: Finding, with_text: bool) -> FoundRow:
    line, column = finding.span[:2]
    place = prose.places[line - 1] if 0 < line <= len(prose.places) else ""
    row = FoundRow(
        rule=finding.rule,
        level=finding.level,
        match=finding.match[:MAX_MATCH],
        replacement=" | ".join(finding.replacements) if finding.replacements != ("",) else "(leave out)",
        # What a finding on the whole file says is where it looked in vain.
        place=finding.message[:MAX_TITLE] if finding.rule == "file" else place or f"{line}:{column}",
        sentence_hash=finding.fingerprint,
    )
    if with_text:
        row["sentence"] = finding.excerpt
    return row


def _find_title(prose: Prose) -> str:
    if title := _find_value(prose.meta, ("title",)):
        return title
    found = (block.text for block in prose.blocks if block.kind in ("heading", "title"))
    return collapse_whitespace(next(found, "")).strip()[:MAX_TITLE]


def _find_value(meta: dict[str, Any], names: Sequence[str]) -> str:
    """The text of the first of these keys that has one; of a list, all."""
    for name in names:
        value = meta.get(name)
        values = value if isinstance(value, (list, tuple)) else [value]
        if said := ", ".join(str(one).strip() for one in values if isinstance(one, (str, int)) and str(one).strip()):
            return collapse_whitespace(said)[:MAX_TITLE]
    return ""


def _find_day(meta: dict[str, Any], names: Sequence[str]) -> str:
    for name in names:
        if isinstance(value := meta.get(name), str) and (match := _DAY.match(value.strip())):
            return match[0]
    return ""
