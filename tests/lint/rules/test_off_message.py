"""Submissions that carry none of the messages for their reader."""

import datetime

import pytest

from onevoice.finding import Span
from onevoice.handbook.handbook import Handbook
from onevoice.lint import rules
from onevoice.load.folder import load_files
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose.read import read_prose

FACET = "{summary: s, signs: s, wants: w}"
WHO = f"summary: s, goals: g, pains: p, interested: {FACET}, ready_to_buy: {FACET}"
WHEN = "question: q, customer: c, marketing: m, sales: s, done_when: d"
BOOK = {
    "personas": f"""\
personas:
  - {{id: ops, name: Head of operations, {WHO}}}
  - {{id: sales, name: Head of sales, {WHO}}}
""".encode(),
    "journey": f"""\
journey:
  summary: s
  stages:
    - {{id: discover, name: Discover, {WHEN}}}
    - {{id: decide, name: Decide, {WHEN}}}
""".encode(),
    "messages": b"""\
messages:
  - {id: v1, type: value, title: No second list, personas: ops, stages: discover,
     say: We work on the records in your CRM and keep no customer list of our own.}
  - {id: v2, type: value, title: One button more, personas: sales, stages: decide,
     say: Your reps stay in the CRM and get one button more.}
  - {id: p1, type: pillar, title: Nothing lost, stages: decide,
     say: A lead goes from one named person to the next with a clock and a way back.}
  - {id: q1, type: question, title: Who, personas: ops, stages: discover, say: Who opens the report on Mondays?}
  - {id: v3, type: value, title: Draft, status: proposed, personas: ops, stages: discover,
     say: Something that nobody has agreed on so far.}
""",
}


def judge(text):
    loaded = load_files([(kind, f"content/{kind}.yaml", data) for kind, data in BOOK.items()])
    assert loaded.findings == []
    book = Handbook(loaded)
    draft = rules.Draft(
        read_prose("draft.md", text.encode()),
        Matcher(compile_terms([])),
        datetime.date(2026, 11, 22),
        lambda to: f"https://x.example{to}",
    )
    return list(rules.check_draft(draft, rules.gather_facts(book)))


def front(persona="ops", stage="discover"):
    return f"---\ntitle: A draft\npersona: {persona}\nstage: {stage}\n---\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "We work on the records in your CRM and keep no customer list of our own.",
        "There is no list of customers beside your CRM: its records are what we are working on.",
        "Your CRM has all records.\n\nWe work on these.\n\nThere is no second customer list.",
    ],
)
def test_a_message_told_in_whatever_form_is_carried(text):
    assert judge(front() + text) == []


def test_a_text_without_any_message():
    (found,) = judge(front() + "Our new office has a view of the harbor. Come and have a coffee.")
    assert (found.rule, found.level) == ("off-message", "warning")
    assert found.span == Span(3, 1, 3, 13)
    assert found.match == "ops"
    assert (
        found.message
        == 'This text uses none of our messages for ops at discover. Start with one, such as "No second list".'
    )
    assert found.link == "https://x.example/messaging/#v1"
    assert found.replacements == ()


def test_the_message_of_another_reader_does_not_count():
    text = "Your reps stay in the CRM and get one button more."
    assert judge(front("sales", "decide") + text) == []
    assert [finding.rule for finding in judge(front() + text)] == ["off-message"]


def test_a_message_for_everybody_counts():
    assert (
        judge(front("ops", "decide") + "Each lead goes to a named person, has a clock, and knows the way back.") == []
    )


@pytest.mark.parametrize("text", ["Who opens the report on Mondays?", "Something that nobody has agreed on so far."])
def test_questions_and_proposed_messages_do_not_count(text):
    assert [finding.rule for finding in judge(front() + text)] == ["off-message"]


def test_several_personas_and_stages():
    text = "Your reps stay in the CRM and get one button more."
    assert judge(front("[ops, sales]", "[discover, decide]") + text) == []


@pytest.mark.parametrize("text", ["---\ntitle: T\npersona: ops\n---\nText.", "Text.", "---\nstage: decide\n---\nText."])
def test_only_what_says_for_whom_it_is(text):
    assert judge(text) == []


def test_a_cell_without_messages_is_silent():
    assert judge(front("sales", "discover") + "Text.") == []


def test_an_unknown_persona_or_stage():
    (found,) = judge(front("opps") + "Text.")
    assert found.message == "The handbook has no persona `opps`. Did you mean `ops`?"
    assert found.span.line == 3
    (found,) = judge(front("ops", "nowhere") + "Text.")
    assert found.message == "The handbook has no stage `nowhere`. Choose one of `discover`, `decide`."
    assert found.link == "https://x.example/brand/rules/#off-message"
