"""TBX as programs write it, and what can't be read."""

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from exports import make_export, read_words, write_words
from handbooks import ROOT
from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.exchange.entry import Source
from onevoice.exchange.formats import load_word_formats, recognize_format

SAMPLES = ROOT.parent / "shared" / "data" / "tbx"
TBX = "{urn:iso:std:iso:30042:ed-2}"
OLD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>Ours</p></sourceDesc></fileDesc></martifHeader>
<text><body>{}</body></text></martif>"""


def old(body):
    """A file in the format of the years before 2019."""
    return OLD.format(body).encode()


def new(body, style="dca"):
    """A file in version 3."""
    return (
        f'<tbx type="TBX-Basic" style="{style}" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" '
        'xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">'
        f"<tbxHeader/><text><body>{body}</body></text></tbx>"
    ).encode()


def entry(term, notes="", more="", concept=""):
    """An entry of martif with a preferred name and another one."""
    return (
        f'<termEntry id="c1">{concept}<langSet xml:lang="en-us"><tig><term>boat</term></tig>'
        f"<ntig><termGrp><term>{term}</term>{notes}</termGrp>{more}</ntig></langSet></termEntry>"
    )


def read_fields(data, **options):
    """The fields of a file's only entry."""
    [found] = read_words("tbx", data, "words.tbx", **options).entries
    return found.fields


