"""The handbook that comes with the tool is worth reading: whole, sourced, and in its own words throughout."""

import datetime

import pytest

from handbooks import ROOT
from onevoice.handbook.handbook import Handbook
from onevoice.lint.fix import fix_prose
from onevoice.lint.terms import find_issues
from onevoice.load.folder import load_folder
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose import text
from onevoice.records import KINDS
from onevoice.site.view import View

BOOK = Handbook(load_folder(ROOT))
MATCHER = Matcher(compile_terms(BOOK.list_approved("terms")))
VIEW = View(
    BOOK,
    datetime.date(2026, 11, 21),
    lambda path, text: text,
    lambda text: [h.term for h in MATCHER.find_mentions(text)],
)
FOLDERS = [ROOT / "content" / name for name in ("pages", "submissions")]
PAGES = [path.read_text("utf-8") for folder in FOLDERS for path in folder.glob("*.md")]
ON_PAGES = {hit.term for text in PAGES for hit in MATCHER.find_mentions(text)}
LEAST = {"terms": 90, "assets": 36, "kpis": 8, "plays": 2, "meetings": 3, "tools": 6, "personas": 3, "forms": 3}
CONFUSED = [
    ("customer persona", "buyer persona"),
    ("customer journey", "buyer's journey"),
    ("customer journey", "sales funnel"),
    ("one voice", "smarketing"),
    ("handoff", "hand-off"),
]


@pytest.mark.parametrize("kind", LEAST)
def test_there_is_enough_of_each_kind(kind):
    assert len(BOOK.list_approved(kind)) >= LEAST[kind]


@pytest.mark.parametrize("term", BOOK.list_approved("terms"), ids=lambda term: term.id)
def test_each_term_is_used_by_another_record_or_page(term):
    assert VIEW.find_users(term) or term.id in ON_PAGES, f"nothing else uses {term.preferred}"


def test_each_word_to_avoid_has_its_reason():
    assert [avoid.term for term in BOOK.list_approved("terms") for avoid in term.avoid if not avoid.why] == []


@pytest.mark.parametrize(("right", "wrong"), CONFUSED)
def test_what_people_mix_up_is_told_apart(right, wrong):
    found = [term for term in BOOK.list_approved("terms") if wrong in [avoid.term for avoid in term.avoid]]
    assert [term.preferred for term in found] == [right]


def test_each_record_says_what_it_stands_on():
    assert [(r.KIND, r.id) for kind in KINDS for r in BOOK.list_records(kind) if not r.sources] == []


def test_every_cell_has_something_to_say_not_to_say_to_ask_and_a_proof():
    for persona in BOOK.list_approved("personas"):
        for stage in BOOK.stages:
            lines = BOOK.find_messages(persona.id, stage.id, "pitch", "value", "pillar")
            asks = BOOK.find_messages(persona.id, stage.id, "question")
            proofs = BOOK.resolve_ids("proof", [id for line in (*lines, *asks) for id in line.proof])
            cell = f"{persona.id}/{stage.id}"
            assert lines and asks, cell
            assert any(line.say_not for line in lines), cell
            assert any(proof.standing == "usable" for proof in proofs), cell


def test_the_three_figures_that_contradict_each_other_are_disputed():
    figures = {proof.number.replace(" ", ""): proof for proof in BOOK.list_approved("proof") if proof.number}
    three = [figures[number] for number in ("32%", "208%", "34%")]
    for proof in three:
        assert proof.standing == "disputed"
        assert {other.id for other in three if other is not proof} <= set(proof.disagrees_with)


def test_there_are_real_gaps():
    cells = [(p.id, s.id) for p in BOOK.list_approved("personas") for s in BOOK.stages]
    assert [cell for cell in cells if not BOOK.find_assets(*cell, "sales")]


@pytest.mark.parametrize(
    "draft",
    [
        "Supercharge your sales and marketing alignment. Everyone needs synergy between marketing and sales.",
        "Ferrywell Inc. is the single source of truth for TOFU and game changers.",
        "It's plug and play: pass the baton, and start a free trial.",
    ],
)
def test_what_is_not_one_to_one_is_for_a_person_to_write(draft):
    day = datetime.date(2026, 11, 21)
    assert find_issues(text.read("draft.txt", draft), MATCHER, day)
    assert fix_prose(text.read("draft.txt", draft), lambda prose: find_issues(prose, MATCHER, day)) == draft
