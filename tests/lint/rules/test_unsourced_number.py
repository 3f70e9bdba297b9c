"""Claims without a usable proof point."""

import datetime
import textwrap

import pytest

from onevoice.handbook.handbook import Handbook
from onevoice.lint import rules
from onevoice.lint.rules import unsourced_number
from onevoice.load.folder import load_files
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose.read import read_prose

TODAY = datetime.date(2026, 11, 22)
PROOF = b"""\
proof:
  - id: processes
    title: 37% name broken processes (InsideView)
    claim: 37% of the sales and marketing people asked name broken processes as an obstacle to working together.
    standing: usable
    say: InsideView asked what stands in the way. 37% named processes that do not work.
    say_not: [37% blame the process and not each other., "More than a third of handoffs fail."]
    number: 37%
    basis: A survey.
    source: InsideView
    expires: 2027-06-30
  - id: revenue
    title: 32% higher revenue (Abstrakt)
    claim: Companies whose sales and marketing work together have 32% higher revenue.
    standing: disputed
    say: They report more revenue. How much more, we would rather measure with you.
    say_not: [Working together brings 32% more revenue.]
    number: 32%
    basis: Nobody says.
    source: Abstrakt
  - id: pilots
    title: First pilots answered twice as fast
    claim: In our first five pilots the time to the first answer was cut in half.
    standing: expired
    say: Give the figures of Tern Logistics.
    number: half
    basis: Five pilots.
    source: Ferrywell
  - id: renewals
    title: 43 of 46 customers renewed
    claim: Of the 46 customers whose contract ended in the first half of 2026, 43 renewed.
    standing: usable
    say: 46 contracts ended in the first half of 2026. 43 of these customers renewed.
    number: 43 of 46
    basis: Our billing system.
    source: Ferrywell
    expires: 2027-01-31
  - id: draft
    title: 90% like it
    claim: 90% of the people we asked like it.
    standing: usable
    say: 90% of the people we asked like it.
    status: proposed
    number: 90%
    basis: Us.
    source: Us
"""
FOR_CUSTOMERS = "---\naudience: customers\n---\n"


MESSAGES = b"""\
messages:
  - id: one-button
    type: value
    title: One new button
    say: Your reps stay in the CRM.
      There's one new button.
    say_not: [Your reps will love it., It does not change anything for them., We are different.]
  - {id: tools, type: question, title: Tools, say: What have you tried?, say_not: ["Which tools do you use?"]}
  - {id: idea, type: pitch, title: Idea, say: A pitch., status: proposed, say_not: [This is only an idea.]}
"""


def judge(text, path="draft.md", today=TODAY, url="https://brand.example"):
    given = [("proof", "content/proof.yaml", PROOF), ("messages", "content/messages.yaml", MESSAGES)]
    facts = unsourced_number.read(Handbook(load_files(given)))
    prose = read_prose(path, textwrap.dedent(text).encode())
    draft = rules.Draft(prose, Matcher(compile_terms([])), today, lambda to: f"{url}{to}" if url else "")
    return list(rules.check_draft(draft, {unsourced_number.RULE: facts}))


def words(findings):
    return [(finding.level, finding.match) for finding in findings]


@pytest.mark.parametrize(
    "text",
    [
        "InsideView asked both sides. 37% named processes that do not work.",
        "InsideView asked both sides what stands in the way.\n\n37% named processes that do not work.",
        "Of the people whom InsideView asked, 37 percent name broken processes as an obstacle.",
        "Broken processes are an obstacle to **37%** of sales and marketing people.",
        "We met three times in 2026, for 49 euros a month.",
        '"It made us 3x faster," says Kim.',
        "> We are 90% faster now.",
        "Use `width: 90%` and <https://example.com/?q=90%25>.",
        "43 of the 46 customers whose contract ended in the first half of 2026 renewed.",
    ],
)
def test_quiet(text):
    assert judge(FOR_CUSTOMERS + text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Our customers save 80% of their time.", "80%"),
        ("You will be 3x faster.", "3x"),
        ("We are the number one tool.", "the number one"),
        ("We are the #1 tool.", "the #1"),
        ("It saves our customers $2 million a year.", "$2 million"),
        ("It saves teams $5,000.", "$5,000"),
        ("One in ten cats likes it.", "One in ten"),
        ("37% of all cats are black.", "37%"),
        ("90% of the people we asked like it.", "90%"),
    ],
)
def test_a_figure_without_proof_is_a_warning_in_a_submission(text, found):
    assert words(judge(FOR_CUSTOMERS + text)) == [("warning", found)]
    assert words(judge(text, path="content/submissions/a.md")) == [("warning", found)]
    assert judge(text) == []


