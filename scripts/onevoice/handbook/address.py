"""Addresses on the site: each record defines its own (`Record.PAGE`); here is what leads to it."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Container

from onevoice.matcher.fold import make_match_key
from onevoice.records import Record
from onevoice.records.scalar import DEVICE_NAMES

# Letters of a name of a file that comes from a text.
MAX_FILE_SLUG = 60


def find_page_path(record: Record) -> str:
    """The site path of a record's page, with a leading slash; with an anchor if several records share a page."""
    return record.page_path


def build_redirect_path(word: str) -> str:
    """The site path that leads from an avoided word to its term."""
    return f"/glossary/{make_slug(word)}/"


@functools.lru_cache(maxsize=100_000)
def make_slug(word: str) -> str:
    """The word as a part of an address: `buyer's journey` becomes `buyers-journey`, `24/7` `24-7`, `C++` `c-plus-plus`.

    Letters of other scripts stay; accents of Latin letters go. Never empty; the same for all spellings of one word.
    """
    text = make_match_key(word).replace("'", "").replace("+", " plus ").replace("#", " sharp ").replace("&", " and ")
    # What stands for a capital, such as the sign of the Planck constant, becomes one.
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).lower()
        text = "".join(char for char in text if not ("\u0300" <= char <= "\u036f"))
        text = unicodedata.normalize("NFC", text)
    slug = re.sub(r"[\W_]+", "-", text).strip("-") or "sign"
    return f"the-{slug}" if slug in DEVICE_NAMES else slug


def find_free_name(name: str, taken: Container[str]) -> str:
    """A name that isn't taken: this one, or the first of it with a number: `plan-2`."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def make_file_slug(text: str) -> str:
    """A slug for the name of a file: a long one is cut, as not every disk takes more than 255 bytes."""
    slug = make_slug(text)
    if len(slug) <= MAX_FILE_SLUG:
        return slug
    return f"{slug[:MAX_FILE_SLUG]}-{hashlib.sha256(slug.encode()).hexdigest()[:8]}"
