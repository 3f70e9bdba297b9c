"""The questions that pages and checks ask of a handbook."""

import datetime

import pytest

from onevoice.handbook.address import find_page_path
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.matcher.compile import gather_patterns
from onevoice.records import KINDS

TODAY = datetime.date(2026, 11, 28)
STAGE = "question: q, customer: c, marketing: m, sales: s, done_when: d"
FACET = "{summary: s, signs: s, wants: w}"
ASSET = "title: t, summary: s, type: deck, url: /d/, use_when: u"
FILES = {
    "terminology/terms.yaml": "terms:\n  - {id: lead, preferred: lead, definition: d, related: [lead]}\n",
    "content/brand.yaml": "brand: {name: Acme, review: {default: 1 year, kinds: {assets: 1 month}}}\n",
    "content/journey.yaml": "journey:\n  summary: s\n  stages:\n"
    + "".join(f"    - {{id: {id}, name: {id}, {STAGE}}}\n" for id in ("one", "two", "three", "four")),
    "content/personas.yaml": "personas:\n"
    + "".join(
        f"  - {{id: {id}, name: {id}, summary: s, goals: g, pains: p, interested: {FACET}, ready_to_buy: {FACET}}}\n"
        for id in ("head", "user")
    ),
    "content/messages.yaml": "messages:\n"
    "  - {id: all, type: pitch, title: t, say: s}\n"
    "  - {id: stage, type: value, title: t, say: s, stages: one}\n"
    "  - {id: cell, type: pitch, title: t, say: s, personas: head, stages: [one, two]}\n"
    "  - {id: other, type: pitch, title: t, say: s, personas: user}\n"
    "  - {id: gone, type: pitch, title: t, say: s, status: retired}\n",
    "content/assets.yaml": "defaults: {reviewed: {date: 2026-11-01}}\nassets:\n"
    f"  - {{id: far, job: sales, personas: head, stages: four, {ASSET}}}\n"
    f"  - {{id: near, job: marketing, personas: head, stages: [three, two], {ASSET}, carries: [cell, all]}}\n"
    f"  - {{id: others, job: sales, personas: user, stages: one, {ASSET}}}\n"
    f"  - {{id: old, job: sales, personas: head, stages: one, status: retired, {ASSET}}}\n",
}


@pytest.fixture
def handbook(tmp_path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    loaded = load_folder(tmp_path)
    assert not loaded.findings
    return Handbook(loaded)


def ids(records) -> list[str]:
    return [record.id for record in records]


def test_messages_of_a_cell_the_most_specific_first(handbook):
    assert ids(handbook.find_messages("head", "one")) == ["cell", "stage", "all"]
    assert ids(handbook.find_messages("head", "one", "pitch")) == ["cell", "all"]
    assert ids(handbook.find_messages("head", "four")) == ["all"]


def test_assets_of_a_cell(handbook):
    assert ids(handbook.find_assets("head", "two")) == ["near"]
    assert ids(handbook.find_assets("head", "two", "sales")) == []
    assert ids(handbook.find_assets("head", "one")) == []


def test_nearest_assets_are_for_the_persona_before_the_stage(handbook):
    assert ids(handbook.find_nearest_assets("head", "one", TODAY))[0] == "near"
    assert ids(handbook.find_nearest_assets("head", "four", TODAY))[0] == "far"
    assert "old" not in ids(handbook.find_nearest_assets("head", "one", TODAY, 9))


def test_successors_that_go_in_a_circle(handbook):
    gone = {"expires": datetime.date(2025, 1, 1)}
    assets = handbook._records_by_kind["assets"]
    for id, following in (("near", "far"), ("far", "near")):
        assets[id] = assets[id].model_copy(update={**gone, "replaced_by": following})
    assert handbook.find_successor(assets["near"], TODAY) is None


def test_used_by_names_each_record_once(handbook):
    assert ids(handbook.find_referrers(handbook.find_record("messages", "cell"))) == ["near"]
    assert ids(handbook.find_referrers(handbook.find_record("terms", "lead"))) == ["lead"]


def test_due_by_kind(handbook):
    assert handbook.compute_due_date(handbook.find_record("assets", "near")) == datetime.date(2026, 12, 1)
    assert handbook.compute_due_date(handbook.find_record("terms", "lead")) is None


def test_places(handbook):
    asset = handbook.find_record("assets", "far")
    place = handbook.locate_record(asset)
    assert (place.path, place.line) == ("content/assets.yaml", 3)
    assert place.locate_field("reviewed", "date").line == 1
    assert place.locate_field("job").line == 3


def test_a_folder_with_terms_alone(tmp_path):
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "t.yaml").write_text(FILES["terminology/terms.yaml"])
    handbook = Handbook(load_folder(tmp_path))
    assert handbook.stages == ()
    assert handbook.brand.name
    assert handbook.find_messages("head", "one") == []


def test_every_kind_has_an_address(handbook):
    for kind in KINDS:
        for record in handbook.list_records(kind):
            assert find_page_path(record).startswith("/")
            assert record.id in find_page_path(record) or KINDS[kind].SINGLE


def test_words_of_the_brand_are_for_what_no_term_says(tmp_path):
    avoid = "[a, {term: b, level: error, fix: auto}]"
    files = {
        "terminology/terms.yaml": f"terms:\n  - {{id: one, preferred: x, definition: d, avoid: {avoid}}}\n"
        f"  - {{id: two, preferred: y, definition: d, level: suggestion, fix: auto, avoid: [c]}}\n",
        "content/brand.yaml": "brand: {name: Acme, words: {level: warning, fix: ask}}\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    loaded = load_folder(tmp_path)
    terms = Handbook(loaded).list_approved("terms")
    said = [(avoid.term, term.get_level(avoid), term.get_fix(avoid)) for term in terms for avoid in term.avoid]
    assert said == [("a", "warning", "ask"), ("b", "error", "auto"), ("c", "suggestion", "auto")]
    # The records as they were read stay as they are: another state of the handbook may have other settings.
    assert [record.get_level() for record, _ in loaded.records if record.KIND == "terms"] == ["error", "suggestion"]
    assert [pattern.ask for pattern in gather_patterns(terms) if pattern.role == "avoid"] == [True, False, False]
