"""What an unknown name is taken for."""

import pytest

from onevoice.errors import MISSPELLED, find_nearest, suggest_known

KNOWN = ["Lead", "terms", "personas"]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("led", "Lead"), ("LEAD", "Lead"), ("trems", "terms"), ("term", "terms"), ("persona", "personas"), ("kpis", None)],
)
def test_the_nearest_name_is_found_whatever_its_case(name, nearest):
    assert find_nearest(name, KNOWN) == nearest


def test_what_may_be_right_must_be_nearer_to_be_a_misspelling():
    assert find_nearest("sterns", KNOWN) == "terms"
    assert find_nearest("sterns", KNOWN, MISSPELLED) is None
    assert find_nearest("trms", KNOWN, MISSPELLED) == "terms"


def test_the_fix_names_what_was_meant_or_what_there_is():
    assert suggest_known("trems", KNOWN) == "Did you mean `terms`?"
    assert suggest_known("x", KNOWN) == "Choose one of `Lead`, `terms`, `personas`."
    assert suggest_known("x", KNOWN, "Ask.") == "Ask."
    assert suggest_known("x", []) == "There are none to choose from yet."
