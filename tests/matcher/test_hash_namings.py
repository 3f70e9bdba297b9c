"""The hash of a handbook's words: what patterns are made from changes it, and nothing else does."""

import datetime

import pytest

from onevoice.lint import selftest
from onevoice.matcher.compile import (
    UNUSED_FIELDS,
    compile_terms,
    dump_vocabulary,
    gather_patterns,
    hash_namings,
    join_compiled_terms,
    pack_reasons,
)
from onevoice.matcher.matcher import Matcher
from onevoice.records.term import Avoid, Term

DAY = datetime.date(2026, 11, 30)
# Another value for each field, so that a new field has to be thought of here.
OF_TERM = {
    "id": "other", "was": ("old",), "owner": "sales", "status": "proposed", "public": True, "placeholder": True,
    "reviewed": None, "signed": None, "dissent": (), "sources": (), "preferred": "client", "definition": "Who buys.",
    "part_of_speech": "verb", "abbreviation": "CU", "expand_first": True, "area": "sales", "allowed": ("buyer",),
    "one_per_text": ("customer", "buyer"), "language": "de", "names": {}, "except_": ("customer id",),
    "only_near": ("shop",), "never_near": ("hotel",), "case": "exact", "level": "warning", "fix": "ask",
    "examples": (), "related": ("client",), "note": "Ask sales.",
}  # fmt: skip
OF_AVOID = {
    "term": "guests", "use": ("client",), "level": "warning", "fix": "ask", "case": "exact", "why": "Say who it is.",
    "since": DAY, "error_from": DAY, "unless": ("link",), "only_near": ("shop",), "never_near": ("hotel",),
    "audiences": ("press",), "channels": ("web",), "forms": {"guested": "bought"}, "remove": True,
}  # fmt: skip
AVOID = Avoid(term="guest")
TERM = Term(id="customer", preferred="customer", avoid=[AVOID, {"term": "punter", "why": "It's slang."}])


def describe(term: Term) -> tuple:
    """All that a term's words decide: its patterns without their reasons, and what is tried."""
    patterns = [tuple(getattr(one, name) for name in one.__slots__ if name != "why") for one in gather_patterns([term])]
    return patterns, [*selftest._iter_right_names(term)]


@pytest.mark.parametrize("name", [name for name in Term.model_fields if name != "avoid"])
def test_each_field_of_a_term_counts_if_it_can_be_found(name):
    other = TERM.model_copy(update={name: OF_TERM[name]})
    is_same = hash_namings([TERM], ()) == hash_namings([other], ())
    assert is_same == (name in UNUSED_FIELDS)
    if is_same:
        assert describe(TERM) == describe(other)


@pytest.mark.parametrize("name", [*Avoid.model_fields])
def test_each_field_of_an_avoided_word_counts_if_it_can_be_found(name):
    other = TERM.model_copy(update={"avoid": (AVOID.model_copy(update={name: OF_AVOID[name]}), TERM.avoid[1])})
    is_same = hash_namings([TERM], ()) == hash_namings([other], ())
    assert is_same == (name in UNUSED_FIELDS)
    if is_same:
        assert describe(TERM) == describe(other)


def test_the_place_of_words_and_the_settings_count():
    named = Term(id="customer", preferred="customer", names={"de": "Kunde"}).list_namings()[1]
    alone = Term(id="customer", preferred="Kunde", language="de")
    assert hash_namings([named], ()) != hash_namings([alone], ())
    assert hash_namings([TERM], ("en",)) != hash_namings([TERM], ("de",))


def test_words_that_were_kept_take_the_reasons_of_today():
    changed = TERM.model_copy(update={"avoid": (AVOID.model_copy(update={"why": "It's rude."}), TERM.avoid[1])})
    kept, made = dump_vocabulary(compile_terms([TERM])), compile_terms([changed])
    reasons = pack_reasons(kept, (one.why or "" for one in changed.avoid))
    assert [*Matcher(join_compiled_terms(kept, reasons)).compiled.patterns] == [*made.patterns]
