"""A record over the record with the same id in a handbook that its own one extends: what counts, and who says so."""

import textwrap
from pathlib import Path

import pytest

from onevoice.load.folder import LoadResult
from onevoice.load.layers import merge_layers
from onevoice.load.walk import Layer

COMPANY = """\
terms:
  - id: customer
    preferred: customer
    definition: Someone who has bought from us.
    allowed: [buyer]
    avoid:
      - term: client
        why: It sounds like a law firm.
        level: warning
      - punter
    reviewed: {date: 2026-01-01, every: 6 months}
    signed: {sales: {date: 2026-01-02, of: abc}}
"""
LAYERS = (Layer(Path("app")), Layer(Path("team"), "../team"), Layer(Path("company"), "../company"))


def merge(*files: str, kind: str = "terms", layers=LAYERS) -> LoadResult:
    """The records of handbooks with a file each, the nearest first."""
    loaded = LoadResult(Path())
    layers = (layers[0], *layers[len(layers) - len(files) + 1 :])
    named = [
        [(kind, f"{layer.prefix}/{kind}.yaml".lstrip("/"), textwrap.dedent(text).encode())]
        for layer, text in zip(layers, files, strict=True)
    ]
    merge_layers(loaded, layers, named)
    return loaded


def term(own: str, *below: str):
    """The only term of such handbooks; nothing is wrong with it."""
    loaded = merge("terms:\n" + textwrap.indent(textwrap.dedent(own), "  "), *(below or (COMPANY,)))
    assert not loaded.findings
    return loaded.records[0]