@pytest.mark.parametrize(
    ("status", "key"),
    [
        ("preferredTerm-admn-sts", "preferred"), ("PREFERRED", "preferred"), ("Preferred", "preferred"),
        ("standardizedTerm-admn-sts", "preferred"), ("bevorzugt", "preferred"),
        ("admittedTerm-admn-sts", "allowed"), ("Admitted", "allowed"), ("accepted", "allowed"),
        ("deprecatedTerm-admn-sts", "avoid"), ("supersededTerm-admn-sts", "avoid"), ("Superseded", "avoid"),
        ("forbidden", "avoid"), ("Obsolete", "avoid"), ("notRecommended", "avoid"), ("not recommended", "avoid"),
        ("verboten", "avoid"), ("interdit", "avoid"), ("finalized", "allowed"), ("draft", "allowed"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("category", ["administrativeStatus", "processStatus", "Status"])
def test_the_words_for_a_status(status, key, category):
    fields = read_fields(old(entry("ship", f'<termNote type="{category}">{status}</termNote>')))
    found = {"preferred": fields["preferred"], "allowed": fields.get("allowed"), "avoid": fields.get("avoid")}
    assert (
        found
        == {
            "preferred": {"preferred": "ship", "allowed": ["boat"], "avoid": None},
            "allowed": {"preferred": "boat", "allowed": ["ship"], "avoid": None},
            "avoid": {"preferred": "boat", "allowed": None, "avoid": [{"term": "ship"}]},
        }[key]
    )


def test_a_status_that_nobody_knows_is_told():
    reading = read_words("tbx", old(entry("ship", '<termNote type="status">sparkling</termNote>')), "words.tbx")
    assert reading.entries[0].fields["allowed"] == ["ship"]
    assert [(one.place, one.text) for one in reading.omissions] == [("words.tbx:4", "sparkling")]


@pytest.mark.parametrize("kind", ["acronym", "abbreviation", "Initialism"])
def test_short_forms(kind):
    fields = read_fields(old(entry("MV", f'<termNote type="termType">{kind}</termNote>')))
    assert fields == {"preferred": "boat", "abbreviation": "MV"}


@pytest.mark.parametrize(
    "concept",
    [
        '<descrip type="subjectField">transport</descrip><descripGrp><descrip type="definition">A\n\t thing '
        '<hi type="bold">that</hi> floats.</descrip><admin type="source">A book</admin></descripGrp>'
        "<note>Not a ship.</note>",
        '<descrip type="Domain">transport</descrip><descrip type="Definition">A thing that floats.</descrip>'
        '<adminGrp><admin type="source">A book</admin></adminGrp><descrip type="Usage note">Not a ship.</descrip>',
    ],
)
def test_what_is_said_of_a_concept(concept):
    assert read_fields(old(entry("ship", concept=concept))) == {
        "preferred": "boat",
        "definition": "A thing that floats.",
        "allowed": ["ship"],
        "area": "transport",
        "sources": [{"title": "A book"}],
        "note": "Not a ship.",
    }


BODY_DCT = """<conceptEntry id="c1"><min:subjectField>transport</min:subjectField>
<basic:externalCrossReference target="https://a.example/">A page</basic:externalCrossReference>
<langSec xml:lang="de"><termSec><term>Boot</term></termSec></langSec>
<langSec xml:lang="en"><basic:definition>It floats.</basic:definition>
<termSec><term>boat</term><min:partOfSpeech>noun</min:partOfSpeech><basic:context>My boat floats.</basic:context>
</termSec>
<termSec><term>tub</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus><note>Rude.</note>
</termSec></langSec></conceptEntry>"""
BODY_DCA = """<conceptEntry id="c1"><descrip type="subjectField">transport</descrip>
<xref type="externalCrossReference" target="https://a.example/">A page</xref>
<langSec xml:lang="de"><termSec><term>Boot</term></termSec></langSec>
<langSec xml:lang="en"><descrip type="definition">It floats.</descrip>
<termSec><term>boat</term><termNote type="partOfSpeech">noun</termNote><descrip type="context">My boat floats.</descrip>
</termSec><termSec><term>tub</term><termNoteGrp><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
</termNoteGrp><note>Rude.</note></termSec></langSec></conceptEntry>"""


@pytest.mark.parametrize(("body", "style"), [(BODY_DCA, "dca"), (BODY_DCT, "dct")])
def test_both_styles(body, style):
    assert read_fields(new(body, style)) == {
        "preferred": "boat",
        "definition": "It floats.",
        "avoid": [{"term": "tub", "why": "Rude."}],
        "part_of_speech": "noun",
        "area": "transport",
        "names": {"de": {"preferred": "Boot"}},
        "examples": [{"good": "My boat floats."}],
        "sources": [{"title": "A page", "url": "https://a.example/"}],
    }
    german = read_fields(new(body, style), language="de")
    assert (german["preferred"], german["names"]["en"]["preferred"]) == ("Boot", "boat")
    other = read_fields(new(body, style), language="fr")
    assert (other["preferred"], other["language"]) == ("Boot", "de")


def test_references_name_the_other_entry():
    body = """<conceptEntry id="c1"><ref type="crossReference" target="c2">car</ref><ref type="crossReference"
    target="c9">bus</ref><langSec xml:lang="en"><termSec><term>boat</term></termSec></langSec></conceptEntry>
    <conceptEntry id="c2"><langSec xml:lang="en"><termSec id="t2"><term>car</term></termSec></langSec></conceptEntry>"""
    reading = read_words("tbx", new(body), "words.tbx")
    assert [one.key for one in reading.entries] == ["c1", "c2"]
    assert reading.entries[0].fields["related"] == ["c2"]
    assert [one.text for one in reading.omissions] == ["c9"]


def test_what_a_term_has_no_place_for_is_told_once_for_each_kind():
    dates = "<transacGrp><transac type='transactionType'>origination</transac><date>2020-01-01</date></transacGrp>"
    body = "".join(
        f'<conceptEntry id="c{n}">{dates}<langSec xml:lang="en"><termSec><term>w{n}</term>'
        '<termNote type="grammaticalGender">neuter</termNote></termSec></langSec></conceptEntry>\n'
        for n in range(3)
    )
    assert [(one.place, one.text) for one in read_words("tbx", new(body), "w.tbx").omissions] == [
        ("w.tbx:1", "transacGrp (3 times)"),
        ("w.tbx:1", "grammaticalGender (3 times)"),
    ]


def test_a_concept_of_which_all_names_are_forbidden_is_told():
    body = """<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>tub</term>
    <termNote type="status">forbidden</termNote></termSec></langSec></conceptEntry>"""
    reading = read_words("tbx", new(body), "words.tbx")
    assert (reading.entries, reading.total) == ((), 1)
    assert [(one.place, one.text) for one in reading.omissions] == [("words.tbx:1", "tub")]


BOMB = '<!DOCTYPE martif [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE = {
    "an entity bomb": BOMB.encode() + b"<martif>&b;</martif>",
    "a file to fetch": b'<!DOCTYPE martif [<!ENTITY a SYSTEM "file:///etc/passwd">]><martif>&a;</martif>',
    "an entity of nobody": old("<termEntry>&company;</termEntry>"),
    "deep": new("<descrip>" * 5000),
    "very deep": new("<note>" * 1_000_000),
    "one huge entry": new(f"<conceptEntry>{'<note/>' * 1_000_000}</conceptEntry>"),
    "too large": b"<tbx>" + b" " * limits.MAX_TERMBASE_BYTES,
    "cut off": new(BODY_DCA)[:-30],
    "no XML": b"term;definition\n",
    "nothing": b"",
    "another XML": b"<html><body/></html>",
    "no concept": new(""),
    "an unknown encoding": b'<?xml version="1.0" encoding="ebcdic-x"?><tbx/>',
    "binary": bytes(range(256)) * 10,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_refused_with_its_line(name):
    with pytest.raises(OnevoiceError, match=r"^words\.tbx:\d+: \S"):
        read_words("tbx", HOSTILE[name], "words.tbx")


def test_html_entities_of_a_dtd_that_isnt_fetched():
    fields = read_fields(old(entry("ship", concept="<note>caf&eacute;&nbsp;bar</note>")))
    assert fields["note"] == "café bar"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much memory was in use")
def test_a_large_file_takes_little_memory():
    """An eighth of the largest file that's read, in a process of its own."""
    code = """
from pathlib import Path
from onevoice import limits
from onevoice.exchange.entry import Settings, Source
from onevoice.exchange.formats.tbx.read import read_termbase

one = '<conceptEntry id="c%d"><langSec xml:lang="en"><termSec><term>w%d</term><note>x</note></termSec></langSec>'
body = "".join((one + "</conceptEntry>") % (n, n) for n in range(limits.MAX_TERMBASE_BYTES // 8 // 120)).encode()
reading = read_termbase(Source("w", {"w": b"<tbx><text><body>" + body + b"</body></text></tbx>"}), Settings())
assert reading.total == len(reading.entries) > 20000
print(*(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""
    # Not what `resource` says: that has the memory of the process which started this one, too.
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(run.stdout) // 1024 < 400


def test_our_own_file_has_the_structure_of_tbx_basic():
    """What the public schema and the rules of the dialect ask for, as far as our export uses it."""
    terms = [
        {
            "id": "24-7", "preferred": "24/7", "definition": "Always.", "part_of_speech": "phrase", "area": "service",
            "abbreviation": "AA", "allowed": ["always on"], "avoid": [{"term": "round the clock", "why": "Long."}],
            "note": "A & B", "examples": [{"good": "Open 24/7."}], "related": ["b"], "sources": ["A book"],
            "names": {"de": {"preferred": "rund um die Uhr", "definition": "Immer.", "avoid": ["24/7"]}},
        },
        {"id": "b", "preferred": "b", "definition": "d", "sources": [{"title": "x", "url": "https://a.example/"}]},
    ]  # fmt: skip
    root = etree.fromstring(write_words("tbx", terms))
    assert (root.tag, root.get("type"), root.get("style")) == (f"{TBX}tbx", "TBX-Basic", "dca")
    check_structure(root)
    check_structure(etree.fromstring(load_word_formats()["tbx"].write(make_export([terms[1]]))[0].data))


PARENTS = {
    "tbxHeader": {"tbx"}, "text": {"tbx"}, "fileDesc": {"tbxHeader"}, "titleStmt": {"fileDesc"},
    "title": {"titleStmt"}, "sourceDesc": {"fileDesc"}, "p": {"sourceDesc"}, "body": {"text"},
    "conceptEntry": {"body"}, "langSec": {"conceptEntry"}, "termSec": {"langSec"}, "term": {"termSec"},
    "note": {"conceptEntry", "langSec", "termSec"}, "termNote": {"termSec"}, "admin": {"conceptEntry"},
    "xref": {"conceptEntry"}, "ref": {"conceptEntry", "termSec"}, "descrip": {"conceptEntry", "langSec", "termSec"},
}  # fmt: skip
CATEGORIES = {
    ("descrip", "subjectField"): {"conceptEntry"}, ("descrip", "definition"): {"conceptEntry", "langSec"},
    ("descrip", "context"): {"termSec"}, ("admin", "source"): {"conceptEntry"},
    ("ref", "crossReference"): {"conceptEntry", "termSec"}, ("xref", "externalCrossReference"): {"conceptEntry"},
    ("termNote", "partOfSpeech"): {"noun", "verb", "adjective", "adverb", "other"},
    ("termNote", "termType"): {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"},
    ("termNote", "administrativeStatus"): {
        "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts", "supersededTerm-admn-sts",
    },
}  # fmt: skip
ORDER = {
    "conceptEntry": ["descrip", "admin", "xref", "ref", "note", "langSec"],
    "langSec": ["descrip", "note", "termSec"],
    "termSec": ["term", "termNote", "descrip", "note"],
}


def check_structure(root):
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert all(id[0].isalpha() for id in ids)
    for element in root.iterdescendants():
        tag, parent = (etree.QName(one).localname for one in (element, element.getparent()))
        assert element.tag.startswith(TBX)
        assert parent in PARENTS[tag], (tag, parent)
        if kind := element.get("type"):
            allowed = CATEGORIES[tag, kind]
            assert (element.text if tag == "termNote" else parent) in allowed, (tag, kind, element.text)
        if target := element.get("target"):
            assert target in ids or target.startswith("http")
        if tag in ORDER:
            children = [etree.QName(one).localname for one in element]
            places = [ORDER[tag].index(one) for one in children]
            # What's said of an entry comes in any order, and its sections come last.
            last = max(places)
            assert (
                places.count(last) == 0
                or places[-places.count(last) :] == [last] * places.count(last)
                or tag == "termSec"
            )
            assert tag != "termSec" or places == sorted(places)
        if tag == "langSec":
            assert element.get("{http://www.w3.org/XML/1998/namespace}lang")


def test_formats_are_told_apart():
    for data in (new(BODY_DCA), old(entry("ship")), old(entry("ship")).decode().encode("utf-16")):
        assert recognize_format(Source("w.xml", {"w.xml": data})) == "tbx"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the public term bases aren't here")
def test_every_public_term_base_is_imported(capsys):
    seen = 0
    for path in sorted(SAMPLES.rglob("*.tbx")):
        reading = read_words("tbx", path.read_bytes(), path.name)
        lost = {one.place for one in reading.omissions}
        seen += 1
        assert reading.entries
        # Each concept is an entry, or it's told where it is.
        assert len(reading.entries) + len(lost) >= reading.total
    assert seen >= 15
