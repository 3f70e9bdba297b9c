"""XLIFF: what translators get, read back by an XML library."""

import pytest
from hypothesis import given, settings
from lxml import etree

from exports import BRAND, term_lists, write_words

NEW = "{urn:oasis:names:tc:xliff:document:2.0}"
OLD = "{urn:oasis:names:tc:xliff:document:1.2}"
TERMS = [
    {
        "id": "24-7", "preferred": "24/7", "definition": "Always, & ever.", "part_of_speech": "phrase",
        "area": "service", "abbreviation": "AA", "allowed": ["always on", "always"], "avoid": ["round the clock"],
        "names": {"de": "rund um die Uhr"},
    },
    {"id": "boot", "preferred": "Boot", "definition": "Es schwimmt.", "language": "de"},
]  # fmt: skip
SOURCES = {
    "24-7.preferred": "24/7",
    "24-7.abbreviation": "AA",
    "24-7.allowed.1": "always on",
    "24-7.allowed.2": "always",
    "24-7.definition": "Always, & ever.",
}


def test_version_2():
    root = etree.fromstring(write_words("xliff", TERMS))
    assert (root.tag, dict(root.attrib)) == (f"{NEW}xliff", {"version": "2.0", "srcLang": "en"})
    units = root.findall(f"{NEW}file/{NEW}unit")
    assert {one.get("id"): one.findtext(f"{NEW}segment/{NEW}source") for one in units} == SOURCES
    assert [[etree.QName(part).localname for part in one] for one in units] == [["notes", "segment"]] * 5
    notes = {one.get("category"): one.text for one in units[0].iter(f"{NEW}note")}
    assert notes == {
        "definition": "Always, & ever.",
        "part of speech": "phrase",
        "area": "service",
        "avoid": "round the clock",
    }


def test_version_1():
    root = etree.fromstring(write_words("xliff-1", TERMS))
    file = root.find(f"{OLD}file")
    assert dict(file.attrib) == {"original": "onevoice", "datatype": "plaintext", "source-language": "en"}
    units = file.findall(f"{OLD}body/{OLD}trans-unit")
    assert {one.get("id"): one.findtext(f"{OLD}source") for one in units} == SOURCES
    assert units[0].findtext(f"{OLD}note") == "definition: Always, & ever."


def test_the_language_of_the_handbook_is_the_source():
    root = etree.fromstring(write_words("xliff", TERMS, brand={**BRAND, "language": "de"}))
    assert root.get("srcLang") == "de"
    sources = {one.findtext(f"{NEW}segment/{NEW}source") for one in root.iter(f"{NEW}unit")}
    assert sources >= {"Boot", "Es schwimmt."}


@pytest.mark.hypothesis
@settings(max_examples=30)
@given(terms=term_lists())
def test_any_words_are_xml_with_ids_of_their_own(terms):
    for name, tag in (("xliff", f"{NEW}unit"), ("xliff-1", f"{OLD}trans-unit")):
        ids = [one.get("id") for one in etree.fromstring(write_words(name, terms)).iter(tag)]
        assert len(ids) == len(set(ids))
