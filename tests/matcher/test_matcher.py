"""Terms in text, seen through the matcher's own door; the cases of tests/cases say the rest."""

import datetime
import pickle
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.matcher import store
from onevoice.matcher.compile import compile_terms, dump_compiled_terms, load_compiled_terms
from onevoice.matcher.matcher import Context, Matcher
from onevoice.matcher.pattern import make_patterns
from onevoice.records.term import Term

TODAY = Context(datetime.date(2026, 11, 22))


def term(id, preferred="x", **fields):
    return Term.model_validate({"id": id, "preferred": preferred, "definition": "d", **fields})


def spans(matcher, text, **context):
    return [
        (text[hit.start : hit.end], hit.category, hit.term)
        for hit in matcher.find_hits(text, document=TODAY, **context)
    ]


def test_nothing_to_find():
    assert Matcher(compile_terms([])).find_hits("Any text.", document=TODAY) == []
    assert Matcher(compile_terms([term("a", "alpha")])).find_mentions("") == []


def test_a_hit_says_what_a_writer_needs():
    avoid = {"term": "buyer's journey", "why": "The path goes on.", "level": "warning"}
    matcher = Matcher(compile_terms([term("journey", "customer journey", avoid=[avoid])]))
    (hit,) = matcher.find_hits("The Buyer’s Journey", document=TODAY)
    assert (hit.start, hit.end, hit.term, hit.category, hit.variant) == (4, 19, "journey", "avoid", "buyer's journey")
    assert (hit.level, hit.replacements, hit.reason) == ("warning", ("Customer Journey",), "The path goes on.")


def test_contexts_of_a_block():
    word = {"term": "lead", "unless": ["quote", "link", "heading"]}
    matcher = Matcher(compile_terms([term("a", avoid=[word])]))
    assert spans(matcher, "a lead") == [("lead", "avoid", "a")]
    assert spans(matcher, "a lead", quoted=True) == []
    assert spans(matcher, "a lead", kind="heading") == []
    assert spans(matcher, "a lead, lead", links=[(0, 6)]) == [("lead", "avoid", "a")]
    assert spans(matcher, "a lead, lead", quotes=[(0, 6)]) == [("lead", "avoid", "a")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("new customer insights", ["customer insights"]),
        ("New customer insights report", ["customer insights"]),
        ("a new customer, insights", []),
        ("the new customer", []),
        ("a newcomer and a new thing", ["newcomer", "new"]),
        ("new customer new customer insights", ["customer insights"]),
        ("brand-new customers insight", []),
    ],
)
def test_a_replacement_gives_way_to_what_only_begins_inside_it(text, found):
    matcher = Matcher(
        compile_terms(
            [
                term("customer", avoid=[{"term": "newcomer", "use": "new customer"}]),
                term("findings", avoid=["customer insights"]),
                term("fresh", avoid=["new"]),
            ]
        )
    )
    assert [words for words, _, _ in spans(matcher, text)] == found


def test_a_right_name_hides_as_before_what_begins_inside_it():
    matcher = Matcher(compile_terms([term("a", "new customer"), term("b", avoid=["customer insights"])]))
    assert spans(matcher, "new customer insights") == []


@pytest.mark.parametrize(
    ("meta", "audiences", "channels"),
    [
        ({"audience": "Customers"}, {"customers"}, set()),
        ({"audience": ["a", "B"], "channel": "Email"}, {"a", "b"}, {"email"}),
        ({"audience": None, "channel": 5}, set(), {"5"}),
        ({}, set(), set()),
    ],
)
def test_context_of_front_matter(meta, audiences, channels):
    context = Context.from_meta(meta, TODAY.today)
    assert (context.audiences, context.channels) == (audiences, channels)


def test_mentions_are_right_names_only():
    matcher = Matcher(
        compile_terms(
            [
                term("mql", "marketing qualified lead", abbreviation="MQL", allowed=["qualified lead"]),
                term("lead", "lead", avoid=["lead gen"]),
                term("it", "information technology", abbreviation="IT"),
                term("hub", "Brand Hub", case="exact"),
            ]
        )
    )
    text = "An MQL is a Marketing Qualified Lead or qualified lead, not lead gen; leads use it. The brand hub, “IT”."
    found = [(text[hit.start : hit.end], hit.category, hit.term) for hit in matcher.find_mentions(text)]
    assert found == [
        ("MQL", "abbreviation", "mql"),
        ("Marketing Qualified Lead", "preferred", "mql"),
        ("qualified lead", "allowed", "mql"),
        ("leads", "preferred", "lead"),
        ("brand hub", "preferred", "hub"),
        ("IT", "abbreviation", "it"),
    ]


