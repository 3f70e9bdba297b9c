"""What a writer is told about words; which words are found is tests/cases."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.finding import Span
from onevoice.lint import terms
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose.read import resolve_reader
from onevoice.records.term import Term

TODAY = datetime.date(2026, 11, 22)


def check(text, *records, name="page.md", link=None):
    found = [Term.model_validate({"preferred": "x", "definition": "d"} | record) for record in records]
    return terms.check_terms(resolve_reader(name)(name, text), Matcher(compile_terms(found)), TODAY, link)


@pytest.mark.parametrize(
    ("record", "text", "message"),
    [
        (
            {"preferred": "customer journey", "avoid": ["buyer's journey"]},
            "The buyer’s\njourney.",
            'Say "customer journey", not "buyer’s journey".',
        ),
        (
            {"avoid": [{"term": "abort", "use": ["stop", "cancel"]}]},
            "We abort.",
            'Say "stop" or "cancel", not "abort".',
        ),
        (
            {"avoid": [{"term": "it", "use": ["one", "two", "three"]}]},
            "Do it.",
            'Say "one", "two" or "three", not "it".',
        ),
        ({"avoid": [{"term": "very", "remove": True}]}, "It is very good.", 'Leave out "very".'),
        ({"preferred": "GitHub", "case": "exact"}, "On github.", 'Write "GitHub", not "github".'),
        (
            {"preferred": "marketing qualified lead", "abbreviation": "MQL", "expand_first": True},
            "An MQL.",
            'Spell out "MQL" on first use: "marketing qualified lead (MQL)".',
        ),
        ({"preferred": "register", "avoid": ["sign up"]}, "To sign **up** now.", 'Say "register", not "sign up".'),
    ],
)
def test_message(record, text, message):
    (finding,) = check(text, {"id": "t"} | record)
    assert finding.message == message


def test_finding_names_rule_place_reason_and_link():
    record = {"id": "journey", "preferred": "path", "avoid": [{"term": "funnel", "why": "People are no liquid."}]}
    (finding,) = check("# A\n\nThe funnel.\n", record, link=lambda id: f"/glossary/{id}/")
    assert (finding.rule, finding.level, finding.path) == ("Brand.journey", "error", "page.md")
    assert finding.span == Span(3, 5, 3, 11)
    assert (finding.link, finding.reason) == ("/glossary/journey/", "People are no liquid.")


def test_markup_within_leaves_no_safe_replacement():
    (finding,) = check("To sign **up**.", {"id": "t", "preferred": "register", "avoid": ["sign up"]})
    assert finding.replacements == ()


def test_findings_come_in_reading_order():
    records = [{"id": "b", "avoid": ["one"]}, {"id": "a", "avoid": ["two"]}]
    found = check('---\ntitle: "Two"\n---\nOne two.\n\n![one](x.png "two") one\n', *records)
    assert [(finding.span.line, finding.span.column) for finding in found] == [
        (2, 9), (4, 1), (4, 5), (6, 3), (6, 15), (6, 21),
    ]  # fmt: skip


def test_first_use_is_counted_per_term_and_document():
    records = [
        {"id": "a", "preferred": "alpha beta", "abbreviation": "AB", "expand_first": True},
        {"id": "c", "preferred": "gamma delta", "abbreviation": "GD", "expand_first": True},
    ]
    found = check("The gamma delta (GD) has an AB.\n\n- AB\n- GD\n", *records)
    assert [(finding.rule, finding.span.line) for finding in found] == [("Brand.a", 1)]


def quoted(source, span):
    lines = source.splitlines(keepends=True)
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    middle = "".join(lines[span.line : span.end_line - 1])
    return lines[span.line - 1][span.column - 1 :] + middle + lines[span.end_line - 1][: span.end_column - 1]


PARTS = [
    "sign up",
    "sign",
    "up",
    "GITHUB",
    "*",
    "**",
    "`",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "# ",
    "&amp;",
    "é",
    "😀",
    "| ",
    "<b>",
    "[a](b)",
]


@given(st.lists(st.sampled_from(PARTS), max_size=20), st.sampled_from(["page.md", "page.html", "page.txt"]))
def test_every_position_quotes_the_source(parts, name):
    source = " ".join(parts)
    records = [
        {"id": "a", "avoid": [{"term": "sign up", "unless": []}]},
        {"id": "b", "preferred": "GitHub", "case": "exact"},
    ]
    for finding in check(source, *records, name=name):
        assert terms.collapse_whitespace(quoted(source, finding.span)) == finding.match
        assert finding.match.startswith(("sign", "GITHUB")) and finding.match.endswith(("up", "GITHUB"))


def test_a_file_without_line_ends_is_read_in_time_that_grows_with_it():
    """10,000 findings in one paragraph: what looks back at each of them must not look at all that went before."""
    text = "A lead, “a lead” and an SQO of @us. " * 10_000
    found = check(
        text,
        {"id": "a", "avoid": ["lead"]},
        {"id": "b", "preferred": "x y", "abbreviation": "SQO", "expand_first": True},
    )
    assert len(found) == 10_001
