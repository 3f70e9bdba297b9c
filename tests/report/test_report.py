"""Findings as text and as JSON: whole outputs, letter by letter."""

import json

import pytest

from onevoice.finding import Finding, Span, is_at_least, sort_findings
from onevoice.report import json as as_json
from onevoice.report import text

FULL = Finding(
    rule="Brand.customer-journey",
    level="error",
    path="drafts/blog post.md",
    span=Span(3, 5, 4, 8),
    match="buyer’s journey",
    message='Say "customer journey", not "buyer’s journey".',
    replacements=("customer journey", "journey"),
    link="https://brand.example.com/glossary/customer-journey/",
    reason="The path belongs to the customer.",
)
BARE = Finding("yaml", "warning", "a.yaml", Span(1, 1, 1, 1), "", "the file is empty.")
GONE = Finding("Brand.filler", "suggestion", "a.md", Span(2, 1, 2, 5), "just", 'Leave out "just".', ("",))


def test_text():
    assert text.render([FULL, BARE, GONE]) == (
        'drafts/blog post.md:3:5  error  Say "customer journey", not "buyer’s journey".  [Brand.customer-journey]\n'
        "    The path belongs to the customer.\n"
        "    https://brand.example.com/glossary/customer-journey/\n"
        "a.yaml:1:1  warning  the file is empty.  [yaml]\n"
        'a.md:2:1  suggestion  Leave out "just".  [Brand.filler]\n'
    )


def test_text_of_nothing():
    assert text.render([]) == ""


def test_text_in_colors():
    painted = text.render([FULL, BARE, GONE], color=True)
    assert "  \x1b[31merror\x1b[0m  " in painted
    assert "  \x1b[33mwarning\x1b[0m  " in painted
    assert "  \x1b[36msuggestion\x1b[0m  " in painted


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], "no problems found"),
        ([FULL], "1 error"),
        ([GONE, BARE, FULL, FULL], "2 errors, 1 warning, 1 suggestion"),
        ([BARE, BARE], "2 warnings"),
    ],
)
def test_summary(findings, expected):
    assert text.summarize_findings(findings) == expected


def test_json():
    """The names of the keys and their order are a contract."""
    assert json.loads(as_json.render([FULL, GONE])) == [
        {
            "rule": "Brand.customer-journey",
            "level": "error",
            "path": "drafts/blog post.md",
            "line": 3,
            "column": 5,
            "end_line": 4,
            "end_column": 8,
            "match": "buyer’s journey",
            "message": 'Say "customer journey", not "buyer’s journey".',
            "replacements": ["customer journey", "journey"],
            "link": "https://brand.example.com/glossary/customer-journey/",
            "reason": "The path belongs to the customer.",
        },
        {
            "rule": "Brand.filler", "level": "suggestion", "path": "a.md",
            "line": 2, "column": 1, "end_line": 2, "end_column": 5,
            "match": "just", "message": 'Leave out "just".', "replacements": [""], "link": "", "reason": "",
        },
    ]  # fmt: skip
    assert "’" in as_json.render([FULL])


def test_json_of_nothing():
    assert as_json.render([]) == "[]\n"


def test_reading_order():
    def at(path, line, column, rule="r"):
        return Finding(rule, "error", path, Span(line, column, line, column), "", "m")

    ordered = [at("a", 2, 9), at("a", 10, 1), at("a", 10, 1, "s"), at("a", 10, 2), at("b", 1, 1)]
    assert sort_findings(reversed(ordered)) == ordered


@pytest.mark.parametrize(
    ("level", "threshold", "expected"),
    [("error", "warning", True), ("warning", "warning", True), ("suggestion", "warning", False)],
)
def test_at_least(level, threshold, expected):
    assert is_at_least(level, threshold) is expected
