"""Small rules of language: plurals, articles, sentence starts, titles, the case of replacements."""

import pytest

from onevoice.matcher.article import choose_article
from onevoice.matcher.casing import adapt_case, apply_title_case
from onevoice.matcher.plural import make_plural
from onevoice.matcher.sentence import TitleCase, starts_sentence


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("lead", "leads"), ("agency", "agencies"), ("survey", "surveys"), ("box", "boxes"), ("pitch", "pitches"),
        ("wish", "wishes"), ("process", "processes"), ("campus", "campuses"), ("analysis", "analyses"),
        ("white paper", "white papers"), ("MQL", "MQLs"), ("CMS", "CMSs"), ("bias", "biases"), ("café", "cafés"),
        ("sales materials", None), ("24/7", None), ("C++", None), ("客户", None), ("клиент", None), ("", None),
    ],
)  # fmt: skip
def test_plural(one, several):
    assert make_plural(one) == several


@pytest.mark.parametrize(("one", "several"), [("Kennedy", "Kennedys"), ("Jones", "Joneses"), ("Shopify", "Shopifys")])
def test_plural_of_names(one, several):
    assert make_plural(one, name=True) == several


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("lead", "a"), ("email", "an"), ("hour", "an"), ("honest try", "an"), ("house", "a"), ("user", "a"),
        ("uninstaller", "an"), ("unit", "a"), ("unimportant", "an"), ("one-pager", "a"), ("onboarding", "an"),
        ("European", "a"), ("MQL", "an"), ("SQLs", "an"), ("URL", "a"), ("UX", "a"), ("FAQ", "an"), ("NASA", "a"),
        ("8-page", "an"), ("11 pages", "an"), ("18", "an"), ("80", "an"), ("110", "a"), ("1", "a"), ("X-ray", "an"),
        ("U-turn", "a"), ("e-book", "an"), ("“email”", "an"), ("Éclair", "an"), ("東京", None), ("", None), ("…", None),
    ],
)  # fmt: skip
def test_article(text, right):
    assert choose_article(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "|x",
        "Yes. |x",
        "Yes! |x",
        "“|x",
        "He left. “|x",
        "(Yes.) |x",
        "😀 |x",
        "- |x",
        "a\n- |x",
        "1. |x",
        "好。|x",
        "Yes.\n|x",
    ],
)
def test_sentence_starts(text):
    assert starts_sentence(text.replace("|", ""), text.index("|"))


@pytest.mark.parametrize("text", ["a |x", "a: |x", "e.g. |x", "Dr. |x", "J. |x", "U.S. |x", "a.|x", "a, “|x", "a – |x"])
def test_sentence_does_not_start(text):
    assert not starts_sentence(text.replace("|", ""), text.index("|"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The | in Our Work", True),
        ("The | in our work", False),
        ("What the | does", False),
        ("|", True),
        ("| basics", False),
    ],
)
def test_title_case(text, expected):
    at = text.index("|")
    assert TitleCase(text).holds_around(at, at + 1) is expected


@pytest.mark.parametrize(
    ("use", "found", "written", "opening", "expected"),
    [
        ("client", "customer", "customer", False, "client"),
        ("client", "Customer", "customer", False, "Client"),
        ("client", "CUSTOMER", "customer", False, "CLIENT"),
        ("white paper", "Whitepaper", "whitepaper", True, "White paper"),
        ("white paper", "Whitepaper", "whitepaper", False, "White Paper"),
        ("research", "R&D", "R&D", False, "research"),
        ("research", "R&D", "R&D", True, "Research"),
        ("our firm", "Acme Corp", "Acme Corp", False, "our firm"),
        ("buyer persona", "Customer persona", "customer persona", False, "Buyer persona"),
        ("proof of concept", "Trial", "trial", False, "Proof of Concept"),
        ("lead for GitHub", "PROSPECT", "prospect", False, "LEAD FOR GitHub"),
        ("MQL", "Reader", "reader", True, "MQL"),
        ("around the clock", "24/7", "24/7", False, "around the clock"),
    ],
)
def test_case_of_a_replacement(use, found, written, opening, expected):
    assert adapt_case(use, found, written, name=False, opening=opening) == expected


@pytest.mark.parametrize(
    ("use", "found", "opening", "expected"),
    [
        ("iPad", "TABLET", True, "iPad"), ("Acme", "ACME CORP", False, "Acme"), ("internet", "WWW", False, "internet"),
        ("internet", "Web", True, "Internet"), ("internet", "web", True, "internet"),
    ],
)  # fmt: skip
def test_names_stay(use, found, opening, expected):
    assert adapt_case(use, found, "x", name=True, opening=opening) == expected


def test_small_words_stay_small_in_titles():
    assert apply_title_case("path to the iPhone") == "Path to the iPhone"