def test_a_figure_that_is_proven_for_something_else_says_so():
    (found,) = judge(FOR_CUSTOMERS + "37% of all cats are black.")
    assert "37% name broken processes (InsideView)" in found.message
    assert found.link == "https://brand.example/brand/rules/#unsourced-number"


@pytest.mark.parametrize(
    "text",
    [
        "Remember: more than a third of handoffs fail!",
        "MORE THAN A THIRD OF HANDOFFS FAIL",
        "More than a *third* of\nhandoffs fail",
    ],
)
def test_a_wording_not_to_use_is_an_error_in_any_text(text):
    (found,) = judge(text)
    assert (found.level, found.link) == ("error", "https://brand.example/messaging/proof/#processes")
    assert found.reason.startswith("Say: InsideView asked what stands in the way.")
    assert "third" in found.match.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Your reps will love it!",
        "Start on Monday. It doesn't change anything for them.",
        "It *does not* change\nanything for them",
    ],
)
def test_what_a_message_says_not_to_say_is_a_warning_in_any_text(text):
    (found,) = judge(text)
    assert (found.level, found.link) == ("warning", "https://brand.example/messaging/#one-button")
    assert found.message.endswith('": our message "One new button" rules it out.')
    assert found.reason == "Say: Your reps stay in the CRM. There's one new button."


def test_without_proof_only_wordings_are_judged():
    facts = unsourced_number.read(Handbook(load_files([("messages", "content/messages.yaml", MESSAGES)])))
    prose = read_prose("draft.md", f"{FOR_CUSTOMERS}\nYour reps will love it, say 90% of customers.".encode())
    draft = rules.Draft(prose, Matcher(compile_terms([])), TODAY, lambda to: to)
    assert words(rules.check_draft(draft, {unsourced_number.RULE: facts})) == [("warning", "Your reps will love it")]


def test_what_is_short_a_question_quoted_or_only_proposed_may_be_said():
    text = "We are different. Which tools do you use? This is only an idea. “Your reps will love it,” says everyone."
    assert judge(text) == []


def test_a_longer_word_is_another_wording():
    assert judge("More than a third of handoffs fails.") == []


def test_a_disputed_claim_is_an_error_in_any_text():
    (found,) = judge("Did you know? Teams that work together see 32 percent higher revenue.")
    assert (found.level, found.match) == ("error", "32 percent")
    assert "disputed" in found.message
    assert found.link == "https://brand.example/messaging/proof/#revenue"
    assert found.reason == "Say: They report more revenue. How much more, we would rather measure with you."


def test_the_figure_of_a_disputed_claim_about_something_else_is_no_error():
    assert judge("The file has 32% more lines.") == []
    assert judge("32% of our revenue comes from Spain. Revenue grew by 32%. A 32% share, more revenue.") == []
    assert words(judge(FOR_CUSTOMERS + "The file has 32% more lines.")) == [("warning", "32%")]


def test_a_claim_that_its_owner_calls_expired():
    (found,) = judge(FOR_CUSTOMERS + "In our first pilots the time to the first answer was cut in half.")
    assert found.level == "error"
    assert "expired" in found.message


def test_a_last_day_that_has_passed_is_a_warning():
    text = "Of the 46 customers whose contract ended in the first half of 2026, 43 renewed."
    assert judge(text, today=datetime.date(2027, 1, 31)) == []
    (found,) = judge(text, today=datetime.date(2027, 2, 1))
    assert (found.level, found.match) == ("warning", "43")
    assert "expired on 2027-01-31" in found.message
    text = "Of the people whom InsideView asked, 37% name broken processes as an obstacle."
    assert words(judge(text, today=datetime.date(2027, 7, 1))) == [("warning", "37%")]


def test_place_and_match_are_those_of_the_source():
    (found,) = judge(FOR_CUSTOMERS + "\nOur customers save 80&nbsp;% of\ntheir time.")
    assert found.match == "80&nbsp;%"
    assert (found.span.line, found.span.column, found.span.end_column) == (5, 20, 29)


def test_no_link_without_an_address():
    assert [finding.link for finding in judge(FOR_CUSTOMERS + "80% agree.", url="")] == [""]


def test_a_handbook_without_proof_has_nothing_to_say():
    assert unsourced_number.read(Handbook(load_files([]))) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Our customers earn 32% more revenue.",
        "Align, and see **32 % higher revenues** in a year.",
        "Up to 32 percent more annual revenue!",
    ],
)
def test_a_disputed_figure_of_the_same_thing_is_not_to_be_used(text):
    found = judge(text)
    assert [(one.level, one.link) for one in found] == [("error", "https://brand.example/messaging/proof/#revenue")]
