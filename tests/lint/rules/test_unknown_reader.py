"""Readers and places of a text that the handbook nearly knows."""

import datetime

import pytest

from onevoice.handbook.handbook import Handbook
from onevoice.lint import rules
from onevoice.load.folder import load_files
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose.read import read_prose

BRAND = b"brand: {name: A, summary: s, audiences: [customers, colleagues], channels: [website, email]}\n"


def judge(front, name="draft.md", brand=BRAND):
    loaded = load_files([("brand", "content/brand.yaml", brand)])
    assert loaded.findings == []
    prose = read_prose(name, f"---\ntitle: T\n{front}\n---\n\nText.\n".encode())
    draft = rules.Draft(prose, Matcher(compile_terms([])), datetime.date(2026, 11, 22), lambda to: to)
    return list(rules.check_draft(draft, rules.gather_facts(Handbook(loaded))))


@pytest.mark.parametrize(
    "front",
    [
        "audience: customers",
        "audience: [Customers, colleagues]\nchannel: Website",
        "audience: everybody who sells",
        "audience: 3\nchannel: '#general'",
        "channel:",
        "audiences: [everybody]\nchannels: 2",
    ],
)
def test_quiet(front):
    assert judge(front) == []


@pytest.mark.parametrize(
    ("front", "match", "message"),
    [
        ("audience: custmers", "custmers", "The handbook has no audience `custmers`. Did you mean `customers`?"),
        ("audience: [Customer]", "Customer", "The handbook has no audience `Customer`. Did you mean `customers`?"),
        ("channel: web site", "web site", "The handbook has no channel `web site`. Did you mean `website`?"),
        ("audiences: customers", "customers", "`audiences` is ignored. Write `audience: customers`."),
    ],
)  # fmt: skip
def test_what_is_nearly_known_is_said_at_its_line(front, match, message):
    (found,) = judge(front)
    assert (found.rule, found.level, found.match, found.message) == ("unknown-reader", "warning", match, message)
    assert (found.span.line, found.span.column) == (3, 1)
    assert found.link == "/brand/rules/#unknown-reader"


def test_a_handbook_that_lists_none_has_nothing_to_say():
    assert judge("audience: custmers", brand=b"brand: {name: A, summary: s}\n") == []
