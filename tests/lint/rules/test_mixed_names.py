"""Two names of one thing in one text."""

import datetime

import pytest

from onevoice.handbook.handbook import Handbook
from onevoice.lint import rules
from onevoice.load.folder import load_files
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose.read import read_prose

TERMS = b"""\
terms:
  - id: sales-rep
    preferred: sales rep
    definition: d
    allowed: [rep, sales representative]
    one_per_text: [rep, sales representative]
    avoid: [salesman]
  - {id: deal, preferred: deal, definition: d, allowed: [opportunity], one_per_text: [opportunity, deal]}
  - {id: product, preferred: product, definition: d, allowed: [software]}
  - {id: crm, preferred: CRM, definition: d, allowed: [customer relationship management]}
  - {id: journey, preferred: customer journey, definition: d, allowed: [journey]}
  - {id: room, preferred: deal room, definition: d}
"""


def judge(text):
    book = Handbook(load_files([("terms", "terminology/a.yaml", TERMS)]))
    prose = read_prose("draft.md", text.encode())
    matcher = Matcher(compile_terms(book.list_approved("terms")))
    draft = rules.Draft(prose, matcher, datetime.date(2026, 11, 22), lambda to: to)
    return list(rules.check_draft(draft, rules.gather_facts(book)))


@pytest.mark.parametrize(
    "text",
    [
        "The sales rep called. The rep wrote. Reps talk.",
        "Our product is software. The software is a product.",
        "The customer journey is a journey.",
        "CRM (customer relationship management) is a tool.",
        "A deal is a deal, and a deal room is a room.",
        "An opportunity for a salesman.",
        "A deal.\n\n> An opportunity, said Kim.",
        "A deal. Run `opportunity`.",
    ],
)
def test_quiet(text):
    assert judge(text) == []


def test_the_rarer_name_is_reported_once():
    (found,) = judge("A deal, a deal.\n\nThe Opportunity. An opportunity.\n\nA deal.")
    assert (found.rule, found.level) == ("mixed-names", "suggestion")
    assert (found.span.line, found.span.column, found.match) == (3, 5, "Opportunity")
    assert found.message == '"opportunity" and "deal" are names for the same thing. Use only one of them in this text.'
    assert found.replacements == ()
    assert found.link == "/glossary/deal/"


def test_of_two_equal_names_the_preferred_one_stays():
    (found,) = judge("An opportunity. A deal.")
    assert found.match == "opportunity"


def test_a_longer_name_beside_another():
    (found,) = judge("A sales representative called. The rep wrote.")
    assert found.match == "sales representative"
    assert '"rep"' in found.message


def test_each_term_by_itself():
    found = judge("An opportunity, a deal, a rep and a sales representative.")
    assert [finding.link for finding in found] == ["/glossary/sales-rep/", "/glossary/deal/"]
