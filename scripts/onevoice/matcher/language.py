"""Languages by their tags: which words count in which documents. Only of English do we know rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# Of words that count in documents of every language, such as a company's name.
ANY = "*"
# The keys of front matter, and of a page's HTML, that say in which language a document is.
LANGUAGE_KEYS = ("lang", "language")
# How far into a document we look for it.
_HEAD_BYTES = 8_000
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*\r?$", re.S | re.M)
_FRONT_LANGUAGE = re.compile(r"^(lang|language)[ \t]*[:=][ \t]*[\"']?([\w-]+)", re.M)
_HTML_LANGUAGE = re.compile(r"<html\b[^>]*?\blang=[\"']?([\w-]+)", re.I)
_TAG = re.compile(r"[a-z]{2}(?:-[a-z0-9]{2,8})*")
# ISO 639-1: what else has two letters is none (`language: js`).
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu "
    "ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na "
    "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so "
    "sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)


def is_english(tag: str) -> bool:
    """Whether a language tag, such as `en-US`, is one of English."""
    return get_primary(tag) == "en"


def get_primary(tag: str) -> str:
    """The language itself of a tag, without a country: `de` of `de-CH`."""
    return tag.lower().partition("-")[0]


def read_language(meta: Mapping[str, Any]) -> str:
    """The tag of the language that front matter states, in small letters; "" if it states none that we know."""
    for key in LANGUAGE_KEYS:
        if isinstance(value := meta.get(key), str):
            tag = value.strip().lower().replace("_", "-")
            if _TAG.fullmatch(tag) and get_primary(tag) in _CODES.split():
                return tag
    return ""


def find_stated_language(data: bytes) -> str:
    """The tag of the language that a document states, before anyone has parsed it; "" if it states none that we know.

    data: the beginning of the document is enough. Front matter (YAML and TOML) and HTML state one.
    """
    # Few documents state one, and a run asks all of them.
    if b"lang" not in data[:_HEAD_BYTES].lower():
        return ""
    if data.startswith((b"---", b"+++")) and b"lang" not in data[: data.find(b"\n" + data[:3], 0, _HEAD_BYTES)]:
        return ""
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    if front := _FRONT_MATTER.match(head):
        return read_language({match[1]: match[2] for match in _FRONT_LANGUAGE.finditer(front[0])})
    return read_language({"lang": match[1]}) if (match := _HTML_LANGUAGE.search(head)) else ""


@lru_cache(maxsize=1000)
def counts_in(words: str, document: str, handbook: str) -> bool:
    """Whether words of a language count in a document.

    words: their tag, ANY, or "" for the handbook's; document: its tag, or "" for the handbook's. Words of `de` count in
    `de-CH`, but not the other way around; the handbook's own in all countries that speak its language.
    """
    if words == ANY:
        return True
    words, document, handbook = words.lower(), document.lower(), handbook.lower()
    if not words:
        return not document or get_primary(document) == get_primary(handbook)
    if not document or f"{handbook}-".startswith(f"{document}-"):
        document = handbook
    return f"{document}-".startswith(f"{words}-")
