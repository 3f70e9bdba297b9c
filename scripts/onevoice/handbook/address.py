"""The address of each record's page on the site (a contract: links from outside rely on it)."""

from __future__ import annotations

from onevoice.records import Record
from onevoice.records.word import slug

# What stands beside the pages of records in the same folder of the site.
TAKEN = {
    "/glossary/": ("avoid",),
    "/catalog/": ("gaps", "due"),
    "/messaging/": ("personas", "journey", "objections", "versus", "proof", "boilerplate", "plays", "questions"),
}
ANCHORED = {"objection": "objections", "versus": "versus", "boilerplate": "boilerplate"}


def address(record: Record) -> str:
    """The site path of a record's page, with a leading slash; an anchor where several records share a page."""
    match record.KIND:
        case "terms":
            return f"/glossary/{record.id}/"
        case "assets":
            return f"/catalog/{record.id}/"
        case "personas":
            return f"/messaging/personas/{record.id}/"
        case "journey":
            return "/messaging/journey/"
        case "messages":
            return (
                f"/messaging/{ANCHORED[record.type]}/#{record.id}"
                if record.type in ANCHORED
                else f"/messaging/#{record.id}"
            )
        case "proof":
            return f"/messaging/proof/#{record.id}"
        case "requests":
            return f"/catalog/gaps/#{record.id}"
        case "forms":
            return f"/request/#{record.id}"
        case "teams":
            return f"/together/teams/#{record.id}"
        case _:
            return f"/brand/#{record.KIND}"


def redirects(word: str) -> str:
    """The site path that leads from an avoided word to its term."""
    return f"/glossary/{slug(word)}/"