CASES = {
    "nothing": ("", "customer", ["client", "punter"]),
    "one field": ("preferred: buyer\nallowed: []", "buyer", ["client", "punter"]),
    "a whole list": ("avoid: [patron]", "customer", ["patron"]),
    "no list any more": ("avoid: []", "customer", []),
    "one more": ("avoid: {add: patron}", "customer", ["client", "punter", "patron"]),
    "one less": ("avoid: {drop: Client}", "customer", ["punter"]),
    "both": ("avoid: {add: [patron], drop: [client]}", "customer", ["punter", "patron"]),
    "one that is there": ("avoid: {add: [{term: client, level: error}]}", "customer", ["client", "punter"]),
    "a list that is not there": ("related: {add: [customer]}", "customer", ["client", "punter"]),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_record_gives_counts_and_the_rest_is_inherited(name):
    own, preferred, avoided = CASES[name]
    record, _ = term("- id: customer\n" + textwrap.indent(own, "  "))
    assert (record.preferred, [avoid.term for avoid in record.avoid]) == (preferred, avoided)
    assert record.definition == "Someone who has bought from us."


def test_an_item_that_is_there_keeps_what_is_not_given():
    record, place = term("- id: customer\n  avoid: {add: [{term: client, level: error}]}")
    assert (record.avoid[0].level, record.avoid[0].why) == ("error", "It sounds like a law firm.")
    assert place.name_field("avoid", 0, "level") == "terms.yaml:3"
    assert place.name_field("avoid", 0, "why") == "../company/terms.yaml:8"
    assert place.name_field("avoid", 1) == "../company/terms.yaml:10"


def test_keys_of_keys_are_replaced_each_for_itself():
    record, place = term("- id: customer\n  reviewed: {date: 2026-03-03}")
    assert (str(record.reviewed.date), record.reviewed.every) == ("2026-03-03", "6 months")
    assert place.name_field("reviewed", "date") == "terms.yaml:3"
    assert place.name_field("reviewed", "every") == "../company/terms.yaml:11"


def test_the_nearest_of_three_wins():
    team = "terms:\n  - {id: customer, preferred: account, note: Ask sales., avoid: {add: [lead]}}\n"
    record, place = term("- {id: customer, preferred: user}", team, COMPANY)
    assert (record.preferred, record.note) == ("user", "Ask sales.")
    assert [avoid.term for avoid in record.avoid] == ["client", "punter", "lead"]
    names = [place.name_field(*loc) for loc in (("preferred",), ("note",), ("avoid", 2), ("avoid", 0), ("allowed", 0))]
    assert names == ["terms.yaml:2", "../team/terms.yaml:2", "../team/terms.yaml:2"] + [
        f"../company/terms.yaml:{line}" for line in (7, 5)
    ]
    assert [one.path for one in place.list_places()] == ["terms.yaml", "../team/terms.yaml", "../company/terms.yaml"]


@pytest.mark.parametrize(("own", "signed"), [("owner: brand", True), ("note: More.", False), ("avoid: []", False)])
def test_a_signature_holds_for_the_text_that_was_signed(own, signed):
    record, _ = term(f"- id: customer\n  {own}")
    assert bool(record.signed) is signed


def test_defaults_of_a_file_are_for_the_records_that_begin_in_it():
    own = "defaults: {public: true, note: Ours.}\nterms:\n  - {id: customer, area: sales}\n"
    own += "  - {id: lead, preferred: lead, definition: Someone who may buy.}\n"
    loaded = merge(own, COMPANY)
    assert not loaded.findings
    assert [(record.id, record.public, record.note) for record, _ in loaded.records] == [
        ("customer", False, None),
        ("lead", True, "Ours."),
    ]


def test_records_keep_the_order_of_the_farthest():
    own = "terms:\n  - {id: lead, preferred: lead, definition: Someone who may buy.}\n  - {id: customer, area: x}\n"
    assert [record.id for record, _ in merge(own, COMPANY).records] == ["customer", "lead"]


def test_a_record_can_be_withdrawn_and_brought_back():
    withdrawn = "terms:\n  - {id: customer, status: retired}\n"
    assert merge(withdrawn, COMPANY).records[0][0].status == "retired"
    back = "terms:\n  - {id: customer, status: approved}\n"
    assert merge(back, withdrawn, COMPANY).records[0][0].status == "approved"


WRONG = {
    "a word to drop that is not there": (
        "- {id: customer, avoid: {drop: [clients]}}",
        "terms.yaml:2 `clients` is not in the list that this changes (../company/terms.yaml:7). "
        "It has `client`, `punter`. Delete it here.",
    ),
    "an internal record made public": (
        "- {id: customer, public: true}",
        "terms.yaml:2 `customer` is internal in ../company/terms.yaml:2, so it can't be public here. "
        "Delete `public`, or make it public there.",
    ),
    "a field that does not fit what is inherited": (
        "- {id: customer, allowed: [], one_per_text: [buyer, customer]}",
        "terms.yaml:2 `one_per_text` has `buyer`, but neither `preferred` nor `allowed` has it. "
        "Add it to `allowed`, or delete it here.",
    ),
    "an id with a slip": (
        "- {id: custmer, note: More.}",
        "terms.yaml:2 `preferred` is missing. Add it: The name we use, the way we write it. "
        "If this record is to change another one, is that `customer`?",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_both_lines(name):
    own, message = WRONG[name]
    loaded = merge(f"terms:\n  {own}\n", COMPANY)
    assert [f"{one.path}:{one.span.line} {one.message}" for one in loaded.findings][:1] == [message]


def test_an_inherited_field_that_no_longer_fits_is_told_where_it_was_changed():
    company = COMPANY.replace("    allowed: [buyer]\n", "    allowed: [buyer]\n    one_per_text: [buyer, customer]\n")
    loaded = merge("terms:\n  - {id: customer, allowed: []}\n", company)
    assert [f"{one.path}:{one.span.line} {one.message}" for one in loaded.findings] == [
        "terms.yaml:2 `one_per_text` has `buyer`, but neither `preferred` nor `allowed` has it. Add it to `allowed`, "
        "or delete it here. This record inherits the field from ../company/terms.yaml:6."
    ]


BRAND = """\
brand:
  name: Northlight
  url: https://brand.northlight.example
  repository: https://github.com/northlight/brand
  branch: trunk
  products: {roof: Northlight Roof}
  words: {level: warning, fix: ask}
"""


def test_the_brand_is_inherited_but_for_where_the_handbook_is():
    own = "brand:\n  extends: ../company\n  products: {app: Northlight App}\n  words: {level: error}\n"
    loaded = merge(own, BRAND, kind="brand")
    assert not loaded.findings
    brand, _ = loaded.records[0]
    assert (brand.name, brand.url, brand.repository, brand.branch) == ("Northlight", None, None, "main")
    assert brand.products == {"roof": "Northlight Roof", "app": "Northlight App"}
    assert (brand.words.level, brand.words.fix) == ("error", "ask")


@pytest.mark.parametrize(
    ("own", "team", "labels"),
    [
        ("name: App", "name: Sales", ["Sales handbook", "Northlight handbook"]),
        ("name: App", "tagline: We sell.", ["Northlight (team) handbook", "Northlight handbook"]),
        ("tagline: We click.", "name: Sales", ["Sales (team) handbook", "Northlight handbook"]),
        ("tagline: We click.", "tagline: We sell.", ["Northlight (team) handbook", "Northlight (company) handbook"]),
    ],
)
def test_each_handbook_has_a_name_of_its_own(own, team, labels):
    loaded = merge(f"brand: {{{own}}}\n", f"brand: {{{team}}}\n", BRAND, kind="brand")
    assert sorted(origin.label for origin in loaded.origins) == sorted(labels)
    company = next(origin for origin in loaded.origins if origin.prefix == "../company")
    assert (company.repository, company.branch) == ("https://github.com/northlight/brand", "trunk")
