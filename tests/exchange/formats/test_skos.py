"""SKOS as tools write it, what can't be read, and the rules that our own keeps."""

import builtins
import json
import socket

import pytest
from hypothesis import given, settings
from rdflib import Graph

from exports import make_export, read_words, term_lists, write_words
from handbooks import ROOT
from integrity import CHECKS
from onevoice import limits
from onevoice.errors import MissingToolError, OnevoiceError
from onevoice.exchange.entry import Source
from onevoice.exchange.formats import load_word_formats, recognize_format

SAMPLES = ROOT.parent / "shared" / "data" / "skos"
PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix : <https://a.example/> .
"""
BOAT = """
:boat a skos:Concept ; skos:prefLabel "boat"@en, "Boot"@de ; skos:altLabel "vessel"@en ;
  skos:definition "It floats."@en ; skos:scopeNote "Not a ship."@en ; skos:example "My boat floats."@en ;
  skos:broader :transport ; dct:source "A book" .
:transport a skos:Concept ; skos:prefLabel "transport"@en .
:water a skos:Collection ; skos:prefLabel "on water"@en ; skos:member :boat .
"""
FIELDS = {
    "preferred": "boat",
    "definition": "It floats.",
    "allowed": ["vessel"],
    "area": "on water",
    "names": {"de": {"preferred": "Boot"}},
    "examples": [{"good": "My boat floats."}],
    "related": ["https://a.example/transport"],
    "sources": [{"title": "A book"}],
    "note": "Not a ship.",
}


def read(turtle, **options):
    """What statements say."""
    return read_words("skos", (PREFIXES + turtle).encode(), "w.ttl", **options)


@pytest.mark.parametrize(("form", "ending"), [("turtle", "ttl"), ("nt", "nt"), ("xml", "rdf"), ("json-ld", "jsonld")])
def test_every_syntax_says_the_same(form, ending):
    data = Graph().parse(data=PREFIXES + BOAT, format="turtle").serialize(format=form).encode()
    name = f"words.{ending}"
    assert recognize_format(Source(name, {name: data})) == "skos"
    entries = {entry.key: entry for entry in read_words("skos", data, name).entries}
    assert entries["https://a.example/boat"].fields == FIELDS


def test_a_source_tells_who_published_it_and_when():
    source = '[ dct:title "A book" ; dct:publisher "A  house" ; dct:date "2025-12-31" ; dct:description "On boats." ]'
    later = '[ dct:title "A film" ; dct:date "last year" ]'
    reading = read(f':a a skos:Concept ; skos:prefLabel "a"@en ; dct:source {source} , {later} .')
    [entry] = reading.entries
    assert sorted(entry.fields["sources"], key=str) == [
        {"title": "A book", "publisher": "A house", "date": "2025-12-31", "note": "On boats."},
        {"title": "A film"},
    ]
    assert [one.text for one in reading.omissions] == ["last year"]


def test_places_are_those_of_the_descriptions():
    places = {entry.fields["preferred"]: entry.place for entry in read(BOAT).entries}
    assert places == {"boat": "w.ttl:8", "transport": "w.ttl:11"}


def test_the_language_of_the_handbook_is_the_terms():
    [boat, _] = read(BOAT, language="de").entries
    assert (boat.fields["preferred"], boat.fields["names"]["en"]["preferred"]) == ("Boot", "boat")


def test_labels_that_are_resources():
    reading = read(':a a skos:Concept ; xl:prefLabel [ xl:literalForm "boat"@en ] ; xl:altLabel :l . '
                   ':l xl:literalForm "vessel"@en .')  # fmt: skip
    assert reading.entries[0].fields == {"preferred": "boat", "allowed": ["vessel"]}


HIDDEN = ':a a skos:Concept ; skos:prefLabel "boat"@en ; skos:hiddenLabel "baot"@en .'


def test_somebody_says_what_hidden_labels_are():
    guessed = read(HIDDEN)
    [question] = guessed.questions
    assert (question.guess, question.choices[0]) == ("leave them out", "leave them out")
    assert guessed.entries[0].fields == {"preferred": "boat"}
    assert [(one.place, one.text) for one in guessed.omissions] == [("w.ttl:7", "baot")]
    told = read(HIDDEN, **{question.key: "avoid them"})
    assert told.entries[0].fields == {"preferred": "boat", "avoid": [{"term": "baot"}]}
    assert told.omissions == ()
    assert told.questions == guessed.questions


@pytest.mark.parametrize(
    ("turtle", "omissions"),
    [
        (':a a skos:Concept ; skos:prefLabel "boat"@en, "ship"@en .', [("w.ttl:7", "ship")]),
        (":a a skos:Concept .", [("w.ttl:7", "a")]),
        (':a a skos:Concept ; skos:prefLabel "boat"@en ; owl:deprecated true .', [("w.ttl:7", "boat")]),
        (
            ':a a skos:Concept ; skos:prefLabel "boat"@en ; skos:broader :b .\n'
            ':b a skos:Concept ; skos:prefLabel "ship"@en ; skos:broader :a .',
            [("w.ttl:7", "boat, ship")],
        ),
        (
            ':a a skos:Concept ; skos:prefLabel "boat"@en ; skos:notation "1", "2" ; skos:exactMatch <b:c> .',
            [("w.ttl:7", "skos:notation (2 times)"), ("w.ttl:7", "skos:exactMatch")],
        ),
        (
            ':a a skos:Concept ; skos:prefLabel "boat"@en ; skos:related <https://b.example/> .',
            [("w.ttl:7", "links to other concepts")],
        ),
        (':a a skos:Concept ; skos:prefLabel "boat"@en ; skos:definition "x"@en, "y"@en .', [("w.ttl:7", "y")]),
        (':a a skos:Concept ; skos:prefLabel "boat"@en ; skos:example "das Boot"@de .', [("w.ttl:7", "das Boot")]),
    ],
    ids=["two names", "no name", "deprecated", "a circle", "no place", "strangers", "two definitions", "examples"],
)  # fmt: skip
def test_what_is_left_out_is_told(turtle, omissions):
    assert [(one.place, one.text) for one in read(turtle).omissions] == omissions


def test_a_long_chain_and_a_long_circle():
    chain = "".join(
        f':c{n} a skos:Concept ; skos:prefLabel "w{n}"@en ; skos:broader :c{n + 1} .\n' for n in range(3000)
    )
    end = ':c3000 a skos:Concept ; skos:prefLabel "w3000"@en ; skos:broader :c{} .\n'
    assert not any("broader" in one.reason for one in read(chain + end.format(9000)).omissions)
    assert sum("broader" in one.reason for one in read(chain + end.format(0)).omissions) == 1


def jsonld(context):
    return json.dumps({"@context": context, "@id": "https://a.example/", "prefLabel": "a"}, indent=1).encode()


ROOT_TAG = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
BOMB = '<!DOCTYPE rdf:RDF [<!ENTITY a "{}">{}]>' + ROOT_TAG + "{}</rdf:RDF>"
HOSTILE = {
    "an entity bomb": ("w.rdf", BOMB.format("aaaa", '<!ENTITY b "&a;&a;">', "&b;").encode()),
    "many short entities": ("w.rdf", BOMB.format("a" * 299, "", "&a;" * 200_000).encode()),
    "a file to fetch": ("w.rdf", BOMB.replace('"{}"', 'SYSTEM "file:///etc/passwd"', 1).format("", "&a;").encode()),
    "deep XML": ("w.rdf", BOMB.format("", "", "<a>" * 100_000).encode()),
    "broken XML": ("w.rdf", b"<?xml version='1.0'?><rdf:RDF>"),
    "a remote context": ("w.jsonld", jsonld("https://a.example/context.jsonld")),
    "a remote context in a list": ("w.jsonld", jsonld([{}, "https://a.example/context.jsonld"])),
    "a context inside one": ("w.jsonld", jsonld({"a": {"@id": "b:c", "@context": "file:///etc/passwd"}})),
    "an import of one": ("w.jsonld", jsonld({"@import": "https://a.example/context.jsonld"})),
    "broken JSON": ("w.jsonld", b'{"@id": '),
    "deep JSON": ("w.jsonld", b'{"a":' * 100_000),
    "deep lists": ("w.jsonld", b"[" * 100_000 + b"]" * 100_000),
    "deep JSON-LD": ("w.jsonld", b'{"https://a.example/b":' * 900 + b"1" + b"}" * 900),
    "broken Turtle": ("w.ttl", PREFIXES.encode() + b":a skos:prefLabel ."),
    "brackets": ("w.ttl", PREFIXES.encode() + b":a :b " + b"[ :b " * 100_000),
    "lists": ("w.ttl", PREFIXES.encode() + b":a :b " + b"( " * 100_000),
    "no UTF-8": ("w.ttl", b'\n:a :b "\xff" .'),
    "too large": ("w.ttl", b"#" * (limits.MAX_GRAPH_BYTES + 1)),
    "no concept": ("w.ttl", PREFIXES.encode()),
    "nothing": ("w.ttl", b""),
    "JSON of another kind": ("w.json", b"[1, 2]"),
    "binary": ("w.ttl", bytes(range(256)) * 10),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_refused_with_its_line(name, monkeypatch):
    def refuse(*_):
        raise AssertionError("it goes to the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    file, data = HOSTILE[name]
    with pytest.raises(OnevoiceError, match=rf"^{file}:\d+:.*\S"):
        read_words("skos", data, file)


def test_too_many_statements(monkeypatch):
    monkeypatch.setattr(limits, "MAX_GRAPH_STATEMENTS", 10)
    statement = ':a skos:altLabel "{}" .\n'
    assert len(read("".join(map(statement.format, range(9))) + ':a skos:prefLabel "a" .').entries) == 1
    with pytest.raises(OnevoiceError, match="more than 10 statements"):
        read("".join(map(statement.format, range(10))) + ':a skos:prefLabel "a" .')


def test_a_huge_number_stays_small():
    number = '"1E999999999"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert len(read(f':a a skos:Concept ; skos:prefLabel "a" ; :size {number} .').entries) == 1


def test_addresses_abbreviated_by_entities():
    graph = Graph().parse(data=PREFIXES + BOAT, format="turtle").serialize(format="xml")
    head = '<!DOCTYPE rdf:RDF [<!ENTITY a "https://a.example/">]>\n<rdf:RDF'
    data = graph.replace('"https://a.example/', '"&a;').replace("<rdf:RDF", head, 1).encode()
    assert b"&a;boat" in data
    assert {entry.key for entry in read_words("skos", data, "w.rdf").entries} >= {"https://a.example/boat"}


def test_without_the_library_it_says_how_to_get_it(monkeypatch):
    load = builtins.__import__

    def refuse(name, *rest):
        if name.startswith("rdflib"):
            raise ImportError(name)
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingToolError, match=r'pip install "onevoice\[exchange\]"'):
        read(BOAT)


@pytest.mark.hypothesis
@settings(max_examples=30)
@given(terms=term_lists())
def test_our_own_file_keeps_the_rules(terms):
    graph = Graph().parse(data=write_words("skos", terms), format="turtle")
    assert {check.__name__: check(graph) for check in CHECKS} == {check.__name__: [] for check in CHECKS}


GOOD = ':s a skos:ConceptScheme . :a a skos:Concept ; skos:inScheme :s ; skos:prefLabel "a"@en . '
GOOD += ':b a skos:Concept ; skos:inScheme :s ; skos:prefLabel "b"@en . '


@pytest.mark.parametrize(
    ("name", "turtle"),
    [
        ("check_names", ":c a skos:Concept ; skos:inScheme :s ."),
        ("check_single_names", ':a skos:prefLabel "x"@en .'),
        ("check_disjoint_labels", ':a skos:hiddenLabel "a"@en .'),
        ("check_empty_labels", ':a skos:altLabel " "@en .'),
        ("check_languages", ':a skos:altLabel "x" .'),
        ("check_links", ":a skos:related :z ."),
        ("check_hierarchy", ":a skos:broader :b . :b skos:broader :a ."),
        ("check_hierarchy", ":a skos:broader :b ; skos:related :b ."),
        ("check_kinds", ":a a skos:Collection ."),
        ("check_schemes", ':c a skos:Concept ; skos:prefLabel "c"@en .'),
        ("check_label_resources", ':a xl:altLabel [ xl:literalForm "y"@en ] .'),
    ],
)
def test_each_rule_finds_what_breaks_it(name, turtle):
    broken = Graph().parse(data=PREFIXES + GOOD + turtle, format="turtle")
    assert len(CHECKS) == 10
    assert [check.__name__ for check in CHECKS if check(broken)] == [name]


def test_the_same_words_make_the_same_bytes():
    export = make_export([{"id": "a", "preferred": "a", "definition": "d", "allowed": ["c", "b"]}])
    first, second = (load_word_formats()["skos"].write(export)[0].data for _ in range(2))
    assert first == second
    assert first.index(b'"b"@en') < first.index(b'"c"@en')


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the public vocabularies aren't here")
def test_every_public_vocabulary_is_imported_or_refused():
    read_files, refused = 0, []
    for path in sorted(SAMPLES.rglob("*.ttl")):
        try:
            reading = read_words("skos", path.read_bytes(), path.name)
        except OnevoiceError as error:
            refused.append(str(error))
            continue
        read_files += 1
        assert len(reading.entries) + len({one.place for one in reading.omissions}) >= reading.total
    assert read_files >= 25
    # These have no concepts at all.
    assert sorted(text.partition(":")[0] for text in refused) == [
        "default_graph.ttl", "myns-ontology.ttl", "test-marc.ttl",
    ]  # fmt: skip
