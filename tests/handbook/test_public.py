"""The handbook as customers may read it: which records, and what of them."""

import warnings

import pytest

from onevoice.handbook.handbook import Handbook, iter_marks
from onevoice.handbook.public import derive_public_handbook
from onevoice.load.folder import load_files
from onevoice.records import KINDS, Record
from onevoice.records.envelope import Internal, Part
from onevoice.site.view import View

TEAMS = """
teams:
  - {id: open, name: Open, side: both, purpose: p, public: true, github: "@us/open"}
  - {id: named, name: Inside, public_name: The brand team, side: both, purpose: p}
  - {id: hidden, name: Hidden, side: both, purpose: p}
"""


def make_book(**files: str) -> Handbook:
    texts = {"teams": TEAMS, **files}
    loaded = load_files((kind, f"content/{kind}.yaml", text.encode()) for kind, text in texts.items())
    assert loaded.findings == []
    return derive_public_handbook(Handbook(loaded))


@pytest.mark.parametrize(("team", "shown"), [("open", "open"), ("named", "The brand team"), ("hidden", "")])
def test_an_internal_team_is_called_by_its_public_name_or_not_at_all(team, shown):
    tools = (
        f"tools: [{{id: crm, name: CRM, type: CRM, summary: s, public: true, owner: {team}, "
        f"used_by: [{{team: {team}, does: d}}]}}]"
    )
    book = make_book(tools=tools)
    found = book.find_record("tools", "crm")
    assert (found.owner or "", found.used_by[0].team) == (shown, shown)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert found.model_dump(mode="json", exclude_defaults=True)["used_by"][0]["does"] == "d"


def test_an_internal_stage_and_form_are_not_named():
    stage = "{id: buy, name: n, question: q, customer: c, marketing: m, sales: s, done_when: d}"
    form = (
        "{id: ask, title: t, summary: s, backend: mailto, to: a@b.example, questions: [{id: q, label: l, type: text}]}"
    )
    book = make_book(
        journey=f"journey: {{summary: s, stages: [{stage}]}}",
        forms=f"forms: [{form}]",
        brand="brand: {name: Acme, public: true, ask_form: ask, repository: 'https://git.example/acme', branch: dev}",
        messages="messages: [{id: m, type: pitch, title: t, say: s, public: true, stages: buy}]",
    )
    assert book.find_record("messages", "m").stages == () and book.stages == ()
    assert (book.brand.ask_form, book.brand.repository, book.brand.branch) == (None, None, "main")


def test_what_is_left_does_not_say_where_it_is_written():
    book = make_book()
    assert [team.id for team in book.list_records("teams")] == ["open"]
    team = book.find_record("teams", "open")
    assert team.github is None and book.locate_record(team).path == ""
    assert View(book, None, None, None).locate_source(team) == ("", "")


def list_models(model: type[Part]) -> set[type[Part]]:
    found = {model}
    for info in model.model_fields.values():
        kinds = [info.annotation]
        while kinds:
            kind = kinds.pop()
            kinds += getattr(kind, "__args__", ())
            if isinstance(kind, type) and issubclass(kind, Part):
                found |= list_models(kind)
    return found


def test_an_internal_field_has_a_default():
    marked = {
        (model, name): info
        for kind in (Record, *KINDS.values())
        for model in list_models(kind)
        for name, info in model.model_fields.items()
        if any(isinstance(mark, Internal) for mark in iter_marks(info.annotation, info.metadata))
    }
    assert {name for _, name in marked} >= {"signed", "dissent", "repository", "branch", "both_sign", "github"}
    assert [place for place, info in marked.items() if info.is_required()] == []