def test_a_replacement_is_silent():
    matcher = Matcher(compile_terms([term("a", "platform", avoid=[{"term": "software", "use": ["our software"]}])]))
    assert spans(matcher, "Our software is software.") == [("software", "avoid", "a")]


@pytest.mark.parametrize("whole", [0, 10**6])
def test_compiled_terms_survive_the_cache(monkeypatch, whole):
    monkeypatch.setattr(store, "MAX_UNSPLIT_WORDS", whole)
    terms = [
        term("a", avoid=[{"term": "foo", "since": "2026-01-01", "forms": {"fooed": "barred"}, "audiences": ["X"]}]),
        term("b", "GitHub", case="exact", abbreviation="GH", expand_first=True),
    ]
    compiled = compile_terms(terms)
    read = load_compiled_terms(dump_compiled_terms(compiled))
    assert tuple(read.patterns) == compiled.patterns
    assert (dict(read.reportable_forms), dict(read.all_forms)) == (compiled.reportable_forms, compiled.all_forms)
    assert (len(read.reportable_forms), read.reportable_flags, read.absent_signs) == (
        len(compiled.reportable_forms),
        compiled.reportable_flags,
        compiled.absent_signs,
    )
    assert (dict((kept := read.load_anchors()).phrases), *kept[::2]) == (
        dict((made := compiled.load_anchors()).phrases),
        *made[::2],
    )
    assert read.reportable_forms["fooed"] == compiled.reportable_forms["fooed"] and "bar" not in read.reportable_forms
    assert pickle.loads(pickle.dumps(compiled)) == compiled
    assert dump_compiled_terms(compile_terms(terms)) == dump_compiled_terms(compiled)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xe9\x05\x00\x00\x00", b"nonsense"])
def test_what_is_no_cache_is_refused(data):
    with pytest.raises((ValueError, EOFError, TypeError)):
        load_compiled_terms(data)


def test_patterns_are_plain_data():
    (first, second) = make_patterns(term("a", "alpha", avoid=["beta"]))
    assert (first.role, second.role, second.text, second.use) == ("preferred", "avoid", "beta", ("alpha",))
    assert [form.text for form in second.forms] == ["beta", "betas"]


def test_matching_needs_no_validation_library():
    """Terms are compiled once; a lint run that finds them in the cache must not pay for pydantic and ruamel."""
    code = "import sys, onevoice.matcher.matcher; sys.exit(not {'pydantic', 'ruamel.yaml'}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


WORDS = ["lead", "leads", "lead gen", "gen", "e mail", "gap pad", "thermal gap pad", "sign up", "up"]


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from([*WORDS, "and", "X", "leading", ",", ".", "\n", "thermal", "gap", "sign"]), max_size=12),
)
def test_agrees_with_a_slow_matcher(avoided, words):
    """Verbs, so that plurals do not count: what the longest alternation of a regular expression finds from the left."""
    text = " ".join(words)
    matcher = Matcher(
        compile_terms([term(f"t{n}", part_of_speech="verb", avoid=[word]) for n, word in enumerate(avoided)])
    )
    ordered = sorted(avoided, key=len, reverse=True)
    slow = re.compile("|".join(rf"\b{word.replace(' ', chr(92) + 's+')}\b" for word in ordered))
    expected = [match.span() for match in slow.finditer(text)]
    assert [(hit.start, hit.end) for hit in matcher.find_hits(text, document=TODAY)] == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_text_makes_it_fail(text):
    matcher = Matcher(
        compile_terms([term("a", "é", avoid=["e", "東", "ß", "'", "x_y"]), term("b", "iX", case="exact")])
    )
    for hit in matcher.find_hits(text, document=TODAY):
        assert 0 <= hit.start < hit.end <= len(text)
    matcher.find_mentions(text)
