"""The names that we write and read in RDF, each as the end of an address in its namespace."""

from __future__ import annotations

SKOS = "http://www.w3.org/2004/02/skos/core#"
XL = "http://www.w3.org/2008/05/skos-xl#"
TERMS = "http://purl.org/dc/terms/"
# Parts of speech, types of terms, and which of them is to be used.
LEXINFO = "http://www.lexinfo.net/ontology/3.0/lexinfo#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
PREFIXES = {"dct": TERMS, "lexinfo": LEXINFO, "rdfs": RDFS, "skos": SKOS, "skosxl": XL}

PARTS_OF_SPEECH = {
    "noun": "noun",
    "verb": "verb",
    "adjective": "adjective",
    "adverb": "adverb",
    "proper noun": "properNoun",
    "phrase": "phraseologicalUnit",
}
# What our own files say of themselves.
MARK = "Written by onevoice."
# The base of addresses where a handbook has none.
NOWHERE = "https://handbook.invalid/"
