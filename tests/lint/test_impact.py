"""What changing words does: which sentences break, which are fixed, and nothing else."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.lint import terms
from onevoice.lint.impact import ImpactText, VocabularyChange, find_effects
from onevoice.matcher.compile import compile_terms, gather_patterns
from onevoice.matcher.matcher import Matcher
from onevoice.prose.markdown import read
from onevoice.records.term import Term

TODAY = datetime.date(2026, 11, 22)


def term(preferred: str, *avoid, **fields) -> Term:
    id = preferred.lower().replace(" ", "-")
    return Term.model_validate({"id": id, "preferred": preferred, "definition": "d", "avoid": list(avoid), **fields})


def seen(before: list[Term], after: list[Term], source: str) -> list[tuple[str, str, str]]:
    """(what, the words, the sentence) of each effect."""
    found = find_effects(
        [ImpactText(read("d.md", source))], VocabularyChange(gather_patterns(before), gather_patterns(after)), TODAY
    )
    return [("fixed" if one.is_fix else "breaks", one.finding.match, one.sentence) for one in found]


CASES = [
    ("a new word", [term("lead")], [term("lead", "suspect")], [("breaks", "suspect", "We met a suspect.")]),
    ("a word that is fine again", [term("lead", "suspect")], [term("lead")],
     [("fixed", "suspect", "We met a suspect.")]),
    ("another word to say", [term("lead", "suspect")], [term("lead", {"term": "suspect", "use": "person"})], []),
    ("a graver level", [term("lead", {"term": "suspect", "level": "warning"})], [term("lead", "suspect")],
     [("breaks", "suspect", "We met a suspect.")]),
    ("a milder level", [term("lead", "suspect")], [term("lead", {"term": "suspect", "level": "warning"})],
     [("fixed", "suspect", "We met a suspect.")]),
    ("from a later day on", [term("lead")], [term("lead", {"term": "suspect", "since": "2026-12-01"})], []),
    ("a term that has moved", [term("lead", "suspect")], [term("lead"), term("contact", "suspect")], []),
    ("a whole that is fine", [term("lead", "call")], [term("lead", "call", **{"except": "cold call"})],
     [("fixed", "call", "It was a cold call")]),
    ("a part of what is longer", [term("lead", "call")], [term("lead", "call"), term("talk", "cold call")], []),
    ("a meaning", [term("lead")], [term("lead", definition="else")], []),
    ("a term that is retired", [term("lead", "suspect")], [], [("fixed", "suspect", "We met a suspect.")]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_what_breaks_and_what_is_fixed(before, after, expected):
    source = "# It was a cold call\n\nHello there. We met a suspect. And `suspect` is code, *all* of it.\n"
    assert seen(before, after, source) == expected


def test_a_suppressed_finding_breaks_nothing():
    source = (
        "<!-- vale Brand.lead = NO --><!-- because: it is a name -->\nA suspect.\n\n<!-- vale Brand.lead = YES -->\n"
    )
    assert seen([term("lead")], [term("lead", "suspect")], f"{source}\nA suspect.\n") == [
        ("breaks", "suspect", "A suspect.")
    ]


def test_in_records_no_use_of_a_short_form_is_the_first():
    before, after = [term("lead")], [term("marketing lead", abbreviation="ML", expand_first=True)]
    prose = read("d.md", "An ML came.\n")
    words = VocabularyChange(gather_patterns(before), gather_patterns(after))
    assert [one.finding.match for one in find_effects([ImpactText(prose)], words, TODAY)] == ["ML"]
    assert find_effects([ImpactText(prose, is_record=True)], words, TODAY) == []


WORDS = ["lead", "cold", "call", "cold call", "cold lead", "Lead", "lead call", "ML", "潜在客户", "客户"]


@st.composite
def vocabularies(draw):
    """Two lists of terms of few words, in which much overlaps."""
    sides = []
    for _ in range(2):
        names = draw(st.lists(st.sampled_from(WORDS), max_size=4, unique=True))
        made = []
        for number, name in enumerate(names):
            avoid = draw(st.lists(st.sampled_from([word for word in WORDS if word != name]), max_size=2, unique=True))
            exact = draw(st.booleans())
            made.append(term(name, *avoid, id=f"t{number}", **({"case": "exact"} if exact else {})))
        sides.append(made)
    return sides


@given(vocabularies(), st.lists(st.sampled_from([*WORDS, "and", "the", "\n\n", ".", "**cold** call"]), max_size=12))
def test_it_is_the_difference_of_two_whole_lint_runs(sides, parts):
    """The parts of the vocabularies that are compiled find what the whole ones find."""
    prose = read("d.md", " ".join(parts))

    def places(side):
        return {
            (issue.block, issue.start, issue.end)
            for issue in terms.find_issues(prose, Matcher(compile_terms(side)), TODAY)
        }

    def clear(mine, others):
        return {one for one in mine if not any(one[0] == o[0] and one[1] < o[2] and o[1] < one[2] for o in others)}

    old, new = (places(side) for side in sides)
    found = find_effects([ImpactText(prose)], VocabularyChange(*map(gather_patterns, sides)), TODAY)
    spans = {
        effect: {prose.locate_span(*prose.blocks[block].map_to_source(start, end)) for block, start, end in what}
        for effect, what in ((True, clear(old, new)), (False, clear(new, old)))
    }
    for fixed, expected in spans.items():
        assert {one.finding.span for one in found if one.is_fix is fixed} == expected
