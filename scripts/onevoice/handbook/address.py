"""Addresses on the site: of a record (which knows its own), and of what leads to it."""

from __future__ import annotations

import re
import unicodedata

from onevoice.matcher.fold import make_match_key
from onevoice.records import Record


def find_page_path(record: Record) -> str:
    """The site path of a record's page, with a leading slash; with an anchor if several records share a page."""
    return record.page_path


def build_redirect_path(word: str) -> str:
    """The site path that leads from an avoided word to its term."""
    return f"/glossary/{make_slug(word)}/"


def make_slug(word: str) -> str:
    """The word as a part of an address: `buyer's journey` becomes `buyers-journey`, `24/7` `24-7`, `C++` `c-plus-plus`.

    Letters of other scripts stay; accents of Latin letters go. Never empty; the same for all spellings of one word.
    """
    text = make_match_key(word).replace("'", "").replace("+", " plus ").replace("#", " sharp ").replace("&", " and ")
    text = "".join(char for char in unicodedata.normalize("NFKD", text) if not ("\u0300" <= char <= "\u036f"))
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text)).strip("-") or "sign"
