"""Addresses on the site: each record defines its own (`Record.PAGE`); here is what leads to it."""

from __future__ import annotations

from onevoice.records import Record
from onevoice.records.word import make_slug


def find_page_path(record: Record) -> str:
    """The site path of a record's page, with a leading slash; with an anchor if several records share a page."""
    return record.page_path


def build_redirect_path(word: str) -> str:
    """The site path that leads from an avoided word to its term."""
    return f"/glossary/{make_slug(word)}/"
